"""The deal memo: what was found, rule by rule, for a person or a program to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

from gigaplan.policy.memo.as_html import memo_html
from gigaplan.policy.memo.as_json import memo_json
from gigaplan.policy.memo.as_markdown import memo_markdown
from gigaplan.policy.memo.as_text import memo_text
from gigaplan.policy.screen import Screen

Format = Literal["text", "md", "html", "json"]
WRITERS: Final[Mapping[Format, Callable[[Sequence[Screen]], str]]] = {
    "text": memo_text,
    "md": memo_markdown,
    "html": memo_html,
    "json": memo_json,
}


def memo(screens: Sequence[Screen], form: Format) -> str:
    """Return the memo of some screens as a text that ends with a line break.

    Parameters
    ----------
    screens
        One for each deal; a memo of several begins with their verdicts.
    form
        How to write it.
    """
    return WRITERS[form](screens)
