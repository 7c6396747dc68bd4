"""The sponsor's round pays its calls; foreign investors see their own money."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.dealbook.conftest import INVESTORS, ROUND, tiny

import gigaplan
from gigaplan.dealbook import PlanFacts
from gigaplan.dealbook.foreign import foreign_returns_table
from gigaplan.dealbook.sponsor_round import round_tables
from gigaplan.inputs.dataset import Dataset
from gigaplan.plan.tables import Plan
from gigaplan.terms.errors import InputError


def items(plan: Plan) -> dict[str, float]:
    table = plan.table("sponsor_round")
    return dict(zip(table["item"].tolist(), table["value"].tolist(), strict=True))


def test_new_money_pays_the_calls_of_the_sponsor_and_the_round(coalition: Plan) -> None:
    flows = coalition.table("investor_flows").query("investor == 'Sponsor'")
    found = items(coalition)
    called = flows["paid_usd_nominal_m"].sum()
    assert found["use: calls of deals"] + found["calls paid from own cash"] == pytest.approx(called)
    uses = found["use: calls of deals"] + found["use: cost of the round"]
    assert found["new money"] == pytest.approx(uses)
    assert found["value after the money"] == pytest.approx(400e3 + found["new money"])


def test_the_cap_table_is_what_was_agreed(coalition: Plan) -> None:
    table = coalition.table("cap_table").set_index("holder")
    after, found = table["ownership_after_frac"], items(coalition)
    assert after.sum() == pytest.approx(1.0)
    assert table["ownership_before_frac"].sum() == pytest.approx(1.0)
    new = found["new money"] / found["value after the money"]
    assert after["Growth"] + after["Strategic"] == pytest.approx(new)
    assert after["Growth"] == pytest.approx(3 * after["Strategic"])
    assert after["unissued pool"] == pytest.approx(0.1)
    # A SAFE at a post-money cap owns its money over the cap, before the pool grows and the round.
    others = after["Staff"] + after["Partner"] + after["Angel"]
    assert after["Angel"] / others == pytest.approx(2.0 / 200.0)
    assert table.loc["Growth", "invested_usd_nominal_m"] == pytest.approx(0.75 * found["new money"])
    price = found["price of a share"]
    paid = table.loc["Growth", "shares_after"] * price / 1e6
    assert paid == pytest.approx(0.75 * found["new money"])


def test_without_a_round_its_tables_have_no_rows(owned: Plan) -> None:
    assert owned.table("cap_table").empty
    assert owned.table("sponsor_round").empty


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"holders": {"Staff": 0.4}}, r"holders: The parts add to 0\.4"),
        ({"pre_money_usd_b": 0.0}, "greater than 0"),
    ],
)
def test_terms_of_a_round_that_cannot_be_are_refused(change: dict[str, object], what: str) -> None:
    with pytest.raises(ValueError, match=what):
        tiny(capital={"investors": INVESTORS}, finance={"round": ROUND | change})


def test_a_round_whose_caps_leave_nothing_says_so(coalition: Plan) -> None:
    all_of_it = [{"holder": "Angel", "investment_usd_b": 9.0, "cap_usd_b": 5.0}]
    asked = tiny(
        capital={"investors": INVESTORS}, finance={"round": ROUND | {"safes": all_of_it}}
    ).finance.round
    with pytest.raises(InputError, match="The round cannot be closed"):
        round_tables(asked, "Sponsor", coalition.table("investor_flows"))


def test_a_round_without_a_sponsor_is_refused() -> None:
    others = [one for one in INVESTORS if one["kind"] != "sponsor"]
    with pytest.raises(ValueError, match="no investor is of the kind sponsor"):
        tiny(capital={"investors": others}, finance={"round": ROUND})


def test_hedged_returns_move_by_the_difference_of_interest(coalition: Plan) -> None:
    table = coalition.table("foreign_returns").set_index("investor")
    assert set(table.index) <= {"Pensions", "Export credit"}
    assert len(table) >= 1
    money = {"CAD": (0.031, 0.001), "JPY": (0.016, 0.002)}
    for row in table.itertuples():
        theirs, cost = money[row.currency]
        parity = (1.0 + row.irr_usd_frac) * (1.0 + theirs) / 1.041 - 1.0
        assert row.irr_hedged_frac < parity
        assert row.irr_hedged_frac > parity - 8 * cost
        years = np.log(row.forward_units_per_usd / row.units_per_usd) / np.log((1 + theirs) / 1.041)
        assert years == pytest.approx(round(years), abs=1e-9)


def test_a_hedge_without_cost_returns_parity_exactly(coalition: Plan) -> None:
    flows = pd.DataFrame(
        {
            "investor": "Pensions",
            "instrument": "equity",
            "date": ["2026-06-01", "2030-01-01"],
            "paid_usd_nominal_m": [100.0, 0.0],
            "received_usd_nominal_m": [0.0, 150.0],
        }
    )
    free = {
        "table": "currencies",
        "where": {"country": "CA"},
        "column": "hedge_cost_frac",
        "value": 0.0,
    }
    scenario = tiny(overrides=[free], capital=coalition.scenario.capital.model_dump())
    facts = PlanFacts(
        coalition.tables, scenario, gigaplan.workflow.load_scenario_data(scenario), coalition.system
    )
    (found,) = foreign_returns_table(flows, facts).itertuples()
    growth = 1.5 * (1.031 / 1.041) ** 4
    assert found.irr_hedged_frac == pytest.approx(growth**0.25 - 1.0, abs=1e-12)
    assert found.irr_usd_frac == pytest.approx(1.5**0.25 - 1.0, abs=1e-12)


def test_a_country_without_a_currency_is_named(coalition: Plan, coalition_facts: PlanFacts) -> None:
    data = coalition_facts.dataset
    money = data.table("currencies")
    short = Dataset(**{**vars(data), "tables": {**data.tables, "currencies": money.iloc[:1]}})
    facts = PlanFacts(coalition.tables, coalition.scenario, short, coalition.system)
    with pytest.raises(InputError) as raised:
        foreign_returns_table(coalition.table("investor_flows"), facts)
    assert "It has no currency of CA" in raised.value.faults[0].what
