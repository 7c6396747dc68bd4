"""Construction loan: draws, interest and fees until operation, with the loop solved exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from gigaplan.terms.errors import Fault, InputError
from gigaplan.terms.units import MONTHS_PER_YEAR

Array = npt.NDArray[np.float64]
DrawOrder = Literal["pro_rata", "equity_first"]


@dataclass(frozen=True)
class ConstructionTerms:
    """Terms of a construction loan.

    Parameters
    ----------
    debt_share_frac
        Share of all uses that the loan pays, 0 to below 1 [frac].
    interest_frac
        Yearly rate on the balance at the start of a month; a twelfth is added each month [frac/yr].
    commitment_fee_frac
        Yearly fee on what is not drawn at the start of a month [frac/yr].
    upfront_fee_frac
        Fee on the whole loan, paid at close [frac].
    draw_order
        ``pro_rata``: debt pays its share of every month; ``equity_first``: equity pays until spent.
    monthly_debt_share_frac
        Debt's own share of the uses of close and of each month, in place of one share for all;
        pro rata. Empty: one share [frac].
    """

    debt_share_frac: float
    interest_frac: float
    commitment_fee_frac: float = 0.0
    upfront_fee_frac: float = 0.0
    draw_order: DrawOrder = "pro_rata"
    monthly_debt_share_frac: tuple[float, ...] = ()

    @property
    def highest_share_frac(self) -> float:
        """Largest share that the loan pays at any time [frac]."""
        return max(self.monthly_debt_share_frac, default=self.debt_share_frac)


@dataclass(frozen=True)
class ConstructionLedger:
    """Money of construction, month by month; period 0 is close.

    Parameters
    ----------
    uses_usd_nominal, debt_usd_nominal, equity_usd_nominal
        What is spent, and who pays it; dimension month [USD].
    interest_usd_nominal, commitment_fee_usd_nominal
        Capitalised; part of the uses; dimension month [USD].
    upfront_fee_usd_nominal
        Paid at close; part of the uses [USD].
    balance_usd_nominal
        Owed at the end of the month; dimension month [USD].
    loan_usd_nominal
        Balance at the start of operation [USD].
    """

    uses_usd_nominal: Array
    debt_usd_nominal: Array
    equity_usd_nominal: Array
    interest_usd_nominal: Array
    commitment_fee_usd_nominal: Array
    upfront_fee_usd_nominal: float
    balance_usd_nominal: Array
    loan_usd_nominal: float


def construction_loan(
    capex_usd_nominal: npt.ArrayLike,
    terms: ConstructionTerms,
    reserve_at_service_usd_nominal: float = 0.0,
) -> ConstructionLedger:
    r"""Return the draws of a loan that pays a share of all uses, its own interest among them.

    .. math::

        I_m = \tfrac{i}{12} B_{m-1}, \quad C_m = \tfrac{c}{12} (D - B_{m-1}), \quad
        B_m = B_{m-1} + \text{draw}_m, \quad
        D = g \, U(D), \quad U(D) = fD + \sum_m (X_m + I_m + C_m) + R

    Pro rata, what debt pays, :math:`P(D) = g U(D)`, or :math:`\sum_m g_m U_m(D)` with a share for
    each month, is a straight line in D, and two evaluations give it exactly:
    :math:`D = P(0) / (1 - s)`, with the slope :math:`s = P(P(0)) / P(0) - 1`.
    With equity first, uses bend where equity is spent, and the root of :math:`g U(D) - D` is
    searched between 0, where it is positive, and
    :math:`\overline D = g (\sum X_m + R) / (1 - g s)` with :math:`s = f + n (i + c) / 12`. There it
    is not positive: as long as no month owes more than D, uses are at most
    :math:`\sum X_m + R + s D`, equity pays :math:`D (1 - g) / g` of them, and so no month comes to
    owe more than D. The factor :math:`g s` must be below one.

    ==============  ==================================
    symbol          name in code
    ==============  ==================================
    :math:`X_m`     ``capex_usd_nominal``
    :math:`R`       ``reserve_at_service_usd_nominal``
    :math:`g`       ``debt_share_frac``
    :math:`i`       ``interest_frac``
    :math:`c`       ``commitment_fee_frac``
    :math:`f`       ``upfront_fee_frac``
    :math:`D`       ``loan_usd_nominal``
    :math:`B_m`     ``balance_usd_nominal``
    ==============  ==================================

    Parameters
    ----------
    capex_usd_nominal
        Spending of each month, paid at its end; one month or more [USD].
    terms
        Terms of the loan.
    reserve_at_service_usd_nominal
        Reserve account filled in the last month [USD].

    Returns
    -------
    ConstructionLedger
        With the balance at the end equal to the loan.

    Raises
    ------
    InputError
        If a term is out of bounds, or the loan would grow without end.

    Examples
    --------
    1000 over two months, half debt, 12 % a year: uses are 1000 and the interest on the first half:

    >>> loan = construction_loan([500.0, 500.0], ConstructionTerms(0.5, 0.12))
    >>> round(float(loan.uses_usd_nominal.sum()), 6), round(loan.loan_usd_nominal, 6)
    (1002.5, 501.25)
    """
    capex = np.asarray(capex_usd_nominal, dtype=float)
    _check(capex, terms)
    share = terms.debt_share_frac
    if terms.draw_order == "pro_rata":
        at_none = _build(capex, terms, reserve_at_service_usd_nominal, 0.0)
        paid = float(at_none.debt_usd_nominal.sum())
        if paid == 0.0:
            return at_none
        again = _build(capex, terms, reserve_at_service_usd_nominal, paid)
        slope = float(again.debt_usd_nominal.sum()) / paid - 1.0
        return _build(capex, terms, reserve_at_service_usd_nominal, paid / (1.0 - slope))
    most = (
        share
        * (float(capex.sum()) + reserve_at_service_usd_nominal)
        / (1 - _own_cost(capex, terms))
    )

    def missing(loan: float) -> float:
        built = _build(capex, terms, reserve_at_service_usd_nominal, loan)
        return share * float(built.uses_usd_nominal.sum()) - loan

    from scipy.optimize import brentq  # half a second of loading that most plans do not need

    loan = 0.0
    if most > 1e-9:  # less is no money
        # A hair above the bound, so that rounding cannot make both ends positive.
        loan = float(brentq(missing, 0.0, most * (1 + 1e-9), xtol=1e-13 * most, rtol=1e-14))
    return _build(capex, terms, reserve_at_service_usd_nominal, loan)


def _own_cost(capex: Array, terms: ConstructionTerms) -> float:
    """Return how much loan each dollar of loan needs for its own interest and fees."""
    yearly = terms.interest_frac + terms.commitment_fee_frac
    return terms.highest_share_frac * (
        terms.upfront_fee_frac + capex.size * yearly / MONTHS_PER_YEAR
    )


def _build(
    capex: Array, terms: ConstructionTerms, reserve: float, loan: float
) -> ConstructionLedger:
    """Walk through the months with a loan of given size; the equity is what is left over."""
    months = capex.size
    zeros = np.zeros(months + 1)
    uses, debt, interest, fee, balance = (zeros.copy() for _ in range(5))
    share = terms.debt_share_frac
    shares = terms.monthly_debt_share_frac or (share,) * (months + 1)
    equity_left = loan * (1.0 - share) / share if share > 0 else np.inf
    for month in range(months + 1):
        if month == 0:
            uses[0] = terms.upfront_fee_frac * loan
        else:
            interest[month] = balance[month - 1] * terms.interest_frac / MONTHS_PER_YEAR
            fee[month] = (loan - balance[month - 1]) * terms.commitment_fee_frac / MONTHS_PER_YEAR
            uses[month] = capex[month - 1] + interest[month] + fee[month]
        if month == months:
            uses[month] += reserve
        if terms.draw_order == "pro_rata":
            debt[month] = shares[month] * uses[month]
        else:
            debt[month] = max(uses[month] - equity_left, 0.0)
            equity_left = max(equity_left - uses[month], 0.0)
        balance[month] = balance[month - 1] + debt[month] if month else debt[0]
    return ConstructionLedger(
        uses, debt, uses - debt, interest, fee, float(uses[0]), balance, float(loan)
    )


def _check(capex: Array, terms: ConstructionTerms) -> None:
    """Raise with every fault of the terms."""
    faults = []
    if capex.ndim != 1 or capex.size == 0 or np.any(capex < 0):
        what = "capex_usd_nominal is not a list of amounts of zero or above."
        faults.append(Fault(what, "construction loan", "Give one amount for each month."))
    by_month = terms.monthly_debt_share_frac
    if by_month and terms.draw_order != "pro_rata":
        what = f"There are shares by month, and draws are {terms.draw_order}."
        faults.append(Fault(what, "construction loan", "Draw pro rata, or give one share."))
    if by_month and (len(by_month) != capex.size + 1 or not all(0 <= g <= 1 for g in by_month)):
        what = f"monthly_debt_share_frac has {len(by_month)} numbers for {capex.size} months."
        mend = "Give one share from 0 to 1 for close and one for each month."
        faults.append(Fault(what, "construction loan", mend))
    if not 0 <= terms.debt_share_frac < 1:
        what = f"debt_share_frac is {terms.debt_share_frac:g}."
        faults.append(Fault(what, "construction loan", "Give a share from 0 to below 1."))
    for name in ("interest_frac", "commitment_fee_frac", "upfront_fee_frac"):
        if getattr(terms, name) < 0:
            what = f"{name} is {getattr(terms, name):g}."
            faults.append(Fault(what, "construction loan", "Give a rate of 0 or more."))
    if not faults and _own_cost(capex, terms) >= 1:
        needed = _own_cost(capex, terms)
        what = f"Each dollar of loan would need {needed:.2f} dollars more for its own cost."
        mend = "Lower the debt share, the rate or the months."
        faults.append(Fault(what, "construction loan", mend))
    if faults:
        headline = "A construction loan cannot be built."
        raise InputError(headline, faults)
