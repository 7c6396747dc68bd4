"""Write the report of a plan."""

from __future__ import annotations

from pathlib import Path

from gigaplan.plan import Plan
from gigaplan.report.data import build_payload
from gigaplan.report.html import page, write_page
from gigaplan.report.words import summary_sentences


def write_report(plan: Plan, path: Path) -> None:
    """Write one self-contained HTML file that needs no network.

    Parameters
    ----------
    plan
        What to show.
    path
        The file; it appears when it is whole.
    """
    text = page(
        build_payload(plan),
        title=plan.manifest.title,
        paragraphs=summary_sentences(plan),
        app="main",
        version=plan.manifest.gigaplan_version,
    )
    write_page(path, text)
