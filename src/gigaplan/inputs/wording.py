"""Words that error messages share: suggestions and short lists."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from gigaplan.inputs.yaml_reader import shortened

COUNTRY_PATTERN = r"^[A-Z]{2}$"
"""Two-letter code of a country."""
MOST_LABELS = 5
LONGEST_LABEL = 60
LONGEST_WORD = 200


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that ``word`` may have meant; ``None`` if none is near.

    >>> nearest("capacty_mw", ["capacity_mw", "energy_mwh"])
    'capacity_mw'
    """
    by_lower = {choice.lower(): choice for choice in choices}
    near = difflib.get_close_matches(word[:LONGEST_WORD].lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return ``Did you mean 'x'?`` for the choice nearest to ``word``, or an empty string.

    >>> did_you_mean("capacty_mw", ["capacity_mw", "energy_mwh"])
    "Did you mean 'capacity_mw'?"
    >>> did_you_mean("qqq", ["capacity_mw", "energy_mwh"])
    ''
    """
    near = nearest(word, choices)
    return "" if near is None else f"Did you mean '{brief(near)}'?"


def brief(label: object) -> str:
    r"""Write a label of a file on one line, without control characters, and not too long.

    >>> brief("TX\n"), len(brief("x" * 1000))
    ('TX\\n', 61)
    """
    return shortened(str(label), LONGEST_LABEL)


def few(labels: Sequence[object], count: int | None = None) -> str:
    """Join labels, at most five of them, then say how many more there are.

    Parameters
    ----------
    labels
        The labels, or the first of them.
    count
        How many there are in all; ``None``: as many as ``labels``.

    >>> few(["CA", "TX"])
    'CA, TX'
    >>> few(["CA", "TX", "NY", "OK", "LA", "AL", "GA"])
    'CA, TX, NY, OK, LA and 2 more'
    """
    shown = labels[:MOST_LABELS]
    rest = (len(labels) if count is None else count) - len(shown)
    text = ", ".join(brief(label) for label in shown)
    return f"{text} and {rest:,} more" if rest > 0 else text


def quantity(value: float) -> str:
    """Write a number as a person would: no tail of noughts, no thousands separators.

    >>> quantity(3.0), quantity(0.25), quantity(-1234567.5)
    ('3', '0.25', '-1234567.5')
    """
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return f"{value:.10g}"
