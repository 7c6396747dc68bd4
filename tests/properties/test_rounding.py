"""Laws of whole phases, for any relaxed plan."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gigaplan.expansion.rounding import kept_states, whole_phases

Floats = npt.NDArray[np.float64]

zones = st.integers(1, 5)
vintages = st.integers(1, 4)
phases = st.sampled_from([0.1, 0.25, 0.5, 1.0])


@st.composite
def plans(draw: st.DrawFn) -> tuple[Floats, float]:
    """Return builds over zones and vintages, and the size of a phase."""
    shape = (draw(zones), draw(vintages))
    builds = draw(arrays(np.float64, shape, elements=st.floats(0.0, 5.0, width=32)))
    # Below the solver's own noise there is nothing to round.
    return np.where(builds < 1e-3, 0.0, builds), draw(phases)


def rounded_up(builds: Floats, phase: float, largest: float = 1e6) -> Floats:
    """Return whole phases with room everywhere."""
    return whole_phases(
        builds,
        phase,
        largest_gw=np.full_like(builds, largest),
        smallest_gw=np.zeros(builds.shape[0]),
        towards="up",
    )


@given(plans())
def test_builds_are_multiples_of_a_phase_and_never_negative(plan: tuple[Floats, float]) -> None:
    builds, phase = plan
    for towards in ("up", "down"):
        rounded = whole_phases(
            builds,
            phase,
            largest_gw=np.full_like(builds, 1e6),
            smallest_gw=np.zeros(builds.shape[0]),
            towards=towards,
        )
        assert np.all(rounded >= 0)
        assert np.allclose(rounded / phase, np.round(rounded / phase), atol=1e-9)


@given(plans())
def test_the_national_total_is_the_next_whole_phase(plan: tuple[Floats, float]) -> None:
    builds, phase = plan
    total = np.cumsum(builds.sum(axis=0)) / phase
    rounded = np.cumsum(rounded_up(builds, phase).sum(axis=0)) / phase
    assert np.all(rounded >= total - 1e-4)
    assert np.all(rounded <= np.ceil(total - 1e-4) + 1e-4)


# Two zones get the phases of 2028 for their remainders; in 2030 a third has one of its own.
@example((np.array([[0.9, 0.0], [0.9, 0.0], [0.2, 0.8]]), 1.0))
@given(plans())
def test_money_that_suffices_for_the_plan_suffices_for_the_phases(
    plan: tuple[Floats, float],
) -> None:
    builds, phase = plan
    rounded = whole_phases(
        builds,
        phase,
        largest_gw=np.full_like(builds, 1e6),
        smallest_gw=np.zeros(builds.shape[0]),
        towards="down",
    )
    total, kept = np.cumsum(builds.sum(axis=0)), np.cumsum(rounded.sum(axis=0))
    assert np.all(kept <= total + 1e-4 * phase)


@given(plans())
def test_whole_plans_stay_as_they_are(plan: tuple[Floats, float]) -> None:
    builds, phase = plan
    whole = np.round(builds / phase) * phase
    assert np.allclose(rounded_up(whole, phase), whole, atol=1e-9)


@given(plans(), st.floats(0.0, 4.0))
def test_no_zone_is_fuller_than_its_room(plan: tuple[Floats, float], room: float) -> None:
    builds, phase = plan
    rounded = rounded_up(builds, phase, largest=room)
    assert np.all(np.cumsum(rounded, axis=1) <= room + 1e-5 * phase)


@given(plans(), st.integers(0, 4))
def test_a_least_capacity_is_reached_in_the_last_year(
    plan: tuple[Floats, float], least: int
) -> None:
    builds, phase = plan
    rounded = whole_phases(
        builds,
        phase,
        largest_gw=np.full_like(builds, 1e6),
        smallest_gw=np.full(builds.shape[0], least * 0.3),
        towards="up",
    )
    assert np.all(rounded.sum(axis=1) >= least * 0.3 - 1e-6)


@given(plans())
def test_zones_without_campuses_get_none(plan: tuple[Floats, float]) -> None:
    builds, phase = plan
    builds = builds.copy()
    builds[0] = 0.0
    assert np.all(rounded_up(builds, phase)[0] == 0.0)


@settings(max_examples=50)
@given(
    arrays(np.float64, 6, elements=st.floats(0.0, 3.0)),
    arrays(np.bool_, 6),
    st.integers(1, 6),
)
def test_the_largest_states_are_kept_and_required_ones_first(
    relaxed: Floats, required: npt.NDArray[np.bool_], most: int
) -> None:
    kept = kept_states(relaxed, required, most)
    assert kept.sum() <= most
    if required.sum() <= most:
        assert np.all(kept[required])
    free = ~required & (relaxed > 1e-6)
    if (kept & free).any() and (free & ~kept).any():
        assert relaxed[kept & free].min() >= relaxed[free & ~kept].max()
