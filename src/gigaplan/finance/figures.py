"""Figures of a pro forma: worth, levelised prices, sizes and cover."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.book import Book
from gigaplan.finance.debt import cover, life_cover
from gigaplan.finance.ledger import late
from gigaplan.finance.present_value import npv_on_a_curve
from gigaplan.finance.project import Project
from gigaplan.finance.sale import held
from gigaplan.finance.yearly_returns import payback_years

Array = npt.NDArray[np.float64]


def figures(project: Project, book: Book) -> dict[str, Array]:
    r"""Return worth, levelised prices and cover; life cover is that of the loan as scheduled.

    Levelised cost is the worth of what owners pay, all flows but the revenue of the contract, over
    the worth of energy. The real one discounts the same nominal money at the nominal rate, and
    energy at the real rate. With a curve of inflation the discount factor of a year is the product
    of the years up to it.
    """
    run, loan, owners = book.run, book.scheduled, book.owners_usd_nominal
    cash, due = book.cfads_usd_nominal, book.senior.due_usd_nominal
    real = column(project.real_discount_frac)
    nominal = (1.0 + real) * (1.0 + column(project.inflation_frac)) - 1.0
    shape = cash.shape
    revenue = late(np.broadcast_to(run.lines_usd_nominal["energy_revenue"], shape))
    other = late(np.broadcast_to(run.lines_usd_nominal["other_revenue"], shape))
    energy = late(np.broadcast_to(run.energy_mwh, shape))
    cost = -npv_on_a_curve(owners - revenue - other, nominal)
    sold = npv_on_a_curve(revenue, nominal)
    by_rate = {"nominal": npv_on_a_curve(energy, nominal), "real": npv_on_a_curve(energy, real)}
    ratio = cover(cash, due)
    indebted = np.isfinite(ratio).any(axis=1)
    counted = np.maximum(np.isfinite(ratio).sum(axis=1), 1)
    tenor, rate = column(project.debt.tenor_years)[:, 0], project.debt.interest_frac
    total = book.uses.total_usd_nominal
    metrics = {
        "npv_usd_nominal": npv_on_a_curve(owners, nominal),
        "payback_years": payback_years(owners),
        "debt_usd_nominal": loan.size_usd_nominal,
        "equity_usd_nominal": total
        - loan.size_usd_nominal
        - book.shared.mezzanine.size_usd_nominal,
        "uses_usd_nominal": total,
        "debt_share_frac": loan.size_usd_nominal / np.where(total > 0, total, np.nan),
        "min_dscr": _least_cover(cash, due),
        "mean_dscr": np.where(indebted, np.nansum(ratio, axis=1) / counted, np.nan),
        "llcr": life_cover(book.lenders_cfads_usd_nominal, loan, rate, tenor),
        "plcr": life_cover(book.lenders_cfads_usd_nominal, loan, rate, shape[1]),
    }
    for name, worth in by_rate.items():
        some = np.where(worth > 0, worth, np.nan)
        metrics[f"lcoe_{name}_usd_per_mwh"] = cost / some
        metrics[f"lppa_{name}_usd_per_mwh"] = sold / some
    return metrics | _figures_of_terms(project, book)


def _figures_of_terms(project: Project, book: Book) -> dict[str, Array]:
    """Return the figures of sizing cases, covenants, a new loan and junior money, where given."""
    senior, shared, found = book.senior, book.shared, {}
    for case in book.cases:
        found[f"min_dscr_{case.name}"] = _least_cover(
            held(case.cfads_usd_nominal, project.sale), senior.due_usd_nominal
        )
    if book.tests is not None:
        found["lock_up_years"] = book.tests.locked.sum(axis=1).astype(float)
        found["default_years"] = book.tests.defaulted.sum(axis=1).astype(float)
    if project.refinancing is not None:
        found["refinancing_loan_usd_nominal"] = senior.drawn_usd_nominal.sum(axis=1)
        net = senior.drawn_usd_nominal - senior.repaid_usd_nominal - senior.fee_usd_nominal
        found["refinancing_proceeds_usd_nominal"] = net.sum(axis=1)
    for name, terms, paid in (
        ("mezzanine", project.mezzanine, shared.mezzanine),
        ("preferred", project.preferred, shared.preferred),
    ):
        if terms is not None:
            found[f"{name}_usd_nominal"] = paid.size_usd_nominal
            found[f"{name}_unpaid_usd_nominal"] = paid.unpaid_usd_nominal
    return found


def _least_cover(cash: Array, due: Array) -> Array:
    """Return the least cover ratio of years with service; NaN without any."""
    ratio = cover(cash, due)
    least = np.where(np.isfinite(ratio), ratio, np.inf).min(axis=1)
    return np.where(np.isfinite(least), least, np.nan)
