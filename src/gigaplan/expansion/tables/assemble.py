"""All tables of a plan from one answer."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from gigaplan.expansion.solve import Answer
from gigaplan.expansion.tables.capacity import capacity_table, corridor_table
from gigaplan.expansion.tables.capital import funding_table, investors_table
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
)
from gigaplan.expansion.tables.solved import solved
from gigaplan.expansion.tables.supply import (
    accelerators_table,
    factories_table,
    factory_output_table,
    sources_table,
    supply_table,
)
from gigaplan.expansion.why import why_table
from gigaplan.terms.bare import bare


def plan_tables(answer: Answer) -> dict[str, pd.DataFrame]:
    """Return every table that follows from the solver's answer, by name."""
    found = solved(answer.system, answer.solution.values)
    names = ("power_balance", "supply", "local_supply", "reserve")
    priced = {name: answer.solution.duals[name] for name in names if name in answer.solution.duals}
    prices = bare(xr.Dataset(priced), like=answer.system.data)
    run = operation(found)
    energy = (run.output * found["block_weight"]).sum("block")
    return {
        "projects": projects_table(found),
        "capacity": capacity_table(found, energy),
        "corridor_capacity": corridor_table(found),
        **operation_tables(found, prices["power_balance"], run),
        "energy_balance": energy_balance_table(found, run),
        "compute": compute_table(found),
        "campuses": campuses_table(found),
        "emissions": emissions_table(found, run),
        "costs": costs_table(found),
        "spend": spend_table(found),
        "funding": funding_table(found),
        "investors": investors_table(found),
        "supply_use": supply_table(found, prices),
        "supply_sources": sources_table(found),
        "factories": factories_table(found),
        "factory_output": factory_output_table(found),
        "accelerator_flow": accelerators_table(found),
        "queue_use": queue_table(found),
        "reserve": reserve_table(found, prices),
        "why": why_table(answer),
    }
