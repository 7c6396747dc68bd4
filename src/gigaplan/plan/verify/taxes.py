"""Tax checks: what is due, forgone and paid agrees with itself, with incentives and with deals."""

from __future__ import annotations

import pandas as pd

from gigaplan.plan.factories import numbered_factories
from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding, told
from gigaplan.plan.verify.labelled import DOLLAR_M, RELATIVE, agree

OF_DEALS = {"property": "property_tax", "corporate": "state_tax"}
PAID = "paid_usd_nominal_m"


def tax_findings(fields: Fields) -> list[Finding]:
    """Add up taxes and incentives again from their tables."""
    tables = fields.plan.tables
    taxes, incentives = tables["taxes"], tables["incentives"]
    due, forgone = taxes["due_usd2025_m"], taxes["incentive_usd2025_m"]
    rated, paid = taxes["rate_frac"] * taxes["base_usd2025_m"], taxes["paid_usd2025_m"]
    places = incentives[incentives["level"] != "federal"]
    keys = ["zone", "level"]
    return [
        agree("tax that is due is its rate on its base", due, rated),
        agree(
            "tax that is paid is what is due less incentives",
            paid,
            due - forgone,
        ),
        _within(taxes),
        agree(
            "incentives add up to what taxes forgo",
            places.groupby(keys)["cost_usd2025_m"].sum(),
            taxes.groupby(keys)["incentive_usd2025_m"].sum(),
        ),
        _index(taxes),
        _taxed_once(taxes, tables["projects"], tables["factories"]),
        *_deals(fields, taxes),
        *_per_job(incentives),
    ]


def _within(taxes: pd.DataFrame) -> Finding:
    """No tax is below zero, and no incentive is more than the tax."""
    due, forgone = taxes["due_usd2025_m"], taxes["incentive_usd2025_m"]
    wrong = ~((forgone >= 0.0) & (forgone <= due * (1.0 + RELATIVE) + DOLLAR_M))
    faults = [
        f"row {row}: {forgone[row]:,.6f} M$ forgone of {due[row]:,.6f} M$ due"
        for row in taxes.index[wrong]
    ]
    return told("incentives are a part of the tax that is due", faults, len(taxes))


def _index(taxes: pd.DataFrame) -> Finding:
    """Nominal over real money is the same for all rows of a year."""
    whole = taxes.groupby("calendar_year")[["paid_usd2025_m", PAID]].sum()
    index = taxes["calendar_year"].map(whole[PAID] / whole["paid_usd2025_m"]).astype(float)
    real = (taxes["paid_usd2025_m"] * index).fillna(0.0)
    return agree("a year has one price index", taxes[PAID].astype(float), real)


def _taxed_once(taxes: pd.DataFrame, projects: pd.DataFrame, factories: pd.DataFrame) -> Finding:
    """Sales tax of a project is on no more than it costs, and of nothing that is not built."""
    sold = taxes[taxes["tax"] == "sales"]
    sums = sold.groupby(["project", "level"])["base_usd2025_m"].sum()
    names = sums.index.get_level_values("project")
    built = pd.concat([projects, numbered_factories(factories)])
    cost = built.set_index("project")["capex_usd2025_m"].reindex(names).fillna(0.0).to_numpy()
    wrong = ~(sums.to_numpy(dtype=float) <= cost * (1.0 + RELATIVE) + DOLLAR_M)
    faults = [
        f"project {name}: sales tax is on {base:,.3f} M$, it costs {price:,.3f} M$"
        for (name, _), base, price in zip(sums.index[wrong], sums[wrong], cost[wrong], strict=True)
    ]
    return told("sales tax is on what is built", faults, len(sums))


def _deals(fields: Fields, taxes: pd.DataFrame) -> list[Finding]:
    """Where there are deals, property and income tax are theirs, in nominal money."""
    tables = fields.plan.tables
    deals, ledger = tables["deals"], tables["deal_ledger"]
    horizon = fields.plan.scenario.horizon
    last = int(horizon.milestone_years[-1]) + int(horizon.years_after_last) - 1
    project = ledger["deal"].map(deals.set_index("deal")["project"])
    money = -ledger["usd_nominal_m"].groupby([project, ledger["year"], ledger["line"]]).sum()
    own = taxes[taxes["project"].isin(deals["project"])]
    paid = own.groupby(["project", "calendar_year", "tax"])[PAID].sum()
    return [
        agree(
            f"{tax} tax of deals is that of their ledgers",
            _of(paid, tax),
            _of(money, line)[lambda held: held.index.get_level_values(1) <= last],
        )
        for tax, line in OF_DEALS.items()
    ]


def _of(summed: pd.Series, kind: str) -> pd.Series:
    """Return sums of one kind by project and year."""
    chosen = summed[summed.index.get_level_values(2) == kind]
    return chosen.droplevel(2).rename_axis(["project", "year"]).astype(float)


def _per_job(incentives: pd.DataFrame) -> list[Finding]:
    """Cost per job times jobs is the cost."""
    pairs = {
        "usd2025_per_operation_job_year": "operation_job_years",
        "usd2025_per_job_year": "total_job_years",
    }
    return [
        agree(
            f"cost per job-year is cost over {jobs.replace('_', ' ')}",
            incentives[cost].astype(float) * incentives[jobs].astype(float) / 1e6,
            incentives["cost_usd2025_m"].where(incentives[cost].notna()).astype(float),
        )
        for cost, jobs in pairs.items()
    ]
