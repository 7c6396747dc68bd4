"""Laws of annuities, construction and discounting, for any rate and life."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.economics.annuity import annuity_factor
from gigaplan.economics.construction import interest_during_construction_factor, spend_shares
from gigaplan.economics.discounting import discount_factor, discounted_years, years_represented

rates = st.floats(0.0, 0.3)
lives = st.integers(1, 60)


@given(rates, lives)
def test_the_payments_of_an_annuity_are_worth_the_capital(rate: float, life: int) -> None:
    payments = float(annuity_factor(rate, life)) * discount_factor(rate, np.arange(1, life + 1))
    assert payments.sum() == pytest.approx(1.0, rel=1e-10)


@given(rates, lives)
def test_a_longer_life_and_a_lower_rate_never_cost_more_a_year(rate: float, life: int) -> None:
    here = float(annuity_factor(rate, life))
    assert float(annuity_factor(rate, life + 1)) <= here
    assert float(annuity_factor(rate + 0.01, life)) >= here
    assert here >= max(rate, 1.0 / life) * (1.0 - 1e-12)


@given(st.floats(1e-12, 1e-7), lives)
def test_the_annuity_has_no_step_at_a_rate_of_zero(rate: float, life: int) -> None:
    assert float(annuity_factor(rate, life)) == pytest.approx(1.0 / life, rel=1e-5)


@given(rates, st.integers(1, 12))
def test_construction_is_the_sum_of_its_years(rate: float, years: int) -> None:
    # Money spent at the middle of each year waits for the service that begins after the last.
    waits = [(1.0 + rate) ** (years - year - 0.5) for year in range(years)]
    assert float(interest_during_construction_factor(rate, years)) == pytest.approx(
        sum(waits) / years, rel=1e-10
    )


@given(st.integers(0, 8), st.integers(1, 4), st.integers(1, 7))
def test_every_dollar_is_spent_once(first: int, years_in_service: int, construction: int) -> None:
    calendar = np.arange(2026, 2040)
    service = np.arange(2026 + first, 2026 + first + years_in_service)
    shares = spend_shares(service, construction, calendar)
    assert shares.sum() == pytest.approx(1.0)
    assert np.all(shares >= 0)
    assert np.all(shares[calendar > service[-1]] == 0)


steps = st.lists(st.integers(1, 6), min_size=1, max_size=5)


@given(steps, st.integers(1, 8), rates)
def test_milestones_stand_for_every_year_once(gaps: list[int], after: int, rate: float) -> None:
    milestones = [2026, *(2026 + np.cumsum(gaps)).tolist()]
    years = [year for period in years_represented(milestones, after) for year in period]
    assert years == list(range(2026, milestones[-1] + after))
    weights = discounted_years(rate, 2026, milestones, after)
    by_year = discount_factor(rate, np.array(years) - 2026)
    assert weights.sum() == pytest.approx(by_year.sum(), rel=1e-12)


@given(steps, st.integers(1, 8))
def test_without_discounting_a_milestone_weighs_its_years(gaps: list[int], after: int) -> None:
    milestones = [2026, *(2026 + np.cumsum(gaps)).tolist()]
    assert discounted_years(0.0, 2026, milestones, after).tolist() == [*gaps, after]
