"""What a project is to its owners: its plant, contract, costs, debt, taxes and reserves.

Each number is one for all projects, or an array with one for each project (or draw). Fields whose
names end in ``_factor`` may hold one number for each project and year.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from gigaplan.finance.depreciation import DepreciationClass
from gigaplan.finance.reserves import MajorMaintenance
from gigaplan.finance.stack_terms import (
    Covenants,
    Mezzanine,
    Preferred,
    Refinancing,
    Sale,
    SizingCase,
)
from gigaplan.finance.tax import Credits, Taxes

Array = npt.NDArray[np.float64]
Number = float | Array
Sizing = Literal["none", "share", "dscr", "given"]
Repayment = Literal["level_payment", "level_principal"]
Basis = Literal["without_loan_fees", "with_loan_fees"]


@dataclass(frozen=True)
class Plant:
    """What is built, and what it makes.

    Parameters
    ----------
    installed_cost_usd_nominal
        Cost at the start of operation, before financing [USD].
    capacity_mw
        Capacity that fixed costs are paid on [MW].
    energy_mwh_per_year
        Energy sold in year 1 [MWh/yr].
    life_years
        Operating years [years].
    degradation_frac_per_year
        Loss of energy from year 2 on, compounded [frac/yr].
    salvage_frac
        Sale value at the end, as a share of the installed cost; taxed as income [frac].
    energy_factor
        Multiplies the energy of each year; dimensions project, period.
    """

    installed_cost_usd_nominal: Number
    capacity_mw: Number
    energy_mwh_per_year: Number
    life_years: Number
    degradation_frac_per_year: Number = 0.0
    salvage_frac: Number = 0.0
    energy_factor: Number = 1.0


@dataclass(frozen=True)
class Contract:
    """What is earned.

    Parameters
    ----------
    price_usd_per_mwh
        Price of energy in year 1 [USD/MWh].
    escalation_frac
        Yearly growth of the price [frac/yr].
    price_factor
        Multiplies the price of each year; dimensions project, period.
    other_usd_per_year
        Further revenue in year 1, such as capacity payments [USD/yr].
    other_escalation_frac
        Its yearly growth [frac/yr].
    """

    price_usd_per_mwh: Number
    escalation_frac: Number = 0.0
    price_factor: Number = 1.0
    other_usd_per_year: Number = 0.0
    other_escalation_frac: Number = 0.0


@dataclass(frozen=True)
class OperatingCosts:
    """What running costs in year 1; from year 2 on it grows with inflation.

    Parameters
    ----------
    capacity_usd_per_mw_year, energy_usd_per_mwh, fixed_usd_per_year
        Operation and maintenance by capacity, by energy, and in a sum.
    real_escalation_frac
        Growth of these three above inflation [frac/yr].
    insurance_frac
        Yearly insurance, as a share of the installed cost [frac/yr].
    property_tax_frac
        Yearly rate on the assessed value; it does not grow with inflation [frac/yr].
    assessed_frac
        Assessed value in year 1, as a share of the installed cost [frac].
    assessed_decline_frac_per_year
        Yearly fall of the assessed value, as a share of that of year 1, down to zero [frac/yr].
    land_lease_usd_per_year
        Rent of land [USD/yr].
    """

    capacity_usd_per_mw_year: Number = 0.0
    energy_usd_per_mwh: Number = 0.0
    fixed_usd_per_year: Number = 0.0
    real_escalation_frac: Number = 0.0
    insurance_frac: Number = 0.0
    property_tax_frac: Number = 0.0
    assessed_frac: Number = 1.0
    assessed_decline_frac_per_year: Number = 0.0
    land_lease_usd_per_year: Number = 0.0


@dataclass(frozen=True)
class Debt:
    """A term loan.

    Parameters
    ----------
    sizing
        ``none``; ``share``: a share of all uses; ``dscr``: sculpted to a cover ratio; ``given``:
        the balances below, such as those of a base case, whatever a draw brings. Owners then pay
        in what cash does not cover.
    interest_frac
        Rate on the balance at the start of a year; a curve has dimensions project, period
        [frac/yr].
    tenor_years
        Last year of repayment [years].
    dscr
        Cash over debt service, 1 or more; for ``dscr``.
    share_frac
        Share of uses; for ``share`` [frac].
    repayment
        How a loan by share is repaid.
    most_share_frac
        A loan by cover ratio pays no more than this share of uses; infinite, as in SAM: no limit,
        and owners may take money out at close [frac].
    upfront_fee_frac
        Fee on the loan, paid at close [frac].
    closing_cost_usd_nominal
        Fixed cost of closing the loan [USD].
    negative_amortisation
        Whether a sculpted loan may grow, as in SAM, instead of paying interest alone.
    fee_once
        For a loan by share: whether the loan leaves out, as in SAM, the fee on the part of the loan
        that pays for the fee. The loan is then a little below its share of uses.
    balance_usd_nominal
        For ``given``: owed at the ends of years 0, 1, ..., as in the ledger of a pro forma;
        dimensions project, period, or one row for all [USD].
    cases
        Cases that size a loan by cover ratio instead of ``dscr``: the smallest of their loans.
    sweep_frac
        Share of the cash before tax that scheduled service leaves, taken to repay early [frac].
    sweep_from_year
        First year of it [years].
    """

    sizing: Sizing = "none"
    interest_frac: Number = 0.07
    tenor_years: Number = 18
    dscr: Number = 1.3
    share_frac: Number = 0.0
    repayment: Repayment = "level_payment"
    most_share_frac: Number = 1.0
    upfront_fee_frac: Number = 0.0
    closing_cost_usd_nominal: Number = 0.0
    negative_amortisation: bool = False
    fee_once: bool = False
    balance_usd_nominal: Array | None = None
    cases: tuple[SizingCase, ...] = ()
    sweep_frac: Number = 0.0
    sweep_from_year: Number = 1


@dataclass(frozen=True)
class Reserves:
    """Reserve accounts.

    Parameters
    ----------
    debt_service_months
        Months of the next year's debt service that are held.
    working_capital_months
        Months of the next year's operating cost that are held.
    interest_frac
        Earned on the balances of the year before [frac/yr].
    maintenance
        Events that are saved for.
    """

    debt_service_months: Number = 0.0
    working_capital_months: Number = 0.0
    interest_frac: Number = 0.0
    maintenance: tuple[MajorMaintenance, ...] = ()


@dataclass(frozen=True)
class Project:
    """One project, many, or many draws of one.

    Parameters
    ----------
    plant, contract, costs, debt, taxes, credits, reserves
        The parts of the deal.
    depreciation
        Classes of the basis; what their shares leave of one, such as land, is not written off.
    inflation_frac
        Yearly growth of costs, from year 2 on; a curve has dimensions project, period, and its
        first number, the inflation of year 1, enters the discount rate alone [frac/yr].
    real_discount_frac
        Owners' real discount rate [frac/yr].
    other_financing_usd_nominal
        Cost of financing beside the fees of the loan: interest during construction, advisers [USD].
    basis
        Basis of depreciation and of the investment tax credit: the installed cost and other
        financing, as in SAM (``without_loan_fees``), or with the fees of the loan on top. Reserves
        are never part of it.
    covenants, refinancing, mezzanine, preferred, sale
        Further terms of the deal; none of them by default.
    """

    plant: Plant
    contract: Contract
    costs: OperatingCosts = field(default_factory=OperatingCosts)
    debt: Debt = field(default_factory=Debt)
    taxes: Taxes = field(default_factory=Taxes)
    credits: Credits = field(default_factory=Credits)
    reserves: Reserves = field(default_factory=Reserves)
    depreciation: tuple[DepreciationClass, ...] = ()
    inflation_frac: Number = 0.025
    real_discount_frac: Number = 0.064
    other_financing_usd_nominal: Number = 0.0
    basis: Basis = "without_loan_fees"
    covenants: Covenants | None = None
    refinancing: Refinancing | None = None
    mezzanine: Mezzanine | None = None
    preferred: Preferred | None = None
    sale: Sale | None = None
