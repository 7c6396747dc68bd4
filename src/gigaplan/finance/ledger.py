"""Ledger of a pro forma: its lines with their signs, period 0 first."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gigaplan.finance.book import Book
from gigaplan.finance.junior import Paid
from gigaplan.finance.project import Project

Array = npt.NDArray[np.float64]

EARNING = ("energy_revenue", "other_revenue", "salvage")


def late(line: Array) -> Array:
    """Put a period 0 without money before the years.

    Examples
    --------
    >>> late(np.array([[1.0, 2.0]])).tolist()
    [[0.0, 1.0, 2.0]]
    """
    return np.concatenate([np.zeros((line.shape[0], 1)), line], axis=1)


def ledger_lines(project: Project, book: Book) -> dict[str, Array]:
    """Return every line by name with its unit; lines of terms only where the terms are given.

    Inflows are positive, costs and payments negative; balances are positive.
    """
    shape, run, loan, uses = book.shape, book.run, book.senior.loan, book.uses
    lines = {"energy_mwh": late(np.broadcast_to(run.energy_mwh, shape))}
    for name, line in run.lines_usd_nominal.items():
        sign = 1.0 if name in EARNING else -1.0
        lines[f"{name}_usd_nominal"] = late(sign * np.broadcast_to(line, shape))
    reserves, base, shared = book.reserves_usd_nominal, book.base, book.shared
    change = np.diff(reserves, axis=1)
    spent = uses.total_usd_nominal - uses.reserves_usd_nominal
    balance = np.concatenate([loan.size_usd_nominal[:, None], loan.balance_usd_nominal], axis=1)
    lines |= {
        "ebitda_usd_nominal": late(np.broadcast_to(run.ebitda_usd_nominal, shape)),
        "purchase_usd_nominal": _at_close(-spent, shape),
        "debt_drawn_usd_nominal": _at_close(loan.size_usd_nominal, shape),
        "interest_usd_nominal": late(-loan.interest_usd_nominal),
        "principal_usd_nominal": late(-loan.principal_usd_nominal),
        "debt_balance_usd_nominal": balance,
        "federal_depreciation_usd_nominal": late(base.federal_usd_nominal),
        "state_depreciation_usd_nominal": late(base.state_usd_nominal),
        "federal_tax_usd_nominal": late(-shared.federal_tax_usd_nominal),
        "state_tax_usd_nominal": late(-shared.state_tax_usd_nominal),
        "itc_usd_nominal": late(base.itc_usd_nominal),
        "ptc_usd_nominal": late(base.ptc_usd_nominal),
        "owner_flow_usd_nominal": book.owners_usd_nominal,
        "cfads_usd_nominal": late(book.cfads_usd_nominal),
        "maintenance_usd_nominal": late(-book.spent_usd_nominal),
        "reserve_change_usd_nominal": np.concatenate([-reserves[:, :1], -change], axis=1),
        "reserve_balance_usd_nominal": reserves,
        "reserve_interest_usd_nominal": late(book.earned_usd_nominal),
    }
    lines |= _lines_of_terms(project, book)
    return {name: line + 0.0 for name, line in lines.items()}  # -0.0 becomes 0.0


def _at_close(amount: Array, shape: tuple[int, int]) -> Array:
    """Put an amount into period 0."""
    line = np.zeros((shape[0], shape[1] + 1))
    line[:, 0] = amount
    return line


def _lines_of_terms(project: Project, book: Book) -> dict[str, Array]:
    """Return the lines of sweep, covenants, new loan, junior money, carbon credit and sale."""
    senior, base, shared = book.senior, book.base, book.shared
    lines = {}
    if senior.swept_usd_nominal.any():
        lines["swept_usd_nominal"] = late(-senior.swept_usd_nominal)
    if book.tests is not None:
        trapped = late(shared.trapped_usd_nominal)
        lines["trapped_change_usd_nominal"] = late(-np.diff(trapped, axis=1))
        lines["trapped_balance_usd_nominal"] = trapped
        lines["lock_up_flag"] = late(book.tests.locked.astype(float))
        lines["default_flag"] = late(book.tests.defaulted.astype(float))
    if project.refinancing is not None:
        lines["refinancing_drawn_usd_nominal"] = late(senior.drawn_usd_nominal)
        lines["refinancing_repaid_usd_nominal"] = late(-senior.repaid_usd_nominal)
        lines["refinancing_fee_usd_nominal"] = late(-senior.fee_usd_nominal)
    if project.mezzanine is not None:
        lines |= _junior_lines("mezzanine", "interest", "principal", shared.mezzanine)
    if project.preferred is not None:
        lines |= _junior_lines("preferred", "return", "redemption", shared.preferred)
    if base.carbon_usd_nominal.any():
        lines["carbon_credit_usd_nominal"] = late(base.carbon_usd_nominal)
    if base.recapture_usd_nominal.any():
        lines["credit_recapture_usd_nominal"] = late(-base.recapture_usd_nominal)
    if project.sale is not None:
        lines["sale_usd_nominal"] = late(book.price_usd_nominal)
        lines["sale_debt_repaid_usd_nominal"] = late(-senior.repaid_at_sale_usd_nominal)
    return lines


def _junior_lines(name: str, interest: str, principal: str, paid: Paid) -> dict[str, Array]:
    """Return the lines of one kind of junior money."""
    size = paid.size_usd_nominal
    return {
        f"{name}_drawn_usd_nominal": _at_close(size, paid.balance_usd_nominal.shape),
        f"{name}_{interest}_usd_nominal": late(-paid.interest_usd_nominal),
        f"{name}_{principal}_usd_nominal": late(-paid.principal_usd_nominal),
        f"{name}_accrued_usd_nominal": late(paid.accrued_usd_nominal),
        f"{name}_balance_usd_nominal": np.concatenate(
            [size[:, None], paid.balance_usd_nominal], axis=1
        ),
    }
