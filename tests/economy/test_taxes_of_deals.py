"""Where a deal exists, its own figures are those of the tables of taxes."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.dealbook.conftest import facts_of, tiny
from tests.economy.taxed_plan import facts, taxed_plan

import gigaplan
from gigaplan.dealbook import close_plan
from gigaplan.economy.activity import last_year_of
from gigaplan.plan.tables import Plan

LINES = {"property": "property_tax_usd_nominal", "corporate": "state_tax_usd_nominal"}


def _of_deals(tax: str) -> dict[tuple[str, int], float]:
    """Return the tax of projects by year as their deals are closed again."""
    found: dict[tuple[str, int], float] = {}
    last = last_year_of(facts())
    for closed in close_plan(facts()).closed:
        line = closed.pro_forma.ledger[LINES[tax]][0]
        project = closed.deal.name.split("-")[0]
        for year, usd in enumerate(line):
            at = closed.deal.opens.year - 1 + year
            if at <= last and usd:
                key = (project, at)
                found[key] = found.get(key, 0.0) - float(usd) / 1e6
    return found


@pytest.mark.parametrize("tax", LINES)
def test_taxes_of_deals_are_their_own(tax: str) -> None:
    wanted = _of_deals(tax)
    taxes = taxed_plan().table("taxes")
    own = taxes[(taxes["tax"] == tax) & (taxes["payer"] == "programme")]
    paid = own.groupby(["project", "calendar_year"])["paid_usd_nominal_m"].sum()
    assert len(wanted) > 5
    assert {classes for classes in own["class"]} >= {"campus", "accelerator"}
    assert set(paid.index) == set(wanted)
    assert paid.tolist() == pytest.approx([wanted[key] for key in paid.index], abs=1e-9)


def test_an_abatement_of_everything_leaves_nothing_to_pay() -> None:
    """What is due does not change with the abatement."""
    terms = [
        {
            "table": "deal_terms",
            "where": {"capital_class": name, "term": "property_tax_abated_frac"},
            "column": "value",
            "value": 1.0,
        }
        for name in ("campus", "accelerator", "energy")
    ]
    free = gigaplan.run(tiny(overrides=terms), relaxed=True)
    own, theirs = (_property(plan) for plan in (taxed_plan(), free))
    assert theirs["paid_usd2025_m"].abs().max() == 0.0
    assert theirs["incentive_usd2025_m"].tolist() == theirs["due_usd2025_m"].tolist()
    assert own["paid_usd2025_m"].sum() > 1.0
    assert _programme(free) == pytest.approx(_programme(taxed_plan()), rel=1e-6)


def _property(plan: Plan) -> pd.DataFrame:
    taxes = plan.table("taxes")
    return taxes[taxes["tax"] == "property"]


def _programme(plan: Plan) -> float:
    own = _property(plan)
    return float(own.loc[own["payer"] == "programme", "due_usd2025_m"].sum())


def test_servers_lose_taxable_value_in_deals_too() -> None:
    """The property tax of a deal of accelerators falls by a fifth of the first each year."""
    book = close_plan(facts_of(taxed_plan()))
    servers = [one for one in book.closed if one.deal.name.startswith(_accelerators())]
    assert servers
    for closed in servers:
        line = -closed.pro_forma.ledger["property_tax_usd_nominal"][0][1:]
        wanted = [line[0] * max(1.0 - 0.2 * year, 0.0) for year in range(len(line))]
        assert line.tolist() == pytest.approx(wanted, abs=1e-6)


def _accelerators() -> tuple[str, ...]:
    projects = taxed_plan().table("projects")
    own = projects[(projects["class"] == "accelerator") & (projects["payer"] == "programme")]
    return tuple(own["project"].astype(str))
