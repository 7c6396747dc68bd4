"""Senior loan as it is paid: with what is swept, and what lenders test and hold reserves for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.finance.debt import Schedule, swept
from gigaplan.finance.operations import column
from gigaplan.finance.project import Debt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Senior:
    """The senior loan; dimensions project, period.

    Parameters
    ----------
    loan
        Interest and principal as paid, and the balance at the end of each year.
    due_usd_nominal
        Interest and scheduled principal: what the cover ratio and the reserve are about [USD].
    swept_usd_nominal
        Part of the principal that is paid early [USD].
    """

    loan: Schedule
    due_usd_nominal: Array
    swept_usd_nominal: Array


def senior_loan(debt: Debt, scheduled: Schedule, cfads_usd_nominal: Array) -> Senior:
    r"""Return the loan as paid.

    .. math:: S^{\mathrm{due}}_t = \min\left(S^{\mathrm{sched}}_t,\; (1 + i_t) B_{t-1}\right)

    Parameters
    ----------
    debt
        Terms of the loan, with the share of cash that is swept.
    scheduled
        The loan without a sweep.
    cfads_usd_nominal
        Cash flow available for debt service; dimensions project, period [USD].

    Examples
    --------
    Half of the 40 that service of 60 leaves is swept in year 1:

    >>> from gigaplan.finance.debt import level_principal
    >>> loan = level_principal(100.0, 0.1, 2, 2)
    >>> found = senior_loan(Debt(sweep_frac=0.5), loan, np.array([[100.0, 100.0]]))
    >>> found.loan.principal_usd_nominal.tolist(), found.due_usd_nominal.tolist()
    ([[70.0, 30.0]], [[60.0, 33.0]])
    """
    if not np.any(np.asarray(debt.sweep_frac) > 0):
        due = scheduled.service_usd_nominal
        return Senior(scheduled, due, np.zeros_like(due))
    loan = swept(
        scheduled,
        cfads_usd_nominal,
        column(debt.sweep_frac)[:, 0],
        from_year=column(debt.sweep_from_year)[:, 0],
    )
    opening = loan.principal_usd_nominal + loan.balance_usd_nominal
    due = np.minimum(scheduled.service_usd_nominal, loan.interest_usd_nominal + opening)
    return Senior(loan, due, np.maximum(loan.service_usd_nominal - due, 0.0))
