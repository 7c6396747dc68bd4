"""Credits of a plan: their rates by milestone, and what they are worth in it."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.frames import Tables, filled
from gigaplan.report.groups import groups_of, labels_of
from gigaplan.report.numbers import listed, rounded, usd
from gigaplan.system.credits import credited_by_energy

Bools = npt.NDArray[np.bool_]
FLEET: Final = "existing nuclear"
YEARLY: Final = "cost_usd2025_m_per_yr"
KEYS: Final = ["asset", "in_service_year"]
RATES: Final = ("rate_frac", "usd_per_mwh", "usd_per_t")
NOTHING_USD_M: Final = 0.5
"""Amounts below this are what a solver leaves over [M$ of 2025]."""
NOTHING_FRAC: Final = 1e-9
NAMES: Final = {
    "nuclear_new": "new nuclear",
    "nuclear_existing": "existing nuclear",
    "fuel_cell": "fuel-cell power",
}
"""Technologies of the law whose names do not read as words."""


def name_of(technology: str) -> str:
    """Return a technology of the law in words.

    Examples
    --------
    >>> name_of("nuclear_new"), name_of("gas_with_capture")
    ('new nuclear', 'gas with capture')
    """
    return NAMES.get(technology, technology.replace("_", " "))


def has_credits(tables: Tables) -> bool:
    """Return whether a plan counts credits."""
    return filled(tables, "credits")


def earned(plan: Plan) -> pd.DataFrame:
    r"""Return the table ``credits`` with family, label, capex and credit of the plan [M$ of 2025].

    .. math:: \text{credit} = \text{rate} \cdot \sum_{\text{projects}} \text{capex}

    over the projects of the asset in service by the milestone that take the credit on capex;
    ``own_usd2025_m`` is the part of projects that the programme pays for. A dollar of credit counts
    as a dollar.
    """
    tables = plan.tables
    table = tables["credits"]
    projects = tables["projects"]
    projects = projects[~_by_energy(plan, projects)]
    capex = projects.groupby(KEYS)["capex_usd2025_m"].sum()
    own = projects[projects["payer"] == "programme"].groupby(KEYS)["capex_usd2025_m"].sum()
    at = pd.MultiIndex.from_frame(table[KEYS])
    paid = capex.reindex(at).fillna(0.0).to_numpy(dtype=float)
    paid_own = own.reindex(at).fillna(0.0).to_numpy(dtype=float)
    rate = table["rate_frac"].to_numpy(dtype=float)
    names = table["asset"].astype(str)
    return table.assign(
        technology=table["technology"].astype(str).map(name_of),
        group=names.map(groups_of(tables["assets"])).fillna(names),
        label=names.map(labels_of(tables["assets"])).fillna(names),
        capex_usd2025_m=paid,
        credit_usd2025_m=rate * paid,
        own_usd2025_m=rate * paid_own,
    )


def _by_energy(plan: Plan, projects: pd.DataFrame) -> Bools:
    """Return whether each project takes the credit by energy instead of the one on capex."""
    if not (plan.tables["credits"]["usd_per_mwh"] > 0).any():
        return np.zeros(len(projects), dtype=bool)
    built = pd.MultiIndex.from_frame(projects[["asset", "zone", "in_service_year"]])
    return np.asarray(built.isin(credited_by_energy(plan.system)))


def credits_payload(plan: Plan) -> dict[str, Json]:
    """Return the table of credits of the page; none where a plan does not count them.

    Assets of one technology whose rates and sentences are the same by every milestone are one row
    by milestone.
    """
    if not has_credits(plan.tables):
        return {}
    money = {"capex_usd2025_m": 1, "credit_usd2025_m": 2, "own_usd2025_m": 2, "rate_frac": 6}
    money |= {"usd_per_mwh": 2, "usd_per_t": 2}
    return {"credits": columns_of(alike(earned(plan)), money)}


def alike(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with assets of one technology and the same credits put together."""
    told = {
        asset: (str(own["technology"].iloc[0]), tuple(_terms(own)))
        for asset, own in table.groupby("asset", sort=False)
    }
    number = {terms: at for at, terms in enumerate(dict.fromkeys(told.values()))}
    table = table.assign(kind=table["asset"].map(lambda asset: number[told[asset]]))
    grouped = table.groupby(["kind", "in_service_year"], sort=True)
    return grouped.agg(
        technology=("technology", "first"),
        group=("group", _joined),
        label=("label", _joined),
        rate_frac=("rate_frac", "first"),
        usd_per_mwh=("usd_per_mwh", "first"),
        usd_per_t=("usd_per_t", "first"),
        capex_usd2025_m=("capex_usd2025_m", "sum"),
        credit_usd2025_m=("credit_usd2025_m", "sum"),
        own_usd2025_m=("own_usd2025_m", "sum"),
        citation=("citation", "first"),
        sentence=("sentence", "first"),
    ).reset_index()


def _terms(own: pd.DataFrame) -> list[tuple[object, ...]]:
    columns = [own[name].tolist() for name in ("in_service_year", *RATES, "citation")]
    return list(zip(*columns, own["sentence"].tolist(), strict=True))


def _joined(names: pd.Series) -> str:
    return ", ".join(dict.fromkeys(names.astype(str)))


def credit_sentences(plan: Plan) -> str:
    """Return how credits end, and what they are worth in the plan; nothing without credits.

    Examples
    --------
    ``Credits on solar and wind have ended: nothing that enters service by 2028, 2030 or 2032 earns
    one. Storage earns 30% until
    2032 and 22.5% in 2035. On what the plan builds, credits come to $5.6 billion of 2025 by year of
    service: $3.1 billion by 2028 and $2.5 billion by 2030; $0.4 billion of it on what the programme
    pays for.``
    """
    if not has_credits(plan.tables):
        return ""
    table = earned(plan)
    on_capex = table[(table["usd_per_t"] == 0.0) & (table["technology"] != FLEET)]
    return " ".join([*sunsets(on_capex), worth(on_capex), *on_output(plan)])


def on_output(plan: Plan) -> list[str]:
    """Return a sentence on credits by energy and by tonne, as far as the plan earns any."""
    by_energy = plan.tables["projects"][_by_energy(plan, plan.tables["projects"])]
    told = []
    if len(by_energy):
        power = rounded(float(by_energy["capacity_mw"].sum()) / 1e3, 1)
        told.append(f"{power} GW take the credit by energy instead, which is worth more to them.")
    costs = plan.tables["costs"]
    yearly = costs[costs["category"] == "credits on output"].groupby("year")[YEARLY].sum()
    yearly = yearly[yearly < -NOTHING_USD_M]
    if len(yearly):
        parts = [f"{usd(-float(value))} in {year}" for year, value in yearly.items()]
        told.append(f"Credits on output (45Q, 45U) come to {listed(parts)}, each year.")
    return told


def sunsets(table: pd.DataFrame) -> list[str]:
    """Return a sentence for technologies that share their rates by milestone, the ended first."""
    shared: dict[tuple[tuple[int, float], ...], list[str]] = {}
    for technology, own in table.groupby("technology", sort=False):
        rates = own.groupby("in_service_year")["rate_frac"].mean()
        path = tuple((int(str(year)), float(rate)) for year, rate in rates.items())
        shared.setdefault(path, []).append(str(technology))
    ended = [path for path in shared if all(rate < NOTHING_FRAC for _, rate in path)]
    told = [_earning(names, path) for path, names in shared.items() if path not in ended]
    if not ended:
        return told
    names = [name for path in ended for name in shared[path]]
    years = sorted({str(year) for path in ended for year, _ in path})
    by = listed(years).replace(" and ", " or ")
    return [
        f"Credits on {listed(names)} have ended: nothing that enters service by {by} earns one.",
        *told,
    ]


def _earning(names: list[str], path: tuple[tuple[int, float], ...]) -> str:
    verb = "earns" if len(names) == 1 else "earn"
    who = listed(names)
    return f"{who[0].upper()}{who[1:]} {verb} {listed(_runs(path))}."


def _runs(path: tuple[tuple[int, float], ...]) -> list[str]:
    """Return the rates of a path, those of neighbouring milestones that are the same once.

    Examples
    --------
    >>> _runs(((2028, 0.3), (2030, 0.3), (2032, 0.225), (2035, 0.0)))
    ['30% until 2030', '22.5% in 2032', 'nothing in 2035']
    >>> _runs(((2028, 0.3), (2030, 0.3)))
    ['30% from 2028 to 2030']
    """
    runs: list[tuple[float, int, int]] = []
    for year, rate in path:
        if runs and abs(runs[-1][0] - rate) < NOTHING_FRAC:
            runs[-1] = (rate, runs[-1][1], year)
        else:
            runs.append((rate, year, year))
    return [
        f"{_rate(rate)} {_span(first, last, starts=at == 0 and len(runs) > 1)}"
        for at, (rate, first, last) in enumerate(runs)
    ]


def _rate(frac: float) -> str:
    if frac < NOTHING_FRAC:
        return "nothing"
    return f"{rounded(100 * frac, 1).removesuffix('.0')}%"


def _span(first: int, last: int, *, starts: bool) -> str:
    if first == last:
        return f"in {first}"
    return f"until {last}" if starts else f"from {first} to {last}"


def worth(table: pd.DataFrame) -> str:
    """Return what credits are worth on the projects of a plan, by milestone [USD of 2025]."""
    by_year = table.groupby("in_service_year")["credit_usd2025_m"].sum()
    whole = float(by_year.sum())
    if whole < NOTHING_USD_M:
        return "The plan builds nothing that earns one."
    some = by_year[by_year >= NOTHING_USD_M]
    parts = [f"{usd(float(value))} by {year}" for year, value in some.items()]
    when = f"all by {some.index[0]}" if len(parts) == 1 else listed(parts)
    own = float(table["own_usd2025_m"].sum())
    part = usd(own) if own >= NOTHING_USD_M else "none"
    return (
        f"On what the plan builds, credits come to {usd(whole)} of 2025 by year of service: "
        f"{when}; {part} of it on what the programme pays for."
    )
