"""Tables of a plan as CSV."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from gigaplan.plan import Plan
from gigaplan.terms.errors import Fault, InputError


def export_csv(plan: Plan, path: Path, table: str) -> None:
    """Write one table of a plan as CSV: UTF-8, commas, a header, every digit.

    Raises
    ------
    InputError
        If the plan has no such table, or the file cannot be written.
    """
    if table not in plan.tables:
        close = get_close_matches(table, plan.tables, n=1)
        mend = f"Did you mean '{close[0]}'? " if close else ""
        headline = f"The plan {plan.manifest.name} has no table '{table}'."
        fault = Fault(
            f"There is no table '{table}'.",
            "table",
            f"{mend}Choose one of: {', '.join(sorted(plan.tables))}.",
        )
        raise InputError(headline, [fault])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        plan.tables[table].to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    except OSError as error:
        headline = f"The table '{table}' cannot be written."
        fault = Fault(
            f"{error.strerror or error}.", str(path), "Choose a folder that can be written to."
        )
        raise InputError(headline, [fault]) from error
