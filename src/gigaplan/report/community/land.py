"""The shapes of the states, and where a place stands among them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, radians, sin, sqrt
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]

SCALE: Final = 1300.0
MIDDLE: Final = (487.5, 305.0)
"""Scale and middle that the shipped map of states is drawn with."""

_POSTAL: Final = {
    code[:2]: code[2:]
    for code in (
        "01AL 04AZ 05AR 06CA 08CO 09CT 10DE 11MD 12FL 13GA 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME "
        "24MD 25MA 26MI 27MN 28MS 29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR "
        "42PA 44RI 45SC 46SD 47TN 48TX 49UT 50VT 51VA 53WA 54WV 55WI 56WY"
    ).split()
}


@dataclass(frozen=True)
class Box:
    """A part of the map: its left and top edge, its width and its height."""

    left: float
    top: float
    wide: float
    tall: float

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Return whether a point is inside, at least ``margin`` from every edge."""
        across, down = point[0] - self.left, point[1] - self.top
        return margin <= across <= self.wide - margin and margin <= down <= self.tall - margin


def project(
    longitude_deg: float,
    latitude_deg: float,
    *,
    scale: float = SCALE,
    middle: Point = MIDDLE,
) -> Point:
    r"""Return where a place stands on the map of the lower 48 states.

    Albers' equal-area conic projection with standard parallels 29.5 and 45.5 degrees, turned to
    96 degrees west and centred at 38.7 degrees north, 96.6 degrees west, with
    :math:`n = (\sin\varphi_1 + \sin\varphi_2)/2`:

    .. math::

        \rho = \sqrt{1 + \sin\varphi_1 (2n - \sin\varphi_1) - 2n\sin\varphi} / n, \qquad
        x = \rho \sin n\lambda, \qquad y = \rho \cos n\lambda

    Parameters
    ----------
    longitude_deg, latitude_deg
        Place [deg].
    scale, middle
        Units of the map for a radian, and where its centre stands.

    References
    ----------
    Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987), pages 98-103.
    """
    across, down = _conic(longitude_deg + 96.0, latitude_deg)
    x0, y0 = _conic(-0.6, 38.7)
    return middle[0] + scale * (across - x0), middle[1] + scale * (down - y0)


def _conic(longitude_deg: float, latitude_deg: float) -> Point:
    first, second = sin(radians(29.5)), sin(radians(45.5))
    n = (first + second) / 2.0
    radius = sqrt(1.0 + first * (2.0 * n - first) - 2.0 * n * sin(radians(latitude_deg))) / n
    angle = n * radians(longitude_deg)
    return radius * sin(angle), radius * cos(angle)


@cache
def shapes() -> dict[str, tuple[Ring, ...]]:
    """Return the outlines of every state of the lower 48, by its two letters.

    The District of Columbia is inside Maryland.
    """
    path = files("gigaplan.report") / "static/maps/us-states.json"
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_unpacked(arc, topology["transform"]) for arc in topology["arcs"]]
    found: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["states"]["geometries"]:
        zone = _POSTAL.get(geometry["id"])
        if zone is not None:
            parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
            rings = [_ring(numbers, arcs) for part in parts for numbers in part]
            found.setdefault(zone, []).extend(rings)
    return {zone: tuple(rings) for zone, rings in found.items()}


def _unpacked(arc: Sequence[Sequence[int]], transform: dict[str, list[float]]) -> Ring:
    """Return the points of an arc, which is stored as steps from point to point."""
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return tuple(points)


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Return a closed line of arcs; an arc with a negative number runs backwards."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return tuple(points)


def box_around(zone: str, *, ratio: float, least: float = 70.0) -> Box:
    """Return the part of the map that shows a state with a margin.

    Parameters
    ----------
    zone
        State.
    ratio
        Width over height.
    least
        Smallest width, so that a small state stands among its neighbours.
    """
    xs = [x for ring in shapes()[zone] for x, _ in ring]
    ys = [y for ring in shapes()[zone] for _, y in ring]
    wide = max(1.24 * max(max(xs) - min(xs), ratio * (max(ys) - min(ys))), least)
    tall = wide / ratio
    return Box((min(xs) + max(xs) - wide) / 2.0, (min(ys) + max(ys) - tall) / 2.0, wide, tall)


def seen(box: Box) -> Iterator[tuple[str, list[Ring]]]:
    """Yield the states with the outlines that a part of the map may show."""
    for zone, rings in shapes().items():
        near = [ring for ring in rings if _meets(ring, box)]
        if near:
            yield zone, near


def _meets(ring: Ring, box: Box) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (
        min(xs) < box.left + box.wide
        and max(xs) > box.left
        and min(ys) < box.top + box.tall
        and max(ys) > box.top
    )
