"""Deal book: the projects of a finished plan as deals, and what each investor gets back."""

from gigaplan.dealbook.assemble import deal_tables
from gigaplan.dealbook.closing import DealBook, close_plan
from gigaplan.dealbook.facts import PlanFacts

__all__ = ["DealBook", "PlanFacts", "close_plan", "deal_tables"]
