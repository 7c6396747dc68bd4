"""Laws of money and time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.economics.annuity import annuity_factor
from gigaplan.economics.construction import (
    interest_during_construction_factor,
    spend_shares,
)
from gigaplan.economics.discounting import discount_factor, discounted_years, years_represented

rates = st.floats(0.0, 0.5)
lives = st.integers(1, 80)


@given(rate=rates, life=lives)
def test_an_annuity_repays_its_capital(rate: float, life: int) -> None:
    """The present value of the payments is the capital."""
    payment = float(annuity_factor(rate, life))
    repaid = payment * discount_factor(rate, np.arange(1, life + 1)).sum()
    assert repaid == pytest.approx(1.0, rel=1e-9)


@given(rate=rates, life=lives)
def test_an_annuity_falls_with_life_and_rises_with_the_rate(rate: float, life: int) -> None:
    """Longer life: smaller payments; dearer capital: larger ones."""
    payment = float(annuity_factor(rate, life))
    assert float(annuity_factor(rate, life + 1)) < payment
    assert float(annuity_factor(rate + 0.01, life)) > payment
    assert payment >= rate


@given(rate=st.floats(1e-13, 1e-9), life=lives)
def test_an_annuity_near_zero_rates_is_smooth(rate: float, life: int) -> None:
    """Near a rate of zero the factor meets one over the life."""
    assert float(annuity_factor(rate, life)) == pytest.approx(1.0 / life, rel=1e-6)


@pytest.mark.parametrize(("rate", "life"), [(-0.1, 5), (0.1, 0), (0.1, -1), (float("nan"), 5)])
def test_an_annuity_outside_its_domain(rate: float, life: float) -> None:
    """What has no meaning is refused."""
    with pytest.raises(ValueError, match="annuity_factor needs"):
        annuity_factor(rate, life)


milestones = st.lists(st.integers(2026, 2060), min_size=1, max_size=8, unique=True).map(sorted)


@given(years=milestones, after=st.integers(1, 20))
def test_zero_discounting_is_a_plain_sum(years: list[int], after: int) -> None:
    """Without discounting the weights are the numbers of years, and none is lost."""
    weights = discounted_years(0.0, years[0], years, after)
    periods = years_represented(years, after)
    assert weights.tolist() == [float(len(period)) for period in periods]
    assert [year for period in periods for year in period] == list(
        range(years[0], years[-1] + after)
    )


@given(years=milestones, after=st.integers(1, 20), rate=st.floats(0.001, 0.3))
def test_discounting_makes_later_years_smaller(years: list[int], after: int, rate: float) -> None:
    """Weights are below the plain sum and add to the sum over all years."""
    weights = discounted_years(rate, years[0], years, after)
    every = discount_factor(rate, np.arange(years[-1] + after - years[0]))
    assert float(weights.sum()) == pytest.approx(float(every.sum()), rel=1e-12)


@given(
    start=st.integers(2026, 2040),
    span=st.integers(1, 5),
    construction=st.integers(1, 8),
)
def test_all_capex_is_spent_once(start: int, span: int, construction: int) -> None:
    """Shares add to one, none after service, none before the horizon."""
    calendar = np.arange(2026, 2046)
    shares = spend_shares(np.arange(start, start + span), construction, calendar)
    assert shares.sum() == pytest.approx(1.0)
    assert (shares >= 0).all()
    assert not shares[calendar > start + span - 1].any()


@given(rate=st.floats(0.0, 0.2), years=st.integers(1, 10))
def test_interest_during_construction_grows_with_time(rate: float, years: int) -> None:
    """Waiting costs: the factor is one or more and grows with the years of construction."""
    factor = float(interest_during_construction_factor(rate, years))
    by_hand = np.mean([(1 + rate) ** (k - 0.5) for k in range(1, years + 1)])
    assert factor == pytest.approx(float(by_hand), rel=1e-9)
    assert factor >= 1.0
