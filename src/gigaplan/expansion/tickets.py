"""Smallest tickets: an investor pays at least so much, or nothing."""

from __future__ import annotations

import numpy as np
import xarray as xr

from gigaplan.expansion.search import Best, Search
from gigaplan.terms.errors import Fault, InfeasibleError

NEARLY = 1e-6
"""Share of the smallest ticket that may lack through rounding of the solver."""


def keep_tickets(search: Search, relaxation: Best) -> tuple[Best, list[str]]:
    """Drop investors whose money falls short of their smallest ticket, and hold the others to it.

    The one that falls shortest is dropped first and the rest asked again; the bound of the
    relaxation stays the bound.

    Parameters
    ----------
    search
        The engine; its bounds of ``fund`` and its rows are changed.
    relaxation
        The optimum without smallest tickets.

    Returns
    -------
    Best
        The optimum that keeps them.
    list of str
        Investors that were dropped.

    Raises
    ------
    InfeasibleError
        If no plan exists without the investors that were dropped.
    """
    engine = search.engine
    formulation = engine.formulation
    if not formulation.has("fund"):
        return relaxation, []
    least = formulation.system["ticket_least"]
    best, dropped = relaxation, []
    while True:
        paid = _paid(best)
        short = (paid > NEARLY * least) & (paid < least * (1.0 - NEARLY))
        if not bool(short.any()):
            break
        shares = (paid / least.where(least > 0, 1.0)).where(short, np.inf)
        dropped.append(str(shares["investor"].values[int(np.argmin(shares.values))]))
        _bar(search, dropped)
        best = search.best()
        if best.solution.status != "optimal":
            msg = "No plan keeps the smallest tickets of the investors."
            words = ", ".join(dropped)
            fault = Fault(
                f"Without {words}, who would pay less than the smallest ticket, no plan is left.",
                "capital.investors: min_ticket_usd_b",
                "Lower the smallest ticket of one of them.",
            )
            raise InfeasibleError(msg, [fault])
    fund = formulation.term("fund").sum(["capital_class", "territory", "vintage", "calendar_year"])
    for name in least["investor"].values:
        if float(least.sel(investor=name)) > 0 and name not in dropped and paid.sel(investor=name):
            own = fund.select("investor", [name]).sum()
            engine.add_row(own, at_least=float(least.sel(investor=name)) * (1.0 - NEARLY))
    return Best(best.solution, relaxation.bound, best.worth), dropped


def _paid(best: Best) -> xr.DataArray:
    fund = best.solution.values["fund"]
    return fund.sum([dim for dim in fund.dims if dim != "investor"])


def _bar(search: Search, names: list[str]) -> None:
    """Let some investors pay nothing."""
    labels = search.engine.formulation.variables["fund"].labels
    zero = xr.zeros_like(labels, dtype=float)
    barred = labels["investor"].isin(names)
    search.engine.set_bounds("fund", zero, zero.where(barred, np.inf))
