"""Laws that hold for any system: what is looser never costs more, labels do not matter."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from tests.expansion.drawn_systems import Size, changed, draw_system

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, SolverSettings
from gigaplan.expansion.limits import ELASTIC, limit_of
from gigaplan.system import System
from gigaplan.terms.symbols import Kind, of_kind

SETTINGS = SolverSettings(method="simplex")
WHOLE = Size(zones=3, years=2, days=1, blocks=4, campuses=True, limits=True)
MONEY = [
    symbol.name
    for symbol in of_kind(Kind.PARAMETER)
    if symbol.unit.startswith("M$") and not symbol.name.startswith("budget")
]


def optimum(system: System) -> float:
    """Return the least cost [M$]."""
    solution = Engine(build_formulation(system)).solve(SETTINGS)
    assert solution.status == "optimal"
    return solution.objective


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_loosening_any_limit_never_raises_cost(seed: int) -> None:
    """Each limit by itself, a fifth looser, and again with half of its room taken away."""
    engine = Engine(build_formulation(draw_system(seed, WHOLE)))
    base = engine.solve(SETTINGS).objective
    tried = 0
    for name in ELASTIC:
        limit = limit_of(name)
        if limit is None or name not in engine.formulation.families:
            continue
        right = engine.right_hand_side(name).fillna(0.0)
        looser = right - 0.2 * np.abs(right) if limit.lower_to_mend else right + 0.2 * np.abs(right)
        engine.set_right_hand_side(name, looser)
        loose = engine.solve(SETTINGS)
        assert loose.status == "optimal"
        assert loose.objective <= base + 1e-7 * abs(base), name
        engine.set_right_hand_side(name, right)
        tried += 1
    assert tried >= 7
    assert engine.solve(SETTINGS).objective == pytest.approx(base, rel=1e-9)


@pytest.mark.parametrize("seed", [4, 5])
def test_relabelling_and_reordering_zones_changes_nothing(seed: int) -> None:
    """The same system with its zones renamed and in another order has the same optimum."""
    system = draw_system(seed, WHOLE)
    zones = list(system["zone"].values)
    order = list(reversed(range(len(zones))))
    names: list[object] = [f"renamed {zones[position]}" for position in order]
    values: dict[str, xr.DataArray | float] = {
        str(name): array.isel(zone=order).assign_coords(zone=names)
        if "zone" in array.dims
        else array
        for name, array in system.data.data_vars.items()
    }
    other = changed(system, values, coords={"zone": names})
    assert optimum(other) == pytest.approx(optimum(system), rel=1e-9)


@pytest.mark.parametrize("seed", [6, 7])
def test_all_costs_times_ten_give_ten_times_the_optimum(seed: int) -> None:
    """Money is a unit: ten times every price, and of the budget, is ten times the optimum."""
    system = draw_system(seed, WHOLE)
    budgets = ["budget", "budget_total"]
    dearer = changed(system, {name: system[name] * 10.0 for name in [*MONEY, *budgets]})
    assert len(MONEY) >= 14
    assert optimum(dearer) == pytest.approx(10.0 * optimum(system), rel=1e-9)


def test_warm_changes_equal_a_fresh_build() -> None:
    """A kept engine with another demand finds what a new one finds."""
    system = draw_system(8, WHOLE)
    higher = changed(system, {"load": system["load"] * 1.02})
    engine = Engine(build_formulation(system))
    engine.solve(SETTINGS)
    engine.set_right_hand_side("power_balance", higher["load"])
    limit = (higher["load"] * higher["block_weight"]).sum(["zone", "block"])
    if "unserved_load" in engine.formulation.families:
        engine.set_right_hand_side("unserved_load", limit * higher["unserved_limit"])
    assert engine.solve(SETTINGS).objective == pytest.approx(optimum(higher), rel=1e-9)


def test_one_seed_is_one_system() -> None:
    """A seed draws the same system every time."""
    assert draw_system(9, WHOLE).data.identical(draw_system(9, WHOLE).data)
