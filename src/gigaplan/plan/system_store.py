"""A System as Parquet: one tidy table for each set of dimensions."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import polars as pl
import xarray as xr
from pydantic import TypeAdapter, ValidationError

from gigaplan.inputs.frames import read_parquet_cells
from gigaplan.plan.parquet import write_cells
from gigaplan.plan.tables import REMEDY
from gigaplan.system.types import Options, System, make_system
from gigaplan.terms.bare import bare
from gigaplan.terms.errors import Fault, InputError
from gigaplan.terms.symbols import Kind, of_kind

LABELS_FILE: Final = "labels.json"
SCALARS: Final = "scalars"

Labels: TypeAlias = Mapping[str, list[str] | list[int]]

_OPTIONS: Final = TypeAdapter(Options)
_LABELS: Final = TypeAdapter(dict[str, list[str] | list[int]])


def save_system(system: System, folder: Path) -> None:
    """Write a System into an existing folder.

    Parameters
    ----------
    system
        What to write.
    folder
        Gets a Parquet file for each set of dimensions, ``zone-year.parquet``, with a column for
        each label and each parameter, and a JSON file with the labels and the options.
    """
    labels = {
        name: system.data.indexes[name].tolist() if name in system.data.indexes else []
        for name in _dimensions()
    }
    arrays = bare(system.data)
    for dims, names in _groups().items():
        cells = {name: arrays[name].transpose(*dims).values.ravel() for name in names}
        write_cells(pl.DataFrame({**_keys(dims, labels), **cells}), folder / _file(dims))
    content = {"labels": labels, "options": asdict(system.options)}
    (folder / LABELS_FILE).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def load_system(folder: Path) -> System:
    """Read a System that was written by :func:`save_system`.

    Raises
    ------
    InputError
        If a file is missing or broken, or does not fit the labels; the error names it.
    """
    labels, options = _labels(folder)
    values: dict[str, xr.DataArray | float] = {}
    for dims, names in _groups().items():
        path = folder / _file(dims)
        cells = read_parquet_cells(path).cells
        _check_keys(cells, dims, names, labels, path)
        shape = tuple(len(labels[dim]) for dim in dims)
        for name in names:
            numbers = cells[name].to_numpy()
            if numbers.dtype.kind not in "bif":
                raise _broken(path, f"The column '{name}' does not hold numbers.")
            values[name] = xr.DataArray(numbers.reshape(shape), dims=dims)
    return make_system(labels, values, options)


def _groups() -> dict[tuple[str, ...], list[str]]:
    """Return the parameters of the nomenclature by their dimensions."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for symbol in of_kind(Kind.PARAMETER):
        groups.setdefault(symbol.dims, []).append(symbol.name)
    return groups


def _file(dims: tuple[str, ...]) -> str:
    return f"{'-'.join(dims) if dims else SCALARS}.parquet"


def _keys(dims: tuple[str, ...], labels: Labels) -> dict[str, pl.Series]:
    """Return the key columns of a tidy table: a row for each combination of labels, in order."""
    shape = tuple(len(labels[dim]) for dim in dims)
    if 0 in shape or not dims:
        return {dim: pl.Series(dim, [], pl.Float64) for dim in dims}
    places = np.indices(shape).reshape(len(dims), -1)
    return {
        dim: pl.Series(dim, labels[dim])[place] for dim, place in zip(dims, places, strict=True)
    }


def _labels(folder: Path) -> tuple[Labels, Options]:
    """Read the labels of every dimension, and the options."""
    path = folder / LABELS_FILE
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        given = {name: content["labels"][name] for name in _dimensions()}
        labels = _LABELS.validate_python(given, strict=True)
        options = _OPTIONS.validate_json(json.dumps(content["options"]), strict=True)
    except OSError as error:
        raise _broken(path, f"The file cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        detail = error.errors()[0]
        field = ".".join(str(step) for step in detail["loc"])
        raise _broken(path, f"'{field}' is not usable: {detail['msg']}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(path, f"The file is damaged: {error}.") from error
    return labels, options


def _dimensions() -> list[str]:
    return [symbol.name for symbol in of_kind(Kind.DIMENSION)]


def _check_keys(
    cells: pl.DataFrame, dims: tuple[str, ...], names: list[str], labels: Labels, path: Path
) -> None:
    """Check that a table has every parameter, on exactly the labels of the System, in order."""
    missing = [name for name in (*dims, *names) if name not in cells.columns]
    if missing:
        raise _broken(path, f"The column '{missing[0]}' is missing.")
    if cells.height != math.prod(len(labels[dim]) for dim in dims):
        raise _broken(path, f"It has {cells.height:,} rows, not one for each label.")
    for dim, expected in _keys(dims, labels).items():
        if cells.height and not cells[dim].equals(expected):
            raise _broken(path, f"The labels of '{dim}' are not those of the plan, in order.")


def _broken(path: Path, what: str) -> InputError:
    return InputError(f"{path} cannot be used.", [Fault(what, str(path), REMEDY)])
