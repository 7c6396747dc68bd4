"""The plan: tables, manifest, saving, loading, checking."""

from gigaplan.plan.manifest import Manifest
from gigaplan.plan.tables import Plan

__all__ = ["Manifest", "Plan"]
