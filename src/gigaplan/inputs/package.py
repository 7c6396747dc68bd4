"""The files of a data package: where its folder is, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from gigaplan.inputs.checks.cells import TypedTable, typed_table
from gigaplan.inputs.frames import RawTable, read_csv_cells, read_parquet_cells
from gigaplan.inputs.schema import TableSchema
from gigaplan.inputs.wording import brief, did_you_mean, few
from gigaplan.terms.errors import Fault, InputError

SHIPPED_PACKAGES: Final = Path(__file__).parent / "data"
MAY_BE_EMPTY: Final = frozenset(
    {
        "asset_sites",
        "campus_capacity",
        "campus_history",
        "campuses",
        "capacity_changes",
        "factory_capacity",
    }
)
READERS: Final = {".csv": read_csv_cells, ".parquet": read_parquet_cells}


def shipped_packages() -> tuple[str, ...]:
    """Return the names of the data packages that ship with gigaplan."""
    return tuple(sorted(path.name for path in SHIPPED_PACKAGES.iterdir() if path.is_dir()))


def package_folder(name_or_folder: str, base: Path | None = None) -> Path:
    """Find the folder of a data package.

    Raises
    ------
    InputError
        If there is neither a shipped package of this name nor such a folder.
    """
    shipped = shipped_packages()
    if name_or_folder in shipped:
        return SHIPPED_PACKAGES / name_or_folder
    folder = (base or Path()) / Path(name_or_folder).expanduser()
    if folder.is_dir():
        return folder.resolve()
    headline = f"The data package '{name_or_folder}' cannot be used."
    if folder.exists():
        what = "It is a file, not a folder."
        fault = Fault(what, str(folder), "Give the folder that holds its tables.")
        raise InputError(headline, [fault])
    what = "There is neither a shipped package of this name nor such a folder."
    hint = did_you_mean(name_or_folder, shipped)
    mend = hint or f"Give a folder, or one of the shipped packages: {', '.join(shipped)}."
    raise InputError(headline, [Fault(what, str(folder), mend)])


def read_tables(
    folder: Path, schemas: Mapping[str, TableSchema]
) -> tuple[dict[str, TypedTable], list[Fault]]:
    """Read every table of a folder and give its cells their types.

    Returns
    -------
    dict[str, TypedTable]
        The tables that could be read, by name.
    list[Fault]
        Missing and unknown files, files that cannot be read, and cells of the wrong type.
    """
    found = _data_files(folder)
    faults = list(_file_faults(folder, found, schemas))
    tables: dict[str, TypedTable] = {}
    for name, schema in schemas.items():
        if len(found.get(name, ())) != 1:
            continue
        try:
            raw = _read(found[name][0])
        except InputError as error:
            faults += error.faults
            continue
        if raw.cells.height == 0 and name not in MAY_BE_EMPTY:
            faults.append(Fault("There is a header, but no row.", raw.file, "Add rows."))
            continue
        tables[name], wrong = typed_table(raw, schema)
        faults += wrong
    return tables, faults


def _data_files(folder: Path) -> dict[str, list[Path]]:
    """Return the CSV and Parquet files of a folder by name of table."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in READERS and not path.name.startswith("."):
            found.setdefault(path.stem, []).append(path)
    return found


def _file_faults(
    folder: Path, found: Mapping[str, Sequence[Path]], schemas: Mapping[str, TableSchema]
) -> Iterator[Fault]:
    """Name tables that are missing, unknown or there twice."""
    missing = [name for name in schemas if name not in found]
    if missing:
        what = f"{len(missing)} of {len(schemas)} tables are missing: {few(missing)}."
        if len(missing) == 1:
            what = f"The table {missing[0]} is missing."
        mend = (
            "A folder replaces the shipped package as a whole: copy the others from it, such as "
            f"with 'gigaplan data show {missing[0]} --csv > {missing[0]}.csv'."
        )
        yield Fault(what, folder.name, mend)
    for name, paths in found.items():
        if name not in schemas:
            hint = did_you_mean(name, missing or schemas)
            mend = hint or "Drop the file, or look for its name in the data dictionary."
            yield Fault(f"There is no table '{brief(name)}'.", paths[0].name, mend)
        elif len(paths) > 1:
            what = f"The table {name} is there as {few([path.suffix for path in paths])}."
            yield Fault(what, folder.name, "Keep one of the files.")


def _read(path: Path) -> RawTable:
    return READERS[path.suffix](path)
