"""Compare plans: the same figures side by side, and what differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report import capital, chains, deals, environment, figures, frames, jobs, money
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.frames import added_up
from gigaplan.report.groups import GROUPS
from gigaplan.report.html import page, write_page
from gigaplan.report.numbers import gw, listed, usd


def write_comparison(plans: Sequence[Plan], path: Path) -> None:
    """Write one self-contained HTML file with the differences of two or more plans.

    Every plan is measured against the first.

    Raises
    ------
    ValueError
        With fewer than two plans.
    """
    if len(plans) < 2:
        message = f"A comparison needs two plans or more, not {len(plans)}."
        raise ValueError(message)
    names = plan_names(plans)
    title = f"Comparison of {listed(names)}"
    text = page(
        build_comparison(plans),
        title=title,
        paragraphs=comparison_sentences(plans),
        app="compare",
        version=plans[0].manifest.gigaplan_version,
    )
    write_page(path, text)


def plan_names(plans: Sequence[Plan]) -> list[str]:
    """Return a name for each plan; plans of one name are numbered."""
    names = [plan.manifest.name for plan in plans]
    return [
        name if names.count(name) == 1 else f"{name} ({names[: at + 1].count(name)})"
        for at, name in enumerate(names)
    ]


def shared_year(plans: Sequence[Plan]) -> int | None:
    """Return the last milestone year that all plans have, or nothing where they share none."""
    shared = set(figures.years_of(plans[0])).intersection(*map(figures.years_of, plans[1:]))
    return max(shared, default=None)


def measures(plan: Plan, year: int | None) -> list[tuple[str, str, float]]:
    """Return the figures that plans are compared by: name, unit, value.

    Parameters
    ----------
    plan
        One of the plans.
    year
        The year of figures that belong to one year; without it, the plan's own last.
    """
    last = figures.years_of(plan)[-1] if year is None else year
    when = "last year" if year is None else str(year)
    states = figures.campus_states(plan)
    paid = money.capex_by_payer(plan.tables)
    power = figures.power_added(plan)
    co2, price = figures.emissions_mt(plan), figures.mean_price(plan)
    grown = plan.table("corridor_capacity")["built_mw"].sum() / 1e3
    shortage = plan.table("energy_balance")
    unserved = float(shortage.loc[shortage["item"] == "unserved", "energy_twh"].sum())
    rows = [
        ("New campus IT", "GW", float(states.sum()) / 1e3),
        ("States with new campuses", "states", float(len(states))),
        (f"Given campus IT, {when}", "GW", figures.given_campus_mw(plan, last) / 1e3),
        (
            "Discounted cost of everything",
            "billion USD of 2025",
            plan.manifest.objective.value_usd2025_m / 1e3,
        ),
    ]
    rows += [
        (f"Capital paid by {payer}", "billion USD of 2025", paid.get(payer, 0.0) / 1e3)
        for payer in money.PAYERS
    ]
    rows += [
        ("New power and storage", "GW", float(power.sum()) / 1e3),
        ("New transmission", "GW", float(grown)),
        (f"CO\u2082 from power, {when}", "Mt", float(co2.get(last, 0.0))),
        (f"Mean wholesale price, {when}", "USD of 2025 per MWh", float(price[last])),
        ("Unserved load, all milestone years", "TWh", unserved),
    ]
    return rows + _chain_measures(plan)


def _chain_measures(plan: Plan) -> list[tuple[str, str, float]]:
    """Return the figures of supply chains that plans are compared by."""
    table = chains.supply_use(plan.tables)
    binding = table[table["binds"] > 0]
    local = binding["zone"].fillna("") != ""
    paid = chains.premiums(plan.tables)
    return [
        ("Components that bind", "components", float(binding[~local]["component"].nunique())),
        ("States where labour binds", "states", float(binding[local]["zone"].nunique())),
        (
            "Premiums for scarce components and labour, discounted",
            "billion USD of 2025",
            sum(paid.values()) / 1e3,
        ),
        ("Capital of new factories", "billion USD of 2025", money.factory_capex(plan.tables) / 1e3),
        (
            "Components from the US and its allies, by value",
            "%",
            100 * chains.allied_share(plan.tables),
        ),
    ]


def _capital_measures(plan: Plan) -> list[tuple[str, str, float]]:
    """Return the figures of investors' money that plans are compared by."""
    table = capital.investors(plan.tables)
    whole = table[["committed_usd2025_m", "drawn_usd2025_m", "return_charge_usd2025_m"]].sum()
    committed, drawn, charge = (float(value) / 1e3 for value in whole)
    return [
        ("Money that investors commit", "billion USD of 2025", committed),
        ("Money that investors pay", "billion USD of 2025", drawn),
        ("Returns beyond the cost of capital, discounted", "billion USD of 2025", charge),
        *[
            (f"Share of investors' money: {name}", "%", 100 * capital.share_of_group(plan, group))
            for group, name in _SHARES.items()
        ],
    ]


_SHARES: Final = {"foreign": "foreign", "government": "governments", "debt": "debt"}


def comparison_sentences(plans: Sequence[Plan]) -> list[str]:
    """Return a sentence for each plan after the first: how it differs from the first."""
    names, year = plan_names(plans), shared_year(plans)
    base = {name: value for name, _, value in measures(plans[0], year)}
    when = "its last year" if year is None else str(year)
    emitted = f"CO\u2082 from power, {year or 'last year'}"
    base_end = figures.years_of(plans[0])[-1]
    sentences = []
    for name, plan in zip(names[1:], plans[1:], strict=True):
        other = {key: value for key, _, value in measures(plan, year)}
        campus = (other["New campus IT"] - base["New campus IT"]) * 1e3
        cost = other["Discounted cost of everything"] - base["Discounted cost of everything"]
        co2 = other[emitted] - base[emitted]
        end = figures.years_of(plan)[-1]
        ends = (
            ""
            if end == base_end
            else f" It ends in {end}, not in {base_end}: its totals and costs cover other years."
        )
        sentences.append(
            f"Against {names[0]}, {name} {_more(campus)} new campus IT, "
            f"costs {_dearer(cost * 1e3)} and {_dirtier(co2)} CO\u2082 in {when}.{ends}"
        )
    return sentences


def _more(campus_mw: float) -> str:
    if abs(campus_mw) < frames.WORTH_SHOWING_MW:
        return "brings as much"
    return f"brings {gw(abs(campus_mw))} {'more' if campus_mw > 0 else 'less'}"


def _dirtier(co2_mt: float) -> str:
    """Return words for a difference in emissions.

    >>> _dirtier(-12.3), _dirtier(0.2)
    ('emits 12 Mt less', 'emits as much')
    """
    if abs(co2_mt) < 0.5:
        return "emits as much"
    return f"emits {abs(co2_mt):,.0f} Mt {'more' if co2_mt > 0 else 'less'}"


def _dearer(cost_usd_m: float) -> str:
    if abs(cost_usd_m) < 1.0:
        return "the same"
    return f"{usd(abs(cost_usd_m))} {'more' if cost_usd_m > 0 else 'less'} (discounted)"


def build_comparison(plans: Sequence[Plan]) -> dict[str, Json]:
    """Return everything that the page of a comparison shows."""
    names, year = plan_names(plans), shared_year(plans)
    funded = all(capital.has_investors(plan.tables) for plan in plans)
    closed = all(deals.has_deals(plan.tables) for plan in plans)
    counted = all(jobs.has_jobs(plan.tables) for plan in plans)
    surrounded = all(environment.has_environment(plan.tables) for plan in plans)
    figure_rows = pd.DataFrame(
        [
            (measure, unit, name, value)
            for name, plan in zip(names, plans, strict=True)
            for measure, unit, value in [
                *measures(plan, year),
                *(_capital_measures(plan) if funded else []),
                *(deals.measures(plan) if closed else []),
                *(jobs.measures(plan) if counted else []),
                *(environment.measures(plan, year) if surrounded and year is not None else []),
            ]
        ],
        columns=["measure", "unit", "plan", "value"],
    )
    return {
        "title": f"Comparison of {listed(names)}",
        "plans": [*names],
        "titles": [plan.manifest.title for plan in plans],
        "years": [[*figures.years_of(plan)] for plan in plans],
        "groups": [*GROUPS],
        "categories": [*money.CATEGORIES],
        "summary": [*comparison_sentences(plans)],
        "tables": {
            "measures": columns_of(figure_rows),
            "capacity": columns_of(_stack(plans, names, _capacity), {"value": 4}),
            "generation": columns_of(_stack(plans, names, _generation), {"value": 4}),
            "costs": columns_of(_stack(plans, names, _costs), {"value": 3}),
            "tightness": columns_of(_stack(plans, names, _tightness), {"value": 4}),
            "factories": columns_of(_stack(plans, names, _factories), {"value": 4}),
            "investors": columns_of(_stack(plans, names, _investors), {"value": 4})
            if funded
            else {},
            "returns": columns_of(_stack(plans, names, deals.rates), {"value": 3})
            if closed
            else {},
            "campuses": columns_of(_stack(plans, names, _campuses), {"value": 4}),
            "settings": columns_of(_settings(plans, names)),
        },
        "manifests": [plan.manifest.model_dump(mode="json") for plan in plans],
    }


def _stack(
    plans: Sequence[Plan], names: list[str], rows: Callable[[Plan], pd.DataFrame]
) -> pd.DataFrame:
    parts = [rows(plan).assign(plan=name) for plan, name in zip(plans, names, strict=True)]
    return pd.concat(parts, ignore_index=True)


def _capacity(plan: Plan) -> pd.DataFrame:
    table = frames.capacity(plan.tables)
    summed = added_up(table, ["group", "year"], ["online_mw"])
    return summed.assign(value=summed["online_mw"] / 1e3)[["group", "year", "value"]]


def _generation(plan: Plan) -> pd.DataFrame:
    table = frames.generation(plan.tables)
    table = table[(table["kind"] == "supply") & table["group"].isin(GROUPS)]
    summed = added_up(table, ["group", "year"], ["energy_twh"])
    return summed.rename(columns={"energy_twh": "value"})


def _costs(plan: Plan) -> pd.DataFrame:
    table = money.costs(plan.tables)
    summed = added_up(table, ["category"], ["discounted_usd2025_m"])
    return summed.assign(value=summed["discounted_usd2025_m"] / 1e3)[["category", "value"]]


def _campuses(plan: Plan) -> pd.DataFrame:
    states = figures.campus_states(plan)
    return pd.DataFrame({"zone": states.index.astype(str), "value": states.to_numpy() / 1e3})


def _tightness(plan: Plan) -> pd.DataFrame:
    """Return the largest share of a year's supply that is taken, and whether it binds."""
    table = chains.supply_use(plan.tables)
    table = table[table["zone"].fillna("") == ""]
    top = table.groupby("component")[["share", "binds"]].max().reset_index()
    label = [chains.component_label(str(name)) for name in top["component"]]
    columns = pd.DataFrame({"component": label, "value": top["share"], "binds": top["binds"]})
    return columns[columns["value"] > 0]


def _factories(plan: Plan) -> pd.DataFrame:
    """Return the capital of new factories by kind and place [billion USD of 2025]."""
    built = added_up(chains.factories(plan.tables), ["factory"], ["capex_usd2025_m"])
    label = [chains.factory_label(str(name)) for name in built["factory"]]
    return pd.DataFrame({"factory": label, "value": built["capex_usd2025_m"] / 1e3})


def _investors(plan: Plan) -> pd.DataFrame:
    """Return what each investor pays [billion USD of 2025]."""
    table = capital.investors(plan.tables)
    drawn = table["drawn_usd2025_m"] / 1e3
    return pd.DataFrame({"investor": table["investor"].astype(str), "value": drawn})


def _settings(plans: Sequence[Plan], names: list[str]) -> pd.DataFrame:
    """Return the settings in which the scenarios differ: setting, plan, value."""
    flat = [_flat(plan.scenario.model_dump(mode="json"), "") for plan in plans]
    told = {"name", "title", "description"}
    rows = []
    for key in dict.fromkeys(key for one in flat for key in one):
        values = [one.get(key, "\u2013") for one in flat]
        if key not in told and len(set(values)) > 1:
            rows += [(key, name, value) for name, value in zip(names, values, strict=True)]
    return pd.DataFrame(rows, columns=["setting", "plan", "value"])


def _flat(value: object, path: str) -> dict[str, str]:
    if isinstance(value, dict) and value:
        parts: dict[str, str] = {}
        for key, inner in value.items():
            parts |= _flat(inner, f"{path}.{key}" if path else str(key))
        return parts
    if isinstance(value, bool):
        return {path: "yes" if value else "no"}
    if isinstance(value, (list, tuple)):
        return {path: ", ".join(str(inner) for inner in value) or "none"}
    return {path: "none" if value is None or value == {} else str(value)}
