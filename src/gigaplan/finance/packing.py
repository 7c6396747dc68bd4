"""Packing: a project as the plain arrays that the compiled kernel reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.depreciation import yearly_shares
from gigaplan.finance.project import Number, Project
from gigaplan.finance.row_counts import project_count
from gigaplan.finance.stack_terms import SizingCase
from gigaplan.terms.errors import Fault, InputError

Array = npt.NDArray[np.float64]

SIZINGS: Final = ("none", "dscr", "level_payment", "level_principal", "given")
LEFT_OUT: Final = ("covenants", "refinancing", "mezzanine", "preferred", "sale")
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
    ("debt", "sweep_frac"),
    ("debt", "sweep_from_year"),
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


BY_ROW: Final = "energy_factor price_factor interest_curve inflation_curve given_balance".split()
BY_CASE: Final = ("case_dscr", "case_energy_factor", "case_price_factor")


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
    interest_curve, inflation_curve
        The same for rates that change from year to year; without a row where they do not [frac/yr].
    given_balance
        Balances of a given loan; one row or one for each project; dimensions project, period [USD].
    case_dscr, case_energy_factor, case_price_factor
        Sizing cases; dimensions case, project, period (no period for the ratio), with one project
        where it serves all, and no case where the loan has none.
    written_off
        Per dollar of basis: federal, federal of classes with the credit, state, and state of
        classes with the credit; dimensions kind, period [frac].
    options
        Losses carried forward, basis with loan fees, negative amortisation, fee paid once, the
        place of the sizing in ``SIZINGS``, and interest by a curve.
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
    interest_curve: Array
    inflation_curve: Array
    given_balance: Array
    case_dscr: Array
    case_energy_factor: Array
    case_price_factor: Array
    written_off: Array
    options: npt.NDArray[np.int64]
    qualifying_frac: float
    ptc_rounding_usd_per_mwh: float

    def some(self, rows: npt.NDArray[np.int64]) -> Packed:
        """Return some of the projects."""
        by_row = {
            name: table[rows] if len(table) > 1 else table
            for name in BY_ROW
            for table in (getattr(self, name),)
        }
        by_case = {
            name: table[:, rows] if table.shape[1] > 1 else table
            for name in BY_CASE
            for table in (getattr(self, name),)
        }
        return replace(self, count=len(rows), changing=self.changing[rows], **by_row, **by_case)


def packed(project: Project) -> Packed:
    """Return a project as plain arrays.

    Raises
    ------
    InputError
        If the project has terms that the kernel leaves out.
    """
    faults = list(_left_out(project))
    if faults:
        headline = "The kernel cannot work out this project."
        raise InputError(headline, faults)
    shared = np.zeros(len(FIELDS))
    changing, at = [], []
    for place, (part, name) in enumerate(FIELDS):
        owner = getattr(project, part) if part else project
        value = np.asarray(getattr(owner, name), dtype=float)
        shared[place] = value.flat[0]
        if value.ndim == 1 and value.size > 1:
            changing.append(value)
            at.append(place)
    years = int(np.max(project.plant.life_years))
    energy, price = (
        np.ascontiguousarray(np.broadcast_to(table, (table.shape[0], years)))
        for table in (column(project.plant.energy_factor), column(project.contract.price_factor))
    )
    interest, inflation = (
        _curve(rate, years) for rate in (project.debt.interest_frac, project.inflation_frac)
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
        np.ndim(project.debt.interest_frac) == 2,
    )
    return Packed(
        count,
        years,
        shared,
        np.stack(changing, axis=1) if changing else np.zeros((count, 0)),
        np.array(at, dtype=np.int64),
        energy,
        price,
        interest,
        inflation,
        given,
        *_cases(project.debt.cases, years),
        _written_off(project, years),
        np.array(options, dtype=np.int64),
        sum(part.share_frac for part in project.depreciation if part.earns_itc),
        project.credits.ptc_rounding_usd_per_mwh,
    )


def _left_out(project: Project) -> Iterator[Fault]:
    """Name the terms that only the pro forma knows."""
    if project.reserves.maintenance:
        what = f"{len(project.reserves.maintenance)} events of major maintenance are saved for."
        mend = "Use pro_forma, or put their cost into costs.fixed_usd_per_year."
        yield Fault(what, "reserves.maintenance", mend)
    for part in LEFT_OUT:
        if getattr(project, part) is not None:
            yield Fault(f"The deal has the term {part}.", part, "Use pro_forma, or leave it out.")
    earns = np.asarray(project.credits.carbon_usd_per_t) * project.credits.captured_t_per_year
    if np.any(earns > 0):
        what, place = "Captured carbon earns a credit.", "credits.carbon_usd_per_t"
        yield Fault(what, place, "Use pro_forma, or put it into contract.other_usd_per_year.")
    if np.any(np.isfinite(project.credits.expansion_year)):
        what = "The investment credit may be paid back."
        yield Fault(what, "credits.expansion_year", "Use pro_forma, or leave it infinite.")


def _cases(cases: tuple[SizingCase, ...], years: int) -> tuple[Array, Array, Array]:
    """Return ratio, energy factor and price factor of each case, in arrays of one size."""
    tables = [
        (column(case.dscr), column(case.energy_factor), column(case.price_factor)) for case in cases
    ]
    rows = max((table.shape[0] for case in tables for table in case), default=1)
    ratio = np.zeros((len(cases), rows))
    energy, price = np.zeros((len(cases), rows, years)), np.zeros((len(cases), rows, years))
    for place, (target, of_energy, of_price) in enumerate(tables):
        ratio[place], energy[place], price[place] = target[:, 0], of_energy, of_price
    return ratio, energy, price


def _curve(rate: Number, years: int) -> Array:
    """Return a curve with a number for each year, and no row for a rate that stays."""
    if np.ndim(rate) < 2:
        return np.zeros((0, years))
    table = column(rate)
    return np.ascontiguousarray(np.broadcast_to(table, (table.shape[0], years)))


def _written_off(project: Project, years: int) -> Array:
    """Return yearly depreciation per dollar of basis, of all classes and of those with a credit."""
    earning = [part for part in project.depreciation if part.earns_itc]
    rows = [
        yearly_shares(classes, years, state=state)[0]
        for state in (False, True)
        for classes in (project.depreciation, earning)
    ]
    return np.stack(rows)
