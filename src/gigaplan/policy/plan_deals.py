"""Deals of a plan: each investor with each class of what it pays for, as far as a plan knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

import pandas as pd

from gigaplan.inputs.scenario.base import NAME_LONGEST
from gigaplan.plan.tables import Plan
from gigaplan.policy.facts.business import Business, Site
from gigaplan.policy.facts.campus import Campus
from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.facts.interest import Stake
from gigaplan.policy.facts.parties import Entity, Owner
from gigaplan.policy.parameters import records
from gigaplan.policy.plan_origins import supplies_of
from gigaplan.system.capital import CLASS_OF, CLASSES
from gigaplan.terms.country import HOME

SMALLEST_USD2025_M: Final = 0.5
"""Less than this is the solver's rounding, not a deal."""
ENERGY: Final = "energy"
ONSITE: Final = "On-site gas"
"""Group of assets behind the meter."""
PROGRAMME: Final = "programme"
LOAN: Final = "debt"
ALL_FRAC: Final = 1.0


def facts_of_plan(plan: Plan) -> list[Deal]:
    """Return a deal for each investor and each class of spending that it pays for.

    A plan knows who pays how much for what in which states, the country of an investor, the share
    of it that governments control, and whether it lends. Those governments are taken to be of its
    country, as the scenario has no other. Of campuses in one state it knows the state, the load,
    the investment and whether they have power of their own; of supplies the component and the
    country that it came from. It builds no campus abroad, and the
    programme pays for no chip plant. Everything else stays unknown: votes, rights, owners, what the
    business does and which land it takes. Share of money is not share of votes.

    Parameters
    ----------
    plan
        A plan; without investors it has no deals.

    Returns
    -------
    list[Deal]
        In the order of the table ``investor_terms``; values are in USD of 2025.
    """
    return list(_deals(plan))


def _deals(plan: Plan) -> Iterator[Deal]:
    funding = plan.tables["funding"]
    for terms in records(plan.tables["investor_terms"]):
        paid = funding[funding["investor"] == terms["investor"]]
        by_class = paid.groupby("capital_class", sort=False)["fund_usd2025_m"].sum()
        for capital_class in CLASSES:
            amount = float(by_class.get(capital_class, 0.0))
            if amount >= SMALLEST_USD2025_M:
                projects = _projects(plan, capital_class)
                deal = _deal(str(terms["investor"]), terms, capital_class, amount, projects)
                yield deal.model_copy(update=_parts(plan, capital_class, projects))


def _parts(plan: Plan, capital_class: str, projects: pd.DataFrame) -> dict[str, object]:
    """Return the parts of a deal that a plan knows: a campus or a plant, and what they take."""
    supplies = {"supplies": supplies_of(plan, projects)}
    if capital_class == ENERGY:
        credited = _earn_credits(plan, projects)
        scope = ("power_plant", "supplies") if credited else ("supplies",)
        return {"scope": scope, **supplies}
    campus = _campus(plan, sorted(set(projects["zone"])))
    return {"scope": ("campus", "supplies"), "campus": campus, **supplies}


def _earn_credits(plan: Plan, projects: pd.DataFrame) -> bool:
    credit = plan.tables["credits"]
    earning = set(credit.loc[credit["rate_frac"] > 0, "asset"])
    return bool(projects["asset"].isin(earning).any())


def _campus(plan: Plan, zones: list[str]) -> Campus:
    """Return the campuses of the programme as one, where they are in one state."""
    if len(zones) != 1:
        return Campus()
    load = plan.tables["load"]
    projects = plan.tables["projects"]
    own = projects[(projects["zone"] == zones[0]) & (projects["payer"] == PROGRAMME)]
    assets = plan.tables["assets"]
    onsite = own["asset"].isin(assets.loc[assets["group"] == ONSITE, "asset"])
    return Campus(
        state=zones[0],
        load_mw=float(load.loc[load["zone"] == zones[0], "campus_facility_mw"].max()),
        investment_usd_m=float(own.loc[own["class"] == "campus", "capex_usd2025_m"].sum()),
        has_onsite_power=bool(onsite.any()),
    )


def _projects(plan: Plan, capital_class: str) -> pd.DataFrame:
    projects = plan.tables["projects"]
    in_class = projects["class"].map(CLASS_OF) == capital_class
    return projects[in_class & (projects["payer"] == PROGRAMME)]


def _deal(
    name: str,
    terms: Mapping[str, object],
    capital_class: str,
    amount_usd2025_m: float,
    projects: pd.DataFrame,
) -> Deal:
    zones = sorted(set(projects["zone"]))
    is_loan = terms["instrument"] == LOAN
    instrument: Literal["loan"] | None = "loan" if is_loan else None
    paying = "lends" if is_loan else "pays"
    return Deal(
        name=f"{name}, {capital_class}"[:NAME_LONGEST],
        note=(
            f"From a plan: {name} {paying} {amount_usd2025_m:,.0f} million USD of 2025 for "
            f"{len(projects)} projects of class {capital_class} in {', '.join(zones) or 'no state'}"
            "."
        ),
        instrument=instrument,
        investor=name,
        entities=_entities(name, str(terms["country"]), float(str(terms["government_share_frac"]))),
        stake=Stake(value_usd_m=amount_usd2025_m),
        business=Business(name=f"the programme's {capital_class}"),
        site=Site(zone=zones[0]) if len(zones) == 1 else Site(),
    )


def _entities(name: str, country: str, government_frac: float) -> tuple[Entity, ...]:
    """Return an investor and the governments that control a share of it."""
    if government_frac == 0.0:
        return (Entity(name=name, kind="company", country=country),)
    state = "United States" if country == HOME else country
    governments = Entity(name=f"Governments of {state}", kind="government", country=country)
    owner = Owner(
        owner=governments.name,
        votes=government_frac,
        economic=government_frac if government_frac == ALL_FRAC else None,
    )
    return (Entity(name=name, kind="company", country=country, owners=(owner,)), governments)
