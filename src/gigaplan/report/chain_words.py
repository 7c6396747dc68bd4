"""Supply chains, factories and the timeline in sentences."""

from __future__ import annotations

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report import chains, money
from gigaplan.report.numbers import counted, listed, percent, usd

MOST_NAMES = 3
MOST_WAYS = 5
ALL_TAKEN = 0.9995


def supply_sentences(plan: Plan) -> str:
    """Return what is short along the supply chains; nothing for a plan without them."""
    table = chains.supply_use(plan.tables)
    if not len(table):
        return ""
    local = table["zone"].fillna("") != ""
    parts = (_national(table[~local]), _origin(plan), _labour(plan, table[local]))
    return " ".join(filter(None, parts))


def _national(table: pd.DataFrame) -> str:
    """Return which components that the country shares bind, or how near they come to it."""
    binding = table[table["binds"] > 0]
    if len(binding):
        worth = binding.assign(whole=binding["worth_usd2025_m"] * binding["supply"].clip(upper=1e9))
        order = worth.groupby("component")["whole"].sum().sort_values(ascending=False).index
        parts = [_binds(binding[binding["component"] == name]) for name in order[:MOST_NAMES]]
        more = len(order) - MOST_NAMES
        rest = (
            f" {counted(more, 'more component binds', 'more components bind')}." if more > 0 else ""
        )
        return " ".join(parts) + rest
    used = table[table["share"].notna()]
    if not len(used):
        return "No component binds: nothing bounds the supply of any."
    top = _first(used, "share")
    given = float(top["given_use"]) / max(float(top["use"] + top["given_use"]), 1e-12)
    if float(top["share"]) > ALL_TAKEN:
        whom = (
            "campuses that are given take" if given > 0.995 else "the plan and given campuses take"
        )
        return (
            f"No component holds the plan back, though {whom} all the "
            f"{_mid(str(top['component']))} of {top['calendar_year']}."
        )
    whose = " for campuses that are given" if given > 0.995 else ""
    if 0.005 < given <= 0.995:
        whose = f", {percent(given)} of it for campuses that are given"
    return (
        f"No component binds: what comes nearest is {_mid(str(top['component']))} in "
        f"{top['calendar_year']}, of which {percent(float(top['share']))} is taken{whose}."
    )


def _origin(plan: Plan) -> str:
    """Return which least shares of an origin cost money; nothing where none does."""
    why = plan.table("why")
    rows = why[why["family"] == "origin"]
    found: dict[str, list[int]] = {}
    for limit, year in zip(rows["limit"].astype(str), rows["year"].tolist(), strict=True):
        found.setdefault(limit.removesuffix(f" in {year}"), []).append(int(year))
    texts = [f"The {limit} binds in {years(found[limit])}." for limit in list(found)[:MOST_NAMES]]
    return " ".join(texts)


def _first(rows: pd.DataFrame, column: str) -> pd.Series:
    """Return the row with the largest value, the earliest of equals."""
    return rows.sort_values(column, ascending=False, kind="stable").iloc[0]


def _binds(rows: pd.DataFrame) -> str:
    """Return in which years one component binds, and what one more unit is worth."""
    top = _first(rows, "worth_usd2025_m")
    worth = usd(float(top["worth_usd2025_m"]))
    return (
        f"{chains.component_label(str(top['component']))} binds in "
        f"{years(rows['calendar_year'].tolist())}: one more {one(str(top['unit']))} in "
        f"{top['calendar_year']} would save {worth}."
    )


def _labour(plan: Plan, table: pd.DataFrame) -> str:
    """Return where trades are short, and what premiums cost."""
    binding = table[table["binds"] > 0]
    if not len(binding):
        return "Skilled labour binds in no state." if len(table) else ""
    whole = binding.assign(whole=binding["worth_usd2025_m"] * binding["supply"].clip(upper=1e9))
    by_trade = whole.groupby("component")["whole"].sum().sort_values(ascending=False)
    short: dict[tuple[int, str], list[str]] = {}
    for trade in by_trade.index[:MOST_NAMES]:
        rows = whole[whole["component"] == trade]
        top = _zone(plan, str(rows.groupby("zone")["whole"].sum().idxmax()))
        short.setdefault((rows["zone"].nunique(), top), []).append(_mid(str(trade)))
    text = f"Skilled labour binds in some years: {_trades_in_states(short)}."
    paid = chains.premiums(plan.tables).get("labour premiums")
    return f"{text} Premiums on wages come to {usd(paid)} (discounted)." if paid else text


def _trades_in_states(short: dict[tuple[int, str], list[str]]) -> str:
    """Return which trades are short, by the number of states and the one with most of it.

    Examples
    --------
    >>> _trades_in_states({(3, "Texas"): ["electrical trades", "civil trades"]})
    'electrical trades and civil trades in 3 states, most in Texas'
    >>> _trades_in_states({(2, "Texas"): ["civil trades"], (1, "Ohio"): ["mechanical trades"]})
    'civil trades in 2 states (most in Texas) and mechanical trades in Ohio'
    """
    tops = {top for _, top in short}
    several = all(states > 1 for states, _ in short)
    shared = several and len(tops) == 1
    parts = []
    for (states, top), trades in short.items():
        where = top if states == 1 else f"{states} states"
        most = "" if shared or states == 1 else f" (most in {top})"
        parts.append(f"{listed(trades)} in {where}{most}")
    return listed(parts) + (f", most in {tops.pop()}" if shared else "")


def factory_sentences(plan: Plan, *, alone: bool = False) -> str:
    """Return which new factories the plan builds, or why it builds none.

    Parameters
    ----------
    plan
        What to tell.
    alone
        Whether it stands by itself, so that the reason is told where there are none.
    """
    if plan.tables["supply_use"].empty:
        return ""
    built = chains.factories(plan.tables)
    if not len(built):
        return f"The plan builds no new factories. {_reason(plan)}" if alone else ""
    whole = built.groupby("factory")["capex_usd2025_m"].sum().sort_values(ascending=False)
    names = [
        f"{_lower(chains.factory_label(str(name)))} ({usd(float(value))})"
        for name, value in whole[:MOST_NAMES].items()
    ]
    more = len(whole) - MOST_NAMES
    rest = f" and {counted(more, 'more', 'more')}" if more > 0 else ""
    where = ", ".join(names) + rest if rest else listed(names)
    total = usd(money.factory_capex(plan.tables))
    if len(whole) == 1:
        only = _lower(chains.factory_label(str(whole.index[0])))
        return f"The plan builds a new factory for {total}: {only}."
    count = counted(len(whole), "new factory", "new factories")
    return f"The plan builds {count} for {total}: {where}."


def _reason(plan: Plan) -> str:
    supply = plan.scenario.limits.supply
    if not supply.enabled:
        return "Supplies are not limited in this scenario, so nothing has to be made beside them."
    if not supply.build_factories:
        return "The scenario does not allow any."
    table = chains.supply_use(plan.tables)
    binding = table[(table["binds"] > 0) & (table["zone"].fillna("") == "")]
    if not len(binding):
        return (
            "No component that a factory could make binds in any year, so one more unit of any "
            "would save nothing."
        )
    names = [_mid(str(name)) for name in binding["component"].unique()[:MOST_NAMES]]
    return (
        f"What binds ({listed(names)}) is worth less than a factory costs, or binds before one "
        "could open."
    )


def timeline_sentences(plan: Plan) -> str:
    """Return what sets the dates of projects, and what a month is worth; nothing without either."""
    parts = []
    tables = plan.tables
    paths, months = tables["critical_path"], tables["time_to_power"]
    if not paths.empty:
        often = paths["chain"].astype(str).value_counts()
        chain = _mid(str(often.index[0]))
        share = f"{int(often.iloc[0]):,} of {counted(len(paths), 'project', 'projects')}"
        parts.append(
            f"What sets the date of every project is the {chain}."
            if int(often.iloc[0]) == len(paths)
            else f"What sets the date of most projects is the {chain} ({share})."
            if 2 * int(often.iloc[0]) > len(paths)
            else f"What sets the date of projects is most often the {chain} ({share})."
        )
        early = int((paths["slack_months"] < 0).sum())
        if early:
            must = "project has" if early == 1 else "projects have"
            start = plan.scenario.horizon.base_year
            parts.append(f"{early:,} {must} to have begun before the plan does, in {start}.")
    if not months.empty:
        worth = float(months["worth_usd2025_m_per_month"].sum() / months["it_mw"].sum()) * 1e3
        if worth > chains.WORTH_SAYING_USD_M:
            parts.append(
                f"A month in which a GW of new campus IT comes earlier is worth {usd(worth)} on "
                "average."
            )
    return " ".join(parts)


def one(unit: str) -> str:
    """Return the name of one unit of a component.

    Examples
    --------
    >>> one("units"), one("GW"), one("thousand wafers"), one("million stacks")
    ('unit', 'GW', 'thousand wafers', 'million stacks')
    """
    return "unit" if unit == "units" else unit


def years(found: list[int]) -> str:
    """Return years as people say them.

    Examples
    --------
    >>> years([2027, 2026, 2028, 2031]), years([2030])
    ('2026 to 2028 and 2031', '2030')
    """
    runs: list[list[int]] = []
    for year in sorted(set(found)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    parts = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{run[0]} to {run[-1]}")
        else:
            parts += [str(year) for year in run]
    return listed(parts if len(parts) <= MOST_WAYS else [f"{len(found)} of the years"])


def _zone(plan: Plan, zone: str) -> str:
    zones = plan.table("zones")
    names = dict(zip(zones["zone"].astype(str), zones["name"].astype(str), strict=True))
    return names.get(zone, zone)


def _mid(component: str) -> str:
    """Return the label of a component inside a sentence."""
    return _lower(chains.component_label(component))


def _lower(label: str) -> str:
    first = label.partition(" ")[0]
    return label if first.upper() == first else label[:1].lower() + label[1:]
