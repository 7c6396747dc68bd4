"""The data package: every table that a run reads, checked as a whole before it is used."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from gigaplan.inputs.checks.cells import TypedTable
from gigaplan.inputs.checks.completeness import completeness_faults
from gigaplan.inputs.checks.rules import rule_faults
from gigaplan.inputs.checks.values import value_faults
from gigaplan.inputs.overrides import CellOverride, PlaceNamer, apply_overrides, dotted
from gigaplan.inputs.package import package_folder, read_tables
from gigaplan.inputs.schema import TableSchema, shipped_schemas
from gigaplan.inputs.wording import brief, did_you_mean
from gigaplan.terms.errors import Fault, InputError

MOST_FAULTS_SHOWN: Final = 20


@dataclass(frozen=True)
class Dataset:
    """A data package whose tables keep their schemas.

    Parameters
    ----------
    name
        Name of the package: ``us``, or the name of the user's folder.
    tables
        Every table by name; columns in the order of the schema.
    sha256
        Hash of the content: the same for the same values, whether they come from CSV or Parquet.
    files
        Name of the file of each table, for messages.
    """

    name: str
    tables: Mapping[str, pd.DataFrame]
    sha256: str
    files: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; what is done to it does not reach the package.

        Raises
        ------
        InputError
            If there is no such table.
        """
        if name not in self.tables:
            what = f"The data package has no table '{brief(name)}'."
            mend = did_you_mean(name, self.tables) or f"Choose one of {', '.join(self.tables)}."
            headline = f"There is no table '{brief(name)}'."
            raise InputError(headline, [Fault(what, self.name, mend)])
        return self.tables[name].copy(deep=False)


def load_dataset(
    name_or_folder: str,
    *,
    overrides: Sequence[CellOverride] = (),
    base: Path | None = None,
    place_of: PlaceNamer = dotted,
    schemas: Mapping[str, TableSchema] | None = None,
) -> Dataset:
    """Read a data package, check it as a whole, and apply the overrides of a scenario.

    Parameters
    ----------
    name_or_folder
        Name of a shipped package, or a folder with every table of the schema.
    overrides
        Cells to replace after the package was checked.
    base
        Folder that a relative path starts from; ``None``: the current folder.
    place_of
        Names the place of an override in the scenario, for messages.
    schemas
        What each table must hold; ``None``: the schemas that ship with gigaplan.

    Returns
    -------
    Dataset
        The tables, and the hash of what they hold.

    Raises
    ------
    InputError
        With all faults of the package, or of the overrides; the first twenty are listed.
    """
    folder = package_folder(name_or_folder, base)
    schemas = shipped_schemas() if schemas is None else schemas
    tables, faults = read_tables(folder, schemas)
    faults += table_faults(tables, schemas)
    if faults:
        headline = f"The data package in {folder} has"
        raise _package_error(headline, faults)
    if overrides:
        frames = {name: table.frame for name, table in tables.items()}
        frames = apply_overrides(frames, overrides, schemas, place_of=place_of)
        tables = {name: replace(table, frame=frames[name]) for name, table in tables.items()}
        faults = [*rule_faults(tables), *completeness_faults(tables, schemas)]
        if faults:
            headline = "With the overrides of the scenario, the data package has"
            raise _package_error(headline, faults)
    return dataset_of(folder.name, tables, schemas)


def dataset_of(
    name: str, tables: Mapping[str, TypedTable], schemas: Mapping[str, TableSchema]
) -> Dataset:
    """Make a dataset of tables that were read."""
    frames = {table: typed.frame for table, typed in tables.items()}
    return Dataset(
        name=name,
        tables=MappingProxyType(frames),
        sha256=content_sha256(frames, schemas),
        files=MappingProxyType({table: typed.file for table, typed in tables.items()}),
    )


def table_faults(
    tables: Mapping[str, TypedTable], schemas: Mapping[str, TableSchema]
) -> list[Fault]:
    """List every fault in the values of tables, and between tables."""
    faults: list[Fault] = []
    for name, table in tables.items():
        faults += value_faults(table, schemas[name], tables)
    return [*faults, *rule_faults(tables), *completeness_faults(tables, schemas)]


def tables_of(dataset: Dataset) -> dict[str, TypedTable]:
    """Return the tables of a dataset as they were read, to check them once more."""
    tables = {}
    for name, frame in dataset.tables.items():
        file = dataset.files.get(name, f"{name}.csv")
        header = tuple(str(column) for column in frame.columns)
        tables[name] = TypedTable(file, 2 if file.endswith(".csv") else 1, frame, header)
    return tables


def content_sha256(frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, TableSchema]) -> str:
    """Hash what tables hold: their columns and values, in the order of their rows.

    Numbers count as little-endian doubles, so that 5 and 5.0 are the same content.
    """
    digest = hashlib.sha256()
    for name in sorted(frames):
        frame = frames[name]
        digest.update(f"{name}\0{len(frame)}\0".encode())
        for column, values in frame.items():
            digest.update(f"{column}\0".encode())
            kind = schemas[name].column(str(column))
            if kind is not None and kind.type == "string":
                cells = values.tolist()
                texts = {
                    cell: f"{len(cell)}:{cell}" if isinstance(cell, str) else "-"
                    for cell in set(cells)
                }
                digest.update("".join([texts[cell] for cell in cells]).encode())
            else:
                numbers = values.to_numpy(dtype="<f8") + 0.0  # -0.0 becomes 0.0
                blank = np.isnan(numbers)
                if blank.any():
                    numbers[blank] = np.nan  # of the many bit patterns, one
                digest.update(numbers.tobytes())
    return digest.hexdigest()


def _package_error(headline: str, faults: Sequence[Fault]) -> InputError:
    """Make one error of all faults; list at most twenty of them."""
    shown = list(faults[:MOST_FAULTS_SHOWN])
    rest = len(faults) - len(shown)
    if rest:
        more = "fault is" if rest == 1 else "faults are"
        shown.append(Fault(f"{rest:,} more {more} not listed.", "", "Mend these first."))
    noun = "fault" if len(faults) == 1 else "faults"
    message = f"{headline} {len(faults):,} {noun}."
    return InputError(message, shown)
