"""A model that is changed and solved again gives what a new one gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
import xarray as xr
from tests.expansion.drawn_systems import Size, changed, draw_system

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, SolverSettings
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.objective import discounted_cost
from gigaplan.system import System

SIZE = Size(zones=2, years=2, days=1, campuses=True, limits=True)
EXACT = SolverSettings(method="simplex")


@pytest.fixture(scope="module")
def base() -> Formulation:
    return build_formulation(draw_system(5, SIZE))


@pytest.fixture
def engine(base: Formulation) -> Engine:
    """An engine that has solved once, so that it has a basis to start from."""
    engine = Engine(base)
    assert engine.solve(EXACT).status == "optimal"
    return engine


def fresh(system: System, values: dict[str, xr.DataArray | float]) -> float:
    """Return the least cost of a System built anew with other numbers."""
    solution = Engine(build_formulation(changed(system, values))).solve(EXACT)
    assert solution.status == "optimal"
    return solution.objective


def test_right_hand_sides(base: Formulation, engine: Engine) -> None:
    system = base.system
    need, load = system["compute_need"] * 1.1, system["load"] * 1.05
    engine.set_right_hand_side("compute_need", need)
    engine.set_right_hand_side("power_balance", load)
    # The cap on unserved load is a share of the load, and clean output is curtailed beyond it, so
    # their right-hand sides move too.
    for name in ("unserved_load", "clean_energy_curtailed"):
        engine.set_right_hand_side(name, engine.right_hand_side(name) * 1.05)
    warm = engine.solve(EXACT)
    assert warm.objective == pytest.approx(
        fresh(system, {"compute_need": need, "load": load}), rel=1e-9
    )


def test_bounds(base: Formulation, engine: Engine) -> None:
    system = base.system
    least = xr.zeros_like(system["buildable_campus"], dtype=float)
    closed = system["potential_campus"].where(system["zone"] != "Z0", 0.0)
    most = (closed + least).transpose("zone", "vintage")
    before = engine.solve(EXACT).objective
    engine.set_bounds("build_campus", least, most)
    warm = engine.solve(EXACT)
    if warm.status == "infeasible":
        pytest.fail("The other zone has room for every campus.")
    assert warm.objective >= before
    assert warm.objective == pytest.approx(fresh(system, {"potential_campus": closed}), rel=1e-9)


def test_costs(base: Formulation, engine: Engine) -> None:
    system = base.system
    dearer = changed(
        system,
        {
            "variable_cost_generator": system["variable_cost_generator"] * 1.3,
            "capital_charge_generator": system["capital_charge_generator"] * 0.8,
        },
    )
    cost = discounted_cost(replace(base, system=dearer))
    engine.set_objective(cost, "min")
    warm = engine.solve(EXACT)
    again = Engine(build_formulation(dearer)).solve(EXACT)
    assert warm.objective == pytest.approx(again.objective, rel=1e-9)


def test_a_change_taken_back_leaves_no_trace(base: Formulation, engine: Engine) -> None:
    before = engine.solve(EXACT).objective
    right = engine.right_hand_side("power_balance")
    engine.set_right_hand_side("power_balance", right * 1.2)
    assert engine.solve(EXACT).objective > before
    engine.set_right_hand_side("power_balance", right)
    assert engine.solve(EXACT).objective == pytest.approx(before, rel=1e-9)
    assert engine.right_hand_side("power_balance").equals(right)
