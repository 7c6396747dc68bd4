"""Currencies of foreign investors: forward rates, and flows in their money, hedged or not.

A rate is a number of units of the investor's currency for one US dollar. Period 0 is a calendar
year; the periods after it are the years that follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
import numpy.typing as npt

from gigaplan.terms.errors import Fault, InputError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RatePath:
    """Exchange rates at the ends of years.

    Parameters
    ----------
    currency
        Code of the currency, such as ``JPY``.
    first_year
        Calendar year of the first rate.
    units_per_usd
        Units of the currency for one dollar, above zero; one for each year.
    """

    currency: str
    first_year: int
    units_per_usd: Array

    def __post_init__(self) -> None:
        rates = np.asarray(self.units_per_usd, dtype=float)
        if rates.ndim != 1 or rates.size == 0:
            _refuse(
                f"Rates of {self.currency} have the shape {rates.shape}.",
                "units_per_usd",
                "Give one rate for each year.",
            )
        bad = np.flatnonzero(~(np.isfinite(rates) & (rates > 0)))
        if bad.size:
            _refuse(
                f"The rate of {self.currency} in {self.first_year + bad[0]} is {rates[bad[0]]:g}.",
                "units_per_usd",
                "Give units of the currency for one dollar, above zero.",
            )
        object.__setattr__(self, "units_per_usd", rates)

    def over(self, first_year: int, periods: int) -> Array:
        """Return the rates of a number of years.

        Raises
        ------
        InputError
            If the path lacks one of the years.
        """
        start = first_year - self.first_year
        if start < 0 or start + periods > self.units_per_usd.size:
            last = self.first_year + self.units_per_usd.size - 1
            missing = first_year if start < 0 else last + 1
            _refuse(
                f"There is no rate of {self.currency} in {missing}.",
                "units_per_usd",
                f"Give rates from {first_year} to {first_year + periods - 1}; "
                f"the path runs from {self.first_year} to {last}.",
            )
        return self.units_per_usd[start : start + periods]


@dataclass(frozen=True)
class Hedge:
    """How far an investor hedges, and what that costs.

    Parameters
    ----------
    share_frac
        Share of every flow after year 0 that is sold forward, 0 to 1 [frac].
    cost_frac_per_year
        Yearly cost on the flows that are sold forward and still to come; 0.001 is ten basis
        points [frac/yr].
    """

    share_frac: float = 1.0
    cost_frac_per_year: float = 0.0


@dataclass(frozen=True)
class ForeignFlows:
    """Flows in the investor's currency; dimensions of the flows in dollars, inflows positive.

    Parameters
    ----------
    unhedged
        Every flow at the rate of its year.
    hedged
        The hedged share at the forward rate, the rest at the rate of its year, less the cost.
    hedging_cost
        Cost in each year, zero or above.
    """

    unhedged: Array
    hedged: Array
    hedging_cost: Array


def path_of(paths: Sequence[RatePath], currency: str) -> RatePath:
    """Return the path of a currency.

    Raises
    ------
    InputError
        If no path has this currency.

    Examples
    --------
    >>> path_of([RatePath("JPY", 2026, np.array([150.0]))], "JPY").first_year
    2026
    """
    for path in paths:
        if path.currency == currency:
            return path
    known = ", ".join(path.currency for path in paths) or "none is given"
    _refuse(f"The currency {currency} is unknown.", "currency", f"Choose one of: {known}.")


def forward_path(
    currency: str,
    first_year: int,
    spot_units_per_usd: float,
    usd_interest_frac: npt.ArrayLike,
    investor_interest_frac: npt.ArrayLike,
) -> RatePath:
    r"""Return forward rates by covered interest parity.

    .. math:: F_t = S \prod_{k=1}^{t} \frac{1 + i^{*}_k}{1 + i_k}

    A dollar deposit that is sold forward then earns what a deposit at home earns.

    Parameters
    ----------
    currency, first_year
        Code of the currency, and calendar year of the spot rate.
    spot_units_per_usd
        Spot rate S, above zero.
    usd_interest_frac, investor_interest_frac
        Interest i in dollars and :math:`i^{*}` in the currency, for each year after the first,
        above -1 [frac/yr].

    Returns
    -------
    RatePath
        Spot first, then one forward rate for each interest rate.

    Raises
    ------
    InputError
        If the curves differ in length, or a rate cannot be used.

    Examples
    --------
    1.10 dollars for a euro, 3 % in euros and 5 % in dollars: the euro is dearer forward.

    >>> forward_path("EUR", 2026, 1 / 1.10, [0.05], [0.03]).units_per_usd.round(6).tolist()
    [0.909091, 0.891775]
    """
    dollars, theirs = (
        np.atleast_1d(np.asarray(each, dtype=float))
        for each in (usd_interest_frac, investor_interest_frac)
    )
    if dollars.shape != theirs.shape or dollars.ndim != 1:
        _refuse(
            f"The curves have {dollars.size} and {theirs.size} rates.",
            "investor_interest_frac",
            "Give one interest rate for each year in both currencies.",
        )
    for name, curve in (("usd_interest_frac", dollars), ("investor_interest_frac", theirs)):
        if not np.all(np.isfinite(curve) & (curve > -1)):
            _refuse(f"{name} has a rate at or below -1, or none.", name, "Give rates above -1.")
    growth = np.cumprod((1.0 + theirs) / (1.0 + dollars))
    return RatePath(currency, first_year, spot_units_per_usd * np.append(1.0, growth))


def path_of_points(
    currency: str, first_year: int, spot_units_per_usd: float, points_units_per_usd: npt.ArrayLike
) -> RatePath:
    """Return forward rates as quoted: spot and forward points, which hold the cost of hedging.

    Examples
    --------
    >>> path_of_points("JPY", 2026, 150.0, [-5.0, -9.5]).units_per_usd.tolist()
    [150.0, 145.0, 140.5]
    """
    points = np.append(0.0, np.asarray(points_units_per_usd, dtype=float))
    return RatePath(currency, first_year, spot_units_per_usd + points)


def investor_flows(
    flows_usd_nominal: Array,
    first_year: int,
    spot: RatePath,
    forward: RatePath,
    hedge: Hedge | None = None,
) -> ForeignFlows:
    r"""Return the flows of an investor in its own currency, unhedged and hedged.

    .. math::

        u_t = x_t S_t, \qquad
        v_t = (1 - h) \, x_t S_t + h \, x_t F_t - c N_t F_t, \qquad
        N_t = h \sum_{s \ge t} |x_s| \quad (t \ge 1), \qquad v_0 = u_0

    ==============  ========================  =======================================
    symbol          name in code              meaning
    ==============  ========================  =======================================
    :math:`x_t`     ``flows_usd_nominal``     flow in dollars
    :math:`S_t`     ``spot``                  rate expected in the year
    :math:`F_t`     ``forward``               rate at which the flow was sold forward
    :math:`h`       ``share_frac``            hedged share
    :math:`c`       ``cost_frac_per_year``    cost on the balance :math:`N_t`
    ==============  ========================  =======================================

    Parameters
    ----------
    flows_usd_nominal
        The last axis is the period, with period 0 first; inflows are positive [USD].
    first_year
        Calendar year of period 0.
    spot, forward
        Rates of the same currency, with every year of the flows.
    hedge
        Share and cost; all and none by default.

    Returns
    -------
    ForeignFlows
        In units of the currency.

    Raises
    ------
    InputError
        If the paths are of two currencies or lack a year, or the hedge cannot be used.

    Examples
    --------
    100 dollars, 105 back after a year; the yen rises from 150 to 140, and was sold at 147:

    >>> spot = RatePath("JPY", 2026, np.array([150.0, 140.0]))
    >>> forward = RatePath("JPY", 2026, np.array([150.0, 147.0]))
    >>> found = investor_flows(np.array([-100.0, 105.0]), 2026, spot, forward)
    >>> found.unhedged.tolist(), found.hedged.tolist()
    ([-15000.0, 14700.0], [-15000.0, 15435.0])
    """
    chosen = Hedge() if hedge is None else hedge
    _check_hedge(chosen)
    if spot.currency != forward.currency:
        _refuse(
            f"The forward rates are of {forward.currency}, the others of {spot.currency}.",
            "forward",
            "Give both paths in one currency.",
        )
    flows = np.asarray(flows_usd_nominal, dtype=float)
    now, sold = (path.over(first_year, flows.shape[-1]) for path in (spot, forward))
    share = np.full(flows.shape[-1], chosen.share_frac)
    share[0] = 0.0
    hedged = share * np.abs(flows)
    to_come = np.flip(np.cumsum(np.flip(hedged, axis=-1), axis=-1), axis=-1)
    to_come[..., 0] = 0.0
    cost = chosen.cost_frac_per_year * to_come * sold
    return ForeignFlows(
        flows * now, (1.0 - share) * flows * now + share * flows * sold - cost, cost
    )


def _check_hedge(hedge: Hedge) -> None:
    """Raise when a hedge cannot be used."""
    if not 0 <= hedge.share_frac <= 1:
        _refuse(f"share_frac is {hedge.share_frac:g}.", "hedge", "Give a share from 0 to 1.")
    if not 0 <= hedge.cost_frac_per_year <= 1:
        what = f"cost_frac_per_year is {hedge.cost_frac_per_year:g}."
        _refuse(what, "hedge", "Give a cost from 0 to 1.")


def _refuse(what: str, where: str, mend: str) -> NoReturn:
    """Raise with one fault."""
    headline = "An exchange rate cannot be used."
    raise InputError(headline, [Fault(what, where, mend)])
