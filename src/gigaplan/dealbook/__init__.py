"""Deal book: the projects of a finished plan as deals, and what each investor gets back."""

from gigaplan.dealbook.assemble import deal_tables
from gigaplan.dealbook.closing import DealBook, close_plan
from gigaplan.dealbook.facts import PlanFacts
from gigaplan.dealbook.terms import check_terms

__all__ = ["DealBook", "PlanFacts", "check_terms", "close_plan", "deal_tables"]
