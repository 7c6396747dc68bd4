"""A data package and a plan of a few rows, with dates that can be worked out by hand."""

from __future__ import annotations

import pandas as pd

MILESTONES = [2028, 2030]
BASE_YEAR = 2026


def data_tables(
    *, transformer_months: float = 34.0, turbine_months: float = 60.0
) -> dict[str, pd.DataFrame]:
    """Return the tables of a data package that the schedule reads."""
    stages = [
        ("gas_cc", "permit", 14, ""),
        ("gas_cc", "grid_study", 18, ""),
        ("gas_cc", "construct", 30, "permit"),
        ("gas_cc", "commission", 4, "construct"),
        ("campus", "permit", 8, ""),
        ("campus", "grid_study", 18, ""),
        ("campus", "construct", 21, "permit"),
        ("campus", "commission", 2, "construct"),
        ("corridor", "permit", 60, ""),
        ("corridor", "commission", 3, "permit"),
        ("fuel_cell_plant", "construct", 8, ""),
        ("fuel_cell_plant", "commission", 2, "construct"),
        ("cells", "permit", 4, ""),
        ("cells", "construct", 4, "permit"),
        ("cells", "commission", 1, "construct"),
        ("engines", "permit", 6, ""),
        ("engines", "construct", 9, "permit"),
        ("engines", "commission", 2, "construct"),
    ]
    factors = [
        ("TX", "permit", 0.6),
        ("TX", "grid_study", 0.9),
        ("VA", "permit", 1.2),
        ("VA", "grid_study", 1.4),
    ]
    bills = [
        ("gas_cc", "gas_turbine", 1.0),
        ("gas_cc", "large_power_transformer", 1.0),
        ("gas_cc", "labour_civil", 2.5),
        ("campus", "large_power_transformer", 1.0),
        ("Chip", "wafer", 1.0),
        ("Chip", "hbm", 0.5),
        ("cells", "cell", 0.0),
        ("engines", "engine", 1.0),
    ]
    components = [
        ("gas_turbine", "Heavy-frame gas turbine", "power_equipment", turbine_months, 6.0),
        ("large_power_transformer", "Large power transformer", "power_equipment",
         transformer_months, 3.0),
        ("labour_civil", "Labour: civil trades", "labour", 0.0, 0.0),
        ("wafer", "Logic wafer, N3 class", "chips", 4.5, 0.5),
        ("hbm", "HBM stack", "chips", 6.0, 1.0),
        ("cell", "Fuel cell", "power_equipment", 5.0, 1.0),
        ("engine", "Gas engine", "power_equipment", 12.0, 3.0),
    ]  # fmt: skip
    assets = [
        ("gas_cc", 4, False),
        ("campus", 2, False),
        ("corridor", 9, False),
        ("cells", 1, True),
        ("engines", 2, True),
    ]
    return {
        "project_stages": pd.DataFrame(
            stages, columns=["asset", "stage", "central_months", "follows"]
        ),
        "zone_stage_months": pd.DataFrame(factors, columns=["zone", "stage", "months_factor"]),
        "component_bills": pd.DataFrame(
            bills, columns=["asset", "component", "years_before_service"]
        ),
        "components": pd.DataFrame(
            components,
            columns=["component", "label", "kind", "manufacture_months", "deliver_months"],
        ),
        "assets": pd.DataFrame(
            assets, columns=["asset", "lead_time_years", "behind_the_meter"]
        ).assign(buildable=True),
        "corridors": pd.DataFrame(
            [("TX", "VA", 4)], columns=["from_zone", "to_zone", "lead_time_years"]
        ),
        "asset_sites": pd.DataFrame(
            [("restart", "PA", 2029)], columns=["asset", "zone", "ready_year"]
        ),
        "factory_places": pd.DataFrame(
            [("fuel_cell_plant", "Korea", 0.5)], columns=["factory", "place", "lead_time_years"]
        ),
        "zones": pd.DataFrame(
            [("TX", "West_South_Central"), ("VA", "South_Atlantic")],
            columns=["zone", "census_division"],
        ),
    }


def plan_tables(
    rows: list[tuple[str, str, str, str, int, float]],
    factories: list[tuple[str, str, int, float]] | None = None,
) -> dict[str, pd.DataFrame]:
    """Return ``projects`` from (asset, class, zone, to_zone, milestone, MW), and ``factories``."""
    columns = ["asset", "class", "zone", "to_zone", "in_service_year", "capacity_mw"]
    projects = pd.DataFrame(rows, columns=columns)
    projects.insert(0, "project", [f"P{at:04d}" for at in range(1, len(rows) + 1)])
    made = ["kind", "place", "in_service_year", "capex_usd2025_m"]
    return {
        "projects": projects,
        "factories": pd.DataFrame(factories or [], columns=made),
    }
