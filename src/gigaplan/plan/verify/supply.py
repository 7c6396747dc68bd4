"""Supply checks: components taken and made, sources, hands, factories, origin, their costs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding, at_most, equal
from gigaplan.system.components import ACCELERATOR
from gigaplan.terms.bare import chosen, spread

UNITS = "counted units"


def supply_findings(fields: Fields) -> list[Finding]:
    """Add up what builds take, and where it comes from."""
    findings: list[Finding] = []
    if fields.given["component_of_source"].size:
        findings += [*_national(fields), *_factories(fields), *_origin(fields)]
        findings += _accelerators(fields)
    if fields.given["local_limit"].size:
        findings += _local(fields)
    return findings


def supply_costs(fields: Fields) -> Mapping[str, xr.Variable]:
    """Return the costs of components, stocks and factories again, by category (year) [M$/yr]."""
    given = fields.given
    costs: dict[str, xr.Variable] = {}
    if given["component_of_source"].size:
        costs["component premiums"] = (_taken(fields) * given["source_premium"]).sum("source")
        costs["stocks"] = (_stock(fields) * given["holding_cost"]).sum("component")
    if given["local_limit"].size:
        over = ["local_component", "zone", "step"]
        costs["labour premiums"] = (_hands(fields) * given["local_premium"]).sum(over)
    if given["component_of_factory"].size:
        built, made = _factory_builds(fields), _made(fields)
        charged = built * given["capital_charge_factory"] * given["online_share_factory"]
        costs["factory capital"] = charged.sum(["factory", "vintage"])
        online = (built * given["online_share_factory"]).sum("vintage")
        running = online * given["fixed_cost_factory"] + made * given["unit_cost_factory"]
        costs["factory operation"] = running.sum("factory")
    return {category: _yearly(fields, cost) for category, cost in costs.items()}


def _yearly(fields: Fields, cost: xr.Variable) -> xr.Variable:
    """Return costs of calendar years over the years that the next milestone stands for."""
    indexes = fields.plan.system.data.indexes
    calendar, milestones = np.asarray(indexes["calendar_year"]), np.asarray(indexes["year"])
    paid = (cost * fields.given["discount_factor"]).values
    sums = np.zeros(milestones.size)
    for place, year in enumerate(calendar):
        sums[int((milestones < year).sum())] += paid[place]
    return xr.Variable(("year",), sums / fields.given["discounted_years"].values)


def _taken(fields: Fields) -> xr.Variable:
    frame = fields.plan.tables["supply_sources"]
    national = frame[frame["zone"] == ""]
    return fields.spread(national, "supply_sources", "taken", ("source", "calendar_year"))


def _hands(fields: Fields) -> xr.Variable:
    frame = fields.plan.tables["supply_sources"]
    local = frame[frame["zone"] != ""]
    dims = ("local_component", "zone", "step", "calendar_year")
    return fields.spread(local, "supply_sources", "taken", dims, local_component="component")


def _stock(fields: Fields) -> xr.Variable:
    frame = fields.plan.tables["supply_use"]
    national = frame[frame["zone"] == ""]
    return fields.spread(national, "supply_use", "stock", ("component", "calendar_year"))


def _year_before(stock: xr.Variable) -> xr.Variable:
    """Return the stock at the end of the year before; nothing before the first year."""
    before = np.zeros(stock.shape)
    before[:, 1:] = stock.values[:, :-1]
    return xr.Variable(stock.dims, before)


def _made(fields: Fields) -> xr.Variable:
    return fields.read("factory_output", "output", ("factory", "calendar_year"))


def _factory_builds(fields: Fields) -> xr.Variable:
    return fields.read(
        "factories", "capacity_per_yr", ("factory", "vintage"), vintage="in_service_year"
    )


def _used(fields: Fields) -> xr.Variable:
    """Return what all builds take again (component, calendar_year)."""
    given = fields.given
    used = xr.zeros_like(given["supply_given"])
    for asset_class in ("generator", "storage", "corridor", "campus", "accelerator"):
        bill = given[f"supply_use_{asset_class}"]
        if bill.size:
            built = fields.built(asset_class) / 1e3
            if "zone" in built.dims:
                built = built.sum("zone")
            used = used + (built * bill).sum(list(built.dims))
    factories = _factory_builds(fields)
    return used + (factories * given["supply_use_factory"]).sum(["factory", "vintage"])


def _national(fields: Fields) -> list[Finding]:
    given = fields.given
    used = _used(fields)
    stock = _stock(fields)
    before = _year_before(stock)
    taken = _taken(fields)
    made = (taken * given["component_of_source"]).sum("source")
    made = made + (_made(fields) * given["component_of_factory"]).sum("factory")
    frame = fields.plan.tables["supply_use"]
    listed = fields.spread(
        frame[frame["zone"] == ""], "supply_use", "use", ("component", "calendar_year")
    )
    kept = chosen(given["storable_component"], 0.0, stock)
    supplied = (given["component_of_source"] > 0).any("source")
    balance = used + given["supply_given"] + stock - before
    return [
        equal("component use adds up", listed, used, UNITS),
        equal(
            "components taken are components made",
            chosen(supplied, balance, 0.0),
            chosen(supplied, made, 0.0),
            UNITS,
        ),
        at_most("components within what each source has", taken, given["source_limit"], UNITS),
        at_most("only storable components in stock", kept, 0.0, UNITS),
    ]


def _local(fields: Fields) -> list[Finding]:
    given = fields.given
    used = xr.zeros_like(given["local_given"])
    ends = (given["start_of_corridor"] + given["end_of_corridor"]) / 2.0
    builds = {
        asset_class: fields.built(asset_class) / 1e3
        for asset_class in ("generator", "storage", "campus")
    }
    builds["corridor"] = fields.built("corridor") / 1e3 * ends
    builds["factory"] = _factory_builds(fields) * given["zone_of_factory"]
    for asset_class, built in builds.items():
        if built.size:
            taken = built * given[f"local_use_{asset_class}"]
            rest = [dim for dim in taken.dims if dim not in used.dims]
            used = used + taken.sum(rest).transpose(*used.dims)
    hands = _hands(fields)
    frame = fields.plan.tables["supply_use"]
    dims = ("local_component", "zone", "calendar_year")
    listed = fields.spread(
        frame[frame["zone"] != ""], "supply_use", "use", dims, local_component="component"
    )
    return [
        equal("local component use adds up", listed, used, UNITS),
        at_most(
            "local components within what is taken of each state",
            used + given["local_given"],
            hands.sum("step"),
            UNITS,
        ),
        at_most("local components within each step", hands, given["local_limit"], UNITS),
    ]


def _factories(fields: Fields) -> list[Finding]:
    given = fields.given
    if not given["component_of_factory"].size:
        return []
    built, made = _factory_builds(fields), _made(fields)
    can = (built * given["output_share_factory"]).sum("vintage")
    early = chosen(given["buildable_factory"], 0.0, built)
    return [
        at_most("factories make what they can", made, can, UNITS),
        at_most("factories within lead time", early, 0.0, UNITS),
        at_most("factories within room", built.sum("vintage"), given["potential_factory"], UNITS),
    ]


def _accelerators(fields: Fields) -> list[Finding]:
    """Follow accelerators from the factory to the campus."""
    given = fields.given
    if (
        ACCELERATOR not in fields.plan.system.data.indexes["component"]
        or not given["units_accelerator"].size
    ):
        return []

    def flow(column: str) -> xr.Variable:
        return fields.read("accelerator_flow", column, ("calendar_year",))

    built = fields.built("accelerator").sum("zone") / 1e3
    units = (built * given["units_accelerator"]).sum("accelerator")
    arrived = (units * given["service_share_accelerator"]).sum("vintage")
    on_way = (flow("sent") - flow("scrapped") - flow("installed")).cumsum("calendar_year")
    return [
        equal("accelerators installed are those of the plan", flow("installed"), arrived, UNITS),
        equal("accelerators in transit add up", flow("in_transit"), on_way, UNITS),
    ]


def _origin(fields: Fields) -> list[Finding]:
    given = fields.given
    floor = given["origin_floor"]
    if not (floor.values > 0).any():
        return []
    own = (_taken(fields) * given["component_of_source"] * given["source_in_group"]).sum("source")
    made = _made(fields) * given["component_of_factory"] * given["factory_in_group"]
    need, had = spread(floor * _used(fields), own + made.sum("factory"))
    return [at_most("least shares by origin", need, had, UNITS)]
