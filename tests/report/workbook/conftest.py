"""Workbooks of drawn deals: as written, and recalculated by LibreOffice, as is and changed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.report.workbook.changes import CHANGES, changed_deals
from tests.report.workbook.drawn_deals import (
    FUND,
    HURDLES,
    drawn_deal,
    paid_by_month,
    taxed_at_once,
)
from tests.report.workbook.drawn_terms import LIFE, with_everything
from tests.report.workbook.spreadsheets import Cells, libreoffice, recalculated, stripped

from gigaplan.finance.deal import Closed, Deal, close_deals
from gigaplan.report.workbook import build_workbook, write_workbook
from gigaplan.report.workbook.build import Built

HOSTILE = ("=SUM(A1)", "+1+1", "@north")


def unlike_deals() -> list[Deal]:
    """Deals of unlike kinds, with names that a spreadsheet could take for formulas."""
    return [
        drawn_deal(1, name=HOSTILE[0], life=20, tiers=FUND, partner=HOSTILE[1], maintained=True),
        drawn_deal(
            2,
            name="storage",
            life=15,
            sizing="share",
            order="equity_first",
            losses="used_at_once",
            tiers=HURDLES,
            by_year=True,
            equity={HOSTILE[2]: 0.35, "Sponsor": 0.65},
        ),
        paid_by_month(taxed_at_once(drawn_deal(3, name="campus", life=12))),
        with_everything(drawn_deal(4, name="stack", life=LIFE), 4),
    ]


@dataclass(frozen=True, repr=False)
class Written:
    """A workbook, what Python says it holds, and where it is."""

    closed: list[Closed]
    built: Built
    path: Path


@dataclass(frozen=True, repr=False)
class Recalculated:
    """What Python says, and what another program says."""

    closed: list[Closed]
    built: Built
    cells: Cells


@pytest.fixture(scope="package")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    path = tmp_path_factory.mktemp("workbook") / "deals.xlsx"
    closed = close_deals(unlike_deals())
    write_workbook(closed, path, title="=Deals", discount_frac=0.09)
    return Written(closed, build_workbook(closed, title="=Deals", discount_frac=0.09), path)


@pytest.fixture(scope="package")
def both(written: Written) -> tuple[Recalculated, Recalculated]:
    """The workbook recalculated as it is, and with inputs changed, in one run of the program."""
    program = libreoffice()
    if program is None:
        reason = "NO LIBREOFFICE: no workbook was recalculated. Install libreoffice-calc-nogui."
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = written.path.parent
    inputs = written.built.book.inputs
    stripped(written.path, folder / "same.xlsx")
    stripped(
        written.path,
        folder / "changed.xlsx",
        {inputs[deal, key]: content for deal, key, content in CHANGES},
    )
    cells = recalculated(program, folder, ["same.xlsx", "changed.xlsx"])
    changed = close_deals(changed_deals(unlike_deals()))
    built = build_workbook(changed, title="Deals", discount_frac=0.075)
    return (
        Recalculated(written.closed, written.built, cells["same.xlsx"]),
        Recalculated(changed, built, cells["changed.xlsx"]),
    )


@pytest.fixture(scope="package")
def same(both: tuple[Recalculated, Recalculated]) -> Recalculated:
    return both[0]


@pytest.fixture(scope="package")
def altered(both: tuple[Recalculated, Recalculated]) -> Recalculated:
    return both[1]
