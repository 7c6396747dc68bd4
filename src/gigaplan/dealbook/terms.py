"""Terms of deals: the rows of the table ``deal_terms``, by class of spending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

import pandas as pd

from gigaplan.finance.checks import check_project
from gigaplan.finance.project import Contract, Debt, OperatingCosts, Plant, Project, Reserves
from gigaplan.finance.stack_terms import Covenants, SizingCase
from gigaplan.finance.tiers import (
    CatchUp,
    PreferredReturn,
    ReturnOfCapital,
    Split,
    Tier,
    check_tiers,
)
from gigaplan.inputs.wording import few
from gigaplan.terms.errors import Fault, InputError

CLASSES: Final = ("campus", "accelerator", "energy")
PROGRAMME: Final = "programme"


@dataclass(frozen=True)
class ClassTerms:
    """Terms of the deals of one class of spending; each field is a term of ``deal_terms``.

    Terms that the table may leave out are ``None``: without a market price, deals are priced at
    the return that their owners require; without a life, that of the asset counts; without a
    decline, the taxable value stays what it is.
    """

    escalation_frac: float
    contract_years: float
    tail_price_frac: float
    paid_frac: float
    downside_frac: float
    residual_frac: float
    insurance_frac: float
    property_tax_abated_frac: float
    assessed_frac: float
    dscr: float
    downside_dscr: float
    tenor_years: float
    upfront_fee_frac: float
    commitment_fee_frac: float
    debt_service_months: float
    lock_up_dscr: float
    default_dscr: float
    owner_debt_frac: float
    owner_debt_rate_frac_nominal: float
    owner_return_frac_nominal: float
    market_price: float | None = None
    market_price_year: float | None = None
    market_trend_frac_per_year: float | None = None
    life_years: float | None = None
    assessed_decline_frac_per_year: float | None = None

    def market_price_at(self, year: int) -> float | None:
        """Return the price of a new contract in a year; none without a market price.

        .. math:: p_0 (1 + g)^{y - y_0}
        """
        if self.market_price is None:
            return None
        since = year - (self.market_price_year or year)
        return float(self.market_price * (1.0 + (self.market_trend_frac_per_year or 0.0)) ** since)

    def debt(self, *, interest_frac: float, most_share_frac: float, life_years: int) -> Debt:
        """Return the term loan: sculpted on two cases, up to a share of uses."""
        return Debt(
            "dscr",
            interest_frac=interest_frac,
            tenor_years=int(min(self.tenor_years, life_years)),
            cases=(
                SizingCase("base case", self.dscr),
                SizingCase("downside", self.downside_dscr, energy_factor=self.downside_frac),
            ),
            most_share_frac=most_share_frac,
            upfront_fee_frac=self.upfront_fee_frac,
        )

    def covenants(self) -> Covenants:
        """Return the tests of cover that trap cash, and that count as default."""
        return Covenants(self.lock_up_dscr, self.default_dscr)

    def reserves(self, interest_frac: float) -> Reserves:
        """Return the reserve for debt service."""
        return Reserves(debt_service_months=self.debt_service_months, interest_frac=interest_frac)


@dataclass(frozen=True)
class ProgrammeTerms:
    """Terms that all deals share; each field is a term of ``deal_terms``."""

    federal_tax_frac: float
    preferred_return_frac: float
    catch_up_frac: float
    carry_frac: float
    reserve_interest_frac: float

    def tiers(self) -> tuple[Tier, ...]:
        """Return the tiers by which owners share their cash with the sponsor."""
        carry = self.carry_frac
        head = (ReturnOfCapital(), PreferredReturn(self.preferred_return_frac))
        if carry == 0.0:
            return (*head, Split(1.0, 0.0))
        catch_up = (CatchUp(carry, self.catch_up_frac),) if self.catch_up_frac > carry else ()
        return (*head, *catch_up, Split(1.0 - carry, carry))


def class_terms(deal_terms: pd.DataFrame) -> dict[str, ClassTerms]:
    """Return the terms of each class of spending.

    Raises
    ------
    InputError
        If a class lacks a term.
    """
    return {name: ClassTerms(**_terms(deal_terms, name, ClassTerms)) for name in CLASSES}


def programme_terms(deal_terms: pd.DataFrame) -> ProgrammeTerms:
    """Return the terms that all deals share.

    Raises
    ------
    InputError
        If one is missing.
    """
    return ProgrammeTerms(**_terms(deal_terms, PROGRAMME, ProgrammeTerms))


def check_terms(deal_terms: pd.DataFrame) -> None:
    """Raise before a plan is made if no deal could be closed on the terms of the table.

    Raises
    ------
    InputError
        If a term is missing or cannot be used.
    """
    check_tiers(programme_terms(deal_terms).tiers())
    for name, terms in class_terms(deal_terms).items():
        life = int(terms.life_years or terms.tenor_years)
        deal = Project(
            plant=Plant(1.0, 1.0, terms.paid_frac, life, salvage_frac=terms.residual_frac),
            contract=Contract(terms.market_price or 0.0, terms.escalation_frac),
            costs=OperatingCosts(
                insurance_frac=terms.insurance_frac,
                property_tax_frac=1.0 - terms.property_tax_abated_frac,
                assessed_frac=terms.assessed_frac,
                assessed_decline_frac_per_year=terms.assessed_decline_frac_per_year or 0.0,
            ),
            debt=terms.debt(interest_frac=0.0, most_share_frac=1.0, life_years=life),
            reserves=terms.reserves(0.0),
            covenants=terms.covenants(),
        )
        try:
            check_project(deal)
        except InputError as error:
            headline = f"The terms of deals of the class {name} cannot be used."
            faults = [Fault(one.what, f"deal_terms: {one.where}", one.mend) for one in error.faults]
            raise InputError(headline, faults) from None


def _terms(deal_terms: pd.DataFrame, name: str, kind: type) -> Mapping[str, float]:
    """Return the terms of a class that the type knows; a missing one is a fault."""
    own = deal_terms[deal_terms["capital_class"] == name]
    given = dict(zip(own["term"].tolist(), own["value"].tolist(), strict=True))
    needed = [f.name for f in fields(kind) if "None" not in str(f.type)]
    missing = [term for term in needed if term not in given]
    if missing:
        what = f"The class {name} has no {few(missing)}."
        fault = Fault(what, "deal_terms", "Add a row for each.")
        headline = "The terms of deals are not complete."
        raise InputError(headline, [fault])
    known = {f.name for f in fields(kind)}
    return {term: float(value) for term, value in given.items() if term in known}
