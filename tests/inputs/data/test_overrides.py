"""Overrides of single cells, and what is said when they cannot be applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gigaplan.inputs.dataset import load_dataset
from gigaplan.inputs.schema import Column, TableSchema
from gigaplan.terms.errors import InputError

NEWLINES = r"\n" * 60
Schemas = Mapping[str, TableSchema]


@dataclass(frozen=True)
class Override:
    """What a scenario says about one cell."""

    table: str = "annual_demand"
    where: Mapping[str, str | int | float] = field(
        default_factory=lambda: {"zone": "OK", "year": 2030, "case": "low"}
    )
    column: str = "demand_twh"
    value: str | int | float | bool = 140


def faults(package: Path, schemas: Schemas, *overrides: Override) -> list[str]:
    """Return the faults of overrides that cannot be applied."""
    with pytest.raises(InputError) as caught:
        load_dataset(str(package), overrides=overrides, schemas=schemas)
    return [str(fault) for fault in caught.value.faults]


def test_one_cell_changes_and_no_other(package: Path, schemas: Schemas) -> None:
    before = load_dataset(str(package), schemas=schemas)
    after = load_dataset(str(package), overrides=[Override()], schemas=schemas)
    changed = before.table("annual_demand").compare(after.table("annual_demand"))
    assert changed.shape == (1, 2)
    row = after.table("annual_demand").loc[changed.index[0]]
    assert row.to_dict() == {"zone": "OK", "year": 2030, "case": "low", "demand_twh": 140.0}
    assert before.sha256 != after.sha256


@pytest.mark.parametrize(
    ("column", "value"),
    [("domestic", True), ("life_years", 7), ("life_years", 7.0), ("zone", "OK")],
)
def test_every_type_can_be_replaced(
    column: str, value: str | float | bool, package: Path, schemas: Schemas
) -> None:
    override = Override("chips", {"chip": "beta"}, column, value)
    table = load_dataset(str(package), overrides=[override], schemas=schemas).table("chips")
    assert table.loc[1, column] == value


def test_a_cell_of_a_wide_table_can_be_replaced(package: Path, schemas: Schemas) -> None:
    override = Override("load_profile", {"hour_utc": 5}, "TX", 2.5)
    table = load_dataset(str(package), overrides=[override], schemas=schemas).table("load_profile")
    assert table.loc[5, "TX"] == 2.5


def test_the_value_that_is_there_leaves_the_hash_alone(package: Path, schemas: Schemas) -> None:
    plain = load_dataset(str(package), schemas=schemas)
    same = load_dataset(str(package), overrides=[Override(value=130)], schemas=schemas)
    assert plain.sha256 == same.sha256


CASES: dict[str, tuple[Override, str]] = {
    "unknown table": (
        Override(table="anual_demand"),
        "overrides.0.table: There is no table 'anual_demand'. Did you mean 'annual_demand'?",
    ),
    "unknown table, nothing near": (
        Override(table="weather"),
        "overrides.0.table: There is no table 'weather'. "
        "There are annual_demand, chips, load_profile, zones.",
    ),
    "unknown column": (
        Override(column="demand_mwh"),
        "overrides.0.column: The table annual_demand has no column 'demand_mwh'. "
        "Did you mean 'demand_twh'?",
    ),
    "key column": (
        Override(column="year", value=2031),
        "overrides.0.column: year names the rows of annual_demand and cannot be replaced. "
        "Replace a value, or give a data package of your own.",
    ),
    "unknown column in where": (
        Override(where={"zones": "OK"}),
        "overrides.0.where: The table annual_demand has no column 'zones'. Did you mean 'zone'?",
    ),
    "empty where": (
        Override(where={}),
        "overrides.0.where: It names no row. Name the row by zone and year and case.",
    ),
    "zone typo": (
        Override(where={"zone": "OKK", "year": 2030, "case": "low"}),
        "overrides.0.where.zone: No row of annual_demand has zone OKK. Did you mean 'OK'?",
    ),
    "no such year": (
        Override(where={"zone": "OK", "year": 2031, "case": "low"}),
        "overrides.0.where.year: No row of annual_demand has year 2031. There are 2026, 2030.",
    ),
    "text instead of a year": (
        Override(where={"zone": "OK", "year": "2030", "case": "low"}),
        "overrides.0.where.year: year is '2030'. It must be a whole number. Mend the value.",
    ),
    "labels that never meet": (
        Override("chips", {"chip": "beta", "zone": "TX"}, "life_years", 3),
        "overrides.0.where: No row of chips has chip beta and zone TX. "
        "With chip beta there are zone CA.",
    ),
    "more than one row": (
        Override(where={"zone": "OK"}),
        "overrides.0.where: 4 rows of annual_demand have zone OK. "
        "Add year and case, so that one row is left.",
    ),
    "wrong type": (
        Override(value="much"),
        "overrides.0.value: demand_twh is 'much'. It must be a number. Mend the value.",
    ),
    "true is no number": (
        Override(value=True),
        "overrides.0.value: demand_twh is True. It must be a number. Mend the value.",
    ),
    "a part of an integer": (
        Override("chips", {"chip": "beta"}, "life_years", 2.5),
        "overrides.0.value: life_years is 2.5. It must be a whole number. Mend the value.",
    ),
    "negative": (
        Override(value=-5),
        "overrides.0.value: demand_twh is -5. An amount of energy cannot be negative. "
        "Give a value of 0 or more.",
    ),
    "too large": (
        Override(value=140_000.0),
        "overrides.0.value: demand_twh is 140000.0. The most that makes sense is 1000 TWh. "
        "Give a value of 1000 or less, and check its unit.",
    ),
    "a number of a thousand digits": (
        Override(value=10**1000),
        f"overrides.0.value: demand_twh is 1{'0' * 59}…. It must be a number. Mend the value.",
    ),
    "a text of a megabyte": (
        Override(value="x" * 1_000_000),
        f"overrides.0.value: demand_twh is '{'x' * 59}…. It must be a number. Mend the value.",
    ),
    "a table of a megabyte": (
        Override(table="\n" * 1_000_000),
        f"overrides.0.table: There is no table '{NEWLINES}…'. "
        "There are annual_demand, chips, load_profile, zones.",
    ),
    "not a number": (
        Override(value=float("nan")),
        "overrides.0.value: demand_twh is nan. It must be a finite number. Give a number.",
    ),
    "not allowed": (
        Override("zones", {"zone": "TX"}, "interconnection", "ercot"),
        "overrides.0.value: interconnection is 'ercot'. It must be eastern or western or texas. "
        "Choose one of these.",
    ),
    "dangling": (
        Override("chips", {"chip": "beta"}, "zone", "TXX"),
        "overrides.0.value: zone is TXX, which is not in zones.zone. Did you mean 'TX'?",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_override_that_cannot_be_applied(case: str, package: Path, schemas: Schemas) -> None:
    override, expected = CASES[case]
    assert faults(package, schemas, override) == [expected]


def test_all_faults_are_reported_at_once(package: Path, schemas: Schemas) -> None:
    with pytest.raises(InputError) as caught:
        load_dataset(
            str(package),
            overrides=[Override(value=-5), Override(), Override(table="x")],
            schemas=schemas,
        )
    assert caught.value.headline == "2 overrides of the data package cannot be applied."
    assert [fault.where for fault in caught.value.faults] == [
        "overrides.0.value",
        "overrides.2.table",
    ]


def test_the_place_in_the_scenario_is_named(package: Path, schemas: Schemas) -> None:
    def place_of(*path: str | int) -> str:
        return f"plan.yaml:9:5: {path}"

    with pytest.raises(InputError) as caught:
        load_dataset(
            str(package),
            overrides=[Override(where={"zone": "OKK"})],
            place_of=place_of,
            schemas=schemas,
        )
    assert caught.value.faults[0].where == "plan.yaml:9:5: ('overrides', 0, 'where', 'zone')"


def test_the_same_cell_twice_is_refused(package: Path, schemas: Schemas) -> None:
    assert faults(package, schemas, Override(), Override(value=150)) == [
        "overrides.1: It replaces the same cell as overrides.0. Keep one of the two."
    ]


def test_a_gap_that_an_override_tears_is_named(
    us_like: Path, schemas_with_windows: Schemas
) -> None:
    override = Override("accelerators", {"accelerator": "alpha"}, "available_to_year", 2020)
    with pytest.raises(InputError) as caught:
        load_dataset(str(us_like), overrides=[override], schemas=schemas_with_windows)
    assert str(caught.value) == (
        "With the overrides of the scenario, the data package has 1 fault.\n"
        "  - accelerators.csv row 2: available_to_year is before available_from_year for alpha. "
        "Swap the years, or mend one."
    )


@pytest.fixture
def us_like(package: Path) -> Path:
    """Add accelerators to the small package."""
    text = "accelerator,available_from_year,available_to_year\nalpha,2025,2028\n"
    (package / "accelerators.csv").write_text(text, encoding="utf-8")
    return package


@pytest.fixture
def schemas_with_windows(schemas: Schemas) -> Schemas:
    """Add the schema of accelerators to the small schemas."""
    key = Column("accelerator", "string", key=True)
    years = [Column(f"available_{end}_year", "integer") for end in ("from", "to")]
    return {**schemas, "accelerators": TableSchema("accelerators", (key, *years))}
