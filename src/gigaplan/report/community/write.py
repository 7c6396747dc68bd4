"""Write the pages of states into a folder, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from gigaplan.inputs.wording import did_you_mean
from gigaplan.plan import Plan
from gigaplan.report.community.built import built_states, names_of
from gigaplan.report.community.figures import figures_of
from gigaplan.report.community.index import file_of, index_page
from gigaplan.report.community.page import INDEX, state_page
from gigaplan.terms.errors import Fault, InputError


def write_community(plan: Plan, folder: Path, zones: Sequence[str] = ()) -> list[Path]:
    """Write one page for each state in which something is built, and a list of them.

    Each page is one sheet of A4 or Letter when printed, needs no network and holds no scripts.

    Parameters
    ----------
    plan
        What to show.
    folder
        Where; it is made if it is not there, and pages of the same names are replaced.
    zones
        States to write; all in which something is built if none is named.

    Returns
    -------
    list of pathlib.Path
        The list of states, and the pages.

    Raises
    ------
    InputError
        If nothing is built, or not in a state that is named.
    OSError
        If the folder cannot be written; nothing is left there then.
    """
    figures = [figures_of(plan, zone) for zone in chosen_states(plan, zones)]
    table = plan.table("zones")
    middles = {
        str(zone): (float(longitude), float(latitude))
        for zone, longitude, latitude in zip(
            table["zone"], table["longitude_deg"], table["latitude_deg"], strict=True
        )
    }
    pages = {INDEX: index_page(plan, figures)}
    pages |= {file_of(one.zone): state_page(plan, one, middles) for one in figures}
    _write(folder, pages)
    return [folder / name for name in pages]


def chosen_states(plan: Plan, zones: Sequence[str]) -> list[str]:
    """Return the states that get a page, in the order of the plan's zones.

    Raises
    ------
    InputError
        If nothing is built, or not in a state that is named.
    """
    states = built_states(plan)
    if not states:
        headline = "There is nothing to write a page of."
        mend = "Plan campuses, or choose another format."
        raise InputError(headline, [Fault("The plan builds nothing in any state.", mend=mend)])
    names = names_of(plan)
    faults = [
        Fault(_what(zone, names), f"--zone {zone}", _mend(zone, states))
        for zone in zones
        if zone not in states
    ]
    if faults:
        headline = "Not every state that is asked for has a page."
        raise InputError(headline, faults)
    return [zone for zone in states if not zones or zone in zones]


def _what(zone: str, names: Mapping[str, str]) -> str:
    if zone in names:
        return f"The plan builds nothing in {names[zone]}."
    return f"There is no zone '{zone}' in the plan."


def _mend(zone: str, states: Sequence[str]) -> str:
    hint = did_you_mean(zone, states)
    return f"{hint + ' ' if hint else ''}These states have a page: {', '.join(states)}."


def _write(folder: Path, pages: Mapping[str, str]) -> None:
    """Write all pages beside their places first, then put each in its place."""
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    making = {name: folder / f".{name}.making" for name in pages}
    whole = False
    try:
        for name, path in making.items():
            if (folder / name).is_dir():
                raise IsADirectoryError(21, "Is a directory", str(folder / name))
            path.write_text(pages[name], encoding="utf-8")
        for name, path in making.items():
            path.replace(folder / name)
        whole = True
    finally:
        for path in making.values():
            path.unlink(missing_ok=True)
        if made and not whole:
            folder.rmdir()
