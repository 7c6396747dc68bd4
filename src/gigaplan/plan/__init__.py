"""The plan: what a run returns, saved and loaded whole, checked without the solver."""

from gigaplan.plan.manifest import Manifest
from gigaplan.plan.tables import Plan

__all__ = ["Manifest", "Plan"]
