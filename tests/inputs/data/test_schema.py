"""Column schemas: those that ship, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from gigaplan.inputs.schema import read_schemas, shipped_schemas
from gigaplan.terms.errors import InputError

HEADER = "column,type,unit,key,required,minimum,maximum,references,allowed,description\n"
ZONE = "zone,string,,yes,yes,,,,,Short name\n"


def test_shipped_schemas_describe_every_column() -> None:
    schemas = shipped_schemas()
    assert len(schemas) > 20
    for schema in schemas.values():
        for column in schema.columns:
            assert column.description, f"{schema.name}.{column.name}"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ZONE + "area,float,,no,yes,,,,,Area\n",
            "zones.csv row 3: type is 'float', not string or "
            "integer or number or boolean. Mend the schema.",
        ),
        (
            "zone,string,,maybe,yes,,,,,Name\n",
            "zones.csv row 2: key is 'maybe', not yes or no. Mend the schema.",
        ),
        (
            ZONE + "area,number,,no,yes,small,,,,Area\n",
            "zones.csv row 3: minimum is 'small', not a number. Mend the schema.",
        ),
        (
            ZONE + "area,number,,no,yes,,,areas,,Area\n",
            "zones.csv row 3: references is 'areas', not table.column. Mend the schema.",
        ),
        (
            ZONE + "area,number,,no,yes,Area\n",
            "zones.csv row 3: The row has not 10 cells. Quote text that holds a comma.",
        ),
        (ZONE + ",number,,no,yes,,,,,Area\n", "zones.csv row 3: column is blank. Mend the schema."),
        (ZONE * 2, "zones.csv: A column is there twice. Keep one of the rows."),
        (
            "zone,string,,no,yes,,,,,Name\n",
            "zones.csv: No column is a key. Say yes under key for at least one.",
        ),
        (
            "zone,string,,yes,no,,,,,Name\n",
            "zones.csv: zone: a key cannot be blank. Mend the schema.",
        ),
        (
            ZONE + "sunny,boolean,,no,no,,,,,Sun\n",
            "zones.csv: sunny: true or false cannot be blank. Mend the schema.",
        ),
        (
            ZONE + "name,string,,no,yes,1,,,,Name\n",
            "zones.csv: name: only a number has bounds. Mend the schema.",
        ),
        (
            ZONE + "area,number,,no,yes,,,,1|2,Area\n",
            "zones.csv: area: only a string has allowed values. Mend the schema.",
        ),
        (
            ZONE + "area,number,,no,yes,9,1,,,Area\n",
            "zones.csv: area: the minimum is above the maximum. Mend the schema.",
        ),
        (
            ZONE + "next,string,,no,yes,,,zone.zone,,Next\n",
            "zones.csv: next: there is no table 'zone'. Did you mean 'zones'? Mend the schema.",
        ),
        (
            ZONE + "next,string,,no,yes,,,zones.name,,Next\n",
            "zones.csv: next: there is no column zones.name. Mend the schema.",
        ),
    ],
)
def test_a_schema_that_is_wrong(rows: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "zones.csv").write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_schemas(tmp_path)
    assert [str(fault) for fault in caught.value.faults] == [expected]


def test_a_header_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "zones.csv").write_text("column,type\nzone,string\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"zones\.csv: The header is column,type\. The header must"
    ):
        read_schemas(tmp_path)


def test_no_schema_at_all(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no column schema"):
        read_schemas(tmp_path)
