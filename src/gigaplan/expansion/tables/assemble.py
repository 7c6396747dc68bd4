"""All tables of a plan from one answer."""

from __future__ import annotations

import pandas as pd

from gigaplan.expansion.solve import Answer
from gigaplan.expansion.tables.capacity import capacity_table, corridor_table
from gigaplan.expansion.tables.money import costs_table, spend_table
from gigaplan.expansion.tables.operation import (
    emissions_table,
    energy_balance_table,
    operation,
    operation_tables,
)
from gigaplan.expansion.tables.programme import (
    campuses_table,
    compute_table,
    projects_table,
    queue_table,
    reserve_table,
    supply_table,
)
from gigaplan.expansion.why import why_table


def plan_tables(answer: Answer) -> dict[str, pd.DataFrame]:
    """Return every table that follows from the solver's answer, by name."""
    system, values = answer.system, answer.solution.values
    run = operation(system, values)
    energy = (run.output * system["block_weight"]).sum("block")
    return {
        "projects": projects_table(system, values),
        "capacity": capacity_table(system, values, energy),
        "corridor_capacity": corridor_table(system, values),
        **operation_tables(system, values, answer.solution.duals, run),
        "energy_balance": energy_balance_table(system, values, run),
        "compute": compute_table(system, values),
        "campuses": campuses_table(system, values),
        "emissions": emissions_table(system, run),
        "costs": costs_table(system, values),
        "spend": spend_table(system, values),
        "supply_use": supply_table(system, values),
        "queue_use": queue_table(system, values),
        "reserve": reserve_table(system, values),
        "why": why_table(answer),
    }
