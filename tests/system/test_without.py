"""Without its programme a System keeps everything that is not the programme's."""

from __future__ import annotations

import numpy as np
import pytest
from tests.workflow.test_run import tiny

from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.solve import optimise
from gigaplan.expansion.tables import plan_tables
from gigaplan.plan.tables import same_table
from gigaplan.system import System
from gigaplan.system.build import build_system
from gigaplan.system.without import NOTHING, without_programme
from gigaplan.workflow import load_scenario_data


@pytest.fixture(scope="module")
def system() -> System:
    scenario = tiny()
    return build_system(scenario, load_scenario_data(scenario))


def test_everything_but_the_programme_stays(system: System) -> None:
    without = without_programme(system)
    changed = {
        str(name) for name in system.data if not system.data[name].identical(without.data[name])
    }
    assert changed <= {*NOTHING, "buildable_generator"}
    assert {"compute_need", "potential_campus", "buildable_campus"} <= changed
    assert system.data.indexes.keys() == without.data.indexes.keys()


def test_only_units_behind_the_meter_of_campuses_go(system: System) -> None:
    without = without_programme(system)
    onsite = system["onsite_generator"].values
    before, after = (one["buildable_generator"].values for one in (system, without))
    assert before[onsite].any()
    assert not after[onsite].any()
    assert np.array_equal(before[~onsite], after[~onsite])


def test_the_system_that_is_given_is_left_alone(system: System) -> None:
    need = system["compute_need"].values.copy()
    without_programme(system)
    assert need.any()
    assert np.array_equal(system["compute_need"].values, need)


def test_there_is_nothing_to_take_from_what_has_no_programme(system: System) -> None:
    once = without_programme(system)
    twice = without_programme(once)
    assert twice.data.identical(once.data)
    assert twice.options == once.options


def test_no_campus_is_built_and_load_is_served_at_less_cost(system: System) -> None:
    settings = SolverSettings()
    answer = optimise(without_programme(system), settings)
    tables = plan_tables(answer)
    assert not {"campus", "accelerator"} & set(tables["projects"]["class"])
    assert not tables["load"]["campus_facility_mw"].any()
    assert answer.cost_musd < optimise(system, settings, relaxed=True).cost_musd


def test_two_solves_of_it_give_the_same_tables(system: System) -> None:
    first, second = (
        plan_tables(optimise(without_programme(system), SolverSettings())) for _ in range(2)
    )
    for name, table in first.items():
        assert same_table(table, second[name]), name
