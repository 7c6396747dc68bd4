"""Capital: who pays what, when, and how far each investor's terms bind."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.expansion.tables.solved import NO_LABELS, Solved

NOTHING_USD_M = 1e-3


def funding_table(found: Solved) -> pd.DataFrame:
    """Return the table ``funding``: money by investor, class, territory, vintage and year [M$]."""
    return found.tidy(
        {"fund_usd2025_m": found.value("fund")},
        ["investor", "capital_class", "territory", "vintage", "calendar_year"],
        keep="fund_usd2025_m",
        above=NOTHING_USD_M,
    ).rename(columns={"vintage": "in_service_year"})


def investors_table(found: Solved) -> pd.DataFrame:
    """Return the table ``investors``: commitment, what is drawn of it, and the return asked."""
    names = found.labels.get("investor", NO_LABELS)
    columns = (
        "investor committed_usd2025_m drawn_usd2025_m share_frac return_charge_usd2025_m"
    ).split()
    if not len(names):
        return pd.DataFrame({name: pd.Series(dtype=float) for name in columns})
    fund = found.value("fund")
    drawn = fund.sum([dim for dim in fund.dims if dim != "investor"])
    committed = found["commitment"].values[:, -1]
    total = float(drawn.sum())
    return pd.DataFrame(
        {
            "investor": names,
            "committed_usd2025_m": np.minimum(committed, found["ticket_most"].values),
            "drawn_usd2025_m": drawn.values,
            "share_frac": drawn.values / total if total > 0 else np.zeros(len(names)),
            "return_charge_usd2025_m": return_charge(found).sum(["capital_class", "year"]).values,
        }
    )[columns]


def return_charge(found: Solved) -> xr.Variable:
    """Return what investors ask beyond the cost of capital, discounted (..., year) [M$]."""
    return yearly_return_charge(found) * found["discounted_years"]


def yearly_return_charge(found: Solved) -> xr.Variable:
    """Return the yearly charge beyond the cost of capital (investor, capital_class, year) [M$]."""
    fund = found.value("fund").sum(["territory", "calendar_year"])
    return (fund * found["return_charge"] * found["alive_class"]).sum("vintage")
