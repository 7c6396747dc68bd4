"""On-site power: a bridge over a small grid connection."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("onsite_power")


CAMPUS = {
    "buildable_campus": 1.0,
    "alive_campus": 1.0,
    "potential_campus": 9.0,
    "available_accelerator": 1.0,
    "alive_accelerator": 1.0,
    "pue": 1.2,
    "fixed_it_share": 1.0,
    "compute_need": 2.0,
}


def test_engines_give_what_the_connection_cannot() -> None:
    # 2 GW of IT draw 2.4 GW; the grid gives 1 GW, engines of 90 % availability the other 1.4 GW.
    solution = solved(
        small_system(
            {
                **CAMPUS,
                "connection_limit": 1.0,
                "existing_generator": [[[20.0]], [[0.0]]],
                "buildable_generator": [[[0.0]], [[1.0]]],
                "alive_generator": 1.0,
                "onsite_generator": [0.0, 1.0],
                "availability_generator": [[[1.0]], [[0.9]]],
                "variable_cost_generator": [[[0.02]], [[0.06]]],
                "capital_charge_generator": 180.0,
            },
            generator=["gas", "engine"],
            accelerator=["chip"],
        )
    )
    engines = solution.values["build_generator"].sel(generator="engine").item()
    assert engines == pytest.approx(1.4 / 0.9)
    assert solution.objective == pytest.approx(
        180.0 * 1.4 / 0.9 + 8760.0 * (1.0 * 0.02 + 1.4 * 0.06)
    )


def test_engines_serve_their_campus_and_nobody_else() -> None:
    # Engines are free to run, but 5 GW of other load may not have their power; and however cheap,
    # there may not be more of them than the campus could draw: 2.4 GW at 80 % availability.
    solution = solved(
        small_system(
            {
                **CAMPUS,
                "potential_campus": 2.0,
                "load": 5.0,
                "existing_generator": [[[5.0]], [[0.0]]],
                "buildable_generator": [[[0.0]], [[1.0]]],
                "alive_generator": 1.0,
                "onsite_generator": [0.0, 1.0],
                "availability_generator": [[[1.0]], [[0.8]]],
                "capital_charge_generator": -1.0,
            },
            generator=["gas", "engine"],
            accelerator=["chip"],
        )
    )
    values = solution.values
    assert values["unserved"].values.ravel() == pytest.approx([0.0, 0.0])
    output = values["output_generator"].sel(generator="engine").values.ravel()
    assert output == pytest.approx([2.4, 2.4])
    assert values["online_generator"].sel(generator="engine").item() == pytest.approx(2.4 / 0.8)
