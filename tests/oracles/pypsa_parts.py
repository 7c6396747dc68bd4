"""What a PyPSA network is put together from: its calendar, and components added at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pypsa

from gigaplan.system import System

Floats = npt.NDArray[np.float64]

LABELS_PER_YEAR = 100
FOREVER = 1e9


class Calendar:
    """Years and representative days of a System as investment periods of PyPSA."""

    def __init__(self, system: System) -> None:
        self.years = system["year"].values.astype(int)
        self.discounted_years: Floats = system["discounted_years"].values
        self.day_of_block = system["day_of_block"].values.astype(int)
        self.weight: Floats = system["block_weight"].values
        self.hours: Floats = system["block_hours"].values
        self.days = np.unique(self.day_of_block)

    def __eq__(self, other: object) -> bool:
        """Return whether both have the same years, days and weights."""
        return isinstance(other, Calendar) and all(
            np.array_equal(mine, theirs)
            for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)
        )

    __hash__ = None  # type: ignore[assignment]  # not hashable, as usual with __eq__

    def set_on(self, network: pypsa.Network) -> None:
        """Give the network its periods, snapshots and their weights."""
        count = self.days.size
        periods = (self.years[:, None] * LABELS_PER_YEAR + self.days).ravel()
        pairs = [
            (year * LABELS_PER_YEAR + day, step)
            for year in self.years
            for day in self.days
            for step in range(int((self.day_of_block == day).sum()))
        ]
        network.set_snapshots(pd.MultiIndex.from_tuples(pairs, names=["period", "timestep"]))
        network.investment_periods = [int(period) for period in periods]
        network.investment_period_weightings["objective"] = np.repeat(
            self.discounted_years / count, count
        )
        weight = self.series(self.weight * count)
        network.snapshot_weightings["objective"] = weight
        network.snapshot_weightings["generators"] = weight
        network.snapshot_weightings["stores"] = self.series(self.hours)

    def series(self, values: Floats) -> Floats:
        """Return values over (year, block), (block) or (year, 1) as one for each snapshot."""
        return np.broadcast_to(values, (self.years.size, self.day_of_block.size)).ravel()

    def dates(self, vintage: int, alive: Floats) -> dict[str, float]:
        """Return PyPSA's ``build_year`` and ``lifetime`` of a build."""
        in_service = np.flatnonzero(alive)
        assert in_service[0] == vintage
        assert np.all(np.diff(in_service) == 1)
        return self._dates(vintage, int(in_service[-1]) + 1)

    def pieces(self, given: Floats) -> list[tuple[float, dict[str, float]]]:
        """Return given capacity over years as pieces that come and go, last come, first gone."""
        found: list[tuple[float, dict[str, float]]] = []
        running: list[tuple[int, float]] = []
        level = 0.0
        for row, now in enumerate([*given, 0.0]):
            if now > level:
                running.append((row, now - level))
            gone = level - now
            while gone > 0 and running:
                start, size = running.pop()
                taken = min(size, gone)
                found.append((float(taken), self._dates(start, row)))
                if size > taken:
                    running.append((start, size - taken))
                gone -= taken
            level = now
        return found

    def _dates(self, start: int, end: int) -> dict[str, float]:
        first = int(self.years[start]) * LABELS_PER_YEAR
        life = FOREVER
        if end < self.years.size:
            life = float(self.years[end] * LABELS_PER_YEAR - first)
        return {"build_year": first, "lifetime": life}


class Parts:
    """All components of one kind, and what groups of them may add up to."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, object]] = {}
        self.series: dict[str, dict[str, Floats]] = {}
        self.member_of: dict[str, str] = {}
        self.limits: dict[str, float] = {}

    def add(
        self,
        name: str,
        *,
        series: Mapping[str, Floats] | None = None,
        group: tuple[str, float] | None = None,
        **static: object,
    ) -> None:
        """Add one component; ``group`` names what it adds up with, and to how much at most."""
        self.rows[name] = static
        for attribute, values in (series or {}).items():
            self.series.setdefault(attribute, {})[name] = values
        if group is not None and np.isfinite(group[1]):
            self.member_of[name] = group[0]
            self.limits[group[0]] = group[1]

    def into(self, network: pypsa.Network, component: str) -> None:
        """Add all to the network; what is not said has PyPSA's default."""
        if not self.rows:
            return
        static = pd.DataFrame(list(self.rows.values()), index=list(self.rows))
        defaults = network.components[component].defaults["default"]
        for column in static:
            missing = static[column].isna()
            if missing.any():
                default = defaults.get(column, "")
                static[column] = static[column].where(~missing, default).infer_objects()
        network.add(component, static.index, **{str(name): static[name] for name in static})
        for attribute, columns in self.series.items():
            frame = pd.DataFrame(columns, index=network.snapshots, dtype=float)
            network.components[component].dynamic[attribute] = frame
