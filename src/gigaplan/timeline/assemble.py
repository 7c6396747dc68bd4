"""All tables of dates from a finished plan and its data."""

from __future__ import annotations

import pandas as pd

from gigaplan.inputs.dataset import Dataset
from gigaplan.system.types import System
from gigaplan.timeline.critical_path import critical_path_table
from gigaplan.timeline.schedule import stages_table
from gigaplan.timeline.service import Tables, dated_builds
from gigaplan.timeline.time_to_power import time_to_power_table


def timeline_tables(tables: Tables, dataset: Dataset, system: System) -> dict[str, pd.DataFrame]:
    """Return the tables ``stages``, ``critical_path`` and ``time_to_power``.

    Parameters
    ----------
    tables
        Every other table of the plan.
    dataset
        The data package, with the overrides of the scenario.
    system
        Every number that the optimisation read.
    """
    milestones = [int(year) for year in system["year"].values]
    base_year = int(system["calendar_year"].values[0])
    builds = dated_builds(tables, dataset.tables, milestones, base_year)
    stages = stages_table(builds, dataset.tables)
    path = critical_path_table(builds, stages, dataset.table("components"), base_year)
    return {
        "stages": stages,
        "critical_path": path,
        "time_to_power": time_to_power_table(tables, system),
    }
