"""Suppliers before the plan: which components may not come from which countries, and by what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.facts.supplies import Supplies, Supply, SupplyKind
from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law, law_as_of
from gigaplan.policy.ownership import case_of
from gigaplan.policy.plan_credits import day_of_law
from gigaplan.policy.rules import suppliers
from gigaplan.policy.rules.family import Rule
from gigaplan.system.components import Components
from gigaplan.system.frame import Frame

KINDS: Final[dict[str, SupplyKind]] = {"chips": "chips", "power_equipment": "power_equipment"}
"""Kinds of supplies by the kind of a component; labour is none."""
EXCLUDED: Final = "limits.supply.exclude_origins"
SETTING: Final = "policy.suppliers"


def barred_sources(frame: Frame) -> dict[tuple[str, str], str]:
    """Return the components that may not come from a country, and what bars each.

    The rules are asked of what a plan knows of a source or factory: what is made, and where. What
    it does not know, such as the maker or who reaches the equipment from afar, stays open and bars
    nothing. What the sponsor excludes is barred too.

    Parameters
    ----------
    frame
        The scenario and its data package.

    Returns
    -------
    dict
        By component and country, the setting with the rule.

    Raises
    ------
    InputError
        If no rule is in force on the day of the law.
    """
    asked = frame.scenario.policy
    excluded = frame.scenario.limits.supply.exclude_origins
    pairs = list(origins(frame))
    barred = {pair: EXCLUDED for pair in pairs if pair[1] in excluded}
    if asked.suppliers == "off":
        return barred
    law = law_as_of(frame.dataset, day_of_law(asked, frame), where=frame.scenario.where("policy"))
    rules = [
        rule
        for rule in suppliers.FAMILY.rules
        if rule.name in law.rules and rule.name not in asked.off
    ]
    table = frame.table("components")
    kinds = dict(zip(table["component"].tolist(), table["kind"].tolist(), strict=True))
    for component, origin in pairs:
        rule = _barring(component, KINDS.get(kinds[component]), origin, rules, law)
        if rule is not None:
            barred.setdefault((component, origin), f"{SETTING}: {rule}")
    return barred


def origins(frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield each component of the country with each origin of a source, plant or new factory."""
    places = frame.table("factory_places").merge(frame.table("factories"), on="factory")
    made = zip(places["component"].tolist(), places["country"].tolist(), strict=True)
    listed = ((component, origin) for component, origin, _ in Components(frame).sources)
    shared = set(frame.components)
    yield from dict.fromkeys(pair for pair in (*listed, *made) if pair[0] in shared)


def _barring(
    component: str, kind: SupplyKind | None, origin: str, rules: Iterable[Rule], law: Law
) -> str | None:
    """Return the first rule by which a component may not come from a country."""
    item = Supply(component=component, kind=kind, made_in=origin)
    content = {"name": component, "investor": "Sponsor"}
    entities = ({"name": "Sponsor", "kind": "company"},)
    deal = Deal.model_validate({**content, "entities": entities})
    case = case_of(deal.model_copy(update={"supplies": Supplies(items=(item,))}))
    return next(
        (rule.name for rule in rules if rule.find(case, law).verdict is Verdict.BLOCK_RISK), None
    )
