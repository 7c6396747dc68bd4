"""The numbers of the page are the numbers of the tables."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from tests.report.synthetic import payload_of, synthetic_plan

from gigaplan.plan import Plan
from gigaplan.report.html import escaped_json

MOST_BYTES = 3_000_000


@pytest.fixture(scope="module")
def plan() -> Plan:
    return synthetic_plan()


@pytest.fixture(scope="module")
def shown(plan: Plan) -> dict[str, pd.DataFrame]:
    tables = payload_of(plan)["tables"]
    assert isinstance(tables, dict)
    return {name: pd.DataFrame(columns) for name, columns in tables.items()}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("capacity", "online_mw"),
        ("capacity", "built_mw"),
        ("campuses", "online_it_mw"),
        ("campuses", "given_it_mw"),
        ("costs", "cost_usd2025_m_per_yr"),
        ("costs", "discounted_usd2025_m"),
        ("spend", "spend_usd2025_m"),
        ("emissions", "co2_kt"),
        ("projects", "capex_usd2025_m"),
        ("projects", "capacity_mw"),
        ("reserve", "firm_capacity_mw"),
        ("supply_use", "use"),
        ("compute", "it_mw"),
    ],
)
def test_sums_of_the_page_equal_sums_of_the_tables(
    plan: Plan, shown: dict[str, pd.DataFrame], table: str, column: str
) -> None:
    assert shown[table][column].sum() == pytest.approx(plan.table(table)[column].sum(), rel=1e-4)


def test_generation_equals_the_energy_balance(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    balance = plan.table("energy_balance")
    for kind in ("supply", "use"):
        page = shown["generation"].query("kind == @kind")["energy_twh"].sum()
        assert page == pytest.approx(
            balance.loc[balance["kind"] == kind, "energy_twh"].sum(), rel=1e-4
        )


def test_dispatch_of_the_page_is_that_of_the_tables(
    plan: Plan, shown: dict[str, pd.DataFrame]
) -> None:
    load, storage = plan.table("load"), plan.table("storage")
    drawn = shown["dispatch"].groupby("group")["power_mw"]
    page, rounding = drawn.sum(), 0.5 * drawn.size()  # to 1 MW in each row
    for group, power_mw in (
        ("Base load", -load["base_mw"].sum()),
        ("Campuses", -(load["given_campus_mw"] + load["campus_facility_mw"]).sum()),
        ("Storage", storage["discharge_mw"].sum()),
        ("Charging", -storage["charge_mw"].sum()),
        ("Wind", plan.table("dispatch").query("asset == 'wind_1'")["power_mw"].sum()),
    ):
        assert page[group] == pytest.approx(power_mw, abs=rounding[group]), group


def test_prices_are_weighted_by_load(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    load = plan.table("load").query("zone == 'TX' and year == 2026").set_index("block")
    price = plan.table("prices").query("zone == 'TX' and year == 2026").set_index("block")
    weight = load["base_mw"] + load["given_campus_mw"] + load["campus_facility_mw"]
    by_hand = (weight * price["price_usd2025_per_mwh"]).sum() / weight.sum()
    page = shown["prices"].query("zone == 'TX' and year == 2026")["mean"].item()
    assert page == pytest.approx(by_hand, abs=0.01)


def test_corridors_show_what_the_plan_built(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    table = plan.table("corridor_capacity")
    grown = (table["online_forward_mw"] - table["existing_forward_mw"]).sum()
    assert shown["corridors"]["grown_mw"].sum() == pytest.approx(grown, rel=1e-3)


def test_payload_of_48_zones_5_years_24_blocks_stays_small() -> None:
    large = synthetic_plan(zones=48, years=(2026, 2028, 2030, 2032, 2035), blocks=24)
    assert len(escaped_json(payload_of(large)).encode()) < MOST_BYTES


def test_payload_is_strict_json_without_nan(plan: Plan) -> None:
    text = escaped_json(payload_of(plan))
    assert json.loads(text)["name"] == "made-up"
    assert "NaN" not in text
    assert "Infinity" not in text


def test_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    assert escaped_json(payload_of(plan)) == escaped_json(payload_of(synthetic_plan()))


def test_payload_of_a_plan_that_builds_nothing() -> None:
    payload = payload_of(synthetic_plan(empty=True))
    assert json.loads(escaped_json(payload))["tables"]["projects"]["project"] == []
