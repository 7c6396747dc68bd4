"""Incentives: what a plan is given by state and law, and what a job costs by it."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gigaplan.dealbook import PlanFacts
from gigaplan.economy.taxes.property import PROPERTY
from gigaplan.economy.taxes.rates import TaxRates
from gigaplan.economy.taxes.sales import SALES
from gigaplan.plan.tables import without_rows
from gigaplan.policy.plan_credits import credits_by_asset
from gigaplan.system.frame import NO_CREDIT

KINDS: Final = {SALES: "sales-tax exemption", PROPERTY: "property-tax abatement"}
FEDERAL: Final = "federal"
CREDIT: Final = "investment credit"
AGREEMENT: Final = "Agreement with the place; deal_terms, property_tax_abated_frac"
COST: Final = "cost_usd2025_m"
CONSTRUCTION: Final = "construction"
BY_STATE: Final = ["zone", "kind", "level"]
JOBS: Final = ["operation_job_years", "construction_job_years", "total_job_years"]
PER_JOB: Final = {
    "usd2025_per_operation_job_year": "operation_job_years",
    "usd2025_per_job_year": "total_job_years",
}
EFFECTS: Final = ["direct_job_years", "indirect_job_years", "induced_job_years"]
NOTHING_USD_M: Final = 1e-9


def incentives_table(
    taxes: pd.DataFrame, exempt: pd.DataFrame, facts: PlanFacts, rates: TaxRates
) -> pd.DataFrame:
    """Return the table ``incentives`` without jobs.

    Parameters
    ----------
    taxes
        The table ``taxes``.
    exempt
        What is exempt by which law, see
        :func:`~gigaplan.economy.taxes.exemptions.exemptions`.
    facts, rates
        The plan, and its data package.

    Returns
    -------
    pandas.DataFrame
        One row for each zone, kind and level; state and local rows add up to ``taxes``.
    """
    given = taxes[taxes["incentive_usd2025_m"] > 0.0]
    given = given.assign(kind=given["tax"].map(KINDS))
    cost = given.groupby(BY_STATE)["incentive_usd2025_m"].sum().rename(COST).reset_index()
    used = exempt[(exempt["exempt_frac"] > 0.0) & (exempt["citation"] != "")]
    laws = used.groupby("zone")["citation"].agg(lambda held: "; ".join(dict.fromkeys(held)))
    by_law = cost["zone"].map(laws.to_dict()).astype(object)
    cited = by_law.where(cost["kind"] == KINDS[SALES], AGREEMENT)
    rows = pd.concat([cost.assign(citation=cited), _federal(facts, rates)], ignore_index=True)
    rows = rows[rows[COST] > NOTHING_USD_M]
    if rows.empty:
        return without_rows("incentives")
    return with_jobs(rows.sort_values(BY_STATE, kind="stable").reset_index(drop=True), None)


def with_jobs(incentives: pd.DataFrame, jobs: pd.DataFrame | None) -> pd.DataFrame:
    r"""Return incentives with the jobs of their state and the cost per job.

    .. math:: \text{cost per job-year} = \frac{\text{incentive}}{\text{job-years of the state}}

    Each kind of incentive is set against all jobs of the plan in the state, so the costs of a
    state's kinds may be added up.

    Parameters
    ----------
    incentives
        The table ``incentives``.
    jobs
        The table ``jobs``; of each zone the set of multipliers with the fewest job-years counts.
        ``None``: jobs and costs per job are blank.

    Returns
    -------
    pandas.DataFrame
        ``operation_job_years`` and ``construction_job_years`` are direct jobs;
        ``total_job_years`` has both phases with indirect and induced jobs. A state without jobs
        has no cost per job.
    """
    held = _jobs_by_zone(jobs)
    table = incentives.copy()
    for name in JOBS:
        table[name] = table["zone"].map(held[name]).astype(float)
    for cost, per in PER_JOB.items():
        table[cost] = 1e6 * table[COST] / table[per].where(table[per] > 0.0)
    return table


def _jobs_by_zone(jobs: pd.DataFrame | None) -> pd.DataFrame:
    if jobs is None:
        return pd.DataFrame({name: pd.Series(dtype=float) for name in JOBS})
    building = jobs["phase"] == CONSTRUCTION
    parts = jobs.assign(
        operation_job_years=jobs["direct_job_years"].where(~building, 0.0),
        construction_job_years=jobs["direct_job_years"].where(building, 0.0),
        total_job_years=jobs[EFFECTS].sum(axis=1),
    )
    return parts.groupby(["zone", "multiplier_set"])[JOBS].sum().groupby("zone").min()


def _federal(facts: PlanFacts, rates: TaxRates) -> pd.DataFrame:
    """Return the investment credits of all projects by zone, at their face value.

    Credits by energy and by tonne are paid with the output, and not counted here.
    """
    credits_ = facts.tables["credits"]
    earned = credits_by_asset(credits_, worth_frac=1.0)
    projects = facts.tables["projects"]
    projects = projects[projects["zone"].isin(rates.zones.index)]
    pairs = zip(projects["asset"], projects["in_service_year"], strict=True)
    held = [earned.get((asset, int(year)), NO_CREDIT).capex_frac for asset, year in pairs]
    built = pd.MultiIndex.from_frame(projects[["asset", "zone", "in_service_year"]])
    by_energy = built.isin(facts.credited_by_energy)
    share = np.where(by_energy, 0.0, np.array(held, dtype=float))
    rows = projects.assign(**{COST: share * projects["capex_usd2025_m"]})[share > 0.0]
    laws = credits_.drop_duplicates("asset").set_index("asset")["citation"].to_dict()
    rows = rows.assign(citation=rows["asset"].map(laws))
    grouped = rows.groupby("zone")
    summed = grouped[COST].sum().reset_index()
    cited = grouped["citation"].agg(lambda held: "; ".join(dict.fromkeys(held)))
    return summed.assign(
        kind=CREDIT, level=FEDERAL, citation=summed["zone"].map(cited.to_dict()).astype(object)
    )
