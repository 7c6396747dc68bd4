"""Representative days: the year whole, the peak kept, capacity factors true."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.system.days import (
    RepresentativeDays,
    choose_days,
    in_central_time,
    scaled_to_mean,
)


def series(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return hourly features and a net load with one day that stands out."""
    rng = np.random.default_rng(seed)
    hours = np.arange(8760)
    season = 1 + 0.2 * np.cos(2 * np.pi * (hours / 8760 - 0.55))
    daily = 1 + 0.1 * np.sin(2 * np.pi * hours / 24)
    net = 500 * season * daily * rng.normal(1, 0.02, 8760)
    net[200 * 24 + 22] = 1000.0
    return np.column_stack([net, rng.random(8760)]), net


@pytest.mark.parametrize(("days", "hours"), [(1, 24), (2, 6), (4, 4), (7, 1)])
def test_weights_add_to_the_year(days: int, hours: int) -> None:
    """Every day of the year is stood for once, whatever the number of days and blocks."""
    chosen = choose_days(*series(), days=days, hours_per_block=hours, keep_peak_day=True)
    assert sum(chosen.days_represented) == 365
    assert chosen.block_weight_hours.sum() == pytest.approx(8760.0)
    assert len(chosen.day_of_year) <= days
    assert chosen.blocks_per_day * hours == 24


def test_the_peak_day_is_kept() -> None:
    """The day of the highest net load is one of the days."""
    features, net = series()
    chosen = choose_days(features, net, days=3, hours_per_block=1, keep_peak_day=True)
    peak_day = int(np.argmax(in_central_time(net))) // 24
    assert peak_day in chosen.day_of_year
    assert chosen.blocks(net).max() == pytest.approx(net.max())


def test_every_day_when_all_are_asked() -> None:
    """With 365 days nothing is lost."""
    features, net = series()
    chosen = choose_days(features, net, days=365, hours_per_block=1, keep_peak_day=True)
    assert np.allclose(chosen.blocks(net), in_central_time(net))


def test_blocks_are_means_of_central_hours() -> None:
    """The first block of the first day holds the hours from six o'clock UTC."""
    days = RepresentativeDays((0,), (365,), 4)
    hourly = np.arange(8760, dtype=float)
    assert days.blocks(hourly).tolist() == [7.5, 11.5, 15.5, 19.5, 23.5, 27.5]


@given(
    mean=st.floats(0.05, 0.6),
    values=st.lists(st.floats(0.05, 1.0), min_size=4, max_size=24),
)
def test_scaling_keeps_the_mean(mean: float, values: list[float]) -> None:
    """Capacity factors reach their mean, and none leaves zero to one."""
    blocks = np.array(values)[:, None]
    weights = np.ones(len(values))
    scaled = scaled_to_mean(blocks, weights, np.array([mean]))
    assert scaled.min() >= 0.0
    assert scaled.max() <= 1.0
    assert float(scaled.mean()) == pytest.approx(mean, rel=1e-3)
