"""U.S. business, 31 CFR 800.252, and what is none: a start-up or bare assets, 800.302(c)."""

from __future__ import annotations

from gigaplan.policy.answer import Answer, Fact, both, told
from gigaplan.policy.ownership import Case

CITATION = "31 CFR 800.252, 800.301(c)-(d), 800.302(c)"


def is_us_business(case: Case) -> Answer:
    """Whether the deal reaches a business that exists and is in interstate commerce here."""
    business = case.deal.business
    if case.deal.instrument == "new_build":
        says = "The investor founds and builds it itself; no business that exists is acquired"
        return Answer(False, (Fact("instrument", says),))
    name, asked = business.name or "The business", business.name or "the business"
    return both(
        told(
            "business.exists",
            business.exists,
            f"{name} exists as a business",
            f"{name} is land, goods or a plan, not a business that exists",
            f"Is {asked} a business that exists, or only land, goods or a plan to build?",
        ),
        told(
            "business.in_us_commerce",
            business.in_us_commerce,
            f"{name} is engaged in interstate commerce in the United States",
            f"{name} is not engaged in interstate commerce in the United States",
            f"Is {asked} engaged in interstate commerce in the United States?",
        ),
    )
