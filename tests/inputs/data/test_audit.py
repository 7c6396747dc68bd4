"""The audit passes the shipped package, and catches every fault that is planted in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest

from gigaplan.inputs.audit import AuditReport, audit, audit_package
from gigaplan.inputs.audit.report import total_check, verdict
from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.package import SHIPPED_PACKAGES
from gigaplan.terms.errors import InputError

TODAY = date(2026, 11, 24)
NATIONAL_TOTALS = 12

Plant = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture(scope="module")
def report(us: Dataset) -> AuditReport:
    """Audit of the package as it ships."""
    return audit(us, TODAY)


def planted(us: Dataset, table: str, plant: Plant) -> AuditReport:
    """Audit the shipped package with one table changed."""
    tables = {**us.tables, table: plant(us.table(table))}
    return audit(replace(us, tables=tables), TODAY)


def cell(where: dict[str, object], column: str, change: Callable[[float], object]) -> Plant:
    """Return a change of the one cell that ``where`` names."""

    def plant(frame: pd.DataFrame) -> pd.DataFrame:
        rows = (frame[list(where)] == pd.Series(where)).all(axis=1)
        assert rows.sum() == 1
        frame.loc[rows, column] = change(frame.loc[rows, column].iloc[0])
        return frame

    return plant


def without(where: dict[str, object]) -> Plant:
    """Return a change that drops the rows that ``where`` names."""

    def plant(frame: pd.DataFrame) -> pd.DataFrame:
        rows = (frame[list(where)] == pd.Series(where)).all(axis=1)
        assert rows.any()
        return frame[~rows].reset_index(drop=True)

    return plant


def first_row_twice(frame: pd.DataFrame) -> pd.DataFrame:
    """Repeat the first row at the end."""
    return pd.concat([frame, frame.head(1)], ignore_index=True)


def test_the_shipped_package_passes(report: AuditReport) -> None:
    assert [f"{check.name}: {check.detail}" for check in report.failed] == []
    assert report.ok


def test_national_totals_are_checked(report: AuditReport) -> None:
    totals = [check for check in report.checks if check.group == "totals"]
    assert len(totals) >= NATIONAL_TOTALS
    for check in totals:
        assert check.expected is not None
        assert check.tolerance is not None
        assert 0 < check.tolerance <= 0.3
        assert check.source
        assert check.unit


def test_every_group_of_checks_ran(report: AuditReport) -> None:
    groups = {check.group for check in report.checks}
    assert groups == {"schema", "coverage", "provenance", "totals", "consistency", "magnitude"}


def test_names_of_checks_are_unique(report: AuditReport) -> None:
    names = [check.name for check in report.checks]
    assert len(names) == len(set(names))


PLANTED: dict[str, tuple[str, Plant, str]] = {
    "unit slip of a cost": (
        "asset_costs",
        cell(
            {"asset": "gas_cc", "year": 2030},
            "overnight_capex_usd2025_per_kw",
            lambda value: value * 1000,
        ),
        "The most that makes sense is",
    ),
    "unit slip of a demand": (
        "annual_demand",
        cell({"zone": "VT", "year": 2030, "case": "low"}, "demand_twh", lambda value: value * 1000),
        "The most that makes sense is 2000 TWh. Give a value of 2000 or less, and check its unit.",
    ),
    "unit slip downwards": (
        "annual_demand",
        cell({"zone": "VT", "year": 2030, "case": "low"}, "demand_twh", lambda value: value / 1000),
        "demand_twh of VT low is",
    ),
    "unit slip of a whole column": (
        "existing_capacity",
        lambda frame: frame.assign(capacity_mw=frame["capacity_mw"] / 1000),
        "% below",
    ),
    "zone without rows": (
        "campus_power_use",
        without({"zone": "WY"}),
        "campus_power_use.csv: There is no row for zone: WY. Add it.",
    ),
    "zone without a column": (
        "load_profile",
        lambda frame: frame.drop(columns="WY"),
        "load_profile.parquet: There is no column for zone WY. Add the column.",
    ),
    "negative cost": (
        "asset_costs",
        cell({"asset": "gas_cc", "year": 2030}, "fixed_om_usd2025_per_kw_yr", lambda value: -value),
        "A cost cannot be negative. Give a value of 0 or more, or drop the row.",
    ),
    "dangling key": (
        "capacity_changes",
        lambda frame: frame.assign(asset=frame["asset"].where(frame.index != 3, "coall")),
        "capacity_changes.csv row 5: asset is coall, which is not in assets.asset. "
        "Did you mean 'coal'?",
    ),
    "stale row": (
        "sources",
        cell({"table": "annual_demand"}, "source_year", lambda value: 2012),
        "Source of 2012; stale after",
    ),
    "duplicated row": (
        "emission_rates",
        first_row_twice,
        "is there 2 times. Keep one of the rows.",
    ),
    "table without a source": (
        "sources",
        without({"table": "corridors"}),
        "sources.csv has no row for corridors. Add one.",
    ),
    "source of a table that is not there": (
        "sources",
        lambda frame: pd.concat([frame, frame.head(1).assign(table="zoness")], ignore_index=True),
        "sources.csv names the table zoness, which does not exist. Did you mean 'zones'?",
    ),
    "day that is no day": (
        "sources",
        cell({"table": "corridors"}, "retrieved_on", lambda _: "23 November"),
        "corridors: retrieved_on is '23 November'. Write a date as 2026-11-23.",
    ),
    "day that is still to come": (
        "sources",
        cell({"table": "corridors"}, "retrieved_on", lambda _: "2031-01-01"),
        "corridors: retrieved_on is 2031-01-01, after today, 2026-11-24.",
    ),
    "row from the future": (
        "deflators",
        cell({"year": 2020}, "source_year", lambda _: 2034),
        "deflators: source_year is 2034, after 2026. Mend the year.",
    ),
    "retired below zero": (
        "existing_capacity",
        without({"zone": "KY", "asset": "coal"}),
        "coal in KY falls to",
    ),
    "campus items that do not add up": (
        "campus_cost_items",
        lambda frame: frame.assign(
            cost_usd2025_per_kw_it=frame["cost_usd2025_per_kw_it"].where(frame.index != 0, 0.0)
        ),
        "% below",
    ),
    "gap between accelerators": (
        "accelerators",
        lambda frame: frame[frame["available_from_year"] != 2027].assign(
            available_to_year=lambda left: left["available_to_year"].where(
                left["available_from_year"] > 2027, 2026.0
            )
        ),
        "accelerators: none is available from 2027 to",
    ),
    "store of minutes": (
        "existing_capacity",
        cell({"zone": "TX", "asset": "battery_existing"}, "energy_mwh", lambda value: value / 1000),
        "battery_existing in TX holds",
    ),
    "chip that counts thousandths": (
        "accelerators",
        cell({"accelerator": "H100 SXM5"}, "h100e_per_unit", lambda value: value * 1000),
        "accelerators: H100 SXM5 does 1000 H100e",
    ),
    "fleet that makes energy of nothing": (
        "existing_capacity",
        cell({"zone": "TX", "asset": "coal"}, "heat_rate_mmbtu_per_mwh", lambda v: v / 1000),
        "existing_capacity: coal in TX burns",
    ),
    "carbon in tonnes": (
        "emission_rates",
        cell({"asset": "gas_ct"}, "co2_kg_per_mmbtu", lambda value: value / 1000),
        "emission_rates: gas_ct emits",
    ),
    "corridor in GW": (
        "corridors",
        cell({"corridor": "AL-GA"}, "reverse_mw", lambda value: value / 1000),
        "corridors: AL-GA carries",
    ),
    "potential in GW": (
        "renewable_classes",
        cell({"zone": "TX", "asset": "wind_3"}, "potential_mw", lambda value: value / 1000),
        "renewable_classes: wind_3 in TX has",
    ),
    "shape in MW": (
        "load_profile",
        lambda frame: frame.assign(TX=frame["TX"] * 1.5),
        "load_profile: the mean of TX is 1.500, not 1.",
    ),
    "cumulative that falls": (
        "queue_throughput",
        cell({"zone": "TX", "queue_group": "gas", "year": 2035}, "cumulative_mw", lambda _: 1.0),
        "cumulative_mw of TX gas falls in 2035.",
    ),
    "price in cents": (
        "fuel_prices",
        cell(
            {"fuel": "gas", "case": "baseline", "census_division": "Pacific", "year": 2030},
            "price_usd2025_per_mmbtu",
            lambda value: value * 10,
        ),
        "gas baseline",
    ),
}


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_fault_is_caught(case: str, us: Dataset) -> None:
    table, plant, words = PLANTED[case]
    found = planted(us, table, plant)
    assert not found.ok
    assert words in " ".join(check.detail for check in found.failed)


def test_files_that_cannot_be_read_are_checks_that_fail(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    copytree(SHIPPED_PACKAGES / "us", folder)
    (folder / "zones.csv").write_bytes(b"zone,name\nXX,Qu\xe9bec\n")
    found = audit_package(str(folder), TODAY)
    assert not found.ok
    assert found.sha256 == ""
    assert found.failed[0].name == "files: zones.csv line 2"
    assert "not UTF-8" in found.failed[0].detail
    assert found.failed[1].detail == "The tables zones are missing or cannot be read."


def test_a_package_that_does_not_exist_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        audit_package("nowhere", TODAY, base=tmp_path)


def test_a_package_grows_stale_with_time(us: Dataset) -> None:
    later = audit(us, date(2060, 1, 1))
    stale = {check.name for check in later.failed}
    assert {f"{table}: not stale" for table in us.tables} <= stale


@pytest.mark.parametrize(
    ("value", "ok", "detail"),
    [
        (160.0, True, "160 GW, 1.2 % below 162 GW; allowed: 2 %"),
        (162.0, True, "162 GW, equal to 162 GW; allowed: 2 %"),
        (162_000.0, False, "162000 GW, 99900.0 % above 162 GW; allowed: 2 %"),
    ],
)
def test_total_is_compared_with_its_tolerance(value: float, ok: bool, detail: str) -> None:
    check = total_check("coal", value, 162.0, 0.02, unit="GW")
    assert (check.ok, check.detail) == (ok, detail)


def test_at_most_five_faults_are_named() -> None:
    check = verdict("x", "schema", [f"Fault {number}." for number in range(8)])
    assert check.detail == "Fault 0. Fault 1. Fault 2. Fault 3. Fault 4. And 3 more."
    assert not check.ok
