"""A map of one state: its neighbours, given campuses, new campuses and power, corridors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import cos, hypot, sin, sqrt, tau
from typing import Final

from gigaplan.report.community.built import Built
from gigaplan.report.community.figures import StateFigures
from gigaplan.report.community.land import Box, Point, Ring, box_around, project, seen, shapes
from gigaplan.report.community.svg import Area, element, number, words
from gigaplan.report.frames import WORTH_SHOWING_MW
from gigaplan.report.groups import POWER_GROUPS
from gigaplan.report.numbers import gw

RATIO: Final = 1.45
PIXELS: Final = 400.0
LARGEST_PX, SMALLEST_PX = 27.0, 3.2
FONT_PX: Final = 11.0
GLYPH_FRAC: Final = 0.62
"""Mean width of a letter over the size of the font."""
MOST_NUMBERED: Final = 6
"""Given campuses that are told by name."""


@dataclass(frozen=True)
class Scale:
    """Sizes on the map: what a pixel of the drawing is, and the largest capacity [MW]."""

    pixel: float
    largest_mw: float

    def radius(self, capacity_mw: float) -> float:
        """Return the radius of a circle whose area stands for a capacity."""
        share = sqrt(max(capacity_mw, 0.0) / self.largest_mw)
        return self.pixel * max(LARGEST_PX * share, SMALLEST_PX)


def state_map(figures: StateFigures, middles: Mapping[str, tuple[float, float]]) -> str:
    """Return the map as SVG; nothing for a place that the map does not hold.

    Parameters
    ----------
    figures
        The figures of the state.
    middles
        Longitude and latitude of the middle of every state [deg].
    """
    if figures.zone not in shapes():
        return ""
    box = box_around(figures.zone, ratio=RATIO)
    sizes = [campus.facility_mw for campus in figures.given]
    largest = max(figures.campus_mw, figures.power_mw, *sizes, 1.0)
    scale = Scale(box.wide / PIXELS, largest)
    spots = {zone: project(*place) for zone, place in middles.items()}
    middle = spots[figures.zone]
    marks, labels, taken = _new(figures, middle, scale)
    parts = [
        *_land(figures.zone, box, scale),
        *_wires(figures, spots, box, scale),
        *_names(figures.zone, spots, box, scale, taken),
        *marks,
        *_given(figures, box, scale, taken),
        *labels,
    ]
    frame = f"{number(box.left)} {number(box.top)} {number(box.wide)} {number(box.tall)}"
    label = f"Map of {figures.name} with given campuses, new campuses, new power and corridors"
    return element("svg", {"viewBox": frame, "role": "img", "aria-label": label}, parts)


def _land(zone: str, box: Box, scale: Scale) -> Iterator[str]:
    own = ""
    for other, rings in seen(box):
        path = element(
            "path",
            {
                "class": "own" if other == zone else "land",
                "d": "".join(_path(ring, scale.pixel) for ring in rings),
                "stroke-width": scale.pixel,
            },
        )
        if other == zone:
            own = path
        else:
            yield path
    yield own


def _path(ring: Ring, pixel: float) -> str:
    """Return an outline, without points that are nearer to each other than half a pixel."""
    kept = [ring[0]]
    for point in ring[1:]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) > 0.5 * pixel:
            kept.append(point)
    return f"M{'L'.join(f'{number(x)},{number(y)}' for x, y in kept)}Z"


def _wires(
    figures: StateFigures, spots: Mapping[str, Point], box: Box, scale: Scale
) -> Iterator[str]:
    start = spots[figures.zone]
    for wire in figures.wires:
        grown = wire.built_mw > WORTH_SHOWING_MW
        if wire.to_zone not in spots or not (grown or wire.online_mw > WORTH_SHOWING_MW):
            continue
        end = spots[wire.to_zone]
        yield element(
            "line",
            {
                "class": "wire new" if grown else "wire",
                "x1": start[0],
                "y1": start[1],
                "x2": end[0],
                "y2": end[1],
                "stroke-width": scale.pixel * (2.4 if grown else 1.0),
            },
        )
        if grown:
            at = _inside(start, end, box, 26.0 * scale.pixel)
            told = f"{wire.to_zone} +{gw(wire.built_mw)}"
            yield _label(told, at, scale, anchor="middle", kind="halo")


def _inside(start: Point, end: Point, box: Box, margin: float) -> Point:
    """Return the last point of a line, from its start, that is inside the margin of a box."""
    for step in range(80, 0, -1):
        share = step / 100.0
        at = (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
        if box.holds(at, margin):
            return at
    return start


def _names(
    zone: str, spots: Mapping[str, Point], box: Box, scale: Scale, taken: list[Area]
) -> Iterator[str]:
    for other, at in spots.items():
        area = _area(other, at, scale, "middle")
        if other == zone or not box.holds(at, 9.0 * scale.pixel):
            continue
        if not any(area.meets(label) for label in taken):
            yield _label(other, at, scale, anchor="middle", kind="name")


def _given(figures: StateFigures, box: Box, scale: Scale, taken: list[Area]) -> Iterator[str]:
    numbers = []
    for place, campus in enumerate(figures.given):
        x, y = project(campus.longitude_deg, campus.latitude_deg)
        radius = scale.radius(campus.facility_mw)
        told = words("title", {}, f"{campus.name}, {gw(campus.facility_mw)}")
        attributes: dict[str, str | float] = {
            "class": "given",
            "cx": x,
            "cy": y,
            "r": radius,
            "stroke-width": scale.pixel,
        }
        yield element("circle", attributes, [told])
        if place < MOST_NUMBERED:
            numbers += list(_numbered(str(place + 1), (x, y), radius, box, scale, taken))
    yield from numbers


def _numbered(
    text: str, at: Point, radius: float, box: Box, scale: Scale, taken: list[Area]
) -> Iterator[str]:
    """Yield the number of a campus beside its dot, where it lies on no other label."""
    near = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1)]
    for far, (across, down) in product((1.0, 2.0), near):
        gap = far * (radius + 5.0 * scale.pixel)
        spot = (at[0] + across * gap, at[1] + down * gap + 4.0 * scale.pixel)
        area = _area(text, spot, scale, "middle")
        if box.holds(spot, 6.0 * scale.pixel) and not any(area.meets(one) for one in taken):
            taken.append(area)
            yield _label(text, spot, scale, anchor="middle", kind="halo")
            return


def _new(
    figures: StateFigures, middle: Point, scale: Scale
) -> tuple[list[str], list[str], list[Area]]:
    """Return new campuses and new power, their labels, and what the labels cover."""
    marks: list[str] = []
    labels: list[str] = []
    taken: list[Area] = []
    gap = 1.5 * scale.pixel
    sides = (
        (figures.campus_mw, -1.0, "end", "new campuses"),
        (figures.power_mw, 1.0, "start", "new power"),
    )
    for capacity_mw, side, anchor, what in sides:
        if not capacity_mw > WORTH_SHOWING_MW:
            continue
        radius = scale.radius(capacity_mw)
        at = (middle[0] + side * (radius + gap), middle[1])
        if what == "new power":
            marks += _pie(figures.built, at, radius)
        else:
            marks.append(_circle("campus", at, radius))
        beside = at[0] + side * (radius + 4.0 * scale.pixel)
        for text, down, kind in ((gw(capacity_mw), -1.0, "halo strong"), (what, 11.0, "halo")):
            spot = (beside, at[1] + down * scale.pixel)
            labels.append(_label(text, spot, scale, anchor=anchor, kind=kind))
            taken.append(_area(text, spot, scale, anchor))
    return marks, labels, taken


def _circle(kind: str, at: Point, radius: float) -> str:
    return element("circle", {"class": kind, "cx": at[0], "cy": at[1], "r": radius})


def _pie(rows: tuple[Built, ...], at: Point, radius: float) -> list[str]:
    """Return a circle of new power cut by kind."""
    kinds = [row for row in rows if row.name in POWER_GROUPS and row.capacity_mw > 0.0]
    total = sum(row.capacity_mw for row in kinds)
    slices, begin = [], 0.0
    for row in kinds:
        end = begin + row.capacity_mw / total
        style = f"fill:var({colour_of(row.name)})"
        if end - begin > 1.0 - 1e-4:
            attributes: dict[str, str | float] = {
                "cx": at[0],
                "cy": at[1],
                "r": radius,
                "style": style,
            }
            slices.append(element("circle", attributes))
        else:
            slices.append(element("path", {"d": _slice(at, radius, begin, end), "style": style}))
        begin = end
    return slices


def _slice(at: Point, radius: float, begin: float, end: float) -> str:
    def rim(share: float) -> str:
        x = at[0] + radius * sin(share * tau)
        return f"{number(x)},{number(at[1] - radius * cos(share * tau))}"

    far = 1 if end - begin > 0.5 else 0
    size = f"{number(radius)},{number(radius)}"
    middle = f"{number(at[0])},{number(at[1])}"
    return f"M{middle}L{rim(begin)}A{size} 0 {far} 1 {rim(end)}Z"


def colour_of(group: str) -> str:
    """Return the name of the colour of a family of assets.

    Examples
    --------
    >>> colour_of("Bio & geo"), colour_of("On-site gas"), colour_of("AI campuses")
    ('--g-bio-geo', '--g-on-site-gas', '--g-campus')
    """
    names = {"AI campuses": "campus"}
    plain = names.get(group, group.lower().replace("&", "").replace("  ", " ").replace(" ", "-"))
    return f"--g-{plain}"


def _label(text: str, at: Point, scale: Scale, *, anchor: str, kind: str) -> str:
    size = FONT_PX * scale.pixel
    attributes: dict[str, str | float] = {
        "class": kind,
        "x": at[0],
        "y": at[1],
        "font-size": size,
        "text-anchor": anchor,
        "stroke-width": 3.0 * scale.pixel if "halo" in kind else 0.0,
    }
    return words("text", attributes, text)


def _area(text: str, at: Point, scale: Scale, anchor: str) -> Area:
    size = FONT_PX * scale.pixel
    wide = GLYPH_FRAC * size * len(text)
    left = at[0] - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * wide
    return Area(left, at[1] - 0.8 * size, left + wide, at[1] + 0.2 * size)
