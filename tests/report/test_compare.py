"""A comparison measures every plan against the first."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tests.report.synthetic import synthetic_plan

from gigaplan.report import write_comparison
from gigaplan.report.compare import build_comparison, comparison_sentences, measures, plan_names


def test_a_plan_does_not_differ_from_itself() -> None:
    plan = synthetic_plan()
    (sentence,) = comparison_sentences([plan, plan])
    assert "brings as much new campus IT, costs the same and emits 0 Mt more" in sentence
    assert build_comparison([plan, plan])["tables"]["settings"]["setting"] == []


def test_plans_of_one_name_are_numbered() -> None:
    plans = [synthetic_plan(), synthetic_plan(), synthetic_plan(name="other")]
    assert plan_names(plans) == ["made-up (1)", "made-up (2)", "other"]


def test_differences_are_those_of_the_tables() -> None:
    one, two = synthetic_plan(), synthetic_plan(name="other", scale=2.0)
    built = {name: value for name, _, value in measures(two)}["New campus IT"]
    assert built == pytest.approx(2 * measures(one)[0][2])
    tables = build_comparison([one, two])["tables"]
    stack = pd.DataFrame(tables["capacity"])
    shown = stack[stack["plan"] == "other"]["value"].sum() * 1e3
    assert shown == pytest.approx(two.table("capacity")["online_mw"].sum(), rel=1e-3)


def test_settings_that_differ_are_listed() -> None:
    one, two = synthetic_plan(), synthetic_plan(name="other", years=(2026, 2035))
    settings = pd.DataFrame(build_comparison([one, two])["tables"]["settings"])
    row = settings.query("setting == 'horizon.milestone_years' and plan == 'other'")
    assert row["value"].item() == "2026, 2035"


def test_one_plan_cannot_be_compared(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two plans or more"):
        write_comparison([synthetic_plan()], tmp_path / "x.html")
