"""Malformed data packages: each ends in words that say what, where and how to mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from gigaplan.inputs import frames
from gigaplan.inputs import package as packages
from gigaplan.inputs.dataset import load_dataset
from gigaplan.inputs.frames import read_parquet, write_parquet
from gigaplan.inputs.schema import TableSchema
from gigaplan.terms.errors import InputError

Schemas = Mapping[str, TableSchema]
Spoil = Callable[[Path], None]
INFINITY = float("inf")


def replace(file: str, old: str, new: str) -> Spoil:
    """Return a change of a text file that replaces ``old``, which must be there once."""

    def spoil(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return spoil


def content(file: str, data: bytes) -> Spoil:
    """Return a change that gives a file another content."""

    def spoil(folder: Path) -> None:
        (folder / file).write_bytes(data)

    return spoil


def delete(*files: str) -> Spoil:
    """Return a change that deletes files."""

    def spoil(folder: Path) -> None:
        for file in files:
            (folder / file).unlink()

    return spoil


def in_profile(change: Callable[[pd.DataFrame], pd.DataFrame]) -> Spoil:
    """Return a change of the hourly profile."""

    def spoil(folder: Path) -> None:
        path = folder / "load_profile.parquet"
        write_parquet(change(read_parquet(path)), path)

    return spoil


def folder_instead_of_file(folder: Path) -> None:
    """Put a folder where a table should be."""
    (folder / "chips.csv").unlink()
    (folder / "chips.csv").mkdir()


CASES: dict[str, tuple[Spoil, list[str]]] = {
    "wrong type": (
        replace("chips.csv", "31000", "dear"),
        [
            "chips.csv row 2: unit_cost_usd is 'dear'. It must be a number. Write digits with a "
            "point: no thousands separator, no unit, no sign but + or -."
        ],
    ),
    "a part of an integer": (
        replace("chips.csv", ",5,true", ",5.5,true"),
        [
            "chips.csv row 2: life_years is '5.5'. It must be a whole number. "
            "Write digits only: no point, no thousands separator, no unit."
        ],
    ),
    "yes instead of true": (
        replace("chips.csv", "true", "yes"),
        ["chips.csv row 2: domestic is 'yes'. It must be true or false. Write true or false."],
    ),
    "negative cost": (
        replace("chips.csv", "250.5", "-3"),
        [
            "chips.csv row 3: unit_cost_usd is -3. A cost cannot be negative. "
            "Give a value of 0 or more, or drop the row."
        ],
    ),
    "unit slip": (
        replace("chips.csv", "31000", "31000000"),
        [
            "chips.csv row 2: unit_cost_usd is 31000000. The most that makes sense is 100000 USD. "
            "Give a value of 100000 or less, and check its unit."
        ],
    ),
    "below a minimum": (
        replace("zones.csv", "31.5", "-315"),
        [
            "zones.csv row 2: latitude_deg is -315. The least that makes sense is -90 deg. "
            "Give a value of -90 or more, and check its unit."
        ],
    ),
    "cell of a megabyte": (
        replace("chips.csv", "31000", "$" * 100_000),
        [
            f"chips.csv row 2: unit_cost_usd is '{'$' * 59}…. It must be a number. Write digits "
            "with a point: no thousands separator, no unit, no sign but + or -."
        ],
    ),
    "escape codes": (
        replace("zones.csv", "western", '"west\x1b[2J\nern"'),
        [
            r"zones.csv row 4: interconnection is 'west\x1b[2J\nern'. It must be eastern or "
            "western or texas. Did you mean 'western'?"
        ],
    ),
    "not a number": (
        replace("chips.csv", "31000", "NaN"),
        ["chips.csv row 2: unit_cost_usd is 'NaN'. It must be a finite number. Give a number."],
    ),
    "infinite, optional": (
        replace("chips.csv", "250.5,,", "250.5,inf,"),
        [
            "chips.csv row 3: life_years is 'inf'. It must be a finite number. "
            "Give a number, or leave the cell blank."
        ],
    ),
    "blank": (
        replace("zones.csv", "Oklahoma", "  "),
        ["zones.csv row 3: name is blank. Give a value."],
    ),
    "not allowed": (
        replace("zones.csv", ",western", ",westren"),
        [
            "zones.csv row 4: interconnection is 'westren'. It must be eastern or western or "
            "texas. Did you mean 'western'?"
        ],
    ),
    "unknown column": (
        replace("chips.csv", "unit_cost_usd", "unit_cots_usd"),
        [
            "chips.csv row 1: There is no column 'unit_cots_usd' in the table chips. "
            "Did you mean 'unit_cost_usd'?"
        ],
    ),
    "unknown and missing column": (
        replace("zones.csv", "interconnection", "colour"),
        [
            "zones.csv row 1: There is no column 'colour' in the table zones. "
            "Drop the column, or look for its name in the data dictionary.",
            "zones.csv row 1: The column interconnection is missing. Add it.",
        ],
    ),
    "column twice": (
        replace("zones.csv", "zone,name", "zone,zone"),
        ["zones.csv row 1: zone is there twice. Keep one of each."],
    ),
    "column without a name": (
        replace("zones.csv", "zone,name", "zone,"),
        ["zones.csv row 1: Column 2 has no name. Give it a name, or drop the column."],
    ),
    "duplicated row": (
        replace("zones.csv", "OK,Oklahoma,35.6,eastern\n", "OK,Oklahoma,35.6,eastern\n" * 2),
        ["zones.csv rows 3, 4: zone OK is there 2 times. Keep one of the rows."],
    ),
    "dangling reference": (
        replace("chips.csv", "beta,CA", "beta,Cal"),
        [
            "chips.csv row 3: zone is Cal, which is not in zones.zone. Did you mean 'CA'?",
        ],
    ),
    "zone without rows": (
        replace("annual_demand.csv", "OK,2030,low,130\n", ""),
        ["annual_demand.csv: There is no row for year case zone: 2030 low OK. Add it."],
    ),
    "missing file": (
        delete("annual_demand.csv"),
        [
            "small: The table annual_demand is missing. "
            "A folder replaces the shipped package as a whole: copy the others from it, such as "
            "with 'gigaplan data show annual_demand --csv > annual_demand.csv'."
        ],
    ),
    "only some tables": (
        delete("annual_demand.csv", "chips.csv"),
        [
            "small: 2 of 4 tables are missing: annual_demand, chips. "
            "A folder replaces the shipped package as a whole: copy the others from it, such as "
            "with 'gigaplan data show annual_demand --csv > annual_demand.csv'."
        ],
    ),
    "semicolons": (
        content("chips.csv", b"chip;zone;cost\nalpha;TX;3\n"),
        [
            "chips.csv row 1: The cells are separated by semicolons, not by commas. "
            "Save the file as 'CSV UTF-8', with commas."
        ],
    ),
    "unknown file": (
        content("chip.csv", b"chip\nalpha\n"),
        ["chip.csv: There is no table 'chip'. Did you mean 'chips'?"],
    ),
    "table twice": (
        content("load_profile.csv", b"hour_utc\n0\n"),
        ["small: The table load_profile is there as .csv, .parquet. Keep one of the files."],
    ),
    "not UTF-8": (
        content("zones.csv", "zone,name\nXX,Québec\n".encode("latin-1")),
        [
            "zones.csv line 2: The bytes are not UTF-8 (the first such byte is 0xe9). "
            "Save the file as 'CSV UTF-8'."
        ],
    ),
    "UTF-16": (
        content("zones.csv", "zone,name\n".encode("utf-16")),
        [
            "zones.csv line 1: The bytes are not UTF-8 (the first such byte is 0xff). "
            "Save the file as 'CSV UTF-8'."
        ],
    ),
    "50 MB": (
        content("zones.csv", b"zone,name,latitude_deg,interconnection\n" + b"x" * 52_000_000),
        [
            "zones.csv: The file holds 52.0 MB; a table may hold at most 50 MB. "
            "Drop rows or columns that the schema does not ask for."
        ],
    ),
    "empty": (
        content("zones.csv", b""),
        ["zones.csv: The file is empty. Give a header and rows."],
    ),
    "header only": (
        content("zones.csv", b"zone,name,latitude_deg,interconnection\n"),
        ["zones.csv: There is a header, but no row. Add rows."],
    ),
    "ragged": (
        replace("zones.csv", "CA,California,37.2", "CA,California,United States,37.2"),
        [
            "zones.csv row 4: The row has 5 cells, but the header has 4. "
            "Add or drop commas, and quote text that holds a comma."
        ],
    ),
    "blank line": (
        replace("zones.csv", "CA,", "\nCA,"),
        ["zones.csv row 4: The row is blank. Delete it."],
    ),
    "open quote": (
        replace("zones.csv", "California", '"California'),
        [
            "zones.csv line 4: The text is not CSV: unexpected end of data. "
            "Look for a quotation mark that is not closed."
        ],
    ),
    "Parquet garbage": (
        content("load_profile.parquet", b"PAR1 this is no table PAR1"),
        [
            "load_profile.parquet: The file is not a Parquet file, or it is damaged. "
            "Write it again, or give the table as CSV."
        ],
    ),
    "text named Parquet": (
        content("load_profile.parquet", b"hour_utc,TX\n0,1\n"),
        [
            "load_profile.parquet: The file is not a Parquet file, or it is damaged. "
            "Write it again, or give the table as CSV."
        ],
    ),
    "wrong zone in a profile": (
        in_profile(lambda frame: frame.rename(columns={"TX": "TXX"})),
        [
            "load_profile.parquet: The column 'TXX' is not in zones.zone. Did you mean 'TX'?",
            "load_profile.parquet: There is no column for zone TX. Add the column.",
        ],
    ),
    "hours missing": (
        in_profile(lambda frame: frame.iloc[:-24]),
        [
            "load_profile.parquet: hour_utc has 8,736 rows from 0 to 8735. "
            "Give each hour of a year of 365 days once: 0 to 8759."
        ],
    ),
    "NaN in a profile": (
        in_profile(lambda frame: frame.assign(OK=frame["OK"].where(frame["hour_utc"] != 7))),
        ["load_profile.parquet row 8: OK is blank. Give a value."],
    ),
    "infinite in a profile": (
        in_profile(
            lambda frame: frame.assign(OK=frame["OK"].where(frame["hour_utc"] != 7, INFINITY))
        ),
        ["load_profile.parquet row 8: OK is inf. It must be a finite number. Give a number."],
    ),
    "texts in a profile": (
        in_profile(lambda frame: frame.assign(OK="high")),
        [
            "load_profile.parquet rows 1, 2, 3, 4, 5 and 8,755 more: OK is 'high', 'high', 'high', "
            "'high', 'high' and 8,755 more. It must be a number. Write digits with a point: "
            "no thousands separator, no unit, no sign but + or -."
        ],
    ),
    "folder instead of file": (
        folder_instead_of_file,
        ["chips.csv: It is a folder, not a file. Put a file there."],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_malformed_package_is_refused_in_words(case: str, package: Path, schemas: Schemas) -> None:
    spoil, expected = CASES[case]
    spoil(package)
    with pytest.raises(InputError) as caught:
        load_dataset(str(package), schemas=schemas)
    assert [str(fault) for fault in caught.value.faults] == expected
    noun = "fault" if len(expected) == 1 else "faults"
    assert caught.value.headline == f"The data package in {package} has {len(expected)} {noun}."
    assert caught.value.exit_code == 2


def test_all_faults_of_a_package_are_reported_at_once(package: Path, schemas: Schemas) -> None:
    for case in ("negative cost", "duplicated row", "hours missing"):
        CASES[case][0](package)
    with pytest.raises(InputError) as caught:
        load_dataset(str(package), schemas=schemas)
    expected = [CASES[case][1][0] for case in ("negative cost", "duplicated row", "hours missing")]
    assert sorted(str(fault) for fault in caught.value.faults) == sorted(expected)


def test_at_most_five_rows_are_named(package: Path, schemas: Schemas) -> None:
    text = (package / "annual_demand.csv").read_text(encoding="utf-8")
    (package / "annual_demand.csv").write_text(text.replace(",1", ",-1"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_dataset(str(package), schemas=schemas)
    assert [str(fault) for fault in caught.value.faults] == [
        "annual_demand.csv rows 2, 3, 4, 5, 6 and 7 more: demand_twh is -126, -126, -130, -130, "
        "-126 and 7 more. An amount of energy cannot be negative. "
        "Give a value of 0 or more, or drop the row."
    ]


def test_only_twenty_faults_are_listed(package: Path, schemas: Schemas) -> None:
    for number in range(23):
        (package / f"extra_{number:02}.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_dataset(str(package), schemas=schemas)
    assert caught.value.headline == f"The data package in {package} has 23 faults."
    assert len(caught.value.faults) == 21
    assert str(caught.value.faults[-1]) == "3 more faults are not listed. Mend these first."


def test_parquet_that_unpacks_to_too_many_cells(
    package: Path, schemas: Schemas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "MOST_CELLS", 35_000)
    with pytest.raises(InputError) as caught:
        load_dataset(str(package), schemas=schemas)
    assert [str(fault) for fault in caught.value.faults] == [
        "load_profile.parquet: The file holds 35,040 cells; a table may hold at most 35,000 cells. "
        "Drop rows or columns that the schema does not ask for."
    ]


def test_csv_of_too_many_cells(
    package: Path, schemas: Schemas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "MOST_CELLS", 40_000)
    (package / "zones.csv").write_bytes(
        b"zone,name,latitude_deg,interconnection\n" + b"\n" * 40_000
    )
    with pytest.raises(InputError) as caught:
        load_dataset(str(package), schemas=schemas)
    assert [str(fault) for fault in caught.value.faults] == [
        "zones.csv: The file holds more than 40,000 cells; a table may hold at most 40,000 cells. "
        "Drop rows or columns that the schema does not ask for."
    ]


def test_folder_is_missing(
    tmp_path: Path, schemas: Schemas, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shipped" / "us").mkdir(parents=True)
    monkeypatch.setattr(packages, "SHIPPED_PACKAGES", tmp_path / "shipped")
    with pytest.raises(InputError) as caught:
        load_dataset("nowhere", base=tmp_path, schemas=schemas)
    assert str(caught.value) == (
        "The data package 'nowhere' cannot be used.\n"
        f"  - {tmp_path / 'nowhere'}: There is neither a shipped package of this name nor such a "
        "folder. Give a folder, or one of the shipped packages: us."
    )


def test_shipped_name_is_mistyped(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_dataset("uss", base=tmp_path)
    assert str(caught.value.faults[0]).endswith("Did you mean 'us'?")


def test_file_instead_of_folder(package: Path, schemas: Schemas) -> None:
    with pytest.raises(InputError) as caught:
        load_dataset(str(package / "zones.csv"), schemas=schemas)
    assert [str(fault) for fault in caught.value.faults] == [
        f"{package / 'zones.csv'}: It is a file, not a folder. "
        "Give the folder that holds its tables."
    ]


def test_byte_order_mark_is_accepted(package: Path, schemas: Schemas) -> None:
    plain = load_dataset(str(package), schemas=schemas)
    text = (package / "zones.csv").read_text(encoding="utf-8")
    (package / "zones.csv").write_text(text, encoding="utf-8-sig")
    assert load_dataset(str(package), schemas=schemas).sha256 == plain.sha256


@pytest.mark.parametrize("at", [4, 40, 400, 4_000, 40_000])
def test_damaged_parquet_never_loads_in_silence(at: int, package: Path, schemas: Schemas) -> None:
    path = package / "load_profile.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:at])
    with pytest.raises(InputError, match="has 1 fault"):
        load_dataset(str(package), schemas=schemas)
