"""Packing: a project as the plain arrays that the compiled kernel reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.depreciation import yearly_shares
from gigaplan.finance.project import Project
from gigaplan.finance.row_counts import project_count
from gigaplan.terms.errors import Fault, InputError

Array = npt.NDArray[np.float64]

SIZINGS: Final = ("none", "dscr", "level_payment", "level_principal", "given")
# Part and name of each number, in the order of the columns of the kernel.
FIELDS: Final = (
    ("plant", "installed_cost_usd_nominal"),
    ("plant", "capacity_mw"),
    ("plant", "energy_mwh_per_year"),
    ("plant", "life_years"),
    ("plant", "degradation_frac_per_year"),
    ("plant", "salvage_frac"),
    ("contract", "price_usd_per_mwh"),
    ("contract", "escalation_frac"),
    ("contract", "other_usd_per_year"),
    ("contract", "other_escalation_frac"),
    ("costs", "capacity_usd_per_mw_year"),
    ("costs", "energy_usd_per_mwh"),
    ("costs", "fixed_usd_per_year"),
    ("costs", "real_escalation_frac"),
    ("costs", "insurance_frac"),
    ("costs", "property_tax_frac"),
    ("costs", "assessed_frac"),
    ("costs", "assessed_decline_frac_per_year"),
    ("costs", "land_lease_usd_per_year"),
    ("debt", "interest_frac"),
    ("debt", "tenor_years"),
    ("debt", "dscr"),
    ("debt", "share_frac"),
    ("debt", "most_share_frac"),
    ("debt", "upfront_fee_frac"),
    ("debt", "closing_cost_usd_nominal"),
    ("taxes", "federal_frac"),
    ("taxes", "state_frac"),
    ("taxes", "loss_cap_frac"),
    ("credits", "itc_frac"),
    ("credits", "itc_basis_cut_frac"),
    ("credits", "itc_limit_usd_nominal"),
    ("credits", "ptc_usd_per_mwh"),
    ("credits", "ptc_escalation_frac"),
    ("credits", "ptc_years"),
    ("credits", "transfer_price_frac"),
    ("reserves", "debt_service_months"),
    ("reserves", "working_capital_months"),
    ("reserves", "interest_frac"),
    ("", "inflation_frac"),
    ("", "real_discount_frac"),
    ("", "other_financing_usd_nominal"),
)


@dataclass(frozen=True)
class Packed:
    """A project for the kernel.

    Parameters
    ----------
    count, years
        Number of projects, and length of the period axis.
    shared
        One number for each of ``FIELDS``.
    changing, at
        Numbers that differ between projects, with a row for each, and their places in ``FIELDS``.
    energy_factor, price_factor
        One row for all projects or one for each; dimensions project, period.
    given_balance
        Balances of a given loan; one row or one for each project; dimensions project, period [USD].
    written_off
        Per dollar of basis: federal, federal of classes with the credit, state, and state of
        classes with the credit; dimensions kind, period [frac].
    options
        Losses carried forward, basis with loan fees, negative amortisation, fee paid once, and the
        place of the sizing in ``SIZINGS``.
    qualifying_frac, ptc_rounding_usd_per_mwh
        Share of the basis that earns the investment credit, and step of the production credit.
    """

    count: int
    years: int
    shared: Array
    changing: Array
    at: npt.NDArray[np.int64]
    energy_factor: Array
    price_factor: Array
    given_balance: Array
    written_off: Array
    options: npt.NDArray[np.int64]
    qualifying_frac: float
    ptc_rounding_usd_per_mwh: float

    def some(self, rows: npt.NDArray[np.int64]) -> Packed:
        """Return some of the projects."""
        energy, price, given = (
            table[rows] if len(table) > 1 else table
            for table in (self.energy_factor, self.price_factor, self.given_balance)
        )
        return replace(
            self,
            count=len(rows),
            changing=self.changing[rows],
            energy_factor=energy,
            price_factor=price,
            given_balance=given,
        )


def packed(project: Project) -> Packed:
    """Return a project as plain arrays.

    Raises
    ------
    InputError
        If the project saves for major maintenance, which the kernel leaves out.
    """
    if project.reserves.maintenance:
        what = f"{len(project.reserves.maintenance)} events of major maintenance are saved for."
        mend = "Use pro_forma, or put their cost into costs.fixed_usd_per_year."
        headline = "The kernel cannot work out this project."
        raise InputError(headline, [Fault(what, "reserves.maintenance", mend)])
    shared = np.zeros(len(FIELDS))
    changing, at = [], []
    for place, (part, name) in enumerate(FIELDS):
        owner = getattr(project, part) if part else project
        value = np.ravel(np.asarray(getattr(owner, name), dtype=float))
        shared[place] = value[0]
        if value.size > 1:
            changing.append(value)
            at.append(place)
    years = int(np.max(project.plant.life_years))
    energy, price = (
        np.ascontiguousarray(np.broadcast_to(table, (table.shape[0], years)))
        for table in (column(project.plant.energy_factor), column(project.contract.price_factor))
    )
    given = np.zeros((1, years + 1))
    if project.debt.balance_usd_nominal is not None and project.debt.sizing == "given":
        given = np.ascontiguousarray(project.debt.balance_usd_nominal, dtype=float)
    count = project_count(project)
    sizing = project.debt.repayment if project.debt.sizing == "share" else project.debt.sizing
    options = (
        project.taxes.losses == "carried_forward",
        project.basis == "with_loan_fees",
        project.debt.negative_amortisation,
        project.debt.fee_once,
        SIZINGS.index(sizing),
    )
    return Packed(
        count,
        years,
        shared,
        np.stack(changing, axis=1) if changing else np.zeros((count, 0)),
        np.array(at, dtype=np.int64),
        energy,
        price,
        given,
        _written_off(project, years),
        np.array(options, dtype=np.int64),
        sum(part.share_frac for part in project.depreciation if part.earns_itc),
        project.credits.ptc_rounding_usd_per_mwh,
    )


def _written_off(project: Project, years: int) -> Array:
    """Return yearly depreciation per dollar of basis, of all classes and of those with a credit."""
    earning = [part for part in project.depreciation if part.earns_itc]
    rows = [
        yearly_shares(classes, years, state=state)[0]
        for state in (False, True)
        for classes in (project.depreciation, earning)
    ]
    return np.stack(rows)
