"""Rules between columns, and coverage of zones and months."""

from __future__ import annotations

import pandas as pd

from gigaplan.inputs.checks.cells import TypedTable
from gigaplan.inputs.checks.completeness import completeness_faults
from gigaplan.inputs.checks.rules import rule_faults


def corridors(*rows: tuple[str, str, str, float]) -> dict[str, TypedTable]:
    """Return a table of corridors."""
    columns = ["from_zone", "to_zone", "kind", "online_year"]
    return tables(corridors=pd.DataFrame(rows, columns=columns))


def tables(**frames: pd.DataFrame) -> dict[str, TypedTable]:
    """Return tables as they are read from CSV files."""
    return {
        name: TypedTable(f"{name}.csv", 2, frame, tuple(frame.columns))
        for name, frame in frames.items()
    }


def texts(found: dict[str, TypedTable]) -> list[str]:
    """Return the faults of tables as they are shown."""
    return [str(fault) for fault in rule_faults(found)]


def test_a_corridor_leads_somewhere_else() -> None:
    assert texts(corridors(("TX", "OK", "ac", 2026), ("TX", "TX", "ac", 2026))) == [
        "corridors.csv row 3: from_zone and to_zone are both TX. Name two zones, or drop the row."
    ]


def test_a_corridor_is_not_there_both_ways() -> None:
    assert texts(corridors(("TX", "OK", "ac", 2026), ("OK", "TX", "ac", 2026))) == [
        "corridors.csv rows 2, 3: OK-TX and TX-OK are the same ac corridor. "
        "Keep one row, with forward_mw and reverse_mw."
    ]


def test_corridors_of_other_kinds_or_years_may_lead_back() -> None:
    rows = [("TX", "OK", "ac", 2026.0), ("OK", "TX", "hvdc", 2026.0), ("OK", "TX", "ac", 2030.0)]
    assert texts(corridors(*rows)) == []


def test_an_accelerator_comes_before_it_goes() -> None:
    frame = pd.DataFrame(
        {
            "accelerator": ["alpha", "beta"],
            "available_from_year": [2025, 2028],
            "available_to_year": [2026, 2027],
        }
    )
    assert texts(tables(accelerators=frame)) == [
        "accelerators.csv row 3: available_to_year is before available_from_year for beta. "
        "Swap the years, or mend one."
    ]


def test_every_month_of_every_zone_is_there() -> None:
    frame = pd.DataFrame(
        {"zone": ["TX"] * 12 + ["OK"] * 10, "month": [*range(1, 13), *range(3, 13)]}
    )
    faults = completeness_faults(tables(hydro_monthly=frame), {})
    assert [str(fault) for fault in faults] == [
        "hydro_monthly.csv: There is no row for zone month: OK 1, OK 2. Add them."
    ]


def test_every_division_of_the_zones_has_a_price() -> None:
    zones = pd.DataFrame({"zone": ["TX", "OR"], "census_division": ["South", "Pacific"]})
    prices = pd.DataFrame(
        {
            "fuel": ["gas", "gas", "oil"],
            "case": "low",
            "year": 2030,
            "census_division": ["South", "Pacific", "South"],
        }
    )
    faults = completeness_faults(tables(zones=zones, fuel_prices=prices), {})
    assert [str(fault) for fault in faults] == [
        "fuel_prices.csv: There is no row for fuel case year census_division: "
        "oil low 2030 Pacific. Add it."
    ]
