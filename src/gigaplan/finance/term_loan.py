"""Term loan of a project: its size in the uses that it helps to pay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.debt import (
    Schedule,
    level_payment,
    level_principal,
    loan_of_balances,
    sculpted,
)
from gigaplan.finance.project import Debt, Project
from gigaplan.finance.sizing_cases import SizedCase, smallest_loan
from gigaplan.terms.units import MONTHS_PER_YEAR

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Uses:
    """What is paid at close; dimension project.

    Parameters
    ----------
    total_usd_nominal
        Cost, fees and reserves [USD].
    reserves_usd_nominal
        Part of it that fills reserves [USD].
    """

    total_usd_nominal: Array
    reserves_usd_nominal: Array


def term_loan(
    project: Project,
    cfads_usd_nominal: Array,
    working_capital_usd_nominal: Array,
    cases: tuple[SizedCase, ...] = (),
) -> tuple[Schedule, Uses]:
    r"""Return the loan, and the uses with its fee and its reserve in them.

    .. math::

        U = B + (f + k) D, \qquad
        D = g U \;\Rightarrow\; D = \frac{g B}{1 - g (f + k)}

    with B the uses that do not depend on the loan, f its fee, and k its service reserve at close
    per dollar of loan. A fee paid once, as in SAM: :math:`D = g (1 + g f) (B + k D)`. A sculpted
    loan above its greatest share of uses is scaled down to it.

    Parameters
    ----------
    project
        The projects.
    cfads_usd_nominal
        Cash flow available for debt service; dimensions project, period [USD].
    working_capital_usd_nominal
        Working capital held at close; dimension project [USD].
    cases
        Sizing cases, worked out; they take the place of the cover ratio of the loan.

    Returns
    -------
    tuple of Schedule and Uses
        Dimensions project, and project, period.
    """
    debt = project.debt
    count, years = cfads_usd_nominal.shape
    fixed = np.broadcast_to(
        column(project.plant.installed_cost_usd_nominal)[:, 0]
        + column(project.other_financing_usd_nominal)[:, 0]
        + column(debt.closing_cost_usd_nominal)[:, 0]
        + working_capital_usd_nominal,
        (count,),
    )
    fee = column(debt.upfront_fee_frac)[:, 0]
    months = column(project.reserves.debt_service_months)[:, 0] / MONTHS_PER_YEAR
    if debt.sizing == "none":
        loan = level_payment(np.zeros(count), 0.0, 1, years)
    elif debt.balance_usd_nominal is not None and debt.sizing == "given":
        owed = np.broadcast_to(debt.balance_usd_nominal, (count, years + 1))
        loan = loan_of_balances(owed, column(debt.interest_frac))
    elif debt.sizing == "share":
        unit = _unit_loan(debt, count, years)
        reserve = months * unit.service_usd_nominal[:, 0]
        share = column(debt.share_frac)[:, 0]
        loan = unit.scaled(_size_by_share(share, fixed, fee, reserve, once=debt.fee_once))
    else:
        loan = _sculpted(debt, cfads_usd_nominal, cases)
        loan = _capped(loan, column(debt.most_share_frac)[:, 0], fixed, fee, months)
    size = np.broadcast_to(loan.size_usd_nominal, (count,))
    held = months * loan.service_usd_nominal[:, 0]
    total = fixed + fee * size + held
    return loan, Uses(total, working_capital_usd_nominal + held)


def _sculpted(debt: Debt, cfads_usd_nominal: Array, cases: tuple[SizedCase, ...]) -> Schedule:
    """Return the loan sculpted to the cover ratio, or to those of the cases."""
    rate = column(debt.interest_frac)
    if cases:
        return smallest_loan(cases, rate)
    return sculpted(
        cfads_usd_nominal,
        column(debt.dscr),
        rate,
        np.broadcast_to(column(debt.tenor_years)[:, 0], cfads_usd_nominal.shape[:1]),
        negative_amortisation=debt.negative_amortisation,
    )


def _unit_loan(debt: Debt, count: int, years: int) -> Schedule:
    """Return a loan of one dollar."""
    build = level_payment if debt.repayment == "level_payment" else level_principal
    return build(np.ones(count), debt.interest_frac, debt.tenor_years, years)


def _size_by_share(share: Array, fixed: Array, fee: Array, reserve: Array, *, once: bool) -> Array:
    """Return D; the fee and the reserve are per dollar of loan."""
    if once:
        with_fee = share * (1.0 + share * fee)
        return np.asarray(with_fee * fixed / (1.0 - with_fee * reserve))
    return np.asarray(share * fixed / (1.0 - share * (fee + reserve)))


def _capped(loan: Schedule, most: Array, fixed: Array, fee: Array, months: Array) -> Schedule:
    """Scale a loan down to a share of the uses, where it is larger."""
    size = loan.size_usd_nominal
    some = size > 0
    reserve = (
        months * np.where(some, loan.service_usd_nominal[:, 0], 0.0) / np.where(some, size, 1.0)
    )
    limited = np.isfinite(most)
    share = np.where(limited, most, 0.0)
    limit = np.where(limited, _size_by_share(share, fixed, fee, reserve, once=False), np.inf)
    too_large = some & (size > limit)
    return loan.scaled(np.where(too_large, limit, 1.0) / np.where(too_large, size, 1.0))
