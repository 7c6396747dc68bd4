"""The law as it stood on a day: rules, parameters and lists in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.parameters import InForce, parameters_of, records, span_of
from gigaplan.policy.state_law import StateLaw, state_law_as_of
from gigaplan.terms.errors import Fault, InputError


@dataclass(frozen=True)
class RuleText:
    """A rule as the table ``policy_rules`` has it.

    Parameters
    ----------
    name, family
        Its name, and the family that it belongs to.
    title, citation, says
        What it is called, where it stands, and what it says in plain words.
    confidence
        How far the row is to be trusted.
    """

    name: str
    family: str
    title: str
    citation: str
    says: str
    confidence: str


@dataclass(frozen=True)
class ListedSite:
    """A site of the lists of 31 CFR part 802, appendix A.

    Parameters
    ----------
    name
        Name as in the list.
    part
        Part of the appendix, 1 or 2.
    states
        States and territories that it is in.
    """

    name: str
    part: int
    states: frozenset[str]


@dataclass(frozen=True)
class Law:
    """What holds on a day.

    Parameters
    ----------
    day
        The day.
    parameters
        Thresholds, amounts and days in force.
    rules
        Rules in force by name.
    statuses
        Countries under each status, such as ``excepted_foreign_state``.
    infrastructure
        Functions of critical infrastructure and what they are, in words.
    sites
        Listed sites by name.
    states
        Law of the states.
    """

    day: date
    parameters: InForce
    rules: Mapping[str, RuleText]
    statuses: Mapping[str, frozenset[str]]
    infrastructure: Mapping[str, str]
    sites: Mapping[str, ListedSite]
    states: StateLaw

    def has_status(self, country: str, status: str) -> bool:
        """Whether a country is under a status on the day."""
        return country in self.statuses.get(status, frozenset())


def law_as_of(dataset: Dataset, day: date, *, where: str = "") -> Law:
    """Return the law of a data package as it stood on a day.

    Parameters
    ----------
    dataset
        Data package with the dated tables.
    day
        The day.
    where
        Place at which the day was given, for messages.

    Raises
    ------
    InputError
        If no rule of the package is in force on the day.
    """
    every = records(dataset.table("policy_rules"))
    rules = {
        str(row["rule"]): RuleText(
            name=str(row["rule"]),
            family=str(row["family"]),
            title=str(row["title"]),
            citation=str(row["citation"]),
            says=str(row["says"]),
            confidence=str(row["confidence"]),
        )
        for row in every
        if span_of(row).holds(day)
    }
    if not rules:
        first = min(span_of(row).first for row in every)
        what = f"The first rule of the table policy_rules is of {first.isoformat()}."
        headline = f"No rule of the policy screen is in force on {day.isoformat()}."
        raise InputError(headline, [Fault(what, where, "Choose that day or a later one.")])
    statuses: dict[str, set[str]] = {}
    for row in records(dataset.table("country_status")):
        if span_of(row).holds(day):
            statuses.setdefault(str(row["status"]), set()).add(str(row["country"]))
    return Law(
        day=day,
        parameters=parameters_of(dataset.table("rule_parameters")).as_of(day),
        rules=rules,
        statuses={status: frozenset(countries) for status, countries in statuses.items()},
        infrastructure={
            str(row["function"]): f"{row['infrastructure']} ({row['business']})"
            for row in records(dataset.table("critical_infrastructure"))
            if span_of(row).holds(day)
        },
        sites={
            str(row["installation"]): ListedSite(
                name=str(row["installation"]),
                part=int(str(row["part"])),
                states=frozenset(str(row["states"]).split()),
            )
            for row in records(dataset.table("installations"))
            if span_of(row).holds(day)
        },
        states=state_law_as_of(dataset, day),
    )
