"""Later deals in the same business, 31 CFR 800.305 and 800.303(b)."""

from __future__ import annotations

from gigaplan.policy.answer import Answer, both, negated, told
from gigaplan.policy.ownership import Case

CITATION = "31 CFR 800.305"


def control_was_cleared(case: Case) -> Answer:
    """Whether the investor's direct control was cleared before, and nobody new comes with it."""
    history = case.deal.history
    return both(
        told(
            "history.control_cleared",
            history.control_cleared,
            "The Committee concluded all action on the investor's earlier control",
            "The investor's control was not cleared before",
            "Did the Committee conclude all action on an earlier deal that gave the investor "
            "direct control?",
        ),
        negated(
            told(
                "history.other_foreign_party",
                history.other_foreign_party,
                "A foreign person without that clearance is a party",
                "No foreign person without that clearance is a party",
                "Is a foreign person without that clearance a party?",
            )
        ),
    )


def investment_was_cleared(case: Case) -> Answer:
    """Whether an earlier covered investment was cleared, and this deal brings no new rights."""
    history = case.deal.history
    return both(
        told(
            "history.investment_cleared",
            history.investment_cleared,
            "The Committee concluded all action on the investor's earlier covered investment",
            "No earlier covered investment of the investor was cleared",
            "Did the Committee conclude all action on an earlier covered investment?",
        ),
        negated(
            told(
                "history.new_rights",
                history.new_rights,
                "The deal brings rights that were not notified then",
                "The deal brings no rights beyond those notified then",
                "Does the deal bring rights that were not notified then?",
            )
        ),
    )
