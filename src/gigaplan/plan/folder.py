"""A folder that appears whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gigaplan.inputs.wording import few
from gigaplan.terms.errors import Fault, InputError

MANIFEST: Final = "manifest.json"
CONTENTS: Final = frozenset(
    {MANIFEST, "scenario.yaml", "tables", "system", "report.html"}
    | {"csv", "parquet", "community", ".DS_Store"}
)
"""What a plan folder may hold and lose when it is replaced."""
ELSEWHERE: Final = "Choose another folder with -o."


def check_folder(folder: str | Path, *, force: bool) -> None:
    """Refuse a folder that is taken or cannot be written, before long work begins.

    Parameters
    ----------
    folder
        Where a plan shall be.
    force
        Whether a plan that is there already may be replaced.

    Raises
    ------
    InputError
        If it is a file, holds something else than a plan, holds a plan and ``force`` is off, or
        if nothing can be written beside it.
    """
    folder = Path(folder)
    headline = f"The plan cannot be written to {folder}."
    try:
        fault = _refusal(folder, force=force)
    except OSError as error:
        raise unwritable(folder, error) from error
    if fault is not None:
        raise InputError(headline, [fault])


def _refusal(folder: Path, *, force: bool) -> Fault | None:
    """Return why a folder cannot take a plan; ``None`` if it can."""
    place = str(folder)
    if not os.path.lexists(folder):
        parent = _nearest(folder)
        if not parent.is_dir():
            return Fault(f"{parent} is a file, not a folder.", place, ELSEWHERE)
        if not os.access(parent, os.W_OK | os.X_OK):
            return Fault(f"Nothing can be written in {parent}.", place, ELSEWHERE)
        return None
    if not folder.is_dir():
        return Fault("It is a file, not a folder.", place, ELSEWHERE)
    held = sorted(path.name for path in folder.iterdir())
    if not os.access(Path(os.path.realpath(folder)).parent, os.W_OK | os.X_OK):
        return Fault(f"Nothing can be written in {folder.parent}.", place, ELSEWHERE)
    if not held:
        return None
    if not is_plan_folder(folder):
        what = f"The folder is not empty, and it is no plan (it holds {few(held)})."
        return Fault(what, place, ELSEWHERE)
    if not force:
        mend = "Replace it with --force, or choose another folder with -o."
        return Fault("There is a plan already.", place, mend)
    foreign = [name for name in held if name not in CONTENTS]
    if foreign:
        what = f"Beside the plan it holds {few(foreign)}, which replacing would delete."
        return Fault(what, place, "Move that away, or choose another folder with -o.")
    return None


def _nearest(folder: Path) -> Path:
    """Return the nearest parent that exists."""
    parent = folder.absolute().parent
    while not os.path.lexists(parent):
        parent = parent.parent
    return parent


def is_plan_folder(folder: Path) -> bool:
    """Return whether a folder holds a manifest that gigaplan wrote."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and "gigaplan_version" in content


@contextmanager
def whole_folder(folder: str | Path, *, force: bool = False) -> Iterator[Path]:
    """Give a temporary folder to fill; it takes its place when the block ends well.

    Whatever ends the block early, also a full disk or Ctrl-C, leaves nothing behind, and a plan
    that was there before stays as it was.

    Parameters
    ----------
    folder
        Where the plan shall be; missing parents are made.
    force
        Whether a plan that is there already may be replaced.

    Yields
    ------
    pathlib.Path
        An empty folder beside ``folder``.

    Raises
    ------
    InputError
        If the folder is taken, or if it cannot be written.
    """
    check_folder(folder, force=force)
    final = Path(os.path.realpath(folder))
    making = final.parent / f".{final.name}.{uuid.uuid4().hex[:8]}.making"
    parents = [parent for parent in final.parents if not parent.exists()]
    try:
        making.mkdir(parents=True)
        yield making
        _sync(making)
        _swap(making, final)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(Path(folder), error) from error
    finally:
        if making.exists():
            shutil.rmtree(making, ignore_errors=True)
        if not final.exists():
            _remove_empty(parents)


def _remove_empty(parents: list[Path]) -> None:
    """Remove folders that were made for nothing, innermost first."""
    for parent in parents:
        try:
            parent.rmdir()
        except OSError:  # it is gone, or somebody else has put something into it
            return


def _sync(folder: Path) -> None:
    """Wait until the disk has everything in a folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            # Windows syncs only what is open for writing.
            with path.open("r+b") as handle:
                os.fsync(handle.fileno())


def _swap(making: Path, final: Path) -> None:
    """Put a finished folder in its place; what was there goes only when the new one is there."""
    old = making.with_suffix(".old")
    try:
        if final.exists():
            final.rename(old)
        making.rename(final)
    finally:
        if old.exists():
            if final.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(final)


def unwritable(place: Path, error: OSError) -> InputError:
    """Say in words why a file or folder cannot be written.

    >>> import errno
    >>> print(unwritable(Path("plans/x"), OSError(errno.ENOSPC, "No space left on device")))
    plans/x cannot be written; nothing was left there.
      - plans/x: The disk is full. Free some space, or write to another disk.
    """
    full = ("The disk is full.", "Free some space, or write to another disk.")
    locked = ("Writing there is not allowed.", "Choose another place, or change its permissions.")
    reasons = {
        errno.ENOSPC: full,
        errno.EDQUOT: full,
        errno.EROFS: ("The disk is read-only.", "Choose a place on another disk."),
        errno.EACCES: locked,
        errno.EPERM: locked,
        errno.ENAMETOOLONG: ("The name is too long.", "Choose a shorter one."),
        errno.EISDIR: ("It is a folder, not a file.", "Choose another name."),
        errno.ENOTDIR: ("A part of the path is a file, not a folder.", "Choose another place."),
        errno.ENOENT: ("A folder of the path does not exist.", "Make it, or choose another place."),
        errno.EEXIST: ("It exists already.", "Choose another name."),
    }
    other = (f"{error.strerror or str(error) or type(error).__name__}.", "Choose another place.")
    what, mend = reasons.get(error.errno or 0, other)
    return InputError(
        f"{place} cannot be written; nothing was left there.", [Fault(what, str(place), mend)]
    )
