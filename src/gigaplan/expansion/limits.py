"""The limits a person can loosen: what each is called, in what unit, and where it is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from gigaplan.system import Options

Labels = Mapping[str, object]
Way = Literal["number", "factor", "share", "switch"]


@dataclass(frozen=True)
class Limit:
    """One kind of limit.

    Parameters
    ----------
    name
        Name of the constraints in the model.
    kind
        What limits of the kind are called together.
    words
        What it is called, given the labels of one row.
    unit
        Unit of its right-hand side.
    setting
        Field of the scenario, or table of the data package, that holds it, given the labels.
    one_more
        What one unit more of it is called, given the labels.
    sum_over
        Dimensions over which prices are added: a limit that binds in many blocks is one limit.
    largest_over
        Dimensions over which the largest price counts: steps of one supply.
    share_of
        Variable whose sum over the labels a share is of; its price is that of one percentage point.
    lower_to_mend
        Whether loosening means lowering the number (a target) or raising it (a cap).
    way
        What its setting is: the number itself, a factor on a number of the data, a share of
        something, or a switch.
    setting_unit, setting_factor
        Unit of the setting and its size in that unit, where it is not ``unit``.
    """

    name: str
    kind: str
    words: Callable[[Labels], str]
    unit: str
    setting: Callable[[Labels], str]
    one_more: Callable[[Labels], str]
    sum_over: tuple[str, ...] = ()
    largest_over: tuple[str, ...] = ()
    share_of: str = ""
    lower_to_mend: bool = False
    way: Way = "number"
    setting_unit: str = ""
    setting_factor: float = 1.0


COMPUTE_UNIT = "unit of compute"
COMPONENT_UNIT = "unit of the component"
GROUP_SETTINGS = {"us": "min_us_share", "allied": "min_allied_share"}
GROUP_WORDS = {"us": "from the US", "allied": "from the US or an ally"}
_SPOKEN = {"pv": "solar", "wind-ons": "wind"}


LABOUR = "labour_"


def spoken(name: object) -> str:
    """Return a name in words.

    >>> spoken("labour_electrical"), spoken("large_power_transformer"), spoken("pv")
    ('electrical labour', 'large power transformer', 'solar')
    """
    text = str(name)
    if text.startswith(LABOUR):
        text = f"{text.removeprefix(LABOUR)} labour"
    return _SPOKEN.get(text, text.replace("_", " "))


def component_of(at: Labels) -> str:
    """Return the component that the labels of a limit are about."""
    for dim in ("component", "local_component"):
        if dim in at:
            return str(at[dim])
    return str(at["source"]).split(" from ")[0]


def _source(at: Labels) -> str:
    """Return a source in words.

    >>> _source({"source": "advanced_packaging from TW, step 2"})
    'advanced packaging from TW, step 2'
    """
    return spoken(at["source"])


OWNERS = {
    "foreign": "foreign investors",
    "government": "governments",
    "debt": "debt",
    "grant": "grants",
    "sponsor": "the sponsor",
}


CLASS_WORDS = {"campus": "campuses", "accelerator": "accelerators", "energy": "own power"}


def _class(at: Labels) -> str:
    name = str(at["capital_class"])
    return CLASS_WORDS.get(name, name)


def _owners(at: Labels) -> str:
    group = str(at["investor_group"])
    return OWNERS.get(group, group)


def _from_group(at: Labels) -> str:
    group = str(at["origin_group"])
    return f"{GROUP_WORDS.get(group, f'from {group}')} in {at['calendar_year']}"


def in_units(limit: Limit, at: Labels, options: Options) -> Labels:
    """Return the labels of a limit with the unit that it is counted in."""
    if limit.unit != COMPONENT_UNIT:
        return at
    component = options.made_by.get(str(at["factory"])) if "factory" in at else component_of(at)
    return {**at, "unit": options.units.get(component or "", "unit")}


def unit_of(limit: Limit, at: Labels, options: Options) -> str:
    """Return the unit of a limit; those of compute and components depend on the scenario."""
    if limit.unit == COMPONENT_UNIT:
        return str(in_units(limit, at, options)["unit"])
    if limit.unit != COMPUTE_UNIT:
        return limit.unit
    return "GW of IT" if options.target_unit == "it_gw" else "million H100e"


LIMITS: tuple[Limit, ...] = (
    Limit(
        "compute_need",
        "compute target",
        lambda at: f"compute target in {at['year']}",
        COMPUTE_UNIT,
        lambda at: f"compute.target.by_year.{at['year']}",
        lambda at: f"one unit of the compute target in {at['year']} less",
        lower_to_mend=True,
    ),
    Limit(
        "built_capacity_potential_campus",
        "room for campuses",
        lambda at: f"room for new campuses in {at['zone']}",
        "GW of IT",
        lambda at: f"limits.campuses.max_it_gw_by_zone.{at['zone']}",
        lambda at: f"room for one more GW of campuses in {at['zone']}",
    ),
    Limit(
        "built_capacity_minimum_campus",
        "least campus capacity",
        lambda at: f"least campus capacity in {at['zone']}",
        "GW of IT",
        lambda at: f"limits.campuses.min_it_gw_by_zone.{at['zone']}",
        lambda at: f"one GW less of the least campus capacity in {at['zone']}",
        lower_to_mend=True,
    ),
    Limit(
        "built_capacity_potential_generator",
        "sites for generators",
        lambda at: f"sites for {spoken(at['generator'])} in {at['zone']}",
        "GW",
        lambda at: f"data: potential of {at['generator']} in {at['zone']}",
        lambda at: f"one more GW of sites for {spoken(at['generator'])} in {at['zone']}",
    ),
    Limit(
        "built_capacity_potential_storage",
        "sites for storage",
        lambda at: f"sites for {spoken(at['storage'])} in {at['zone']}",
        "GW",
        lambda at: f"data: potential of {at['storage']} in {at['zone']}",
        lambda at: f"one more GW of sites for {spoken(at['storage'])} in {at['zone']}",
    ),
    Limit(
        "built_capacity_potential_corridor",
        "room for corridors",
        lambda at: f"room for expanding {at['corridor']}",
        "GW",
        lambda at: f"data: potential of corridor {at['corridor']}",
        lambda at: f"one more GW of room for expanding {at['corridor']}",
    ),
    Limit(
        "interconnection",
        "interconnection queue",
        lambda at: f"{spoken(at['queue'])} interconnection queue in {at['zone']} by {at['year']}",
        "GW",
        lambda at: "limits.interconnection.completion_frac",
        lambda at: (
            f"one more GW through the {spoken(at['queue'])} queue in {at['zone']} by {at['year']}"
        ),
        way="share",
    ),
    Limit(
        "onsite_power_connection",
        "grid connection of campuses",
        lambda at: f"grid connection of campuses in {at['zone']} in {at['year']}",
        "GW",
        lambda at: "limits.interconnection.enabled",
        lambda at: f"one more GW of grid connection for campuses in {at['zone']} in {at['year']}",
        sum_over=("block",),
        way="switch",
    ),
    Limit(
        "supply_source",
        "supply of components",
        lambda at: f"supply of {_source(at)} in {at['calendar_year']}",
        COMPONENT_UNIT,
        lambda at: f"limits.supply.scale.{component_of(at)}",
        lambda at: f"one more {at['unit']} of {_source(at)} in {at['calendar_year']}",
        way="factor",
    ),
    Limit(
        "local_supply_step",
        "supply within states",
        lambda at: f"{spoken(component_of(at))} in {at['zone']} in {at['calendar_year']}",
        COMPONENT_UNIT,
        lambda at: f"limits.supply.scale.{component_of(at)}",
        lambda at: (
            f"one more {at['unit']} of {spoken(component_of(at))} in {at['zone']} in "
            f"{at['calendar_year']}"
        ),
        largest_over=("step",),
        way="factor",
    ),
    Limit(
        "factories_potential",
        "room for factories",
        lambda at: f"room for a {spoken(at['factory'])}",
        COMPONENT_UNIT,
        lambda at: f"data: max_units_per_yr of {at['factory']}",
        lambda at: f"room for a {spoken(at['factory'])} that makes one more {at['unit']} a year",
    ),
    Limit(
        "origin",
        "least share by origin",
        lambda at: f"least share of {spoken(at['component'])} {_from_group(at)}",
        COMPONENT_UNIT,
        lambda at: f"limits.supply.{GROUP_SETTINGS[str(at['origin_group'])]}",
        lambda at: (
            f"one {at['unit']} less of {spoken(at['component'])} that must come {_from_group(at)}"
        ),
        lower_to_mend=True,
    ),
    Limit(
        "reserve",
        "reserve margin",
        lambda at: f"reserve margin of {at['region']} in {at['year']}",
        "GW",
        lambda at: "limits.reserve.margin_frac",
        lambda at: f"one GW less of required firm capacity in {at['region']} in {at['year']}",
        lower_to_mend=True,
    ),
    Limit(
        "emissions",
        "emission cap",
        lambda at: f"emission cap in {at['year']}",
        "kt",
        lambda at: f"limits.emissions.cap_mt_by_year.{at['year']}",
        lambda at: f"one more kt of carbon dioxide in {at['year']}",
        setting_unit="Mt",
        setting_factor=1e-3,
    ),
    Limit(
        "unserved_load",
        "cap on unserved load",
        lambda at: f"cap on unserved load in {at['year']}",
        "GWh",
        lambda at: "limits.unserved.max_frac",
        lambda at: f"one more GWh of unserved load in {at['year']}",
        way="share",
    ),
    Limit(
        "budget_year",
        "yearly budget",
        lambda at: f"programme budget of {at['calendar_year']}",
        "M$",
        lambda at: f"limits.budget.by_year_usd_b.{at['calendar_year']}",
        lambda at: f"one more M$ of budget in {at['calendar_year']}",
        setting_unit="billion USD",
        setting_factor=1e-3,
    ),
    Limit(
        "budget_total",
        "total budget",
        lambda at: "programme budget over the horizon",
        "M$",
        lambda at: "limits.budget.total_usd_b",
        lambda at: "one more M$ of total budget",
        setting_unit="billion USD",
        setting_factor=1e-3,
    ),
    Limit(
        "capital_commitment",
        "money of an investor",
        lambda at: f"money of {at['investor']} up to {at['calendar_year']}",
        "M$",
        lambda at: f"capital.investors: commitment_usd_b of {at['investor']}",
        lambda at: f"one more M$ from {at['investor']} by {at['calendar_year']}",
        setting_unit="billion USD",
        setting_factor=1e-3,
    ),
    Limit(
        "capital_ticket",
        "largest ticket of an investor",
        lambda at: f"largest ticket of {at['investor']}",
        "M$",
        lambda at: f"capital.investors: max_ticket_usd_b of {at['investor']}",
        lambda at: f"one more M$ in the largest ticket of {at['investor']}",
        setting_unit="billion USD",
        setting_factor=1e-3,
    ),
    Limit(
        "capital_single",
        "largest single investment",
        lambda at: (
            f"largest single investment of {at['investor']} in {_class(at)} of "
            f"{at['vintage']} in {at['territory']}"
        ),
        "M$",
        lambda at: f"capital.investors: max_single_usd_b of {at['investor']}",
        lambda at: (
            f"one more M$ that {at['investor']} may put into {_class(at)} of "
            f"{at['vintage']} in {at['territory']}"
        ),
        setting_unit="billion USD",
        setting_factor=1e-3,
    ),
    Limit(
        "capital_group_cap",
        "largest share of a group of investors",
        lambda at: f"cap on {_owners(at)} in {_class(at)} of {at['vintage']}",
        "percentage point",
        lambda at: f"capital.max_share.{at['investor_group']}.{at['capital_class']}",
        lambda at: f"one percentage point more of {_owners(at)} in {_class(at)} of {at['vintage']}",
        share_of="fund",
    ),
    Limit(
        "capital_group_floor",
        "least share of a group of investors",
        lambda at: f"least share of {_owners(at)} in {_class(at)} of {at['vintage']}",
        "percentage point",
        lambda at: f"capital.min_share.{at['investor_group']}.{at['capital_class']}",
        lambda at: (
            f"one percentage point less of {_owners(at)} that must pay for "
            f"{_class(at)} of {at['vintage']}"
        ),
        lower_to_mend=True,
        share_of="fund",
    ),
    Limit(
        "programme_power_firm",
        "firm power the programme brings",
        lambda at: f"firm power the programme must bring in {at['region']} in {at['year']}",
        "GW",
        lambda at: "programme.own_capacity_frac",
        lambda at: f"one GW less of firm power to bring in {at['region']} in {at['year']}",
        lower_to_mend=True,
        way="share",
    ),
    Limit(
        "corridors_flow_forward",
        "corridor capacity",
        lambda at: f"corridor {at['corridor']} (forward) in {at['year']}",
        "GW",
        lambda at: f"data: corridor {at['corridor']}",
        lambda at: f"one more GW on corridor {at['corridor']} in {at['year']}",
        sum_over=("block",),
    ),
    Limit(
        "corridors_flow_reverse",
        "corridor capacity",
        lambda at: f"corridor {at['corridor']} (reverse) in {at['year']}",
        "GW",
        lambda at: f"data: corridor {at['corridor']}",
        lambda at: f"one more GW on corridor {at['corridor']} in {at['year']}",
        sum_over=("block",),
    ),
)

ELASTIC: tuple[str, ...] = (
    "compute_need",
    "built_capacity_potential_campus",
    "built_capacity_minimum_campus",
    "interconnection",
    "onsite_power_connection",
    "supply_source",
    "local_supply_step",
    "factories_potential",
    "emissions",
    "unserved_load",
    "budget_year",
    "budget_total",
    "capital_commitment",
    "capital_ticket",
    "capital_single",
    "programme_power_firm",
)
"""Limits that may be broken when the smallest change that mends an infeasible plan is sought."""

NAMED: tuple[str, ...] = ("origin", "capital_group_cap", "capital_group_floor")
"""Limits that may be in a conflict but are not broken to mend it: a share has no size."""


def limit_of(name: str) -> Limit | None:
    """Return the limit whose constraints are called ``name``."""
    return next((limit for limit in LIMITS if limit.name == name), None)
