"""Column schemas: what each table of a data package must hold.

A schema is itself a table, ``tables/<table>.csv``, with one row per column:
``column,type,unit,key,required,minimum,maximum,references,allowed,description``. Code, manual and
checks all read the same rows. A row whose column is ``*`` describes every further column of a wide
table, such as one column per zone in an hourly profile.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, cast, get_args

from gigaplan.inputs.wording import did_you_mean
from gigaplan.terms.errors import Fault, InputError

ColumnType = Literal["string", "integer", "number", "boolean"]

SHIPPED_SCHEMAS: Final = Path(__file__).parent / "tables"
EVERY_OTHER_COLUMN: Final = "*"
FIELDS: Final = (
    "column",
    "type",
    "unit",
    "key",
    "required",
    "minimum",
    "maximum",
    "references",
    "allowed",
    "description",
)


@dataclass(frozen=True)
class Reference:
    """A column of another table that must hold each value."""

    table: str
    column: str

    def __str__(self) -> str:
        """Write the reference as in a schema: ``table.column``."""
        return f"{self.table}.{self.column}"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name
        Name in the file and in code; ``*`` for every further column of a wide table.
    type
        Type of each cell.
    unit
        Unit of each cell; empty where there is none.
    key
        Whether the column is part of the primary key.
    required
        Whether a blank cell is a fault.
    minimum, maximum
        Bounds of a number, both allowed themselves; ``None``: no bound.
    references
        Column of another table that must hold the value.
    allowed
        The only values a text may have; empty: any.
    description
        What the column says, for the manual.
    """

    name: str
    type: ColumnType
    unit: str = ""
    key: bool = False
    required: bool = True
    minimum: float | None = None
    maximum: float | None = None
    references: Reference | None = None
    allowed: tuple[str, ...] = ()
    description: str = ""

    @property
    def is_numeric(self) -> bool:
        """Whether the column holds numbers."""
        return self.type in ("integer", "number")


@dataclass(frozen=True)
class TableSchema:
    """The columns of one table.

    Parameters
    ----------
    name
        Name of the table: its file is ``<name>.csv`` or ``<name>.parquet``.
    columns
        The columns with a name of their own, in order.
    every_other
        What every further column must be, in a wide table.
    """

    name: str
    columns: tuple[Column, ...]
    every_other: Column | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns that together name a row."""
        return tuple(column.name for column in self.columns if column.key)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order, without the wide ones."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column | None:
        """Return what the column ``name`` must be; ``None`` if the table has no such column."""
        for column in self.columns:
            if column.name == name:
                return column
        return self.every_other


def read_schemas(folder: Path = SHIPPED_SCHEMAS) -> Mapping[str, TableSchema]:
    """Read every column schema of a folder.

    Parameters
    ----------
    folder
        Folder with one ``<table>.csv`` per table.

    Returns
    -------
    Mapping[str, TableSchema]
        Schemas by name of table, in alphabetical order.

    Raises
    ------
    InputError
        With every fault of every schema file.
    """
    faults: list[Fault] = []
    schemas: dict[str, TableSchema] = {}
    for path in sorted(folder.glob("*.csv")):
        columns = _read_columns(path, faults)
        schemas[path.stem] = TableSchema(
            name=path.stem,
            columns=tuple(c for c in columns if c.name != EVERY_OTHER_COLUMN),
            every_other=next((c for c in columns if c.name == EVERY_OTHER_COLUMN), None),
        )
    if not schemas:
        faults.append(Fault("There is no column schema.", str(folder), "Reinstall gigaplan."))
    if not faults:
        for schema in schemas.values():
            faults += _schema_faults(schema, schemas)
    if faults:
        headline = f"The column schemas in {folder} cannot be used."
        raise InputError(headline, faults)
    return MappingProxyType(schemas)


@functools.cache
def shipped_schemas() -> Mapping[str, TableSchema]:
    """Return the schemas that ship with the package; read once."""
    return read_schemas(SHIPPED_SCHEMAS)


def _read_columns(path: Path, faults: list[Fault]) -> list[Column]:
    """Read the rows of one schema file; add a fault for each row that cannot be understood."""
    columns: list[Column] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        header = tuple(reader.fieldnames or ())
        if header != FIELDS:
            wanted = ",".join(FIELDS)
            mend = f"The header must be {wanted}."
            faults.append(Fault(f"The header is {','.join(header)}.", path.name, mend))
            return columns
        for number, row in enumerate(reader, start=2):
            where = f"{path.name} row {number}"
            if None in row or None in row.values():
                mend = "Quote text that holds a comma."
                faults.append(Fault(f"The row has not {len(FIELDS)} cells.", where, mend))
                continue
            try:
                columns.append(_column(row))
            except ValueError as error:
                faults.append(Fault(f"{error}.", where, "Mend the schema."))
    return columns


def _column(row: Mapping[str, str]) -> Column:
    """Turn one row of a schema file into a column.

    Raises
    ------
    ValueError
        If a cell is not understood.
    """
    cell = {name: text.strip() for name, text in row.items()}
    if not cell["column"]:
        message = "column is blank"
        raise ValueError(message)
    if cell["type"] not in get_args(ColumnType):
        message = f"type is '{cell['type']}', not {' or '.join(get_args(ColumnType))}"
        raise ValueError(message)
    return Column(
        name=cell["column"],
        type=cast("ColumnType", cell["type"]),
        unit=cell["unit"],
        key=_yes("key", cell["key"]),
        required=_yes("required", cell["required"]),
        minimum=_bound("minimum", cell["minimum"]),
        maximum=_bound("maximum", cell["maximum"]),
        references=_reference(cell["references"]),
        allowed=tuple(part.strip() for part in cell["allowed"].split("|") if part.strip()),
        description=cell["description"],
    )


def _yes(field: str, text: str) -> bool:
    if text not in ("yes", "no"):
        message = f"{field} is '{text}', not yes or no"
        raise ValueError(message)
    return text == "yes"


def _bound(field: str, text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        message = f"{field} is '{text}', not a number"
        raise ValueError(message) from None


def _reference(text: str) -> Reference | None:
    if not text:
        return None
    table, dot, column = text.partition(".")
    if not (table and dot and column):
        message = f"references is '{text}', not table.column"
        raise ValueError(message)
    return Reference(table, column)


def _schema_faults(schema: TableSchema, schemas: Mapping[str, TableSchema]) -> list[Fault]:
    """List what is wrong between the columns of one schema, and between schemas."""
    where = f"{schema.name}.csv"
    faults: list[Fault] = []
    if not schema.key:
        faults.append(Fault("No column is a key.", where, "Say yes under key for at least one."))
    if len(set(schema.names)) < len(schema.names):
        faults.append(Fault("A column is there twice.", where, "Keep one of the rows."))
    wide = (schema.every_other,) if schema.every_other else ()
    for column in (*schema.columns, *wide):
        problem = _column_problem(column, schemas)
        if problem:
            faults.append(Fault(f"{column.name}: {problem}", where, "Mend the schema."))
    return faults


def _column_problem(column: Column, schemas: Mapping[str, TableSchema]) -> str:
    """Return what is wrong with a column, or an empty string."""
    if column.key and not column.required:
        return "a key cannot be blank."
    if column.type == "boolean" and not column.required:
        return "true or false cannot be blank."
    if not column.is_numeric and (column.minimum is not None or column.maximum is not None):
        return "only a number has bounds."
    if column.type != "string" and column.allowed:
        return "only a string has allowed values."
    low, high = column.minimum, column.maximum
    if low is not None and high is not None and low > high:
        return "the minimum is above the maximum."
    if column.references is not None:
        target = schemas.get(column.references.table)
        if target is None:
            hint = did_you_mean(column.references.table, schemas)
            return f"there is no table '{column.references.table}'. {hint}".strip()
        if column.references.column not in target.names:
            return f"there is no column {column.references}."
    return ""
