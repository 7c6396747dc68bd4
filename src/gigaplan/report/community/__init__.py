"""One page for each state: what is built, jobs, taxes, bills, water, air, and a map."""

from gigaplan.report.community.write import write_community

__all__ = ["write_community"]
