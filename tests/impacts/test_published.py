"""Published totals again, from the rates of the package and published energy.

Energy of 2021 and 2023: EIA, Electric Power Monthly, table 1.1, utility scale [TWh].
"""

from __future__ import annotations

import pandas as pd
import pytest

from gigaplan.impacts.air import emitted
from gigaplan.impacts.water import water_of_plants, water_of_sites
from gigaplan.inputs.dataset import Dataset, load_dataset

GALLON_M3 = 3.785411784e-3


class Power(float):
    """A number that stands for constant power: the sum over its one block is itself."""

    def __mul__(self, factor: float) -> Power:
        return Power(float(self) * factor)

    def sum(self, dims: str) -> Power:
        assert dims == "block"
        return self


@pytest.fixture(scope="module")
def us() -> Dataset:
    return load_dataset("us")


def heat_rate(us: Dataset, asset: str) -> float:
    """Return the heat rate of a fleet, by capacity and capacity factor [MMBtu/MWh]."""
    table = us.table("existing_capacity")
    own = table[table["asset"] == asset]
    weight = own["capacity_mw"] * own["historical_capacity_factor"].fillna(0.0)
    return float((own["heat_rate_mmbtu_per_mwh"] * weight).sum() / weight.sum())


def test_carbon_dioxide_of_coal_and_gas_in_2023_is_that_of_eia(us: Dataset) -> None:
    # EIA, frequently asked questions, 74: 675 TWh of coal emitted 709 Mt, 1,806 TWh of gas 790 Mt.
    # EIA counts the useful heat of industry's cogeneration in, so gas is above ours.
    rates = us.table("emission_rates").set_index("asset")["co2_kg_per_mmbtu"]

    def megatonnes(energy_twh: float, asset: str) -> float:
        rate_kt_per_gwh = rates[asset] * heat_rate(us, asset) * 1e-3
        return emitted(Power(energy_twh * 1e3), rate_kt_per_gwh, 1.0) / 1e3

    coal = megatonnes(675.115, "coal")
    # Gas by prime mover, EIA-923: combined cycles about 84 %, turbines 9 %, steam 7 %.
    gas = sum(
        megatonnes(1806.063 * share, asset)
        for asset, share in (
            ("gas_cc_existing", 0.84),
            ("gas_ct_existing", 0.09),
            ("gas_steam", 0.07),
        )
    )
    assert coal == pytest.approx(709.0, rel=0.06)
    assert gas == pytest.approx(790.0, rel=0.08)
    assert coal + gas == pytest.approx(709.0 + 790.0, rel=0.06)


def test_water_taken_by_power_plants_in_2021_is_that_of_eia(us: Dataset) -> None:
    # EIA, 2023-06: 47.7 trillion gallons. Coal and combined cycles come from the same source;
    # nuclear and steam from medians by cooling. Mixes are ours, so a fifth is what can be asked.
    rates = us.table("plant_water").set_index("asset")["withdrawal_m3_per_mwh"] * 1e-3
    energy = {"coal": 898.0, "gas_cc_existing": 1330.0, "gas_steam": 110.0}
    energy |= {"nuclear_existing": 778.0, "bio_geo": 70.0}
    taken = sum(water_of_plants(Power(twh * 1e3), rates[a], 1.0) for a, twh in energy.items())
    assert taken == pytest.approx(47.7e12 * GALLON_M3 / 1e6, rel=0.2)


def test_water_evaporated_by_power_plants_in_2015_is_above_that_of_usgs(us: Dataset) -> None:
    # USGS (Harris and Diehl 2019): 2.7 billion gallons a day, from heat budgets. Medians of the
    # literature are above them, by a third at most.
    rates = us.table("plant_water").set_index("asset")["consumption_m3_per_mwh"] * 1e-3
    energy = {"coal": 1352.0, "gas_cc_existing": 1100.0, "gas_steam": 110.0}
    energy |= {"nuclear_existing": 797.0, "bio_geo": 60.0}
    lost = sum(water_of_plants(Power(twh * 1e3), rates[a], 1.0) for a, twh in energy.items())
    usgs = 2.7e9 * 365.0 * GALLON_M3 / 1e6
    assert 1.0 < lost / usgs < 1.33


def test_site_water_of_data_centers_in_2023_is_that_of_lbnl(us: Dataset) -> None:
    # LBNL 2024: 176 TWh used 64 to 66 billion litres on site, 0.36 L for each kWh. The level of
    # the table is set by that mean; states and efficiencies are weighted by campuses here.
    site = us.table("site_water").set_index("zone")["consumption_m3_per_it_mwh"]
    pue = us.table("campus_power_use").set_index("zone")["pue_annual"]
    size = us.table("campus_capacity").groupby("campus")["facility_mw"].max()
    zone = us.table("campuses").set_index("campus")["zone"]
    by_zone = size.groupby(zone).sum()
    share = by_zone / by_zone.sum()
    used = sum(
        water_of_sites(Power(176e3 * part / pue[name]), site[name] * 1e-3, 1.0)
        for name, part in share.items()
    )
    assert used == pytest.approx(65.0, rel=0.05)


def test_fresh_water_of_states_adds_up_to_that_of_usgs(us: Dataset) -> None:
    # Circular 1441: fresh 281 billion gallons a day in 2015, of which thermoelectric power takes
    # about 95; 48 states have 184 to 186 of the rest.
    table = us.table("water_scarcity")
    gallons_a_day = table["fresh_withdrawal_mm3_per_yr"].sum() * 1e6 / GALLON_M3 / 365.0
    assert gallons_a_day / 1e9 == pytest.approx(281.0 - 95.0, rel=0.03)


def test_every_burning_asset_has_fine_particles(us: Dataset) -> None:
    rates = us.table("particulate_rates").set_index("asset")["pm25_kg_per_mmbtu"]
    burnt: pd.Series = us.table("emission_rates").set_index("asset")["co2_kg_per_mmbtu"]
    cells = {"btm_fuel_cell"}
    assert {a for a in burnt.index if burnt[a] > 0} - cells <= set(rates[rates > 0].index)
