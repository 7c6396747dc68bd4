"""Limits that may be broken."""

from __future__ import annotations

import xarray as xr
from tests.expansion.drawn_systems import Size, changed, draw_system

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.elastic import ElasticEngine
from gigaplan.expansion.engine import SolverSettings

EXACT = SolverSettings(method="simplex")


def test_one_slack_serves_a_limit_of_all_blocks() -> None:
    system = draw_system(3, Size(zones=2, years=2, days=1, campuses=True, limits=True))
    tight = changed(
        system,
        {
            "connection_limit": xr.zeros_like(system["connection_limit"]),
            "buildable_generator": system["buildable_generator"] & ~system["onsite_generator"],
        },
    )
    name = "onsite_power_connection"
    formulation = build_formulation(tight)
    engine = ElasticEngine(formulation, {name: ("block",)})
    assert (
        engine.columns - formulation.columns == tight.data.sizes["zone"] * tight.data.sizes["year"]
    )
    slack = engine.slacks(engine.solve(EXACT), name)
    assert float(slack.max()) > 0.0
    assert bool((slack.max("block") == slack.min("block")).all())
