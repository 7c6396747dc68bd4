"""Tables of a plan as labelled arrays over the labels of its system."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.plan.tables import Plan
from gigaplan.plan.verify.finding import Finding, told

BLOCK = ("zone", "year", "block")


class Fields:
    """Arrays read from the tables of a plan; rows that are not there count as zero."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.system = plan.system
        self.misfits: list[Finding] = []

    def read(self, table: str, column: str, dims: Sequence[str], **names: str) -> xr.DataArray:
        """Return a column of a table over ``dims``.

        ``names`` gives the key column of a dimension where it is called otherwise. Rows whose
        labels the system does not have, and rows that stand twice, become findings.
        """
        return self.spread(self.plan.tables[table], table, column, dims, **names)

    def spread(
        self, frame: pd.DataFrame, table: str, column: str, dims: Sequence[str], **names: str
    ) -> xr.DataArray:
        """Return a column of any frame over ``dims``, with the checks of :meth:`read`."""
        positions = []
        shape = []
        for dim in dims:
            index = self.system.data.indexes.get(dim, pd.Index([]))
            positions.append(index.get_indexer(pd.Index(frame[names.get(dim, dim)])))
            shape.append(len(index))
        where = np.array(positions).reshape(len(dims), len(frame))
        unknown = (where < 0).any(axis=0)
        if unknown.any():
            rows = [f"row {row}: labels unknown to the plan" for row in np.flatnonzero(unknown)]
            self.misfits.append(told(f"labels of {table}", rows, len(frame)))
        known = where[:, ~unknown]
        values = np.zeros(shape)
        if known.size:
            flat = np.ravel_multi_index(tuple(known), tuple(shape))
            twice = pd.Series(flat).duplicated().to_numpy()
            if twice.any():
                rows = [f"row {row}: stands twice" for row in np.flatnonzero(twice)]
                self.misfits.append(told(f"rows of {table}", rows, len(frame)))
            np.put(values, flat, frame[column].to_numpy(dtype=float)[~unknown])
        coords = {d: self.system.data.indexes[d] for d in dims if d in self.system.data.indexes}
        return xr.DataArray(values, dims=tuple(dims), coords=coords)

    def capacity(self, asset_class: str, column: str) -> xr.DataArray:
        """Return a column of ``capacity`` for one class of assets (asset, zone, year)."""
        frame = self.plan.tables["capacity"]
        own = frame[frame["class"] == asset_class]
        if asset_class == "campus":
            return self.spread(own, "capacity", column, ("zone", "year"))
        dims = (asset_class, "zone", "year")
        return self.spread(own, "capacity", column, dims, **{asset_class: "asset"})

    def built(self, asset_class: str, payer: str | None = None) -> xr.DataArray:
        """Return builds from ``projects`` [MW] over asset, zone and vintage."""
        frame = self.plan.tables["projects"]
        own = frame[frame["class"] == asset_class]
        if payer is not None:
            own = own[own["payer"] == payer]
        keys = ["zone", "in_service_year"]
        dims: tuple[str, ...] = ("zone", "vintage")
        names = {"vintage": "in_service_year"}
        if asset_class == "corridor":
            table = self.plan.tables["corridor_capacity"]
            return self.spread(table, "corridor_capacity", "built_mw", ("corridor", "year")).rename(
                year="vintage"
            )
        if asset_class != "campus":
            keys, dims = ["asset", *keys], (asset_class, *dims)
            names[asset_class] = "asset"
        summed = own.groupby(keys)["capacity_mw"].sum().reset_index()
        return self.spread(summed, "projects", "capacity_mw", dims, **names)

    @cached_property
    def dispatch(self) -> xr.DataArray:
        """Output of generators [MW]."""
        return self.read("dispatch", "power_mw", ("generator", *BLOCK), generator="asset")

    def storage(self, column: str) -> xr.DataArray:
        """Return a column of ``storage`` [MW or MWh]."""
        return self.read("storage", column, ("storage", *BLOCK), storage="asset")

    def load(self, column: str) -> xr.DataArray:
        """Return a column of ``load`` [MW]."""
        return self.read("load", column, BLOCK)

    def flow(self, column: str) -> xr.DataArray:
        """Return a column of ``flows`` [MW]."""
        return self.read("flows", column, ("corridor", "year", "block"))

    @cached_property
    def it_capacity(self) -> xr.DataArray:
        """Accelerators in service [MW of IT] (zone, year)."""
        return self.accelerators.sum("accelerator")

    @cached_property
    def accelerators(self) -> xr.DataArray:
        """Accelerators in service [MW of IT] (accelerator, zone, year)."""
        return self.read("compute", "it_mw", ("accelerator", "zone", "year"))
