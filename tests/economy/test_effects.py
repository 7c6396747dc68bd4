"""Effects of a unit: by hand, in order, and linear in what data says."""

from __future__ import annotations

import dataclasses
from functools import cache
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigaplan.economy.checks import check_jobs
from gigaplan.economy.effects import EFFECTS, group_effects, net_shares
from gigaplan.economy.input_output import input_output
from gigaplan.inputs.dataset import Dataset, load_dataset
from gigaplan.terms.errors import InputError

KEYS = ["multiplier_set", "job_group", "phase", "zone"]


@cache
def shipped() -> Dataset:
    return load_dataset("us")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return shipped()


@pytest.fixture(scope="module")
def effects(dataset: Dataset) -> pd.DataFrame:
    return group_effects(dataset).set_index(KEYS).sort_index()


def changed(dataset: Dataset, name: str, table: pd.DataFrame) -> Dataset:
    """Return a data package with another table."""
    tables = MappingProxyType({**dataset.tables, name: table})
    return dataclasses.replace(dataset, tables=tables)


def test_studies_by_hand(effects: pd.DataFrame) -> None:
    """Campus: 8 job-years on site per MW; 0.571 of 0.75 at suppliers; 0.4 on top of both."""
    row = effects.loc[("project_studies", "campus", "construction", "VA")]
    indirect = 8.0 * 0.571 * 0.75
    induced = 0.4 * (8.0 + indirect)
    assert row["basis"] == "mw"
    assert row["indirect_job_years"] == pytest.approx(indirect)
    assert row["induced_job_years"] == pytest.approx(induced)
    assert row["in_state_job_years"] == pytest.approx(8.0 + 0.55 * (indirect + induced))
    income = 8.0 * 0.105 + (indirect + induced) * 0.068
    assert row["labour_income_usd2025_m"] == pytest.approx(income)
    # The published multiplier of all jobs over those on site is 2.0.
    assert (8.0 + indirect + induced) / 8.0 == pytest.approx(2.0, abs=1e-3)


def test_spending_by_hand(dataset: Dataset, effects: pd.DataFrame) -> None:
    """Direct jobs of a M$ of campus: two fifths of it at the jobs per output of construction."""
    sectors = dataset.table("io_sectors").set_index("sector")
    prices = dataset.table("deflators").set_index("year")["gdp_price_index"]
    output = sectors.loc["construction", "output_usd2021_m"] * prices[2025] / prices[2021]
    per_m = sectors.loc["construction", "jobs"] / output
    row = effects.loc[("input_output", "campus", "construction", "TX")]
    assert row["direct_job_years"] == pytest.approx(0.40 * per_m)


def test_product_of_a_dollar_is_the_dollar_less_imports(dataset: Dataset) -> None:
    """Without households, value added, imports and taxes of a dollar are the dollar."""
    table = input_output(dataset)
    sectors = dataset.table("io_sectors")
    leaks = sectors["imported_inputs_usd2021_m"] + sectors["product_taxes_usd2021_m"]
    leaking = (leaks / sectors["output_usd2021_m"]).to_numpy()
    inverse = np.linalg.inv(np.eye(len(table.sectors)) - table.inputs)
    whole = (table.value_added + leaking) @ inverse
    assert whole == pytest.approx(np.ones(len(whole)), abs=3e-4)


def test_parts_are_in_order(effects: pd.DataFrame) -> None:
    whole = effects[["direct_job_years", "indirect_job_years", "induced_job_years"]]
    assert (effects[[*EFFECTS]] >= 0.0).all(axis=None)
    assert (effects["in_state_job_years"] <= whole.sum(axis=1) + 1e-9).all()
    assert (effects["direct_job_years"] <= effects["in_state_job_years"] + 1e-9).all()
    assert (effects["in_state_gdp_usd2025_m"] <= effects["gdp_usd2025_m"] + 1e-9).all()
    assert (effects["labour_income_usd2025_m"] <= effects["gdp_usd2025_m"] + 1e-9).all()
    assert (effects["resident_frac"] < effects["net_frac"]).all()


def test_more_is_kept_in_larger_states(effects: pd.DataFrame) -> None:
    held = effects.xs(("input_output", "campus", "construction"))["in_state_job_years"]
    assert held["CA"] > held["TX"] > held["VA"] > held["WV"] > held["WY"]


def test_servers_are_no_campus(effects: pd.DataFrame) -> None:
    """A dollar of servers makes a small part of the jobs that a dollar of campus makes."""
    for name in ("project_studies", "input_output"):
        servers = effects.loc[(name, "servers", "construction", "TX")]
        assert servers["basis"] == "usd2025_m"
        campus = effects.loc[(name, "campus", "construction", "TX")]
        per_m = campus["direct_job_years"] / (14.658 if campus["basis"] == "mw" else 1.0)
        assert servers["direct_job_years"] < 0.1 * per_m


@settings(max_examples=15)
@given(st.floats(0.1, 5.0))
def test_spending_is_linear(factor: float) -> None:
    dataset = shipped()
    table = dataset.table("job_spending")
    amount = "spending_usd2025_m_per_unit"
    scaled = group_effects(
        changed(dataset, "job_spending", table.assign(**{amount: factor * table[amount]}))
    )
    plain = group_effects(dataset)
    here = plain["multiplier_set"] == "input_output"
    for name in EFFECTS:
        expected = factor * plain.loc[here, name].to_numpy()
        assert scaled.loc[here, name].to_numpy() == pytest.approx(expected, rel=1e-9)
        others = plain.loc[~here, name].to_numpy()
        assert scaled.loc[~here, name].to_numpy() == pytest.approx(others)


def test_no_domestic_content_leaves_work_on_site_and_what_its_wages_buy(dataset: Dataset) -> None:
    factors = dataset.table("job_factors").assign(domestic_content_frac=0.0)
    table = group_effects(changed(dataset, "job_factors", factors))
    studies = table[table["multiplier_set"] == "project_studies"]
    assert (studies["indirect_job_years"] == 0.0).all()
    built = studies[(studies["phase"] == "construction") & (studies["job_group"] == "wind")]
    induced = (0.4 * built["direct_job_years"]).tolist()
    assert built["induced_job_years"].tolist() == pytest.approx(induced)


@given(st.floats(0.001, 0.2), st.floats(0.001, 0.2))
def test_net_share_rises_with_unemployment(one: float, other: float) -> None:
    dataset = shipped()
    table = dataset.table("state_economy").head(2).assign(unemployment_frac=[one, other])
    shares = net_shares(changed(dataset, "state_economy", table))
    net = shares[shares["phase"] == "construction"]["net_frac"].tolist()
    assert (net[0] <= net[1]) == (one <= other) or net[0] == pytest.approx(net[1])
    assert all(0.5 <= share <= 0.9 for share in net)
    middle = dataset.table("state_economy").head(1).assign(unemployment_frac=0.06)
    half = net_shares(changed(dataset, "state_economy", middle))["net_frac"]
    assert half.tolist() == pytest.approx([0.7, 0.7])


def test_a_second_set_of_studies_stands_beside_the_shipped_one(dataset: Dataset) -> None:
    factors = dataset.table("job_factors")
    own = factors.assign(multiplier_set="own", domestic_content_frac=1.0)
    table = group_effects(changed(dataset, "job_factors", pd.concat([factors, own])))
    assert sorted(table["multiplier_set"].unique()) == ["input_output", "own", "project_studies"]


def test_missing_factors_are_named(dataset: Dataset) -> None:
    check_jobs(dataset)
    groups = dataset.table("job_groups")
    without = changed(dataset, "job_groups", groups[groups["asset"] != "wind_1"])
    with pytest.raises(InputError, match=r"There is no row for the asset wind_1\."):
        check_jobs(without)
    factors = dataset.table("job_factors")
    few = changed(dataset, "job_factors", factors[factors["job_group"] != "solar"])
    with pytest.raises(InputError, match=r"construction of the group solar\."):
        check_jobs(few)
    both = changed(dataset, "job_factors", factors.assign(direct_job_years_per_usd2025_m=1.0))
    with pytest.raises(InputError, match="or in neither way"):
        check_jobs(both)


def test_shares_of_spending_leave_no_more_than_the_whole(dataset: Dataset) -> None:
    keys = ["job_group", "phase"]
    shares = dataset.table("job_spending_shares").groupby(keys)["share_frac"].sum()
    payroll = dataset.table("job_spending").set_index(keys)["payroll_frac"]
    whole = payroll.add(shares, fill_value=0.0)
    assert (whole <= 1.0 + 1e-9).all()
    assert (whole.drop(index=("servers", "operation")) > 0.6).sum() >= len(whole) - 2


@pytest.mark.parametrize(
    ("name", "column", "value", "told"),
    [
        ("job_parameters", "value", 2.0, "consumed_frac, .*: the value cannot be"),
        ("job_parameters", "value", 0.5, "full_employment_rate_frac is not below slack_rate_frac"),
        ("job_parameters", "parameter", "other", "There is no row for the parameter"),
        ("job_spending", "payroll_frac", 0.9, "the shares and the payroll are more than the whole"),
        ("job_spending", "usd2025_per_job", None, "there is a payroll but no cost of a job-year"),
        ("job_factors", "multiplier_set", "input_output", "is that of the input-output table"),
        ("deflators", "year", 2000, "There is no row for the year 2021, 2025"),
        ("state_economy", "zone", "TX", "There is no row for the zone"),
    ],
)
def test_tables_that_cannot_be_are_refused(
    dataset: Dataset, name: str, column: str, value: object, told: str
) -> None:
    table = dataset.table(name).assign(**{column: value})
    with pytest.raises(InputError, match=told):
        check_jobs(changed(dataset, name, table))
