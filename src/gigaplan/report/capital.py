"""Capital: who pays for what and when, on which terms, and how far shares of groups bind."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.frames import Tables, added_up, with_group
from gigaplan.system.capital import CLASS_OF

NOTHING_USD_M: Final = 0.5
"""Amounts below this are what a solver leaves over [M$ of 2025]."""

ALL_DRAWN: Final = 0.9995
"""Share of a commitment from which on it counts as drawn in full."""

_PARTS: Final = {
    "campus": "campus",
    "accelerator": "accelerator",
    "generator": "generation",
    "storage": "storage",
}
_FUND: Final = "fund_usd2025_m"
_SPENT: Final = "spend_usd2025_m"
_SETTING: Final = re.compile(r"capital\.(?:max|min)_share\.(\w+)\.(\w+)")


def has_investors(tables: Tables) -> bool:
    """Return whether investors pay for a plan."""
    return not tables["investors"].empty


def investors(tables: Tables) -> pd.DataFrame:
    """Return investors with what they commit, give and ask, most money first."""
    both = tables["investors"].merge(tables["investor_terms"], on="investor", how="left")
    return both.sort_values("drawn_usd2025_m", ascending=False, kind="stable")


def funding(tables: Tables) -> pd.DataFrame:
    """Return money by investor, class and calendar year [M$]."""
    return added_up(tables["funding"], ["investor", "capital_class", "calendar_year"], [_FUND])


def _spend(tables: Tables) -> pd.DataFrame:
    """Return what the programme spends, with class and part, by zone and calendar year [M$]."""
    table = with_group(tables, tables["spend"])
    table = table[(table["payer"] == "programme") & table["class"].isin(list(_PARTS))]
    part = table["class"].astype(str).map(_PARTS)
    return table.assign(
        capital_class=table["class"].astype(str).map(CLASS_OF),
        part=part.where(table["group"] != "On-site gas", "onsite"),
    )


def uses(tables: Tables) -> pd.DataFrame:
    """Return what the money of investors is spent on, by class and part [M$]."""
    return added_up(_spend(tables), ["capital_class", "part"], [_SPENT])


def places(plan: Plan) -> pd.DataFrame:
    """Return where the money of each class and calendar year goes [M$].

    Money of a territory is shared out as the class's spending of that year is among its states;
    what is spent in no state keeps the name of the territory.
    """
    tables, keys = plan.tables, ["capital_class", "territory", "calendar_year"]
    paid = added_up(tables["funding"], keys, [_FUND])
    member = plan.system["zone_of_territory"]
    pairs = member.to_series().rename("member").reset_index()
    pairs = pairs.loc[pairs["member"] > 0, ["territory", "zone"]]
    spent = added_up(_spend(tables), ["capital_class", "zone", "calendar_year"], [_SPENT])
    spent = spent.merge(pairs, on="zone")
    whole = spent.groupby(keys)[_SPENT].transform("sum")
    spent = spent[whole > NOTHING_USD_M].assign(share=spent[_SPENT] / whole)
    found = paid.merge(spent[[*keys, "zone", "share"]], on=keys, how="left")
    found = found.assign(
        place=found["zone"].fillna(found["territory"]),
        **{_FUND: found[_FUND] * found["share"].fillna(1.0)},
    )
    return added_up(found, ["capital_class", "calendar_year", "place"], [_FUND])


def calls(plan: Plan) -> pd.DataFrame:
    """Return what each investor pays in each calendar year, and has paid and committed so far.

    ``full`` is 1 where all that is committed so far is drawn.
    """
    system = plan.system
    committed = system["commitment"].clip(max=system["ticket_most"])
    frame = committed.to_series().rename("committed_usd2025_m").reset_index()
    keys = ["investor", "calendar_year"]
    paid = added_up(plan.tables["funding"], keys, [_FUND])
    table = frame.merge(paid, on=keys, how="left").fillna({_FUND: 0.0})
    table = table.sort_values(keys, kind="stable")
    drawn = table.groupby("investor")[_FUND].cumsum()
    used = drawn >= ALL_DRAWN * table["committed_usd2025_m"]
    full = used & (table["committed_usd2025_m"] > NOTHING_USD_M)
    return table.assign(drawn_usd2025_m=drawn, full=full.astype("int64"))


def weights(plan: Plan) -> pd.DataFrame:
    """Return the share of each investor that counts towards a group (investor_group, investor)."""
    array = plan.system["group_weight"].transpose("investor_group", "investor")
    labels = [array[name].values for name in array.dims]
    return pd.DataFrame(array.values, index=labels[0], columns=labels[1])


def share_of_group(plan: Plan, group: str) -> float:
    """Return the share of all money that a group of investors pays [frac]."""
    paid = plan.tables["investors"].set_index("investor")["drawn_usd2025_m"]
    counted = weights(plan).loc[group].reindex(paid.index).fillna(0.0)
    whole = float(paid.sum())
    return float(np.dot(paid.to_numpy(), counted.to_numpy())) / whole if whole > 0 else 0.0


def groups(plan: Plan) -> pd.DataFrame:
    """Return shares of groups by class and milestone, beside their limits.

    ``binds`` is 1 where a limit binds; ``worth`` is then what one percentage point more of a cap,
    or less of a least share, brings. Groups that no investor belongs to are left out.
    """
    system, fund = plan.system, plan.tables["funding"]
    keys = ["capital_class", "in_service_year"]
    whole = added_up(fund, keys, [_FUND]).rename(columns={_FUND: "whole"})
    worth = _worth(plan.tables)
    parts = []
    for group, row in weights(plan).iterrows():
        if not (row > 0).any():
            continue
        counted = fund[_FUND] * fund["investor"].map(row).fillna(0.0)
        own = added_up(fund.assign(**{_FUND: counted}), keys, [_FUND]).merge(whole, on=keys)
        cap = system["group_cap"].sel(investor_group=group).to_series()
        floor = system["group_floor"].sel(investor_group=group).to_series()
        parts.append(
            own.assign(
                investor_group=str(group),
                share=own[_FUND] / own["whole"],
                cap=own["capital_class"].map(cap[cap < 1.0]),
                floor=own["capital_class"].map(floor[floor > 0.0]),
            )
        )
    columns = ["investor_group", *keys, "share", "cap", "floor"]
    table = pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
    table = table.merge(worth, on=["investor_group", *keys], how="left")
    return table.assign(binds=table["worth"].notna().astype("int64"))


def _worth(tables: Tables) -> pd.DataFrame:
    """Return what looser limits on shares of groups are worth; the plan's own sentences."""
    rows = []
    for row in limits(tables).to_dict("records"):
        where = _SETTING.fullmatch(str(row["setting"]))
        if where:
            group, capital_class = where.groups()
            key = (group, capital_class, int(row["year"]))
            rows.append((*key, row["shadow_price"], row["unit"], row["sentence"]))
    columns = ["investor_group", "capital_class", "in_service_year", "worth", "unit", "sentence"]
    keys = columns[:3]
    found = pd.DataFrame(rows, columns=columns).astype({"in_service_year": "int64"})
    return found.drop_duplicates(keys)


def limits(tables: Tables) -> pd.DataFrame:
    """Return the rows of ``why`` on capital, what is worth most first."""
    why = tables["why"]
    return why[why["family"].astype(str).str.startswith("capital_")]


def capital_payload(plan: Plan) -> dict[str, Json]:
    """Return the tables of capital of the page; none for a plan without investors."""
    if not has_investors(plan.tables):
        return {}
    millions = {_FUND: 2}
    so_far = {"committed_usd2025_m": 1, "drawn_usd2025_m": 2}
    return {
        "investors": columns_of(investors(plan.tables), {**so_far, "share_frac": 5}),
        "capital_funding": columns_of(funding(plan.tables), millions),
        "capital_uses": columns_of(uses(plan.tables), {_SPENT: 2}),
        "capital_places": columns_of(places(plan), millions),
        "capital_calls": columns_of(calls(plan), {**millions, **so_far}),
        "capital_groups": columns_of(groups(plan), {"share": 4}),
        "capital_limits": columns_of(limits(plan.tables).head(8)),
    }
