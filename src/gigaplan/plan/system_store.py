"""A System as Parquet: one tidy table for each set of dimensions."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import xarray as xr
from pydantic import TypeAdapter, ValidationError

from gigaplan.inputs.frames import read_parquet
from gigaplan.plan.parquet import write_table
from gigaplan.plan.tables import REMEDY
from gigaplan.system.types import Options, System, make_system
from gigaplan.terms.errors import Fault, InputError
from gigaplan.terms.symbols import Kind, of_kind

LABELS_FILE: Final = "labels.json"
SCALARS: Final = "scalars"

_OPTIONS: Final = TypeAdapter(Options)


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
    for dims, names in _groups().items():
        write_table(_table(system.data, dims, names), folder / _file(dims))
    labels = {
        name: [_plain(label) for label in system.data.indexes.get(name, [])]
        for name in _dimensions()
    }
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
        table = read_parquet(path)
        _check_labels(table, dims, names, labels, path)
        shape = tuple(len(labels[dim]) for dim in dims)
        coords = {dim: labels[dim] for dim in dims if labels[dim]}
        for name in names:
            values[name] = xr.DataArray(table[name].to_numpy().reshape(shape), coords, dims)
    return make_system(labels, values, options)


def _groups() -> dict[tuple[str, ...], list[str]]:
    """Return the parameters of the nomenclature by their dimensions."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for symbol in of_kind(Kind.PARAMETER):
        groups.setdefault(symbol.dims, []).append(symbol.name)
    return groups


def _file(dims: tuple[str, ...]) -> str:
    return f"{'-'.join(dims) if dims else SCALARS}.parquet"


def _table(data: xr.Dataset, dims: tuple[str, ...], names: list[str]) -> pd.DataFrame:
    """Return parameters of the same dimensions as one tidy table."""
    columns: dict[str, object] = {}
    for axis, dim in enumerate(dims):
        index = np.indices(tuple(data.sizes[dim] for dim in dims))[axis].ravel()
        columns[dim] = data[dim].values[index] if index.size else np.zeros(0)
    for name in names:
        columns[name] = data[name].transpose(*dims).values.ravel()
    return pd.DataFrame(columns)


def _plain(label: object) -> object:
    return label.item() if isinstance(label, np.generic) else label


def _labels(folder: Path) -> tuple[dict[str, list[object]], Options]:
    """Read the labels of every dimension, and the options."""
    path = folder / LABELS_FILE
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        labels = {name: list(content["labels"][name]) for name in _dimensions()}
        options = _OPTIONS.validate_json(json.dumps(content["options"]), strict=True)
    except OSError as error:
        raise _broken(path, f"The file cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        detail = error.errors()[0]
        field = ".".join(str(step) for step in detail["loc"])
        raise _broken(path, f"The option '{field}' is not usable: {detail['msg']}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(path, f"The file is damaged: {error}.") from error
    return labels, options


def _dimensions() -> list[str]:
    return [symbol.name for symbol in of_kind(Kind.DIMENSION)]


def _check_labels(
    table: pd.DataFrame,
    dims: tuple[str, ...],
    names: list[str],
    labels: dict[str, list[object]],
    path: Path,
) -> None:
    """Check that a table has every parameter, on exactly the labels of the System, in order."""
    missing = [name for name in (*dims, *names) if name not in table]
    if missing:
        raise _broken(path, f"The column '{missing[0]}' is missing.")
    expected = pd.MultiIndex.from_product([labels[dim] for dim in dims]) if dims else None
    if len(table) != (1 if expected is None else len(expected)):
        raise _broken(path, f"It has {len(table):,} rows, not one for each label.")
    for level, dim in enumerate(dims):
        if expected is not None and list(table[dim]) != list(expected.get_level_values(level)):
            raise _broken(path, f"The labels of '{dim}' are not those of the plan, in order.")
    for name in names:
        if table[name].dtype.kind not in "bif":
            raise _broken(path, f"The column '{name}' does not hold numbers.")


def _broken(path: Path, what: str) -> InputError:
    return InputError(f"{path} cannot be used.", [Fault(what, str(path), REMEDY)])
