"""Investors in a scenario: what is wrong with one is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from gigaplan.inputs.scenario import load_scenario
from gigaplan.terms.errors import InputError

HEAD = """\
name: s
title: S
horizon: {milestone_years: [2028, 2030]}
compute: {target: {unit: it_gw, by_year: {2030: 1}}}
capital:
  investors:
    - name: A
      kind: pension
      commitment_usd_b: {2028: 1.0}
"""
CASES = {
    "unknown field": (
        HEAD + "      hurdle: 0.08\n",
        "s.yaml:10:7: capital.investors.0.hurdle: There is no field 'hurdle'.",
    ),
    "percent for a share": (
        HEAD + "      government_share: 25\n",
        "s.yaml:10:7: capital.investors.0.government_share: government_share is 25, above 1.",
    ),
    "country in words": (
        HEAD + "      country: Canada\n",
        "s.yaml:10:7: capital.investors.0.country: country is 'Canada'. Use two capital letters",
    ),
    "commitment after the horizon": (
        HEAD.replace("2028: 1.0", "2033: 1.0"),
        "A commits money in 2033, after the horizon. Give a year up to 2030, or change "
        "horizon.milestone_years.",
    ),
    "nothing committed": (
        HEAD.replace("2028: 1.0", "2028: 0"),
        "The investor commits nothing in any year. Give an amount, or drop the investor.",
    ),
    "first close before the plan": (
        HEAD + "      first_close_year: 2025\n",
        "A closes in 2025, outside the horizon. Give a year from 2026 to 2030.",
    ),
    "smallest ticket above the largest": (
        HEAD + "      min_ticket_usd_b: 3\n      max_ticket_usd_b: 2\n",
        "The smallest ticket is 3 billion USD, the largest 2. Lower the smallest or raise the "
        "largest.",
    ),
    "two of one name": (
        HEAD + "    - {name: A, kind: sponsor, commitment_usd_b: {2028: 1}}\n",
        "2 investors are called A. Give each a name of its own.",
    ),
    "a floor above its cap": (
        HEAD + "  max_share: {debt: {campus: 0.5}}\n  min_share: {debt: {campus: 0.6}}\n",
        "The least share of debt in campus is above its cap, 0.5. Lower it, or raise the cap.",
    ),
    "unknown group": (
        HEAD + "  max_share: {forein: {campus: 0.5}}\n",
        "capital.max_share.forein",
    ),
    "cover below one": (HEAD + "  dscr: 0.9\n", "s.yaml:10:3: capital.dscr: dscr is 0.9, below 1."),
}


@pytest.mark.parametrize("case", CASES)
def test_faults_of_investors(case: str, tmp_path: Path) -> None:
    text, expected = CASES[case]
    path = tmp_path / "s.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    told = [str(fault).replace(f"{tmp_path}/", "") for fault in caught.value.faults]
    assert any(expected in fault for fault in told), told


def test_an_investor_without_extras_has_the_terms_of_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(HEAD, encoding="utf-8")
    (investor,) = load_scenario(path).capital.investors
    assert investor.classes == ("campus", "accelerator", "energy")
    assert investor.zones == "all"
    assert investor.required_return_frac is None
