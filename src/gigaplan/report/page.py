"""Write the report of a plan."""

from __future__ import annotations

from pathlib import Path

from gigaplan.plan import Plan
from gigaplan.report.data import build_payload
from gigaplan.report.html import page, write_page
from gigaplan.report.words import summary


def write_report(plan: Plan, path: Path) -> None:
    """Write one self-contained HTML file that needs no network.

    Parameters
    ----------
    plan
        What to show.
    path
        The file; it appears when it is whole.
    """
    told = summary(plan)
    text = page(
        build_payload(plan, told),
        title=plan.manifest.title,
        paragraphs=[text for _, text in told],
        app="main",
        version=plan.manifest.gigaplan_version,
    )
    write_page(path, text)
