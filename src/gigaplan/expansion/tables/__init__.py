"""From solver values to the tables of a plan, one subject a file."""

from gigaplan.expansion.tables.assemble import plan_tables

__all__ = ["plan_tables"]
