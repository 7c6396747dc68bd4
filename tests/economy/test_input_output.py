"""Input and output: worked examples, identities of Leontief, and the sums of the shipped table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.economy.input_output import (
    bought_in_state,
    input_output,
    leontief_inverse,
    location_shares,
    size_factor,
    with_households,
)
from gigaplan.inputs.dataset import Dataset, load_dataset

TWO_SECTORS = np.array([[0.15, 0.25], [0.20, 0.05]])
"""Miller and Blair, Input-Output Analysis, 2nd edition 2009, section 2.3."""

THREE_SECTORS = np.array([[0.15, 0.25, 0.05], [0.20, 0.05, 0.40], [0.30, 0.25, 0.05]])
"""The same with households as the last sector, section 2.5."""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset("us")


def test_worked_example_of_miller_and_blair() -> None:
    inverse = leontief_inverse(TWO_SECTORS)
    assert inverse == pytest.approx(np.array([[1.254, 0.330], [0.264, 1.122]]), abs=5e-4)
    # New final demand of 600 and 1,500, from 350 and 1,700: output 1,247.52 and 1,841.58.
    output = inverse @ np.array([600.0, 1500.0])
    assert output == pytest.approx([1247.52, 1841.58], abs=0.01)


def test_worked_example_with_households() -> None:
    closed = with_households(TWO_SECTORS, np.array([0.05, 0.40]), np.array([0.30, 0.25]), 1.0)
    # In the book households also buy 0.05 of themselves; here they do not.
    assert closed[:2] == pytest.approx(THREE_SECTORS[:2])
    assert closed[2] == pytest.approx([0.30, 0.25, 0.0])
    closed[2, 2] = 0.05
    inverse = leontief_inverse(closed)
    expected = np.array([[1.365, 0.425, 0.251], [0.527, 1.348, 0.595], [0.570, 0.489, 1.289]])
    assert inverse == pytest.approx(expected, abs=6e-4)
    assert inverse @ np.array([600.0, 1500.0, 0.0]) == pytest.approx([1456, 2338, 1075], abs=1.0)


@given(st.integers(2, 6), st.integers(0, 10_000))
def test_output_covers_demand_and_inputs(size: int, seed: int) -> None:
    drawn = np.random.default_rng(seed)
    inputs = drawn.uniform(0.0, 1.0, (size, size))
    inputs *= drawn.uniform(0.05, 0.9, size) / inputs.sum(axis=0)
    demand = drawn.uniform(0.0, 100.0, size)
    inverse = leontief_inverse(inputs)
    output = inverse @ demand
    assert output == pytest.approx(demand + inputs @ output)
    rounds = sum(np.linalg.matrix_power(inputs, at) for at in range(400))
    assert inverse == pytest.approx(rounds, rel=1e-6)
    # What is not inputs is value added: one dollar of demand is one dollar of it.
    value_added = 1.0 - inputs.sum(axis=0)
    assert value_added @ inverse == pytest.approx(np.ones(size))


@given(st.integers(0, 10_000), st.floats(0.01, 1.0), st.floats(0.0, 1.0))
def test_a_state_makes_no_more_than_the_nation(seed: int, size: float, delta: float) -> None:
    drawn = np.random.default_rng(seed)
    quotient = drawn.uniform(0.0, 3.0, (1, 4))
    quotient[0, 0] = 0.0
    sizes = np.array([size])
    shares = location_shares(quotient, sizes, delta)
    local = np.array([True, False, True, False])
    near = bought_in_state(quotient, sizes, delta, local)
    for held in (shares, near):
        assert np.all((held >= 0.0) & (held <= 1.0))
    assert np.all(shares[0, 0, :] == 0.0)
    assert size_factor(np.array([1.0]), delta) == pytest.approx([1.0])
    larger = location_shares(quotient, np.minimum(1.0, 2.0 * sizes), delta)
    assert np.all(larger >= shares)


def test_location_quotient_by_hand() -> None:
    quotient = np.array([[0.8, 1.6]])
    shares = location_shares(quotient, np.array([0.03]), 0.3)[0]
    factor = np.log2(1.03) ** 0.3
    assert shares[0] == pytest.approx([factor * 0.8, factor * 0.5])
    assert shares[1] == pytest.approx([factor * 2.0, factor * 1.6])


def test_columns_of_the_shipped_table_add_up_to_output(dataset: Dataset) -> None:
    table = dataset.table("io_sectors").set_index("sector")
    bought = dataset.table("io_flows").groupby("user")["flow_usd2021_m"].sum()
    parts = ["imported_inputs_usd2021_m", "product_taxes_usd2021_m", "value_added_usd2021_m"]
    whole = bought.reindex(table.index) + table[parts].sum(axis=1)
    # Cells are whole millions: half of one for each of the 26 that are added up.
    assert whole.to_numpy() == pytest.approx(table["output_usd2021_m"].to_numpy(), abs=15.0)


def test_totals_of_the_shipped_table_are_those_of_bea_and_bls(dataset: Dataset) -> None:
    table = dataset.table("io_sectors")
    # BEA, Use Table 2021: value added, compensation and output at basic prices.
    assert table["value_added_usd2021_m"].sum() == pytest.approx(22_485_863, rel=1e-5)
    assert table["compensation_usd2021_m"].sum() == pytest.approx(12_549_140, rel=1e-5)
    assert table["output_usd2021_m"].sum() == pytest.approx(40_575_547, rel=1e-5)
    # BLS, Employment Projections 2021-2031: 158.1 million jobs in 2021.
    assert table["jobs"].sum() == pytest.approx(158.1e6, rel=0.01)


def test_multipliers_of_construction_are_like_rims(dataset: Dataset) -> None:
    """BEA's RIMS II has 2.3051 jobs per job of construction in California (series of 2009)."""
    table = input_output(dataset)
    at = table.sectors.index("construction")
    closed = with_households(table.inputs, table.households, table.income, 0.70)
    output = leontief_inverse(closed)[:-1, at]
    assert table.jobs @ output / table.jobs[at] == pytest.approx(2.3051, rel=0.05)
    # Output multipliers of construction in the US are about 2.5 to 2.9 with induced.
    assert 2.3 < output.sum() < 2.9
