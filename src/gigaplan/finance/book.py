"""Book of projects: what they earn, owe, hold, deduct and share out, before lines and figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.covenants import Tests, yearly_tests
from gigaplan.finance.debt import Schedule, cover
from gigaplan.finance.junior import SharedOut, YearlyCash, junior_sizes, share_out
from gigaplan.finance.operations import Operations, maintain, operate
from gigaplan.finance.project import Project
from gigaplan.finance.reserves import months_ahead
from gigaplan.finance.row_counts import project_count
from gigaplan.finance.sale import held, sale_price, until_sale
from gigaplan.finance.senior import Senior, senior_loan
from gigaplan.finance.sizing_cases import SizedCase, sized_cases
from gigaplan.finance.tax_base import TaxBase, tax_base
from gigaplan.finance.term_loan import Uses, term_loan

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Book:
    """What was worked out for projects; dimensions project, period [USD].

    Parameters
    ----------
    run
        Operations of the years in which the projects are held.
    cfads_usd_nominal, lenders_cfads_usd_nominal
        Cash flow available for debt service: of those years, and as if nothing were sold.
    spent_usd_nominal
        Spending on major maintenance.
    cases
        Sizing cases, worked out.
    scheduled, uses, senior
        The loan at close, the uses, and the loan as paid.
    reserves_usd_nominal, earned_usd_nominal
        Balances of all reserve accounts, with period 0, and interest on them.
    base
        Deductions and credits.
    price_usd_nominal
        Price of a sale.
    tests
        What the covenants find; None without covenants.
    shared
        Taxes, and who gets the cash.
    owners_usd_nominal
        Flow of the owners, with period 0.
    """

    run: Operations
    cfads_usd_nominal: Array
    lenders_cfads_usd_nominal: Array
    spent_usd_nominal: Array
    cases: tuple[SizedCase, ...]
    scheduled: Schedule
    uses: Uses
    senior: Senior
    reserves_usd_nominal: Array
    earned_usd_nominal: Array
    base: TaxBase
    price_usd_nominal: Array
    tests: Tests | None
    shared: SharedOut
    owners_usd_nominal: Array

    @property
    def shape(self) -> tuple[int, int]:
        """Number of projects and of years."""
        count, years = self.cfads_usd_nominal.shape
        return count, years


def keep_book(project: Project) -> Book:
    """Work out projects whose fields were checked."""
    inflation, sale = column(project.inflation_frac), project.sale
    whole = operate(project.plant, project.contract, project.costs, inflation)
    run = until_sale(whole, sale)
    shape = (project_count(project), run.ebitda_usd_nominal.shape[1])
    saved, spent, set_aside, written_off = maintain(
        project.reserves.maintenance, inflation, column(project.plant.life_years), shape
    )
    lenders = np.broadcast_to(whole.ebitda_usd_nominal, shape) - saved
    cases = sized_cases(project, saved)
    working = months_ahead(
        np.broadcast_to(run.running_cost_usd_nominal, shape),
        project.reserves.working_capital_months,
    )
    scheduled, uses = term_loan(project, lenders, working[:, 0], cases)
    senior = senior_loan(project, scheduled, lenders, uses.total_usd_nominal)
    reserves = working + months_ahead(senior.due_usd_nominal, project.reserves.debt_service_months)
    reserves[:, 1:] += set_aside if sale is None else _before(set_aside, sale.year)
    spent, written_off = held(spent, sale), held(written_off, sale)
    cash = np.broadcast_to(run.ebitda_usd_nominal, shape) - held(saved, sale)
    base = tax_base(project, uses, run.energy_mwh, run.operating, (spent, written_off))
    tests = _tests(project, cash, senior)
    earned = column(project.reserves.interest_frac) * reserves[:, :-1]
    price = sale_price(sale, whole, shape)
    ebitda, change = np.broadcast_to(run.ebitda_usd_nominal, shape), np.diff(reserves, axis=1)
    yearly = _yearly_cash(project, _Cash(ebitda, earned, change, spent, senior, base, price, tests))
    sizes = junior_sizes(project, uses.total_usd_nominal, scheduled.size_usd_nominal)
    shared = share_out(project, yearly, sizes)
    paid_in = uses.total_usd_nominal - scheduled.size_usd_nominal - sizes[0] - sizes[1]
    owners = np.concatenate([-paid_in[:, None], shared.owners_usd_nominal], axis=1)
    return Book(
        run,
        cash,
        lenders,
        spent,
        cases,
        scheduled,
        uses,
        senior,
        reserves,
        earned,
        base,
        price,
        tests,
        shared,
        owners,
    )


@dataclass(frozen=True)
class _Cash:
    """What the cash of the years is made of; dimensions project, period [USD]."""

    ebitda: Array
    earned: Array
    reserve_change: Array
    spent: Array
    senior: Senior
    base: TaxBase
    price: Array
    tests: Tests | None


def _before(line: Array, year: int) -> Array:
    """Return a line before a year, and zeros from it on."""
    return np.where(np.arange(1, line.shape[1] + 1) < year, line, 0.0)


def _tests(project: Project, cash: Array, senior: Senior) -> Tests | None:
    """Return what the covenants find."""
    if project.covenants is None:
        return None
    owed = senior.loan.balance_usd_nominal
    ended = owed <= 1e-9 * senior.loan.size_usd_nominal[:, None]
    if project.refinancing is not None:
        ended[:, int(project.refinancing.year) - 1] = True
    return yearly_tests(project.covenants, cover(cash, senior.due_usd_nominal), ended)


def _yearly_cash(project: Project, cash: _Cash) -> YearlyCash:
    """Return what the years bring after the senior loan and the reserves."""
    senior, base, price = cash.senior, cash.base, cash.price
    loan, last_year = senior.loan, column(project.plant.life_years)[:, 0]
    before_tax = (
        cash.ebitda + cash.earned - loan.service_usd_nominal - cash.reserve_change - cash.spent
    )
    extras = (
        base.carbon_usd_nominal,
        -base.recapture_usd_nominal,
        senior.net_drawn_usd_nominal,
        price,
    )
    income = cash.ebitda + cash.earned - loan.interest_usd_nominal
    federal, state = base.federal_usd_nominal, base.state_usd_nominal
    if project.refinancing is not None:
        income = income - senior.fee_deducted_usd_nominal
    if project.sale is not None:
        income = income + price
        at_sale = np.where(np.arange(1, price.shape[1] + 1) == project.sale.year, 1.0, 0.0)
        federal = federal + base.federal_left_usd_nominal[:, None] * at_sale
        state = state + base.state_left_usd_nominal[:, None] * at_sale
        last_year = np.minimum(last_year, project.sale.year)
    return YearlyCash(
        before_tax,
        (base.itc_usd_nominal, base.ptc_usd_nominal, *(line for line in extras if line.any())),
        income,
        federal,
        state,
        np.zeros(price.shape, dtype=bool) if cash.tests is None else cash.tests.locked,
        last_year,
    )
