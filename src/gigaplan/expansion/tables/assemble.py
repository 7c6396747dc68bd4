"""All tables of a plan from one answer."""

from __future__ import annotations

import pandas as pd
import xarray as xr

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
from gigaplan.expansion.tables.solved import solved
from gigaplan.expansion.why import why_table
from gigaplan.terms.bare import bare


def plan_tables(answer: Answer) -> dict[str, pd.DataFrame]:
    """Return every table that follows from the solver's answer, by name."""
    found = solved(answer.system, answer.solution.values)
    prices = xr.Dataset({"power_balance": answer.solution.duals["power_balance"]})
    balance = bare(prices, like=answer.system.data)["power_balance"]
    run = operation(found)
    energy = (run.output * found["block_weight"]).sum("block")
    return {
        "projects": projects_table(found),
        "capacity": capacity_table(found, energy),
        "corridor_capacity": corridor_table(found),
        **operation_tables(found, balance, run),
        "energy_balance": energy_balance_table(found, run),
        "compute": compute_table(found),
        "campuses": campuses_table(found),
        "emissions": emissions_table(found, run),
        "costs": costs_table(found),
        "spend": spend_table(found),
        "supply_use": supply_table(found),
        "queue_use": queue_table(found),
        "reserve": reserve_table(found),
        "why": why_table(answer),
    }
