"""Factories: built when what they make is worth it, and only as quick as they ramp."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved

YEARS = [2026, 2027, 2028]
PACKAGES = {
    # A GW of gas takes one package in the year of its service; none can be had from anywhere.
    "load": [[[0.0, 0.0], [0.0, 0.0], [2.0, 2.0]]],
    "buildable_generator": [[[0.0, 0.0, 1.0]]],
    "alive_generator": [[[1, 1, 1], [0, 1, 1], [0, 0, 1]]],
    "supply_use_generator": [[[[0, 0, 0], [0, 0, 0], [0, 0, 1]]]],
    "component_of_source": 1.0,
    "source_limit": 0.5,
    "component_of_factory": 1.0,
    "buildable_factory": [[0.0, 1.0, 0.0]],
    "online_share_factory": [[[0, 0, 0], [0, 1, 1], [0, 0, 0]]],
    "output_share_factory": [[[0, 0, 0], [0, 0.25, 0.75], [0, 0, 0]]],
    "capital_charge_factory": 200.0,
    "fixed_cost_factory": 20.0,
    "unit_cost_factory": 5.0,
    "discount_factor": [1.0, 0.9, 0.8],
}
NAMES = {
    "component": ["package"],
    "source": ["abroad"],
    "factory": ["line"],
    "year": YEARS,
    "calendar_year": YEARS,
}


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("factories")


def test_a_line_is_built_for_the_packages_that_lack() -> None:
    # 1.5 packages lack in 2028; a line of 2 a year makes three quarters of that by then.
    solution = solved(small_system(PACKAGES, **NAMES))
    assert solution.values["build_factory"].sum().item() == pytest.approx(2.0)
    assert solution.values["output_factory"].values.ravel() == pytest.approx([0.0, 0.0, 1.5])
    assert solution.values["build_generator"].sum().item() == pytest.approx(2.0)
    assert solution.objective == pytest.approx(2.0 * 220.0 * (0.9 + 0.8) + 1.5 * 5.0 * 0.8)


def test_room_for_factories_is_a_limit() -> None:
    solution = solved(small_system({**PACKAGES, "potential_factory": 1.0}, **NAMES))
    assert solution.values["build_factory"].sum().item() == pytest.approx(1.0)
    # 2 GW of load, 0.5 + 0.75 GW of gas.
    assert solution.values["unserved"].sel(year=2028).mean().item() == pytest.approx(0.75)
    # One more unit a year is 0.75 GW in 2028.
    worth = 0.75 * (87600.0 - 5.0 * 0.8) - 220.0 * 1.7
    assert solution.duals["factories_potential"].item() == pytest.approx(-worth)


def test_no_factory_where_sources_have_enough() -> None:
    solution = solved(small_system({**PACKAGES, "source_limit": 2.0}, **NAMES))
    assert solution.values["build_factory"].sum().item() == pytest.approx(0.0)
