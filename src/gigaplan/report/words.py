"""The plan in sentences, for the first page and for `gigaplan show`."""

from __future__ import annotations

from math import isnan

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report import figures, money
from gigaplan.report.bills import bill_sentences
from gigaplan.report.capital import has_investors
from gigaplan.report.capital_words import capital_sentences
from gigaplan.report.chain_words import (
    factory_sentences,
    supply_sentences,
    timeline_sentences,
)
from gigaplan.report.deal_words import deal_sentences
from gigaplan.report.environment_words import environment_sentences
from gigaplan.report.jobs import job_sentences
from gigaplan.report.numbers import counted, gw, listed, percent, usd
from gigaplan.report.rule_words import rule_sentences
from gigaplan.report.taxes import tax_sentences

HOW_MANY_LIMITS = 5


def summary_sentences(plan: Plan) -> list[str]:
    """Return the summary of a plan, one sentence or two for each subject.

    The order: what is built and where, who pays, with whose capital, what it earns, how deals stand
    with the rules, jobs, taxes, the price of a GW, power, emissions and prices, bills, water, what
    is short, along the supply chains too, what binds, and how good the answer is.
    """
    return [text for _, text in summary(plan)]


def summary(plan: Plan) -> list[tuple[str, str]]:
    """Return pairs of a heading and its sentences."""
    parts = [
        ("Campuses", _campuses(plan)),
        ("Money", _money(plan)),
        ("Capital", capital_sentences(plan)),
        ("Deals", deal_sentences(plan)),
        ("Rules", rule_sentences(plan)),
        ("Jobs", job_sentences(plan)),
        ("Taxes", tax_sentences(plan)),
        ("A gigawatt", _gigawatt(plan)),
        ("Power", _power(plan)),
        ("Emissions and prices", _emissions_and_prices(plan)),
        ("Power bills", bill_sentences(plan)),
        ("Water, air and land", environment_sentences(plan)),
        ("Shortage", _shortage(plan)),
        ("Supply chains", supply_sentences(plan)),
        ("Factories", factory_sentences(plan)),
        ("Timeline", timeline_sentences(plan)),
        ("What binds", _binding(plan)),
        ("How good", _quality(plan)),
    ]
    return [(heading, text) for heading, text in parts if text]


def _names(plan: Plan) -> dict[str, str]:
    zones = plan.table("zones")
    return dict(zip(zones["zone"].astype(str), zones["name"].astype(str), strict=True))


def _campuses(plan: Plan) -> str:
    years = figures.years_of(plan)
    states = figures.campus_states(plan)
    given = figures.given_campus_mw(plan, years[-1])
    if not len(states):
        return f"The plan builds no new campuses; {gw(given)} of IT are given by {years[-1]}."
    names = _names(plan)
    total = float(states.sum())
    most = [
        f"{names.get(str(zone), str(zone))} ({gw(value)})" for zone, value in states[:4].items()
    ]
    rest = (
        f" and {counted(len(states) - 4, 'more state', 'more states')}" if len(states) > 4 else ""
    )
    where = ", ".join(most) + rest if rest else listed(most)
    text = f"The plan brings {gw(total)} of new AI campus IT into service by {years[-1]}: {where}."
    if given > 0:
        text += f" Another {gw(given)} of IT is given: campuses that are there whatever is planned."
    return text


def _money(plan: Plan) -> str:
    paid = money.capex_by_payer(plan.tables)
    total = sum(paid.values())
    if not total:
        return ""
    own = "the programme's investors" if has_investors(plan.tables) else "the programme"
    who = {"programme": own, "tenants": "tenants", "others": "utilities and others"}
    parts = [
        f"{who[payer]} {usd(value)} ({percent(value / total)})" for payer, value in paid.items()
    ]
    return (
        f"New capital comes to {usd(total)} in 2025 dollars: {listed(parts)}. Discounted to "
        f"{plan.scenario.horizon.base_year}, everything in the plan, running the grid included, "
        f"costs {usd(plan.manifest.objective.value_usd2025_m)}."
    )


def _gigawatt(plan: Plan) -> str:
    rows = money.cost_per_gw(plan.tables, plan.scenario)
    built = money.new_campus_gw(plan.tables)
    if built < 1e-3:
        return ""
    by_part = {row.part: 0.0 for row in rows}
    for row in rows:
        by_part[row.part] += 0.0 if isnan(row.usd2025_b_per_gw) else row.usd2025_b_per_gw * 1e3
    campus = sum(value for part, value in by_part.items() if part.startswith("Campus"))
    chips = by_part.get("Accelerators and servers", 0.0)
    power = sum(by_part.values()) - campus - chips - by_part.get(money.FACTORIES, 0.0)
    payer = plan.scenario.compute.accelerators_paid_by
    payer_name = "the programme pays" if payer == "programme" else "tenants pay"
    text = f"A GW of new campus IT costs {usd(campus)} without accelerators"
    text += (
        f" and {usd(campus + chips)} with the first ones ({payer_name} for accelerators and "
        "servers, which are replaced after their life)."
        if chips
        else "; no accelerators are bought in this plan."
    )
    if not money.is_national(plan.scenario):
        others = money.capex_by_payer(plan.tables).get(money.OTHERS, 0.0)
        return (
            f"{text} The programme's own power comes to {usd(power)} per GW on top; the "
            f"{usd(others)} that utilities and others build serves everybody and is not counted."
        )
    return (
        f"{text} All new power and storage comes to {usd(power)} per GW on top; it also serves "
        "base demand and replaces what retires."
    )


def _power(plan: Plan) -> str:
    added = figures.power_added(plan)
    last = figures.years_of(plan)[-1]
    if not len(added):
        return "No new generation or storage is built."
    parts = [f"{str(group).lower()} {gw(value)}" for group, value in added.items()]
    grown = plan.table("corridor_capacity").groupby("corridor")["built_mw"].sum()
    lines = grown[grown > 0.5]
    own = float(figures.power_added(plan, payer="programme").sum())
    whose = "" if money.is_national(plan.scenario) else f", {gw(own)} of it by the programme itself"
    whole = gw(float(added.sum()))
    text = f"The plan adds {whole} of power and storage by {last}{whose}: {listed(parts)}."
    if len(lines):
        corridors = counted(len(lines), "corridor", "corridors")
        text += f" Transmission grows by {gw(float(lines.sum()))} on {corridors}."
    capacity = plan.table("capacity")
    early = capacity.loc[capacity["year"] == last, "retired_early_mw"].sum()
    if early > 500:
        text += f" {gw(float(early))} of existing plant closes before its date."
    return text


def _emissions_and_prices(plan: Plan) -> str:
    years = figures.years_of(plan)
    first, last = years[0], years[-1]
    co2, price = figures.emissions_mt(plan), figures.mean_price(plan)
    one, other = float(co2.get(first, 0.0)), float(co2.get(last, 0.0))
    if first == last:
        return (
            f"Power emits {other:,.0f} Mt of CO\u2082 in {last}; the mean wholesale price is "
            f"${price[last]:,.0f} per MWh."
        )
    way = "falls" if other < one else "rises"
    return (
        f"CO\u2082 from power {way} from {one:,.0f} Mt in {first} to {other:,.0f} Mt in {last}. "
        f"The mean wholesale price goes from ${price[first]:,.0f} to ${price[last]:,.0f} per MWh."
    )


def _shortage(plan: Plan) -> str:
    weight = plan.table("blocks").set_index("block")["weight_hours"]
    load = plan.table("load")
    hours = load["block"].map(weight)
    missing = (load["unserved_mw"] * hours).groupby(load["year"]).sum()
    whole = (
        ((load["base_mw"] + load["given_campus_mw"] + load["campus_facility_mw"]) * hours)
        .groupby(load["year"])
        .sum()
    )
    share = (missing / whole).fillna(0.0)
    parts = []
    if share.max() > 1e-6:
        year = int(str(share.idxmax()))
        parts.append(
            f"Load that cannot be served peaks in {year} at {missing[year] / 1e6:,.2f} TWh "
            f"({percent(float(share[year]))} of demand)."
        )
    short = plan.table("reserve").groupby("year")["shortfall_mw"].sum()
    if len(short) and short.max() > 1.0:
        parts.append(
            f"Firm capacity falls short of the reserve margins by up to {gw(float(short.max()))} "
            f"({short.idxmax()})."
        )
    return " ".join(parts) or "All load is served and every reserve margin is held."


def binding_limits(plan: Plan, most: int = HOW_MANY_LIMITS) -> pd.DataFrame:
    """Return the first rows of ``why``, one for each kind of limit, the target itself left out."""
    why = plan.table("why")
    kinds = why[why["family"] != "compute_need"].drop_duplicates("family")
    return kinds.head(most)


def _binding(plan: Plan) -> str:
    limits = binding_limits(plan, 3)
    if not len(limits):
        return "No limit binds."
    return " ".join(str(sentence) for sentence in limits["sentence"])


def _quality(plan: Plan) -> str:
    manifest = plan.manifest
    gap = manifest.objective.gap_frac
    near = (
        "no plan can be cheaper"
        if manifest.objective.kind == "least_cost"
        else "no plan can bring more compute"
    )
    if gap < 1e-6:
        return f"Within the model and its data, {near} (checked to {manifest.solver.tolerance:g})."
    return f"Within the model and its data, {near} by more than {percent(gap)}."
