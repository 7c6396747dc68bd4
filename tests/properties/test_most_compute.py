"""Laws of the other objective: the most compute that money buys."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from tests.expansion.drawn_systems import Size, changed, draw_system, with_options

from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.solve import Answer, optimise
from gigaplan.expansion.why import why_table
from gigaplan.system import System

SIZE = Size(zones=2, years=2, days=1, campuses=True, limits=True)
EXACT = SolverSettings(method="simplex")


def programme(total_musd: float, phase_gw: float = 0.0) -> System:
    """Return a drawn programme that seeks the most compute for a budget."""
    system = changed(
        draw_system(3, SIZE),
        {"budget_total": total_musd, "compute_need": xr.zeros_like(BASE["compute_need"])},
    )
    return with_options(system, objective="most_compute", phase_gw=phase_gw)


BASE = draw_system(3, SIZE)


def spent_musd(answer: Answer) -> float:
    """Return the capex of campuses and the programme's own power, added up from the plan."""
    system, values = answer.system, answer.solution.values
    campus = (values["build_campus"] * system["capex_campus"]).sum()
    onsite = system["onsite_generator"].astype(float)
    own = values["programme_generator"] + values["build_generator"] * onsite
    generators = (own * system["capex_generator"]).sum()
    storage = (values["programme_storage"] * system["capex_storage"]).sum()
    return float(campus + generators + storage)


@pytest.fixture(scope="module")
def answers() -> dict[float, Answer]:
    return {money: optimise(programme(money), EXACT) for money in (12_000.0, 24_000.0)}


def test_no_more_is_spent_than_there_is(answers: dict[float, Answer]) -> None:
    for money, answer in answers.items():
        assert spent_musd(answer) == pytest.approx(money, rel=1e-5)
        assert spent_musd(answer) <= money * (1.0 + 1e-6)


def test_more_money_never_buys_less(answers: dict[float, Answer]) -> None:
    small, large = (answers[money] for money in sorted(answers))
    assert large.compute > small.compute > 0.0
    # Each dollar buys at most what the first ones bought: the best sites come first.
    assert large.compute <= 2.0 * small.compute * (1.0 + 1e-6)


def test_the_bound_is_kept_but_for_what_is_given_up_to_save_cost(
    answers: dict[float, Answer],
) -> None:
    for answer in answers.values():
        assert answer.compute <= answer.bound * (1.0 + 1e-9)
        assert answer.gap_frac <= 2e-6


def test_whole_phases_stay_within_the_money() -> None:
    answer = optimise(programme(24_000.0, phase_gw=0.25), EXACT)
    phases = answer.solution.values["build_campus"].values / 0.25
    assert np.allclose(phases, np.round(phases), atol=1e-6)
    assert spent_musd(answer) <= 24_000.0 * (1.0 + 1e-6)
    assert answer.compute <= answer.bound * (1.0 + 1e-9)
    assert answer.gap_frac == pytest.approx(1.0 - answer.compute / answer.bound)


def test_the_budget_is_named_as_what_binds(answers: dict[float, Answer]) -> None:
    """A million dollars buys little compute; the whole budget is still what decides."""
    for answer in answers.values():
        why = why_table(answer)
        assert "budget_total" in set(why["family"])
