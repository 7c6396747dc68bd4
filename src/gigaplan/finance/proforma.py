"""Pro forma: the cash flow of a project with one owner, year by year, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.finance.arrays import column
from gigaplan.finance.checks import check_project
from gigaplan.finance.debt import Schedule, debt_service_cover, life_cover
from gigaplan.finance.depreciation import yearly_shares
from gigaplan.finance.operations import Operations, maintain, operate
from gigaplan.finance.present_value import npv
from gigaplan.finance.project import Project
from gigaplan.finance.reserves import months_ahead
from gigaplan.finance.row_counts import project_count
from gigaplan.finance.tax import federal_and_state_tax, production_tax_credit
from gigaplan.finance.term_loan import Uses, term_loan
from gigaplan.finance.yearly_returns import irr, payback_years

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
    """

    ledger: Mapping[str, Array]
    metrics: Mapping[str, Array]
    irr_status: npt.NDArray[np.str_]

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
    service S, savings for maintenance s, reserves R, taxes T and tax credits C.

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
    inflation = column(project.inflation_frac)
    life = column(project.plant.life_years)
    run = operate(project.plant, project.contract, project.costs, inflation)
    shape = (project_count(project), run.ebitda_usd_nominal.shape[1])
    ebitda = np.broadcast_to(run.ebitda_usd_nominal, shape)
    saved, spent, set_aside, written_off = maintain(
        project.reserves.maintenance, inflation, life, shape
    )
    cash = ebitda - saved
    working = months_ahead(
        np.broadcast_to(run.running_cost_usd_nominal, shape),
        project.reserves.working_capital_months,
    )
    loan, uses = term_loan(project, cash, working[:, 0])
    held = months_ahead(loan.service_usd_nominal, project.reserves.debt_service_months)
    reserves = working + held
    reserves[:, 1:] += set_aside
    earned = column(project.reserves.interest_frac) * reserves[:, :-1]
    change = np.diff(reserves, axis=1)
    taxed = _taxed(project, run, ebitda, earned, loan, uses, written_off)
    flow = (
        ebitda
        + earned
        - loan.service_usd_nominal
        - change
        - spent
        - taxed["federal_tax"]
        - taxed["state_tax"]
        + taxed["itc"]
        + taxed["ptc"]
    )
    equity = uses.total_usd_nominal - loan.size_usd_nominal
    owners = np.concatenate([-equity[:, None], flow], axis=1)
    ledger = _ledger(run, shape, loan, uses, taxed, owners)
    ledger |= {
        "cfads_usd_nominal": _late(cash),
        "maintenance_usd_nominal": _late(-spent),
        "reserve_change_usd_nominal": np.concatenate([-reserves[:, :1], -change], axis=1),
        "reserve_balance_usd_nominal": reserves,
        "reserve_interest_usd_nominal": _late(earned),
    }
    ledger = {name: line + 0.0 for name, line in ledger.items()}  # -0.0 becomes 0.0
    found = irr(owners)
    metrics = _metrics(project, run, loan, uses, cash, owners) | {"irr_frac": found.rate_frac}
    return ProForma(ledger, metrics, found.status)


def _late(line: Array) -> Array:
    """Put a period 0 without money before the years."""
    return np.concatenate([np.zeros((line.shape[0], 1)), line], axis=1)


def _taxed(
    project: Project,
    run: Operations,
    ebitda: Array,
    earned: Array,
    loan: Schedule,
    uses: Uses,
    written_off: Array,
) -> dict[str, Array]:
    """Return depreciation, taxes and credits of each year."""
    credit = project.credits
    years = ebitda.shape[1]
    basis = uses.total_usd_nominal - uses.reserves_usd_nominal
    if project.basis == "without_loan_fees":
        cost = column(project.plant.installed_cost_usd_nominal)[:, 0]
        cost = cost + column(project.other_financing_usd_nominal)[:, 0]
        basis = np.broadcast_to(cost, basis.shape)
    qualifies = sum(part.share_frac for part in project.depreciation if part.earns_itc)
    itc = np.minimum(
        column(credit.itc_frac)[:, 0] * qualifies * basis,
        column(credit.itc_limit_usd_nominal)[:, 0],
    )
    # A limit on the credit lowers the cut of the basis with it.
    worth = qualifies * basis
    itc_frac = np.where(worth > 0, itc, 0.0) / np.where(worth > 0, worth, 1.0)
    written = {}
    for name, state in (("federal", False), ("state", True)):
        shares = yearly_shares(
            project.depreciation,
            years,
            itc_frac=itc_frac,
            itc_basis_cut_frac=np.broadcast_to(
                column(credit.itc_basis_cut_frac)[:, 0], itc_frac.shape
            ),
            state=state,
        )
        written[name] = basis[:, None] * shares * run.operating + written_off
    income = ebitda + earned - loan.interest_usd_nominal
    federal, state_tax = federal_and_state_tax(
        income, written["federal"], written["state"], project.taxes
    )
    received = column(credit.transfer_price_frac)
    first = np.zeros_like(ebitda)
    first[:, 0] = itc
    ptc = production_tax_credit(run.energy_mwh, np.arange(1.0, years + 1.0), credit)
    return {
        "federal_depreciation": written["federal"],
        "state_depreciation": written["state"],
        "federal_tax": federal,
        "state_tax": state_tax,
        "itc": received * first,
        "ptc": np.broadcast_to(received * ptc, ebitda.shape),
    }


def _ledger(
    run: Operations,
    shape: tuple[int, int],
    loan: Schedule,
    uses: Uses,
    taxed: dict[str, Array],
    owners: Array,
) -> dict[str, Array]:
    """Return the lines with their signs; period 0 is close."""
    lines = {"energy_mwh": _late(np.broadcast_to(run.energy_mwh, shape))}
    earning = ("energy_revenue", "other_revenue", "salvage")
    for name, line in run.lines_usd_nominal.items():
        sign = 1.0 if name in earning else -1.0
        lines[f"{name}_usd_nominal"] = _late(sign * np.broadcast_to(line, shape))
    at_close = np.zeros((shape[0], shape[1] + 1))
    spent, drawn = at_close.copy(), at_close.copy()
    spent[:, 0] = uses.reserves_usd_nominal - uses.total_usd_nominal
    drawn[:, 0] = loan.size_usd_nominal
    balance = np.concatenate([loan.size_usd_nominal[:, None], loan.balance_usd_nominal], axis=1)
    return lines | {
        "ebitda_usd_nominal": _late(np.broadcast_to(run.ebitda_usd_nominal, shape)),
        "purchase_usd_nominal": spent,
        "debt_drawn_usd_nominal": drawn,
        "interest_usd_nominal": _late(-loan.interest_usd_nominal),
        "principal_usd_nominal": _late(-loan.principal_usd_nominal),
        "debt_balance_usd_nominal": balance,
        "federal_depreciation_usd_nominal": _late(taxed["federal_depreciation"]),
        "state_depreciation_usd_nominal": _late(taxed["state_depreciation"]),
        "federal_tax_usd_nominal": _late(-taxed["federal_tax"]),
        "state_tax_usd_nominal": _late(-taxed["state_tax"]),
        "itc_usd_nominal": _late(taxed["itc"]),
        "ptc_usd_nominal": _late(taxed["ptc"]),
        "owner_flow_usd_nominal": owners,
    }


def _metrics(
    project: Project,
    run: Operations,
    loan: Schedule,
    uses: Uses,
    cash: Array,
    owners: Array,
) -> dict[str, Array]:
    r"""Return worth, levelised prices and cover.

    Levelised cost is the worth of what owners pay, all flows but the revenue of the contract, over
    the worth of energy. The real one discounts the same nominal money at the nominal rate, and
    energy at the real rate.
    """
    real = column(project.real_discount_frac)[:, 0]
    nominal = (1.0 + real) * (1.0 + column(project.inflation_frac)[:, 0]) - 1.0
    shape = cash.shape
    revenue = _late(np.broadcast_to(run.lines_usd_nominal["energy_revenue"], shape))
    other = _late(np.broadcast_to(run.lines_usd_nominal["other_revenue"], shape))
    energy = _late(np.broadcast_to(run.energy_mwh, shape))
    cost = -npv(owners - revenue - other, nominal)
    sold = npv(revenue, nominal)
    by_rate = {"nominal": npv(energy, nominal), "real": npv(energy, real)}
    cover = debt_service_cover(cash, loan)
    indebted = np.isfinite(cover).any(axis=1)
    filled = np.where(np.isfinite(cover), cover, np.inf)
    counted = np.maximum(np.isfinite(cover).sum(axis=1), 1)
    tenor, rate = (column(v)[:, 0] for v in (project.debt.tenor_years, project.debt.interest_frac))
    total = uses.total_usd_nominal
    metrics = {
        "npv_usd_nominal": npv(owners, nominal),
        "payback_years": payback_years(owners),
        "debt_usd_nominal": loan.size_usd_nominal,
        "equity_usd_nominal": total - loan.size_usd_nominal,
        "uses_usd_nominal": total,
        "debt_share_frac": loan.size_usd_nominal / np.where(total > 0, total, np.nan),
        "min_dscr": np.where(indebted, filled.min(axis=1), np.nan),
        "mean_dscr": np.where(indebted, np.nansum(cover, axis=1) / counted, np.nan),
        "llcr": life_cover(cash, loan, rate, tenor),
        "plcr": life_cover(cash, loan, rate, shape[1]),
    }
    for name, worth in by_rate.items():
        some = np.where(worth > 0, worth, np.nan)
        metrics[f"lcoe_{name}_usd_per_mwh"] = cost / some
        metrics[f"lppa_{name}_usd_per_mwh"] = sold / some
    return metrics
