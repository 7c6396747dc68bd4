"""The same optimum as PyPSA's multi-investment model, on systems drawn at random."""

from __future__ import annotations

import pytest

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, SolverSettings
from gigaplan.system import System
from tests.expansion.drawn_systems import Size, draw_system
from tests.oracles.pypsa_network import network_of, quiet, solve_network

LARGEST_DIFFERENCE = 1e-6


def our_optimum(system: System) -> float:
    """Return our least cost [M$]."""
    solution = Engine(build_formulation(system)).solve(SolverSettings(method="simplex"))
    assert solution.status == "optimal"
    return solution.objective


def their_optimum(system: System) -> float:
    """Return PyPSA's least cost [M$]."""
    with quiet():
        translation = network_of(system)
    return solve_network(translation)


def size_of(seed: int) -> Size:
    """Return the size of a drawn System: every kind turns up in every dozen of seeds."""
    return Size(
        zones=2 + seed % 3,
        years=2 + (seed // 3) % 2,
        days=1 + (seed // 2) % 2,
        blocks=4 + 2 * (seed % 2),
        campuses=seed % 2 == 1,
        corridors=seed % 12 != 0,
    )


@pytest.mark.parametrize("seed", range(54))
def test_same_optimum_as_pypsa(seed: int) -> None:
    system = draw_system(seed, size_of(seed))
    assert their_optimum(system) == pytest.approx(our_optimum(system), rel=LARGEST_DIFFERENCE)
