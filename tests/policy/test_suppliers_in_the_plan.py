"""Suppliers before the plan: what is barred gives nothing, its price is told, it never saves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import gigaplan
from gigaplan.cli.app import app
from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, SolverSettings
from gigaplan.inputs.scenario import Scenario
from gigaplan.policy.plan_facts import eligibility
from gigaplan.system.build import build_system
from gigaplan.terms.errors import InfeasibleError
from gigaplan.workflow import load_scenario_data

TRANSFORMER = "large_power_transformer"
FROM_CHINA = f"{TRANSFORMER} from CN, step 2"
# A twentieth of the supply, so that the plan takes what China makes at a premium.
SHORT = {"scale": {TRANSFORMER: 0.05}}
# As if transformers were hardware for data, 15 CFR 791.2.
AS_CHIPS = {
    "table": "components",
    "where": {"component": TRANSFORMER},
    "column": "kind",
    "value": "chips",
}


def tiny(
    *, supply: dict[str, Any] | None = None, as_chips: bool = False, **policy: Any
) -> Scenario:
    content = gigaplan.load_scenario("tiny").model_dump()
    content["limits"]["supply"] |= supply or {}
    content["policy"] |= policy
    content["overrides"] = [AS_CHIPS] if as_chips else []
    return Scenario.model_validate(content)


def barred(**asked: Any) -> dict[tuple[str, str], str]:
    scenario = tiny(**asked)
    return dict(eligibility(scenario, load_scenario_data(scenario)).barred_sources)


def test_chips_from_a_foreign_adversary_are_barred_and_power_equipment_is_not() -> None:
    # 15 CFR 791.4 lists China; 791.2: a transformer without data is no such hardware, and whether
    # it is connected is not known, which bars nothing.
    assert barred() == {("hbm3e", "CN"): "policy.suppliers: suppliers.icts"}
    assert barred(as_chips=True)[TRANSFORMER, "CN"] == "policy.suppliers: suppliers.icts"


def test_a_rule_that_is_off_bars_nothing() -> None:
    assert barred(suppliers="off") == {}
    assert barred(off=["suppliers.icts"]) == {}
    assert barred(off=["suppliers.federal_chips"]) == barred()


def test_what_the_sponsor_excludes_is_barred_whatever_the_rules_say() -> None:
    found = barred(supply={"exclude_origins": ["CN", "AT"]}, suppliers="off")
    assert set(found.values()) == {"limits.supply.exclude_origins"}
    assert found.keys() == {
        ("hbm3e", "CN"),
        (TRANSFORMER, "CN"),
        (TRANSFORMER, "AT"),
        ("gas_engine", "AT"),
    }


def test_before_the_list_of_adversaries_nothing_is_barred() -> None:
    # 86 FR 4909: the rule is in force from 2021-03-22 on.
    assert barred(as_of="2021-03-21") == {}
    assert barred(as_of="2021-03-22") != {}


@pytest.mark.parametrize(
    ("codes", "where", "what"),
    [
        (["XQ"], "exclude_origins.0", "There is no country XQ."),
        (["CN", "CN"], "exclude_origins.1", "names CN twice"),
        (["China"], "exclude_origins", "China"),
    ],
)
def test_origins_that_are_no_countries_are_refused(codes: list[str], where: str, what: str) -> None:
    with pytest.raises(ValueError, match=r"exclude_origins") as raised:
        tiny(supply={"exclude_origins": codes})
    assert what in str(raised.value)
    assert where in str(raised.value)


def test_barred_sources_and_factories_give_nothing_and_the_others_all() -> None:
    free, bare = tiny(), tiny(supply={"exclude_origins": ["KR"]})
    dataset = load_scenario_data(free)
    before, after = (build_system(one, dataset, eligibility(one, dataset)) for one in (free, bare))
    limits = [one["source_limit"] for one in (before, after)]
    korean = np.array([" from KR" in name for name in before["source"].values])
    assert (limits[0].values[korean] > 0).any()
    assert (limits[1].values[korean] == 0).all()
    np.testing.assert_array_equal(limits[1].values[~korean], limits[0].values[~korean])
    room = [one["potential_factory"] for one in (before, after)]
    there = np.array([name.endswith("in Korea") for name in before["factory"].values])
    assert there.any()
    assert (room[0].values > 0).all()
    assert (room[1].values[there] == 0).all()
    np.testing.assert_array_equal(room[1].values[~there], room[0].values[~there])
    assert after.options.barred_by["gas_turbine from KR in 2030"] == "limits.supply.exclude_origins"
    assert after.options.barred_by["turbine_plant in Korea"] == "limits.supply.exclude_origins"


def test_a_bar_holds_where_supply_has_no_other_limit() -> None:
    scenario = tiny(supply={"enabled": False, "exclude_origins": ["CN"]})
    dataset = load_scenario_data(scenario)
    limit = build_system(scenario, dataset, eligibility(scenario, dataset))["source_limit"]
    assert (limit.sel(source=FROM_CHINA) == 0).all()
    assert np.isinf(limit.sel(source=f"{TRANSFORMER} from KR")).all()


def cost(scenario: Scenario) -> float:
    """Return the cost of the relaxed plan; infinite where there is none."""
    dataset = load_scenario_data(scenario)
    system = build_system(scenario, dataset, eligibility(scenario, dataset))
    found = Engine(build_formulation(system)).solve(SolverSettings(method="simplex"))
    return found.objective if found.status == "optimal" else np.inf


@pytest.fixture(scope="module")
def free_cost() -> float:
    return cost(tiny(supply=SHORT, suppliers="off"))


@settings(max_examples=4, deadline=None)
@given(
    st.lists(st.sampled_from(["CN", "AT", "DE", "CA", "JP", "SE", "FI"]), unique=True, max_size=3)
)
def test_to_exclude_origins_never_lowers_the_cost(free_cost: float, origins: list[str]) -> None:
    found = cost(tiny(supply={**SHORT, "exclude_origins": origins}))
    assert found >= free_cost * (1 - 1e-9)


def test_the_price_of_a_rule_is_a_row_of_why_and_what_it_costs_when_solved_again() -> None:
    plan = gigaplan.run(tiny(supply=SHORT, as_chips=True), relaxed=True)
    assert [one for one in gigaplan.verify_plan(plan) if not one.ok] == []
    sources = plan.table("supply_sources").query("source == @FROM_CHINA")
    assert (sources["available"] == 0).all()
    assert (sources["taken"] == 0).all()
    why = plan.table("why")
    own = why[why["setting"] == "policy.suppliers: suppliers.icts"]
    assert own["limit"].str.startswith("supply of large power transformer from CN").all()
    free = gigaplan.run(tiny(supply=SHORT, as_chips=True, off=["suppliers.icts"]), relaxed=True)
    taken = free.table("supply_sources").query("source == @FROM_CHINA")["taken"]
    saved = plan.manifest.objective.value_usd2025_m - free.manifest.objective.value_usd2025_m
    assert taken.sum() > 1
    # The price holds for the first unit; each further one is worth no more.
    dearest = own["shadow_price"].max()
    assert 1.0 < saved <= dearest * taken.sum()
    assert free.table("why")["setting"].str.contains("suppliers").sum() == 0


def test_diff_says_what_a_rule_of_suppliers_costs(tmp_path: Any) -> None:
    path = tmp_path / "short.yaml"
    path.write_text(tiny(supply=SHORT, as_chips=True).to_yaml(), encoding="utf-8")
    for name in ("suppliers.icts", "suppliers"):
        run = CliRunner().invoke(app, ["policy", "diff", str(path), "--off", name, "--quiet"])
        assert run.exit_code == 0, run.output
        assert "Discounted cost of everything" in run.output
    again = CliRunner().invoke(app, ["policy", "diff", str(path), "--on", "suppliers"])
    assert again.exit_code == 2
    assert "Nothing changes" in again.output


def test_a_component_of_which_every_source_is_barred_is_named() -> None:
    every = ["US", "KR", "DE", "CH", "JP", "MX"]
    with pytest.raises(InfeasibleError) as raised:
        gigaplan.run(tiny(supply={"exclude_origins": every}), relaxed=True)
    (fault,) = [one for one in raised.value.faults if "hv switchgear is barred" in one.what]
    assert fault.where == "limits.supply.exclude_origins"
    assert "hv switchgear from US" in fault.what
