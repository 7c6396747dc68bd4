"""The power part of the national default against PyPSA, on the real data."""

from __future__ import annotations

import pytest
from tests.oracles.power_part import power_part, real_system, scenario_at
from tests.oracles.pypsa_network import network_of, quiet, solve_network

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, SolverSettings


@pytest.mark.slow
def test_the_nation_costs_the_same_in_pypsa() -> None:
    scenario = scenario_at("us-2035", representative_days=2, hours_per_block=6)
    system = power_part(real_system(scenario))
    assert system.data.sizes["zone"] == 48
    assert system.data.sizes["year"] == 5
    ours = Engine(build_formulation(system)).solve(SolverSettings(method="ipm", crossover=True))
    with quiet():
        translation = network_of([system])
    theirs = solve_network(translation, solver="ipx")
    assert ours.objective > 1e5
    assert theirs[0] == pytest.approx(ours.objective, rel=1e-6)
