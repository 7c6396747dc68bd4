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

TODAY = date(2026, 11, 26)
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
    "unit slip of a bill": (
        "component_bills",
        cell(
            {"asset": "gas_cc", "component": "gas_turbine"}, "quantity", lambda value: value * 1000
        ),
        "component_bills: the parts of gas_cc cost",
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
        "corridors: retrieved_on is 2031-01-01, after today, 2026-11-26.",
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
    "plant without water": (
        "plant_water",
        without({"asset": "nuclear_large"}),
        "plant_water: nuclear_large has no row.",
    ),
    "accelerator without carbon": (
        "embodied_rates",
        without({"item": "H200 SXM"}),
        "embodied_rates: H200 SXM has no row.",
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
    "facility that shrinks": (
        "factory_capacity",
        cell({"facility": "tsmc_arizona_4_6", "year": 2035}, "units_per_yr", lambda _: 0.0),
        "factory_capacity: units_per_yr of tsmc_arizona_4_6 falls in 2035.",
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
    "supply in MW": (
        "supply",
        cell(
            {"component": "gas_turbine", "origin": "JP", "step": 1, "year": 2030},
            "made_per_year",
            lambda value: value * 1000,
        ),
        "made_per_year of gas_turbine JP national 1 is",
    ),
    "bill without HBM": (
        "component_bills",
        without({"asset": "Rubin VR NVL72", "component": "hbm4"}),
        "component_bills: Rubin VR NVL72 has no row for hbm.",
    ),
    "parts dearer than their chip": (
        "component_bills",
        cell(
            {"asset": "next 2030", "component": "logic_wafer_n2"},
            "quantity",
            lambda value: value * 40,
        ),
        "component_bills: the parts of next 2030 cost",
    ),
    "bill of something unknown": (
        "component_bills",
        lambda frame: frame.assign(asset=frame["asset"].replace("gas_ct", "gas_cct")),
        "asset is gas_cct, not in assets, accelerators or factories. Did you mean 'gas_ct'?",
    ),
    "plant that nobody builds": (
        "component_bills",
        lambda frame: frame[
            ~((frame["asset"] == "gas_ct") & frame["component"].str.startswith("labour"))
        ].reset_index(drop=True),
        "component_bills: gas_ct takes no labour.",
    ),
    "component that nothing takes": (
        "component_bills",
        lambda frame: frame[frame["component"] != "fuel_cell"].reset_index(drop=True),
        "component_bills: nothing takes fuel_cell.",
    ),
    "packaging in wafers a month": (
        "supply",
        lambda frame: frame.assign(
            made_per_year=frame["made_per_year"].where(
                frame["component"] != "advanced_packaging", frame["made_per_year"] / 12
            )
        ),
        "159330 wafers, 88.9 % below",
    ),
    "HBM in millions": (
        "supply",
        lambda frame: frame.assign(
            made_per_year=frame["made_per_year"].where(
                ~frame["component"].str.startswith("hbm"), frame["made_per_year"] / 1e6
            )
        ),
        "stacks, 100.0 % below",
    ),
    "transformers of a facility left in supply": (
        "factory_capacity",
        lambda frame: frame.assign(
            units_per_yr=frame["units_per_yr"].where(
                frame["factory"] != "transformer_plant", frame["units_per_yr"] + 300
            )
        ),
        "% above 1134 units",
    ),
    "origin that is no country": (
        "supply",
        lambda frame: frame.assign(origin=frame["origin"].replace("TW", "TWN")),
        "origin is TWN, which is not in countries.country. Did you mean 'TW'?",
    ),
    "labour for everybody": (
        "supply",
        cell(
            {"component": "labour_civil", "market": "WY", "step": 2, "year": 2040},
            "made_per_year",
            lambda value: value * 20,
        ),
        "supply: labour in WY 2040 is",
    ),
    "labour in thousands": (
        "supply",
        cell(
            {"component": "labour_civil", "market": "WY", "step": 1, "year": 2026},
            "made_per_year",
            lambda value: value / 2,
        ),
        "supply: labour in WY 2026 is",
    ),
    "state without workers": (
        "supply",
        without({"component": "labour_electrical", "market": "VT", "year": 2035}),
        "supply: labour_electrical step 1 of 2035 has no row for VT.",
    ),
    "cheaper second step": (
        "supply",
        lambda frame: frame.assign(
            premium_usd2025_per_unit=frame["premium_usd2025_per_unit"].where(
                frame["component"] != "gas_turbine", 0.0
            )
        ),
        "supply: step 2 of gas_turbine in national is not dearer than step 1.",
    ),
    "factory without a place at home": (
        "factory_places",
        lambda frame: frame[
            ~((frame["factory"] == "hbm4_line") & (frame["country"] == "US"))
        ].reset_index(drop=True),
        "factory_places: hbm4_line has no place in the US.",
    ),
    "factory that prints money": (
        "factories",
        cell(
            {"factory": "logic_fab_n3"}, "variable_cost_usd2025_per_unit", lambda value: value / 4
        ),
        "factories: a unit of logic_fab_n3 costs",
    ),
    "fab that costs the same everywhere": (
        "factory_places",
        lambda frame: frame.assign(capex_multiplier=1.01, operating_cost_multiplier=1.01),
        "factory_places: logic_wafer_n4 from AZ is 1% dearer.",
    ),
    "facility twice": (
        "factory_capacity",
        lambda frame: pd.concat(
            [frame, frame[frame["facility"] == "amkor_peoria"].assign(facility="amkor_arizona")],
            ignore_index=True,
        ),
        "factory_capacity: amkor_arizona is there under another name, too.",
    ),
    "facility inside supply": (
        "supply",
        lambda frame: frame.assign(
            origin=frame["origin"].where(frame["component"] != "advanced_packaging", "US")
        ).drop_duplicates(["component", "origin", "market", "step", "year"]),
        "supply: advanced_packaging from US is there, and",
    ),
    "output before the start": (
        "factory_capacity",
        lambda frame: frame.assign(
            production_start_year=frame["production_start_year"].where(
                frame["facility"] != "hitachi_south_boston", 2030
            )
        ),
        "factory_capacity: hitachi_south_boston has output in 2028, before its start.",
    ),
    "project without construction": (
        "project_stages",
        lambda frame: frame[
            ~((frame["asset"] == "campus") & frame["stage"].isin(["construct"]))
        ].assign(follows=lambda left: left["follows"].where(left["asset"] != "campus", None)),
        "project_stages: campus has no row for construct.",
    ),
    "stages in weeks": (
        "project_stages",
        lambda frame: frame.assign(
            central_months=frame["central_months"].where(
                frame["asset"] != "gas_cc", frame["central_months"] * 4.3
            ),
            high_months=240.0,
        ),
        "project_stages: gas_cc takes +158 months against its lead time.",
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
