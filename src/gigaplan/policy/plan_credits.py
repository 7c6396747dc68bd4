"""Credits of a plan: what each asset earns by the years in which its builds enter service."""

from __future__ import annotations

from datetime import date
from typing import Final, cast

import pandas as pd

from gigaplan.inputs.scenario.policy import Policy
from gigaplan.plan.tables import without_rows
from gigaplan.policy.facts.power_plant import Technology
from gigaplan.policy.law import law_as_of
from gigaplan.policy.parameters import InForce
from gigaplan.policy.rules.energy_credits.credit import UNTIED, Credit, credit_of
from gigaplan.system.frame import Frame

INVESTMENT: Final = "itc"


def credit_table(frame: Frame) -> pd.DataFrame:
    """Return the table ``credits``: the investment credit of each asset and milestone.

    Builds of a milestone enter service evenly over the years since the milestone before; each
    year's part begins construction on the first day of its first year of construction and is in
    service on the last day of its year. Their credits are averaged. Owners are taken to have no
    tie to prohibited foreign entities, to meet wages, and to claim no bonus: the screen of the plan
    says what is left open. Credits by energy and by tonne are not counted.

    Parameters
    ----------
    frame
        The scenario and its data package.

    Returns
    -------
    pandas.DataFrame
        One row for each asset that a law gives a credit to and each milestone; no rows when the
        scenario does not count credits.

    Raises
    ------
    InputError
        If no rule is in force on the day of the law.
    """
    asked = frame.scenario.policy
    if not asked.credits:
        return without_rows("credits")
    law = law_as_of(frame.dataset, day_of_law(asked, frame), where=frame.scenario.where("policy"))
    table = frame.table("credit_technologies")
    kinds = dict(zip(table["asset"].tolist(), table["technology"].tolist(), strict=True))
    rows = [
        row
        for asset, technology in kinds.items()
        if asset in frame.assets and frame.assets[asset].buildable
        for row in _of_asset(frame, str(asset), cast(Technology, technology), law.parameters)
    ]
    return pd.DataFrame(rows) if rows else without_rows("credits")


def day_of_law(asked: Policy, frame: Frame) -> date:
    """Return the day whose law counts: the scenario's, or the last on which rules were read."""
    if asked.as_of is not None:
        return asked.as_of
    read = frame.table("rule_parameters")["retrieved_on"]
    return max(date.fromisoformat(str(day)) for day in read)


def credit_shares(table: pd.DataFrame, worth_frac: float) -> dict[tuple[str, int], float]:
    """Return the part of capex that credits pay, by asset and milestone [frac].

    Parameters
    ----------
    table
        The table ``credits``.
    worth_frac
        What a dollar of credit is worth to its owner [frac].
    """
    keys = zip(table["asset"].tolist(), table["in_service_year"].tolist(), strict=True)
    return {
        (asset, year): rate * worth_frac
        for (asset, year), rate in zip(keys, table["rate_frac"].tolist(), strict=True)
    }


def _of_asset(
    frame: Frame, asset: str, technology: Technology, parameters: InForce
) -> list[dict[str, object]]:
    facts = frame.assets[asset]
    ready = frame.base_year + facts.lead_time_years
    rows = []
    for milestone, service in zip(frame.years, frame.service_years(ready), strict=True):
        if not service.size:
            continue
        found = [
            _of_year(int(year), facts.construction_years, technology, frame.base_year, parameters)
            for year in service
        ]
        rates = [credit.rate if credit.kind == INVESTMENT else 0.0 for credit in found]
        last = found[-1]
        rows.append(
            {
                "asset": asset,
                "in_service_year": int(milestone),
                "technology": technology,
                "rate_frac": sum(rates) / len(rates),
                "citation": last.citation,
                "sentence": last.finding.says,
            }
        )
    return rows


def _of_year(
    service_year: int,
    construction_years: int,
    technology: Technology,
    base_year: int,
    parameters: InForce,
) -> Credit:
    first = max(service_year - construction_years + 1, base_year)
    return credit_of(technology, date(first, 1, 1), date(service_year, 12, 31), UNTIED, parameters)
