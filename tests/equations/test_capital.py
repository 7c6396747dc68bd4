"""Capital: every dollar spent is somebody's, at that somebody's price."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from tests.equations.small_systems import small_system, solved

from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.solve import optimise
from gigaplan.expansion.why import why_table
from gigaplan.system import System

LABELS: dict[str, Sequence[object]] = {
    "accelerator": ["chip"],
    "capital_class": ["campus", "accelerator", "energy"],
    "territory": ["everywhere"],
    "investor_group": ["foreign"],
}


def coalition(
    values: Mapping[str, npt.ArrayLike], investors: Sequence[str], **labels: Any
) -> System:
    """Return a system of one year that needs 2 GW of campuses of 10 M$ each, paid by investors."""
    return small_system(
        {
            "load": 0.0,
            "existing_generator": 10.0,
            "buildable_campus": 1.0,
            "alive_campus": 1.0,
            "capex_campus": 10.0,
            "capital_charge_campus": 1.0,
            "spend_share_campus": 1.0,
            "available_accelerator": 1.0,
            "alive_accelerator": 1.0,
            "compute_need": 2.0,
            "zone_of_territory": 1.0,
            "funded_class": [1.0, 0.0, 0.0],
            "may_fund": 1.0,
            "alive_class": 1.0,
            **values,
        },
        investor=list(investors),
        **{**LABELS, **labels},
    )


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("capital")


def paid(system: System) -> dict[str, float]:
    fund = (
        solved(system)
        .values["fund"]
        .sum(["capital_class", "territory", "vintage", "calendar_year"])
    )
    return {str(name): float(value) for name, value in fund.to_series().items()}


def test_one_investor_at_the_cost_of_capital_changes_nothing() -> None:
    system = coalition({"return_charge": 0.0}, ["sponsor"])
    assert paid(system) == pytest.approx({"sponsor": 20.0})
    assert solved(system).objective == pytest.approx(2.0)


def test_cheap_money_first_and_what_more_of_it_is_worth() -> None:
    # The bank has 12 of 20 M$; it asks 0.03 a year less, the fund 0.05 more.
    system = coalition(
        {
            "return_charge": [[-0.03], [0.05]],
            "commitment": [[12.0], [np.inf]],
        },
        ["bank", "fund"],
    )
    solution = solved(system)
    assert paid(system) == pytest.approx({"bank": 12.0, "fund": 8.0})
    assert solution.objective == pytest.approx(2.0 - 12 * 0.03 + 8 * 0.05)
    assert solution.duals["capital_commitment"].sel(investor="bank").item() == pytest.approx(-0.08)


def test_a_cap_on_foreign_owners_costs_what_their_money_would_save() -> None:
    free = {"return_charge": [[0.0], [-0.04]], "group_weight": [[0.0, 1.0]]}
    capped = coalition({**free, "group_cap": [[0.4, 1.0, 1.0]]}, ["home", "abroad"])
    assert paid(capped) == pytest.approx({"home": 12.0, "abroad": 8.0})
    assert solved(capped).objective == pytest.approx(2.0 - 8 * 0.04)
    assert solved(coalition(free, ["home", "abroad"])).objective == pytest.approx(2.0 - 20 * 0.04)
    # One M$ more of foreign money for each M$ of spending would save 0.04 M$.
    worth = solved(capped).duals["capital_group_cap"].sel(capital_class="campus")
    assert worth.values.ravel() == pytest.approx([-0.04])


def test_a_floor_on_the_sponsor_holds_though_it_is_dear() -> None:
    system = coalition(
        {
            "return_charge": [[0.06], [0.0]],
            "group_weight": [[1.0, 0.0]],
            "group_floor": [[0.1, 0.0, 0.0]],
        },
        ["sponsor", "fund"],
        investor_group=["sponsor"],
    )
    assert paid(system) == pytest.approx({"sponsor": 2.0, "fund": 18.0})


def test_tickets_single_builds_and_shares_of_a_class() -> None:
    system = coalition(
        {
            "return_charge": [[-0.05], [-0.04], [-0.03], [0.0]],
            "ticket_most": [3.0, np.inf, np.inf, np.inf],
            "single_most": [np.inf, 4.0, np.inf, np.inf],
            "class_share_most": [[1.0] * 3, [1.0] * 3, [0.25, 1.0, 1.0], [1.0] * 3],
        },
        ["ticket", "single", "share", "rest"],
    )
    assert paid(system) == pytest.approx({"ticket": 3.0, "single": 4.0, "share": 5.0, "rest": 8.0})


def test_what_is_not_drawn_carries_over() -> None:
    # 20 M$ are spent in the second year; 8 were committed in the first, 4 more in the second.
    system = coalition(
        {
            "compute_need": [0.0, 2.0],
            "buildable_campus": [[0.0, 1.0]],
            "alive_campus": [[1.0, 1.0], [0.0, 1.0]],
            "alive_accelerator": [[[1.0, 1.0], [0.0, 1.0]]],
            "spend_share_campus": [[1.0, 0.0], [0.0, 1.0]],
            "alive_class": [[[1.0, 1.0], [0.0, 1.0]]],
            "return_charge": [[-0.01], [0.0]],
            "commitment": [[8.0, 12.0], [np.inf, np.inf]],
        },
        ["slow", "rest"],
        year=[2026, 2027],
        calendar_year=[2026, 2027],
    )
    assert paid(system) == pytest.approx({"slow": 12.0, "rest": 8.0})


def test_a_percentage_point_of_a_share_of_a_class_is_one_of_all_its_money() -> None:
    system = coalition(
        {
            "return_charge": [[-0.03], [0.0]],
            "class_share_most": [[0.25, 1.0, 1.0], [1.0] * 3],
        },
        ["share", "rest"],
    )
    table = why_table(optimise(system, SolverSettings(), relaxed=True))
    row = table[table["limit"] == "cap on share in campuses"].iloc[0]
    # A hundredth of 20 M$ moves to money that asks 0.03 a year less.
    assert row["shadow_price"] == pytest.approx(0.2 * 0.03)
    assert "max_share_of_class of share" in row["setting"]
