"""What a plan does to a state, in sentences: what is good and what is bad, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gigaplan.report.community.built import FACTORIES
from gigaplan.report.community.figures import StateFigures
from gigaplan.report.community.people import Jobs, Taxes
from gigaplan.report.community.power import Air, Bill, Carbon, Water
from gigaplan.report.community.units import (
    CENT,
    amount,
    land_words,
    mass_words,
    monthly,
    share_words,
    span_words,
    water_words,
)
from gigaplan.report.frames import WORTH_SHOWING_MW
from gigaplan.report.numbers import gw, listed, percent, usd
from gigaplan.report.taxes import NOTHING_USD_M

LITTLE_STRESS: Final = ("low", "low-medium")
MUCH_FRESH_WATER_FRAC: Final = 0.01
"""Share of the fresh water of a state from which it counts against a plan."""
CLEAN: Final = ("Nuclear", "Hydro", "Wind", "Solar")
SLIGHT_KT: Final = 0.5
"""Carbon dioxide of a year below this is no change: the answer of a solver has a tolerance [kt]."""


@dataclass(frozen=True)
class Subject:
    """A subject with what speaks for the plan and what speaks against it."""

    name: str
    good: tuple[str, ...]
    bad: tuple[str, ...]


def lead(figures: StateFigures) -> str:
    """Return in two sentences what is built in the state and what it costs."""
    parts = []
    if figures.campus_mw > WORTH_SHOWING_MW:
        parts.append(f"{gw(figures.campus_mw)} of AI campuses")
    if figures.power_mw > WORTH_SHOWING_MW:
        parts.append(f"{gw(figures.power_mw)} of new power and storage")
    grown = sum(wire.built_mw for wire in figures.wires)
    if grown > WORTH_SHOWING_MW:
        parts.append(f"{gw(grown)} of transmission to other states")
    factories = sum(row.count for row in figures.built if row.name == FACTORIES)
    if factories:
        parts.append("one factory" if factories == 1 else f"{factories} factories")
    what = listed(parts) or "very little"
    text = f"By {figures.last_year} the plan builds {what} in {figures.name}"
    text += f", for {usd(figures.capex_usd2025_m)} in dollars of 2025."
    if not figures.campus_mw > WORTH_SHOWING_MW:
        text += " No campus of the programme stands here; what is built serves the grid."
    return text


def subjects(figures: StateFigures) -> list[Subject]:
    """Return the subjects of the page, in order."""
    return [
        Subject("Jobs", *_jobs(figures.jobs)),
        Subject("Taxes", *_taxes(figures.taxes)),
        Subject("Power bills", *_bills(figures.bills)),
        Subject("Power", *_power(figures)),
        Subject("Water and land", *_water(figures.water, figures.land_ha)),
        Subject("Air and carbon", *_air(figures.air, figures.carbon)),
    ]


_Sides = tuple[tuple[str, ...], tuple[str, ...]]


def _jobs(jobs: Jobs | None) -> _Sides:
    if jobs is None:
        return (), ("Jobs are not counted in this plan.",)
    good = [
        f"Building takes {span_words(jobs.building_state)} job-years in the state, of which "
        f"{span_words(jobs.building_resident)} are new and go to people who live there; in all of "
        f"the US it takes {span_words(jobs.building_us)}.",
    ]
    bad = ["Jobs of building end when building ends."]
    if jobs.full_year is not None and jobs.running_state.high >= 0.5:
        good.append(
            f"Running keeps {span_words(jobs.running_state)} jobs in the state in "
            f"{jobs.full_year}, {span_words(jobs.running_site)} of them on the sites."
        )
    if jobs.builders is not None:
        peak = jobs.builders
        bad.append(
            f"Most builders are wanted in {peak.year}: {span_words(peak.workers)}, "
            f"{share_words(peak.share_frac)} of the construction workers of the state."
        )
        if peak.incoming.high >= 0.5:
            bad.append(
                f"{span_words(peak.incoming)} of them have to come from other work or other states."
            )
    if jobs.building_own.high >= 0.5:
        bad.append(
            f"What the programme and its tenants pay for takes {span_words(jobs.building_own)} of "
            "the job-years in the state; the rest builds power and wires that serve everybody."
        )
    return tuple(good), tuple(bad)


def _taxes(taxes: Taxes | None) -> _Sides:
    if taxes is None or not taxes.due > NOTHING_USD_M:
        return (), ("No taxes are counted here.",)
    levels = [
        f"{usd(paid)} to {'the state' if level == 'state' else 'cities and counties'}"
        for level, paid in sorted(taxes.paid_by_level.items(), reverse=True)
        if paid > NOTHING_USD_M
    ]
    kinds = [
        f"{name} {usd(paid)}"
        for name, paid in sorted(taxes.paid_by_tax.items(), key=lambda pair: -pair[1])
        if paid > NOTHING_USD_M
    ]
    good = [
        f"{usd(taxes.paid)} of state and local taxes is paid up to {taxes.last_year}: "
        f"{listed(levels)}."
    ]
    if taxes.paid_own > NOTHING_USD_M:
        good.append(f"The programme and its tenants pay {usd(taxes.paid_own)} of it.")
    if kinds:
        good.append(f"By tax: {', '.join(kinds)}.")
    if not taxes.forgone > NOTHING_USD_M:
        return (*good, "Nothing is given up for it."), ()
    share = percent(taxes.forgone / taxes.due)
    bad = [f"{usd(taxes.forgone)} is given up, {share} of what would be due."]
    if taxes.usd2025_per_operation_job_year is not None:
        cost = usd(taxes.usd2025_per_operation_job_year / 1e6)
        if taxes.usd2025_per_operation_job_year < 1e6:
            cost = f"${round(taxes.usd2025_per_operation_job_year, -3):,.0f}"
        bad.append(f"That is {cost} for each year of a permanent job on a site.")
    if taxes.federal > NOTHING_USD_M:
        bad.append(f"Federal investment credits come to {usd(taxes.federal)} on top.")
    return tuple(good), tuple(bad)


def _bills(bills: tuple[Bill, ...]) -> _Sides:
    if not bills:
        return (), (
            "Not known: the plan was made without a second one that leaves the programme out "
            "(its counterfactual).",
        )
    last = bills[-1]
    if abs(last.without_tariff - last.with_tariff) < CENT:
        text = (
            f"A household pays {monthly(last.without_tariff)} in {last.year}{_worst(bills)}, with "
            "or without a tariff for large loads."
        )
        return ((text,), ()) if last.without_tariff < CENT else ((), (text,))
    law = " That is the law of the state."
    without = (
        "If everybody pays the mean cost of power, a household pays "
        f"{monthly(last.without_tariff)} in {last.year}{_worst(bills)}."
        f"{'' if last.tariff_by_law else law}"
    )
    tariff = (
        "If campuses pay for the wires and firm power that they cause (a large-load tariff), a "
        f"household pays {monthly(last.with_tariff)} in {last.year}."
        f"{law if last.tariff_by_law else ''}"
    )
    pairs = ((without, last.without_tariff), (tariff, last.with_tariff))
    good = tuple(text for text, change in pairs if change < CENT)
    bad = tuple(text for text, change in pairs if change >= CENT)
    return good, bad


def _worst(bills: tuple[Bill, ...]) -> str:
    worst = max(bills, key=lambda bill: bill.without_tariff)
    if worst.without_tariff < max(bills[-1].without_tariff, 0.0) + CENT:
        return ""
    return f" and {monthly(worst.without_tariff)} in {worst.year}"


def _power(figures: StateFigures) -> _Sides:
    good, bad = [], []
    if figures.power_mw > WORTH_SHOWING_MW:
        clean = sum(row.capacity_mw for row in figures.built if row.name in CLEAN)
        good.append(
            f"{gw(figures.power_mw)} of new power and storage, {gw(clean)} of it generators "
            "without carbon dioxide."
        )
    for wire in figures.wires:
        if wire.built_mw > WORTH_SHOWING_MW:
            good.append(f"A stronger line to {wire.to_zone}: {gw(wire.built_mw)} more.")
    use = figures.use
    if use is not None and use.campuses_twh > 0.0:
        bad.append(
            f"New campuses use {amount(use.campuses_twh)} TWh in {use.year}; all use from the grid "
            f"of the state is {amount(use.grid_twh)} TWh."
        )
    if figures.closed_early_mw > WORTH_SHOWING_MW:
        bad.append(f"{gw(figures.closed_early_mw)} of existing plant close before their date.")
    given = sum(campus.facility_mw for campus in figures.given)
    if given > WORTH_SHOWING_MW:
        bad.append(
            f"Campuses that come whatever is planned draw up to {gw(given)} by "
            f"{figures.last_year} on top."
        )
    return tuple(good), tuple(bad)


def _water(water: Water | None, land_ha: float | None) -> _Sides:
    good, bad = [], []
    if water is None:
        bad.append("Water is not counted in this plan.")
    else:
        if water.evaporated_mm3 > 0.0:
            parts = [
                f"{what} {water_words(value)}"
                for what, value in (
                    ("new campuses", water.campuses_mm3),
                    ("new power plants", water.plants_mm3),
                )
                if value > 0.0
            ]
            bad.append(f"Water that evaporates in {water.year}: {listed(parts)}.")
        else:
            good.append(f"What is built evaporates no water in {water.year}.")
        if water.withdrawal_mm3 > 0.0:
            share = (
                f"What is built takes {percent(water.share_of_fresh_frac)} of the fresh water that "
                "the state uses for all ends but power plants."
            )
            (good if water.share_of_fresh_frac < MUCH_FRESH_WATER_FRAC else bad).append(share)
        if water.stress:
            stress = f"Water stress of the state is {water.stress}."
            (good if water.stress in LITTLE_STRESS else bad).append(stress)
    if land_ha is not None and land_ha > 0.0:
        bad.append(f"What is built takes {land_words(land_ha)} of land.")
    return tuple(good), tuple(bad)


def _air(air: Air | None, carbon: Carbon | None) -> _Sides:
    good: list[str] = []
    bad: list[str] = []
    if air is not None:
        one, other = air.first[0], air.last[0]
        text = (
            f"Power plants of the state emit {mass_words(1e3 * other)} of CO₂ in {air.last_year} "
            f"({mass_words(1e3 * one)} in {air.first_year}) and {mass_words(air.last[1])} of "
            f"nitrogen oxides ({mass_words(air.first[1])})."
        )
        (good if other <= one else bad).append(text)
    if carbon is not None:
        change = carbon.with_programme - carbon.without_programme
        compared = f"{mass_words(1e3 * abs(change))} of CO₂ {'more' if change > 0 else 'less'} than"
        if abs(change) < SLIGHT_KT:
            compared = "as much CO₂ as"
        text = f"In {carbon.year} plants of the state emit {compared} without the programme."
        (bad if change >= SLIGHT_KT else good).append(text)
        if carbon.attributed >= SLIGHT_KT:
            bad.append(
                f"The campuses here cause {mass_words(1e3 * carbon.attributed)} of CO₂, wherever "
                "plants run for them."
            )
    if air is not None and air.on_site_nox_t > 0.0:
        bad.append(
            f"Generators on the sites of campuses emit {mass_words(air.on_site_nox_t)} of "
            f"nitrogen oxides and {mass_words(air.on_site_pm25_t)} of fine particles a year."
        )
    return tuple(good), tuple(bad)


def unknown(figures: StateFigures) -> list[str]:
    """Return what the page does not know."""
    told = [
        "Where in the state: the plan chooses states, not counties. New campuses and new power "
        "stand in the middle of the map because nobody has chosen their sites.",
        "How many jobs: the two ends of a range are ways of counting, not chances. Nobody knows "
        "how many of them would have come without the incentives.",
        "Noise, traffic, rents, backup generators and the water of a single river or aquifer are "
        "not counted; water and air are those of the whole state.",
    ]
    if figures.taxes is not None:
        told.append(
            "Property tax is abated by one share everywhere; what a county will grant is open. "
            "Taxes on gross receipts are left out."
        )
    if figures.bills:
        told.append(
            "Bills follow the cost of power, not market prices, and are a mean of all customers "
            "of the state; some cents a month mean nothing."
        )
    told.append(
        "This is what a model finds best that sees all years at once; it is no forecast and no "
        "permit."
    )
    return told
