"""Laws that any least-cost plan obeys, on drawn systems with every limit."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from tests.expansion.drawn_systems import Size, changed, draw_system
from tests.properties.readded_cost import cost_by_year, funding_cost, supply_cost

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, Solution, SolverSettings
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.limits import LIMITS, limit_of
from gigaplan.system import System
from gigaplan.terms.symbols import Kind, of_kind

SIZE = Size(zones=2, years=2, days=1, campuses=True, limits=True)
EXACT = SolverSettings(method="simplex")
COSTS = [
    symbol.name
    for symbol in of_kind(Kind.PARAMETER)
    if symbol.unit.startswith("M$") and not symbol.name.startswith("budget")
]


@pytest.fixture(scope="module", params=[3, 5])
def formulation(request: pytest.FixtureRequest) -> Formulation:
    return build_formulation(draw_system(request.param, SIZE))


@pytest.fixture(scope="module")
def system(formulation: Formulation) -> System:
    return formulation.system


@pytest.fixture(scope="module")
def solution(formulation: Formulation) -> Solution:
    return least_cost(formulation)


def least_cost(formulation: Formulation) -> Solution:
    solution = Engine(formulation).solve(EXACT)
    assert solution.status == "optimal"
    return solution


def optimum(system: System) -> float:
    return least_cost(build_formulation(system)).objective


def test_loosening_any_limit_never_raises_cost(
    formulation: Formulation, solution: Solution
) -> None:
    engine = Engine(formulation)
    present = [limit.name for limit in LIMITS if limit.name in formulation.families]
    assert len(present) >= 12
    saved = {}
    for name in present:
        limit = limit_of(name)
        assert limit is not None
        right = engine.right_hand_side(name).fillna(0.0)
        step = 0.1 * np.abs(right) + 0.01
        engine.set_right_hand_side(name, right - step if limit.lower_to_mend else right + step)
        loose = engine.solve(EXACT)
        assert loose.status == "optimal", name
        saved[name] = solution.objective - loose.objective
        assert saved[name] >= -1e-7 * solution.objective, name
        # A price is never an underestimate: what is saved is at most price times change.
        worth = float((np.abs(solution.duals[name]) * step).sum())
        assert saved[name] <= worth + 1e-6 * solution.objective, name
        engine.set_right_hand_side(name, right)
    assert engine.solve(EXACT).objective == pytest.approx(solution.objective, rel=1e-9)
    assert max(saved.values()) > 0.0


def test_all_costs_times_ten_cost_ten_times_as_much(system: System, solution: Solution) -> None:
    assert len(COSTS) >= 14
    budgets = ["budget", "budget_total"]
    dearer = changed(system, {name: system[name] * 10.0 for name in [*COSTS, *budgets]})
    assert optimum(dearer) == pytest.approx(10.0 * solution.objective, rel=1e-9)


def test_without_discounting_the_cost_is_the_plain_sum_of_years(system: System) -> None:
    undiscounted = changed(
        system, {"discounted_years": system["years_in_period"], "discount_factor": 1.0}
    )
    solution = least_cost(build_formulation(undiscounted))
    each_year = cost_by_year(undiscounted, solution)
    years = undiscounted["years_in_period"]
    total = float((each_year * years).sum()) + supply_cost(undiscounted, solution)
    total += funding_cost(undiscounted, solution)
    assert total == pytest.approx(solution.objective, rel=1e-9)


def test_the_cost_is_the_discounted_sum_of_years(system: System, solution: Solution) -> None:
    each_year = cost_by_year(system, solution)
    total = float((each_year * system["discounted_years"]).sum())
    total += supply_cost(system, solution) + funding_cost(system, solution)
    assert total == pytest.approx(solution.objective, rel=1e-9)


def test_other_names_and_another_order_of_zones_change_nothing(
    system: System, solution: Solution
) -> None:
    backwards = system.data.isel(zone=slice(None, None, -1), corridor=slice(None, None, -1))
    zones = [f"renamed {zone}" for zone in backwards["zone"].values]
    renamed = System(backwards.assign_coords(zone=zones), system.options)
    assert optimum(renamed) == pytest.approx(solution.objective, rel=1e-9)


def test_a_corridor_may_be_written_from_either_end(system: System, solution: Solution) -> None:
    turned = changed(
        system,
        {
            "start_of_corridor": system["end_of_corridor"],
            "end_of_corridor": system["start_of_corridor"],
            "existing_forward_corridor": system["existing_reverse_corridor"],
            "existing_reverse_corridor": system["existing_forward_corridor"],
        },
    )
    assert optimum(turned) == pytest.approx(solution.objective, rel=1e-9)


def test_a_seed_draws_one_system() -> None:
    assert draw_system(9, SIZE).data.identical(draw_system(9, SIZE).data)


def test_the_same_seed_gives_the_same_bytes(system: System, solution: Solution) -> None:
    again = least_cost(build_formulation(system))
    assert again.objective == solution.objective
    for name, values in solution.values.items():
        assert again.values[name].values.tobytes() == values.values.tobytes(), name
    for name, prices in solution.duals.items():
        assert again.duals[name].values.tobytes() == prices.values.tobytes(), name


def test_a_block_cut_in_two_is_the_same_block(system: System, solution: Solution) -> None:
    # Every block becomes two of half the hours and half the weight: nothing to gain or lose,
    # for storage of a whole block may be held at any point within it.
    data = system.data
    blocks = data.sizes["block"]
    twice = np.repeat(np.arange(blocks), 2)
    halves = data.isel(block=twice).assign_coords(block=np.arange(2 * blocks))
    halves["block_hours"] = halves["block_hours"] / 2.0
    halves["block_weight"] = halves["block_weight"] / 2.0
    split = System(halves, system.options)
    assert optimum(split) == pytest.approx(solution.objective, rel=1e-9)


def test_load_met_is_load_and_never_more_than_there_is(system: System, solution: Solution) -> None:
    values = solution.values
    chosen = system["dispatchable_generator"]
    assert float(values["output_generator"].where(~chosen).sum()) == 0.0
    room = values["online_generator"] * system["availability_generator"]
    assert bool((values["output_generator"] <= room + 1e-7).where(chosen, True).all())
    assert bool((values["unserved"] >= -1e-9).all())
    assert isinstance(values, xr.Dataset)
