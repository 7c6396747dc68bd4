"""Amounts in the units of the plan and in those that people in the US use."""

from __future__ import annotations

from typing import Final

from gigaplan.report.community.people import Span
from gigaplan.report.jobs import count, counts
from gigaplan.report.numbers import percent, rounded

GALLONS_PER_M3: Final = 264.172
HA_PER_SQUARE_MILE: Final = 258.999
CENT: Final = 0.005
"""Changes of a bill below half a cent a month are none [USD of 2025]."""


def amount(value: float) -> str:
    """Return a number with two or three digits.

    Examples
    --------
    >>> amount(0.0462), amount(4.62), amount(46.2), amount(4620.0), amount(0.0)
    ('0.05', '4.6', '46', '4,620', '0')
    """
    if value == 0:
        return "0"
    return rounded(value, 2 if abs(value) < 1 else 1 if abs(value) < 10 else 0)


def water_words(value_mm3: float) -> str:
    """Return an amount of water given in millions of cubic metres.

    Examples
    --------
    >>> water_words(8.18), water_words(0.37)
    ('8.2 million m³ (2.2 billion gallons)', '370,000 m³ (98 million gallons)')
    """
    gallons_m = value_mm3 * GALLONS_PER_M3
    us = (
        f"{amount(gallons_m / 1e3)} billion" if gallons_m >= 1e3 else f"{amount(gallons_m)} million"
    )
    if value_mm3 >= 1.0:
        return f"{amount(value_mm3)} million m³ ({us} gallons)"
    return f"{count(value_mm3 * 1e6)} m³ ({us} gallons)"


def land_words(value_ha: float) -> str:
    """Return an area given in hectares.

    Examples
    --------
    >>> land_words(75_814.8), land_words(400.0)
    ('758 km² (293 square miles)', '4.0 km² (1.5 square miles)')
    """
    return f"{amount(value_ha / 100.0)} km² ({amount(value_ha / HA_PER_SQUARE_MILE)} square miles)"


def mass_words(value_t: float) -> str:
    """Return a mass given in tonnes.

    Examples
    --------
    >>> mass_words(155_859_710.0), mass_words(102_163.0), mass_words(25.2)
    ('156 Mt', '102 kt', '25 t')
    """
    for size, unit in ((1e6, "Mt"), (1e3, "kt")):
        if abs(value_t) >= size:
            return f"{amount(value_t / size)} {unit}"
    return f"{amount(value_t)} t"


def span_words(span: Span) -> str:
    """Return the lowest and the highest count of jobs.

    Examples
    --------
    >>> span_words(Span({"one": 181_905.2, "other": 241_443.9})), span_words(Span({"one": 3.0}))
    ('182,000 to 241,000', '3')
    """
    return counts(span.low, span.high)


def span_in_short(span: Span) -> str:
    """Return the lowest and the highest count of jobs with a dash between them.

    Examples
    --------
    >>> span_in_short(Span({"one": 181_905.2, "other": 241_443.9}))
    '182,000\u2013241,000'
    """
    return span_words(span).replace(" to ", "\u2013")


def share_words(span: Span) -> str:
    """Return the lowest and the highest share.

    Examples
    --------
    >>> share_words(Span({"one": 0.031, "other": 0.033})), share_words(Span({"one": 0.5}))
    ('3.1% to 3.3%', '50%')
    """
    low, high = percent(span.low), percent(span.high)
    return low if low == high else f"{low} to {high}"


def monthly(change: float) -> str:
    """Return the change of a bill [USD of 2025 per month].

    Examples
    --------
    >>> monthly(0.3187), monthly(-1.2), monthly(1e-12)
    ('$0.32 a month more', '$1.20 a month less', 'the same')
    """
    if abs(change) < CENT:
        return "the same"
    return f"${rounded(abs(change), 2)} a month {'more' if change > 0 else 'less'}"
