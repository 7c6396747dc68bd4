"""What both mandatory declarations share: exceptions, deadline and penalty, 31 CFR 800.401."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from gigaplan.policy.answer import Answer, either, told
from gigaplan.policy.finding import Consequence
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.cfius.excepted_investor import is_excepted_investor
from gigaplan.policy.rules.cfius.filing import (
    USD_PER_MILLION,
    declaration_steps,
    notice_days,
    notice_fee_usd,
    notice_steps,
)

CITATION: Final = "31 CFR 800.401(e)-(g), 800.901(b)"


def is_relieved(case: Case, law: Law) -> Answer:
    """Whether the investor need not declare: it is excepted, or cleared under FOCI mitigation."""
    investor = case.investor
    return either(
        is_excepted_investor(case, law),
        told(
            f"{case.ownership.fields[investor.name]}.foci_mitigated",
            investor.foci_mitigated,
            f"{investor.name} holds a facility clearance under a FOCI mitigation",
            f"{investor.name} holds no facility clearance under a FOCI mitigation",
            f"Holds {investor.name} a facility clearance under a FOCI mitigation agreement?",
        ),
    )


def mandatory_filing(case: Case, law: Law, cap_frac: float | None) -> Consequence:
    """Return what a mandatory filing takes, by when it is due, and the penalty.

    Parameters
    ----------
    case, law
        The case, and the law of its day.
    cap_frac
        Voting interest below which no filing would be mandatory; ``None``: none.
    """
    lead = law.parameters.value("cfius.mandatory.lead_days")
    assessed = law.parameters.value("cfius.declaration.assessment_days")
    penalty = penalty_usd(case, law)
    return Consequence(
        f"File a declaration, or a notice in its place, {lead:g} days before completion or "
        f"earlier{_by_day(case, law, lead)}. The declaration is assessed within {assessed:g} days.",
        days_least=assessed,
        days_most=notice_days(law),
        fee_usd=notice_fee_usd(case, law),
        penalty_usd=penalty,
        cap_frac=cap_frac,
        steps=(*declaration_steps(law), *notice_steps(law)),
    )


def penalty_usd(case: Case, law: Law) -> float:
    """Return the largest penalty for not filing: an amount, or the value of the deal if greater."""
    value = (case.deal.stake.value_usd_m or 0.0) * USD_PER_MILLION
    return max(law.parameters.value("cfius.penalty.failure_to_file_usd"), value)


def _by_day(case: Case, law: Law, lead_days: float) -> str:
    """Say the last day for filing, and whether it is past on the day of the screen."""
    closes = case.deal.dates.closes_on
    if closes is None:
        return ""
    last = closes - timedelta(days=lead_days)
    late = ", which is past" if law.day > last else ""
    return f", here by {last.isoformat()}{late}"
