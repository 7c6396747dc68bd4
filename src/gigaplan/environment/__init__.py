"""Environment of a finished plan: water, air, carbon, land and clean matching, as tables."""

from gigaplan.environment.assemble import environment_tables
from gigaplan.environment.carbon import co2_by_zone

__all__ = ["co2_by_zone", "environment_tables"]
