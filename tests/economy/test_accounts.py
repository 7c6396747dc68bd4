"""Accounts of power: two states worked by hand, and sums over the states of a plan."""

from __future__ import annotations

import numpy as np
import pytest
from tests.equations.small_systems import small_system

from gigaplan.economy.accounts import Account, account_of, mean_capacity_price
from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.solve import optimise
from gigaplan.expansion.tables import plan_tables
from gigaplan.system import System
from gigaplan.system.without import without_programme

WEST, EAST = 0, 1
HOURS = 8760.0


def two_states(it_gw: float) -> System:
    """Return coal of 20 USD/MWh in the west, gas of 50 in the east, and a line of 2 GW."""
    return small_system(
        {
            "discounted_years": 1.0,
            "years_in_period": 1.0,
            "load": [[[4.0, 4.0]], [[5.0, 5.0]]],
            "existing_generator": [[[10.0], [0.0]], [[0.0], [8.0]]],
            "variable_cost_generator": [[[0.02], [0.02]], [[0.05], [0.05]]],
            "fixed_cost_generator": [[[30.0], [30.0]], [[10.0], [10.0]]],
            "co2_rate_generator": [[1.0, 1.0], [0.4, 0.4]],
            "capacity_credit_generator": [[0.9, 0.9], [0.5, 0.5]],
            "existing_forward_corridor": 2.0,
            "existing_reverse_corridor": 2.0,
            "start_of_corridor": [[1.0, 0.0]],
            "end_of_corridor": [[0.0, 1.0]],
            "loss_corridor": 0.1,
            "buildable_campus": [[1.0], [0.0]],
            "potential_campus": [5.0, 0.0],
            "alive_campus": 1.0,
            "available_accelerator": 1.0,
            "alive_accelerator": 1.0,
            "h100e_accelerator": 1.0,
            "pue": 1.2,
            "fixed_it_share": 0.5,
            "compute_need": it_gw,
            "firm_it_share": 0.6,
            "region_of_zone": 1.0,
            "peak_load": 9.0,
            "reserve_margin": 0.0,
        },
        zone=["west", "east"],
        generator=["coal", "gas"],
        corridor=["west-east"],
        accelerator=["chip"],
        region=["all"],
    )


def solved_account(system: System) -> Account:
    answer = optimise(system, SolverSettings(method="simplex"))
    tables = plan_tables(answer)
    return account_of(tables, system, mean_capacity_price(tables, system))


@pytest.fixture(scope="module")
def planned() -> Account:
    return solved_account(two_states(2.0))


def test_two_states_by_hand(planned: Account) -> None:
    """The line is full, so each state has its own price, and its rent is shared."""
    campus = 2.0 * 1.2 * 0.5
    assert planned.load_twh[:, 0].tolist() == pytest.approx([4 * 8.76, 5 * 8.76])
    assert planned.campus_twh[:, 0].tolist() == pytest.approx([campus * 8.76, 0.0])
    assert planned.wholesale_usd2025_per_mwh[:, 0].tolist() == pytest.approx([20.0, 50.0])
    sold, bought = 2.0 * HOURS * 0.02, 1.8 * HOURS * 0.05
    rent = bought - sold
    assert planned.energy_bought[WEST, 0] == pytest.approx(-sold - rent / 2)
    assert planned.energy_bought[EAST, 0] == pytest.approx(bought - rent / 2)
    assert planned.running[:, 0].tolist() == pytest.approx(
        [(4.0 + campus + 2.0) * HOURS * 0.02, (5.0 - 1.8) * HOURS * 0.05]
    )
    assert planned.fixed[:, 0].tolist() == pytest.approx([300.0, 80.0])
    assert planned.campus_worth[WEST, 0] == pytest.approx(campus * HOURS * 0.02)
    assert planned.co2_kt[:, 0].tolist() == pytest.approx(
        [(6.0 + campus) * HOURS, 0.4 * 3.2 * HOURS]
    )


def test_without_its_programme_the_west_saves_what_the_campus_burns(planned: Account) -> None:
    otherwise = solved_account(without_programme(two_states(2.0)))
    saved = planned.passed_on - otherwise.passed_on
    assert saved[:, 0].tolist() == pytest.approx([1.2 * HOURS * 0.02, 0.0], abs=1e-6)


def changed(system: System, **values: float) -> System:
    """Return a System with parameters of one value each."""
    data = system.data.copy()
    for name, value in values.items():
        old = data[name]
        data[name] = (old.dims, np.full_like(old.values, value), old.attrs)
    return System(data, system.options)


def test_firm_capacity_is_bought_where_it_stands() -> None:
    """9 GW stand in the west, 4 in the east; a peak of 14 falls to them as 4 to 5, and a campus.

    Firm capacity is short, so its price is that of a shortfall.
    """
    account = solved_account(changed(two_states(2.0), peak_load=14.0))
    assert account.capacity_usd2025_per_kw_yr[:, 0].tolist() == pytest.approx([300.0, 300.0])
    campus = 2.0 * 0.6
    share = (14.0 * 4 / 9 + campus) / (14.0 + campus)
    west = 300.0 * (share * 13.0 - 9.0)
    assert account.firm_bought[:, 0].tolist() == pytest.approx([west, -west])


def test_a_new_line_is_paid_in_halves() -> None:
    """A GW more of the line brings 0.9 x 50 - 20 USD/MWh, 219 M$ a year, and costs 30."""
    account = solved_account(
        changed(
            two_states(0.0),
            buildable_corridor=1.0,
            potential_corridor=1.0,
            alive_corridor=1.0,
            capital_charge_corridor=30.0,
        )
    )
    assert account.wires[:, 0].tolist() == pytest.approx([15.0, 15.0])
