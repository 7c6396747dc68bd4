"""Junior money: taxes, trapped cash, mezzanine, preferred equity and owners, paid in this order.

A year's junior interest depends on what earlier years paid, and the year's tax on that interest:
the years are worked out one after the other. Nothing in a year depends on the same year twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.project import Number, Project
from gigaplan.finance.stack_terms import Mezzanine, Preferred
from gigaplan.finance.tax import federal_and_state_tax

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class YearlyCash:
    """What the years bring before anything junior; dimensions project, period.

    Parameters
    ----------
    before_tax_usd_nominal
        Cash after senior service and reserves, before tax [USD].
    untaxed_usd_nominal
        Lines that come on top and are not taxed, such as credits, in the order in which they are
        added [USD].
    income_usd_nominal
        Income before the deductions below, after senior interest [USD].
    federal_deductions_usd_nominal, state_deductions_usd_nominal
        Depreciation and the like [USD].
    locked
        Years under lock-up.
    last_year
        Last year of the project; dimension project [years].
    """

    before_tax_usd_nominal: Array
    untaxed_usd_nominal: tuple[Array, ...]
    income_usd_nominal: Array
    federal_deductions_usd_nominal: Array
    state_deductions_usd_nominal: Array
    locked: Flags
    last_year: Array


@dataclass(frozen=True)
class Paid:
    """Money paid to, and owed to, one kind of junior money; dimensions project, period [USD].

    Parameters
    ----------
    size_usd_nominal
        Paid in at close; dimension project.
    interest_usd_nominal, principal_usd_nominal
        Paid in cash: interest or return, and repayment.
    accrued_usd_nominal
        Interest or return that is added to the balance.
    balance_usd_nominal
        At the ends of the years.
    unpaid_usd_nominal
        Owed after the year in which all was due; dimension project.
    """

    size_usd_nominal: Array
    interest_usd_nominal: Array
    principal_usd_nominal: Array
    accrued_usd_nominal: Array
    balance_usd_nominal: Array
    unpaid_usd_nominal: Array


@dataclass(frozen=True)
class SharedOut:
    """Who gets the cash of each year; dimensions project, period [USD].

    Parameters
    ----------
    federal_tax_usd_nominal, state_tax_usd_nominal
        Taxes, positive when paid.
    trapped_usd_nominal
        Cash trapped at the ends of the years.
    mezzanine, preferred
        The junior loan and the preferred equity.
    owners_usd_nominal
        What is left, or paid in.
    """

    federal_tax_usd_nominal: Array
    state_tax_usd_nominal: Array
    trapped_usd_nominal: Array
    mezzanine: Paid
    preferred: Paid
    owners_usd_nominal: Array


def junior_sizes(
    project: Project, uses_usd_nominal: Array, debt_usd_nominal: Array
) -> tuple[Array, Array]:
    r"""Return what mezzanine and preferred equity pay at close; dimension project.

    .. math:: M = \min(m \, U, \max(U - D, 0)), \qquad P = p \, \max(U - D - M, 0)
    """
    left = np.maximum(uses_usd_nominal - debt_usd_nominal, 0.0)
    junior, shares = np.zeros_like(left), np.zeros_like(left)
    if project.mezzanine is not None:
        wanted = column(project.mezzanine.share_frac)[:, 0] * uses_usd_nominal
        junior = np.minimum(wanted, left)
    if project.preferred is not None:
        shares = column(project.preferred.share_frac)[:, 0] * (left - junior)
    return junior, shares


def share_out(project: Project, cash: YearlyCash, sizes: tuple[Array, Array]) -> SharedOut:
    r"""Return taxes and payments, year by year.

    .. math::

        K_t &= \max(K_{t-1} + x_t, 0) \text{ under lock-up, else } 0, \qquad
        f_t = K_{t-1} + x_t - K_t \\
        a_t &= \min(c B_{t-1}, f_t^+), \quad
        B'_t = (1 + c + p) B_{t-1} - a_t, \quad
        r_t = \min\left(\frac{B'_t}{N - t + 1}, f_t^+ - a_t\right), \quad
        B_t = B'_t - r_t

    with :math:`x_t` the cash after tax, K what is trapped, and a, r, B interest, repayment and
    balance of the mezzanine with its cash rate c, accruing rate p and tenor N. After the tenor all
    is due. Preferred equity is paid in the same way from what remains, and redeemed in its year.
    What is still owed when the project ends is lost.

    Parameters
    ----------
    project
        Taxes and terms of the junior money.
    cash
        What the years bring.
    sizes
        What mezzanine and preferred equity pay at close; dimension project [USD].
    """
    if project.covenants is None and project.mezzanine is None and project.preferred is None:
        return _all_to_owners(project, cash)
    count, years = cash.income_usd_nominal.shape
    mezzanine = project.mezzanine or Mezzanine(0.0, 0.0)
    preferred = project.preferred or Preferred(0.0, 0.0, 1)
    federal, state, trapped, owners, interest = (np.zeros((count, years)) for _ in range(5))
    lent, held, kept = sizes[0], sizes[1], np.zeros(count)
    to_lenders, to_holders = [], []
    rate = column(mezzanine.cash_interest_frac) + column(mezzanine.pik_interest_frac)
    for place in range(years):
        until, last = slice(0, place + 1), place + 1 >= cash.last_year
        interest[:, place] = rate[:, 0] * lent
        taxes = federal_and_state_tax(
            cash.income_usd_nominal[:, until] - interest[:, until],
            cash.federal_deductions_usd_nominal[:, until],
            cash.state_deductions_usd_nominal[:, until],
            project.taxes,
        )
        federal[:, place], state[:, place] = taxes[0][:, -1], taxes[1][:, -1]
        flow = cash.before_tax_usd_nominal[:, place] - federal[:, place] - state[:, place]
        for line in cash.untaxed_usd_nominal:
            flow = flow + line[:, place]
        there = kept + flow
        kept = np.where(cash.locked[:, place], np.maximum(there, 0.0), 0.0)
        trapped[:, place] = kept
        rest = there - kept
        step = _mezzanine_step(mezzanine, lent, place + 1, np.maximum(rest, 0.0), last)
        to_lenders.append(step)
        rest = rest - step.interest - step.principal
        lent = np.where(last, 0.0, step.balance)
        step = _preferred_step(preferred, held, place + 1, np.maximum(rest, 0.0), last)
        to_holders.append(step)
        owners[:, place] = rest - step.interest - step.principal
        held = np.where(last, 0.0, step.balance)
    return SharedOut(
        federal,
        state,
        trapped,
        _paid(sizes[0], to_lenders, mezzanine.tenor_years, cash.last_year),
        _paid(sizes[1], to_holders, preferred.redemption_year, cash.last_year),
        owners,
    )


def _all_to_owners(project: Project, cash: YearlyCash) -> SharedOut:
    """Return all years at once, when nobody stands between the senior loan and the owners."""
    federal, state = federal_and_state_tax(
        cash.income_usd_nominal,
        cash.federal_deductions_usd_nominal,
        cash.state_deductions_usd_nominal,
        project.taxes,
    )
    flow = cash.before_tax_usd_nominal - federal - state
    for line in cash.untaxed_usd_nominal:
        flow = flow + line
    none = np.zeros_like(flow)
    nobody = Paid(none[:, 0], none, none, none, none, none[:, 0])
    return SharedOut(federal, state, none, nobody, nobody, flow)


@dataclass(frozen=True)
class _Step:
    """What one year pays to one kind of junior money; dimension project [USD]."""

    interest: Array
    principal: Array
    accrued: Array
    balance: Array


def _mezzanine_step(terms: Mezzanine, owed: Array, year: int, there: Array, last: Flags) -> _Step:
    """Pay interest and a part of the junior loan from the cash there is."""
    left = np.maximum(column(terms.tenor_years)[:, 0] - year + 1, 1.0)
    part = np.where(last, 1.0, 1.0 / left)
    due = column(terms.cash_interest_frac)[:, 0] * owed
    return _step(owed, due, column(terms.pik_interest_frac)[:, 0] * owed, part, there)


def _preferred_step(terms: Preferred, owed: Array, year: int, there: Array, last: Flags) -> _Step:
    """Pay the return, and redeem the preferred equity in its year, from the cash there is."""
    redeemed = year >= column(terms.redemption_year)[:, 0]
    part = np.where(last | redeemed, 1.0, 0.0)
    due = column(terms.return_frac)[:, 0] * owed
    return _step(owed, due, np.zeros_like(due), part, there)


def _step(owed: Array, due: Array, accrues: Array, part: Array, there: Array) -> _Step:
    """Pay what is due and a part of the balance; what interest is not paid is added to it."""
    interest = np.minimum(due, there)
    accrued = accrues + due - interest
    balance = owed + accrued
    principal = np.minimum(balance * part, there - interest)
    return _Step(interest, principal, accrued, balance - principal)


def _paid(size: Array, steps: list[_Step], due_year: Number, last_year: Array) -> Paid:
    """Put the years side by side, and say what is owed after the one in which all was due."""
    lines = [
        np.stack([getattr(step, name) for step in steps], axis=1)
        for name in ("interest", "principal", "accrued", "balance")
    ]
    place = np.minimum(column(due_year)[:, 0], last_year).astype(int)[:, None] - 1
    place = np.broadcast_to(place, (size.size, 1))
    unpaid = np.take_along_axis(lines[3], place, axis=1)[:, 0]
    return Paid(size, lines[0], lines[1], lines[2], lines[3], unpaid)
