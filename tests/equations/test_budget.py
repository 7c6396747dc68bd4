"""Budget: the most compute that money buys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system

from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.solve import optimise
from gigaplan.system import Options


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("budget")


LABELS = {"accelerator": ["chip"], "calendar_year": [2026, 2027], "year": [2026, 2027]}
CAMPUS = {
    "existing_generator": 50.0,
    "buildable_campus": [[0.0, 1.0]],
    "alive_campus": [[1.0, 1.0], [0.0, 1.0]],
    "available_accelerator": [[0.0, 1.0]],
    "alive_accelerator": [[[1.0, 1.0], [0.0, 1.0]]],
    "fixed_it_share": 1.0,
    "capex_campus": 14000.0,
    "capex_accelerator": 26000.0,
    "spend_share_campus": [[1.0, 0.0], [0.25, 0.75]],
    "spend_share_accelerator": [[1.0, 0.0], [0.0, 1.0]],
}


@pytest.mark.parametrize(
    ("limits", "built_gw"),
    [
        ({"budget_total": 35000.0}, 35000.0 / 14000.0),
        # A quarter is due in the first year, which has 3,500 M$: one GW.
        ({"budget": [3500.0, 1e9]}, 1.0),
        # The accelerators of a GW cost 26,000 M$ more, all of it in the second year.
        ({"budget_total": 80000.0, "budget_counts_accelerator": 1.0}, 2.0),
        ({"budget": [1e9, 36500.0], "budget_counts_accelerator": 1.0}, 1.0),
    ],
)
def test_money_buys_so_much(limits: dict[str, float | list[float]], built_gw: float) -> None:
    system = small_system({**CAMPUS, **limits}, Options(objective="most_compute"), **LABELS)
    answer = optimise(system, SolverSettings(method="simplex"))
    assert answer.solution.values["online_campus"].values[0, 1] == pytest.approx(built_gw, rel=2e-6)


def test_power_behind_the_meter_counts_and_grid_power_does_not() -> None:
    # No grid connection: each GW of IT (14,000 M$) needs a GW of engines (2,000 M$).
    values = {
        **CAMPUS,
        "existing_generator": 0.0,
        "buildable_generator": [[[0.0, 1.0]]],
        "alive_generator": [[[1.0, 1.0], [0.0, 1.0]]],
        "capex_generator": 2000.0,
        "spend_share_generator": [[[1.0, 0.0], [0.0, 1.0]]],
        "budget_total": 32000.0,
        "unserved_limit": 0.0,
    }
    built = []
    for onsite in (1.0, 0.0):
        system = small_system(
            {**values, "onsite_generator": onsite}, Options(objective="most_compute"), **LABELS
        )
        answer = optimise(system, SolverSettings(method="simplex"))
        built.append(float(answer.solution.values["build_campus"].sum()))
    assert built == pytest.approx([2.0, 32000.0 / 14000.0], rel=2e-6)
