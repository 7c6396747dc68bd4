"""Exemptions: which campuses of a plan are free of sales tax, by the law of their states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from gigaplan.dealbook import PlanFacts
from gigaplan.policy.facts.campus import Campus
from gigaplan.policy.parameters import Span
from gigaplan.policy.plan_credits import day_of_law
from gigaplan.policy.rules.states.sales_tax import is_exempt
from gigaplan.policy.state_law import StateRule, dated_rules
from gigaplan.system.frame import Frame

CAMPUS, ACCELERATOR = "campus", "accelerator"
COLUMNS = ("project", "zone", "exempt_frac", "citation")


def qualifies(row: StateRule | None, investment_usd_m: float, jobs: float) -> bool:
    """Return whether a campus is exempt under a row of the law; see the rule ``states.sales_tax``.

    Parameters
    ----------
    row
        What the state says on sales tax on the day; ``None``: nothing, so no exemption.
    investment_usd_m
        Investment of the campus and its tenants [million USD].
    jobs
        Permanent jobs; a part of a job does not count.
    """
    if row is None or row.status != "exempt":
        return False
    campus = Campus(state=row.zone, investment_usd_m=float(investment_usd_m), jobs=int(jobs))
    return is_exempt(campus, row).yes


def exemptions(facts: PlanFacts) -> pd.DataFrame:
    """Return the campuses and accelerators of a plan with the part that is exempt.

    All that is built in a state for a milestone counts as one campus with its accelerators, whoever
    pays for them. The law is that of the first day of construction, or of the day of the law of the
    scenario where that is later: a pause reaches new campuses, and what was granted stays.
    Accelerators are exempt as the campuses are that the plan has built in the state up to their
    milestone, by capacity; where it has built none, they are tried as a campus of their own.

    Returns
    -------
    pandas.DataFrame
        One row for each project: ``project``, ``zone``, ``exempt_frac`` and ``citation``.
    """
    own = facts.tables["projects"]
    own = own[own["class"].isin([CAMPUS, ACCELERATOR])]
    if own.empty:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    rules = _by_zone(dated_rules(facts.dataset, "sales_tax"))
    read_on = day_of_law(facts.scenario.policy, Frame(facts.scenario, facts.dataset))
    jobs_per_mw = _jobs_per_mw(facts)
    found: dict[tuple[str, int], tuple[float, float, str]] = {}
    built: dict[str, float] = {}
    granted: dict[str, float] = {}
    for stage in _stages(own):
        day = max(read_on, date(stage.first_year, 1, 1))
        row = _holding(rules.get(stage.zone, ()), day)
        yes = float(qualifies(row, stage.capex_usd2025_m, jobs_per_mw * stage.capacity_mw))
        campus_mw = stage.capacity_mw if stage.has_campus else 0.0
        built[stage.zone] = built.get(stage.zone, 0.0) + campus_mw
        granted[stage.zone] = granted.get(stage.zone, 0.0) + yes * campus_mw
        earlier = granted[stage.zone] / built[stage.zone] if built[stage.zone] > 0.0 else yes
        found[stage.zone, stage.year] = (yes, earlier, row.cited if row is not None else "")
    places = zip(own["zone"].astype(str), own["in_service_year"].astype(int), strict=True)
    told = [found[place] for place in places]
    return pd.DataFrame(
        {
            "project": own["project"].to_numpy(),
            "zone": own["zone"].to_numpy(),
            "exempt_frac": np.where(
                own["class"] == CAMPUS,
                [own_frac for own_frac, _, _ in told],
                [f for _, f, _ in told],
            ),
            "citation": [cited for _, _, cited in told],
        }
    )


@dataclass(frozen=True)
class _Stage:
    """What is built in a state for a milestone: tried as one campus."""

    zone: str
    year: int
    first_year: int
    capacity_mw: float
    capex_usd2025_m: float
    has_campus: bool


def _stages(own: pd.DataFrame) -> list[_Stage]:
    """Return campuses with their accelerators by state and milestone, in the order of years."""
    held: dict[tuple[int, str], list[tuple[str, int, float, float]]] = {}
    columns = ["zone", "in_service_year", "class", "construction_start_year"]
    columns += ["capacity_mw", "capex_usd2025_m"]
    for zone, year, *rest in own[columns].itertuples(index=False, name=None):
        held.setdefault((int(year), str(zone)), []).append(tuple(rest))
    stages = []
    for (year, zone), rows in sorted(held.items()):
        campuses = [row for row in rows if row[0] == CAMPUS]
        tried = campuses or rows
        stages.append(
            _Stage(
                zone,
                year,
                int(min(row[1] for row in tried)),
                float(sum(row[2] for row in tried)),
                float(sum(row[3] for row in rows)),
                bool(campuses),
            )
        )
    return stages


def _jobs_per_mw(facts: PlanFacts) -> float:
    """Return permanent jobs at a campus per MW of IT: the least of the sets of multipliers."""
    table = facts.dataset.table("job_factors")
    staff = table[(table["job_group"] == "campus") & (table["phase"] == "operation")]
    return float(staff["direct_job_years_per_mw"].min())


def _by_zone(
    rules: Iterable[tuple[Span, StateRule]],
) -> dict[str, list[tuple[Span, StateRule]]]:
    held: dict[str, list[tuple[Span, StateRule]]] = {}
    for span, rule in rules:
        held.setdefault(rule.zone, []).append((span, rule))
    return held


def _holding(spans: Sequence[tuple[Span, StateRule]], day: date) -> StateRule | None:
    return next((rule for span, rule in spans if span.holds(day)), None)
