"""Memos: the whole chain in every form, and nothing of a deal file taken for markup."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser

import pytest
from tests.policy.drawn import deal

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.facts.load import example_text, parse_deal
from gigaplan.policy.memo import Format, memo
from gigaplan.policy.screen import DISCLAIMER, Screen, screen

FORMS: tuple[Format, ...] = ("text", "md", "html", "json")


@pytest.fixture(scope="module")
def example(us: Dataset) -> Screen:
    """Screen of the deal file that ships."""
    return screen(parse_deal(example_text(), "example.yaml"), us, date(2026, 11, 23))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_the_whole_chain(example: Screen, form: Format) -> None:
    text = memo([example], form)
    assert DISCLAIMER in text
    assert "not legal advice" in DISCLAIMER
    finding = example.finding("cfius.substantial_interest")
    fact = finding.facts[-1].says.partition(",")[0]
    for part in (fact, finding.citation, finding.consequence.says[:60], finding.cures[0][:20]):
        assert part in text, part
    assert "file (mandatory)" in text
    assert example.asks[0].question in text


def test_the_strictest_finding_comes_first(example: Screen) -> None:
    headings = [line for line in memo([example], "md").splitlines() if line.startswith("## ")]
    assert headings[0].endswith("file (mandatory)")
    assert headings[1].endswith("file (voluntary)")
    assert headings[2].endswith("clear")


def test_json_holds_fields_and_numbers(example: Screen) -> None:
    content = json.loads(memo([example], "json"))
    (told,) = content["deals"]
    assert (told["verdict"], told["as_of"]) == ("file (mandatory)", "2026-11-23")
    by_rule = {finding["rule"]: finding for finding in told["findings"]}
    found = by_rule["cfius.substantial_interest"]["consequence"]
    assert (found["cap_frac"], found["fee_usd"], found["penalty_usd"]) == (0.25, 300_000, 800e6)


def test_a_name_cannot_add_markup(us: Dataset) -> None:
    facts = deal().model_copy(update={"name": "<script>x</script> | # *b*", "note": "<b>n</b>"})
    found = screen(facts, us, date(2026, 11, 23))
    assert "<script>" not in memo([found], "html")
    assert "<script>" not in memo([found], "md")
    assert "\\| # \\*b\\*" in memo([found], "md").splitlines()[0]


class _Balance(HTMLParser):
    """Whether every tag is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_whole_and_asks_nothing_of_a_network(example: Screen) -> None:
    page = memo([example, example], "html")
    parser = _Balance()
    parser.feed(page)
    assert parser.open == []
    assert "http" not in page
    assert page.count("<h1>") == 3


def test_several_deals_begin_with_their_verdicts(example: Screen) -> None:
    text = memo([example, example], "text")
    assert text.count("[file (mandatory)]") == 2
    assert memo([example, example], "md").startswith("| deal | verdict | facts missing |")
