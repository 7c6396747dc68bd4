"""Prices: what a deal has to earn for the return its owners ask, and what the market pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from gigaplan.dealbook.deals import DealMaker, Priced, with_rent_and_power
from gigaplan.finance.construction_loan import construction_loan
from gigaplan.finance.deal import Deal, with_construction_cost
from gigaplan.finance.present_value import dated_times
from gigaplan.finance.stacking import alike, stacked
from gigaplan.finance.target_price import price_for_return

Array = npt.NDArray[np.float64]
PriceRule = Literal["market", "required"]


@dataclass(frozen=True)
class Prices:
    """Prices of the first year of each deal, nominal; dimension deal [USD per unit].

    Parameters
    ----------
    required
        Earns the return that the owners ask.
    market
        Of a new contract in the year of opening; NaN where there is no market price.
    used
        The one the deal is closed at.
    """

    required: Array
    market: Array
    used: Array


def priced_deals(
    deals: Sequence[Priced], maker: DealMaker, rule: PriceRule
) -> tuple[list[Priced], Prices]:
    """Return deals at their prices.

    Campuses and energy come first: accelerators pay the rent of the campus of their state and year.

    Parameters
    ----------
    deals
        Deals at a price of one.
    maker
        What the deals were made by.
    rule
        ``market``: the market's price where there is one; ``required``: what owners need.
    """
    market = np.array([_market_price(one, maker) for one in deals])
    required = np.full(len(deals), np.nan)
    first = [n for n, one in enumerate(deals) if one.phase["capital_class"] != "accelerator"]
    last = [n for n, one in enumerate(deals) if one.phase["capital_class"] == "accelerator"]
    held = list(deals)
    required[first] = required_prices([held[n].deal for n in first], _asked(held, first))
    used = _used(required, market, rule)
    rents = {
        (str(one.phase["zone"]), int(one.phase["service_year"])): float(used[n])
        for n, one in enumerate(held)
        if one.phase["capital_class"] == "campus"
    }
    for n in last:
        project = with_rent_and_power(held[n], maker, rents)
        held[n] = replace(held[n], deal=replace(held[n].deal, project=project))
    required[last] = required_prices([held[n].deal for n in last], _asked(held, last))
    used = _used(required, market, rule)
    for n, one in enumerate(held):
        contract = replace(one.deal.project.contract, price_usd_per_mwh=float(used[n]))
        project = replace(one.deal.project, contract=contract)
        held[n] = replace(one, deal=replace(one.deal, project=project))
    return held, Prices(required, market, used)


def required_prices(deals: Sequence[Deal], return_frac: Sequence[float]) -> Array:
    r"""Return the prices at which owners earn a return from their first dollar on.

    What owners pay in during construction has to earn the return up to the opening as well:
    :math:`w = \sum_m e_m ((1+r)^{\tau_m} - 1)`, with the equity of the months and their years to
    the opening.

    Parameters
    ----------
    deals
        The deals; their own prices are not used.
    return_frac
        Wanted nominal rate r of each [frac/yr].

    Returns
    -------
    numpy.ndarray
        Price of the first year of each deal [USD per unit].
    """
    loans = [construction_loan(deal.capex_usd_nominal, deal.construction) for deal in deals]
    filled = [with_construction_cost(deal, loan) for deal, loan in zip(deals, loans, strict=True)]
    rate = np.asarray(return_frac, dtype=float)
    waiting = np.empty(len(deals))
    for n, (deal, loan) in enumerate(zip(deals, loans, strict=True)):
        times = dated_times(deal.months)
        growth = (1.0 + rate[n]) ** (times[-1] - times) - 1.0
        waiting[n] = loan.equity_usd_nominal @ growth
    prices = np.empty(len(deals))
    for places in alike([deal.project for deal in filled]):
        together = stacked([filled[place].project for place in places])
        prices[places], _ = price_for_return(
            together, rate[places], waiting_usd_nominal=waiting[places]
        )
    return prices


def _asked(deals: Sequence[Priced], places: Sequence[int]) -> list[float]:
    return [deals[place].funding.equity_return_frac for place in places]


def _used(required: Array, market: Array, rule: PriceRule) -> Array:
    return required if rule == "required" else np.where(np.isnan(market), required, market)


def _market_price(one: Priced, maker: DealMaker) -> float:
    terms = maker.terms[str(one.phase["capital_class"])]
    price = terms.market_price_at(int(one.phase["service_year"]) + 1)
    return np.nan if price is None else price
