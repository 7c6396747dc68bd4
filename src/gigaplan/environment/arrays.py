"""Tables of a plan as bare arrays over the labels of its System, in GW."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.system.types import System
from gigaplan.terms.bare import Arrays, bare, chosen, spread

ZONES: Final = ("zone", "year")
BLOCKS: Final = ("zone", "year", "block")
MW_PER_GW: Final = 1e3


@dataclass(frozen=True)
class PlanArrays:
    """Powers of a plan over the labels of its System.

    Parameters
    ----------
    tables
        Tables of the plan.
    system
        What the optimisation read.
    """

    tables: Mapping[str, pd.DataFrame]
    system: System

    @cached_property
    def given(self) -> Arrays:
        """Parameters of the System without their labels."""
        return bare(self.system.data)

    def power(self, table: str, column: str, dims: Sequence[str] = BLOCKS) -> xr.Variable:
        """Return a column in MW over ``dims`` [GW]; the key of an asset is its class."""
        frame = self.tables[table]
        shape = tuple(self.size(dim) for dim in dims)
        places = []
        known = np.ones(len(frame), dtype=bool)
        for dim in dims:
            key = dim if dim in frame.columns else "asset"
            place = self.labels(dim).get_indexer(pd.Index(frame[key]))
            known &= place >= 0
            places.append(place)
        values = np.zeros(shape)
        at = tuple(place[known] for place in places)
        np.add.at(values, at, frame[column].to_numpy(dtype=float)[known] / MW_PER_GW)
        return xr.Variable(dims, values)

    def labels(self, dim: str) -> pd.Index:
        """Return the labels of a dimension; none where the System has none."""
        known: pd.Index = self.system.data.indexes.get(dim, pd.Index([]))
        return known

    def size(self, dim: str) -> int:
        """Return the number of labels of a dimension."""
        return len(self.labels(dim))

    @cached_property
    def hours(self) -> xr.Variable:
        """Hours of a year that each block stands for (block)."""
        return self.given["block_weight"]

    @cached_property
    def output(self) -> xr.Variable:
        """Output of generators after curtailment (generator, zone, year, block) [GW]."""
        return self.power("dispatch", "power_mw", ("generator", *BLOCKS))

    @cached_property
    def onsite_output(self) -> xr.Variable:
        """Output of generators on the sites of campuses, zero of others [GW]."""
        return chosen(self.given["onsite_generator"], self.output, 0.0)

    @cached_property
    def available(self) -> xr.Variable:
        """Output before curtailment where it is not chosen, else what was chosen [GW]."""
        online = self.power("capacity", "online_mw", ("generator", *ZONES))
        fixed = (online * self.given["availability_generator"]).transpose(*self.output.dims)
        return chosen(self.given["dispatchable_generator"], self.output, fixed)

    @cached_property
    def it_load(self) -> xr.Variable:
        """IT load of new campuses (zone, year, block) [GW]."""
        return self.power("load", "campus_it_mw")

    @cached_property
    def facility_load(self) -> xr.Variable:
        """Load of new campuses, on-site supply included (zone, year, block) [GW]."""
        return self.power("load", "campus_facility_mw")

    @cached_property
    def other_load(self) -> xr.Variable:
        """Load of everybody but new campuses (zone, year, block) [GW]."""
        return self.power("load", "base_mw") + self.power("load", "given_campus_mw")

    @cached_property
    def charge(self) -> xr.Variable:
        """Charging of storage (zone, year, block) [GW]."""
        return self.power("storage", "charge_mw")

    @cached_property
    def discharge(self) -> xr.Variable:
        """Discharging of storage (zone, year, block) [GW]."""
        return self.power("storage", "discharge_mw")

    @cached_property
    def net_imports(self) -> xr.Variable:
        """Imports after losses less exports (zone, year, block) [GW]."""
        dims = ("corridor", "year", "block")
        forward = self.power("flows", "forward_mw", dims)
        reverse = self.power("flows", "reverse_mw", dims)
        kept = 1.0 - self.given["loss_corridor"]
        start, end = self.given["start_of_corridor"], self.given["end_of_corridor"]
        net = forward * (end * kept - start) + reverse * (start * kept - end)
        return net.sum("corridor").transpose(*BLOCKS)

    def tidy(
        self, columns: Mapping[str, xr.Variable], dims: Sequence[str], above: float
    ) -> pd.DataFrame:
        """Return arrays as a table: a row for each cell in which a column is above ``above``."""
        arrays = [array.transpose(*dims) for array in spread(*columns.values())]
        flat = [array.values.ravel() for array in arrays]
        rows = np.flatnonzero(np.max(np.abs(flat), axis=0) > above)
        places = np.unravel_index(rows, arrays[0].shape)
        keys = {dim: self.labels(dim).take(place) for dim, place in zip(dims, places, strict=True)}
        named = zip(columns, flat, strict=True)
        return pd.DataFrame({**keys, **{name: values[rows] for name, values in named}})
