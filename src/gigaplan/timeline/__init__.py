"""When everything must happen, and what a month of time-to-power is worth."""

from gigaplan.timeline.assemble import timeline_tables

__all__ = ["timeline_tables"]
