"""Measures: rates of return and multiples of everybody who pays, and of the plan's parts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.finance.multiples import (
    distributed_to_paid_in,
    payback_time,
    residual_to_paid_in,
)
from gigaplan.finance.present_value import dated_times
from gigaplan.finance.returns import rates_of_return
from gigaplan.finance.yearly_returns import rate_among
from gigaplan.plan.tables import columns_of, without_rows

Array = npt.NDArray[np.float64]
LEVELS: Final = ("investor", "class", "programme")


def returns_table(
    flows: pd.DataFrame, required_frac: Mapping[tuple[str, str], float], as_of: datetime.date
) -> pd.DataFrame:
    """Return the table ``returns``: what investors, classes and the programme get back.

    Classes and the programme count owners' money, after debt; lenders stand among the investors.

    Parameters
    ----------
    flows
        The table ``investor_flows``.
    required_frac
        Nominal return asked, by level and name [frac/yr].
    as_of
        Day up to which DPI counts; what comes later is valued at the required return for RVPI.
    """
    if flows.empty:
        return without_rows("returns")
    owned = flows[flows["instrument"] == "equity"]
    parts = [
        _measured("investor", flows, "investor", required_frac, as_of),
        _measured("class", owned, "capital_class", required_frac, as_of),
        _measured("programme", owned.assign(programme="all"), "programme", required_frac, as_of),
    ]
    columns = [column.column for column in columns_of("returns")]
    return pd.concat(parts, ignore_index=True)[columns]


def _measured(
    level: str,
    flows: pd.DataFrame,
    name: str,
    required_frac: Mapping[tuple[str, str], float],
    as_of: datetime.date,
) -> pd.DataFrame:
    """Return one row for each name."""
    keys = [flows[name], flows["instrument"], flows["date"]]
    table = flows[["paid_usd_nominal_m", "received_usd_nominal_m"]].groupby(keys).sum()
    by_day = table.unstack("date", fill_value=0.0).sort_index(axis=1)
    paid, back = (by_day[column].to_numpy(dtype=float) for column in table.columns)
    cash = back - paid
    days = [datetime.date.fromisoformat(str(day)) for day in by_day["paid_usd_nominal_m"].columns]
    times = dated_times(days)
    rates = rate_among(cash, rates_of_return(cash, times).roots_frac)
    rows = by_day.index.to_frame(index=False).set_axis(["name", "instrument"], axis=1)
    asked = np.array([required_frac[level, str(who)] for who in rows["name"]])[:, np.newaxis]
    now = dated_times([days[0], max(as_of, days[0])])[1]
    before = times <= now
    called = paid * before
    worth = (cash * ~before * (1.0 + asked) ** -np.maximum(times - now, 0.0)).sum(axis=1)
    value = np.broadcast_to(np.maximum(worth, 0.0)[:, np.newaxis], cash.shape)
    first = times[(cash != 0).argmax(axis=1)]
    dpi = distributed_to_paid_in(called, back * before)[:, -1]
    rvpi = residual_to_paid_in(called, value)[:, -1]
    return rows.assign(
        level=level,
        paid_usd_nominal_m=paid.sum(axis=1),
        received_usd_nominal_m=back.sum(axis=1),
        irr_frac=rates.rate_frac,
        irr_status=rates.status,
        required_frac=asked[:, 0],
        npv_usd_nominal_m=(cash * (1.0 + asked) ** -times).sum(axis=1),
        moic=distributed_to_paid_in(paid, back)[:, -1],
        dpi=dpi,
        rvpi=rvpi,
        tvpi=dpi + rvpi,
        payback_years=np.where(paid.sum(axis=1) > 0, payback_time(cash, times) - first, np.nan),
    )
