"""Pro forma: the cash flow of a project with one owner, year by year, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.finance.book import keep_book
from gigaplan.finance.checks import check_project
from gigaplan.finance.figures import figures
from gigaplan.finance.ledger import ledger_lines
from gigaplan.finance.project import Project
from gigaplan.finance.sizing_cases import binding_case
from gigaplan.finance.yearly_returns import irr

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ProForma:
    """The finance of projects.

    Parameters
    ----------
    ledger
        Lines by name with their unit; dimensions project, period, with period 0 first. Inflows are
        positive, costs and payments negative; balances are positive.
    metrics
        Figures by name with their unit; dimension project.
    irr_status
        ``one``, ``none`` or ``several`` rates of return; dimension project.
    binding_case
        Name of the sizing case with the smallest loan; dimension project. None without cases.
    """

    ledger: Mapping[str, Array]
    metrics: Mapping[str, Array]
    irr_status: npt.NDArray[np.str_]
    binding_case: npt.NDArray[np.str_] | None = None

    def one(self, project: int, life_years: int) -> ProForma:
        """Return the finance of one project alone, up to the end of its life."""
        row = slice(project, project + 1)
        ledger = {name: line[row, : life_years + 1] for name, line in self.ledger.items()}
        metrics = {name: values[row] for name, values in self.metrics.items()}
        return ProForma(ledger, metrics, self.irr_status[row])

    def frame(self, project: int = 0) -> pd.DataFrame:
        """Return the ledger of one project: a row for each period, a column for each line."""
        lines = {name: line[project] for name, line in self.ledger.items()}
        return pd.DataFrame(lines).rename_axis("period")


def pro_forma(project: Project) -> ProForma:
    r"""Return the cash flow, debt, taxes and returns of projects with one owner each.

    .. math::

        x_0 = D - U, \qquad
        x_t = \mathrm{EBITDA}_t + y_t - S_t - s_t - \Delta R_t - T_t + C_t

    with uses :math:`U = \text{cost} + \text{fees} + R_0`, debt D, interest on reserves y, debt
    service S, savings for maintenance s, reserves R, taxes T and tax credits C. Covenants, a new
    loan, junior money and a sale come on top, see :mod:`~gigaplan.finance.junior` and
    :mod:`~gigaplan.finance.senior`.

    Parameters
    ----------
    project
        The projects.

    Returns
    -------
    ProForma
        Ledger and metrics.

    Raises
    ------
    InputError
        If a field cannot be used.

    References
    ----------
    SAM (NREL), module ``Singleowner``: with the options ``fee_once`` and
    ``negative_amortisation`` of the loan, every line is equal to SAM's.

    Examples
    --------
    100 spent, 30 a year for five years, no debt and no tax:

    >>> from gigaplan.finance.project import Contract, Plant
    >>> from gigaplan.finance.tax import Taxes
    >>> deal = Project(Plant(100.0, 1.0, 10.0, 5), Contract(3.0), taxes=Taxes(0.0),
    ...                inflation_frac=0.0, real_discount_frac=0.1)
    >>> found = pro_forma(deal).metrics
    >>> names = ("npv_usd_nominal", "irr_frac", "payback_years")
    >>> [round(float(found[name][0]), 6) for name in names]
    [13.723603, 0.152382, 3.333333]
    """
    check_project(project)
    book = keep_book(project)
    found = irr(book.owners_usd_nominal)
    metrics = figures(project, book) | {"irr_frac": found.rate_frac}
    binding = binding_case(book.cases) if book.cases else None
    return ProForma(ledger_lines(project, book), metrics, found.status, binding)
