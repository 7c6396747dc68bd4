"""Waterfall: how cash is shared between investors and their general partner, tier by tier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.finance.present_value import Floats
from gigaplan.finance.tiers import Accounts, ReturnOfCapital, Tier, check_tiers
from gigaplan.terms.errors import Fault, InputError


@dataclass(frozen=True)
class Distribution:
    """Cash, shared out.

    Parameters
    ----------
    tiers
        Names of the tiers, in order.
    investor_usd_nominal, partner_usd_nominal
        What investors and general partner got; the last axes are (tier, period) [USD nominal].
    """

    tiers: tuple[str, ...]
    investor_usd_nominal: Floats
    partner_usd_nominal: Floats

    @property
    def investor(self) -> Floats:
        """Of all tiers, by period [USD nominal]."""
        return np.asarray(self.investor_usd_nominal.sum(axis=-2))

    @property
    def partner(self) -> Floats:
        """Of all tiers, by period [USD nominal]."""
        return np.asarray(self.partner_usd_nominal.sum(axis=-2))


def distribute(
    contributed_usd_nominal: npt.ArrayLike,
    cash_usd_nominal: npt.ArrayLike,
    times_years: npt.ArrayLike,
    tiers: Sequence[Tier],
) -> Distribution:
    r"""Run cash through tiers, period by period: a tier is full before the next one gets any.

    .. math:: x_{k,t} = \min \Big( R_{k,t}, \; D_t - \sum_{j<k} x_{j,t} \Big), \qquad
              \sum_k x_{k,t} = D_t

    with the cash D of a period and the room R of a tier. A whole fund is a European waterfall.
    With an axis of deals before that of periods, each deal has its own: an American one.

    Parameters
    ----------
    contributed_usd_nominal
        Capital paid in by the investors, zero or above; axes (draw, ..., period) [USD nominal].
    cash_usd_nominal
        Cash to distribute, zero or above, of the same axes [USD nominal].
    times_years
        Times of the periods, rising; capital is called before cash is distributed [years].
    tiers
        Tiers in order; the last one is a split of all that is left.

    Returns
    -------
    Distribution
        What each party got from each tier in each period.

    Raises
    ------
    InputError
        If a flow is negative, times go backwards, or tiers do not add to all cash.

    Examples
    --------
    100 paid in, 150 after five years: 8 % compounded is 46.93, and the rest is catch-up.

    >>> from gigaplan.finance.tiers import CatchUp, PreferredReturn, ReturnOfCapital, Split
    >>> tiers = [ReturnOfCapital(), PreferredReturn(0.08), CatchUp(0.20), Split(0.80, 0.20)]
    >>> shared = distribute([100.0, 0], [0, 150.0], [0, 5], tiers)
    >>> shared.investor_usd_nominal[:, 1].round(6).tolist()
    [100.0, 46.932808, 0.0, 0.0]
    >>> shared.partner_usd_nominal[:, 1].round(6).tolist()
    [0.0, 0.0, 3.067192, 0.0]
    """
    check_tiers(tiers)
    called, cash, when = _checked(contributed_usd_nominal, cash_usd_nominal, times_years)
    shape = cash.shape[:-1]
    nothing = np.zeros(shape)
    accounts = Accounts(nothing, nothing, nothing, nothing)
    balances = [nothing for _ in tiers]
    to_investor = np.zeros((*shape, len(tiers), len(when)))
    to_partner = np.zeros_like(to_investor)
    for period, years in enumerate(np.diff(when, prepend=when[0])):
        call, left = called[..., period], cash[..., period]
        balances = [
            tier.grown(balance, accounts, call, float(years))
            for tier, balance in zip(tiers, balances, strict=True)
        ]
        accounts.paid_in = accounts.paid_in + call
        for place, tier in enumerate(tiers):
            paid = np.minimum(tier.room(balances[place], accounts), left)
            investor = tier.investor_frac * paid
            to_investor[..., place, period] = investor
            to_partner[..., place, period] = paid - investor
            left = left - paid
            accounts.investor = accounts.investor + investor
            accounts.partner = accounts.partner + (paid - investor)
            if isinstance(tier, ReturnOfCapital):
                accounts.returned = accounts.returned + investor
            balances = [
                other.settled(balance, paid if index == place else nothing, investor)
                for index, (other, balance) in enumerate(zip(tiers, balances, strict=True))
            ]
    return Distribution(tuple(tier.name for tier in tiers), to_investor, to_partner)


def apportion(contributed_usd_nominal: npt.ArrayLike, cash_usd_nominal: npt.ArrayLike) -> Floats:
    r"""Apportion cash among investors by what each has paid in so far.

    .. math:: D_{i,t} = D_t \frac{\sum_{s \le t} C_{i,s}}{\sum_j \sum_{s \le t} C_{j,s}}

    What an investor is apportioned then runs through the tiers against its own capital.

    Parameters
    ----------
    contributed_usd_nominal
        Capital paid in, axes (..., investor, period) [USD nominal].
    cash_usd_nominal
        Cash of all, axes (..., period) [USD nominal].

    Returns
    -------
    numpy.ndarray
        Axes (..., investor, period); in equal parts before any capital is paid [USD nominal].

    Examples
    --------
    >>> apportion([[30.0, 0], [50.0, 20.0]], [8.0, 10.0]).tolist()
    [[3.0, 3.0], [5.0, 7.0]]
    """
    paid = np.cumsum(np.asarray(contributed_usd_nominal, dtype=np.float64), axis=-1)
    total = paid.sum(axis=-2, keepdims=True)
    even = np.full_like(paid, 1.0 / paid.shape[-2])
    share = np.divide(paid, total, out=even, where=total > 0)
    return np.asarray(share * np.asarray(cash_usd_nominal, dtype=np.float64)[..., np.newaxis, :])


def clawback(
    received_usd_nominal: npt.ArrayLike,
    due_usd_nominal: npt.ArrayLike,
    after_tax_frac: float = 1.0,
) -> Floats:
    r"""Return what a general partner pays back when its carry was more than its due.

    .. math:: \min \big( \max(G - G^*, 0), \; \alpha G \big)

    Parameters
    ----------
    received_usd_nominal
        Carry G received over the life, deal by deal [USD nominal].
    due_usd_nominal
        Carry G* due on the whole fund: that of its European waterfall, or the carry of its
        profit [USD nominal].
    after_tax_frac
        Part of the carry left after tax, α, beyond which nothing is owed [frac].

    Returns
    -------
    numpy.ndarray
        Owed to the investors [USD nominal].

    Examples
    --------
    20 received on a first deal; the second lost 60, so that 8 are due.

    >>> float(clawback(20.0, 8.0)), float(clawback(20.0, 0.0, after_tax_frac=0.65))
    (12.0, 13.0)
    """
    if not 0 <= after_tax_frac <= 1:
        headline = "A clawback cannot be computed."
        what = f"after_tax_frac is {after_tax_frac:g}."
        raise InputError(headline, [Fault(what, "clawback", "Give a share from 0 to 1.")])
    received = np.asarray(received_usd_nominal, dtype=np.float64)
    excess = np.maximum(received - np.asarray(due_usd_nominal, dtype=np.float64), 0.0)
    return np.minimum(excess, after_tax_frac * received)


def _checked(
    contributed: npt.ArrayLike, distributed: npt.ArrayLike, times: npt.ArrayLike
) -> tuple[Floats, Floats, Floats]:
    called = np.asarray(contributed, dtype=np.float64)
    cash = np.asarray(distributed, dtype=np.float64)
    when = np.asarray(times, dtype=np.float64)
    headline = "Cash cannot be run through a waterfall."
    if called.shape != cash.shape or cash.shape[-1:] != when.shape or not when.size:
        shapes = f"{called.shape}, {cash.shape}, {when.shape}"
        what = f"Capital, cash and times have the shapes {shapes}."
        mend = "Give capital and cash for the same periods, and one time for each."
        raise InputError(headline, [Fault(what, "waterfall", mend)])
    faults = []
    for field, flows in (("contributed_usd_nominal", called), ("cash_usd_nominal", cash)):
        if not np.isfinite(flows).all() or flows.min() < 0:
            what = f"The least amount is {flows.min():g}."
            faults.append(Fault(what, f"waterfall: {field}", "Give amounts of 0 or more."))
    if np.any(np.diff(when) < 0):
        what = "The times go backwards."
        faults.append(Fault(what, "waterfall: times_years", "Sort the flows by date."))
    if faults:
        raise InputError(headline, faults)
    return called, cash, when
