"""Water, air and land in sentences."""

from __future__ import annotations

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report import environment, figures
from gigaplan.report.numbers import percent, rounded

STRESSED = 3.5
"""Score from which water of a state counts as highly stressed."""


def environment_sentences(plan: Plan) -> str:
    """Return what the programme takes from its surroundings in the last milestone year."""
    tables = plan.tables
    if not environment.has_environment(tables):
        return ""
    year = figures.years_of(plan)[-1]
    states = environment.by_state(tables)
    now = states[states["year"] == year]
    if not len(now):
        return ""
    return " ".join(
        filter(None, [_water(now, year), _carbon(plan, now, year), _air(now), _built(plan)])
    )


def _water(now: pd.DataFrame, year: int) -> str:
    sites, plants = float(now["new_campuses_mm3"].sum()), float(now["new_plants_mm3"].sum())
    stressed = now[now["stress_score"] >= STRESSED]
    there = float((stressed["new_campuses_mm3"] + stressed["new_plants_mm3"]).sum())
    text = (
        f"In {year} new campuses evaporate {_amount(sites)} million m³ of water on their sites and "
        f"the power plants that the plan builds {_amount(plants)} million"
    )
    if there > 0:
        text += f"; {percent(there / (sites + plants))} of it in states of high water stress"
    return text + "."


def _carbon(plan: Plan, now: pd.DataFrame, year: int) -> str:
    energy, carbon = float(now["campus_twh"].sum()), float(now["campus_co2_kt"].sum())
    if energy <= 0:
        return ""
    text = (
        f"Power of new campuses carries {_amount(carbon / 1e3)} Mt of carbon dioxide on average, "
        f"{_amount(carbon / energy)} kg per MWh"
    )
    clean = environment.matching(plan.tables)
    own = clean[(clean["region"] == environment.ALL) & (clean["year"] == year)]
    if len(own):
        row = own.iloc[0]
        text += (
            f"; clean energy that the plan builds in the same regions covers "
            f"{percent(float(row['annual_share_frac']))} of it by the year and "
            f"{percent(float(row['hourly_share_frac']))} by the hour"
        )
    return text + "."


def _air(now: pd.DataFrame) -> str:
    nox, fine = float(now["nox_t"].sum()), float(now["pm25_t"].sum())
    if nox <= 0:
        return ""
    return (
        f"Generators on the sites of campuses emit {_amount(nox)} t of nitrogen oxides and "
        f"{_amount(fine)} t of fine particles."
    )


def _built(plan: Plan) -> str:
    land = environment.total(plan.tables, "land", "land_ha")
    carbon = environment.total(plan.tables, "embodied_carbon", "embodied_kt")
    if land <= 0:
        return ""
    return (
        f"What is built takes {_amount(land / 100.0)} km² of land; making campuses and "
        f"accelerators emits {_amount(carbon / 1e3)} Mt of CO2 equivalents."
    )


def _amount(value: float) -> str:
    """Return a number with two or three digits.

    >>> _amount(0.0462), _amount(4.62), _amount(46.2), _amount(4620.0)
    ('0.05', '4.6', '46', '4,620')
    """
    return rounded(value, 2 if value < 1 else 1 if value < 10 else 0)
