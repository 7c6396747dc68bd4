"""All tables of the environment of a plan."""

from __future__ import annotations

import pandas as pd

from gigaplan.dealbook import PlanFacts
from gigaplan.environment.air import onsite_air
from gigaplan.environment.arrays import PlanArrays
from gigaplan.environment.builds import embodied_table, land_table
from gigaplan.environment.carbon import carbon_rates
from gigaplan.environment.clean import clean_matching
from gigaplan.environment.water import water_by_state, water_table


def environment_tables(facts: PlanFacts) -> dict[str, pd.DataFrame]:
    """Return every table of the environment of a plan, by name.

    Parameters
    ----------
    facts
        Tables, data package and System of the plan.
    """
    arrays = PlanArrays(facts.tables, facts.system)
    water = water_table(arrays)
    projects = facts.tables["projects"]
    return {
        "water": water,
        "water_by_state": water_by_state(water, facts.dataset, arrays),
        "onsite_air": onsite_air(arrays, facts.dataset),
        "carbon_rates": carbon_rates(arrays),
        "clean_matching": clean_matching(arrays),
        "land": land_table(projects, facts.dataset),
        "embodied_carbon": embodied_table(projects, facts.dataset),
    }
