"""Credits of a plan: what each asset earns by the years in which its builds enter service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final, cast

import pandas as pd

from gigaplan.inputs.scenario.policy import Policy
from gigaplan.plan.tables import without_rows
from gigaplan.policy.facts.power_plant import Technology
from gigaplan.policy.law import law_as_of
from gigaplan.policy.parameters import InForce
from gigaplan.policy.rules.energy_credits.credit import UNTIED, Credit, Kind, Origin, credit_of
from gigaplan.system.eligibility import AssetCredit
from gigaplan.system.frame import Frame

RECEIPTS: Final = "nuclear_receipts_usd_per_mwh"


def credit_table(frame: Frame) -> pd.DataFrame:
    """Return the table ``credits``: what an asset earns in service by each milestone.

    Builds of a milestone enter service evenly over the years since the milestone before; each
    year's part begins construction on the first day of its first year of construction and is in
    service on the last day of its year. Their credits are averaged. An existing fleet earns in the
    years that the milestone stands for. Owners are taken to have no tie to prohibited foreign
    entities but the cost that the scenario says goes to them, to meet wages, and to claim no bonus:
    the screen of the plan says what is left open.

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
    kinds = zip(table["asset"].tolist(), table["technology"].tolist(), strict=True)
    rows = [
        row
        for asset, technology in kinds
        if asset in frame.assets
        for row in _of_asset(frame, str(asset), cast(Technology, technology), law.parameters)
    ]
    return pd.DataFrame(rows) if rows else without_rows("credits")


def day_of_law(asked: Policy, frame: Frame) -> date:
    """Return the day whose law counts: the scenario's, or the last on which rules were read."""
    if asked.as_of is not None:
        return asked.as_of
    read = frame.table("rule_parameters")["retrieved_on"]
    return max(date.fromisoformat(str(day)) for day in read)


def credits_by_asset(table: pd.DataFrame, worth_frac: float) -> dict[tuple[str, int], AssetCredit]:
    """Return what credits pay, by asset and milestone.

    Parameters
    ----------
    table
        The table ``credits``.
    worth_frac
        What a dollar of credit is worth to its owner [frac].
    """
    keys = zip(table["asset"].tolist(), table["in_service_year"].tolist(), strict=True)
    worth = table[["rate_frac", "usd_per_mwh", "usd_per_t"]].to_numpy(dtype=float) * worth_frac
    years = table["paid_years"].tolist()
    return {
        key: AssetCredit(on_capex, by_energy, by_tonne, paid_years)
        for key, (on_capex, by_energy, by_tonne), paid_years in zip(
            keys, worth.tolist(), years, strict=True
        )
    }


def _of_asset(
    frame: Frame, asset: str, technology: Technology, parameters: InForce
) -> list[dict[str, object]]:
    facts = frame.assets[asset]
    origin = _origin(frame, technology)
    if facts.buildable:
        years = [s.tolist() for s in frame.service_years(frame.base_year + facts.lead_time_years)]
    else:
        years = [list(period) for period in frame.years_represented]
    rows = []
    for milestone, service in zip(frame.years.tolist(), years, strict=True):
        if not service:
            continue
        days = [
            (_begins(year, facts.construction_years, frame.base_year), date(year, 12, 31))
            for year in service
        ]
        invested = [credit_of(technology, *day, origin, parameters) for day in days]
        produced = [credit_of(technology, *day, origin, parameters, "production") for day in days]
        last = invested[-1]
        rows.append(
            {
                "asset": asset,
                "in_service_year": milestone,
                "technology": technology,
                "rate_frac": _mean_rate(invested, "itc"),
                "usd_per_mwh": _mean_rate(produced, "ptc"),
                "usd_per_t": _mean_rate(produced, "capture"),
                "paid_years": max(credit.years for credit in produced),
                "citation": last.citation,
                "sentence": last.finding.says,
            }
        )
    return rows


def _begins(service_year: int, construction_years: int, base_year: int) -> date:
    return date(max(service_year - construction_years + 1, base_year), 1, 1)


def _mean_rate(credits: Sequence[Credit], kind: Kind) -> float:
    return sum(credit.rate for credit in credits if credit.kind == kind) / len(credits)


def _origin(frame: Frame, technology: Technology) -> Origin:
    """Return what is taken of the owners and the parts of a technology."""
    if technology == "nuclear_existing":
        return replace(UNTIED, receipts_usd_per_mwh=frame.number(RECEIPTS))
    told = {str(name): frac for name, frac in frame.scenario.policy.prohibited_cost_frac.items()}
    return replace(UNTIED, clean_cost_frac=1.0 - told.get(technology, 0.0))
