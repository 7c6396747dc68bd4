"""Routes of filing: what a declaration or a notice costs in days and dollars."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.finding import Consequence
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case

FEE: Final = "cfius.fee.notice_usd"
USD_PER_MILLION: Final = 1e6


def voluntary_filing(case: Case, law: Law) -> Consequence:
    """Return what a voluntary filing takes: a declaration at the least, a notice at the most."""
    return Consequence(
        f"File a declaration ({_days(law, 'declaration.assessment')} days, no fee) or a notice "
        f"({notice_words(law)}{_fee_words(case, law)}) for a safe harbour, or close without one "
        "and bear the risk of a later review.",
        days_least=law.parameters.value("cfius.declaration.assessment_days"),
        days_most=notice_days(law),
        fee_usd=notice_fee_usd(case, law),
    )


def notice_days(law: Law) -> float:
    """Return the days of review and investigation of a notice, without extension."""
    return law.parameters.value("cfius.notice.review_days") + law.parameters.value(
        "cfius.notice.investigation_days"
    )


def notice_words(law: Law) -> str:
    """Say the clock of a notice."""
    review, investigation = _days(law, "notice.review"), _days(law, "notice.investigation")
    return f"{review} days of review, {investigation} of investigation"


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


def _days(law: Law, name: str) -> str:
    return f"{law.parameters.value(f'cfius.{name}_days'):g}"
