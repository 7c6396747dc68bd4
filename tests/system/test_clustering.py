"""Representative days against tsam, which chooses them with scikit-learn and scipy.

Days are drawn at random, so no two pairs of them are equally far apart. Where days repeat exactly,
mergers that cost the same may come in another order in tsam, whose nearest-neighbour chain finds
them by another path than ours; both choices are then equally good.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import tsam
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, ward

from gigaplan.inputs.dataset import load_dataset
from gigaplan.inputs.scenario import load_scenario
from gigaplan.system.clustering import medoids, squared_distances, ward_clusters
from gigaplan.system.days import RepresentativeDays, choose_days, in_central_time
from gigaplan.system.frame import Frame

HOURS = 8760

# tsam says so of a sum that it rounds.
pytestmark = pytest.mark.filterwarnings("ignore:At least one maximal value")


def days_of_tsam(
    features: np.ndarray, net_load: np.ndarray, *, days: int, keep_peak_day: bool
) -> dict[int, int]:
    """Return how many days each representative day stands for, as tsam chooses them."""
    columns = np.column_stack([in_central_time(features), in_central_time(net_load)])
    names = [*(f"feature_{at}" for at in range(features.shape[1])), "net_load"]
    index = pd.date_range("2023-01-01", periods=HOURS, freq="h")
    with_peak = keep_peak_day and days > 1
    result = tsam.aggregate(
        pd.DataFrame(columns, index=index, columns=names),
        n_clusters=days - 1 if with_peak else days,
        period_duration=24,
        cluster=tsam.ClusterConfig(method="hierarchical", representation="medoid"),
        extremes=tsam.ExtremeConfig(method="new_cluster", max_value=["net_load"])
        if with_peak
        else None,
        preserve_column_means=False,
    )
    centers = np.asarray(result.clustering.cluster_centers)
    chosen, counts = np.unique(centers[result.cluster_assignments], return_counts=True)
    return dict(zip(chosen.tolist(), counts.tolist(), strict=True))


def counted(days: RepresentativeDays) -> dict[int, int]:
    return dict(zip(days.day_of_year, days.days_represented, strict=True))


def seasonal(seed: int, features: int) -> tuple[np.ndarray, np.ndarray]:
    """Return features and a net load with seasons, daily swings and noise."""
    rng = np.random.default_rng(seed)
    hours = np.arange(HOURS)[:, None]
    season = np.cos(2 * np.pi * (hours / HOURS - rng.random(features)))
    daily = np.cos(2 * np.pi * (hours / 24 - rng.random(features)))
    drawn = rng.normal(0, rng.uniform(0.1, 1), (HOURS, features))
    series = rng.uniform(1, 500, features) * (3 + season + 0.5 * daily + drawn)
    return series, series @ rng.random(features) + rng.normal(0, 1, HOURS)


@settings(max_examples=15)
@given(
    seed=st.integers(0, 2**31),
    features=st.integers(1, 8),
    days=st.integers(1, 40),
    keep_peak_day=st.booleans(),
)
def test_days_drawn_at_random(seed: int, features: int, days: int, keep_peak_day: bool) -> None:
    """The same days stand for as many days each, whatever the series."""
    series, net_load = seasonal(seed, features)
    ours = choose_days(series, net_load, days=days, hours_per_block=4, keep_peak_day=keep_peak_day)
    theirs = days_of_tsam(series, net_load, days=days, keep_peak_day=keep_peak_day)
    assert counted(ours) == theirs


@pytest.mark.parametrize("days", [3, 120, 364])
def test_a_peak_day_that_is_a_medoid_already(days: int) -> None:
    """No further cluster is made for it; with many clusters it stands alone in one."""
    series, net_load = seasonal(7, 2)
    net_load[HOURS // 2] = 3 * net_load.max()
    ours = choose_days(series, net_load, days=days, hours_per_block=4, keep_peak_day=True)
    assert counted(ours) == days_of_tsam(series, net_load, days=days, keep_peak_day=True)


@pytest.mark.parametrize("name", ["tiny", "first-states", "us-2035"])
def test_days_of_shipped_scenarios(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenarios that ship have the days that tsam chooses for them."""
    asked: list[dict[int, int]] = []

    def ask_both(
        features: np.ndarray,
        net_load: np.ndarray,
        *,
        days: int,
        hours_per_block: int,
        keep_peak_day: bool,
    ) -> RepresentativeDays:
        asked.append(days_of_tsam(features, net_load, days=days, keep_peak_day=keep_peak_day))
        return choose_days(
            features,
            net_load,
            days=days,
            hours_per_block=hours_per_block,
            keep_peak_day=keep_peak_day,
        )

    monkeypatch.setattr("gigaplan.system.frame.choose_days", ask_both)
    scenario = load_scenario(name)
    ours = Frame(scenario, load_dataset(scenario.data)).days
    assert asked == [counted(ours)]


@given(seed=st.integers(0, 2**31), points=st.integers(2, 60), share=st.floats(0, 1))
def test_clusters_are_those_of_scipy(seed: int, points: int, share: float) -> None:
    """Two points are together exactly where scipy's Ward linkage puts them together."""
    drawn = np.random.default_rng(seed).normal(size=(points, 5))
    clusters = 1 + int(share * (points - 1))
    ours = ward_clusters(squared_distances(drawn), clusters)
    theirs = fcluster(ward(drawn), clusters, criterion="maxclust")
    assert np.array_equal(ours[:, None] == ours, theirs[:, None] == theirs)


def test_points_that_repeat() -> None:
    """Equal points are merged first, and the first of them is the medoid."""
    points = np.array([[5.0], [1.0], [5.0], [1.0], [5.0], [9.0]])
    squared = squared_distances(points)
    cluster = ward_clusters(squared, 3)
    assert cluster.tolist() == [0, 1, 0, 1, 0, 2]
    assert medoids(squared, cluster).tolist() == [0, 1, 5]
