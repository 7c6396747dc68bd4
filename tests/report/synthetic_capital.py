"""Made-up investors who pay for what the programme of a made-up plan spends."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import cast

import pandas as pd
import xarray as xr
from tests.report.synthetic import columns_of

from gigaplan.plan import Plan
from gigaplan.system.types import System

FUND = "Gulf fund"
INVESTORS = {
    "Sponsor": ("sponsor", "equity", "US", 0.0, 0.09, 0.25),
    "Bank": ("bank_construction", "debt", "US", 0.0, 0.04, 0.45),
    FUND: ("sovereign_fund", "equity", "AE", 0.5, 0.08, 0.30),
    "Idle": ("state_grant", "grant", "US", 1.0, 0.0, 0.0),
}
"""Investor: kind, instrument, country, government's share, return asked, share of all spending."""

CHARGES = (50.0, -400.0, 20.0, 0.0)
"""What the return of each investor costs beyond the cost of capital [M$]."""

CLASSES = ("campus", "accelerator", "energy")
GROUPS = ("foreign", "government", "debt", "grant", "sponsor")
OWN_POWER = ("btm_gas_turbine", "battery_4h", "wind_1")


def with_investors(plan: Plan, *, fund: str = FUND) -> Plan:
    """Return the plan with investors who pay, each a fixed share, for campuses and own power.

    The first state is a territory of its own; in it, the bank and the fund change places.
    """
    names = [fund if name == FUND else name for name in INVESTORS]
    own = {name: plan.tables[name].copy() for name in ("projects", "spend")}
    for table in own.values():
        table.loc[table["asset"].isin(OWN_POWER), "payer"] = "programme"
    spend = own["spend"][own["spend"]["payer"] == "programme"]
    places = plan.tables["zones"]["zone"].tolist()
    territories = {places[0]: places[:1], f"{places[1]} and more": places[1:]}
    calendar = range(int(spend["calendar_year"].min()), int(spend["calendar_year"].max()) + 1)
    tables = {
        **own,
        "funding": _funding(names, spend, territories),
        "costs": _costs(plan, names),
        "why": pd.concat([plan.tables["why"], _why()], ignore_index=True),
        "investor_terms": pd.DataFrame(
            [
                (name, kind, instrument, country, government, rate, rate, rate)
                for name, (kind, instrument, country, government, rate, _) in zip(
                    names, INVESTORS.values(), strict=True
                )
            ],
            columns=columns_of("investor_terms"),
        ),
    }
    paid = tables["funding"].groupby("investor")["fund_usd2025_m"].sum().reindex(names).fillna(0.0)
    committed = paid.where(paid.index == "Bank", 2.0 * paid + 100.0)
    tables["investors"] = pd.DataFrame(
        {
            "investor": names,
            "committed_usd2025_m": committed.to_numpy(),
            "drawn_usd2025_m": paid.to_numpy(),
            "share_frac": paid.to_numpy() / paid.sum(),
            "return_charge_usd2025_m": CHARGES,
        }
    )
    system = _system(names, territories, committed, calendar)
    return replace(plan, tables={**plan.tables, **tables}, system=cast(System, system))


def _funding(
    names: list[str], spend: pd.DataFrame, territories: dict[str, list[str]]
) -> pd.DataFrame:
    shares = [share for *_, share in INVESTORS.values()]
    rows = []
    for (territory, zones), row in itertools.product(territories.items(), spend.itertuples()):
        if row.zone not in zones:
            continue
        mixed = shares if len(zones) > 1 else [shares[0], shares[2], shares[1], shares[3]]
        what = "campus" if row.asset == "campus" else "energy"
        paid = float(str(row.spend_usd2025_m))
        for name, share in zip(names, mixed, strict=True):
            year = int(str(row.calendar_year))
            rows.append((name, what, territory, year + 2, year, share * paid))
    table = pd.DataFrame(rows, columns=columns_of("funding"))
    table = table[table["fund_usd2025_m"] > 0]
    return table.groupby(columns_of("funding")[:-1]).sum().reset_index()


def _costs(plan: Plan, names: list[str]) -> pd.DataFrame:
    """Return costs with what returns cost or save, all in the last milestone year."""
    costs = plan.tables["costs"]
    more = costs.iloc[: len(names)].assign(
        category="return premiums",
        asset=names,
        zone="",
        year=costs["year"].max(),
        payer="programme",
        cost_usd2025_m_per_yr=[charge / 3 for charge in CHARGES],
        discounted_usd2025_m=CHARGES,
    )
    return pd.concat([costs, more], ignore_index=True)


def _why() -> pd.DataFrame:
    sentences = [
        ("capital_commitment", "money of Bank up to 2030", "capital.investors: Bank", "M$ per M$"),
        (
            "capital_group_cap",
            "cap on debt in campus of 2030",
            "capital.max_share.debt.campus",
            "M$ per percentage point",
        ),
    ]
    rows = [
        (
            9 + at,
            family,
            limit,
            "",
            2030,
            3.0 - at,
            unit,
            0.0,
            setting,
            f"More of {limit} is worth $1.",
        )
        for at, (family, limit, setting, unit) in enumerate(sentences)
    ]
    return pd.DataFrame(rows, columns=columns_of("why"))


def _system(
    names: list[str],
    territories: dict[str, list[str]],
    committed: pd.Series[float],
    calendar: range,
) -> dict[str, xr.DataArray]:
    """Return the parameters of the System that the report reads."""
    zones = [zone for own in territories.values() for zone in own]
    weight = {
        "foreign": [float(country != "US") for _, _, country, *_ in INVESTORS.values()],
        "government": [share for _, _, _, share, *_ in INVESTORS.values()],
        "debt": [float(kind == "debt") for _, kind, *_ in INVESTORS.values()],
        "grant": [float(kind == "grant") for _, kind, *_ in INVESTORS.values()],
        "sponsor": [float(kind == "sponsor") for kind, *_ in INVESTORS.values()],
    }
    limits = {"investor_group": list(GROUPS), "capital_class": list(CLASSES)}
    cap = xr.DataArray(1.0, coords=limits, dims=list(limits))
    cap.loc["debt", "campus"] = 0.45
    floor = xr.DataArray(0.0, coords=limits, dims=list(limits))
    floor.loc["sponsor", "campus"] = 0.05
    return {
        "zone_of_territory": xr.DataArray(
            [[float(zone in own) for zone in zones] for own in territories.values()],
            coords={"territory": list(territories), "zone": zones},
            dims=["territory", "zone"],
        ),
        "commitment": xr.DataArray(
            [[value] * len(calendar) for value in committed],
            coords={"investor": names, "calendar_year": list(calendar)},
            dims=["investor", "calendar_year"],
        ),
        "ticket_most": xr.DataArray(
            [float("inf")] * len(names), coords={"investor": names}, dims=["investor"]
        ),
        "group_weight": xr.DataArray(
            [weight[group] for group in GROUPS],
            coords={"investor_group": list(GROUPS), "investor": names},
            dims=["investor_group", "investor"],
        ),
        "group_cap": cap,
        "group_floor": floor,
    }
