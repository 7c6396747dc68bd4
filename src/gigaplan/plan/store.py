"""Save a plan in a folder, whole or not at all, and load it back equal."""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from gigaplan.inputs.frames import read_parquet, write_parquet
from gigaplan.inputs.scenario import load_scenario
from gigaplan.plan.manifest import FORMAT_VERSION, Manifest
from gigaplan.plan.system_store import load_system, save_system
from gigaplan.plan.tables import Plan, check_tables, table_names
from gigaplan.terms.errors import Fault, InputError

MANIFEST, SCENARIO, TABLES, SYSTEM = "manifest.json", "scenario.yaml", "tables", "system"


def save_plan(
    plan: Plan, folder: Path, *, force: bool = False, finish: Callable[[Path], None] | None = None
) -> None:
    """Write a plan into a folder that appears when everything is in it.

    Parameters
    ----------
    plan
        What to write.
    folder
        Where; its parent must exist or can be made.
    force
        Whether a plan that is there already may be replaced; it stays until the new one is whole.
    finish
        Called with the folder in the making, to add files such as a report.

    Raises
    ------
    InputError
        If the folder is taken, or cannot be written; nothing is left half-written.
    """
    check_folder(folder, force=force)
    making = folder.parent / f".{folder.name}.{uuid.uuid4().hex[:8]}.making"
    try:
        making.mkdir(parents=True)
        _write(plan, making)
        if finish is not None:
            finish(making)
        _swap(making, folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def check_folder(folder: Path, *, force: bool) -> None:
    """Refuse a folder that is taken, before long work begins.

    Raises
    ------
    InputError
        If it is a file, holds something else than a plan, or a plan and ``force`` is off.
    """
    headline = f"The plan cannot be written to {folder}."
    if not folder.exists():
        parent = folder.parent
        while not parent.exists():
            parent = parent.parent
        if not parent.is_dir() or not os.access(parent, os.W_OK):
            what = f"Nothing can be written in {parent}."
            raise InputError(headline, [Fault(what, str(folder), "Choose another folder with -o.")])
        return
    if not folder.is_dir():
        fault = Fault("It is a file.", str(folder), "Choose another name with -o.")
        raise InputError(headline, [fault])
    if not any(folder.iterdir()):
        return
    if not (folder / MANIFEST).is_file():
        what = "The folder holds something that is not a plan."
        raise InputError(headline, [Fault(what, str(folder), "Choose another folder with -o.")])
    if not force:
        what = "There is a plan already."
        mend = "Replace it with --force, or choose another folder with -o."
        raise InputError(headline, [Fault(what, str(folder), mend)])


def load_plan(folder: Path) -> Plan:
    """Read a plan.

    Parameters
    ----------
    folder
        Folder written by :func:`save_plan`.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        If a file is missing, broken, or of another version, naming it.
    """
    headline = f"There is no usable plan in {folder}."
    if not (folder / MANIFEST).is_file():
        fault = Fault(f"It holds no {MANIFEST}.", str(folder), "Name a folder written by a run.")
        raise InputError(headline, [fault])
    reading = folder / MANIFEST
    try:
        manifest = Manifest.model_validate_json(reading.read_text(encoding="utf-8"))
        if manifest.format_version != FORMAT_VERSION:
            what = f"It has format {manifest.format_version}; this version reads {FORMAT_VERSION}."
            fault = Fault(what, str(reading), "Run the scenario again.")
            raise InputError(headline, [fault])
        reading = folder / SCENARIO
        scenario = load_scenario(reading)
        tables = {}
        for name in [*table_names(), *_extra_tables(folder)]:
            reading = folder / TABLES / f"{name}.parquet"
            tables[name] = read_parquet(reading)
        reading = folder / SYSTEM
        system = load_system(reading)
    except FileNotFoundError as error:
        fault = Fault("The file is missing.", str(reading), "Run the scenario again.")
        raise InputError(headline, [fault]) from error
    except ValidationError as error:
        what = f"The manifest is broken: {error.errors()[0]['msg']}."
        fault = Fault(what, str(reading), "Run the scenario again.")
        raise InputError(headline, [fault]) from error
    except (OSError, ValueError, KeyError) as error:
        fault = Fault(f"It cannot be read: {error}.", str(reading), "Run the scenario again.")
        raise InputError(headline, [fault]) from error
    faults = check_tables(tables)
    if faults:
        raise InputError(headline, faults)
    return Plan(tables=tables, manifest=manifest, scenario=scenario, system=system)


def _extra_tables(folder: Path) -> list[str]:
    known = set(table_names())
    stems = sorted(path.stem for path in (folder / TABLES).glob("*.parquet"))
    return [stem for stem in stems if stem not in known]


def _write(plan: Plan, folder: Path) -> None:
    (folder / TABLES).mkdir()
    (folder / SYSTEM).mkdir()
    for name, table in plan.tables.items():
        write_parquet(table, folder / TABLES / f"{name}.parquet")
    save_system(plan.system, folder / SYSTEM)
    (folder / SCENARIO).write_text(plan.scenario.to_yaml(), encoding="utf-8")
    (folder / MANIFEST).write_text(plan.manifest.model_dump_json(indent=1), encoding="utf-8")


def _swap(making: Path, folder: Path) -> None:
    """Put the finished folder in its place; the old one goes only when the new one is there."""
    for path in making.rglob("*"):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
    old = making.with_suffix(".old")
    if folder.exists():
        folder.rename(old)
    try:
        making.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> InputError:
    reasons = {
        errno.ENOSPC: ("The disk is full.", "Free some space, or choose another folder with -o."),
        errno.EROFS: ("The disk is read-only.", "Choose another folder with -o."),
        errno.EACCES: ("Writing there is not allowed.", "Choose another folder with -o."),
        errno.EPERM: ("Writing there is not allowed.", "Choose another folder with -o."),
    }
    what, mend = reasons.get(
        error.errno or 0, (f"{error.strerror or error}.", "Choose another folder with -o.")
    )
    return InputError(
        f"The plan cannot be written to {folder}; nothing was left there.",
        [Fault(what, str(folder), mend)],
    )
