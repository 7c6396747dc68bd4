"""Flip: a partnership whose tax equity takes most of the tax until it has earned its target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.flip_terms import FlipTerms, PartnershipFlows
from gigaplan.finance.present_value import Floats
from gigaplan.finance.returns import RatesOfReturn, rates_of_return
from gigaplan.terms.errors import Fault, InputError

NO_FLIP: Final = -1
"""Flip period of a partnership that never flips."""


@dataclass(frozen=True)
class PartnerFlows:
    """What one partner gets by year; ``after_tax`` is the sum of the others [USD nominal]."""

    cash_usd_nominal: Floats
    tax_usd_nominal: Floats
    credit_usd_nominal: Floats
    after_tax_usd_nominal: Floats


@dataclass(frozen=True)
class FlipResult:
    """A partnership, shared out.

    Parameters
    ----------
    tax_equity, sponsor
        Flows of the partners, year by year.
    flip_year
        Year at whose end the shares change; ``NO_FLIP`` where they never do.
    rate_at_flip
        Rates of return of tax equity up to that year; over the whole life where there is none.
    tax_equity_rate, sponsor_rate
        Rates of return over the whole life: that of tax equity exceeds the target, since the
        flip waits for a whole year and its share goes on after it.
    """

    tax_equity: PartnerFlows
    sponsor: PartnerFlows
    flip_year: npt.NDArray[np.int64]
    rate_at_flip: RatesOfReturn
    tax_equity_rate: RatesOfReturn
    sponsor_rate: RatesOfReturn


def partnership_flip(project: PartnershipFlows, terms: FlipTerms) -> FlipResult:
    r"""Share the flows of a project between tax equity and sponsor.

    With the share :math:`k_t` of cash and :math:`s_t` of tax and credits, both of *before* until
    the flip and of *after* from the year that follows it:

    .. math::
        T_t = k_t (C_t - R_t) + s_t (X_t + K_t), \qquad S_t = C_t + X_t + K_t - T_t

    .. math:: t^* = \min \Big\{ t : \sum_{s \le t} \frac{T_s}{(1 + r^*)^s} \ge 0 \Big\}

    ================  ===========================================  ===========
    symbol            meaning                                      unit
    ================  ===========================================  ===========
    :math:`C, X, K`   cash, tax and credits of the project         USD nominal
    :math:`R`         cash that the sponsor takes first            USD nominal
    :math:`T, S`      after-tax flows of tax equity and sponsor    USD nominal
    :math:`r^*`       target return                                frac
    :math:`t^*`       year of the flip                             year
    ================  ===========================================  ===========

    Parameters
    ----------
    project
        Flows of the project, axes (project or draw, year).
    terms
        Terms of the partnership.

    Returns
    -------
    FlipResult
        Flows, flip years and rates of return.

    Raises
    ------
    InputError
        If the flows differ in shape, or equity or credits have the wrong sign.

    References
    ----------
    NREL, System Advisor Model, help: "Partnership flip with debt" and "without debt". Deficit
    restoration and reallocation of losses are left out there and here; see
    :func:`capital_account`.

    Examples
    --------
    Tax equity pays 40 of 100, takes 99 % of a credit of 30 in year 1 and 25 % of cash of 20 a
    year: 29.7 + 5, then 5. At a target of 10 % the second year does: 34.7/1.1 + 5/1.21 is 35.7,
    the third 39.4, the fourth 42.8.

    >>> cash = np.array([-100.0, 20, 20, 20, 20, 20])
    >>> nothing, credit = np.zeros(6), np.array([0.0, 30, 0, 0, 0, 0])
    >>> terms = FlipTerms(0.40, 0.25, 0.05, 0.99, 0.05, target_frac=0.10)
    >>> result = partnership_flip(PartnershipFlows(cash, nothing, credit), terms)
    >>> int(result.flip_year), result.tax_equity.after_tax_usd_nominal.round(9).tolist()
    (4, [-40.0, 34.7, 5.0, 5.0, 5.0, 1.0])
    """
    cash, tax, credit = _checked(project)
    years = cash.shape[-1]
    theirs = {name: np.zeros_like(cash) for name in ("cash", "tax", "credit")}
    theirs["cash"][..., 0] = terms.tax_equity_frac * cash[..., 0]
    owed_to_sponsor = -(1.0 - terms.tax_equity_frac) * cash[..., 0]
    flip_year = np.full(cash.shape[:-1], NO_FLIP, dtype=np.int64)
    if terms.flip_year == 0:
        flip_year[...] = 0
    worth = theirs["cash"][..., 0].copy()
    target = None if terms.target_frac is None else terms.target_frac - terms.tolerance_frac
    for year in range(1, years):
        before = flip_year == NO_FLIP
        first = np.clip(np.minimum(owed_to_sponsor, cash[..., year]), 0.0, None)
        if year > terms.recovery_years:
            first = np.zeros_like(first)
        owed_to_sponsor = owed_to_sponsor - first
        cash_share = np.where(before, terms.cash_before_frac, terms.cash_after_frac)
        tax_share = np.where(before, terms.tax_before_frac, terms.tax_after_frac)
        theirs["cash"][..., year] = cash_share * (cash[..., year] - first)
        theirs["tax"][..., year] = tax_share * tax[..., year]
        theirs["credit"][..., year] = tax_share * credit[..., year]
        reached = np.full(before.shape, terms.flip_year == year)
        if target is not None:
            worth = worth + sum(flow[..., year] for flow in theirs.values()) / (1 + target) ** year
            reached = reached | (worth >= 0)
        flip_year = np.where(before & reached, year, flip_year)
    tax_equity = _partner(theirs["cash"], theirs["tax"], theirs["credit"])
    sponsor_cash = cash - theirs["cash"]
    sponsor_tax = tax - theirs["tax"]
    fee = terms.development_fee_usd_nominal
    sponsor_cash[..., 0] += fee
    sponsor_tax[..., 1] -= fee * terms.fee_tax_frac
    sponsor = _partner(sponsor_cash, sponsor_tax, credit - theirs["credit"])
    when = np.arange(years, dtype=np.float64)
    ends = np.where(flip_year == NO_FLIP, years - 1, flip_year)[..., np.newaxis]
    until = np.where(when <= ends, tax_equity.after_tax_usd_nominal, 0.0)
    return FlipResult(
        tax_equity=tax_equity,
        sponsor=sponsor,
        flip_year=flip_year,
        rate_at_flip=rates_of_return(until, when),
        tax_equity_rate=rates_of_return(tax_equity.after_tax_usd_nominal, when),
        sponsor_rate=rates_of_return(sponsor.after_tax_usd_nominal, when),
    )


def flip_words(result: FlipResult, terms: FlipTerms) -> str:
    """Say in a sentence when one partnership flips, or that it never does.

    Parameters
    ----------
    result
        Result of one project: arrays with the axis of years only.
    terms
        Terms of the partnership.

    Returns
    -------
    str
        A sentence or two.
    """
    last = result.tax_equity.cash_usd_nominal.shape[-1] - 1
    year = int(result.flip_year)
    roots = [root for root in result.rate_at_flip.roots_frac.tolist() if np.isfinite(root)]
    rate = " or ".join(f"{100 * root:.2f} %" for root in roots) or "no rate of return"
    if year != NO_FLIP:
        return f"The partnership flips at the end of year {year}; tax equity has earned {rate}."
    goal = ""
    if terms.target_frac is not None:
        goal = f", below its target of {100 * terms.target_frac:.2f} %"
    return f"No flip: after {last} years tax equity has earned {rate}{goal}."


def capital_account(
    contributed_usd_nominal: npt.ArrayLike,
    income_usd_nominal: npt.ArrayLike,
    distributed_usd_nominal: npt.ArrayLike,
    basis_reduction_usd_nominal: npt.ArrayLike = 0.0,
) -> Floats:
    r"""Return a partner's capital account at the end of each year.

    Below zero it shows the deficit that the partner would have to promise to restore for its
    share of losses to stand; the shares of :func:`partnership_flip` do not change with it.

    .. math:: A_t = A_{t-1} + C_t + I_t - D_t - B_t

    Parameters
    ----------
    contributed_usd_nominal
        Capital C paid in, by year on the last axis [USD nominal].
    income_usd_nominal
        Its share I of taxable income, a loss is negative [USD nominal].
    distributed_usd_nominal
        Cash D distributed to it [USD nominal].
    basis_reduction_usd_nominal
        Its share B of the basis lost to an investment tax credit, half the credit
        (IRC 50(c)(3)) [USD nominal].

    Returns
    -------
    numpy.ndarray
        Balance A [USD nominal].

    Examples
    --------
    44 paid in; half a credit of 29.7; losses of 8.415 and 17; cash of 2 a year.

    >>> capital_account([44, 0, 0], [0, -8.415, -17], [0, 2, 2], [0, 14.85, 0]).round(3).tolist()
    [44.0, 18.735, -0.265]
    """
    change = (
        np.asarray(contributed_usd_nominal, dtype=np.float64)
        + np.asarray(income_usd_nominal, dtype=np.float64)
        - np.asarray(distributed_usd_nominal, dtype=np.float64)
        - np.asarray(basis_reduction_usd_nominal, dtype=np.float64)
    )
    return np.cumsum(change, axis=-1)


def _partner(cash: Floats, tax: Floats, credit: Floats) -> PartnerFlows:
    return PartnerFlows(cash, tax, credit, cash + tax + credit)


def _checked(project: PartnershipFlows) -> tuple[Floats, Floats, Floats]:
    cash = np.asarray(project.cash_usd_nominal, dtype=np.float64)
    tax = np.asarray(project.tax_usd_nominal, dtype=np.float64)
    credit = np.asarray(project.credit_usd_nominal, dtype=np.float64)
    headline = "The flows of a partnership cannot be shared out."
    if not cash.shape == tax.shape == credit.shape or cash.shape[-1:] < (2,):
        what = f"Cash, tax and credits have the shapes {cash.shape}, {tax.shape}, {credit.shape}."
        mend = "Give each for the same years, from year 0 to year 1 or later."
        raise InputError(headline, [Fault(what, "flip", mend)])
    faults = []
    if np.any(cash[..., 0] > 0):
        what = "The equity of year 0 comes in."
        faults.append(Fault(what, "flip: cash_usd_nominal", "Give money paid in as negative."))
    if np.any(credit < 0):
        what = f"The least credit is {credit.min():g}."
        faults.append(Fault(what, "flip: credit_usd_nominal", "Give credits of 0 or more."))
    if faults:
        raise InputError(headline, faults)
    return cash, tax, credit
