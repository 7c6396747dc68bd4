"""Policy: which rules enter the plan, and as of which day."""

from __future__ import annotations

import datetime

from gigaplan.inputs.scenario.base import Flag, Section, Share


class Policy(Section):
    """Rules in the plan."""

    as_of: datetime.date | None = None
    """Day whose law counts; empty: the last day on which the rules of the data package were
    compared with their texts."""
    credits: Flag = False
    """Whether investment credits on energy (48E) lower its cost, by the days of construction and
    service."""
    credit_worth_frac: Share = 0.93
    """What a dollar of credit is worth to its owner, such as its price of transfer [frac]."""
    screen: Flag = True
    """Whether the investors of the plan are screened by every rule in force."""
