"""Routes of filing: what a declaration or a notice takes in days and dollars."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.finding import Consequence, Step
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case

FEE: Final = "cfius.fee.notice_usd"
REVIEW: Final = "cfius.notice.review_days"
INVESTIGATION: Final = "cfius.notice.investigation_days"
ASSESSMENT: Final = "cfius.declaration.assessment_days"
USD_PER_MILLION: Final = 1e6
DECLARATION: Final = (("The Committee assesses the declaration", ASSESSMENT),)
NOTICE: Final = (
    ("Comments on the draft, if the parties stipulate", "cfius.notice.comment_business_days"),
    ("Acceptance, if the parties stipulate", "cfius.notice.acceptance_business_days"),
    ("Review", REVIEW),
    ("Investigation, if the review does not settle it", INVESTIGATION),
    ("Extension, in extraordinary circumstances", "cfius.notice.extension_days"),
    ("Decision of the President, if referred", "cfius.notice.president_days"),
)


def voluntary_filing(case: Case, law: Law) -> Consequence:
    """Return what a voluntary filing takes: a declaration at the least, a notice at the most."""
    assessed = law.parameters.value(ASSESSMENT)
    practice = law.parameters.value("cfius.practice.declaration_days")
    return Consequence(
        f"File a declaration (assessed in {assessed:g} days, about {practice:g} with drafting; no "
        f"fee) or a notice ({notice_words(law)}{_fee_words(case, law)}) for a safe harbour, or "
        "close without one and bear the risk of a later review.",
        days_least=assessed,
        days_most=notice_days(law),
        fee_usd=notice_fee_usd(case, law),
        steps=(*declaration_steps(law), *notice_steps(law)),
    )


def declaration_steps(law: Law) -> tuple[Step, ...]:
    """Return the clock of a declaration."""
    return tuple(_step(law, says, name) for says, name in DECLARATION)


def notice_steps(law: Law) -> tuple[Step, ...]:
    """Return the clock of a notice, with the steps that only some cases see."""
    return tuple(_step(law, says, name) for says, name in NOTICE)


def notice_days(law: Law) -> float:
    """Return the days of review and investigation of a notice, without extension."""
    return law.parameters.value(REVIEW) + law.parameters.value(INVESTIGATION)


def notice_words(law: Law) -> str:
    """Say the clock of a notice."""
    review, investigation = law.parameters.value(REVIEW), law.parameters.value(INVESTIGATION)
    return f"{review:g} days of review, {investigation:g} of investigation"


def notice_fee_usd(case: Case, law: Law) -> float | None:
    """Return the fee of a notice by the value of the deal; ``None`` if that is not known."""
    value = case.deal.stake.value_usd_m
    if not law.parameters.holds(FEE):
        return 0.0
    if value is None:
        return None
    return law.parameters.step(FEE, value * USD_PER_MILLION).value


def _fee_words(case: Case, law: Law) -> str:
    fee = notice_fee_usd(case, law)
    return ", fee by the value of the deal" if fee is None else f", fee {fee:,.0f} USD"


def _step(law: Law, says: str, name: str) -> Step:
    row = law.parameters.row(name)
    return Step(says, row.value, row.unit, row.citation)
