"""Terms of a partnership flip: what is shared, how, and when the shares change."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.finance.present_value import Floats
from gigaplan.terms.errors import Fault, InputError


@dataclass(frozen=True)
class PartnershipFlows:
    """What a project brings its partners; the last axis is the year, year 0 is closing.

    Parameters
    ----------
    cash_usd_nominal
        Cash after debt service and reserves; in year 0 the equity of all partners, below zero.
        A project without debt and one with debt differ in these numbers only [USD nominal].
    tax_usd_nominal
        State and federal income tax, paid is negative; a loss is used at once [USD nominal].
    credit_usd_nominal
        Investment and production tax credits, zero or above [USD nominal].
    """

    cash_usd_nominal: Floats
    tax_usd_nominal: Floats
    credit_usd_nominal: Floats


@dataclass(frozen=True)
class FlipTerms:
    """Who gets what before and after the flip, and when it comes.

    Parameters
    ----------
    tax_equity_frac
        Part of the equity that tax equity pays [frac].
    cash_before_frac, cash_after_frac
        Its share of cash before and after the flip [frac].
    tax_before_frac, tax_after_frac
        Its share of income, loss and credits before and after the flip [frac].
    target_frac
        Flip after the year in which its after-tax rate of return reaches this; None: no target
        [frac].
    flip_year
        Flip after this year, whatever was earned; None: no date.
    recovery_years
        Years in which the sponsor takes all cash first, until its equity is back.
    development_fee_usd_nominal
        Paid out of the equity to the sponsor at closing, and taxed in year 1 [USD nominal].
    fee_tax_frac
        Combined tax rate on that fee [frac].
    tolerance_frac
        A rate of return this little below the target counts as reached [frac].
    """

    tax_equity_frac: float
    cash_before_frac: float
    cash_after_frac: float
    tax_before_frac: float
    tax_after_frac: float
    target_frac: float | None = None
    flip_year: int | None = None
    recovery_years: int = 0
    development_fee_usd_nominal: float = 0.0
    fee_tax_frac: float = 0.0
    tolerance_frac: float = 0.0

    def __post_init__(self) -> None:
        faults = [
            Fault(
                f"{name} is {value:g}.",
                f"flip: {name}",
                "Give a share from 0 to 1.",
            )
            for name, value in (
                ("tax_equity_frac", self.tax_equity_frac),
                ("cash_before_frac", self.cash_before_frac),
                ("cash_after_frac", self.cash_after_frac),
                ("tax_before_frac", self.tax_before_frac),
                ("tax_after_frac", self.tax_after_frac),
                ("fee_tax_frac", self.fee_tax_frac),
            )
            if not 0 <= value <= 1
        ]
        if self.target_frac is None and self.flip_year is None:
            what = "Neither a target return nor a year of the flip is given."
            faults.append(Fault(what, "flip", "Give target_frac or flip_year."))
        if self.target_frac is not None and not self.target_frac > -1:
            what = f"target_frac is {self.target_frac:g}."
            faults.append(Fault(what, "flip: target_frac", "Give a rate above -1."))
        if self.flip_year is not None and self.flip_year < 0:
            what = f"flip_year is {self.flip_year}."
            faults.append(Fault(what, "flip: flip_year", "Give 0 or a later year."))
        if self.recovery_years < 0 or self.development_fee_usd_nominal < 0:
            what = "recovery_years or development_fee_usd_nominal is below zero."
            faults.append(Fault(what, "flip", "Give 0 or more."))
        if faults:
            headline = "The terms of a partnership flip cannot be used."
            raise InputError(headline, faults)
