"""Each rule is tried on at least five fact patterns that cite the text, CFIUS on thirty-five."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
CITED = re.compile(
    r'f?"((?:\d+ (?:CFR|U\.S\.C\.|FR) |IRC |ECCN |P\.L\. |Notice |Executive Order |'
    r'(?:[A-Z][a-z]+\.? |& )+(?:\w+\. )*Code |PUCO |IURC )[^"]*)"'
)
LEAST = {
    "cfius": 35,
    "cfius_real_estate": 15,
    "energy_credits": 60,
    "chips": 30,
    "export": 30,
    "states": 30,
    "air_and_review": 35,
    "suppliers": 45,
}


@pytest.mark.parametrize("family", LEAST)
def test_fact_patterns_cite_the_text(family: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (FOLDER / family).glob("test_*.py")]
    cited = CITED.findall("\n".join(texts))
    assert len(set(cited)) >= LEAST[family]
