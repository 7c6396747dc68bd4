"""Tables of a plan as arrays over the labels of its system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from gigaplan.plan.tables import Plan
from gigaplan.plan.verify.finding import Finding, told
from gigaplan.terms.bare import bare, renamed

BLOCK = ("zone", "year", "block")


@dataclass(frozen=True)
class Placed:
    """Rows of a table, each with the cell of an array that it fills.

    Parameters
    ----------
    frame
        The rows.
    known
        Rows whose labels the system has (row).
    cells
        Flat position of each of these (known row).
    dims, shape
        Dimensions of the array, and their sizes.
    """

    frame: pd.DataFrame
    known: npt.NDArray[np.bool_]
    cells: npt.NDArray[np.intp]
    dims: tuple[str, ...]
    shape: tuple[int, ...]

    def column(self, name: str) -> xr.Variable:
        """Return a column as an array; cells without a row are zero."""
        values = np.zeros(self.shape)
        np.put(values, self.cells, self.frame[name].to_numpy(dtype=float)[self.known])
        return xr.Variable(self.dims, values)


class Fields:
    """Arrays read from the tables of a plan; rows that are not there count as zero.

    Every array, also those of ``given``, has the labels of the plan's system along its dimensions.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.given = bare(plan.system.data)
        self.options = plan.system.options
        self.misfits: list[Finding] = []
        self._placed: dict[tuple[str, ...], Placed] = {}
        self._built: dict[tuple[str, str | None], xr.Variable] = {}

    def read(self, table: str, column: str, dims: Sequence[str], **names: str) -> xr.Variable:
        """Return a column of a table over ``dims``.

        ``names`` gives the key column of a dimension where it is called otherwise. Rows whose
        labels the system does not have, and rows that stand twice, become findings.
        """
        key = (table, *dims)
        if key not in self._placed:
            self._placed[key] = self._place(self.plan.tables[table], table, dims, names)
        return self._placed[key].column(column)

    def spread(
        self, frame: pd.DataFrame, table: str, column: str, dims: Sequence[str], **names: str
    ) -> xr.Variable:
        """Return a column of any frame over ``dims``, with the checks of :meth:`read`."""
        return self._place(frame, table, dims, names).column(column)

    def _place(
        self, frame: pd.DataFrame, table: str, dims: Sequence[str], names: dict[str, str]
    ) -> Placed:
        """Find the cell of each row; rows that have none, or that of another, become findings."""
        indexes = [self.plan.system.data.indexes.get(dim, pd.Index([])) for dim in dims]
        shape = tuple(len(index) for index in indexes)
        where = np.empty((len(dims), len(frame)), dtype=np.intp)
        for axis, (dim, index) in enumerate(zip(dims, indexes, strict=True)):
            where[axis] = index.get_indexer(pd.Index(frame[names.get(dim, dim)]))
        known = np.asarray((where >= 0).all(axis=0))
        if not known.all():
            rows = [f"row {row}: labels unknown to the plan" for row in np.flatnonzero(~known)]
            self.misfits.append(told(f"labels of {table}", rows, len(frame)))
        cells = np.zeros(0, dtype=np.intp)
        if known.any():
            cells = np.ravel_multi_index(tuple(where[:, known]), shape)
        twice = pd.Series(cells).duplicated().to_numpy()
        if twice.any():
            rows = [f"row {row}: stands twice" for row in np.flatnonzero(twice)]
            self.misfits.append(told(f"rows of {table}", rows, len(frame)))
        return Placed(frame, known, cells, tuple(dims), shape)

    def capacity(self, asset_class: str, column: str) -> xr.Variable:
        """Return a column of ``capacity`` for one class of assets (asset, zone, year)."""
        key = ("capacity", asset_class)
        if key not in self._placed:
            frame = self.plan.tables["capacity"]
            own = frame[frame["class"] == asset_class]
            dims = (asset_class, "zone", "year")
            self._placed[key] = self._place(own, "capacity", dims, {asset_class: "asset"})
        return self._placed[key].column(column)

    def built(self, asset_class: str, payer: str | None = None) -> xr.Variable:
        """Return builds from ``projects`` [MW] over asset, zone and vintage."""
        if (asset_class, payer) not in self._built:
            self._built[asset_class, payer] = self._builds(asset_class, payer)
        return self._built[asset_class, payer]

    def _builds(self, asset_class: str, payer: str | None) -> xr.Variable:
        if asset_class == "corridor":
            built = self.read("corridor_capacity", "built_mw", ("corridor", "year"))
            return renamed(built, year="vintage")
        frame = self.plan.tables["projects"]
        own = frame[frame["class"] == asset_class]
        if payer is not None:
            own = own[own["payer"] == payer]
        keys = ["zone", "in_service_year"]
        dims: tuple[str, ...] = ("zone", "vintage")
        names = {"vintage": "in_service_year"}
        if asset_class != "campus":
            keys, dims = ["asset", *keys], (asset_class, *dims)
            names[asset_class] = "asset"
        summed = own.groupby(keys)["capacity_mw"].sum().reset_index()
        return self.spread(summed, "projects", "capacity_mw", dims, **names)

    @cached_property
    def dispatch(self) -> xr.Variable:
        """Output of generators [MW]."""
        return self.read("dispatch", "power_mw", ("generator", *BLOCK), generator="asset")

    def storage(self, column: str) -> xr.Variable:
        """Return a column of ``storage`` [MW or MWh]."""
        return self.read("storage", column, ("storage", *BLOCK), storage="asset")

    def load(self, column: str) -> xr.Variable:
        """Return a column of ``load`` [MW]."""
        return self.read("load", column, BLOCK)

    def flow(self, column: str) -> xr.Variable:
        """Return a column of ``flows`` [MW]."""
        return self.read("flows", column, ("corridor", "year", "block"))

    @cached_property
    def it_capacity(self) -> xr.Variable:
        """Accelerators in service [MW of IT] (zone, year)."""
        return self.accelerators.sum("accelerator")

    @cached_property
    def accelerators(self) -> xr.Variable:
        """Accelerators in service [MW of IT] (accelerator, zone, year)."""
        return self.read("compute", "it_mw", ("accelerator", "zone", "year"))

    @cached_property
    def hours_in_day(self) -> xr.Variable:
        """Hours of a block inside its day, zero inside another (block, day)."""
        inside = self.given["day_of_block"] == self.given["day"]
        return inside.astype(float) * self.given["block_hours"]
