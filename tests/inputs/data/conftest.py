"""A small data package of its own: three tables of text, one hourly profile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gigaplan.inputs.dataset import Dataset, load_dataset
from gigaplan.inputs.frames import write_parquet
from gigaplan.inputs.schema import TableSchema, read_schemas

HEADER = "column,type,unit,key,required,minimum,maximum,references,allowed,description\n"

SCHEMAS = {
    "zones": "zone,string,,yes,yes,,,,,Short name\n"
    "name,string,,no,yes,,,,,Name\n"
    "latitude_deg,number,deg,no,yes,-90,90,,,Latitude\n"
    "interconnection,string,,no,yes,,,,eastern|western|texas,Grid\n",
    "chips": "chip,string,,yes,yes,,,,,Short name\n"
    "zone,string,,no,yes,,,zones.zone,,Where it is made\n"
    "unit_cost_usd,number,USD,no,yes,0,100000,,,Cost of one\n"
    "life_years,integer,years,no,no,1,40,,,How long it serves\n"
    "domestic,boolean,,no,yes,,,,,Whether it is made at home\n",
    "annual_demand": "zone,string,,yes,yes,,,zones.zone,,Zone\n"
    "year,integer,,yes,yes,2020,2060,,,Year\n"
    "case,string,,yes,yes,,,,low|high,Case\n"
    "demand_twh,number,TWh,no,yes,0,1000,,,Energy of a year\n",
    "load_profile": "hour_utc,integer,h,yes,yes,0,8759,,,Hour\n"
    "*,number,,no,yes,0,10,zones.zone,,Load over its mean\n",
}

TABLES = {
    "zones": "zone,name,latitude_deg,interconnection\n"
    "TX,Texas,31.5,texas\nOK,Oklahoma,35.6,eastern\nCA,California,37.2,western\n",
    "chips": "chip,zone,unit_cost_usd,life_years,domestic\n"
    "alpha,TX,31000,5,true\nbeta,CA,250.5,,false\n",
    "annual_demand": "zone,year,case,demand_twh\n"
    + "".join(
        f"{zone},{year},{case},{year - 1900}\n"
        for zone in ("TX", "OK", "CA")
        for year in (2026, 2030)
        for case in ("low", "high")
    ),
}


@pytest.fixture
def schemas(tmp_path: Path) -> Mapping[str, TableSchema]:
    """Schemas of the small package."""
    folder = tmp_path / "schemas"
    folder.mkdir()
    for name, rows in SCHEMAS.items():
        (folder / f"{name}.csv").write_text(HEADER + rows, encoding="utf-8")
    return read_schemas(folder)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Folder of the small package; every table is right."""
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    write_parquet(profile(), folder / "load_profile.parquet")
    return folder


def profile() -> pd.DataFrame:
    """Return a load profile of 8760 hours for three zones."""
    hours = np.arange(8760)
    shape = 1 + 0.2 * np.sin(hours * 2 * np.pi / 24)
    return pd.DataFrame({"hour_utc": hours, "TX": shape, "OK": shape, "CA": shape[::-1].copy()})


@pytest.fixture(scope="session")
def us() -> Dataset:
    """The shipped package."""
    return load_dataset("us")
