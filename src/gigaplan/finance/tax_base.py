"""Tax base: what is written off and credited in each year, and what a sale leaves of the basis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.depreciation import yearly_shares
from gigaplan.finance.project import Project
from gigaplan.finance.recapture import recaptured_shares
from gigaplan.finance.tax import carbon_credit, production_tax_credit
from gigaplan.finance.term_loan import Uses

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class TaxBase:
    """Deductions and credits of years 1 to T; dimensions project, period [USD].

    Parameters
    ----------
    federal_usd_nominal, state_usd_nominal
        Depreciation.
    federal_left_usd_nominal, state_left_usd_nominal
        Basis that is left after the last year; dimension project.
    itc_usd_nominal, ptc_usd_nominal, carbon_usd_nominal
        Credits at the price of transfer.
    recapture_usd_nominal
        Investment credit that is paid back.
    """

    federal_usd_nominal: Array
    state_usd_nominal: Array
    federal_left_usd_nominal: Array
    state_left_usd_nominal: Array
    itc_usd_nominal: Array
    ptc_usd_nominal: Array
    carbon_usd_nominal: Array
    recapture_usd_nominal: Array


def tax_base(
    project: Project,
    uses: Uses,
    energy_mwh: Array,
    operating: npt.NDArray[np.bool_],
    maintenance: tuple[Array, Array],
) -> TaxBase:
    """Return depreciation and credits of each year.

    Parameters
    ----------
    project
        The projects.
    uses
        What is paid at close.
    energy_mwh, operating
        Energy sold, and whether the project runs and is held; dimensions project, period [MWh].
    maintenance
        What major maintenance spends, and what of it is written off; dimensions project, period
        [USD].
    """
    credit = project.credits
    count, years = maintenance[0].shape
    year = np.arange(1.0, years + 1.0)
    basis, itc, itc_frac = _basis_and_credit(project, uses)
    cut = np.broadcast_to(column(credit.itc_basis_cut_frac)[:, 0], itc_frac.shape)
    recapture = recaptured_shares(project, years) * itc[:, None]
    recapture = np.broadcast_to(recapture, (count, years)) * operating
    spent, written_off = maintenance
    written, left = [], []
    for state in (False, True):
        shares = yearly_shares(
            project.depreciation, years, itc_frac=itc_frac, itc_basis_cut_frac=cut, state=state
        )
        deducted = basis[:, None] * shares * operating + written_off
        if recapture.any():
            deducted = deducted + _added_back(shares, cut[:, None] * recapture) * operating
        gone = (deducted - spent - cut[:, None] * recapture).sum(axis=1)
        written.append(deducted)
        left.append(basis - cut * itc - gone)
    received = column(credit.transfer_price_frac)
    first = np.zeros((count, years))
    first[:, 0] = itc
    ptc = production_tax_credit(energy_mwh, year, credit)
    return TaxBase(
        written[0],
        written[1],
        left[0],
        left[1],
        received * first,
        np.broadcast_to(received * ptc, (count, years)),
        np.broadcast_to(received * carbon_credit(operating, year, credit), (count, years)),
        recapture,
    )


def _basis_and_credit(project: Project, uses: Uses) -> tuple[Array, Array, Array]:
    """Return the basis, the investment credit, and the credit over the basis that earns it."""
    credit = project.credits
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
    return basis, itc, itc_frac


def _added_back(shares: Array, basis_usd_nominal: Array) -> Array:
    """Return what is written off of basis that comes back in a year.

    It follows the years of the schedule that are left, the year itself among them; when none is
    left it is written off at once.
    """
    years = shares.shape[1]
    written = np.zeros(np.broadcast_shapes(shares.shape, basis_usd_nominal.shape))
    for year in range(years):
        rest = np.where(np.arange(years) >= year, shares, 0.0)
        total = rest.sum(axis=1, keepdims=True)
        at_once = np.where(np.arange(years) == year, 1.0, 0.0)
        plan = np.where(total > 0, rest / np.where(total > 0, total, 1.0), at_once)
        written += basis_usd_nominal[:, year : year + 1] * plan
    return written
