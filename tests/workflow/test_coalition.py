"""A coalition's capital from scenario to plan."""

from __future__ import annotations

from typing import Any

import pytest

import gigaplan
from gigaplan.inputs.scenario import Scenario
from gigaplan.plan.tables import Plan

WACC = {"campus": 0.071, "accelerator": 0.09, "energy": 0.061}


def tiny(**capital: Any) -> Scenario:
    """Return the tiny scenario in which the programme pays for everything, with capital."""
    content = gigaplan.load_scenario("tiny").model_dump()
    content["compute"]["accelerators_paid_by"] = "programme"
    content["money"]["wacc"] = {"campus": 0.071, "accelerator": 0.09, "gas": 0.061}
    content["programme"]["own_capacity_frac"] = 0.5
    content["capital"] = capital
    return Scenario.model_validate(content)


def investor(name: str, **terms: Any) -> dict[str, Any]:
    """Return an investor with all the money in the world, at the cost of capital."""
    kind = terms.pop("kind", "pension")
    return {
        "name": name,
        "kind": kind,
        "commitment_usd_b": {2026: 10_000.0},
        "required_return_by_class": WACC,
        **terms,
    }


def checked(scenario: Scenario, *, relaxed: bool = True) -> Plan:
    plan = gigaplan.run(scenario, relaxed=relaxed)
    assert [finding for finding in gigaplan.verify_plan(plan) if not finding.ok] == []
    return plan


def cost(scenario: Scenario) -> float:
    return checked(scenario).manifest.objective.value_usd2025_m


def test_one_investor_at_the_cost_of_capital_is_no_capital_at_all() -> None:
    without = cost(tiny())
    assert cost(tiny(investors=[investor("Everybody")])) == pytest.approx(without, rel=1e-9)
    two = tiny(investors=[investor("One"), investor("Other", country="CA")])
    assert cost(two) == pytest.approx(without, rel=1e-9)


def test_a_cheaper_investor_never_raises_cost_and_a_tighter_cap_never_lowers_it() -> None:
    cheap = {name: rate - 0.02 for name, rate in WACC.items()}
    abroad = investor("Abroad", country="JP", required_return_by_class=cheap)
    home = investor("Home")
    alone = cost(tiny(investors=[home]))
    costs = [
        cost(tiny(investors=[home, abroad], max_share={"foreign": dict.fromkeys(WACC, share)}))
        for share in (0.0, 0.3, 0.6, 1.0)
    ]
    assert costs[0] == pytest.approx(alone, rel=1e-9)
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < alone - 100.0


def test_what_a_cap_and_more_of_cheap_money_are_worth_is_said() -> None:
    cheap = {name: rate - 0.02 for name, rate in WACC.items()}
    plan = checked(
        tiny(
            investors=[
                investor("Home"),
                investor(
                    "Abroad",
                    country="JP",
                    required_return_by_class=cheap,
                    commitment_usd_b={2026: 10.0},
                ),
            ],
            max_share={"foreign": {"energy": 0.1}},
        )
    )
    words = plan.tables["why"]["sentence"].tolist()
    assert any(text.startswith("One more M$ from Abroad by") for text in words)
    funding = plan.tables["funding"]
    spend = plan.tables["spend"].query("payer == 'programme'")
    by_year = funding.groupby("calendar_year")["fund_usd2025_m"].sum()
    assert by_year.sum() == pytest.approx(spend["spend_usd2025_m"].sum(), rel=1e-6)
    drawn = plan.tables["investors"].set_index("investor")["drawn_usd2025_m"]
    assert drawn["Abroad"] == pytest.approx(10_000.0, rel=1e-6)
    premium = plan.tables["costs"].query("category == 'return premiums'")
    assert premium["discounted_usd2025_m"].sum() == pytest.approx(
        plan.tables["investors"]["return_charge_usd2025_m"].sum(), rel=1e-6
    )


def test_an_investor_below_its_smallest_ticket_pays_nothing() -> None:
    dear = {name: rate + 0.03 for name, rate in WACC.items()}
    small = investor(
        "Small",
        required_return_by_class={name: rate - 0.01 for name, rate in WACC.items()},
        commitment_usd_b={2026: 1.0},
        min_ticket_usd_b=2.0,
    )
    plan = checked(
        tiny(investors=[investor("Rest", required_return_by_class=dear), small]), relaxed=False
    )
    drawn = plan.tables["investors"].set_index("investor")["drawn_usd2025_m"]
    assert drawn["Small"] == 0.0
    assert "without Small, below their smallest tickets" in plan.manifest.rounding


def test_states_that_an_investor_may_not_fund() -> None:
    abroad = investor(
        "Abroad",
        country="JP",
        exclude_zones=("TX",),
        required_return_by_class={name: rate - 0.03 for name, rate in WACC.items()},
    )
    plan = checked(tiny(investors=[investor("Home"), abroad]))
    funding = plan.tables["funding"]
    paid = funding[funding["investor"] == "Abroad"]
    assert set(paid["territory"]) == {"KS and 1 more"}
    assert set(funding.loc[funding["territory"] == "TX", "investor"]) <= {"Home"}


def test_a_grant_asks_nothing_back_and_debt_is_limited_by_its_service() -> None:
    grant = investor("Award", kind="grant", commitment_usd_b={2026: 5.0})
    bank = investor("Bank", kind="bank_term_contracted_power")
    plan = checked(tiny(investors=[investor("Rest"), grant, bank], dscr=2.0))
    terms = plan.tables["investor_terms"].set_index("investor")
    assert terms.loc["Award", "instrument"] == "grant"
    charge = plan.tables["investors"].set_index("investor")["return_charge_usd2025_m"]
    assert charge["Award"] < -1000.0
    funding = plan.tables["funding"]
    whole = funding.groupby(["capital_class", "in_service_year"])["fund_usd2025_m"].sum()
    lent = (
        funding[funding["investor"] == "Bank"]
        .groupby(["capital_class", "in_service_year"])["fund_usd2025_m"]
        .sum()
    )
    # Debt at the cost of capital, covered twice: at most half.
    assert ((lent / whole).dropna() <= 0.5 + 1e-6).all()


def test_the_shipped_coalition_spends_its_money_on_compute() -> None:
    plan = checked(gigaplan.load_scenario("coalition"), relaxed=False)
    drawn = plan.tables["investors"]
    assert drawn["drawn_usd2025_m"].sum() > 50_000.0
    assert (drawn["drawn_usd2025_m"] <= drawn["committed_usd2025_m"] * (1 + 1e-6)).all()
    assert plan.tables["campuses"].query("year == 2032")["online_it_mw"].sum() >= 3_000.0
