"""The manual's scenario reference holds every field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from gigaplan.inputs.faults import section_of
from gigaplan.inputs.scenario import Scenario, scenario_reference_markdown
from gigaplan.inputs.scenario.base import Section
from gigaplan.inputs.scenario.reference import _meaning_and_unit


def sections(model: type[BaseModel], path: str) -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield the path and type of a section and of those inside it."""
    yield path, model
    for name, field in model.model_fields.items():
        inner = section_of(field.annotation)
        if inner is not None:
            yield from sections(inner, f"{path}.{name}" if path else name)


def tables() -> dict[str, dict[str, list[str]]]:
    """Return the rows of the reference by section and field."""
    found: dict[str, dict[str, list[str]]] = {}
    heading = ""
    for line in scenario_reference_markdown().splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ").removesuffix(" (each of the list)")
            found[heading.replace("Top level", "")] = {}
        elif line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found[heading.replace("Top level", "")][cells[0].strip("`")] = cells[1:]
    return found


def test_every_field_has_a_row_with_type_default_and_meaning() -> None:
    reference = tables()
    expected = dict(sections(Scenario, ""))
    assert list(reference) == list(expected)
    for path, model in expected.items():
        assert list(reference[path]) == list(model.model_fields), path
        for name, (kind, _, default, _, meaning) in reference[path].items():
            assert kind, f"{path}.{name}"
            assert default, f"{path}.{name}"
            assert meaning.endswith("."), f"{path}.{name}"


@pytest.mark.parametrize(
    ("section", "field", "row"),
    [
        (
            "horizon",
            "base_year",
            [
                "whole number",
                "calendar year",
                "`2026`",
                "2024 to 2050",
                "Year in which decisions begin; lead times and discounting count from it.",
            ],
        ),
        (
            "limits.reserve",
            "margin_frac",
            [
                "number or empty",
                "frac",
                "empty",
                "0 to 1",
                "Margin above the peak in every region; empty: the data package's.",
            ],
        ),
        (
            "time",
            "keep_peak_day",
            [
                "true or false",
                "",
                "`true`",
                "",
                "Whether the day with the highest net load is one of the days.",
            ],
        ),
        (
            "overrides",
            "where",
            [
                "table of text or whole number or number by name",
                "",
                "**must be given**",
                "at least 1 entry",
                "Key columns and their values, so that one row is meant.",
            ],
        ),
    ],
)
def test_row(section: str, field: str, row: list[str]) -> None:
    assert tables()[section][field] == row


def test_quantities_say_their_unit() -> None:
    """A field whose name ends in a unit says it in words."""
    units = {
        "_mw": "MW",
        "_usd_b": "billion USD",
        "_frac": "frac",
        "_per_mwh": "USD",
        "_gw_by_zone": "GW",
        "_s": "s",
    }
    for path, rows in tables().items():
        for name, row in rows.items():
            for suffix, word in units.items():
                if name.endswith(suffix) and row[0].startswith(("number", "table of number")):
                    assert word in row[1], f"{path}.{name}"


def test_a_field_without_a_description_stops_the_manual() -> None:
    class Bare(Section):
        """A section."""

        seed: int = 0

    with pytest.raises(ValueError, match="The field bare.seed has no description"):
        _meaning_and_unit("bare.seed", Bare.model_fields["seed"])
