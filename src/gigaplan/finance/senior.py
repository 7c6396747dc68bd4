"""Senior loan as it is paid: with what is swept, a new loan in its place, and a sale."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.debt import Schedule, sculpted, swept
from gigaplan.finance.project import Debt, Project
from gigaplan.finance.sale import held
from gigaplan.finance.stack_terms import Refinancing, Sale

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Senior:
    """The senior loan; dimensions project, period [USD].

    Parameters
    ----------
    loan
        Interest and principal as paid, without what a new loan or a sale repays, and the balance
        at the end of each year, of the new loan from the year in which it is drawn.
    due_usd_nominal
        Interest and scheduled principal: what the cover ratio and the reserve are about.
    swept_usd_nominal
        Part of the principal that is paid early.
    drawn_usd_nominal, repaid_usd_nominal, fee_usd_nominal
        The new loan, the old balance that it repays, and its fee.
    fee_deducted_usd_nominal
        Part of the fee that lowers the income of a year.
    repaid_at_sale_usd_nominal
        Balance that is repaid when the project is sold.
    """

    loan: Schedule
    due_usd_nominal: Array
    swept_usd_nominal: Array
    drawn_usd_nominal: Array
    repaid_usd_nominal: Array
    fee_usd_nominal: Array
    fee_deducted_usd_nominal: Array
    repaid_at_sale_usd_nominal: Array

    @property
    def net_drawn_usd_nominal(self) -> Array:
        """What new loan and sale bring, beside interest and principal [USD]."""
        repaid = self.repaid_usd_nominal + self.repaid_at_sale_usd_nominal
        return self.drawn_usd_nominal - repaid - self.fee_usd_nominal


def senior_loan(
    project: Project, scheduled: Schedule, cfads_usd_nominal: Array, uses_usd_nominal: Array
) -> Senior:
    """Return the loan as paid.

    Parameters
    ----------
    project
        Share of cash that is swept, new loan and sale.
    scheduled
        The loan without them.
    cfads_usd_nominal
        Cash flow available for debt service, as if nothing were sold; dimensions project, period
        [USD].
    uses_usd_nominal
        Uses at close; dimension project [USD].
    """
    senior = swept_loan(project.debt, scheduled, cfads_usd_nominal)
    if project.refinancing is not None:
        senior = _refinanced(senior, project.refinancing, cfads_usd_nominal, uses_usd_nominal)
    return senior if project.sale is None else _repaid_at_sale(senior, project.sale)


def swept_loan(debt: Debt, scheduled: Schedule, cfads_usd_nominal: Array) -> Senior:
    r"""Return the loan with what is swept.

    .. math:: S^{\mathrm{due}}_t = \min\left(S^{\mathrm{sched}}_t,\; (1 + i_t) B_{t-1}\right)

    Examples
    --------
    Half of the 40 that service of 60 leaves is swept in year 1:

    >>> from gigaplan.finance.debt import level_principal
    >>> loan = level_principal(100.0, 0.1, 2, 2)
    >>> found = swept_loan(Debt(sweep_frac=0.5), loan, np.array([[100.0, 100.0]]))
    >>> found.loan.principal_usd_nominal.tolist(), found.due_usd_nominal.tolist()
    ([[70.0, 30.0]], [[60.0, 33.0]])
    """
    none = np.zeros_like(scheduled.interest_usd_nominal)
    if not np.any(np.asarray(debt.sweep_frac) > 0):
        due = scheduled.service_usd_nominal
        return Senior(scheduled, due, none, none, none, none, none, none)
    loan = swept(
        scheduled,
        cfads_usd_nominal,
        column(debt.sweep_frac)[:, 0],
        from_year=column(debt.sweep_from_year)[:, 0],
    )
    opening = loan.principal_usd_nominal + loan.balance_usd_nominal
    due = np.minimum(scheduled.service_usd_nominal, loan.interest_usd_nominal + opening)
    early = np.maximum(loan.service_usd_nominal - due, 0.0)
    return Senior(loan, due, early, none, none, none, none, none)


def _refinanced(
    senior: Senior, terms: Refinancing, cfads_usd_nominal: Array, uses_usd_nominal: Array
) -> Senior:
    r"""Return the loan with another one in its place from a year on.

    .. math::

        D' = \min\left(\sum_{t=Y+1}^{Y+N} \frac{\mathrm{CFADS}_t}{\mathrm{DSCR}}
             \prod_{k=Y+1}^{t} (1 + i_k)^{-1},\; g \, U\right), \qquad
        x_Y = \ldots + (1 - f) D' - B_Y

    The fee is deducted from income in equal parts over the years N of the new loan. The sweep ends
    with the old loan.
    """
    year, count = int(terms.year), cfads_usd_nominal.shape[0]
    rate = column(terms.interest_frac)
    new = sculpted(
        cfads_usd_nominal[:, year:],
        column(terms.dscr),
        rate if rate.shape[1] == 1 else rate[:, year:],
        np.broadcast_to(column(terms.tenor_years)[:, 0], (count,)),
    )
    share = column(terms.most_share_frac)[:, 0]
    limited = np.isfinite(share)
    most = np.where(limited, np.where(limited, share, 0.0) * uses_usd_nominal, np.inf)
    size = new.size_usd_nominal
    new = new.scaled(np.minimum(size, most) / np.where(size > 0, size, 1.0))
    old = senior.loan
    owed = np.concatenate(
        [old.balance_usd_nominal[:, : year - 1], new.size_usd_nominal[:, None]], axis=1
    )
    loan = Schedule(
        old.size_usd_nominal,
        _joined(old.interest_usd_nominal, new.interest_usd_nominal, year),
        _joined(old.principal_usd_nominal, new.principal_usd_nominal, year),
        np.concatenate([owed, new.balance_usd_nominal], axis=1),
    )
    drawn, repaid, fee = (np.zeros_like(cfads_usd_nominal) for _ in range(3))
    drawn[:, year - 1] = new.size_usd_nominal
    repaid[:, year - 1] = old.balance_usd_nominal[:, year - 1]
    fee[:, year - 1] = column(terms.fee_frac)[:, 0] * new.size_usd_nominal
    tenor, after = column(terms.tenor_years), np.arange(1, fee.shape[1] + 1) - year
    in_loan = (after >= 1) & (after <= tenor)
    return replace(
        senior,
        loan=loan,
        due_usd_nominal=_joined(senior.due_usd_nominal, new.service_usd_nominal, year),
        swept_usd_nominal=_joined(senior.swept_usd_nominal, 0.0 * new.service_usd_nominal, year),
        drawn_usd_nominal=drawn,
        repaid_usd_nominal=repaid,
        fee_usd_nominal=fee,
        fee_deducted_usd_nominal=fee.sum(axis=1, keepdims=True) * in_loan / tenor,
    )


def _joined(old: Array, new: Array, year: int) -> Array:
    """Return a line of the old loan up to a year, and that of the new one after it."""
    return np.concatenate([old[:, :year], new], axis=1)


def _repaid_at_sale(senior: Senior, sale: Sale) -> Senior:
    """Return the loan up to a sale, which repays it; what is left of the fee is deducted."""
    place, loan = int(sale.year) - 1, senior.loan
    repaid = np.zeros_like(loan.balance_usd_nominal)
    repaid[:, place] = loan.balance_usd_nominal[:, place]
    deducted = held(senior.fee_deducted_usd_nominal, sale)
    deducted[:, place] += (senior.fee_deducted_usd_nominal - deducted).sum(axis=1)
    return replace(
        senior,
        loan=Schedule(
            loan.size_usd_nominal,
            held(loan.interest_usd_nominal, sale),
            held(loan.principal_usd_nominal, sale),
            held(loan.balance_usd_nominal, sale) - repaid,
        ),
        due_usd_nominal=held(senior.due_usd_nominal, sale),
        swept_usd_nominal=held(senior.swept_usd_nominal, sale),
        fee_deducted_usd_nominal=deducted,
        repaid_at_sale_usd_nominal=repaid,
    )
