"""Water, air, carbon and land of a plan for the page: by state, by year, and clean matching."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.frames import Tables, added_up, filled

ALL: Final = "all"
_KEYS: Final = ["zone", "year"]
_WATER: Final = [
    "new_campuses_mm3",
    "new_plants_mm3",
    "new_withdrawal_mm3",
    "new_share_of_fresh_frac",
    "stress_class",
    "stress_score",
    "cap_mm3",
]
_AIR: Final = ["nox_t", "pm25_t", "so2_t", "nox_without_catalyst_t", "nox_cap_t"]
_CARBON: Final = ["use_kg_per_mwh", "campus_twh", "campus_co2_kt"]
_BUILT: Final = ["land_ha", "embodied_kt"]


def has_environment(tables: Tables) -> bool:
    """Return whether a plan has tables of its environment."""
    return filled(tables, "water_by_state") and filled(tables, "carbon_rates")


def by_state(tables: Tables) -> pd.DataFrame:
    """Return what new campuses and new plants take from each state, by milestone year.

    Land and embodied carbon are those of everything built up to the year. States in which nothing
    is new are left out.
    """
    table = tables["water_by_state"][[*_KEYS, *_WATER]]
    table = table.merge(tables["carbon_rates"][[*_KEYS, *_CARBON]], on=_KEYS, how="left")
    air = tables["onsite_air"]
    table = (
        table.merge(air[[*_KEYS, *_AIR]], on=_KEYS, how="left")
        if len(air)
        else table.assign(**dict.fromkeys(_AIR, 0.0))
    )
    for name, column in zip(("land", "embodied_carbon"), _BUILT, strict=True):
        table[column] = _built_by(tables[name], column, table)
    emitted = [name for name in _AIR if name != "nox_cap_t"]
    table[emitted] = table[emitted].fillna(0.0)
    some = table[["new_campuses_mm3", "new_plants_mm3", *emitted, *_BUILT]].sum(axis=1) > 0
    return table[some].sort_values(["year", "new_campuses_mm3"], ascending=[True, False])


def _built_by(builds: pd.DataFrame, column: str, places: pd.DataFrame) -> list[float]:
    """Return what is built up to each place's year in its state."""
    amounts = []
    for zone, year in zip(places["zone"], places["year"], strict=True):
        own = (builds["zone"] == zone) & (builds["in_service_year"] <= year)
        amounts.append(float(builds.loc[own, column].sum()))
    return amounts


def by_part(tables: Tables) -> pd.DataFrame:
    """Return water that evaporates by year and part: new and given, campuses and plants [Mm3]."""
    return added_up(tables["water"], ["year", "part"], ["consumption_mm3", "withdrawal_mm3"])


def matching(tables: Tables) -> pd.DataFrame:
    """Return clean matching of all regions together and of those with load."""
    table = tables["clean_matching"]
    return table[table["load_twh"] > 0]


def total(tables: Tables, name: str, column: str) -> float:
    """Return the sum of a column of a table; zero where it has no rows."""
    return float(tables[name][column].sum()) if filled(tables, name) else 0.0


def measures(plan: Plan, year: int) -> list[tuple[str, str, float]]:
    """Return the figures that plans are compared by: name, unit, value in a milestone year."""
    states = by_state(plan.tables)
    now = states[states["year"] == year]
    clean = matching(plan.tables).set_index(["region", "year"])
    shares = clean.loc[[place for place in clean.index if place == (ALL, year)]]
    return [
        (
            "Water that new campuses and plants evaporate",
            "million m³ a year",
            float(now["new_campuses_mm3"].sum() + now["new_plants_mm3"].sum()),
        ),
        ("CO₂ of new campuses, average", "Mt a year", float(now["campus_co2_kt"].sum()) / 1e3),
        *(
            (
                f"Load of new campuses that clean energy covers by the {word}",
                "%",
                100.0 * float(shares[f"{kind}_share_frac"].iloc[0]),
            )
            for kind, word in (("annual", "year"), ("hourly", "hour"))
            if len(shares)
        ),
        ("Land of what is built", "km²", total(plan.tables, "land", "land_ha") / 100.0),
    ]


def environment_payload(plan: Plan) -> dict[str, Json]:
    """Return the tables of the section; none for a plan without them."""
    tables = plan.tables
    if not has_environment(tables):
        return {}
    shares = dict.fromkeys(
        [f"{kind}_{what}_frac" for kind in ("annual", "hourly") for what in ("share", "floor")], 4
    )
    return {
        "environment_states": columns_of(
            by_state(tables),
            {
                **dict.fromkeys(_WATER[:3], 4),
                "new_share_of_fresh_frac": 6,
                **dict.fromkeys(_AIR, 2),
                "use_kg_per_mwh": 1,
                "campus_twh": 3,
                "campus_co2_kt": 1,
                "land_ha": 1,
                "embodied_kt": 2,
            },
        ),
        "environment_water": columns_of(by_part(tables), {"consumption_mm3": 3}),
        "environment_clean": columns_of(matching(tables), shares),
    }
