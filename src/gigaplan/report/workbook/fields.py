"""Fields: every number of a deal that may be changed in a workbook, with its label and unit."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.deal import Closed, Deal
from gigaplan.finance.tiers import (
    CatchUp,
    MultipleHurdle,
    PreferredReturn,
    RateHurdle,
    ReturnOfCapital,
    Split,
    Tier,
)
from gigaplan.report.workbook.layout import Unit
from gigaplan.terms.errors import Fault, InputError

Array = npt.NDArray[np.float64]
Content = str | float | datetime.date
NO_LIMIT: Final = "no limit"


@dataclass(frozen=True)
class Field:
    """A number that may be changed, or a choice that is fixed when the workbook is written.

    Parameters
    ----------
    group, key
        Heading it stands under, and its name in formulas: the path of the field in the deal.
    label, unit
        What stands beside it.
    content
        What the deal holds.
    choice
        Whether it is fixed: the formulas were written for it.
    """

    group: str
    key: str
    label: str
    unit: Unit
    content: Content
    choice: bool = False


PLANT: Final = (
    ("capacity_mw", "Capacity", Unit.MW),
    ("energy_mwh_per_year", "Energy sold in year 1", Unit.MWH),
    ("life_years", "Operating life", Unit.WHOLE_YEARS),
    ("degradation_frac_per_year", "Loss of energy a year", Unit.RATE),
    ("salvage_frac", "Sale at the end, of installed cost", Unit.SHARE),
)
CONTRACT: Final = (
    ("price_usd_per_mwh", "Price in year 1", Unit.USD_PER_MWH),
    ("escalation_frac", "Growth of the price", Unit.RATE),
    ("other_usd_per_year", "Other revenue in year 1", Unit.USD_PER_YEAR),
    ("other_escalation_frac", "Growth of other revenue", Unit.RATE),
)
COSTS: Final = (
    ("capacity_usd_per_mw_year", "Upkeep by capacity", Unit.USD_PER_MW_YEAR),
    ("energy_usd_per_mwh", "Upkeep by energy", Unit.USD_PER_MWH),
    ("fixed_usd_per_year", "Upkeep in a sum", Unit.USD_PER_YEAR),
    ("real_escalation_frac", "Growth of upkeep above inflation", Unit.RATE),
    ("insurance_frac", "Insurance, of installed cost", Unit.RATE),
    ("property_tax_frac", "Property tax, of assessed value", Unit.RATE),
    ("assessed_frac", "Assessed value in year 1, of installed cost", Unit.SHARE),
    ("assessed_decline_frac_per_year", "Fall of assessed value, of that of year 1", Unit.RATE),
    ("land_lease_usd_per_year", "Rent of land in year 1", Unit.USD_PER_YEAR),
)
BUILDING: Final = (
    ("interest_frac", "Interest", Unit.RATE),
    ("commitment_fee_frac", "Fee on what is not drawn", Unit.RATE),
    ("upfront_fee_frac", "Fee at close, of the loan", Unit.SHARE),
)
DSCR: Final = (("dscr", "Cash over debt service", Unit.RATIO),)
MOST_SHARE: Final = (("most_share_frac", "Most of uses that it pays", Unit.SHARE),)
SWEEP: Final = (
    ("sweep_frac", "Share of cash left that repays early", Unit.SHARE),
    ("sweep_from_year", "First year of it", Unit.WHOLE_YEARS),
)
TENOR: Final = (("tenor_years", "Last year of repayment", Unit.WHOLE_YEARS),)
FEES: Final = (
    ("upfront_fee_frac", "Fee at close, of the loan", Unit.SHARE),
    ("closing_cost_usd_nominal", "Cost of closing", Unit.USD),
)
CREDITS: Final = (
    ("itc_frac", "Investment tax credit, of qualifying basis", Unit.SHARE),
    ("itc_basis_cut_frac", "Cut of the basis per dollar of credit", Unit.SHARE),
    ("itc_limit_usd_nominal", "Most investment tax credit", Unit.USD),
    ("ptc_usd_per_mwh", "Production tax credit in year 1", Unit.USD_PER_MWH),
    ("ptc_escalation_frac", "Growth of the production tax credit", Unit.RATE),
    ("ptc_years", "Years with production tax credit", Unit.WHOLE_YEARS),
    ("ptc_rounding_usd_per_mwh", "Step that it is rounded to; 0 for none", Unit.USD_PER_MWH),
    ("transfer_price_frac", "Paid for a dollar of credit", Unit.SHARE),
)
CARBON: Final = (
    ("carbon_usd_per_t", "Carbon credit in year 1", Unit.USD_PER_T),
    ("captured_t_per_year", "Carbon dioxide captured", Unit.TONNES),
    ("carbon_escalation_frac", "Growth of the carbon credit", Unit.RATE),
    ("carbon_years", "Years with carbon credit", Unit.WHOLE_YEARS),
)
REFINANCING: Final = (
    ("year", "Year at whose end the loan is replaced", Unit.WHOLE_YEARS),
    ("tenor_years", "Years of the new loan", Unit.WHOLE_YEARS),
    ("dscr", "Cash over its debt service", Unit.RATIO),
    ("fee_frac", "Fee on the new loan", Unit.SHARE),
    ("most_share_frac", "Most of uses at close that it may be", Unit.SHARE),
)
COVENANTS: Final = (
    ("lock_up_dscr", "Cover below which cash is trapped", Unit.RATIO),
    ("default_dscr", "Cover below which a year is one of default", Unit.RATIO),
    ("clean_tests_to_release", "Clean tests in a row that release it", Unit.COUNT),
)
MEZZANINE: Final = (
    ("share_frac", "Share of uses", Unit.SHARE),
    ("cash_interest_frac", "Interest in cash", Unit.RATE),
    ("pik_interest_frac", "Interest that accrues", Unit.RATE),
    ("tenor_years", "Year in which all is due", Unit.WHOLE_YEARS),
)
PREFERRED: Final = (
    ("share_frac", "Share of the equity", Unit.SHARE),
    ("return_frac", "Return", Unit.RATE),
    ("redemption_year", "Year of redemption", Unit.WHOLE_YEARS),
)
RESERVES: Final = (
    ("debt_service_months", "Debt service held", Unit.MONTHS),
    ("working_capital_months", "Operating cost held", Unit.MONTHS),
    ("interest_frac", "Earned on reserves", Unit.RATE),
)


def fields_of(closed: Closed) -> list[Field]:
    """Return every field of a deal, in the order of the sheet."""
    deal = closed.deal
    return [
        *_dates_and_rates(deal),
        *_numbers("Plant", "plant", deal.project.plant, PLANT),
        *_numbers("Contract", "contract", deal.project.contract, CONTRACT),
        *_numbers("Operating costs", "costs", deal.project.costs, COSTS),
        *_building(deal),
        *_debt(deal),
        *_refinancing(deal),
        *_junior(deal),
        *_taxes(deal),
        *_depreciation(deal),
        *_reserves(deal),
        *_owners(deal),
        *_by_month_and_year(deal),
    ]


def number(value: object, what: str) -> float:
    """Return a number of one project.

    Raises
    ------
    InputError
        If there is more than one.
    """
    array = np.ravel(np.asarray(value, dtype=float))
    if array.size != 1:
        headline = "A workbook cannot hold this deal."
        fault = Fault(f"It has {array.size} values.", what, "Close the deal of one project.")
        raise InputError(headline, [fault])
    return float(array[0])


def _limited(value: float) -> Content:
    return value if np.isfinite(value) else NO_LIMIT


def _numbers(
    group: str, path: str, part: object, wanted: Sequence[tuple[str, str, Unit]]
) -> Iterator[Field]:
    for name, label, unit in wanted:
        key = f"{path}.{name}"
        yield Field(group, key, label, unit, _limited(number(getattr(part, name), key)))


def _dates_and_rates(deal: Deal) -> Iterator[Field]:
    group = "Dates and rates"
    yield Field(group, "opens", "Opening", Unit.DATE, deal.opens)
    inflation, real = deal.project.inflation_frac, deal.project.real_discount_frac
    yield from _curve(group, "inflation_frac", "Inflation", Unit.RATE, inflation, deal)
    held = number(real, "real_discount_frac")
    yield Field(group, "real_discount_frac", "Owners' real discount rate", Unit.RATE, held)


def _curve(
    group: str, key: str, label: str, unit: Unit, value: object, deal: Deal
) -> Iterator[Field]:
    """Return one number, or one for each year where they differ."""
    array = np.asarray(value, dtype=float)
    if array.ndim < 2 or np.ptp(array[0]) == 0:
        alone = array if array.ndim < 2 else array[:, 0]
        yield Field(group, key, label, unit, number(alone, key))
        return
    for year, held in enumerate(yearly(array, deal, key), start=1):
        yield Field(f"{label}, by year", f"{key}[{year}]", f"Year {year}", unit, float(held))


def _building(deal: Deal) -> Iterator[Field]:
    group = "Construction loan"
    order = deal.construction.draw_order
    yield _choice(group, "construction.draw_order", "Who pays first", order)
    yield from _numbers(group, "construction", deal.construction, BUILDING)
    label = "Share of uses paid by the loan"
    monthly = deal.construction.monthly_debt_share_frac
    path = "construction.monthly_debt_share_frac"
    alone = "construction.debt_share_frac"
    share = np.array(monthly) if monthly else deal.construction.debt_share_frac
    yield from _shares(group, alone, path, label, share)


def _shares(group: str, alone: str, path: str, label: str, share: float | Array) -> Iterator[Field]:
    """Return one share, or one for close and each month where they differ."""
    if np.ndim(share) == 0 or np.ptp(share) == 0:
        held = float(np.ravel(share)[0])
        yield Field(group, alone, label, Unit.SHARE, held)
        return
    for month, held in enumerate(np.ravel(share)):
        when = f"month {month}" if month else "at close"
        yield Field(f"{label}, by month", f"{path}[{month}]", when, Unit.SHARE, float(held))


def _debt(deal: Deal) -> Iterator[Field]:
    debt, group = deal.project.debt, "Term loan"
    yield _choice(group, "debt.sizing", "How its size is found", debt.sizing)
    if debt.sizing == "share":
        yield _choice(group, "debt.repayment", "How it is repaid", debt.repayment)
    if debt.sizing != "none":
        if not deal.lender_rates_frac:
            rate = debt.interest_frac
            yield from _curve(group, "debt.interest_frac", "Interest", Unit.RATE, rate, deal)
        yield from _numbers(group, "debt", debt, TENOR)
        yield from _numbers(group, "debt", debt, FEES)
    else:
        yield from _numbers(group, "debt", debt, FEES[1:])
    if debt.sizing == "share":
        yield from _numbers(group, "debt", debt, [("share_frac", "Share of uses", Unit.SHARE)])
    if debt.sizing == "dscr":
        if not debt.cases:
            yield from _numbers(group, "debt", debt, DSCR)
        yield from _cases(group, deal)
        yield from _numbers(group, "debt", debt, MOST_SHARE)
    if np.any(np.asarray(debt.sweep_frac) > 0):
        yield from _numbers(group, "debt", debt, SWEEP)
    for name, share in deal.debt.items():
        path = f"lender.{name}"
        yield from _shares(group, path, path, f"Share of lender {name}", share)
    for name, rate in deal.lender_rates_frac.items():
        yield Field(group, f"lender_rate.{name}", f"Interest of lender {name}", Unit.RATE, rate)


def _cases(group: str, deal: Deal) -> Iterator[Field]:
    """Return the numbers of the sizing cases."""
    for place, case in enumerate(deal.project.debt.cases):
        path, name = f"cases[{place}]", f"Case {case.name}"
        ratio = number(case.dscr, f"{path}.dscr")
        yield Field(group, f"{path}.dscr", f"{name}: cash over debt service", Unit.RATIO, ratio)
        for kind, label, value in (
            ("energy_factor", "energy, beside the project's", case.energy_factor),
            ("price_factor", "price, beside the project's", case.price_factor),
        ):
            words = f"{name}: {label}"
            yield from _curve(group, f"{path}.{kind}", words, Unit.FACTOR, value, deal)


def _refinancing(deal: Deal) -> Iterator[Field]:
    """Return the numbers of a new loan."""
    terms, group = deal.project.refinancing, "Refinancing"
    if terms is not None:
        yield from _numbers(group, "refinancing", terms, REFINANCING)
        rate, key = terms.interest_frac, "refinancing.interest_frac"
        yield from _curve(group, key, "Interest of the new loan", Unit.RATE, rate, deal)


def _junior(deal: Deal) -> Iterator[Field]:
    """Return the numbers of covenants and of money between the loan and the owners."""
    project = deal.project
    for group, path, part, wanted in (
        ("Covenants", "covenants", project.covenants, COVENANTS),
        ("Mezzanine", "mezzanine", project.mezzanine, MEZZANINE),
        ("Preferred equity", "preferred", project.preferred, PREFERRED),
    ):
        if part is not None:
            yield from _numbers(group, path, part, wanted)


def _taxes(deal: Deal) -> Iterator[Field]:
    taxes, group = deal.project.taxes, "Taxes and credits"
    yield _choice(group, "taxes.losses", "Losses", taxes.losses)
    wanted = [
        ("federal_frac", "Federal income tax", Unit.SHARE),
        ("state_frac", "State income tax", Unit.SHARE),
    ]
    if taxes.losses == "carried_forward":
        wanted.append(("loss_cap_frac", "Income that carried losses may offset", Unit.SHARE))
    yield from _numbers(group, "taxes", taxes, wanted)
    yield from _numbers(group, "credits", deal.project.credits, CREDITS)
    credit = deal.project.credits
    if np.any(np.asarray(credit.captured_t_per_year) * np.asarray(credit.carbon_usd_per_t)):
        yield from _numbers(group, "credits", credit, CARBON)
    yield _choice(group, "basis", "Basis of depreciation", deal.project.basis)


def _depreciation(deal: Deal) -> Iterator[Field]:
    group = "Depreciation"
    for place, part in enumerate(deal.project.depreciation):
        path, name = f"depreciation[{place}]", f"Class {place + 1}"
        yield Field(
            group, f"{path}.share_frac", f"{name}: share of basis", Unit.SHARE, part.share_frac
        )
        for field, label in (
            ("bonus_frac", "at once, federal"),
            ("state_bonus_frac", "at once, state"),
        ):
            held = float(getattr(part, field))
            yield Field(group, f"{path}.{field}", f"{name}: {label}", Unit.SHARE, held)
        earns = float(part.earns_itc)
        yield Field(group, f"{path}.earns_itc", f"{name}: earns credit", Unit.YES, earns)
        for year, share in enumerate(part.schedule_frac):
            key, label = f"{path}.schedule_frac[{year}]", f"{name}: year {year + 1}"
            yield Field(group, key, label, Unit.SHARE, share)


def _reserves(deal: Deal) -> Iterator[Field]:
    group = "Reserves"
    yield from _numbers(group, "reserves", deal.project.reserves, RESERVES)
    for place, event in enumerate(deal.project.reserves.maintenance):
        path, name = f"maintenance[{place}]", f"Maintenance {place + 1}"
        cost = event.cost_usd_nominal
        yield Field(group, f"{path}.cost", f"{name}: cost in year 1", Unit.USD, cost)
        every = float(event.every_years)
        yield Field(group, f"{path}.every", f"{name}: every", Unit.WHOLE_YEARS, every)
        for year, share in enumerate(event.schedule_frac):
            key, label = f"{path}.schedule_frac[{year}]", f"{name}: written off, year {year + 1}"
            yield Field(group, key, label, Unit.SHARE, share)


def _owners(deal: Deal) -> Iterator[Field]:
    group = "Owners"
    for name, share in deal.equity.items():
        path = f"equity.{name}"
        yield from _shares(group, path, path, f"Share of {name}", share)
    yield _choice(group, "partner", "Partner, who receives its part of the tiers", deal.partner)
    for place, tier in enumerate(deal.tiers):
        for name, label, unit in terms_of(tier):
            held = float(getattr(tier, name))
            words = f"Tier {place + 1}, {tier.name}: {label}"
            yield Field(group, f"tiers[{place}].{name}", words, unit, held)


def terms_of(tier: Tier) -> list[tuple[str, str, Unit]]:
    """Return the numbers of a tier: name, label and unit.

    Raises
    ------
    InputError
        If the workbook has no formulas for a tier of this kind.
    """
    share = ("investor_frac", "to investors", Unit.SHARE)
    if isinstance(tier, ReturnOfCapital):
        return []
    if isinstance(tier, PreferredReturn):
        return [("rate_frac", f"return, {tier.accrual}", Unit.RATE)]
    if isinstance(tier, CatchUp):
        return [
            ("carry_frac", "carry", Unit.SHARE),
            ("partner_frac", "to the partner", Unit.SHARE),
        ]
    if isinstance(tier, RateHurdle):
        return [("rate_frac", "return", Unit.RATE), share]
    if isinstance(tier, MultipleHurdle):
        return [("multiple", "multiple", Unit.RATIO), share]
    if isinstance(tier, Split):
        return [share]
    headline = "A workbook cannot hold this deal."
    what = f"The tier {tier.name} is of the kind {type(tier).__name__}."
    fault = Fault(what, "tiers", "Use the tiers of gigaplan.finance.tiers.")
    raise InputError(headline, [fault])


def _by_month_and_year(deal: Deal) -> Iterator[Field]:
    for month, spent in enumerate(deal.capex_usd_nominal, start=1):
        label = f"Spent in month {month}"
        yield Field("Capex by month", f"capex[{month}]", label, Unit.USD, float(spent))
    plant, contract, debt = deal.project.plant, deal.project.contract, deal.project.debt
    for group, key, table in (
        ("Energy by year, beside 1", "energy_factor", plant.energy_factor),
        ("Price by year, beside 1", "price_factor", contract.price_factor),
    ):
        array = np.asarray(table, dtype=float)
        if array.size == 1 and float(array.ravel()[0]) == 1.0:
            continue
        for year, factor in enumerate(yearly(array, deal, key), start=1):
            yield Field(group, f"{key}[{year}]", f"Year {year}", Unit.FACTOR, float(factor))
    if debt.sizing == "given" and debt.balance_usd_nominal is not None:
        for year, owed in enumerate(np.ravel(debt.balance_usd_nominal)):
            label = f"Owed at the end of year {year}"
            yield Field("Given loan", f"balance[{year}]", label, Unit.USD, float(owed))


def yearly(table: Array, deal: Deal, what: str) -> Array:
    """Return a number for each year of a deal's life."""
    years = int(number(deal.project.plant.life_years, "plant.life_years"))
    rows = table if table.ndim == 2 else np.atleast_1d(table)[:, None]
    if rows.shape[0] != 1:
        number(rows[:, 0], what)
    return np.broadcast_to(rows[0], (years,))


def _choice(group: str, key: str, label: str, held: str) -> Field:
    return Field(group, key, label, Unit.COUNT, held, choice=True)
