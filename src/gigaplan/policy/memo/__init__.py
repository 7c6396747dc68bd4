"""The deal memo: what was found, rule by rule, for a person or a program to read."""

from __future__ import annotations

from typing import Literal

from gigaplan.policy.memo.as_json import memo_json
from gigaplan.policy.memo.as_text import memo_text
from gigaplan.policy.screen import Screen

Format = Literal["text", "json"]


def memo(screen: Screen, form: Format) -> str:
    """Return the memo of a screen as a text that ends with a line break."""
    return {"text": memo_text, "json": memo_json}[form](screen)
