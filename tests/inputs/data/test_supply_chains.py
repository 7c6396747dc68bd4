"""Supply chains of the shipped package, worked out again by hand from what sources state."""

from __future__ import annotations

import pandas as pd
import pytest

from gigaplan.inputs.audit.metrics import measure
from gigaplan.inputs.dataset import Dataset

# Dies of 800 mm2 on a 300 mm wafer: 65 candidates (Epoch AI); yields and packages per interposer
# wafer from analysts: JPMorgan 2025-12 for Rubin, the market note of 2026-01 for Hopper.
BILLS = {
    "H100 SXM5": {
        "logic_wafer_n4": 1 / (63 * 0.85),
        "advanced_packaging": 1 / (28 * 0.98),
        "hbm3e": 5.0,
        "accelerator": 1.02,
    },
    "Rubin VR NVL72": {
        "logic_wafer_n3": 2 / (65 * 0.65),
        "advanced_packaging": 1 / (9 * 0.92),
        "hbm4": 8.0,
        "accelerator": 1.02,
    },
}

# Component, year, what US builds can get: makers' output times the US share, before it was told
# apart by country (gas turbines 70 GW x 0.37; 4.5 GW of fuel cells; transformers as published).
WITHIN_REACH = (
    ("gas_turbine", 2026, 45 * 0.20),
    ("gas_turbine", 2030, 70 * 0.37),
    ("gas_turbine", 2035, 80 * 0.38),
    ("aero_gas_turbine", 2030, 8.0),
    ("gas_engine", 2030, 7.5),
    ("fuel_cell", 2030, 4.5),
    ("large_power_transformer", 2027, 700.0),
    ("large_power_transformer", 2030, 1000.0),
    ("large_power_transformer", 2031, 1075.0),
)


def bill(us: Dataset, name: str) -> dict[str, float]:
    """Return the quantity of each component that something takes, over all years."""
    table = us.table("component_bills")
    own = table[table["asset"] == name].groupby("component")["quantity"].sum()
    return {str(component): float(quantity) for component, quantity in own.items()}


@pytest.mark.parametrize("accelerator", BILLS)
def test_a_bill_follows_from_dies_and_yields(accelerator: str, us: Dataset) -> None:
    assert bill(us, accelerator) == pytest.approx(BILLS[accelerator], rel=1e-4)


def test_a_megawatt_of_campus_takes_what_sites_report(us: Dataset) -> None:
    workers = {k: v for k, v in bill(us, "campus").items() if k.startswith("labour")}
    # Abilene: 6,400 at peak for 1,200 MW of facility power. Two thirds of that on average over two
    # and a half years, at 1.13 MW of facility power per MW of IT, is 10.
    assert sum(workers.values()) == pytest.approx(6400 / 1200 * 2 / 3 * 2.5 * 1.13, rel=0.05)


@pytest.mark.parametrize(("component", "year", "expected"), WITHIN_REACH)
def test_origins_add_up_to_the_national_supply(
    component: str, year: int, expected: float, us: Dataset
) -> None:
    assert measure(us, f"supply:{component}", year) == pytest.approx(expected, rel=1e-5)


def test_no_origin_is_promised_twice(us: Dataset) -> None:
    supply = us.table("supply")
    national = supply[supply["market"] == "national"]
    first = national[national["step"] == 1].set_index(["component", "origin", "year"])
    later = national[national["step"] > 1]
    for row in later.itertuples(index=False):
        key = (row.component, row.origin, row.year)
        if key not in first.index:
            # What comes from there comes at a premium only, and is promised by this row alone.
            same = later[["component", "origin", "year"]].apply(tuple, axis=1) == key
            assert same.sum() == 1, key
            continue
        own = first.loc[key]
        left = own["made_per_year"] * (1 - own["programme_share_frac"])
        assert row.made_per_year <= left, f"{row.component} {row.origin} {row.year}"


def test_labour_of_texas_is_its_share_of_crafts(us: Dataset) -> None:
    supply = us.table("supply")
    texas = supply[(supply["market"] == "TX") & (supply["year"] == 2026) & (supply["step"] == 1)]
    # 880,000 in construction, 24 % of them crafts, 15 % of these, one year of growth at 4 %.
    assert texas["made_per_year"].sum() == pytest.approx(880e3 * 0.24 * 0.15 * 1.04, rel=1e-3)


def test_records_end_when_the_source_was_made(us: Dataset) -> None:
    history = us.table("campus_history")
    assert (history.loc[history["recorded"], "first_power"] <= "2026-04").all()
    assert (history.loc[~history["recorded"], "first_power"] > "2026-04").all()
    seen = history[history["recorded"]]
    start, power = pd.to_datetime(seen["construction_start"]), pd.to_datetime(seen["first_power"])
    months = (power - start).dt.days / 30.44
    # The same records by day: median of 22.9 months of 19 campuses. Whole months lose up to one.
    assert len(seen) == 19
    assert months.median() == pytest.approx(22.9, abs=1.0)


def test_every_shipped_figure_of_supply_has_a_name_of_its_own(us: Dataset) -> None:
    published = us.table("published_totals")
    figures = published[published["kind"] == "supply"]
    assert len(figures) >= 20
    assert figures["metric"].notna().all()
