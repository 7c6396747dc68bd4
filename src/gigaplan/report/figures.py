"""Headline figures: the plan in eight numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report import frames, money
from gigaplan.report.capital import has_investors
from gigaplan.report.columns import Json
from gigaplan.report.groups import POWER_GROUPS
from gigaplan.report.numbers import counted, gw, usd


@dataclass(frozen=True)
class Figure:
    """One big number with what it is and a second line."""

    key: str
    value: str
    label: str
    note: str

    def as_json(self) -> dict[str, Json]:
        """Return the figure as JSON."""
        return dict(asdict(self))


def years_of(plan: Plan) -> list[int]:
    """Return the milestone years."""
    return list(plan.scenario.horizon.milestone_years)


def campus_states(plan: Plan) -> pd.Series[float]:
    """Return new campus IT by zone in the last year, largest first, small change left out [MW]."""
    campuses = plan.table("campuses")
    last = campuses[campuses["year"] == years_of(plan)[-1]]
    online = last.set_index("zone")["online_it_mw"].sort_values(ascending=False, kind="stable")
    return online[online > frames.WORTH_SHOWING_MW]


def given_campus_mw(plan: Plan, year: int) -> float:
    """Return IT capacity of given campuses [MW]."""
    campuses = plan.table("campuses")
    return float(campuses.loc[campuses["year"] == year, "given_it_mw"].sum())


def power_added(plan: Plan, payer: str | None = None) -> pd.Series[float]:
    """Return new generation and storage by group, largest first [MW]; of one payer if named."""
    built = frames.with_group(plan.tables, plan.table("projects"))
    built = built[built["group"].isin(POWER_GROUPS)]
    if payer is not None:
        built = built[built["payer"] == payer]
    summed = built.groupby("group")["capacity_mw"].sum().sort_values(ascending=False)
    return summed[summed > frames.WORTH_SHOWING_MW]


def emissions_mt(plan: Plan) -> pd.Series[float]:
    """Return carbon dioxide by year [Mt]."""
    return plan.table("emissions").groupby("year")["co2_kt"].sum() / 1e3


def mean_price(plan: Plan) -> pd.Series[float]:
    """Return the load-weighted price by year [USD of 2025 per MWh]."""
    summed = frames.priced_load(plan.tables).groupby("year")[["paid", "load_mwh"]].sum()
    return summed["paid"] / summed["load_mwh"]


def figures(plan: Plan) -> list[Figure]:
    """Return the headline figures, in the order of the page."""
    first, last = years_of(plan)[0], years_of(plan)[-1]
    given = given_campus_mw(plan, last)
    states = campus_states(plan)
    names = dict(zip(plan.table("zones")["zone"], plan.table("zones")["name"], strict=True))
    paid = money.capex_by_payer(plan.tables)
    power = power_added(plan)
    co2, price = emissions_mt(plan), mean_price(plan)
    biggest = ", ".join(str(names.get(zone, zone)) for zone in states.index[:3])
    return [
        Figure(
            "campuses",
            gw(float(states.sum())),
            f"of new campus IT by {last}",
            f"on top of {gw(given)} given" if given else "no given campuses",
        ),
        Figure(
            "states",
            counted(len(states), "state", "states"),
            "host new campuses",
            f"most in {biggest}" if biggest else "none",
        ),
        *[
            Figure(
                f"capital-{payer}",
                usd(value),
                f"of capital paid by {_payer_name(plan, payer)}",
                _what_paid(plan, payer),
            )
            for payer, value in paid.items()
        ],
        Figure(
            "power",
            gw(float(power.sum())),
            f"of new power and storage by {last}",
            ", ".join(f"{str(group).lower()} {gw(value)}" for group, value in power[:3].items())
            or "nothing new",
        ),
        Figure(
            "emissions",
            f"{co2.get(last, 0.0):,.0f} Mt",
            f"of CO\u2082 from power in {last}",
            f"{co2.get(first, 0.0):,.0f} Mt in {first}",
        ),
        Figure(
            "price",
            f"${price[last]:,.0f}/MWh",
            f"mean wholesale price in {last}",
            f"${price[first]:,.0f} in {first}; weighted by load",
        ),
    ]


def _payer_name(plan: Plan, payer: str) -> str:
    own = "the programme's investors" if has_investors(plan.tables) else "the programme"
    return {"programme": own, "tenants": "tenants", "others": "others"}[payer]


def _what_paid(plan: Plan, payer: str) -> str:
    """Return what a payer pays for, in a few words."""
    projects = plan.table("projects")
    large = projects[projects["payer"] == payer].groupby("class")["capex_usd2025_m"].sum().to_dict()
    if payer == money.OTHERS:
        large["factory"] = money.factory_capex(plan.tables)
    words = {
        "campus": "campuses",
        "accelerator": "accelerators",
        "generator": "generation",
        "storage": "storage",
        "corridor": "corridors",
        "factory": "factories",
    }
    replaced = money.replaced_accelerator_gw(plan.tables) * 1e3
    if replaced > frames.WORTH_SHOWING_MW:
        words["accelerator"] += f" ({gw(replaced)} replace worn-out ones)"
    return ", ".join(words[name] for name in words if float(large.get(name, 0.0)) > 0.5)
