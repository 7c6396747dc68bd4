"""The audit of a data package: schema, coverage, provenance, totals, consistency, magnitudes."""

from gigaplan.inputs.audit.report import AuditReport, Check
from gigaplan.inputs.audit.run import audit, audit_package

__all__ = ["AuditReport", "Check", "audit", "audit_package"]
