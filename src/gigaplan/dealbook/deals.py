"""Deals of a plan: every phase with its construction, contract, loan, taxes and owners."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.dealbook.facts import PlanFacts
from gigaplan.dealbook.funders import Funders, Funding
from gigaplan.dealbook.phases import phases_of, yearly_capex
from gigaplan.dealbook.property_rates import property_tax_fracs
from gigaplan.dealbook.revenue import KW_MONTHS_PER_MW, Offtake, contract_of, offtake_of
from gigaplan.dealbook.terms import ClassTerms, ProgrammeTerms, class_terms, programme_terms
from gigaplan.finance.construction_loan import ConstructionTerms
from gigaplan.finance.deal import Deal
from gigaplan.finance.depreciation import DepreciationClass, bonus_share, macrs_schedule
from gigaplan.finance.project import OperatingCosts, Plant, Project
from gigaplan.finance.tax import Credits, Taxes
from gigaplan.policy.plan_credits import credits_by_asset
from gigaplan.system.capital import real_rate
from gigaplan.system.eligibility import AssetCredit
from gigaplan.system.frame import NO_CREDIT
from gigaplan.terms.units import HOURS_PER_YEAR, MONTHS_PER_YEAR

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Priced:
    """A deal of the plan before its price is set.

    Parameters
    ----------
    phase
        Row of the phases.
    deal
        The deal, at a price of one dollar for a unit.
    offtake
        What it sells.
    funding
        Who pays for it.
    grants_usd_nominal
        What grants pay of its cost [USD].
    """

    phase: pd.Series
    deal: Deal
    offtake: Offtake
    funding: Funding
    grants_usd_nominal: float


@dataclass(frozen=True)
class DealMaker:
    """Makes deals out of the phases of a plan."""

    facts: PlanFacts

    @cached_property
    def terms(self) -> dict[str, ClassTerms]:
        """Terms by class of spending."""
        return class_terms(self.facts.dataset.table("deal_terms"))

    @cached_property
    def shared(self) -> ProgrammeTerms:
        """Terms of all deals."""
        return programme_terms(self.facts.dataset.table("deal_terms"))

    @cached_property
    def funders(self) -> Funders:
        """The investors of the plan."""
        return Funders(self.facts, self.terms)

    @cached_property
    def credits(self) -> dict[tuple[str, int], AssetCredit]:
        """Credits by asset and milestone, as far as the plan counts them."""
        return credits_by_asset(self.facts.tables["credits"], worth_frac=1.0)

    @cached_property
    def taxes(self) -> pd.DataFrame:
        """The table ``zone_taxes`` by zone."""
        return self.facts.dataset.table("zone_taxes").set_index("zone")

    @cached_property
    def property_tax_fracs(self) -> dict[str, dict[str, float]]:
        """Rates of property tax by class of spending and zone [frac/yr]."""
        return property_tax_fracs(self.facts.dataset)

    def deals(self) -> list[Priced]:
        """Return the deals of all phases, in the order of the phases."""
        return [self._deal(phase) for _, phase in phases_of(self.facts).iterrows()]

    def _deal(self, phase: pd.Series) -> Priced:
        terms = self.terms[str(phase["capital_class"])]
        real = yearly_capex(phase, self.facts.base_year)
        funding = self.funders.of_phase(phase, list(real))
        nominal = np.array([usd_m * 1e6 * self.facts.nominal(y) for y, usd_m in real.items()])
        granted = nominal * funding.grant_share_frac
        offtake = offtake_of(phase, self.facts)
        deal = Deal(
            name=str(phase["deal"]),
            project=self._project(phase, terms, funding, offtake),
            opens=datetime.date(int(phase["service_year"]) + 1, 1, 1),
            capex_usd_nominal=_monthly(nominal - granted) / MONTHS_PER_YEAR,
            construction=ConstructionTerms(
                debt_share_frac=0.0,
                interest_frac=funding.interest_frac,
                commitment_fee_frac=terms.commitment_fee_frac,
                monthly_debt_share_frac=tuple(_from_close(funding.debt_share_frac)),
            ),
            equity={name: _from_close(share) for name, share in funding.equity.items()},
            debt={name: _from_close(share) for name, share in funding.debt.items()},
            tiers=self.shared.tiers(),
            partner=self.funders.sponsor,
            lender_rates_frac=funding.lender_rates_frac,
        )
        return Priced(phase, deal, offtake, funding, float(granted.sum()))

    def _project(
        self, phase: pd.Series, terms: ClassTerms, funding: Funding, offtake: Offtake
    ) -> Project:
        asset, zone = str(phase["asset"]), str(phase["zone"])
        life = int(terms.life_years or self.facts.life_years[asset])
        opens = int(phase["service_year"]) + 1
        size = float(phase["capacity_mw"])
        fixed = self.facts.fixed_cost_usd2025_per_mw_year(str(phase["class"]), asset, zone)
        return Project(
            plant=Plant(
                installed_cost_usd_nominal=0.0,
                capacity_mw=size,
                energy_mwh_per_year=offtake.volume * terms.paid_frac,
                life_years=life,
                salvage_frac=terms.residual_frac,
            ),
            contract=contract_of(terms, 1.0, life),
            costs=OperatingCosts(
                capacity_usd_per_mw_year=fixed * self.facts.nominal(opens),
                insurance_frac=terms.insurance_frac,
                property_tax_frac=self.property_tax_fracs[str(phase["capital_class"])][zone]
                * (1.0 - terms.property_tax_abated_frac),
                assessed_frac=terms.assessed_frac,
                assessed_decline_frac_per_year=terms.assessed_decline_frac_per_year or 0.0,
            ),
            debt=terms.debt(
                interest_frac=funding.interest_frac,
                most_share_frac=float(_mean_share(funding, phase, self.facts.base_year)),
                life_years=life,
            ),
            taxes=Taxes(
                federal_frac=self.shared.federal_tax_frac,
                state_frac=float(self.taxes["corporate_income_tax_frac"][zone]),
                losses="carried_forward",
            ),
            credits=self._credits(phase),
            reserves=terms.reserves(self.shared.reserve_interest_frac),
            depreciation=self._depreciation(phase),
            covenants=terms.covenants(),
            inflation_frac=self.facts.inflation_frac,
            real_discount_frac=real_rate(funding.equity_return_frac, self.facts.inflation_frac),
        )

    def _credits(self, phase: pd.Series) -> Credits:
        """Return the credits of a phase: on capex or by energy, whichever the plan counts."""
        asset, milestone = str(phase["asset"]), int(phase["in_service_year"])
        held = self.credits.get((asset, milestone), NO_CREDIT)
        worth = self.facts.scenario.policy.credit_worth_frac
        if (asset, str(phase["zone"]), milestone) in self.facts.credited_by_energy:
            return Credits(
                ptc_usd_per_mwh=held.usd_per_mwh
                * self.facts.nominal(int(phase["service_year"]) + 1),
                ptc_escalation_frac=self.facts.inflation_frac,
                ptc_years=held.paid_years,
                transfer_price_frac=worth,
            )
        return Credits(itc_frac=held.capex_frac, transfer_price_frac=worth)

    def _depreciation(self, phase: pd.Series) -> tuple[DepreciationClass, ...]:
        """Return the classes of property of a phase, expensed at once where the law allows."""
        name = phase["capital_class"] if phase["class"] == "accelerator" else phase["asset"]
        table = self.facts.dataset.table("depreciation_classes")
        rows = table[table["asset"] == name]
        macrs = self.facts.dataset.table("macrs_tables")
        bonus = bonus_share(
            self.facts.dataset.table("bonus_depreciation"),
            datetime.date(int(phase["first_year"]), 1, 1),
            datetime.date(int(phase["service_year"]) + 1, 1, 1),
        )
        return tuple(
            DepreciationClass(
                share_frac=float(row.share_frac),
                schedule_frac=macrs_schedule(macrs, int(row.recovery_years), str(row.convention)),
                bonus_frac=bonus if row.bonus_eligible else 0.0,
            )
            for row in rows.itertuples()
        )


def with_rent_and_power(
    priced: Priced, maker: DealMaker, rents_usd_per_kw_month: Mapping[tuple[str, int], float]
) -> Project:
    """Return the project of leased accelerators with the rent and the power that they pay.

    Parameters
    ----------
    priced
        A deal of accelerators.
    maker
        What the deal was made by.
    rents_usd_per_kw_month
        Rents of the programme's campuses by zone and year of service, nominal of their first year;
        where none opens with the accelerators, the market's rent is paid.
    """
    facts = maker.facts
    phase, project = priced.phase, priced.deal.project
    zone, year = str(phase["zone"]), int(phase["service_year"])
    rent = rents_usd_per_kw_month.get((zone, year)) or maker.terms["campus"].market_price_at(
        year + 1
    )
    size = float(phase["capacity_mw"])
    used = size * float(facts.system["pue"].sel(zone=zone)) * facts.scenario.compute.utilisation
    power = facts.energy_price_usd2025_per_mwh[zone] * facts.nominal(year + 1)
    yearly = (rent or 0.0) * size * KW_MONTHS_PER_MW + used * HOURS_PER_YEAR * power
    return replace(project, costs=replace(project.costs, fixed_usd_per_year=yearly))


def _monthly(by_year: Array) -> Array:
    """Return the number of each year for each of its months."""
    return np.asarray(by_year, dtype=float).repeat(12)


def _from_close(by_year: Array) -> Array:
    """Return the number of each year for close and each month; close counts with the first."""
    months = _monthly(by_year)
    return np.concatenate([months[:1], months])


def _mean_share(funding: Funding, phase: pd.Series, base_year: int) -> float:
    """Return the debt of a phase over its debt and equity [frac]."""
    money = np.array(list(yearly_capex(phase, base_year).values()))
    money = money * (1.0 - funding.grant_share_frac)
    total = money.sum()
    return float(money @ funding.debt_share_frac / total) if total > 0 else 0.0
