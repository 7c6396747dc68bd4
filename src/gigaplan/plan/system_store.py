"""A System as Parquet: one tidy table for each set of dimensions."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.inputs.frames import read_parquet, write_parquet
from gigaplan.system.types import Options, System, make_system
from gigaplan.terms.symbols import Kind, of_kind

OPTIONS_FILE = "options.json"
SCALARS = "scalars"


def save_system(system: System, folder: Path) -> None:
    """Write a System into an existing folder."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, array in system.data.data_vars.items():
        groups.setdefault(tuple(str(dim) for dim in array.dims), []).append(str(name))
    for dims, names in groups.items():
        write_parquet(_table(system.data, dims, names), folder / f"{_stem(dims)}.parquet")
    labels = {
        symbol.name: [_plain(label) for label in system.data.indexes.get(symbol.name, [])]
        for symbol in of_kind(Kind.DIMENSION)
    }
    content = {"labels": labels, "options": asdict(system.options)}
    (folder / OPTIONS_FILE).write_text(json.dumps(content, indent=1), encoding="utf-8")


def load_system(folder: Path) -> System:
    """Read a System that was written by :func:`save_system`."""
    content = json.loads((folder / OPTIONS_FILE).read_text(encoding="utf-8"))
    labels: dict[str, list[object]] = content["labels"]
    values: dict[str, xr.DataArray | float] = {}
    groups: dict[tuple[str, ...], list[str]] = {}
    for symbol in of_kind(Kind.PARAMETER):
        groups.setdefault(symbol.dims, []).append(symbol.name)
    for dims, names in groups.items():
        table = read_parquet(folder / f"{_stem(dims)}.parquet")
        shape = tuple(len(labels[dim]) for dim in dims)
        coords = {dim: labels[dim] for dim in dims if labels[dim]}
        for name in names:
            held = table[name].to_numpy().reshape(shape)
            values[name] = xr.DataArray(held, dims=dims, coords=coords)
    return make_system(labels, values, Options(**content["options"]))


def _stem(dims: tuple[str, ...]) -> str:
    return "-".join(dims) if dims else SCALARS


def _table(data: xr.Dataset, dims: tuple[str, ...], names: list[str]) -> pd.DataFrame:
    shape = tuple(data.sizes[dim] for dim in dims)
    columns: dict[str, object] = {}
    for axis, dim in enumerate(dims):
        labels = data[dim].values if dim in data.coords else np.zeros(0)
        index = np.indices(shape)[axis].ravel()
        columns[dim] = labels[index] if labels.size else np.zeros(0)
    for name in names:
        columns[name] = data[name].values.ravel()
    return pd.DataFrame(columns)


def _plain(label: object) -> object:
    return label.item() if isinstance(label, np.generic) else label
