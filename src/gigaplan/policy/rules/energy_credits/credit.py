"""The credit of a plant by its technology, its days and its origin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gigaplan.policy.answer import Answer, Ask, both, negated, told
from gigaplan.policy.days import day_number, day_value, start_of_year
from gigaplan.policy.facts.power_plant import Technology
from gigaplan.policy.finding import Finding, Verdict, clear, need_facts
from gigaplan.policy.parameters import InForce
from gigaplan.policy.rules.energy_credits.amounts import Amount, full_amount
from gigaplan.policy.rules.energy_credits.deadlines import (
    phase_frac,
    shows_continuity,
)
from gigaplan.policy.rules.energy_credits.material import keeps_ratio
from gigaplan.policy.rules.energy_credits.technologies import CLEAN, label

RULE = "energy_credits.deadline"
Route = Literal["investment", "production"]
Kind = Literal["itc", "ptc", "capture", "none"]


@dataclass(frozen=True)
class Origin:
    """What a credit turns on besides technology and days; ``None``: not known.

    Parameters
    ----------
    clean_cost_frac
        Material assistance cost ratio [frac].
    claimant_specified, claimant_influenced
        Whether who claims is a specified foreign entity, or foreign-influenced.
    wages_met
        Whether wages and apprenticeship are met, or the plant is small.
    domestic_content_frac
        Domestic content of manufactured products [frac].
    energy_community
        Whether it lies in an energy community.
    continuous
        Whether work goes on continuously where service is later than the safe harbour.
    receipts_usd_per_mwh
        Gross receipts of an existing nuclear plant [USD/MWh].
    allocated
        Whether an allocation under section 48C is held.
    """

    clean_cost_frac: float | None = None
    claimant_specified: bool | None = None
    claimant_influenced: bool | None = None
    wages_met: bool | None = None
    domestic_content_frac: float | None = None
    energy_community: bool | None = None
    continuous: bool | None = None
    receipts_usd_per_mwh: float | None = None
    allocated: bool | None = None


UNTIED = Origin(
    clean_cost_frac=1.0,
    claimant_specified=False,
    claimant_influenced=False,
    wages_met=True,
    domestic_content_frac=0.0,
    energy_community=False,
    continuous=True,
)
"""A plant with no tie to prohibited foreign entities, wages met and no bonus."""


@dataclass(frozen=True)
class Credit:
    """A credit.

    Parameters
    ----------
    kind
        ``itc``: of the cost; ``ptc``: by energy; ``capture``: by tonne; ``none``: no credit.
    rate
        Fraction of the cost, USD/MWh, or USD/t. Zero while facts are missing: a credit that is not
        shown is not counted on.
    years
        Years in which it is paid: 1 for the investment credit, 0 for none.
    citation
        Section.
    finding
        Why.
    """

    kind: Kind
    rate: float
    years: float
    citation: str
    finding: Finding


def credit_of(
    technology: Technology,
    begin_construction: date,
    placed_in_service: date,
    origin: Origin,
    parameters: InForce,
    route: Route = "investment",
) -> Credit:
    """Return the credit of a plant.

    Wages, domestic content and an energy community that are not told count as not met, so that a
    fifth of the credit, and no bonus, is counted on. What could bar the credit must be told.

    Parameters
    ----------
    technology
        What is built.
    begin_construction, placed_in_service
        Days of the beginning of construction and of service.
    origin
        Facts of origin.
    parameters
        Those in force on the day of the law.
    route
        Which credit the owner takes where the law leaves the choice.

    Returns
    -------
    Credit
        With rate 0 where it is barred, too late, or not shown.

    Raises
    ------
    InputError
        If the parameters are of a day before the law.
    """
    amount = full_amount(
        technology,
        begin_construction,
        wages_met=bool(origin.wages_met),
        bonuses=_bonuses(begin_construction, origin, parameters),
        receipts_usd_per_mwh=origin.receipts_usd_per_mwh,
        production=route == "production",
        parameters=parameters,
    )
    left = phase_frac(technology, begin_construction, placed_in_service, parameters)
    answer = _is_allowed(technology, begin_construction, placed_in_service, origin, parameters)
    rate = amount.rate * left if answer.yes else 0.0
    finding = _finding(technology, answer, amount, left, placed_in_service)
    if rate == 0.0:
        return Credit("none", 0.0, 0.0, amount.citation, finding)
    return Credit(amount.kind, rate, amount.years, amount.citation, finding)


def _is_allowed(
    technology: Technology, begins_on: date, serves_on: date, origin: Origin, parameters: InForce
) -> Answer:
    answers = [
        keeps_ratio(technology, begins_on, origin.clean_cost_frac, parameters),
        _is_free(technology, serves_on, origin, parameters),
    ]
    if technology in CLEAN and not shows_continuity(begins_on, serves_on, parameters):
        answers.append(
            told(
                "power_plant.continuous",
                origin.continuous,
                "Work goes on continuously",
                "Work does not go on continuously",
                "Does work go on continuously? Service is later than the safe harbour.",
            )
        )
    if technology == "nuclear_existing" and origin.receipts_usd_per_mwh is None:
        question = "What are the gross receipts of the plant per MWh?"
        answers.append(Answer(None, asks=(Ask("power_plant.receipts_usd_per_mwh", question),)))
    if technology == "manufacturing":
        answers.append(
            told(
                "power_plant.allocated",
                origin.allocated,
                "An allocation under section 48C is held",
                "No allocation under section 48C is held, and none is left",
                "Is an allocation under section 48C held?",
            )
        )
    return both(*answers)


def _is_free(
    technology: Technology, serves_on: date, origin: Origin, parameters: InForce
) -> Answer:
    """Whether who claims is no prohibited foreign entity, in tax years that the bar reaches."""
    answers = [Answer(True)]
    if technology == "manufacturing":
        return answers[0]
    year = start_of_year(serves_on.year)
    if year > day_value(parameters, "energy_credits.foreign.specified_after"):
        answers.append(
            negated(
                told(
                    "power_plant.claimant",
                    origin.claimant_specified,
                    "The claimant is a specified foreign entity",
                    "The claimant is no specified foreign entity",
                    "Is the claimant a specified foreign entity?",
                )
            )
        )
    if year > influenced_after(technology, parameters):
        answers.append(
            negated(
                told(
                    "power_plant.claimant",
                    origin.claimant_influenced,
                    "The claimant is foreign-influenced",
                    "The claimant is not foreign-influenced",
                    "Is the claimant a foreign-influenced entity?",
                )
            )
        )
    return both(*answers)


def influenced_after(technology: Technology, parameters: InForce) -> date:
    """Return the day after which tax years begin that bar foreign-influenced entities."""
    if technology == "nuclear_existing":
        return day_value(parameters, "energy_credits.foreign.influenced_nuclear_after")
    return day_value(parameters, "energy_credits.foreign.influenced_after")


def _bonuses(begins_on: date, origin: Origin, parameters: InForce) -> int:
    least = parameters.step("energy_credits.domestic.content_frac", day_number(begins_on)).value
    domestic = (origin.domestic_content_frac or 0.0) >= least
    return int(domestic) + int(bool(origin.energy_community))


def _finding(
    technology: Technology, answer: Answer, amount: Amount, left_frac: float, serves_on: date
) -> Finding:
    name = label(technology)
    if left_frac == 0.0 or answer.no or (answer.yes and amount.rate == 0.0):
        why = "it is barred" if answer.no else "its receipts leave nothing of it"
        why = "the days are past" if left_frac == 0.0 else why
        says = f"No credit for {name} in service on {serves_on.isoformat()}: {why}."
        return Finding(RULE, Verdict.MITIGATE, answer.facts, says, amount.citation)
    if answer.unknown:
        says = f"Whether {name} earns a credit is open."
        return need_facts(RULE, answer, says, amount.citation)
    return clear(RULE, answer, f"A credit for {name} is earned.", amount.citation)
