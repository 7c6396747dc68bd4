"""Agreement checks: columns that repeat what was given, or what another table says."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding, equal, told
from gigaplan.terms.bare import renamed
from gigaplan.terms.units import MONTHS_PER_YEAR

NATIONAL: Final = ("component", "calendar_year")
LOCAL: Final = ("local_component", "zone", "calendar_year")
ZONES: Final = ("zone", "year")
NEARLY: Final = 1e-6
MONEY: Final = "M$"
UNITS: Final = "counted units"


def agreement_findings(fields: Fields) -> list[Finding]:
    """Compare tables with what was given and with each other."""
    return [
        *_capacity(fields),
        *_load(fields),
        *_limits(fields),
        *_supply(fields),
        *_capital(fields),
        *_timeline(fields),
    ]


def _capacity(fields: Fields) -> list[Finding]:
    given, findings = fields.given, []
    for asset_class in ("generator", "storage"):
        if given[f"existing_{asset_class}"].size:
            existing = fields.capacity(asset_class, "existing_mw")
            built = fields.capacity(asset_class, "built_mw")
            projects = renamed(fields.built(asset_class), vintage="year")
            findings += [
                equal(
                    f"existing {asset_class} capacity is what is given",
                    existing,
                    given[f"existing_{asset_class}"] * 1e3,
                    "MW",
                ),
                equal(f"built {asset_class} capacity is that of projects", built, projects, "MW"),
            ]
    if given["existing_generator"].size:
        # In GWh: the table of dispatch leaves out what is too small to show.
        energy = (fields.dispatch * given["block_weight"]).sum("block") / 1e3
        listed = fields.capacity("generator", "energy_mwh") / 1e3
        findings.append(equal("energy of generators is what they put out", listed, energy, "GWh"))
    campuses = renamed(fields.built("campus"), vintage="year")
    return [
        *findings,
        equal(
            "given campuses are what is given",
            fields.read("campuses", "given_it_mw", ZONES),
            given["given_campus"] * 1e3,
            "MW",
        ),
        equal(
            "built campuses are those of projects",
            fields.read("campuses", "built_it_mw", ZONES),
            campuses,
            "MW",
        ),
    ]


def _load(fields: Fields) -> list[Finding]:
    base = fields.given["base_load"] * 1e3
    whole = fields.given["load"] * 1e3
    return [
        equal("base load is what is given", fields.load("base_mw"), base, "MW"),
        equal(
            "load of given campuses is what is given",
            fields.load("given_campus_mw"),
            whole - base,
            "MW",
        ),
    ]


def _limits(fields: Fields) -> list[Finding]:
    given = fields.given
    findings = []
    if given["queue_limit"].size:
        dims = ("zone", "queue", "year")
        let_through = fields.read("queue_use", "throughput_mw", dims, queue="queue_group")
        limit = given["queue_limit"] * 1e3
        findings.append(_equal_or_unlimited("queues are those given", let_through, limit, "MW"))
    if given["peak_load"].size:
        peak = fields.read("reserve", "peak_load_mw", ("region", "year"))
        need = fields.read("reserve", "requirement_mw", ("region", "year"))
        campus = fields.it_capacity * given["firm_it_share"] * given["region_of_zone"]
        whole = given["peak_load"] * 1e3 + campus.sum("zone")
        findings += [
            equal("peak load adds up", peak, whole, "MW"),
            equal(
                "reserve requirement adds up", need, (1.0 + given["reserve_margin"]) * whole, "MW"
            ),
        ]
    return findings


def _supply(fields: Fields) -> list[Finding]:
    given, findings = fields.given, []
    frame = fields.plan.tables["supply_use"]
    if given["component_of_source"].size:
        own = frame[frame["zone"] == ""]
        limit = given["source_limit"].transpose("source", "calendar_year")
        of_source = given["component_of_source"].transpose("source", "component").values
        unlimited = np.isinf(limit.values)
        had = of_source.T @ np.where(unlimited, 0.0, limit.values)
        had[(of_source.T @ unlimited) > 0] = np.inf
        made = fields.read("factory_output", "output", ("factory", "calendar_year"))
        output = (made * given["component_of_factory"]).sum("factory")
        findings += [
            equal(
                "given use of components is what is given",
                fields.spread(own, "supply_use", "given_use", NATIONAL),
                given["supply_given"],
                UNITS,
            ),
            _equal_or_unlimited(
                "supply of components is what sources have",
                fields.spread(own, "supply_use", "supply", NATIONAL),
                xr.Variable(NATIONAL, had),
                UNITS,
            ),
            equal(
                "output of new factories is that of each",
                fields.spread(own, "supply_use", "factory_output", NATIONAL),
                output,
                UNITS,
            ),
        ]
    if given["local_limit"].size:
        own = frame[frame["zone"] != ""]
        listed = fields.spread(own, "supply_use", "given_use", LOCAL, local_component="component")
        expected = given["local_given"]
        findings.append(equal("given use in states is what is given", listed, expected, UNITS))
    return findings


def _equal_or_unlimited(
    check: str, value: xr.Variable, expected: xr.Variable, unit: str
) -> Finding:
    """Compare numbers of which some are without a limit in both."""
    both = np.isinf(value.values) & np.isinf(expected.transpose(*value.dims).values)
    wanted = np.where(both, 0.0, expected.transpose(*value.dims).values)
    return equal(
        check,
        xr.Variable(value.dims, np.where(both, 0.0, value.values)),
        xr.Variable(value.dims, wanted),
        unit,
    )


def _capital(fields: Fields) -> list[Finding]:
    """Add up capital from capacity: by class in projects and factories, by year in spend."""
    given, projects = fields.given, fields.plan.tables["projects"]
    spend = fields.plan.tables["spend"]
    paid = np.zeros(given["discount_factor"].size)
    found, wanted, names = [], [], []
    for asset_class in ("generator", "storage", "campus", "accelerator", "corridor", "factory"):
        capex = given[f"capex_{asset_class}"]
        if not capex.size:
            continue
        if asset_class == "factory":
            built = fields.read(
                "factories", "capacity_per_yr", ("factory", "vintage"), vintage="in_service_year"
            )
            listed = fields.plan.tables["factories"]["capex_usd2025_m"].sum()
        else:
            built = fields.built(asset_class) / 1e3
            listed = projects.loc[projects["class"] == asset_class, "capex_usd2025_m"].sum()
        worth = built * capex
        names.append(asset_class)
        found.append(float(listed))
        wanted.append(float(worth.sum()))
        share = given[f"spend_share_{asset_class}"]
        rest = [dim for dim in worth.dims if dim not in share.dims]
        spent = worth.sum(rest) * share
        paid += spent.sum([dim for dim in spent.dims if dim != "calendar_year"]).values
    listed_by_class = xr.Variable(("class",), np.array(found))
    years = fields.plan.system.data.indexes["calendar_year"]
    by_year = spend.groupby("calendar_year")["spend_usd2025_m"].sum().reindex(years).fillna(0.0)
    return [
        equal(
            f"capital adds up ({', '.join(names)})",
            listed_by_class,
            xr.Variable(("class",), np.array(wanted)),
            MONEY,
        ),
        equal(
            "spending is capital over the years of construction",
            xr.Variable(("calendar_year",), by_year.to_numpy(dtype=float)),
            xr.Variable(("calendar_year",), paid),
            MONEY,
        ),
    ]


def _timeline(fields: Fields) -> list[Finding]:
    """Compare stages, chains and months with each other and with projects."""
    tables = fields.plan.tables
    stages, chains, months = tables["stages"], tables["critical_path"], tables["time_to_power"]
    projects = tables["projects"].set_index("project")
    long = stages["end_year"] - stages["start_year"] - stages["months"] / MONTHS_PER_YEAR
    first = stages.groupby("project")["start_year"].min()
    last = stages.groupby("project")["end_year"].max()
    base = float(fields.plan.system.data.indexes["calendar_year"][0])
    slack = (chains["starts_year"] - base) * MONTHS_PER_YEAR
    known = chains["project"].isin(projects.index)
    year = chains["project"].map(projects["in_service_year"])
    return [
        _close("stages are as long as their months", stages["project"], long, 0.0),
        _close(
            "projects start with their first stage",
            chains["project"],
            chains["starts_year"],
            chains["project"].map(first),
        ),
        _close(
            "projects are in service after their last stage",
            chains["project"],
            chains["service_year"],
            chains["project"].map(last),
        ),
        _close("slack counts to the first year", chains["project"], chains["slack_months"], slack),
        _close(
            "chains have the years of their projects",
            chains.loc[known, "project"],
            chains.loc[known, "in_service_year"],
            year[known],
        ),
        _close(
            "months of power are those of campuses",
            months["project"],
            months["it_mw"],
            months["project"].map(projects["capacity_mw"]),
        ),
    ]


def _close(
    check: str, projects: pd.Series, value: pd.Series, expected: pd.Series | float
) -> Finding:
    """Compare columns of one table; the projects at fault are named."""
    gap = (value - expected).abs()
    wrong = ~(gap <= NEARLY * value.abs().clip(lower=1.0))
    faults = [
        f"project {name}: off by {size:,.3f}"
        for name, size in zip(projects[wrong], gap[wrong], strict=True)
    ]
    return told(check, faults, len(projects))
