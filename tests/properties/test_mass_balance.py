"""Nothing is built of parts that nobody made: laws of the supply on drawn Systems."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.expansion.drawn_systems import Size, changed, draw_system

import gigaplan
from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, Solution, SolverSettings
from gigaplan.expansion.tables.solved import solved
from gigaplan.expansion.tables.supply import (
    components_used,
    local_components_used,
    taken_from_sources,
)
from gigaplan.plan.tables import Plan
from gigaplan.system import System

EXACT = SolverSettings(method="simplex")
SIZE = Size(zones=2, years=3, days=1, campuses=True, limits=True)
SEEDS = st.integers(0, 10_000)
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def least_cost(system: System) -> Solution:
    solution = Engine(build_formulation(system)).solve(EXACT)
    assert solution.status == "optimal"
    return solution


@few
@given(SEEDS)
def test_components_used_are_components_made(seed: int) -> None:
    system = draw_system(seed, SIZE)
    found = solved(system, least_cost(system).values)
    taken = taken_from_sources(found)
    made = (taken * found["component_of_source"]).sum("source")
    made = made + (found.value("output_factory") * found["component_of_factory"]).sum("factory")
    made = made.transpose("component", "calendar_year")
    used = components_used(found) + found["supply_given"]
    stock = found.value("stock_component")
    # Each year alone, where nothing can be stored; over all years up to each, where it can.
    kept = ~found["storable_component"].values.astype(bool)
    assert used.values[kept] == pytest.approx(made.values[kept], abs=1e-6)
    up_to = made.cumsum("calendar_year") - used.cumsum("calendar_year")
    assert up_to.values == pytest.approx(stock.values, abs=1e-6)
    assert (up_to.values >= -1e-6).all()
    # Sharing out between sources that cost the same takes from none more than it has.
    assert (taken.values <= found["source_limit"].values + 1e-9).all()
    paid = float((taken * found["source_premium"]).sum())
    before = float((found.value("take_source") * found["source_premium"]).sum())
    assert paid == pytest.approx(before, abs=1e-6)


@few
@given(SEEDS)
def test_hands_are_those_of_the_zone_and_factories_make_what_they_can(seed: int) -> None:
    system = draw_system(seed, SIZE)
    found = solved(system, least_cost(system).values)
    used = local_components_used(found) + found["local_given"]
    assert (used.values <= found.value("take_local").sum("step").values + 1e-6).all()
    can = (found.value("build_factory") * found["output_share_factory"]).sum("vintage")
    assert (found.value("output_factory").values <= can.values + 1e-6).all()
    floor = found["origin_floor"].values * components_used(found).values
    own = (taken_from_sources(found) * found["component_of_source"] * found["source_in_group"]).sum(
        "source"
    ) + (
        found.value("output_factory") * found["component_of_factory"] * found["factory_in_group"]
    ).sum("factory")
    assert (
        own.transpose("origin_group", "component", "calendar_year").values >= floor - 1e-6
    ).all()


@few
@given(SEEDS, st.integers(0, 10))
def test_nothing_is_built_before_its_parts_are_made(seed: int, late: int) -> None:
    system = draw_system(seed, SIZE)
    years = system["calendar_year"].values
    first = int(years[min(late, years.size - 1)])
    # No transformer is made before a year, nor can factories be built.
    names = system["component_of_source"].sel(component="transformer") > 0
    closed = names & (xr.DataArray(years, coords={"calendar_year": years}) < first)
    none = changed(
        system,
        {
            "source_limit": system["source_limit"].where(~closed, 0.0),
            "supply_given": xr.zeros_like(system["supply_given"]),
            "buildable_factory": xr.zeros_like(system["buildable_factory"]),
            "origin_floor": xr.zeros_like(system["origin_floor"]),
            "compute_need": xr.zeros_like(system["compute_need"]),
        },
    )
    values = least_cost(none).values
    for asset in ("generator", "campus"):
        bill = none[f"supply_use_{asset}"].sel(component="transformer")
        needs = (bill.where(bill.calendar_year < first, 0.0) > 0).any("calendar_year")
        built = values[f"build_{asset}"].where(needs, 0.0)
        assert float(built.max()) <= 1e-7


@few
@given(SEEDS)
def test_what_is_spent_is_paid_and_nobody_pays_more_than_agreed(seed: int) -> None:
    system = draw_system(seed, SIZE)
    values = least_cost(system).values
    fund = values["fund"]
    territory = system["zone_of_territory"]
    campus = values["build_campus"] * system["capex_campus"] * system["spend_share_campus"]
    spent = (campus * territory).sum("zone")
    paid = fund.sel(capital_class="campus").sum("investor")
    assert paid.transpose(*spent.dims).values == pytest.approx(spent.values, abs=1e-5)
    drawn = fund.sum(["capital_class", "territory", "vintage"]).cumsum("calendar_year")
    assert (drawn <= system["commitment"] + 1e-6).all()
    barred = fund.where(~system["may_fund"].astype(bool), 0.0)
    assert float(barred.max()) == 0.0
    whole = fund.sum(["territory", "calendar_year"])
    member = (whole * system["group_weight"]).sum("investor")
    assert (member <= whole.sum("investor") * system["group_cap"] + 1e-6).all()


@few
@given(
    SEEDS,
    st.sampled_from(
        ["source_limit", "local_limit", "potential_factory", "commitment", "ticket_most"]
    ),
)
def test_loosening_any_supply_or_commitment_never_raises_cost(seed: int, limit: str) -> None:
    system = draw_system(seed, SIZE)
    before = least_cost(system).objective
    looser = changed(system, {limit: system[limit] * 1.2})
    assert least_cost(looser).objective <= before * (1 + 1e-9)


@pytest.fixture(scope="module")
def tiny_plan() -> Plan:
    return gigaplan.run(gigaplan.load_scenario("tiny"))


def test_accelerators_installed_are_made_less_in_transit_and_scrapped(tiny_plan: Plan) -> None:
    flow = tiny_plan.tables["accelerator_flow"]
    sent, scrapped, installed = (flow[name].cumsum() for name in ("sent", "scrapped", "installed"))
    assert installed.to_numpy() == pytest.approx((sent - scrapped - flow["in_transit"]).to_numpy())
    assert (flow["in_transit"] >= -1e-9).all()
    assert (flow["scrapped"] >= 0).all()
    assert flow["scrapped"].sum() > 0
    use = tiny_plan.tables["supply_use"].query("component == 'accelerator'")
    assert use["use"].to_numpy() == pytest.approx(flow["sent"].to_numpy())
    taken = tiny_plan.tables["supply_sources"].query("component == 'accelerator'")
    made = taken.groupby("calendar_year")["taken"].sum().to_numpy()
    made = made + use["factory_output"].to_numpy()
    kept = np.diff(use["stock"].to_numpy(), prepend=0.0)
    assert made == pytest.approx((use["use"] + use["given_use"] + kept).to_numpy(), abs=1e-6)
    # What is installed is the IT power of the campuses: units of each generation and their power.
    projects = tiny_plan.tables["projects"].query("`class` == 'accelerator'")
    units = tiny_plan.system["units_accelerator"].to_series()
    whole = (projects["capacity_mw"] / 1e3 * projects["asset"].map(units)).sum()
    assert flow["installed"].sum() == pytest.approx(whole)
