"""Each rule is tried on at least five fact patterns that cite the text, CFIUS on thirty-five."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
LEAST = {"cfius": 35, "cfius_real_estate": 15}


@pytest.mark.parametrize("family", LEAST)
def test_fact_patterns_cite_the_text(family: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (FOLDER / family).glob("test_*.py")]
    cited = re.findall(r'"((?:31 CFR|50 U\.S\.C\.|15 CFR)[^"]*)"', "\n".join(texts))
    assert len(set(cited)) >= LEAST[family]
