"""Published figures: every set of multipliers is within its stated tolerance, with a reason."""

from __future__ import annotations

import pandas as pd
import pytest

from gigaplan.economy.published import published_cases
from gigaplan.inputs.dataset import load_dataset


@pytest.fixture(scope="module")
def cases() -> pd.DataFrame:
    return published_cases(load_dataset("us"))


def test_every_case_is_within_its_tolerance(cases: pd.DataFrame) -> None:
    outside = cases.loc[~cases["within"], ["case", "multiplier_set", "gap_frac"]]
    assert outside.empty, outside.to_string()


def test_every_case_has_both_sets_and_a_reason(cases: pd.DataFrame) -> None:
    counted = cases.groupby("case")["multiplier_set"].agg(["count", "nunique"])
    assert (counted == 2).all(axis=None)
    assert (cases["reason"].str.len() > 5).all()
    assert {"openai_jobs", "openai_gdp", "jlarc_jobs", "jlarc_gdp"} <= {*cases["case"]}
    assert {"wires_2011_jobs", "tsmc_builders", "sia_temporary", "gas_staff"} <= {*cases["case"]}
    assert {"jedi_direct", "jedi_with_suppliers", "jedi_operation"} <= {*cases["case"]}


def test_tolerances_are_not_wider_than_the_gaps_need(cases: pd.DataFrame) -> None:
    """A tolerance is the gap rounded up by at most 0.25, so that a change of data shows."""
    room = cases["tolerance_frac"] - cases["gap_frac"].abs()
    assert (room <= 0.25).all(), cases[room > 0.25].to_string()


def test_figures_by_hand(cases: pd.DataFrame) -> None:
    table = cases.set_index(["case", "multiplier_set"])["result"]
    studies = "project_studies"
    # 4,425 MW of IT at 8 job-years in 2.5 years; 14 B$ of 2011 in money of 2025 at 2.9 on site.
    assert table["openai_construction", studies] == pytest.approx(4425 * 8.0 / 2.5)
    money = 14_000 * 128.75 / 91.11
    assert table["wires_2011_jobs", studies] == pytest.approx(money * 2.9 * 3.1, rel=2e-3)
    assert table["tsmc_builders", studies] == pytest.approx(165_000 * 0.95 / 4)


def test_ranges_hold_the_published_figure_of_a_programme(cases: pd.DataFrame) -> None:
    """OpenAI's 40,000 jobs and 17 B$ for 5 GW lie between the two sets."""
    wide = cases.pivot_table(index="case", columns="multiplier_set", values="result")
    published = cases.drop_duplicates("case").set_index("case")["published"]
    for case in ("openai_jobs", "openai_jobs_tx", "openai_jobs_wv", "openai_gdp", "jedi_direct"):
        assert wide.loc[case].min() < published[case] < wide.loc[case].max()
