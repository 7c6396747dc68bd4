"""The same optimum as PyPSA's multi-investment model, on systems drawn at random."""

from __future__ import annotations

import pytest
from tests.expansion.drawn_systems import Size, draw_system
from tests.oracles.pypsa_network import network_of, quiet, solve_network

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, SolverSettings
from gigaplan.system import System

LARGEST_DIFFERENCE = 1e-6
CALENDARS = 6
SYSTEMS_PER_CALENDAR = 9


def our_optimum(system: System) -> float:
    """Return our least cost [M$]."""
    solution = Engine(build_formulation(system)).solve(SolverSettings(method="simplex"))
    assert solution.status == "optimal"
    return solution.objective


def systems_of(calendar: int) -> list[System]:
    """Return drawn Systems with the same years and days: two to four zones, with all features."""
    return [
        draw_system(
            100 * calendar + number,
            Size(
                zones=2 + number % 3,
                years=2 + calendar % 2,
                days=1 + calendar // 2 % 2,
                blocks=4 + 2 * (calendar % 2),
                campuses=number % 2 == 1,
                corridors=number != 6,
            ),
            calendar=calendar,
        )
        for number in range(SYSTEMS_PER_CALENDAR)
    ]


@pytest.mark.parametrize("calendar", range(CALENDARS))
def test_same_optimum_as_pypsa(calendar: int) -> None:
    systems = systems_of(calendar)
    with quiet():
        translation = network_of(systems)
    theirs = solve_network(translation)
    ours = [our_optimum(system) for system in systems]
    assert list(theirs) == pytest.approx(ours, rel=LARGEST_DIFFERENCE)
