"""Representative days: the days of a year that stand for all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.system.clustering import medoids, scaled_to_unit, squared_distances, ward_clusters

Hourly = npt.NDArray[np.float64]

DAYS_PER_YEAR = 365
CENTRAL_STANDARD_OFFSET_HOURS = -6
"""Days are cut at midnight US Central Standard Time, which keeps the evening peak whole."""


@dataclass(frozen=True)
class RepresentativeDays:
    """Which days stand for the year, and in what blocks.

    Parameters
    ----------
    day_of_year
        Calendar day (0 to 364) of each representative day.
    days_represented
        Days of the year that each stands for; they add up to 365.
    hours_per_block
        Length of a block; every block of a day is as long [h].
    """

    day_of_year: tuple[int, ...]
    days_represented: tuple[int, ...]
    hours_per_block: int

    @property
    def blocks_per_day(self) -> int:
        """Number of blocks in a day."""
        return 24 // self.hours_per_block

    @property
    def block_weight_hours(self) -> npt.NDArray[np.float64]:
        """Hours of the year that each block stands for; they add up to 8760."""
        days = np.repeat(np.array(self.days_represented, dtype=float), self.blocks_per_day)
        return days * self.hours_per_block

    @property
    def day_of_block(self) -> npt.NDArray[np.int_]:
        """Position of the representative day of each block."""
        return np.repeat(np.arange(len(self.day_of_year)), self.blocks_per_day)

    @property
    def hour_of_block(self) -> npt.NDArray[np.float64]:
        """Middle of each block, hour of the day in Central Standard Time."""
        middle = (np.arange(self.blocks_per_day) + 0.5) * self.hours_per_block
        return np.tile(middle, len(self.day_of_year))

    @property
    def month_of_day(self) -> npt.NDArray[np.int_]:
        """Month (1 to 12) of each representative day."""
        dates = pd.Timestamp("2023-01-01") + pd.to_timedelta(np.array(self.day_of_year), "D")
        return np.asarray(dates.month)

    def blocks(self, hourly: Hourly) -> npt.NDArray[np.float64]:
        """Return the mean of hourly UTC series over each block.

        Parameters
        ----------
        hourly
            Series over the 8760 hours of a year in UTC, hours along the first axis.

        Returns
        -------
        numpy.ndarray
            Series over the blocks, along the first axis.
        """
        days = in_central_time(hourly).reshape(DAYS_PER_YEAR, 24, *hourly.shape[1:])
        chosen = days[list(self.day_of_year)]
        shape = (len(self.day_of_year) * self.blocks_per_day, self.hours_per_block)
        mean: npt.NDArray[np.float64] = chosen.reshape(*shape, *hourly.shape[1:]).mean(axis=1)
        return mean


def in_central_time(hourly: Hourly) -> Hourly:
    """Return an hourly UTC year rolled so that it starts at midnight Central Standard Time."""
    return np.roll(hourly, CENTRAL_STANDARD_OFFSET_HOURS, axis=0)


def choose_days(
    features: Hourly,
    net_load: Hourly,
    *,
    days: int,
    hours_per_block: int,
    keep_peak_day: bool,
) -> RepresentativeDays:
    """Choose representative days by hierarchical clustering with medoids.

    Every series is scaled to the range from zero to one, and days are compared hour by hour. Days
    are merged by Ward's criterion; the medoid of each cluster stands for its days. The peak day,
    unless it is a medoid already, becomes a cluster of its own and takes the days that are nearer
    to it than to their medoid.

    Parameters
    ----------
    features
        Hourly UTC series that days are compared by (hour, feature), any unit.
    net_load
        Hourly UTC series whose highest hour marks the peak day (hour); days are compared by it
        too.
    days
        Number of representative days, the peak day included where it is kept.
    hours_per_block
        Length of a block, a divisor of 24 [h].
    keep_peak_day
        Whether the day with the highest net load is one of the days, standing for the days
        that are nearest to it.

    Returns
    -------
    RepresentativeDays

    References
    ----------
    Hoffmann et al., Energies 13 (2020) 641, https://doi.org/10.3390/en13030641 (the method, as in
    tsam).
    """
    if days >= DAYS_PER_YEAR:
        every = tuple(range(DAYS_PER_YEAR))
        return RepresentativeDays(every, (1,) * DAYS_PER_YEAR, hours_per_block)
    series = np.column_stack([in_central_time(features), in_central_time(net_load)])
    profiles = scaled_to_unit(series).reshape(DAYS_PER_YEAR, -1)
    squared = squared_distances(profiles)
    with_peak = keep_peak_day and days > 1
    cluster = ward_clusters(squared, days - 1 if with_peak else days)
    centers = medoids(squared, cluster)
    stands_for = centers[cluster]
    peak = int(np.argmax(series[:, -1])) // 24
    if with_peak and not (profiles[centers] == profiles[peak]).all(axis=1).any():
        own = squared[np.arange(DAYS_PER_YEAR), stands_for]
        stands_for = np.where(squared[peak] < own, peak, stands_for)
        stands_for[peak] = peak
    chosen, represented = np.unique(stands_for, return_counts=True)
    return RepresentativeDays(tuple(chosen.tolist()), tuple(represented.tolist()), hours_per_block)


def scaled_to_mean(
    blocks: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64],
    mean: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Scale capacity factors so that their weighted mean is given, none above one.

    Parameters
    ----------
    blocks
        Capacity factors over blocks along the first axis [frac].
    weights
        Weight of each block.
    mean
        Wanted weighted mean, over the other axes [frac].

    Returns
    -------
    numpy.ndarray
        Capacity factors of the same shape; where even full output in every sunny or windy block
        cannot reach the mean, they reach as far as they can.

    Examples
    --------
    >>> scaled_to_mean(np.array([[0.2], [0.8]]), np.array([1.0, 1.0]), np.array([0.25])).ravel()
    array([0.1, 0.4])
    """
    share = weights / weights.sum()
    scaled = np.clip(blocks, 0.0, 1.0)
    for _ in range(25):
        now = np.tensordot(share, scaled, axes=1)
        factor = np.divide(mean, now, out=np.zeros_like(now), where=now > 0)
        scaled = np.clip(scaled * factor, 0.0, 1.0)
    return scaled
