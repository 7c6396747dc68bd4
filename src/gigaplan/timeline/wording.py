"""Dates, parts and money in words."""

from __future__ import annotations

import math


def quarter(year: float) -> str:
    """Return the quarter in which a decimal year lies.

    >>> quarter(2027.0), quarter(2029.5), quarter(2029.999)
    ('Q1 2027', 'Q3 2029', 'Q4 2029')
    """
    count = math.floor(round(year * 4.0, 6))
    return f"Q{count % 4 + 1} {count // 4}"


def service_words(year: float) -> str:
    """Return when something is in service.

    >>> service_words(2030.5), service_words(2030.0), service_words(2030.25)
    ('in mid-2030', 'at the start of 2030', 'in Q2 2030')
    """
    whole = math.floor(round(year, 6))
    part = round(year - whole, 6)
    if part == 0.5:
        return f"in mid-{whole}"
    return f"at the start of {whole}" if part == 0.0 else f"in {quarter(year)}"


def spoken(label: str) -> str:
    """Return a label as it stands inside a sentence.

    >>> spoken("Large power transformer"), spoken("Logic wafer, N3 class")
    ('large power transformer', 'logic wafer, N3 class,')
    >>> spoken("HBM stack, HBM4")
    'HBM stack, HBM4,'
    """
    small = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    return f"{small}," if "," in small else small


def article(words: str) -> str:
    """Return words with ``a`` or ``an`` before them.

    >>> article("on-site gas engine"), article("fuel cell")
    ('an on-site gas engine', 'a fuel cell')
    """
    return f"an {words}" if words[:1].lower() in "aeiou" else f"a {words}"


def dollars(value_usd_m: float) -> str:
    """Return an amount in words [M$].

    >>> dollars(12.34), dollars(1234.5), dollars(0.25)
    ('$12.3 M', '$1.23 B', '$0.25 M')
    """
    if value_usd_m >= 1e3:
        return f"${value_usd_m / 1e3:,.2f} B"
    return f"${value_usd_m:,.1f} M" if value_usd_m >= 10 else f"${value_usd_m:,.2f} M"
