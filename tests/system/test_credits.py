"""Credits of the System: level payments, the better of two credits, and credits on output."""

from __future__ import annotations

import numpy as np
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

import gigaplan
from gigaplan.inputs.scenario import Scenario
from gigaplan.system import System
from gigaplan.system.build import build_system
from gigaplan.system.credits import level_payment
from gigaplan.system.eligibility import AssetCredit, Eligibility
from gigaplan.workflow import load_scenario_data

FIRST, LAST = 2028, 2030


@given(
    rate=st.floats(0.0, 0.2),
    paid=st.integers(1, 30),
    more=st.integers(0, 40),
)
def test_a_level_payment_is_worth_what_it_stands_for(rate: float, paid: int, more: int) -> None:
    life = paid + more
    level = float(level_payment(30.0, paid, rate, life))
    assert pyxirr.pv(rate, life, level) == pytest.approx(pyxirr.pv(rate, paid, 30.0), rel=1e-9)


def test_what_is_never_paid_is_worth_nothing() -> None:
    assert float(level_payment(30.0, 0.0, 0.05, 20.0)) == 0.0


def system_with(credits: dict[tuple[str, int], AssetCredit]) -> System:
    content = gigaplan.load_scenario("tiny").model_dump()
    content["assets"] = {"allow": "all", "exclude": ()}
    scenario = Scenario.model_validate(content)
    return build_system(scenario, load_scenario_data(scenario), Eligibility(credits))


@pytest.fixture(scope="module")
def plain() -> System:
    return system_with({})


def test_the_credit_that_is_worth_more_is_taken(plain: System) -> None:
    both = AssetCredit(capex_frac=0.3, usd_per_mwh=30.0, paid_years=10.0)
    found = system_with({("wind_1", LAST): both, ("nuclear_smr", LAST): both})
    where = {"generator": ["wind_1", "nuclear_smr"], "vintage": LAST}
    full, net = (s["capital_charge_generator"].sel(where) for s in (plain, found))
    by_energy = found["credit_by_energy_generator"].sel(where)
    on_capex = 0.7 * full
    assert (net <= on_capex + 1e-9).all()
    assert ((net < on_capex - 1e-9) == by_energy).all()
    # A windy site makes 3.5 MWh and more of a kW for 1,600 USD; a reactor 8 MWh for 9,000.
    assert by_energy.sel(generator="wind_1").any()
    assert not by_energy.sel(generator="nuclear_smr").any()


def test_the_credit_by_energy_is_paid_on_available_energy(plain: System) -> None:
    only = AssetCredit(usd_per_mwh=30.0, paid_years=10.0)
    found = system_with({("wind_1", LAST): only})
    where = {"generator": "wind_1", "vintage": LAST}
    saved = (plain["capital_charge_generator"] - found["capital_charge_generator"]).sel(where)
    hours = (found["availability_generator"] * found["block_weight"]).sum("block")
    mwh_per_kw = hours.sel(generator="wind_1") / 1e3
    level = saved / mwh_per_kw.where(mwh_per_kw > 0)
    assert float(level.max()) == pytest.approx(float(level.min()))
    assert 10.0 < float(level.max()) < 30.0


def test_builds_of_other_milestones_earn_nothing(plain: System) -> None:
    found = system_with({("wind_1", LAST): AssetCredit(capex_frac=0.3)})
    name = "capital_charge_generator"
    early = {"generator": "wind_1", "vintage": FIRST}
    np.testing.assert_array_equal(found[name].sel(early), plain[name].sel(early))


def test_captured_carbon_earns_by_heat_rate_and_capture() -> None:
    content = gigaplan.load_scenario("us-2035").model_dump()
    content["assets"]["exclude"] = ()
    scenario = Scenario.model_validate(content)
    dataset = load_scenario_data(scenario)
    years = [2030, 2032, 2035]
    held = {("gas_cc_ccs", y): AssetCredit(usd_per_t=85.0, paid_years=40.0) for y in years}
    system = build_system(scenario, dataset, Eligibility(held))
    rates = dataset.table("emission_rates").set_index("asset")
    captured, left = rates.loc["gas_cc_ccs", ["captured_co2_kg_per_mmbtu", "co2_kg_per_mmbtu"]]
    # 95 % of what the fuel holds is captured.
    assert captured / (captured + left) == pytest.approx(0.95)
    credit = system["output_credit_generator"].sel(generator="gas_cc_ccs", year=2035)
    stack = system["co2_rate_generator"].sel(generator="gas_cc_ccs")
    # M$/GWh is USD/kWh: 85 USD for each of the 19 parts that are captured of 20.
    np.testing.assert_allclose(credit, stack * 19 * 85.0 / 1e3, rtol=0.05)


def test_a_lower_credit_of_some_vintages_counts_for_all() -> None:
    content = gigaplan.load_scenario("us-2035").model_dump()
    content["assets"]["exclude"] = ()
    scenario = Scenario.model_validate(content)
    ready = 2026 + 7
    later = [y for y in scenario.horizon.milestone_years if y >= ready]
    assert later == [2035]
    wide = scenario.model_copy(
        update={
            "horizon": scenario.horizon.model_copy(update={"milestone_years": (2026, 2034, 2035)})
        }
    )
    held = {
        ("gas_cc_ccs", 2034): AssetCredit(usd_per_t=85.0, paid_years=12.0),
        ("gas_cc_ccs", 2035): AssetCredit(usd_per_t=40.0, paid_years=12.0),
    }
    system = build_system(wide, load_scenario_data(wide), Eligibility(held))
    credit = system["output_credit_generator"].sel(generator="gas_cc_ccs").mean("zone")
    assert float(credit.sel(year=2026)) == 0.0
    assert float(credit.sel(year=2035) / credit.sel(year=2034)) == pytest.approx(40 / 85, rel=0.02)


def test_an_existing_fleet_earns_by_energy_in_its_years() -> None:
    found = system_with({("nuclear_existing", FIRST): AssetCredit(usd_per_mwh=3.0, paid_years=1.0)})
    credit = found["output_credit_generator"].sel(generator="nuclear_existing")
    assert (credit.sel(year=FIRST) == 0.003).all()
    assert (credit.sel(year=LAST) == 0.0).all()
