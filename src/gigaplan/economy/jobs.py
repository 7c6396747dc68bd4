"""Jobs of a plan: job-years, labour income and product by project, place, payer and year."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.economy.activity import Activity
from gigaplan.economy.checks import PHASES
from gigaplan.economy.effects import EFFECTS, NET, asset_effects
from gigaplan.inputs.dataset import Dataset

WHO: Final = ["project", "asset", "class", "zone", "payer"]
KEYS: Final = ["multiplier_set", *WHO, "phase", "calendar_year"]
AMOUNTS: Final = {
    "construction": {"mw": "built_mw", "usd2025_m": "spend_usd2025_m"},
    "operation": {"mw": "online_mw", "usd2025_m": "online_usd2025_m"},
}
JOB_YEARS: Final = ["direct_job_years", "indirect_job_years", "induced_job_years"]
OF_JOBS: Final = [*KEYS, *EFFECTS, "net_job_years", "resident_job_years"]
NEAR_TERM: Final = 2030
MIDDLE_TERM: Final = 2035
LONG_TERM: Final = 2040


def jobs_tables(activity: Activity, dataset: Dataset) -> dict[str, pd.DataFrame]:
    r"""Return the tables of jobs of a plan.

    Every effect is linear in what is built and runs: with :math:`a` the MW or the money of a row of
    the activity and :math:`u` the effect of a unit,

    .. math:: \text{effect} = u \, a

    so that totals add up over projects, places, payers and years. Effects stand in the state of
    their project; those of suppliers in other states are counted there too, and
    ``in_state_job_years`` is the part that is in the state itself. Factories abroad make no jobs
    here.

    Parameters
    ----------
    activity
        What the plan builds and runs.
    dataset
        Data package.

    Returns
    -------
    dict
        ``jobs``, ``workforce`` and ``job_effects``, see ``plan/schema.csv``.
    """
    both = {"construction": activity.construction, "operation": activity.operation}
    rows = pd.concat([both[phase].assign(phase=phase) for phase in PHASES], ignore_index=True)
    rows = rows.astype(dict.fromkeys(WHO, "str"))
    assets = dict(zip(rows["asset"].tolist(), rows["class"].tolist(), strict=True))
    places = set(dataset.table("state_economy")["zone"])
    effects = asset_effects(dataset, assets)
    effects = effects[effects["zone"].isin(set(rows["zone"]) & places)].reset_index(drop=True)
    jobs = _jobs(rows, effects)
    return {
        "jobs": jobs,
        "workforce": workforce_table(jobs, dataset),
        "job_effects": effects,
    }


def _jobs(rows: pd.DataFrame, effects: pd.DataFrame) -> pd.DataFrame:
    """Return the effects of every row of activity, by set of multipliers."""
    table = rows.merge(effects, on=["asset", "phase", "zone"], how="inner")
    amount = np.zeros(len(table))
    for phase, columns in AMOUNTS.items():
        for basis, column in columns.items():
            here = ((table["phase"] == phase) & (table["basis"] == basis)).to_numpy()
            amount[here] = table[column].to_numpy(dtype=float)[here]
    values = table[[*EFFECTS]].to_numpy(dtype=float) * amount[:, None]
    found = table[KEYS].assign(**dict(zip(EFFECTS, values.T, strict=True)))
    whole = values[:, :3].sum(axis=1)
    net, resident = (table[name].to_numpy(dtype=float) for name in NET)
    found["net_job_years"] = whole * net
    found["resident_job_years"] = found["in_state_job_years"] * resident
    # Servers in service have no staff of their own.
    return pd.DataFrame(found.loc[whole > 0.0, OF_JOBS]).reset_index(drop=True)


def workforce_table(jobs: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    r"""Return builders on site against the construction workforce of each state and year.

    Job-years on site of a year are the workers of that year on average; the peak of a site is
    higher. Crafts that all builds can get at usual wages grow as in the limit on labour; who is
    wanted beyond them has to come from other work or from other states,

    .. math:: \text{incoming} = \max(0,\; \text{average} - s\,C_y)

    Parameters
    ----------
    jobs
        The table ``jobs``.
    dataset
        Data package with ``construction_workforce``.

    Returns
    -------
    pandas.DataFrame
        One row for each set of multipliers, state and year with building.
    """
    building = jobs[jobs["phase"] == "construction"]
    keys = ["multiplier_set", "zone", "calendar_year"]
    table = building.groupby(keys, observed=True)["direct_job_years"].sum().reset_index()
    table = table.rename(columns={"direct_job_years": "average_workers"})
    terms = dataset.table("job_parameters").set_index("parameter")["value"]
    state = dataset.table("construction_workforce").set_index("zone").reindex(table["zone"])
    state = state.reset_index(drop=True)
    growth = craft_growth(table["calendar_year"], state["growth_frac_per_yr"])
    table["peak_workers"] = table["average_workers"] * float(terms["peak_to_average"])
    table["construction_workers"] = state["construction_workers"].astype(float)
    table["craft_workers"] = state["craft_workers"] * growth
    table["available_craft_workers"] = table["craft_workers"] * state["programme_share_frac"]
    table["share_of_construction_frac"] = table["average_workers"] / table["construction_workers"]
    table["share_of_crafts_frac"] = table["average_workers"] / table["craft_workers"]
    beyond = table["average_workers"] - table["available_craft_workers"]
    table["incoming_workers"] = beyond.clip(lower=0.0)
    return table


def craft_growth(
    calendar_year: npt.ArrayLike, growth_frac_per_yr: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    r"""Return how much larger the crafts of a year are than those of 2025.

    .. math:: (1 + g)^{n_1} (1 + g/2)^{n_2} (1 + g/4)^{n_3}

    with :math:`n_1` the years to 2030, :math:`n_2` those from then to 2035, :math:`n_3` to 2040.

    Examples
    --------
    >>> craft_growth([2025, 2027, 2032], [0.04, 0.04, 0.04]).round(4).tolist()
    [1.0, 1.0816, 1.2658]
    """
    year = np.asarray(calendar_year, dtype=float)
    rate = np.asarray(growth_frac_per_yr, dtype=float)
    first = np.clip(year - 2025, 0, NEAR_TERM - 2025)
    second = np.clip(year - NEAR_TERM, 0, MIDDLE_TERM - NEAR_TERM)
    third = np.clip(year - MIDDLE_TERM, 0, LONG_TERM - MIDDLE_TERM)
    grown = (1 + rate) ** first * (1 + rate / 2) ** second * (1 + rate / 4) ** third
    return np.asarray(grown, dtype=np.float64)
