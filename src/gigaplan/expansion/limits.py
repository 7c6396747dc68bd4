"""The limits a person can loosen, and which of them may be broken to mend a conflict."""

from __future__ import annotations

from gigaplan.expansion.limit import (
    COMPONENT_UNIT,
    COMPUTE_UNIT,
    GROUP_SETTINGS,
    Limit,
    bar_or,
    class_words,
    component_of,
    from_group,
    owners,
    source_words,
    spoken,
)
from gigaplan.expansion.surroundings import SURROUNDINGS

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
        lambda at: f"supply of {source_words(at)} in {at['calendar_year']}",
        COMPONENT_UNIT,
        lambda at: bar_or(at, f"limits.supply.scale.{component_of(at)}"),
        lambda at: f"one more {at['unit']} of {source_words(at)} in {at['calendar_year']}",
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
        lambda at: bar_or(at, f"data: max_units_per_yr of {at['factory']}"),
        lambda at: f"room for a {spoken(at['factory'])} that makes one more {at['unit']} a year",
    ),
    Limit(
        "origin",
        "least share by origin",
        lambda at: f"least share of {spoken(at['component'])} {from_group(at)}",
        COMPONENT_UNIT,
        lambda at: f"limits.supply.{GROUP_SETTINGS[str(at['origin_group'])]}",
        lambda at: (
            f"one {at['unit']} less of {spoken(at['component'])} that must come {from_group(at)}"
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
    *SURROUNDINGS,
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
            f"largest single investment of {at['investor']} in {class_words(at)} of "
            f"{at['vintage']} in {at['territory']}"
        ),
        "M$",
        lambda at: f"capital.investors: max_single_usd_b of {at['investor']}",
        lambda at: (
            f"one more M$ that {at['investor']} may put into {class_words(at)} of "
            f"{at['vintage']} in {at['territory']}"
        ),
        setting_unit="billion USD",
        setting_factor=1e-3,
    ),
    Limit(
        "capital_class_share",
        "largest share of an investor",
        lambda at: f"cap on {at['investor']} in {class_words(at)}",
        "percentage point",
        lambda at: (
            f"capital.investors: max_share_of_class of {at['investor']}, or policy.ownership: avoid"
        ),
        lambda at: f"one percentage point more of {at['investor']} in {class_words(at)}",
        share_of="fund",
        share_over=("investor",),
    ),
    Limit(
        "capital_group_cap",
        "largest share of a group of investors",
        lambda at: f"cap on {owners(at)} in {class_words(at)} of {at['vintage']}",
        "percentage point",
        lambda at: f"capital.max_share.{at['investor_group']}.{at['capital_class']}",
        lambda at: (
            f"one percentage point more of {owners(at)} in {class_words(at)} of {at['vintage']}"
        ),
        share_of="fund",
    ),
    Limit(
        "capital_group_floor",
        "least share of a group of investors",
        lambda at: f"least share of {owners(at)} in {class_words(at)} of {at['vintage']}",
        "percentage point",
        lambda at: f"capital.min_share.{at['investor_group']}.{at['capital_class']}",
        lambda at: (
            f"one percentage point less of {owners(at)} that must pay for "
            f"{class_words(at)} of {at['vintage']}"
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
    "water_limit",
    "site_air",
    "unserved_load",
    "budget_year",
    "budget_total",
    "capital_commitment",
    "capital_ticket",
    "capital_single",
    "programme_power_firm",
    "clean_energy_annual",
    "clean_energy_hourly",
)
"""Limits that may be broken when the smallest change that mends an infeasible plan is sought."""

NAMED: tuple[str, ...] = (
    "origin",
    "capital_class_share",
    "capital_group_cap",
    "capital_group_floor",
)
"""Limits that may be in a conflict but are not broken to mend it: a share has no size."""


def limit_of(name: str) -> Limit | None:
    """Return the limit whose constraints are called ``name``."""
    return next((limit for limit in LIMITS if limit.name == name), None)
