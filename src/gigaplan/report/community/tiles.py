"""The main figures of a state: eight numbers on its page, and its row of the list of states."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.report.community.figures import StateFigures
from gigaplan.report.community.people import Span
from gigaplan.report.community.sentences import SLIGHT_KT
from gigaplan.report.community.units import CENT, mass_words, span_in_short, water_words
from gigaplan.report.frames import WORTH_SHOWING_MW
from gigaplan.report.groups import POWER_GROUPS
from gigaplan.report.numbers import gw, rounded, usd

NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Tile:
    """A figure with its label, a second line, and its exact value in the unit of the plan.

    Parameters
    ----------
    key
        Name of the figure.
    text, label, note
        What is read.
    value
        The exact value, or the lowest and the highest; none where it is not known.
    """

    key: str
    text: str
    label: str
    note: str
    value: tuple[float, ...]


def tiles(figures: StateFigures) -> list[Tile]:
    """Return the figures, in the order of the page."""
    return [
        _campuses(figures),
        _power(figures),
        _building(figures),
        _running(figures),
        _taxes(figures),
        _bill(figures),
        _water(figures),
        _carbon(figures),
    ]


def _campuses(figures: StateFigures) -> Tile:
    given = figures.given_it_mw
    return Tile(
        "campuses",
        gw(figures.campus_mw) if figures.campus_mw > WORTH_SHOWING_MW else "none",
        f"new AI campuses by {figures.last_year}",
        f"{gw(given)} come anyway" if given > WORTH_SHOWING_MW else "power of their computers",
        (figures.campus_mw,),
    )


def _power(figures: StateFigures) -> Tile:
    rows = [row for row in figures.built if row.name in POWER_GROUPS]
    most = sorted(rows, key=lambda row: -row.capacity_mw)[:2]
    told = ", ".join(
        f"{row.name.lower()} {gw(row.capacity_mw)}"
        for row in most
        if row.capacity_mw > WORTH_SHOWING_MW
    )
    return Tile(
        "power",
        gw(figures.power_mw) if figures.power_mw > WORTH_SHOWING_MW else "none",
        "new power and storage",
        told or "nothing new",
        (figures.power_mw,),
    )


def _building(figures: StateFigures) -> Tile:
    jobs = figures.jobs
    return Tile(
        "building",
        NOT_KNOWN if jobs is None else span_in_short(jobs.building_state),
        "job-years of building, in the state",
        "one is a year of full-time work",
        () if jobs is None else _ends(jobs.building_state),
    )


def _running(figures: StateFigures) -> Tile:
    jobs = figures.jobs
    year = "" if jobs is None or jobs.full_year is None else f" in {jobs.full_year}"
    return Tile(
        "running",
        NOT_KNOWN if jobs is None else span_in_short(jobs.running_state),
        f"jobs of running{year}",
        "in the state, suppliers included",
        () if jobs is None else _ends(jobs.running_state),
    )


def _ends(span: Span) -> tuple[float, float]:
    return span.low, span.high


def _taxes(figures: StateFigures) -> Tile:
    taxes = figures.taxes
    return Tile(
        "taxes",
        NOT_KNOWN if taxes is None else usd(taxes.paid),
        "state and local taxes"
        + ("" if taxes is None else f", {taxes.first_year}\u2013{taxes.last_year}"),
        "" if taxes is None else f"{usd(taxes.forgone)} given up",
        () if taxes is None else (taxes.paid, taxes.forgone),
    )


def _bill(figures: StateFigures) -> Tile:
    if not figures.bills:
        return Tile("bill", NOT_KNOWN, "bill of a household", "no second plan to compare", ())
    last = figures.bills[-1]
    ends = sorted((last.with_tariff, last.without_tariff))
    texts = list(dict.fromkeys(cents(end) for end in ends))
    return Tile(
        "bill",
        " to ".join(texts),
        f"a month on a household bill, {last.year}",
        "with or without a large-load tariff",
        (ends[0], ends[1]),
    )


def cents(change: float) -> str:
    """Return a change of a bill with its sign.

    Examples
    --------
    >>> cents(0.3187), cents(-1.2), cents(1e-12)
    ('+$0.32', '\u2212$1.20', '$0.00')
    """
    if abs(change) < CENT:
        return "$0.00"
    sign = "+" if change > 0 else "\u2212"
    return f"{sign}${rounded(abs(change), 2)}"


def _water(figures: StateFigures) -> Tile:
    water = figures.water
    if water is None:
        return Tile("water", NOT_KNOWN, "water evaporated", "", ())
    text, _, us = water_words(water.evaporated_mm3).partition(" (")
    return Tile(
        "water",
        "none" if water.evaporated_mm3 == 0 else text,
        f"water evaporated in {water.year}",
        us.rstrip(")") if water.evaporated_mm3 else "",
        (water.campuses_mm3, water.plants_mm3),
    )


def _carbon(figures: StateFigures) -> Tile:
    carbon, air = figures.carbon, figures.air
    if carbon is not None:
        change = carbon.with_programme - carbon.without_programme
        sign = "+" if change > 0 else "\u2212" if change < 0 else ""
        return Tile(
            "carbon",
            "no change" if abs(change) < SLIGHT_KT else f"{sign}{mass_words(1e3 * abs(change))}",
            f"CO₂ of power plants in {carbon.year}",
            f"{mass_words(1e3 * carbon.without_programme)} without the programme",
            (change,),
        )
    if air is None:
        return Tile("carbon", "none", "CO₂ of power plants", "", (0.0,))
    return Tile(
        "carbon",
        mass_words(1e3 * air.last[0]),
        f"CO₂ of power plants in {air.last_year}",
        f"{mass_words(1e3 * air.first[0])} in {air.first_year}",
        (air.last[0],),
    )
