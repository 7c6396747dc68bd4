"""Deals of a plan: who pays in when, what comes back, how debt is covered; nominal money."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.frames import Tables, added_up, filled

NOTHING_USD_M: Final = 1e-6
"""Amounts below this are rounding [M$ nominal]."""

SHORT_FRAC: Final = 1e-3
"""How far a price may stand below the required one and still count as reaching it [frac]."""

NEEDS_MONEY: Final = ("moic", "dpi", "rvpi", "tvpi", "payback_years")
"""Measures that mean nothing for who pays nothing in."""

_PAID: Final = "paid_usd_nominal_m"
_BACK: Final = "received_usd_nominal_m"
_USD: Final = "usd_nominal_m"
_DEALS: Final = (
    "deal asset capital_class zone opens life_years capacity_mw unit price_usd_nominal "
    "market_price_usd_nominal required_price_usd_nominal levelised_cost_usd_nominal "
    "uses_usd_nominal_m debt_usd_nominal_m interest_frac min_dscr mean_dscr llcr "
    "irr_frac irr_status required_frac payback_years"
).split()
_TERMS: Final = ("dscr", "lock_up_dscr")


def has_deals(tables: Tables) -> bool:
    """Return whether a plan has deals."""
    return filled(tables, "deals") and filled(tables, "returns")


def deals(tables: Tables) -> pd.DataFrame:
    """Return the deals, most money first.

    ``short`` is 1 where the price falls short of the one that earns what owners ask.
    """
    table = tables["deals"]
    table = table.assign(short=_short(table).astype("int64"))
    return table.sort_values("uses_usd_nominal_m", ascending=False, kind="stable")


def _short(table: pd.DataFrame) -> pd.Series[bool]:
    least = table["required_price_usd_nominal"] * (1.0 - SHORT_FRAC)
    return table["price_usd_nominal"] < least


def returns(tables: Tables) -> pd.DataFrame:
    """Return what investors, classes and the programme get back.

    Multiples and paybacks of those who pay nothing in are blank. ``short`` is 1 where the return
    falls short of the one that is asked, at the tenth of a percentage point that people read; where
    there is no single rate, where all flows are worth less than nothing at the return asked.
    """
    table = tables["returns"].copy()
    pays = table[_PAID] > NOTHING_USD_M
    table[[*NEEDS_MONEY]] = table[[*NEEDS_MONEY]].where(pays)
    below = (100.0 * table["irr_frac"]).round(1) < (100.0 * table["required_frac"]).round(1)
    worthless = table["npv_usd_nominal_m"] < -1.0
    short = pays & below.where(table["irr_frac"].notna(), worthless)
    return table.assign(short=short.astype("int64"))


def instruments(tables: Tables) -> dict[str, str]:
    """Return the instrument of everybody who pays or receives."""
    flows = tables["investor_flows"].drop_duplicates("investor")
    names = flows["investor"].astype(str)
    return dict(zip(names, flows["instrument"].astype(str), strict=True))


def sources_uses(tables: Tables) -> pd.DataFrame:
    """Return sources and uses up to the openings by class [M$ nominal]; sources by instrument."""
    table = tables["sources_uses"]
    paid_by = table["item"].astype(str).map(instruments(tables)).fillna("grant")
    return table.assign(instrument=paid_by.where(table["side"] == "source", ""))


def flows_by_year(tables: Tables) -> pd.DataFrame:
    """Return what each investor pays and receives in each calendar year [M$ nominal]."""
    flows = tables["investor_flows"]
    dated = flows.assign(year=flows["date"].astype(str).str[:4].astype("int64"))
    return added_up(dated, ["investor", "instrument", "year"], [_PAID, _BACK])


def cover(tables: Tables) -> pd.DataFrame:
    """Return the cover of debt by class and year: least and mean over the deals that pay debt.

    Cover is cash available for debt service over interest and principal of the year; ``count`` is
    the number of deals that pay debt in it.
    """
    keys = ["capital_class", "year"]
    ledger = tables["deal_ledger"]
    lines = ledger[ledger["line"].isin(["cfads", "interest", "principal"])]
    wide = lines.pivot_table(
        index=["deal", "year"], columns="line", values=_USD, aggfunc="sum", fill_value=0.0
    )
    wide = wide.reindex(columns=["cfads", "interest", "principal"], fill_value=0.0)
    service = -(wide["interest"] + wide["principal"])
    paying = service > NOTHING_USD_M
    ratio = (wide.loc[paying, "cfads"] / service[paying]).rename("cover").reset_index()
    class_of = tables["deals"].set_index("deal")["capital_class"]
    ratio = ratio.assign(capital_class=ratio["deal"].map(class_of))
    grouped = ratio.groupby(keys)["cover"].agg(["min", "mean", "count"])
    return grouped.reset_index()


def cover_terms(tables: Tables) -> pd.DataFrame:
    """Return what lenders ask of each class; nothing for a plan that does not keep its terms."""
    columns = ["capital_class", "term", "value"]
    if not filled(tables, "deal_terms"):
        return pd.DataFrame({name: pd.Series(dtype=object) for name in columns})
    table = tables["deal_terms"]
    own = set(tables["deals"]["capital_class"])
    return table.loc[table["term"].isin(_TERMS) & table["capital_class"].isin(own), columns]


def called(tables: Tables) -> pd.DataFrame:
    """Return what is called of each investor in all [M$ nominal], beside its commitment.

    Commitments and what is drawn of them are 2025 dollars, as in the optimisation; they are missing
    where a plan names no investors.
    """
    whole = added_up(tables["capital_calls"], ["investor", "instrument"], [_PAID])
    real = ["committed_usd2025_m", "drawn_usd2025_m"]
    if filled(tables, "investors"):
        whole = whole.merge(tables["investors"][["investor", *real]], on="investor", how="left")
    else:
        whole = whole.assign(**dict.fromkeys(real, np.nan))
    return whole.sort_values(_PAID, ascending=False, kind="stable")


def measures(plan: Plan) -> list[tuple[str, str, float]]:
    """Return the figures of deals that plans are compared by: name, unit, value."""
    table = returns(plan.tables)
    whole = table[table["level"] == "programme"].iloc[0]
    book = deals(plan.tables)
    return [
        ("Deals", "deals", float(len(book))),
        ("Deals whose price falls short", "deals", float(book["short"].sum())),
        ("Owners pay in", "billion nominal USD", float(whole[_PAID]) / 1e3),
        ("Owners receive", "billion nominal USD", float(whole[_BACK]) / 1e3),
        ("Return of owners, nominal", "% per year", 100.0 * float(whole["irr_frac"])),
        ("Return that owners ask, nominal", "% per year", 100.0 * float(whole["required_frac"])),
        ("Lowest cover of debt", "ratio", float(book["min_dscr"].min())),
    ]


def rates(plan: Plan) -> pd.DataFrame:
    """Return the nominal return of everybody who pays in, the programme's owners first [%/yr]."""
    table = returns(plan.tables)
    named = table["name"].where(table["level"] == "investor", "Programme: all owners")
    table = table.assign(investor=named, value=100.0 * table["irr_frac"])
    shown = (table["level"] != "class") & (table[_PAID] > NOTHING_USD_M)
    ordered = table[shown].sort_values("level", ascending=False, kind="stable")
    return ordered[["investor", "value", "short"]].rename(columns={"short": "binds"})


def deals_payload(plan: Plan) -> dict[str, Json]:
    """Return the tables of deals of the page; none for a plan without a deal book."""
    tables = plan.tables
    if not has_deals(tables):
        return {}
    millions = {_PAID: 2, _BACK: 2}
    yearly = {"irr_frac": 5, "required_frac": 5}
    ratios = dict.fromkeys(["min_dscr", "mean_dscr", "llcr", "min", "mean"], 4)
    calls = tables["capital_calls"]
    return {
        "deals": columns_of(
            deals(tables)[[*_DEALS, "short"]],
            {**ratios, **yearly, "uses_usd_nominal_m": 1, "debt_usd_nominal_m": 1},
        ),
        "deal_sources_uses": columns_of(sources_uses(tables), {_USD: 2}),
        "deal_flows": columns_of(flows_by_year(tables), millions),
        "deal_calls": columns_of(calls[["investor", "instrument", "quarter", _PAID]], millions),
        "deal_called": columns_of(called(tables), millions),
        "deal_cover": columns_of(cover(tables), ratios),
        "deal_cover_terms": columns_of(cover_terms(tables)),
        "deal_returns": columns_of(returns(tables), {**millions, **yearly}),
        **_more(tables),
    }


def _more(tables: Tables) -> dict[str, Json]:
    """Return investors from abroad and the sponsor's own round, where a plan has them."""
    found: dict[str, Json] = {}
    if filled(tables, "foreign_returns"):
        rates = {"irr_usd_frac": 5, "irr_hedged_frac": 5, "hedging_cost_usd_nominal_m": 2}
        found["foreign_returns"] = columns_of(tables["foreign_returns"], rates)
    if filled(tables, "cap_table"):
        found["cap_table"] = columns_of(
            tables["cap_table"],
            {"shares_before": 0, "shares_after": 0, "invested_usd_nominal_m": 4},
        )
    if filled(tables, "sponsor_round"):
        found["sponsor_round"] = columns_of(tables["sponsor_round"], {"value": 4})
    return found
