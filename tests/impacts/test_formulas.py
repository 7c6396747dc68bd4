"""Formulas of impacts: one for numbers and for decision variables, and published cases."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.expansion.expression import Expression
from gigaplan.impacts.air import emitted
from gigaplan.impacts.clean_matching import beyond_share, bounds_annual, bounds_of_used
from gigaplan.impacts.embodied import embodied_in
from gigaplan.impacts.land import land_taken
from gigaplan.impacts.water import water_of_plants, water_of_sites

BLOCKS = pd.Index([0, 1], name="block")
ZONES = pd.Index(["AZ", "OH"], name="zone")
Amount = st.floats(0.0, 50.0)


def variables() -> Expression:
    """Return one variable for each zone and block: columns 0 to 3."""
    axes = {"zone": ZONES, "block": BLOCKS}
    return Expression(axes, np.arange(4), np.arange(4), np.ones(4))


def over(values: list[float], *dims: str) -> xr.DataArray:
    labels = {"zone": ZONES, "block": BLOCKS, "region": pd.Index(["all"], name="region")}
    shape = [len(labels[dim]) for dim in dims]
    array = np.reshape(values, shape)
    return xr.DataArray(array, dims=dims, coords={dim: labels[dim] for dim in dims})


@given(st.lists(Amount, min_size=4, max_size=4), st.lists(Amount, min_size=2, max_size=2))
def test_variables_and_numbers_give_the_same(power: list[float], rates: list[float]) -> None:
    rate, hours = over(rates, "zone"), over([4000.0, 4760.0], "block")
    solved = over(power, "zone", "block")
    for formula in (emitted, water_of_sites, water_of_plants):
        numbers = formula(solved, rate, hours)
        combined = formula(variables(), rate, hours)
        row = np.zeros(2)
        np.add.at(row, combined.cells, combined.weights * np.ravel(power)[combined.columns])
        assert combined.dims == ("zone",)
        assert row == pytest.approx(numbers.values)


@given(st.lists(Amount, min_size=4, max_size=4))
def test_matching_of_variables_and_of_numbers(power: list[float]) -> None:
    region, hours = over([1.0, 1.0], "zone", "region"), over([4000.0, 4760.0], "block")
    load = over([1.0, 2.0, 3.0, 4.0], "zone", "block")
    solved = over(power, "zone", "block")
    numbers, _ = bounds_annual(solved, load, region, hours)
    combined, _ = bounds_annual(variables(), variables(), region, hours)
    value = float((combined.weights * np.ravel(power)[combined.columns]).sum())
    assert value == pytest.approx(float(numbers.sum()))


def test_what_is_curtailed_falls_on_others_first() -> None:
    # 3 of clean, 2 of old sun, 9 supplied for 6: 3 too much, 2 of it old sun, 1 clean.
    clean, other, net, load = (over([v] * 4, "zone", "block") for v in (3.0, 2.0, 9.0, 6.0))
    most, beyond_load = bounds_of_used(clean, other, net)
    assert float(np.minimum(most, beyond_load + load).isel(zone=0, block=0)) == 2.0


def test_a_share_is_of_all_load() -> None:
    matched = over([6.0], "region")
    assert float(beyond_share(matched, over([5.0, 5.0], "zone"), 0.5)) == 1.0


def test_land_and_embodied_carbon_are_proportional() -> None:
    assert land_taken(pd.Series([1.0, 2.0]), pd.Series([0.4, 2.2])).tolist() == [0.4, 4.4]
    # A cluster of 100,000 H100 at 314 kg each, and 140 MW of campus at 1,500 t each.
    assert embodied_in(1e5, 314.0) + embodied_in(140.0, 1.5e6) == pytest.approx(31.4 + 210.0)
