"""Checks of the tables of jobs: what is missing or contradicts itself, before a plan is made."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gigaplan.economy.input_output import PRICE_YEAR, TABLE_YEAR
from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.wording import few
from gigaplan.terms.errors import Fault, InputError

GROUP_OF_CLASS: Final = {"accelerator": "servers", "factory": "equipment_plant"}
"""Groups of accelerators, and of factories that have no group of their own."""

PHASES: Final = ("construction", "operation")
SPENDING_SET: Final = "input_output"
SHARES: Final = (
    "consumed_frac",
    "flq_delta",
    "full_employment_rate_frac",
    "slack_rate_frac",
    "net_share_full_employment_frac",
    "net_share_slack_frac",
    "in_migrant_construction_frac",
    "in_migrant_operation_frac",
)
AMOUNTS: Final = ("consumption_usd2021_m", "peak_to_average")
WHOLE: Final = 1.0 + 1e-9


def check_jobs(dataset: Dataset) -> None:
    """Refuse a data package in which something that can be built has no factors of jobs.

    Raises
    ------
    InputError
        Naming assets without a group, groups without factors, and zones without an economy.
    """
    assets = dataset.table("assets")
    built = {*assets.loc[assets["buildable"].astype(bool), "asset"]}
    named = dataset.table("job_groups")
    wanted = {*named["job_group"], *GROUP_OF_CLASS.values()}
    zones = {*dataset.table("zones")["zone"]}
    faults = [
        *_missing("job_groups", "asset", built - {*named["asset"]}),
        *_missing("state_economy", "zone", zones - {*dataset.table("state_economy")["zone"]}),
    ]
    for table in ("job_factors", "job_spending"):
        for phase in PHASES:
            rows = dataset.table(table)
            held = {*rows.loc[rows["phase"] == phase, "job_group"]}
            faults += _missing(table, f"{phase} of the group", wanted - held)
    years = {*dataset.table("deflators")["year"]}
    lost = {str(year) for year in {TABLE_YEAR, PRICE_YEAR} - years}
    faults += _missing("deflators", "year", lost)
    faults += [*_bases(dataset), *_parameters(dataset), *_spending(dataset)]
    if faults:
        headline = "Jobs of the plan could not be counted."
        raise InputError(headline, faults)


def _missing(table: str, what: str, names: set[str]) -> list[Fault]:
    if not names:
        return []
    told = f"There is no row for the {what} {few(sorted(names))}."
    return [Fault(told, f"{table}.csv", "Add the rows.")]


def _bases(dataset: Dataset) -> list[Fault]:
    """Name rows of studies that count by MW and by money, or by neither."""
    rows = dataset.table("job_factors")
    by_mw = rows["direct_job_years_per_mw"].notna()
    wrong = rows[by_mw == rows["direct_job_years_per_usd2025_m"].notna()]
    names = [f"{row.multiplier_set} {row.job_group} {row.phase}" for row in wrong.itertuples()]
    if not names:
        return []
    what = f"{few(names)}: job-years on site are told per MW and per M$, or in neither way."
    return [Fault(what, "job_factors.csv", "Give one of the two and leave the other blank.")]


def _parameters(dataset: Dataset) -> list[Fault]:
    """Name parameters that are missing, or not between nothing and the whole."""
    value = dataset.table("job_parameters").set_index("parameter")["value"]
    faults = _missing("job_parameters", "parameter", {*SHARES, *AMOUNTS} - {*value.index})
    if faults:
        return faults
    wrong = [name for name in SHARES if not 0.0 <= value[name] <= 1.0]
    wrong += [name for name in AMOUNTS if not value[name] > 0.0]
    if wrong:
        what = f"{few(wrong)}: the value cannot be."
        mend = "Give shares from 0 to 1, and amounts above 0."
        faults.append(Fault(what, "job_parameters.csv", mend))
    if not value["full_employment_rate_frac"] < value["slack_rate_frac"]:
        what = "full_employment_rate_frac is not below slack_rate_frac."
        faults.append(Fault(what, "job_parameters.csv", "Give the lower rate to the former."))
    return faults


def _spending(dataset: Dataset) -> list[Fault]:
    """Name groups that spend more than there is, or pay staff nothing; and a set named twice."""
    keys = ["job_group", "phase"]
    rows = dataset.table("job_spending").set_index(keys)
    shares = dataset.table("job_spending_shares").groupby(keys)["share_frac"].sum()
    whole = rows["payroll_frac"].add(shares, fill_value=0.0)
    unpaid = rows[(rows["payroll_frac"] > 0.0) & rows["usd2025_per_job"].isna()]
    faults = [
        *_told("the shares and the payroll are more than the whole", whole[whole > WHOLE].index),
        *_told("there is a payroll but no cost of a job-year", unpaid.index),
    ]
    if SPENDING_SET in {*dataset.table("job_factors")["multiplier_set"]}:
        what = f"The set '{SPENDING_SET}' is that of the input-output table."
        faults.append(Fault(what, "job_factors.csv", "Give the set another name."))
    return faults


def _told(what: str, groups: pd.Index) -> list[Fault]:
    names = [" ".join(str(part) for part in group) for group in groups]
    if not names:
        return []
    where = "job_spending.csv, job_spending_shares.csv"
    return [Fault(f"{few(names)}: {what}.", where, "Mend the rows.")]
