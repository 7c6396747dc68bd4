"""Multiples and payback of cash flows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.finance.multiples import (
    distributed_to_paid_in,
    multiple_on_invested_capital,
    payback_time,
    residual_to_paid_in,
    total_value_to_paid_in,
)

money = st.lists(st.floats(0, 1e6), min_size=1, max_size=12)


@given(money)
def test_a_closed_fund_has_one_multiple(flows):
    paid, back = np.array([10.0, *flows]), np.array([0.0, *flows[::-1]])
    nothing_left = np.zeros_like(paid)
    dpi = distributed_to_paid_in(paid, back)
    assert total_value_to_paid_in(paid, back, nothing_left) == pytest.approx(dpi)
    assert multiple_on_invested_capital(np.concatenate([-paid, back])) == pytest.approx(dpi[-1])


def test_nothing_paid_in_gives_zero_and_no_warning():
    assert residual_to_paid_in([0, 10], [5, 12]).tolist() == [0.0, 1.2]


def test_a_late_call_moves_payback():
    # In after one year, called again in the third, for good in the fourth.
    assert payback_time([-10, 12, 0, -10, 16], np.arange(5)) == pytest.approx(3.5)


def test_flows_that_are_never_below_zero_pay_back_at_once():
    assert payback_time([0, 0, 3], [0, 1, 2]) == 0.0


def test_many_rows_at_once():
    cash = np.array([[-4.0, 2, 2], [-4, 8, 0], [-4, 1, 1]])
    np.testing.assert_array_equal(payback_time(cash, np.arange(3)), [2.0, 0.5, np.nan])
