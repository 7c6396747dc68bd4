"""Policy: which rules enter the plan, and as of which day."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import JsonValue

from gigaplan.inputs.scenario.base import Flag, Name, Section, Share

CreditTechnology = Literal["wind", "solar", "storage", "nuclear_new", "geothermal", "fuel_cell"]


class Policy(Section):
    """Rules in the plan."""

    as_of: datetime.date | None = None
    """Day whose law counts; empty: the last day on which the rules of the data package were
    compared with their texts."""
    credits: Flag = False
    """Whether federal credits on energy (48E or 45Y, 45Q, 45U) lower its cost, by the days of
    construction and service."""
    credit_worth_frac: Share = 0.93
    """What a dollar of credit is worth to its owner, such as its price of transfer [frac]."""
    prohibited_cost_frac: dict[CreditTechnology, Share] = {}
    """Part of the direct cost of a technology that goes to prohibited foreign entities; a credit is
    lost where less than the ratio of the year of construction goes to others [frac]."""
    screen: Flag = True
    """Whether the investors of the plan are screened by every rule in force."""
    ownership: Literal["off", "clocks", "avoid"] = "off"
    """What the screen of told facts changes before the plan. `off`: nothing; `clocks`: money comes
    after the review that its investor has to file for, and who may be blocked pays nothing;
    `avoid`: the same, but who can stay below the share that makes a filing mandatory does so."""
    suppliers: Literal["off", "law"] = "law"
    """What the rules of suppliers change before the plan. `off`: nothing; `law`: sources and
    factories of a component and country that a rule bars give nothing."""
    facts: dict[Name, dict[Name, JsonValue]] = {}
    """Facts of an investor, by its name, with the fields of a deal file; what is left out is
    unknown."""
    shared_facts: dict[Name, JsonValue] = {}
    """Facts that hold for the deals of every investor, such as those of the business and the site;
    what `facts` tells of an investor goes before."""
    off: tuple[Name, ...] = ()
    """Rules that are switched off before the plan, by their names in the table policy_rules: to see
    what they cost."""
