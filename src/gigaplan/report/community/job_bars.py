"""Jobs in a state by calendar year, as bars from the lowest to the highest count."""

from __future__ import annotations

from math import floor, log10
from typing import Final

from gigaplan.report.community.people import Span, YearOfJobs
from gigaplan.report.community.svg import element, words

WIDE, TALL = 420.0, 128.0
RIGHT, TOP, BOTTOM = 6.0, 8.0, 16.0
FONT: Final = 9.5
DIGIT: Final = 6.3
"""Room that a digit of a label takes."""
GAP: Final = 5.0
LABEL: Final = 27.0
"""Room that the label of a year takes."""


def job_bars(years: tuple[YearOfJobs, ...]) -> str:
    """Return the bars as SVG: building and running side by side, paler up to the highest count."""
    most = max((max(one.building.high, one.running.high) for one in years), default=0.0)
    if not most > 0.0:
        return ""
    step = tick(most)
    top = step * -(-most // step)
    tall = TALL - TOP - BOTTOM
    left = GAP + DIGIT * len(f"{top:,.0f}")
    slot = (WIDE - left - RIGHT) / len(years)
    bar = min(0.36 * slot, 16.0)
    parts = []
    for at in range(int(round(top / step)) + 1):
        y = TOP + tall * (1.0 - at * step / top)
        parts.append(element("line", {"class": "rule", "x1": left, "x2": WIDE, "y1": y, "y2": y}))
        label: dict[str, str | float] = {
            "x": left - GAP,
            "y": y + 3.0,
            "text-anchor": "end",
            "font-size": FONT,
        }
        parts.append(words("text", label, f"{at * step:,.0f}"))
    every = int(LABEL // slot) + 1
    for place, one in enumerate(years):
        middle = left + (place + 0.5) * slot
        for kind, span, x in (
            ("building", one.building, middle - bar),
            ("running", one.running, middle),
        ):
            parts += _bar(kind, span, x, bar, tall / top)
        if place % every == 0:
            label = {"x": middle, "y": TALL - 3.0, "text-anchor": "middle", "font-size": FONT}
            parts.append(words("text", label, str(one.year)))
    told = {
        "viewBox": f"0 0 {WIDE:.0f} {TALL:.0f}",
        "role": "img",
        "aria-label": "Jobs in the state by year, building and running, lowest to highest count",
    }
    return element("svg", told, parts)


def _bar(kind: str, span: Span, x: float, wide: float, scale: float) -> list[str]:
    """Return a bar up to the lowest count and a paler one on it up to the highest."""
    foot = TALL - BOTTOM
    parts = []
    for name, low, high in ((kind, 0.0, span.low), (f"{kind} more", span.low, span.high)):
        if high > low:
            size = {"y": foot - high * scale, "height": (high - low) * scale}
            parts.append(element("rect", {"class": name, "x": x, "width": wide - 0.7, **size}))
    return parts


def tick(most: float) -> float:
    """Return the step of an axis that needs two to five steps.

    Examples
    --------
    >>> tick(70_726.0), tick(9.0), tick(1.3)
    (20000.0, 2.0, 0.5)
    """
    power = 10.0 ** floor(log10(most))
    for step in (0.2, 0.5, 1.0, 2.0):
        if most / (step * power) <= 5.0:
            return step * power
    return 2.0 * power
