"""Limits on water, air and clean energy change the tiny plan in the direction they ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from gigaplan.inputs.scenario import Scenario, load_scenario
from gigaplan.plan.tables import Plan
from gigaplan.plan.verify import verify_plan
from gigaplan.terms.errors import InputError
from gigaplan.workflow import load_scenario_data, run


def tiny(**limits: dict[str, Any]) -> Scenario:
    content = load_scenario("tiny").model_dump()
    content["limits"] |= {name: content["limits"][name] | own for name, own in limits.items()}
    return Scenario.model_validate(content)


@pytest.fixture(scope="module")
def free() -> Plan:
    return run(tiny(), relaxed=True)


def planned(free: Plan, **limits: dict[str, Any]) -> Plan:
    """Return the plan of the same scenario with limits: checked, and no cheaper."""
    plan = run(tiny(**limits), relaxed=True)
    assert [finding for finding in verify_plan(plan) if not finding.ok] == []
    assert cost(plan) >= cost(free) * (1.0 - 1e-7)
    return plan


def cost(plan: Plan) -> float:
    return float(plan.manifest.objective.value_usd2025_m)


def new_water(plan: Plan, zone: str) -> float:
    """Return the most water that new campuses and plants of a state evaporate in a year [Mm3]."""
    table = plan.tables["water_by_state"]
    own = table[table["zone"] == zone]
    return float((own["new_campuses_mm3"] + own["new_plants_mm3"]).max())


def share(plan: Plan, kind: str, year: int = 2030) -> float:
    table = plan.tables["clean_matching"].set_index(["region", "year"])
    return float(table.loc[("all", year), f"{kind}_share_frac"])


def families(plan: Plan) -> set[str]:
    return set(plan.tables["why"]["family"])


def test_a_cap_on_water_moves_campuses_to_other_states(free: Plan) -> None:
    cap = 0.5 * new_water(free, "TX")
    plan = planned(free, water={"consumption_cap_mm3_by_zone": {"TX": cap}})
    assert cost(plan) > cost(free) + 1.0
    assert new_water(plan, "TX") <= cap * (1.0 + 1e-6)
    assert sum(new_water(plan, zone) for zone in ("OK", "KS")) > sum(
        new_water(free, zone) for zone in ("OK", "KS")
    )
    assert "water_limit" in families(plan)
    row = plan.tables["why"].set_index("family").loc["water_limit"]
    assert row["sentence"].startswith("One more million m3 of water a year in TX is worth $")
    wide = planned(free, water={"consumption_cap_mm3_by_zone": {"TX": 3.0 * cap}})
    assert cost(wide) == pytest.approx(cost(free), rel=1e-9)


def test_a_cap_on_nitrogen_oxides_of_sites(free: Plan) -> None:
    onsite = free.tables["onsite_air"].groupby("zone")["nox_t"].max()
    cap = 0.3 * float(onsite["TX"])
    plan = planned(free, air={"onsite_nox_t_by_zone": {"TX": cap}})
    table = plan.tables["onsite_air"]
    assert table.loc[table["zone"] == "TX", "nox_t"].max() <= cap * (1.0 + 1e-6)
    assert cost(plan) > cost(free)
    assert "site_air" in families(plan)
    caps = table.set_index("zone")["nox_cap_t"]
    assert caps.loc[["TX"]].tolist() == pytest.approx([cap] * len(caps.loc[["TX"]]))


@pytest.mark.parametrize("kind", ["annual", "hourly"])
def test_a_least_share_of_clean_energy_is_reached(free: Plan, kind: str) -> None:
    asked = 0.5 * (share(free, kind, 2028) + 1.0)
    plan = planned(free, clean={f"{kind}_share_by_year": {2028: asked}})
    for year in (2028, 2030):
        assert share(plan, kind, year) >= asked - 1e-7
    assert share(plan, kind, 2028) == pytest.approx(asked, rel=1e-6)
    assert cost(plan) > cost(free)
    assert f"clean_energy_{kind}" in families(plan)
    easy = planned(free, clean={f"{kind}_share_by_year": {2030: 0.5 * share(free, kind)}})
    assert cost(easy) == pytest.approx(cost(free), rel=1e-9)


def test_an_hour_asks_for_more_than_a_year(free: Plan) -> None:
    by_year = planned(free, clean={"annual_share_by_year": {2028: 0.7}})
    by_hour = planned(free, clean={"hourly_share_by_year": {2028: 0.7}})
    assert cost(by_hour) > cost(by_year)


def test_a_state_that_the_package_lacks_is_told() -> None:
    with pytest.raises(InputError, match="does not fit") as told:
        load_scenario_data(tiny(water={"consumption_cap_mm3_by_zone": {"AX": 1.0}}))
    assert "limits.water.consumption_cap_mm3_by_zone.AX" in str(told.value)


def test_a_share_after_the_horizon_is_told() -> None:
    with pytest.raises(ValueError, match="annual_share_by_year begins in 2040"):
        tiny(clean={"annual_share_by_year": {2040: 0.5}})


TAMPERED: dict[str, tuple[str, str, str]] = {
    "water of a plant": ("water", "consumption_mm3", "consumption of water adds up"),
    "water taken": ("water", "withdrawal_mm3", "withdrawal of water adds up"),
    "water of a state": (
        "water_by_state",
        "consumption_mm3",
        "consumption of water_by_state adds up",
    ),
    "fine particles": ("emissions", "pm25_t", "pm25_t of emissions adds up"),
    "nitrogen oxides of sites": ("onsite_air", "nox_t", "nox_t of onsite_air adds up"),
    "carbon of use": ("carbon_rates", "use_co2_kt", "carbon of use is that of generation"),
    "matching": ("clean_matching", "matched_hourly_twh", "load matched (hourly)"),
    "land": ("land", "land_ha", "land follows the capacity of projects"),
    "embodied carbon": (
        "embodied_carbon",
        "embodied_kt",
        "embodied_carbon follows the capacity of projects",
    ),
}


def halved(column: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        largest = table[column].idxmax()
        return table.assign(
            **{column: table[column].mask(table.index == largest, 0.5 * table[column])}
        )

    return change


@pytest.mark.parametrize(("table", "column", "check"), TAMPERED.values(), ids=TAMPERED)
def test_a_table_that_was_changed_is_noticed(
    free: Plan, table: str, column: str, check: str
) -> None:
    changed = halved(column)(free.tables[table])
    plan = replace(free, tables={**free.tables, table: changed})
    failed = {finding.check for finding in verify_plan(plan) if not finding.ok}
    assert any(name.startswith(check) for name in failed)


def test_a_limit_that_is_tightened_after_the_plan_is_noticed(free: Plan) -> None:
    limits = {"water_cap": 0.1, "onsite_nox_cap": 1e-6}
    data = free.system.data.copy(deep=True)
    for name, value in limits.items():
        data[name] = data[name].astype(float) * 0.0 + value
        data[name] = data[name].fillna(value)
    data["clean_hourly_floor"] = data["clean_hourly_floor"] + 1.0
    plan = replace(free, system=replace(free.system, data=data))
    failed = {finding.check for finding in verify_plan(plan) if not finding.ok}
    assert {
        "water within its cap",
        "nitrogen oxides of sites within their cap",
        "least share of clean energy (hourly)",
    } <= failed
