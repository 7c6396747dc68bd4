"""Capital checks: sources equal uses, and every investor's terms are kept."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding, at_most, equal
from gigaplan.terms.bare import chosen

DIMS = ("investor", "capital_class", "territory", "vintage", "calendar_year")


def capital_findings(fields: Fields) -> list[Finding]:
    """Add up who pays what."""
    if not fields.given["commitment"].size:
        return []
    return [*_sources(fields), *_terms(fields), *_groups(fields)]


def capital_costs(fields: Fields) -> Mapping[str, xr.Variable]:
    """Return what investors ask beyond the cost of capital again (year) [M$/yr]."""
    given = fields.given
    if not given["commitment"].size:
        return {}
    fund = _fund(fields).sum(["territory", "calendar_year"])
    cost = fund * given["return_charge"] * given["alive_class"]
    return {"return premiums": cost.sum(["investor", "capital_class", "vintage"])}


def _fund(fields: Fields) -> xr.Variable:
    return fields.read("funding", "fund_usd2025_m", DIMS, vintage="in_service_year")


def _spend(fields: Fields, name: str) -> xr.Variable:
    """Return the programme's capex of a class again (territory, vintage, calendar_year) [M$]."""
    given = fields.given
    where = given["zone_of_territory"]
    if name in ("campus", "accelerator"):
        cost = fields.built(name) / 1e3 * given[f"capex_{name}"] * given[f"spend_share_{name}"]
        held = (cost * where).sum([dim for dim in cost.dims if dim in ("zone", "accelerator")])
        return held.transpose("territory", "vintage", "calendar_year")
    total = xr.Variable(
        ("territory", "vintage", "calendar_year"),
        np.zeros((where.sizes["territory"], *given["spend_share_campus"].shape)),
    )
    for asset in ("generator", "storage"):
        if given[f"existing_{asset}"].size:
            own = fields.built(asset, "programme") / 1e3 * given[f"capex_{asset}"] * where
            paid = own.sum("zone") * given[f"spend_share_{asset}"]
            total = total + paid.sum(asset).transpose(*total.dims)
    return total


def _sources(fields: Fields) -> list[Finding]:
    fund = _fund(fields).sum("investor")
    funded = fields.given["funded_class"].values
    names = list(fields.plan.system.data.indexes["capital_class"])
    return [
        equal(
            f"sources equal uses: {name}", fund.isel(capital_class=at), _spend(fields, name), "M$"
        )
        for at, name in enumerate(names)
        if funded[at] > 0
    ]


def _terms(fields: Fields) -> list[Finding]:
    given, fund = fields.given, _fund(fields)
    drawn = fund.sum(["capital_class", "territory", "vintage"])
    total = drawn.sum("calendar_year")
    of_class = fund.sum(["territory", "vintage", "calendar_year"])
    lacking = chosen(total > 1e-3, given["ticket_least"] - total, 0.0)
    if fields.plan.manifest.relaxed:
        lacking = lacking * 0.0
    barred = chosen(given["may_fund"], 0.0, fund.sum(["vintage", "calendar_year"]))
    return [
        at_most(
            "money within commitments", drawn.cumsum("calendar_year"), given["commitment"], "M$"
        ),
        at_most("money within tickets", total, given["ticket_most"], "M$"),
        at_most("tickets not below the smallest", lacking, 0.0, "M$"),
        at_most("single investments", fund.sum("calendar_year"), given["single_most"], "M$"),
        at_most("no money where an investor may not fund", barred, 0.0, "M$"),
        at_most("concentration", of_class, total * given["concentration_most"], "M$"),
        at_most(
            "shares of a class",
            of_class,
            of_class.sum("investor") * given["class_share_most"],
            "M$",
        ),
    ]


def _groups(fields: Fields) -> list[Finding]:
    given = fields.given
    fund = _fund(fields).sum(["territory", "calendar_year"])
    whole = fund.sum("investor")
    member = (fund * given["group_weight"]).sum("investor")
    return [
        at_most("largest shares of groups", member, whole * given["group_cap"], "M$"),
        at_most("least shares of groups", whole * given["group_floor"], member, "M$"),
    ]
