"""Target price: the price of year 1 at which owners earn a wanted return by a wanted year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.operations import column
from gigaplan.finance.present_value import npv
from gigaplan.finance.proforma import ProForma, pro_forma
from gigaplan.finance.project import Number, Project
from gigaplan.terms.errors import Fault, InputError

Array = npt.NDArray[np.float64]
Worth = Callable[[Array], Array]

HIGHEST_PRICE_USD_PER_MWH: Final = 1e9
MOST_ROUNDS: Final = 200


def price_for_return(
    project: Project,
    target_irr_frac: Number,
    target_year: int | None = None,
    *,
    waiting_usd_nominal: Number = 0.0,
) -> tuple[Array, ProForma]:
    r"""Return the price at which the flows up to a year are worth nothing at the target rate.

    .. math:: \sum_{t=0}^{Y} x_t(p) \, (1 + r)^{-t} = w

    While losses are used at once, the worth is a straight line in the price, loan and all, and
    the second guess is exact. Otherwise the root is kept between two prices and found by false
    position (Illinois).

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
    if target_year is not None:
        _check_year(project, target_year)
    counted = slice(None) if target_year is None else slice(target_year + 1)
    target = column(target_irr_frac)[:, 0]
    waiting = column(waiting_usd_nominal)[:, 0]

    def worth(price: Array) -> Array:
        contract = replace(project.contract, price_usd_per_mwh=price)
        flows = pro_forma(replace(project, contract=contract)).ledger["owner_flow_usd_nominal"]
        return npv(flows[:, counted], target) - waiting

    low, high, below, above = _bracket(worth)
    scale = np.maximum(np.abs(below), np.abs(above))
    side = np.zeros(low.size)
    price = low
    for _ in range(MOST_ROUNDS):
        gap = np.where(above - below > 0, above - below, 1.0)
        price = np.where(above == below, low, low - below * (high - low) / gap)
        found = worth(price)
        if np.all((np.abs(found) <= 1e-14 * scale) | (high - low <= 1e-14 * np.abs(price))):
            break
        up = found >= 0
        # Halving the weight of an end that stays keeps the other end moving.
        below = np.where(up, np.where(side > 0, below / 2, below), found)
        above = np.where(up, found, np.where(side < 0, above / 2, above))
        low, high = np.where(up, low, price), np.where(up, price, high)
        side = np.where(up, 1.0, -1.0)
    contract = replace(project.contract, price_usd_per_mwh=price)
    return price, pro_forma(replace(project, contract=contract))


def _bracket(worth: Worth) -> tuple[Array, Array, Array, Array]:
    """Return prices at which the return is too low and high enough, with the worth at both."""
    low = np.zeros(worth(np.zeros(1)).size)
    below = worth(low)
    step = -1.0
    while np.any(below > 0):
        low = np.where(below > 0, step, low)
        below = worth(low)
        step *= 4
        _check_step(step)
    high = low + 1.0
    above = worth(high)
    step = 4.0
    while np.any(above < 0):
        high = np.where(above < 0, low + step, high)
        above = worth(high)
        step *= 4
        _check_step(step)
    return low, high, below, above


def _check_step(step: float) -> None:
    """Raise when prices have left any market."""
    if abs(step) > HIGHEST_PRICE_USD_PER_MWH:
        what = f"No price from -1e9 to 1e9 USD/MWh earns the wanted return: {step:.0e} was tried."
        mend = "Check that energy is sold, and lower target_irr_frac."
        headline = "No price earns the wanted return."
        raise InputError(headline, [Fault(what, "contract.price_usd_per_mwh", mend)])


def _check_year(project: Project, target_year: int) -> None:
    """Raise when a year is not in the life of a project."""
    shortest = int(np.min(project.plant.life_years))
    if not 1 <= target_year <= shortest:
        what = f"target_year is {target_year}, outside the life of {shortest} years."
        headline = "A target price cannot be worked out."
        raise InputError(headline, [Fault(what, "target_year", "Give a year of the life.")])
