"""A scenario joined with a data package: one labelled, checked set of arrays."""

from gigaplan.system.types import Options, System, make_system

__all__ = ["Options", "System", "make_system"]
