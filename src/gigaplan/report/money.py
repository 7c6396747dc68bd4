"""Sums of money: who pays for what, and what a GW of campus costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from gigaplan.inputs.scenario import Scenario
from gigaplan.report.chains import factories
from gigaplan.report.frames import Tables, added_up, with_group

OTHERS: Final = "others"
PAYERS: Final = ("programme", "tenants", OTHERS)
FACTORIES: Final = "Factories"

CATEGORIES: Final = (
    "campus capital",
    "campus operation",
    "accelerator capital",
    "energy capital",
    "transmission capital",
    "factory capital",
    "factory operation",
    "fixed O&M",
    "variable O&M",
    "fuel",
    "carbon price",
    "credits on output",
    "component premiums",
    "labour premiums",
    "return premiums",
    "stocks",
    "unserved load",
    "reserve shortfall",
)
"""Kinds of cost, from the bottom of a stack to its top; return premiums may be below zero, and
credits are."""


@dataclass(frozen=True)
class CostPerGigawatt:
    """What one part of the build costs for each GW of new campus IT.

    Parameters
    ----------
    part
        campus, accelerators, on-site and own power, or system power.
    payer
        Who pays.
    capex_usd2025_m
        Overnight capital [M$ of 2025].
    usd2025_b_per_gw
        Per GW of new campus IT [billion USD of 2025]; not a number without new campuses, or where
        others build mainly for themselves.
    """

    part: str
    payer: str
    capex_usd2025_m: float
    usd2025_b_per_gw: float


def costs(tables: Tables) -> pd.DataFrame:
    """Return costs by category, payer and year [M$ of 2025]."""
    values = ["cost_usd2025_m_per_yr", "discounted_usd2025_m"]
    table = tables["costs"]
    return added_up(table, ["category", "payer", "year"], values)


def spend(tables: Tables) -> pd.DataFrame:
    """Return overnight capital by class, payer and calendar year [M$ of 2025]."""
    keys = ["class", "payer", "calendar_year"]
    return added_up(tables["spend"], keys, ["spend_usd2025_m"])


def capex_by_payer(tables: Tables) -> dict[str, float]:
    """Return overnight capital by payer, new factories included, payers of nothing left out [M$].

    Others pay for factories, as they do for what makes power for everybody.
    """
    summed = tables["projects"].groupby("payer")["capex_usd2025_m"].sum()
    paid = {payer: float(summed.get(payer, 0.0)) for payer in PAYERS}
    paid[OTHERS] += factory_capex(tables)
    return {payer: value for payer, value in paid.items() if value > 0.5}


def factory_capex(tables: Tables) -> float:
    """Return overnight capital of new factories, before credits [M$]."""
    return float(factories(tables)["capex_usd2025_m"].sum())


def new_campus_gw(tables: Tables) -> float:
    """Return IT capacity of all new campuses [GW]."""
    projects = tables["projects"]
    return float(projects.loc[projects["class"] == "campus", "capacity_mw"].sum()) / 1e3


def replaced_accelerator_gw(tables: Tables) -> float:
    """Return IT capacity of accelerators that replace others at the end of their life [GW]."""
    projects = tables["projects"]
    bought = float(projects.loc[projects["class"] == "accelerator", "capacity_mw"].sum()) / 1e3
    return max(0.0, bought - new_campus_gw(tables))


def is_national(scenario: Scenario) -> bool:
    """Return whether the programme is all growth, so that others build for it and base demand."""
    return scenario.compute.given.background_case is None


def cost_per_gw(tables: Tables, scenario: Scenario) -> list[CostPerGigawatt]:
    """Return capital by part and payer, in all and per GW of new campus IT.

    What others build is not divided by the GW of a single sponsor: it serves everybody.
    Accelerators are divided by the GW fitted with them, so that one fit-out is told and not the
    later ones that replace it.
    """
    national = is_national(scenario)
    projects = with_group(tables, tables["projects"])
    names = {
        "campus": "Campus: land, shell, power and cooling",
        "accelerator": "Accelerators and servers",
        "generator": "Generation",
        "storage": "Storage",
        "corridor": "Transmission corridors",
    }
    part = projects["class"].map(names).fillna(projects["class"])
    part = part.where(projects["group"] != "On-site gas", "On-site power")
    summed = added_up(projects.assign(part=part), ["part", "payer"], ["capex_usd2025_m"])
    new = {"part": [FACTORIES], "payer": [OTHERS], "capex_usd2025_m": [factory_capex(tables)]}
    summed = pd.concat([summed, pd.DataFrame(new)], ignore_index=True)
    order = [*list(names.values())[:2], "On-site power", *list(names.values())[2:], FACTORIES]
    built = new_campus_gw(tables)
    accelerators = projects.loc[projects["class"] == "accelerator", "capacity_mw"].sum() / 1e3
    fitted = {names["accelerator"]: float(accelerators)}
    rows = [
        CostPerGigawatt(
            part=str(row.part),
            payer=str(row.payer),
            capex_usd2025_m=float(str(row.capex_usd2025_m)),
            usd2025_b_per_gw=float(str(row.capex_usd2025_m))
            / 1e3
            / fitted.get(str(row.part), built)
            if built > 1e-3 and (national or row.payer != OTHERS)
            else float("nan"),
        )
        for row in summed[summed["capex_usd2025_m"] > 0.5].itertuples()
    ]
    return sorted(rows, key=lambda row: (order.index(row.part), PAYERS.index(row.payer)))
