"""Target price: the price of year 1 at which owners earn a wanted return by a wanted year."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.present_value import npv
from gigaplan.finance.proforma import ProForma, pro_forma
from gigaplan.finance.project import Number, Project
from gigaplan.finance.row_counts import project_count
from gigaplan.finance.yearly_returns import HIGHEST_RATE, LOWEST_RATE
from gigaplan.terms.errors import Fault, InputError

Array = npt.NDArray[np.float64]

FIRST_PRICE_USD_PER_MWH: Final = 100.0
HIGHEST_PRICE_USD_PER_MWH: Final = 1e9
MOST_ROUNDS: Final = 200
NEAR: Final = 1e-14
"""Share of a price by which a step no longer matters."""
EXACT: Final = 4e-15
"""Share of all flows that is no more than their rounding."""


def price_for_return(
    project: Project,
    target_irr_frac: Number,
    target_year: int | None = None,
    *,
    waiting_usd_nominal: Number = 0.0,
) -> tuple[Array, ProForma]:
    r"""Return the price at which the flows up to a year are worth nothing at the target rate.

    .. math:: \sum_{t=0}^{Y} x_t(p) \, (1 + r)^{-t} = w

    The worth is made of straight lines in the price, loan and all; of one while losses are used at
    once. So a secant through two prices on the line of the root hits it. Where a secant leaves
    the prices known to be too low and too high, or gains little, halving takes its place.

    Parameters
    ----------
    project
        The projects; the price of the contract is not used.
    target_irr_frac
        Wanted rate r; one number or one for each project [frac/yr].
    target_year
        Year Y up to which flows count, 1 to the life; empty: all years [years].
    waiting_usd_nominal
        Return w at the wanted rate, up to year 0, on what owners paid in before it [USD].

    Returns
    -------
    tuple of numpy.ndarray and ProForma
        Price of year 1 for each project [USD/MWh], and the finance at that price.

    Raises
    ------
    InputError
        If the year is not in the life of a project, or no price earns the return.

    Examples
    --------
    100 spent and 10 MWh a year for two years have to earn 10 %: 57.62 a year.

    >>> from gigaplan.finance.project import Contract, Plant
    >>> from gigaplan.finance.tax import Taxes
    >>> deal = Project(Plant(100.0, 1.0, 10.0, 2), Contract(0.0), taxes=Taxes(0.0))
    >>> price_for_return(deal, 0.1, 2)[0].round(6).tolist()
    [5.761905]
    """
    target = np.atleast_1d(np.asarray(target_irr_frac, dtype=float))
    count = max(project_count(project), target.size)
    _check_wanted(project, target, target_year)
    counted = slice(None) if target_year is None else slice(target_year + 1)
    waiting = np.atleast_1d(np.asarray(waiting_usd_nominal, dtype=float))

    def worth(price: Array) -> tuple[ProForma, Array, Array]:
        """Return the finance at a price, its worth, and the worth of all flows as inflows."""
        contract = replace(project.contract, price_usd_per_mwh=price)
        found = pro_forma(replace(project, contract=contract))
        flows = found.ledger["owner_flow_usd_nominal"][:, counted]
        return found, npv(flows, target) - waiting, npv(np.abs(flows), target)

    earlier, price = np.zeros(count), np.full(count, FIRST_PRICE_USD_PER_MWH)
    before = worth(earlier)[1]
    found, now, size = worth(price)
    low, high = np.full(count, -np.inf), np.full(count, np.inf)
    for point, value in ((earlier, before), (price, now)):
        low, high = _narrowed(low, high, point, value)
    for tried in range(MOST_ROUNDS):
        _check_market(price, low, high)
        aim = _next_price(earlier, price, before, now, low, high, tried)
        still = np.abs(aim - price) <= NEAR * np.abs(price)
        done = still | (np.abs(now) <= EXACT * size) | (high - low <= NEAR * np.abs(price))
        if done.all():
            break
        earlier, price, before = price, np.where(done, price, aim), now
        found, now, size = worth(price)
        low, high = _narrowed(low, high, price, now)
    return price, found


def _narrowed(low: Array, high: Array, price: Array, worth: Array) -> tuple[Array, Array]:
    """Return the highest price known to be too low and the lowest known to be high enough."""
    enough = worth >= 0
    low = np.where(enough, low, np.maximum(low, price))
    return low, np.where(enough, np.minimum(high, price), high)


def _next_price(
    earlier: Array,
    price: Array,
    before: Array,
    now: Array,
    low: Array,
    high: Array,
    tried: int,
) -> Array:
    """Return where a secant meets zero, or a price half-way."""
    gap = price - earlier
    slope = np.divide(now - before, gap, out=np.zeros_like(gap), where=gap != 0)
    bounded = np.isfinite(low) & np.isfinite(high)
    # Until the root is known to lie between two prices, every step is twice as bold.
    bold = np.where(bounded, 1.0, 2.0**tried)
    step = np.copysign(np.full_like(now, np.inf), -now)
    with np.errstate(over="ignore"):
        np.divide(-now, slope, out=step, where=slope > 0)
        aim = price + bold * step
    aim = np.clip(aim, -HIGHEST_PRICE_USD_PER_MWH, HIGHEST_PRICE_USD_PER_MWH)
    slow = (aim <= low) | (aim >= high)
    if tried:
        slow |= np.abs(now) > np.abs(before) / 2
    with np.errstate(invalid="ignore"):
        return np.where(bounded & slow, (low + high) / 2, aim)


def _check_market(price: Array, low: Array, high: Array) -> None:
    """Raise when prices have left any market."""
    last = np.abs(price) >= HIGHEST_PRICE_USD_PER_MWH
    if np.any(last & ~(np.isfinite(low) & np.isfinite(high))):
        what = "No price from -1e9 to 1e9 USD/MWh earns the wanted return."
        mend = "Check that energy is sold, and lower target_irr_frac."
        headline = "No price earns the wanted return."
        raise InputError(headline, [Fault(what, "contract.price_usd_per_mwh", mend)])


def _check_wanted(project: Project, target: Array, target_year: int | None) -> None:
    """Raise when a year is not in the life of a project, or a rate cannot be earned."""
    faults = []
    shortest = int(np.min(project.plant.life_years))
    if target_year is not None and not 1 <= target_year <= shortest:
        what = f"target_year is {target_year}, outside the life of {shortest} years."
        faults.append(Fault(what, "target_year", "Give a year of the life."))
    count = project_count(project)
    if target.ndim > 1 or (target.size != 1 and 1 < count != target.size):
        what = f"target_irr_frac is of the shape {target.shape}, for {count} projects."
        mend = "Give one number for all projects, or one for each."
        faults.append(Fault(what, "target_irr_frac", mend))
    elif not np.all((target > LOWEST_RATE) & (target < HIGHEST_RATE)):
        what = "target_irr_frac is not a rate from -0.99 to 100."
        faults.append(Fault(what, "target_irr_frac", "Give a rate from -0.99 to 100."))
    if faults:
        headline = "A target price cannot be worked out."
        raise InputError(headline, faults)
