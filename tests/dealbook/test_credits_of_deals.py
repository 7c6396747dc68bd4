"""Credits of deals: on capex or by energy, as the plan counts them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from gigaplan.dealbook import PlanFacts
from gigaplan.dealbook.deals import DealMaker
from gigaplan.dealbook.phases import phases_of
from gigaplan.system import System


def with_credit(facts: PlanFacts, asset: str, milestone: int, *, by_energy: bool) -> PlanFacts:
    """Return the facts of a plan with a credit on an asset, and which of the two is taken."""
    row = {
        "asset": asset,
        "in_service_year": milestone,
        "technology": "wind",
        "rate_frac": 0.3,
        "usd_per_mwh": 30.0,
        "usd_per_t": 0.0,
        "paid_years": 10.0,
        "citation": "IRC 45Y",
        "sentence": "It is earned.",
    }
    data = facts.system.data.copy(deep=True)
    chosen = data["credit_by_energy_generator"]
    chosen.loc[{"generator": asset, "vintage": milestone}] = by_energy
    tables = {**facts.tables, "credits": pd.DataFrame([row])}
    return replace(facts, tables=tables, system=System(data, facts.system.options))


@pytest.fixture
def phase(coalition_facts: PlanFacts) -> pd.Series:
    phases = phases_of(coalition_facts)
    generators = coalition_facts.system["generator"].values.tolist()
    return phases[phases["asset"].isin(generators)].iloc[0]


def test_the_credit_by_energy_is_in_the_money_of_the_first_year(
    coalition_facts: PlanFacts, phase: pd.Series
) -> None:
    asset, milestone = str(phase["asset"]), int(phase["in_service_year"])
    facts = with_credit(coalition_facts, asset, milestone, by_energy=True)
    found = DealMaker(facts)._credits(phase)
    opens = int(phase["service_year"]) + 1
    assert found.itc_frac == 0.0
    # 30 USD/MWh of 2025, indexed by inflation up to the first year and after it.
    assert found.ptc_usd_per_mwh == pytest.approx(30.0 * 1.025 ** (opens - 2025))
    assert found.ptc_escalation_frac == pytest.approx(0.025)
    assert found.ptc_years == 10.0
    assert found.transfer_price_frac == facts.scenario.policy.credit_worth_frac


def test_the_credit_on_capex_is_taken_otherwise(
    coalition_facts: PlanFacts, phase: pd.Series
) -> None:
    asset, milestone = str(phase["asset"]), int(phase["in_service_year"])
    found = DealMaker(with_credit(coalition_facts, asset, milestone, by_energy=False))
    assert (found._credits(phase).itc_frac, found._credits(phase).ptc_usd_per_mwh) == (0.3, 0.0)
    other = phase.copy()
    other["asset"] = next(
        name for name in coalition_facts.system["generator"].values.tolist() if name != asset
    )
    assert found._credits(other).itc_frac == 0.0
