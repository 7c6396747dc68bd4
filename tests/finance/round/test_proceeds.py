"""Use of proceeds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.finance.round.proceeds import new_money_needed
from gigaplan.terms.errors import InputError

amounts = st.lists(st.floats(0, 1e9), min_size=4, max_size=4)


@given(amounts, amounts)
def test_with_the_round_there_is_enough_in_every_period_and_not_a_dollar_more(need, others):
    raised = new_money_needed(need, others, 0.03)
    cash = 0.97 * raised + np.cumsum(np.array(others) - np.array(need))
    assert cash.min() >= -1e-6
    assert raised == 0 or cash.min() == pytest.approx(0.0, abs=1e-5)


def test_bad_amounts_are_refused():
    with pytest.raises(InputError) as caught:
        new_money_needed([-1.0], [0.0], 1.0)
    assert str(caught.value) == (
        "The size of the round cannot be computed.\n"
        "  - equity_need_usd_nominal: The least amount is -1. Give amounts of 0 or more.\n"
        "  - cost_frac: It is 1. Give a share from 0 to less than 1."
    )
