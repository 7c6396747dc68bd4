"""Sizing cases: one loan that several cases of energy and price can carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.debt import Schedule, loan_of_balances, sculpted
from gigaplan.finance.operations import operate
from gigaplan.finance.project import Project

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SizedCase:
    """A sizing case, worked out.

    Parameters
    ----------
    name
        Name of the case.
    cfads_usd_nominal
        Cash flow available for debt service; dimensions project, period [USD].
    loan
        The largest loan that the case carries at its ratio.
    """

    name: str
    cfads_usd_nominal: Array
    loan: Schedule


def sized_cases(project: Project, saved_usd_nominal: Array) -> tuple[SizedCase, ...]:
    """Return the cash and the sculpted loan of each sizing case.

    Parameters
    ----------
    project
        The projects; factors of a case come on top of those of plant and contract.
    saved_usd_nominal
        Savings for major maintenance; dimensions project, period [USD].
    """
    debt, plant, contract = project.debt, project.plant, project.contract
    tenor = np.broadcast_to(column(debt.tenor_years)[:, 0], saved_usd_nominal.shape[:1])
    found = []
    for case in debt.cases:
        run = operate(
            replace(plant, energy_factor=column(plant.energy_factor) * column(case.energy_factor)),
            replace(
                contract, price_factor=column(contract.price_factor) * column(case.price_factor)
            ),
            project.costs,
            column(project.inflation_frac),
        )
        cash = run.ebitda_usd_nominal - saved_usd_nominal
        loan = sculpted(cash, column(case.dscr), column(debt.interest_frac), tenor)
        found.append(SizedCase(case.name, cash, loan))
    return tuple(found)


def smallest_loan(cases: Sequence[SizedCase], interest_frac: Array) -> Schedule:
    r"""Return the loan whose balance is the least of those of all cases.

    .. math:: B_t = \min_k B_{k,t}, \qquad D = \min_k D_k

    Where one case binds from the first year to the last, this is its loan. Where balances cross,
    the loan is repaid in time for the case that carries less later on.

    Parameters
    ----------
    cases
        The cases, worked out; one or more.
    interest_frac
        Rate of the loan, as a column or a curve [frac/yr].

    Examples
    --------
    >>> cash = [np.array([[130.0, 65.0]]), np.array([[100.0, 50.0]])]
    >>> cases = [SizedCase("P50", cash[0], sculpted(cash[0], 1.3, 0.1, 2)),
    ...          SizedCase("P99", cash[1], sculpted(cash[1], 1.05, 0.1, 2))]
    >>> smallest_loan(cases, np.array([[0.1]])).service_usd_nominal.round(3).tolist()
    [[95.238, 47.619]]
    """
    balances = [
        np.concatenate([case.loan.size_usd_nominal[:, None], case.loan.balance_usd_nominal], axis=1)
        for case in cases
    ]
    return loan_of_balances(np.minimum.reduce(balances), interest_frac)


def binding_case(cases: Sequence[SizedCase]) -> npt.NDArray[np.str_]:
    """Return the name of the case with the smallest loan; dimension project."""
    sizes = np.stack([case.loan.size_usd_nominal for case in cases])
    names = np.array([case.name for case in cases])
    return np.asarray(names[np.argmin(sizes, axis=0)])
