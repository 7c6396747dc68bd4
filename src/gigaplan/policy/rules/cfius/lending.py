"""Loans, 31 CFR 800.306, and for land 802.303: by themselves they are not covered."""

from __future__ import annotations

from gigaplan.policy.answer import Answer, both, either, negated, told
from gigaplan.policy.ownership import Case

CITATION = "31 CFR 800.306, 802.303"


def loan_counts(case: Case) -> Answer:
    """Whether a loan counts as an acquisition: by rights of equity, or by a default at hand."""
    loan = case.deal.loan
    by_default = both(
        told(
            "loan.default_near",
            loan.default_near,
            "By a default that is there or imminent, the lender may get control or equity",
            "No default is at hand",
            "Is there a default, or is one imminent, by which the lender may get control?",
        ),
        negated(
            told(
                "loan.us_syndicate_decides",
                loan.us_syndicate_decides,
                "The U.S. banks of the syndicate decide, or keep the lender from influence",
                "No syndicate of U.S. banks keeps the lender from acting",
                "Is the loan one of a syndicate in which U.S. banks decide?",
            )
        ),
    )
    return either(
        told(
            "loan.equity_like_rights",
            loan.equity_like_rights,
            "The loan brings rights that equity has and a loan usually has not",
            "The loan brings no rights of equity",
            "Does the loan bring an interest in profits, board members or other rights of equity?",
        ),
        by_default,
    )
