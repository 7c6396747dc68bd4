"""The map of a state: where places stand, and what sizes mean."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from tests.report.synthetic_community import community_plan

from gigaplan.inputs.dataset import load_dataset
from gigaplan.report.community.figures import figures_of
from gigaplan.report.community.job_bars import job_bars
from gigaplan.report.community.land import Point, Ring, box_around, project, seen, shapes
from gigaplan.report.community.people import Span, YearOfJobs
from gigaplan.report.community.state_map import colour_of, state_map
from gigaplan.report.groups import GROUPS

TEXAS = {"TX": (-99.3, 31.5), "OK": (-97.5, 35.6), "LA": (-92.0, 31.0)}


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [
        (-122.4194, 37.7749, 107.4, 214.1),
        (-74.0059, 40.7128, 794.6, 176.5),
        (-95.9928, 36.1540, 488.8, 298.0),
    ],
)
def test_places_stand_where_d3_puts_them(
    longitude: float, latitude: float, x: float, y: float
) -> None:
    """San Francisco, New York and Tulsa, from d3-geo's own tests of geoAlbersUsa."""
    spot = project(longitude, latitude, scale=1070.0, middle=(480.0, 250.0))
    assert spot == pytest.approx((x, y), abs=0.1)


def inside(point: Point, rings: tuple[Ring, ...]) -> bool:
    """Return whether a point is inside of outlines, by counting crossings."""
    crossings = 0
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (y0 > point[1]) != (y1 > point[1]):
                at = x0 + (point[1] - y0) / (y1 - y0) * (x1 - x0)
                crossings += at > point[0]
    return crossings % 2 == 1


def test_the_middle_of_every_state_is_inside_its_own_outline() -> None:
    zones = load_dataset("us").table("zones")
    middles = {
        row.zone: project(row.longitude_deg, row.latitude_deg)
        for row in zones.itertuples()
        if row.zone in shapes()
    }
    assert len(middles) == len(shapes()) == 48
    assert [zone for zone, at in middles.items() if not inside(at, shapes()[zone])] == []


@pytest.mark.parametrize("zone", ["RI", "TX", "CA", "MI", "DE"])
def test_the_box_holds_the_whole_state_and_its_neighbours(zone: str) -> None:
    box = box_around(zone, ratio=1.45)
    assert box.wide / box.tall == pytest.approx(1.45)
    assert all(box.holds(point) for ring in shapes()[zone] for point in ring)
    assert len(list(seen(box))) >= 3


def drawn(given: int = 2) -> ET.Element:
    figures = figures_of(community_plan(given=given), "TX")
    return ET.fromstring(state_map(figures, TEXAS))


def test_areas_stand_for_capacity() -> None:
    figures = figures_of(community_plan(given=2), "TX")
    circles = drawn().findall("circle")
    by_kind = {str(circle.get("class")): float(circle.get("r") or 0) for circle in circles}
    ratio = (by_kind["campus"] / by_kind["given"]) ** 2
    assert ratio == pytest.approx(figures.campus_mw / figures.given[-1].facility_mw, rel=0.02)


def test_slices_of_new_power_go_once_around() -> None:
    power = [path for path in drawn().findall("path") if path.get("style")]
    first = re.match(r"M(\S+),(\S+)L(\S+),(\S+?)A", str(power[0].get("d")))
    last = re.search(r" 1 (\S+),(\S+)Z$", str(power[-1].get("d")))
    assert first is not None
    assert last is not None
    assert math.dist(map(float, first.group(3, 4)), map(float, last.group(1, 2))) < 0.02


def test_corridors_that_the_plan_builds_are_named_with_their_size() -> None:
    texts = [text.text or "" for text in drawn().findall("text")]
    assert any(re.fullmatch(r"OK \+\d+ MW", text) for text in texts)
    assert {"new campuses", "new power", "1", "2"} <= set(texts)


def test_only_the_largest_given_campuses_have_numbers_and_none_lie_on_each_other() -> None:
    numbers = [text for text in drawn(given=14).findall("text") if (text.text or "").isdigit()]
    assert {text.text for text in numbers} <= {"1", "2", "3", "4", "5", "6"}
    spots = [(float(text.get("x") or 0), float(text.get("y") or 0)) for text in numbers]
    size = float(numbers[0].get("font-size") or 0)
    apart = [math.dist(one, other) for one in spots for other in spots if one < other]
    assert min(apart) > 0.5 * size


def test_a_place_outside_the_map_has_none() -> None:
    figures = replace(figures_of(community_plan(), "TX"), zone="JP-E")
    assert state_map(figures, {"JP-E": (140.0, 36.0)}) == ""


def test_every_family_has_a_colour_of_the_report() -> None:
    from importlib.resources import files

    style = (files("gigaplan.report") / "static/style.css").read_text(encoding="utf-8")
    assert [group for group in GROUPS if f"{colour_of(group)}:" not in style] == []


def test_bars_are_as_high_as_the_counts() -> None:
    years = (
        YearOfJobs(2028, Span({"a": 100.0, "b": 300.0}), Span({"a": 0.0, "b": 0.0})),
        YearOfJobs(2029, Span({"a": 50.0, "b": 50.0}), Span({"a": 20.0, "b": 40.0})),
    )
    bars = ET.fromstring(job_bars(years)).findall("rect")
    heights = [(bar.get("class"), float(bar.get("height") or 0)) for bar in bars]
    unit = heights[0][1] / 100.0
    assert [(name, pytest.approx(height / unit, rel=0.01)) for name, height in heights] == [
        ("building", 100.0),
        ("building more", 200.0),
        ("building", 50.0),
        ("running", 20.0),
        ("running more", 20.0),
    ]
    feet = [float(bar.get("y") or 0) + float(bar.get("height") or 0) for bar in bars]
    assert feet[0] == feet[2] == feet[3]
    assert job_bars(()) == ""
