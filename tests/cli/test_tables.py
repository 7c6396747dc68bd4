"""Tables for people: numbers rounded by column, or by row where rows differ in unit."""

from __future__ import annotations

import pandas as pd
import pytest

from gigaplan.cli.tables import print_table


def test_numbers_of_different_units_are_rounded_by_row(capsys: pytest.CaptureFixture[str]) -> None:
    frame = pd.DataFrame({"figure": ["jobs", "share"], "one": [219321.4, 0.25], "two": [7.0, 0.5]})
    print_table(frame, title="figures", rows_alike=False)
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["jobs", "219,321", "7"] in rows
    assert ["share", "0.250", "0.500"] in rows
    print_table(frame, title="figures")
    assert ["share", "0", "0.50"] in [line.split() for line in capsys.readouterr().out.splitlines()]
