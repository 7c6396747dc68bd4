"""Published figures of jobs and product beside what each set of multipliers gives for them."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gigaplan.economy.effects import EFFECTS, group_effects
from gigaplan.inputs.dataset import Dataset

NATION: Final = "US"
BUILDING, RUNNING = "construction", "operation"
SIZES: Final = {
    BUILDING: {"mw": "built_mw", "usd2025_m": "built_usd2025_m"},
    RUNNING: {"mw": "running_mw", "usd2025_m": "running_usd2025_m"},
}
_DIRECT, _INDIRECT, _INDUCED = "direct_job_years", "indirect_job_years", "induced_job_years"
COLUMNS: Final = {
    "direct": (_DIRECT,),
    "direct_and_indirect": (_DIRECT, _INDIRECT),
    "total": (_DIRECT, _INDIRECT, _INDUCED),
    "in_state": ("in_state_job_years",),
    "gdp": ("gdp_usd2025_m",),
    "in_state_income": ("in_state_income_usd2025_m",),
    "in_state_gdp": ("in_state_gdp_usd2025_m",),
}


def published_cases(dataset: Dataset) -> pd.DataFrame:
    r"""Compare published figures with the sets of multipliers of a data package.

    A figure of building is divided by its years of construction; a figure of both adds a year of
    running. The gap is

    .. math:: \text{gap} = \frac{\text{result} - \text{published}}{\text{published}}

    Parameters
    ----------
    dataset
        Data package with ``published_impacts``, ``published_scopes`` and ``published_gaps``.

    Returns
    -------
    pandas.DataFrame
        One row for each figure and set: ``case``, ``label``, ``multiplier_set``, ``published``,
        ``result``, ``unit``, ``gap_frac``, ``tolerance_frac``, ``within`` and ``reason``.
    """
    effects = group_effects(dataset)
    national = effects[effects["zone"] == effects["zone"].iloc[0]].assign(zone=NATION)
    at_scope = _of_scopes(dataset.table("published_scopes"), pd.concat([effects, national]))
    figures = dataset.table("published_impacts").rename(columns={"value": "published"})
    rows = figures.merge(dataset.table("published_gaps"), on="case")
    results = [
        _result(at_scope, row)
        for row in rows[
            ["scope", "zone", "phase", "effect", "construction_years", "multiplier_set"]
        ].itertuples(index=False, name=None)
    ]
    gap = (pd.Series(results, rows.index) - rows["published"]) / rows["published"]
    rows = rows.assign(result=results, gap_frac=gap)
    rows["within"] = rows["gap_frac"].abs() <= rows["tolerance_frac"]
    return rows[
        [
            "case",
            "label",
            "multiplier_set",
            "published",
            "result",
            "unit",
            "gap_frac",
            "tolerance_frac",
            "within",
            "reason",
            "source",
            "source_year",
        ]
    ]


def _of_scopes(scopes: pd.DataFrame, effects: pd.DataFrame) -> pd.DataFrame:
    """Return the effects of every scope, by set of multipliers, phase and zone."""
    both = scopes.merge(effects, on="job_group")
    size = pd.Series(0.0, both.index)
    for phase, columns in SIZES.items():
        for basis, column in columns.items():
            here = (both["phase"] == phase) & (both["basis"] == basis)
            size = size.where(~here, both[column].astype(float))
    keys = ["scope", "multiplier_set", "phase", "zone"]
    values = both[[*EFFECTS]].mul(size, axis=0)
    return values.groupby([both[key] for key in keys]).sum()


def _result(at_scope: pd.DataFrame, row: tuple[str, str, str, str, float, str]) -> float:
    scope, zone, phase, effect, years, name = row
    columns = list(COLUMNS[effect])
    added = at_scope[columns].sum(axis=1)
    built = float(added[(scope, name, BUILDING, zone)]) / years
    runs = float(added[(scope, name, RUNNING, zone)])
    return {BUILDING: built, RUNNING: runs, "both": built + runs}[phase]
