"""Save a plan in a folder, whole or not at all, and load it back equal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from gigaplan.inputs.frames import read_parquet
from gigaplan.inputs.scenario import load_scenario
from gigaplan.plan.folder import MANIFEST, whole_folder
from gigaplan.plan.manifest import FORMAT_VERSION, Manifest
from gigaplan.plan.parquet import write_table
from gigaplan.plan.system_store import load_system, save_system
from gigaplan.plan.tables import REMEDY, Plan, check_tables, table_names
from gigaplan.terms.errors import Fault, InputError

SCENARIO: Final = "scenario.yaml"
TABLES: Final = "tables"
SYSTEM: Final = "system"


def save_plan(plan: Plan, folder: str | Path, *, force: bool = False) -> None:
    """Write a plan into a folder that appears when everything is in it.

    Parameters
    ----------
    plan
        What to write.
    folder
        Where; missing parents are made.
    force
        Whether a plan that is there already may be replaced; it stays until the new one is whole.

    Raises
    ------
    InputError
        If the folder is taken, or cannot be written; nothing is left half-written.
    """
    with whole_folder(folder, force=force) as making:
        write_plan(plan, making)


def write_plan(plan: Plan, folder: Path) -> None:
    """Write the files of a plan into an empty folder; :func:`save_plan` makes it appear whole."""
    (folder / TABLES).mkdir()
    (folder / SYSTEM).mkdir()
    for name, table in plan.tables.items():
        write_table(table, folder / TABLES / f"{name}.parquet")
    save_system(plan.system, folder / SYSTEM)
    (folder / SCENARIO).write_text(plan.scenario.to_yaml(), encoding="utf-8")
    write_manifest(plan.manifest, folder)


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest of a plan, in place of one that is there."""
    text = manifest.model_dump_json(indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def load_plan(folder: str | Path) -> Plan:
    """Read a plan.

    Parameters
    ----------
    folder
        Folder that was written by a run or by :func:`save_plan`.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        If a file is missing, broken, or of another version; the error names it.
    """
    folder = Path(folder)
    manifest = _manifest(folder)
    if not (folder / SCENARIO).is_file():
        raise _no_plan(folder, Fault("The file is missing.", str(folder / SCENARIO), REMEDY))
    with _as_part_of(folder):
        scenario = load_scenario(folder / SCENARIO)
    files = {path.stem: path for path in sorted((folder / TABLES).glob("*.parquet"))}
    order = [*table_names(), *(name for name in files if name not in table_names())]
    missing = [
        Fault("The file is missing.", str(folder / TABLES / f"{name}.parquet"), REMEDY)
        for name in table_names()
        if name not in files
    ]
    if missing:
        raise _no_plan(folder, *missing)
    with _as_part_of(folder):
        tables = {name: read_parquet(files[name]) for name in order}
    faults = check_tables(tables)
    if faults:
        raise _no_plan(folder, *faults)
    with _as_part_of(folder):
        system = load_system(folder / SYSTEM)
    return Plan(tables=tables, manifest=manifest, scenario=scenario, system=system)


@contextmanager
def _as_part_of(folder: Path) -> Iterator[None]:
    """Let a file that cannot be read say which plan it is of, and that a run mends it."""
    try:
        yield
    except InputError as error:
        faults = [Fault(fault.what, fault.where, REMEDY) for fault in error.faults]
        raise _no_plan(folder, *faults) from error


def _manifest(folder: Path) -> Manifest:
    """Read and check the manifest of a plan."""
    path = folder / MANIFEST
    if not folder.is_dir():
        what = "It is a file, not a folder." if folder.exists() else "The folder does not exist."
        mend = "Name a folder that 'gigaplan run' has written."
        raise _no_plan(folder, Fault(what, str(folder), mend))
    if not path.is_file():
        mend = "Name a folder that 'gigaplan run' has written."
        raise _no_plan(folder, Fault(f"The folder holds no {MANIFEST}.", str(folder), mend))
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        fault = Fault(f"It cannot be read: {error.strerror}.", str(path), "Check its permissions.")
        raise _no_plan(folder, fault) from error
    except ValueError as error:
        raise _no_plan(folder, Fault(f"It is not JSON: {error}.", str(path), REMEDY)) from error
    if not isinstance(content, dict) or "gigaplan_version" not in content:
        mend = "Name a folder that 'gigaplan run' has written."
        raise _no_plan(folder, Fault("It is not the manifest of a plan.", str(path), mend))
    found = content.get("format_version")
    if found != FORMAT_VERSION:
        what = f"The plan has format {found}, but this gigaplan reads format {FORMAT_VERSION}."
        mend = f"Use gigaplan {content['gigaplan_version']}, or run the scenario again."
        raise _no_plan(folder, Fault(what, str(path), mend))
    try:
        return Manifest.model_validate_json(json.dumps(content))
    except ValidationError as error:
        faults = [
            Fault(
                f"{detail['msg']}.",
                f"{path}: {'.'.join(str(step) for step in detail['loc'])}",
                REMEDY,
            )
            for detail in error.errors()
        ]
        raise _no_plan(folder, *faults) from error


def _no_plan(folder: Path, *faults: Fault) -> InputError:
    return InputError(f"There is no usable plan in {folder}.", faults)
