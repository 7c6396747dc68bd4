"""Deal files: what is wrong, contradictory or unknown is named with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.facts.load import example_text, parse_deal, read_deal
from gigaplan.policy.finding import Verdict
from gigaplan.policy.screen import screen
from gigaplan.terms.errors import InputError

DAY = date(2026, 11, 23)
WHOLE = """\
name: Test
instrument: shares
investor: A
entities:
  - name: A
    kind: company
    country: AE
    owners:
      - {owner: B, votes: 0.6}
      - {owner: C, votes: 0.4}
  - {name: B, kind: company, owners: [{owner: C, votes: 1.0}]}
  - {name: C, kind: government, country: AE}
stake: {votes_after: 0.3}
rights: {board_seats: 1, board_size: 7}
business: {exists: true, infrastructure: [bulk_power]}
dates: {signed_on: 2026-01-01, closes_on: 2026-06-30}
"""


def _faults(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_deal(text, "d.yaml")
    assert caught.value.exit_code == 2
    assert caught.value.headline == "The deal d.yaml cannot be used."
    return [str(fault) for fault in caught.value.faults]


def test_the_whole_text_is_right() -> None:
    assert parse_deal(WHOLE, "d.yaml").investor == "A"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "votes: 0.4",
            "votes: 0.5",
            "d.yaml:8:5: entities.0.owners: The owners of A hold 110 % of it (votes). "
            "Give shares that add to 1 or less.",
        ),
        (
            "votes: 0.6",
            "votes: 60",
            "d.yaml:9:20: entities.0.owners.0.votes: votes is 60, above 1. Use 1 or less.",
        ),
        (
            "owners: [{owner: C, votes: 1.0}]",
            "owners: [{owner: A, votes: 1.0}]",
            "d.yaml:8:5: entities.0.owners: Ownership goes in a circle: A owns B owns A. "
            "Take out one of these owners.",
        ),
        (
            "country: AE\n    owners",
            "country: ZZ\n    owners",
            "d.yaml:7:5: entities.0.country: There is no country ZZ. "
            "Use a code of ISO 3166-1, such as CA.",
        ),
        (
            "country: AE\n    owners",
            "country: Emirates\n    owners",
            "d.yaml:7:5: entities.0.country: country is 'Emirates'. "
            "Use two capital letters, such as US, CA or JP.",
        ),
        (
            "investor: A",
            "investor: D",
            "d.yaml:3:1: investor: The investor D is not one of the entities. Add it to them.",
        ),
        (
            "owner: C, votes: 0.4",
            "owner: D, votes: 0.4",
            "d.yaml:10:10: entities.0.owners.1.owner: The owner D is not one of the entities. "
            "Add it to them.",
        ),
        (
            "- {name: C, kind: government",
            "- {name: B, kind: government",
            "d.yaml:12:6: entities.2.name: 2 entities are called B. Give each a name of its own.",
        ),
        (
            "kind: government, country: AE}",
            "kind: government, country: AE, owners: [{owner: B}]}",
            "d.yaml:12:46: entities.2.owners: A government has no owners. "
            "Drop them, or change the kind.",
        ),
        (
            "board_seats: 1",
            "board_seats: 9",
            "d.yaml:14:10: rights.board_seats: 9 seats are more than the board of 7 has. "
            "Mend one of the numbers.",
        ),
        (
            "instrument: shares",
            "instrument: new_build",
            "d.yaml:15:12: business.exists: The instrument is new_build, but the business exists. "
            "Write exists: false, or another instrument.",
        ),
        (
            "closes_on: 2026-06-30",
            "closes_on: 2025-06-30",
            "d.yaml:16:32: dates.closes_on: The deal closes on 2025-06-30, before it is signed. "
            "Mend one of the days.",
        ),
        (
            "closes_on: 2026-06-30",
            "closes_on: 30 June",
            "d.yaml:16:32: dates.closes_on: closes_on is '30 June'. "
            "It must be a day, such as 2026-11-23. Mend it.",
        ),
        (
            "board_seats: 1",
            "board_seat: 1",
            "d.yaml:14:10: rights.board_seat: There is no field 'board_seat'. "
            "Did you mean 'board_seats'?",
        ),
        (
            "instrument: shares",
            "instrument: share",
            "d.yaml:2:1: instrument: instrument is 'share', which is not a choice. "
            "Did you mean 'shares'?",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(old: str, new: str, fault: str) -> None:
    assert WHOLE.count(old) == 1
    assert fault in _faults(WHOLE.replace(old, new))


def test_a_deal_is_a_table() -> None:
    assert _faults("- a\n- b\n") == [
        "d.yaml:1:1: A deal is a table of named fields, such as 'investor: Gulf fund'. "
        "Start with 'gigaplan screen --example'."
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "bulk_power",
            "bulk_powr",
            "d.yaml:15:43: business.infrastructure.0: There is no function 'bulk_powr' of "
            "critical infrastructure. Did you mean 'bulk_power'?",
        ),
        (
            "dates:",
            "site: {near: [{name: Fort Mead, distance_miles: 3}]}\ndates:",
            "d.yaml:16:16: site.near.0.name: There is no listed site 'Fort Mead'. "
            "Did you mean 'Fort Meade'?",
        ),
        (
            "signed_on: 2026-01-01",
            "signed_on: 2019-12-31",
            "d.yaml:16:9: dates.signed_on: signed_on is 2019-12-31, before the first rule, of "
            "2020-02-13. Earlier deals are under earlier rules, which the screen does not have.",
        ),
    ],
)
def test_what_the_tables_do_not_know_is_named(us: Dataset, old: str, new: str, fault: str) -> None:
    deal = parse_deal(WHOLE.replace(old, new), "d.yaml")
    with pytest.raises(InputError) as caught:
        screen(deal, us, DAY)
    assert fault in [str(one) for one in caught.value.faults]


def test_a_day_before_the_statute_is_refused(us: Dataset) -> None:
    deal = parse_deal(f"as_of: 2018-01-01\n{WHOLE}", "d.yaml")
    with pytest.raises(InputError) as caught:
        screen(deal, us, DAY)
    assert str(caught.value) == (
        "No rule of the policy screen is in force on 2018-01-01.\n"
        "  - d.yaml:1:1: as_of: The first rule of the table policy_rules is of 2020-02-13. "
        "Choose that day or a later one."
    )


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"The deal none\.yaml cannot be used"):
        read_deal(tmp_path / "none.yaml")


def test_the_example_is_a_mandatory_filing(us: Dataset) -> None:
    # 30 % with a board seat of a bulk-power business, all of the investor a government's:
    # 31 CFR 800.244(a), 800.401(b).
    found = screen(parse_deal(example_text(), "example.yaml"), us, DAY)
    assert found.verdict is Verdict.FILE_MANDATORY
    assert found.finding("cfius.substantial_interest").verdict is Verdict.FILE_MANDATORY
    assert "invented" in example_text().splitlines()[0]


def test_a_rule_changed_later_does_not_alter_an_old_screen(us: Dataset) -> None:
    deal = parse_deal(example_text(), "example.yaml")
    old = screen(deal, us, date(2024, 12, 25)).finding("cfius.substantial_interest")
    new = screen(deal, us, date(2024, 12, 26)).finding("cfius.substantial_interest")
    # The value of the deal, 800 million USD, is greater than either amount.
    assert old.consequence.penalty_usd == new.consequence.penalty_usd == 800e6
    small = deal.model_copy(update={"stake": deal.stake.model_copy(update={"value_usd_m": 0.2})})
    old = screen(small, us, date(2024, 12, 25)).finding("cfius.substantial_interest")
    new = screen(small, us, date(2024, 12, 26)).finding("cfius.substantial_interest")
    assert (old.consequence.penalty_usd, new.consequence.penalty_usd) == (250_000, 5_000_000)
