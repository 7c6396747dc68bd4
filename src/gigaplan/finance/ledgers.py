"""Ledgers of closed deals as long tables, one row for each deal, day and line, for files."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.finance.deal import Closed

Array = npt.NDArray[np.float64]
MONEY = "_usd_nominal"
BUILDING = ("uses", "debt", "equity", "interest", "commitment_fee", "balance")
COLUMNS = ("deal", "date", "line", "usd_nominal")


def deal_ledgers(closed: Sequence[Closed]) -> dict[str, pd.DataFrame]:
    """Return every ledger of deals by name.

    Parameters
    ----------
    closed
        The deals.

    Returns
    -------
    dict of pandas.DataFrame
        ``construction``, by month from close to opening; ``operation``, by year from the opening
        on, inflows positive; ``distribution``, with a line for each tier and party; ``owners``,
        with a line for each owner, payments below zero. Columns ``deal``, ``date``, ``line`` and
        ``usd_nominal``; each line of a deal is there for all its days.

    Examples
    --------
    >>> [len(table) for table in deal_ledgers([]).values()]
    [0, 0, 0, 0]
    """
    return {
        "construction": _long(closed, construction_lines),
        "operation": _long(closed, operation_lines),
        "distribution": _long(closed, _distribution),
        "owners": _long(closed, _owners),
    }


Lines = tuple[Sequence[datetime.date], Mapping[str, Array]]


def construction_lines(closed: Closed) -> Lines:
    """Return the days from close to opening, and each line of construction on them [USD]."""
    built = closed.construction
    return closed.deal.months, {name: getattr(built, f"{name}{MONEY}") for name in BUILDING}


def operation_lines(closed: Closed) -> Lines:
    """Return the opening and its anniversaries, and each line of operation on them [USD]."""
    ledger = closed.pro_forma.ledger
    money = {
        name.removesuffix(MONEY): line[0] for name, line in ledger.items() if name.endswith(MONEY)
    }
    return closed.dates[len(closed.deal.capex_usd_nominal) :], money


def _distribution(closed: Closed) -> Lines:
    shared, lines = closed.shared, {}
    for place, tier in enumerate(shared.tiers):
        name = f"{place + 1} {tier}"
        lines[f"{name}, investors"] = shared.investor_usd_nominal[place]
        lines[f"{name}, partner"] = shared.partner_usd_nominal[place]
    return closed.dates, lines


def _owners(closed: Closed) -> Lines:
    return closed.dates, closed.flows_by_owner()


def _long(closed: Sequence[Closed], lines_of: Callable[[Closed], Lines]) -> pd.DataFrame:
    """Put the lines of all deals under each other."""
    parts = []
    for each in closed:
        dates, lines = lines_of(each)
        days = [day.isoformat() for day in dates]
        parts += [
            pd.DataFrame(dict(zip(COLUMNS, (each.deal.name, days, name, line), strict=True)))
            for name, line in lines.items()
        ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
