"""The screen of a deal: every rule in force is asked, and the strictest verdict wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.wording import did_you_mean
from gigaplan.policy.answer import Ask
from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.finding import Finding, Verdict
from gigaplan.policy.law import Law, law_as_of
from gigaplan.policy.ownership import case_of
from gigaplan.policy.rules import FAMILIES
from gigaplan.terms.errors import Fault, InputError

DISCLAIMER = (
    "This is a screen of stated facts against dated rules, not legal advice: the text of the rule "
    "and counsel decide."
)


@dataclass(frozen=True)
class Screen:
    """What the rules find in a deal.

    Parameters
    ----------
    deal
        The deal.
    law
        The law that was asked.
    findings
        One for each rule in force, family by family.
    """

    deal: Deal
    law: Law
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """The strictest verdict of all findings."""
        return max(finding.verdict for finding in self.findings)

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Facts that are missing, each once."""
        return tuple(dict.fromkeys(ask for finding in self.findings for ask in finding.asks))

    def finding(self, rule: str) -> Finding:
        """Return what one rule found."""
        return next(finding for finding in self.findings if finding.rule == rule)


def screens(deals: Iterable[Deal], dataset: Dataset, day: date) -> list[Screen]:
    """Screen deals, each as :func:`screen` does; the law of a day is made once."""
    laws: dict[date, Law] = {}
    found = []
    for deal in deals:
        own = deal.as_of or day
        if own not in laws:
            laws[own] = law_as_of(dataset, own, where=deal.where("as_of") if deal.as_of else "")
        _check(deal, dataset, laws[own])
        found.append(screen_by(deal, laws[own]))
    return found


def screen(deal: Deal, dataset: Dataset, day: date) -> Screen:
    """Screen a deal by the law of a day.

    Parameters
    ----------
    deal
        The deal.
    dataset
        Data package with the dated rules.
    day
        Day of the screen; the deal's own ``as_of`` goes before it.

    Returns
    -------
    Screen

    Raises
    ------
    InputError
        If no rule is in force on the day, the deal closes before that, or it names infrastructure
        that the package does not know.
    """
    (found,) = screens([deal], dataset, day)
    return found


def screen_by(deal: Deal, law: Law) -> Screen:
    """Screen a deal by a law; what the deal names is taken to be known to it.

    Parameters
    ----------
    deal
        The deal.
    law
        Rules and parameters in force.
    """
    case = case_of(deal)
    findings = tuple(
        rule.find(case, law)
        for family in FAMILIES
        for rule in family.rules
        if rule.name in law.rules
    )
    return Screen(deal, law, findings)


def _check(deal: Deal, dataset: Dataset, law: Law) -> None:
    """Refuse what the tables of the package do not know."""
    faults = []
    for place, function in enumerate(deal.business.infrastructure or ()):
        if function not in law.infrastructure:
            what = f"There is no function '{function}' of critical infrastructure."
            mend = did_you_mean(function, law.infrastructure) or (
                "See 'gigaplan data show critical_infrastructure'."
            )
            where = deal.where("business", "infrastructure", place)
            faults.append(Fault(what, where, mend))
    campus = deal.campus
    if campus is not None and campus.state is not None and campus.state not in law.states.zones:
        what = f"There is no state {campus.state} in the package."
        mend = did_you_mean(campus.state, law.states.zones) or "Use a zone of the table zones."
        faults.append(Fault(what, deal.where("campus", "state"), mend))
    listed = set(dataset.table("installations")["installation"])
    for place, near in enumerate(deal.site.near or () if deal.site else ()):
        if near.name not in listed:
            what = f"There is no listed site '{near.name}'."
            mend = did_you_mean(near.name, listed) or "See 'gigaplan data show installations'."
            faults.append(Fault(what, deal.where("site", "near", place, "name"), mend))
    first = min(date.fromisoformat(day) for day in dataset.table("policy_rules")["in_force_from"])
    for name in ("signed_on", "closes_on"):
        day = getattr(deal.dates, name)
        if day is not None and day < first:
            what = f"{name} is {day.isoformat()}, before the first rule, of {first.isoformat()}."
            mend = "Earlier deals are under earlier rules, which the screen does not have."
            faults.append(Fault(what, deal.where("dates", name), mend))
    if faults:
        headline = f"The deal {deal.name} cannot be screened."
        raise InputError(headline, faults)
