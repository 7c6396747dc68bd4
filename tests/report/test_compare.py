"""A comparison measures every plan against the first."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tests.report.synthetic import synthetic_plan

from gigaplan.report import write_comparison
from gigaplan.report.compare import (
    build_comparison,
    comparison_sentences,
    measures,
    plan_names,
    shared_year,
)


def test_a_plan_does_not_differ_from_itself() -> None:
    plan = synthetic_plan()
    (sentence,) = comparison_sentences([plan, plan])
    assert "brings as much new campus IT, costs the same and emits as much" in sentence
    assert build_comparison([plan, plan])["tables"]["settings"]["setting"] == []


def test_plans_of_one_name_are_numbered() -> None:
    plans = [synthetic_plan(), synthetic_plan(), synthetic_plan(name="other")]
    assert plan_names(plans) == ["made-up (1)", "made-up (2)", "other"]


def test_differences_are_those_of_the_tables() -> None:
    one, two = synthetic_plan(), synthetic_plan(name="other", scale=2.0)
    built = {name: value for name, _, value in measures(two, 2030)}["New campus IT"]
    assert built == pytest.approx(2 * measures(one, 2030)[0][2])
    tables = build_comparison([one, two])["tables"]
    stack = pd.DataFrame(tables["capacity"])
    shown = stack[stack["plan"] == "other"]["value"].sum() * 1e3
    assert shown == pytest.approx(two.table("capacity")["online_mw"].sum(), rel=1e-3)


def test_settings_that_differ_are_listed() -> None:
    one, two = synthetic_plan(), synthetic_plan(name="other", years=(2026, 2035))
    settings = pd.DataFrame(build_comparison([one, two])["tables"]["settings"])
    row = settings.query("setting == 'horizon.milestone_years' and plan == 'other'")
    assert row["value"].item() == "2026, 2035"


def test_plans_that_end_in_different_years_are_compared_in_one_year() -> None:
    one = synthetic_plan(years=(2026, 2030, 2035))
    two = synthetic_plan(name="other", years=(2026, 2030, 2032))
    assert shared_year([one, two]) == 2030
    for plan in (one, two):
        by_hand = plan.table("emissions").query("year == 2030")["co2_kt"].sum() / 1e3
        told = {name: value for name, _, value in measures(plan, 2030)}
        assert told["CO\u2082 from power, 2030"] == pytest.approx(by_hand)
    (sentence,) = comparison_sentences([one, two])
    assert "CO\u2082 in 2030. It ends in 2032, not in 2035" in sentence


def test_plans_without_a_year_in_common_are_compared_in_their_last() -> None:
    one, two = synthetic_plan(years=(2026,)), synthetic_plan(name="other", years=(2030,))
    assert shared_year([one, two]) is None
    (sentence,) = comparison_sentences([one, two])
    assert "CO\u2082 in its last year." in sentence


def test_one_plan_cannot_be_compared(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two plans or more"):
        write_comparison([synthetic_plan()], tmp_path / "x.html")
