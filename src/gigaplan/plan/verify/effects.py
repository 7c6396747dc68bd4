"""Effect checks: the counterfactual, bills and CO2 beside it add up, and agree with the plan."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding, equal, told

ZONES: Final = ("zone", "year")
MONEY: Final = "M$"
FIRM: Final = ("fixed cost", "new capacity", "new wires", "firm capacity bought")
RUNNING: Final = ("fuel", "variable O&M", "carbon price", "credits on output")
ENERGY: Final = ("running cost", "energy bought")
LOADS: Final = ("load", "campus load from the grid", "campus load at the wholesale price")
ITEMS: Final = (*LOADS, *ENERGY, *FIRM, "cost passed on")
SIDES: Final = ("with_programme", "without_programme")
SMALL: Final = 1e-6


def effect_findings(fields: Fields) -> list[Finding]:
    """Compare the counterfactual with the plan, and add up bills and CO2 from it."""
    table = fields.plan.tables["counterfactual"]
    if table.empty:
        return []
    wide = {side: _by_item(table, side) for side in SIDES}
    twice = table[table.duplicated(["item", *ZONES])]
    again = [f"{row.item} {row.zone} {row.year}: stands twice" for row in twice.itertuples()]
    return [
        told("counterfactual: one row for each item, state and year", again, len(table)),
        *_items(fields),
        *_sums(table, wide),
        *_bills(fields.plan.tables["bills"], wide),
        *_carbon(fields),
    ]


def _by_item(table: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return one side with a column for each item; what has no row is zero."""
    summed = table.groupby([*ZONES, "item"])[side].sum().unstack("item", fill_value=0)
    return summed.reindex(columns=[*ITEMS], fill_value=0.0)


def _items(fields: Fields) -> list[Finding]:
    """Work out again, from the tables of the plan, what the plan's side of each item is."""
    given = fields.given
    hours = given["block_weight"] * SMALL
    served = fields.load("base_mw") + fields.load("given_campus_mw") - fields.load("unserved_mw")
    campus = fields.load("campus_facility_mw") - fields.load("onsite_supply_mw")
    price = fields.read("prices", "price_usd2025_per_mwh", (*ZONES, "block"))
    taken = (served + campus) * hours
    onsite = [str(name) for name in given["generator"].values[given["onsite_generator"].values]]
    costs = fields.plan.tables["costs"]
    behind, own = costs["asset"].isin(onsite), costs["payer"] == "programme"
    running = costs["category"].isin([*RUNNING])
    fixed, capital = costs["category"] == "fixed O&M", costs["category"] == "energy capital"
    expected = {
        "load": (served * hours).sum("block"),
        "campus load from the grid": (campus * hours).sum("block"),
        "wholesale price": (taken * price).sum("block") / taken.sum("block"),
        "campus load at the wholesale price": (campus * price * hours).sum("block"),
        "running cost": _cost(fields, running & ~behind),
        "fixed cost": _cost(fields, fixed & ~behind),
        "new capacity": _cost(fields, capital & ~own),
        "paid by the programme": _cost(fields, ((running | fixed) & behind) | (capital & own)),
        **_of_corridors(fields, price * hours),
    }
    return [
        equal(f"counterfactual: the plan's {item}", _item(fields, item), value, _unit(fields, item))
        for item, value in expected.items()
    ]


def _cost(fields: Fields, rows: pd.Series) -> xr.Variable:
    name = "cost_usd2025_m_per_yr"
    summed = fields.plan.tables["costs"][rows].groupby([*ZONES])[name].sum().reset_index()
    return fields.spread(summed, "costs", name, ZONES)


def _of_corridors(fields: Fields, worth: xr.Variable) -> dict[str, xr.Variable]:
    """Return energy bought and new wires; ``worth`` is the price over the hours of a block."""
    given = fields.given
    start, end = given["start_of_corridor"], given["end_of_corridor"]
    if not given["loss_corridor"].size:
        return {}
    forward, reverse = fields.flow("forward_mw"), fields.flow("reverse_mw")
    kept = 1.0 - given["loss_corridor"]
    net = forward * (end * kept - start) + reverse * (start * kept - end)
    paid = (net * worth).sum("block")
    halves = (start + end) / 2.0
    bought = (paid - halves * paid.sum("zone")).sum("corridor")
    built = fields.built("corridor") * given["capital_charge_corridor"] / 1e3
    yearly = (built * given["alive_corridor"]).sum("vintage")
    return {"energy bought": bought, "new wires": (halves * yearly).sum("corridor")}


def _item(fields: Fields, item: str) -> xr.Variable:
    table = fields.plan.tables["counterfactual"]
    own = table[table["item"] == item]
    return fields.spread(own, "counterfactual", "with_programme", ZONES)


def _unit(fields: Fields, item: str) -> str:
    table = fields.plan.tables["counterfactual"]
    units = table.loc[table["item"] == item, "unit"].tolist()
    return units[0] if units else ""


def _sums(table: pd.DataFrame, wide: dict[str, pd.DataFrame]) -> list[Finding]:
    """Add up the items of both sides."""
    between = table["with_programme"] - table["without_programme"]
    found = [_same("differences are with less without", table["difference"], between)]
    for side, items in wide.items():
        words = side.replace("_", " ")
        parts = items[[*ENERGY, *FIRM]].sum(axis=1)
        bought = items[["energy bought", "firm capacity bought"]].groupby("year").sum().stack()
        found += [
            _same(f"cost passed on adds up ({words})", items["cost passed on"], parts),
            _same(f"states together buy nothing ({words})", pd.Series(bought), 0.0),
        ]
    return found


def _bills(bills: pd.DataFrame, wide: dict[str, pd.DataFrame]) -> list[Finding]:
    """Share the cost again, and compare what customers and campuses pay."""
    planned, otherwise = (wide[side] for side in SIDES)
    load, campus = planned["load"], planned["campus load from the grid"]
    cost, before = planned["cost passed on"], otherwise["cost passed on"]
    mean = cost * load / (load + campus)
    added = (planned[[*FIRM]].sum(axis=1) - otherwise[[*FIRM]].sum(axis=1)).clip(lower=0.0)
    left = cost - planned["campus load at the wholesale price"] - added
    held = mean.where(mean < left.clip(lower=before), left.clip(lower=before))
    found = []
    for tariff, share in (("off", mean), ("on", held)):
        customers = share.where(campus > SMALL, cost)
        own = bills[bills["tariff"] == tariff].set_index([*ZONES])
        old = before / otherwise["load"]
        paid = own["customers_change_usd2025_m_per_yr"], own["campuses_pay_usd2025_m_per_yr"]
        change = own["change_usd2025_per_mwh"]
        retail = own["retail_with_usd2025_per_mwh"] - own["retail_without_usd2025_per_mwh"]
        found += [
            _same(f"what customers pay, tariff {tariff}", paid[0], customers - before),
            _same(f"what campuses pay, tariff {tariff}", paid[1], cost - customers),
            _same(
                f"bills add up to the cost, tariff {tariff}",
                paid[0] + paid[1],
                own["passed_on_change_usd2025_m_per_yr"],
            ),
            _same(f"change of bills, tariff {tariff}", change, customers / load - old),
            _same(f"change of retail prices, tariff {tariff}", change[retail.notna()], retail),
        ]
    wrong = bills.groupby([*ZONES])["by_law"].sum() != 1
    where = [f"{zone} {year}: not one of both tariffs" for zone, year in wrong.index[wrong]]
    return [*found, told("one tariff is by law", where, len(wrong))]


def _carbon(fields: Fields) -> list[Finding]:
    """Add up CO2 again, and attribute its difference."""
    effect = fields.plan.tables["carbon_effect"]
    emitted = fields.plan.tables["emissions"].groupby([*ZONES])["co2_kt"].sum().reset_index()
    hours = fields.given["block_weight"] * SMALL
    used = (fields.load("campus_facility_mw") * hours).sum("block")
    between = effect["co2_with_kt"] - effect["co2_without_kt"]
    by_year = effect.groupby("year")[["difference_kt", "attributed_kt", "campus_use_twh"]].sum()
    some = by_year["campus_use_twh"] > SMALL
    listed = fields.read("carbon_effect", "co2_with_kt", ZONES)
    energy = fields.read("carbon_effect", "campus_use_twh", ZONES)
    return [
        equal(
            "CO2 beside the counterfactual is that of the plan",
            listed,
            fields.spread(emitted, "emissions", "co2_kt", ZONES),
            "kt",
        ),
        equal("energy of campuses is what they draw", energy, used, "TWh"),
        _same("CO2 differs by with less without", effect["difference_kt"], between),
        _same(
            "attributed CO2 is the difference",
            by_year.loc[some, "attributed_kt"],
            by_year["difference_kt"],
        ),
    ]


def _same(check: str, value: pd.Series, expected: pd.Series | float) -> Finding:
    """Compare a column with another one of the same labels, within rounding."""
    wanted = expected if isinstance(expected, pd.Series) else pd.Series(expected, value.index)
    wanted = wanted.reindex(value.index)
    size = np.maximum(np.maximum(value.abs(), wanted.abs()), 1.0)
    wrong = ~((value - wanted).abs() <= SMALL * size)
    faults = [
        f"{_named(label)}: {value[label]:,.6f}, expected {wanted[label]:,.6f}"
        for label in value.index[wrong]
    ]
    return told(check, faults, len(value))


def _named(label: object) -> str:
    return " ".join(map(str, label)) if isinstance(label, tuple) else str(label)
