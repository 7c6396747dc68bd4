"""Credits by year of service, and the technology of each asset of the package."""

from __future__ import annotations

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.law import Law
from gigaplan.policy.rules.energy_credits import UNTIED, credits_by_year, technology_of_asset


def test_each_buildable_generator_and_store_has_a_technology(us: Dataset) -> None:
    assets = us.table("assets")
    built = assets[assets["buildable"] & assets["class"].isin(["generator", "storage"])]
    assert [asset for asset in built["asset"] if technology_of_asset(asset) is None] == []
    assert technology_of_asset("campus") is None


def test_solar_of_two_years_of_construction(law: Law) -> None:
    # IRC 48E(e)(4): begun in 2025 or 2026 by 4 July, or in service by 2027.
    found = credits_by_year("solar", range(2026, 2031), 2, UNTIED, law.parameters)
    rates = {year: credit.rate for year, credit in found.items()}
    assert rates == {2026: 0.30, 2027: 0.30, 2028: 0.30, 2029: 0.0, 2030: 0.0}


def test_reactors_of_six_years_of_construction(law: Law) -> None:
    # IRC 48E(e)(3): by the year in which construction begins, 2033, 2034, 2035 and 2036.
    found = credits_by_year("nuclear_new", range(2039, 2043), 6, UNTIED, law.parameters)
    assert [round(credit.rate, 6) for credit in found.values()] == [0.30, 0.225, 0.15, 0.0]
