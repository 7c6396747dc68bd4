"""Whether the instrument of a deal brings an interest that counts."""

from __future__ import annotations

from gigaplan.policy.answer import Answer, Ask, Fact
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.cfius.contingent import conversion_counts
from gigaplan.policy.rules.cfius.lending import loan_counts


def acquires_interest(case: Case) -> Answer:
    """Whether the investor acquires an interest: always by shares, sometimes by a loan."""
    instrument = case.deal.instrument
    if instrument is None:
        question = "How does the investor come in: shares, a loan, a new build?"
        return Answer(None, asks=(Ask("instrument", question),))
    if instrument == "loan":
        return loan_counts(case)
    if instrument == "convertible":
        return conversion_counts(case)
    says = f"The investor comes in by {instrument.replace('_', ' ')}"
    return Answer(True, (Fact("instrument", says),))
