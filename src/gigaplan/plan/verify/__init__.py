"""Check a saved plan from its tables alone: every balance, limit and cost is added up again."""

from gigaplan.plan.verify.finding import Finding
from gigaplan.plan.verify.run import verify_plan

__all__ = ["Finding", "verify_plan"]
