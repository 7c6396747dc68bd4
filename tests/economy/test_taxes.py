"""Taxes add up over states, projects and years, whatever is built, and follow their equations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.economy.taxed_plan import MONEY, facts, rates, taxed_plan, total

from gigaplan.economics.construction import interest_during_construction_factor
from gigaplan.economy.activity import last_year_of
from gigaplan.economy.taxes import tax_tables
from gigaplan.economy.taxes.corporate import corporate_taxes, owner_income
from gigaplan.economy.taxes.property import property_taxes
from gigaplan.economy.taxes.sales import sales_tax, sales_taxes
from gigaplan.finance.operations import assessed_share

ZONES = ("TX", "KS", "VA", "OH", "OR", "CA")
CLASSES = ("campus", "accelerator", "generator", "storage", "corridor", "factory")
MACRS_5 = (0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576)
"""IRS Publication 946, Table A-1."""

rows = st.tuples(
    st.sampled_from([f"P{at}" for at in range(5)]),
    st.sampled_from(CLASSES),
    st.sampled_from(ZONES),
    st.sampled_from(["programme", "tenants", "others"]),
    st.integers(2026, 2040),
    st.floats(0.0, 1e5),
)


def _spending(drawn: list[tuple[str, str, str, str, int, float]]) -> pd.DataFrame:
    columns = ["project", "class", "zone", "payer", "calendar_year", "spend_usd2025_m"]
    return pd.DataFrame(drawn, columns=columns).assign(asset="any")


@given(st.lists(rows, min_size=1, max_size=30), st.floats(0.0, 1.0))
def test_sales_taxes_of_any_spending_add_up(
    drawn: list[tuple[str, str, str, str, int, float]], exempt: float
) -> None:
    spending = _spending(drawn)
    share = pd.Series({"P0": exempt, "P1": 1.0})
    found = sales_taxes(spending, rates(), share)
    money = ["base_usd2025_m", "due_usd2025_m", "incentive_usd2025_m"]
    whole = found[money].sum()
    for key in ("zone", "project", "calendar_year", "level", "payer"):
        again = found.groupby(key)[money].sum().sum()
        assert again.tolist() == pytest.approx(whole.tolist())
    due, forgone = found["due_usd2025_m"], found["incentive_usd2025_m"]
    assert ((forgone >= 0.0) & (forgone <= due)).all()
    assert forgone[~found["class"].isin(["campus", "accelerator"])].sum() == 0.0
    backwards = sales_taxes(spending.iloc[::-1], rates(), share)
    assert backwards[money].sum().tolist() == pytest.approx(whole.tolist())
    doubled = spending.assign(spend_usd2025_m=2.0 * spending["spend_usd2025_m"])
    twice = sales_taxes(doubled, rates(), share)[money].sum()
    assert twice.tolist() == pytest.approx((2.0 * whole).tolist())


@given(st.floats(0.0, 1e6), st.floats(0.0, 1.0), st.floats(0.0, 0.2), st.floats(0.0, 1.0))
def test_what_is_not_exempt_is_paid(
    spend: float, taxable: float, rate: float, exempt: float
) -> None:
    due, forgone = sales_tax(spend, taxable, rate, exempt)
    assert 0.0 <= forgone <= due <= spend
    assert due - forgone == pytest.approx((1.0 - exempt) * rate * taxable * spend)


def test_the_table_adds_up_in_every_way() -> None:
    taxes = taxed_plan().table("taxes")
    whole = taxes[MONEY].sum()
    assert whole["due_usd2025_m"] > 1000.0
    for key in ("zone", "project", "calendar_year", "class", "payer", "tax", "level"):
        assert total(taxes, key).tolist() == pytest.approx(whole.tolist())
    paid = taxes["due_usd2025_m"] - taxes["incentive_usd2025_m"]
    assert (taxes["paid_usd2025_m"] == paid).all()
    keys = ["project", "zone", "calendar_year", "tax", "level"]
    assert not taxes.duplicated(keys).any()
    assert set(taxes["tax"]) == {"sales", "property", "corporate"}
    index = 1.025 ** (taxes["calendar_year"] - 2025)
    nominal = taxes["paid_usd2025_m"] * index
    assert taxes["paid_usd_nominal_m"].tolist() == pytest.approx(nominal.tolist())


def test_sales_tax_is_on_the_taxable_part_of_every_project() -> None:
    taxes, projects = taxed_plan().table("taxes"), taxed_plan().table("projects")
    sold = taxes[(taxes["tax"] == "sales") & (taxes["level"] == "state")]
    base = sold.groupby("project")["base_usd2025_m"].sum()
    share = projects["class"].map(rates().bases["taxable_share_frac"])
    wanted = (projects["capex_usd2025_m"] * share).set_axis(projects["project"])
    known = wanted[wanted > 1e-3]
    assert len(known) > 5
    assert base.reindex(known.index).tolist() == pytest.approx(known.tolist())


def test_a_plan_without_builds_has_no_taxes() -> None:
    plan = facts()
    empty = {name: plan.tables[name].iloc[:0] for name in ("projects", "deals", "deal_ledger")}
    found = tax_tables(replace(plan, tables={**plan.tables, **empty}))
    assert found["taxes"].empty
    assert found["incentives"].empty
    assert set(found["taxes"].columns) == set(taxed_plan().table("taxes").columns)


def _running(**changed: object) -> pd.DataFrame:
    """Return five years of servers that cost 1000 and enter service in 2029."""
    years = np.arange(1, 6)
    table = pd.DataFrame(
        {
            "project": "P1",
            "asset": "Rubin",
            "class": "accelerator",
            "zone": "VA",
            "payer": "tenants",
            "calendar_year": 2029 + years,
            "year": years,
            "cost_usd_nominal_m": 1000.0,
            "price_index": 1.0,
        }
    )
    return table.assign(**changed)


def test_property_tax_of_servers_by_hand() -> None:
    """1000 M$ at 50, 40, 30, 20 and 10 %, 4 % a year in Virginia, 85 % of it abated."""
    found = property_taxes(_running(), rates())
    assert found["base_usd2025_m"].tolist() == pytest.approx([500.0, 400.0, 300.0, 200.0, 100.0])
    assert found["due_usd2025_m"].tolist() == pytest.approx([20.0, 16.0, 12.0, 8.0, 4.0])
    assert found["incentive_usd2025_m"].tolist() == pytest.approx([17.0, 13.6, 10.2, 6.8, 3.4])
    assert set(found["level"]) == {"local"}


def test_property_tax_of_a_campus_is_that_of_industry() -> None:
    """Texas: 2.2 % of 60 % of the cost, every year the same; servers of Ohio are not taxed."""
    campus = property_taxes(_running(**{"class": "campus", "zone": "TX"}), rates())
    assert campus["due_usd2025_m"].tolist() == pytest.approx([13.2] * 5)
    assert property_taxes(_running(zone="OH"), rates())["due_usd2025_m"].sum() == 0.0
    assert property_taxes(_running(zone="OH", **{"class": "campus"}), rates())[
        "due_usd2025_m"
    ].tolist() == pytest.approx([11.4] * 5)


def test_property_tax_is_in_the_money_of_2025() -> None:
    nominal = property_taxes(_running(), rates())["due_usd2025_m"]
    real = property_taxes(_running(price_index=1.25), rates())["due_usd2025_m"]
    assert (1.25 * real).tolist() == pytest.approx(nominal.tolist())


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.integers(1, 60))
def test_assessed_value_only_falls(first: float, decline: float, year: int) -> None:
    now, later = (float(assessed_share(first, decline, at)) for at in (year, year + 1))
    assert 0.0 <= later <= now <= first


@given(
    st.floats(1.0, 1e4),
    st.floats(0.1, 0.9),
    st.floats(0.01, 0.15),
    st.integers(1, 20),
)
def test_interest_is_that_of_an_equal_repayment(
    cost: float, debt: float, rate: float, tenor: int
) -> None:
    """Income without earnings and depreciation is the interest on what is still owed."""
    one = [np.array([value]) for value in (cost, 0.0)]
    rest = [np.array([value]) for value in (debt, rate, float(tenor), 25.0)]
    income = owner_income(*one, np.ones((1, 25)), np.array([cost]), np.zeros((1, 25)), *rest)[0]
    owed = _interest(rate, tenor, debt * cost)
    assert (-income[:tenor]).tolist() == pytest.approx(owed, abs=1e-7 * cost)
    assert income[tenor:].tolist() == pytest.approx([0.0] * (25 - tenor), abs=1e-9 * cost)


def _interest(rate: float, tenor: int, lent: float) -> list[float]:
    """Return the interest of each year of a loan that is repaid in equal payments."""
    payment = lent * rate / (1.0 - (1.0 + rate) ** -tenor)
    owed, found = lent, []
    for _ in range(tenor):
        found.append(rate * owed)
        owed += rate * owed - payment
    assert owed == pytest.approx(0.0, abs=1e-6 * lent)
    return found


def _part(zone: str) -> pd.DataFrame:
    """Return servers for 1000 M$ of 2025 without a deal, in service in 2028 for five years."""
    return pd.DataFrame(
        {
            "project": ["P1"],
            "asset": ["Rubin"],
            "class": ["accelerator"],
            "zone": [zone],
            "payer": ["tenants"],
            "deal": [""],
            "service_year": [2028],
            "life_years": [5],
            "construction_years": [1],
            "capex_usd2025_m": [1000.0],
            "cost_usd_nominal_m": [1000.0 * 1.025**3],
        }
    )


def test_income_tax_of_what_others_pay_for_by_hand() -> None:
    """Servers in Kansas at 6.5 %: every year counted here again, with losses of the first ones.

    Terms of ``deal_terms``: 60 % lent at 9.5 % for four years; 9 % real return over five years.
    """
    found = corporate_taxes(_part("KS"), facts(), rates())
    cost, lent = 1000.0 * 1.025**3, 0.6 * 1000.0 * 1.025**3
    factor = float(interest_during_construction_factor(0.09, 1))
    earned = 1000.0 * factor / sum(1.09**-year for year in range(1, 6))
    interest = [*_interest(0.095, 4, lent), 0.0]
    pool, taxes = 0.0, {}
    for year in range(1, 6):
        income = earned * 1.025 ** (3 + year) - MACRS_5[year - 1] * cost - interest[year - 1]
        used = min(pool, 0.8 * max(income, 0.0))
        pool += max(-income, 0.0) - used
        taxes[2028 + year] = 0.065 * (max(income, 0.0) - used) / 1.025 ** (3 + year)
    last = last_year_of(facts())
    wanted = {year: tax for year, tax in taxes.items() if year <= last}
    own = found.set_index("calendar_year")["due_usd2025_m"]
    assert sum(wanted.values()) > 1.0
    for year in own.index:
        assert own[year] == pytest.approx(wanted.get(year, 0.0), abs=1e-9)


def test_a_state_without_income_tax_asks_none() -> None:
    assert corporate_taxes(_part("TX"), facts(), rates()).empty
