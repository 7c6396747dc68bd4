"""State and local taxes of a plan: what is due, what an incentive takes off, what is paid."""

from gigaplan.economy.taxes.assemble import tax_tables
from gigaplan.economy.taxes.incentives import with_jobs

__all__ = ["tax_tables", "with_jobs"]
