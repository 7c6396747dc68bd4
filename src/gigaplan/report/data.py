"""Plan -> JSON of the report: sums that the charts draw and tables that the reader sorts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report import chains, figures, frames, money
from gigaplan.report.bills import bills_payload
from gigaplan.report.capital import capital_payload
from gigaplan.report.chain_words import factory_sentences
from gigaplan.report.chips import chip_flow, chip_unit
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.credits import credit_sentences, credits_payload
from gigaplan.report.deal_words import (
    investor_sentences,
    levelised_sentence,
    price_warning,
)
from gigaplan.report.deals import deals_payload
from gigaplan.report.environment import environment_payload
from gigaplan.report.groups import GROUPS, groups_of, labels_of
from gigaplan.report.jobs import jobs_payload
from gigaplan.report.rules import rules_payload
from gigaplan.report.taxes import taxes_payload
from gigaplan.report.timeline import timeline
from gigaplan.report.words import binding_limits

MOST_ROWS = 4000


def build_payload(plan: Plan, told: Sequence[tuple[str, str]]) -> dict[str, Json]:
    """Return everything that the page shows.

    Hourly tables are summed by reliability region and yearly ones by group of assets, so that the
    size grows with zones and years but not with hours times zones.

    Parameters
    ----------
    plan
        What to show.
    told
        Its summary, see :func:`gigaplan.report.words.summary`.
    """
    years: list[Json] = list(figures.years_of(plan))
    groups = _groups(plan)
    by_subject = dict(told)
    return {
        "title": plan.manifest.title,
        "name": plan.manifest.name,
        "base_year": plan.scenario.horizon.base_year,
        "description": plan.manifest.description,
        "years": years,
        "groups": groups,
        "categories": [*money.CATEGORIES],
        "payers": [*money.PAYERS],
        "national": money.is_national(plan.scenario),
        "replaced_accelerator_gw": round(money.replaced_accelerator_gw(plan.tables), 3),
        "accelerators_paid_by": plan.scenario.compute.accelerators_paid_by,
        "figures": [figure.as_json() for figure in figures.figures(plan)],
        "zones": columns_of(plan.table("zones"), {"latitude_deg": 3, "longitude_deg": 3}),
        "assets": columns_of(
            pd.DataFrame(
                {
                    "asset": list(labels_of(plan.table("assets"))),
                    "label": list(labels_of(plan.table("assets")).values()),
                    "group": list(groups_of(plan.table("assets")).values()),
                }
            )
        ),
        "chip_unit": chip_unit(plan.tables),
        "summary": [[heading, text] for heading, text in told],
        "told": {
            "capital": by_subject.get("Capital", ""),
            "supply": by_subject.get("Supply chains", ""),
            "factories": factory_sentences(plan, alone=True),
            "deals": by_subject.get("Deals", ""),
            "investors": [*investor_sentences(plan)],
            "price_warning": price_warning(plan),
            "levelised": levelised_sentence(plan),
            "rules": by_subject.get("Rules", ""),
            "taxes": by_subject.get("Taxes", ""),
            "credits": credit_sentences(plan),
            "jobs": by_subject.get("Jobs", ""),
            "bills": by_subject.get("Power bills", ""),
            "environment": by_subject.get("Water, air and land", ""),
        },
        "tables": {
            **_places(plan),
            **_power(plan),
            **_money(plan),
            **_limits(plan),
            **_chains(plan),
            **timeline(plan.tables),
            **bills_payload(plan),
            **capital_payload(plan),
            **deals_payload(plan),
            **rules_payload(plan),
            **credits_payload(plan),
            **jobs_payload(plan),
            **taxes_payload(plan),
            **environment_payload(plan),
        },
        "manifest": plan.manifest.model_dump(mode="json"),
        "scenario_yaml": plan.scenario.to_yaml(),
    }


def _groups(plan: Plan) -> list[Json]:
    """Return the families in the order of stacks; families of a user's own come last."""
    own = set(groups_of(plan.table("assets")).values()) - set(GROUPS)
    return [*GROUPS, *sorted(own)]


def _places(plan: Plan) -> dict[str, Json]:
    tables = plan.tables
    points = plan.table("given_campuses")
    lines = frames.corridors(tables)
    wanted = [
        "corridor",
        "kind",
        "from_zone",
        "to_zone",
        "year",
        "online_forward_mw",
        "online_reverse_mw",
        "grown_mw",
        "net_mw",
    ]
    megawatts = dict.fromkeys(wanted[5:], 1)
    return {
        "campuses": columns_of(
            plan.table("campuses"),
            {"given_it_mw": 1, "built_it_mw": 1, "online_it_mw": 1, "phases": 2},
        ),
        "given_campuses": columns_of(
            points, {"latitude_deg": 3, "longitude_deg": 3, "facility_mw": 0}
        ),
        "corridors": columns_of(lines[wanted], megawatts),
        "compute": columns_of(
            frames.added_up(plan.table("compute"), ["accelerator", "year"], ["it_mw", "h100e"]),
            {"it_mw": 1, "h100e": 0},
        ),
    }


def _power(plan: Plan) -> dict[str, Json]:
    tables = plan.tables
    megawatts = {"existing_mw": 1, "built_mw": 1, "retired_early_mw": 1, "online_mw": 1}
    emissions = frames.with_group(tables, plan.table("emissions"))
    by_group = frames.added_up(emissions, ["zone", "group", "year"], ["co2_kt"])
    return {
        "capacity": columns_of(frames.capacity(tables), megawatts),
        "generation": columns_of(frames.generation(tables), {"energy_twh": 4}),
        "dispatch": columns_of(frames.dispatch(tables), {"power_mw": 0}),
        "blocks": columns_of(plan.table("blocks"), {"weight_hours": 3}),
        "prices": columns_of(frames.prices(tables), {"mean": 2, "typical": 2, "load_mwh": 0}),
        "emissions": columns_of(by_group, {"co2_kt": 1}),
    }


def _money(plan: Plan) -> dict[str, Json]:
    tables = plan.tables
    parts = pd.DataFrame(
        [
            (row.part, row.payer, row.capex_usd2025_m, row.usd2025_b_per_gw)
            for row in money.cost_per_gw(tables, plan.scenario)
        ],
        columns=["part", "payer", "capex_usd2025_m", "usd2025_b_per_gw"],
    )
    return {
        "costs": columns_of(
            money.costs(tables), {"cost_usd2025_m_per_yr": 2, "discounted_usd2025_m": 2}
        ),
        "spend": columns_of(money.spend(tables), {"spend_usd2025_m": 2}),
        "cost_per_gw": columns_of(parts, {"capex_usd2025_m": 1, "usd2025_b_per_gw": 3}),
        "projects": columns_of(
            _projects(plan), {"capacity_mw": 1, "units": 2, "capex_usd2025_m": 1}
        ),
    }


def _projects(plan: Plan) -> pd.DataFrame:
    projects = plan.table("projects")
    projects = projects[projects["capacity_mw"] > frames.WORTH_SHOWING_MW]
    return projects.nlargest(MOST_ROWS, "capex_usd2025_m", keep="first").sort_index()


def _limits(plan: Plan) -> dict[str, Json]:
    queue = plan.table("queue_use")
    queue = queue[(queue["built_mw"] > frames.WORTH_SHOWING_MW) & (queue["throughput_mw"] > 0)]
    return {
        "why": columns_of(plan.table("why").head(MOST_ROWS)),
        "binding": columns_of(binding_limits(plan)),
        "queue_use": columns_of(
            queue.sort_values("built_mw", ascending=False).head(MOST_ROWS),
            {"built_mw": 1, "throughput_mw": 1},
        ),
        "reserve": columns_of(
            plan.table("reserve"),
            {
                "firm_capacity_mw": 1,
                "requirement_mw": 1,
                "shortfall_mw": 1,
                "peak_load_mw": 1,
                "price_usd2025_per_kw_yr": 2,
            },
        ),
    }


def _chains(plan: Plan) -> dict[str, Json]:
    """Return the tables of the supply chains; a plan without them has empty ones."""
    tables = plan.tables
    amounts = dict.fromkeys(["use", "given_use", "supply", "factory_output", "stock"], 4)
    built = chains.factories(tables).drop(columns="project")
    output = chains.factory_output(tables)
    return {
        "components": columns_of(chains.components(tables)),
        "supply_use": columns_of(
            chains.supply_use(tables).drop(columns="unit"),
            {**amounts, "share": 4, "worth_usd2025_m": 3},
        ),
        "supply_sources": columns_of(
            chains.sources(tables), {"taken": 4, "available": 4, "premium_usd2025_m": 2}
        ),
        "chip_flow": columns_of(chip_flow(tables), {"amount": 5}),
        "factories": columns_of(
            built.assign(label=built["kind"].astype(str).map(chains.component_label)),
            {"capex_usd2025_m": 1},
        ),
        "factory_output": columns_of(
            output.assign(label=output["factory"].astype(str).map(chains.factory_label))
        ),
    }
