"""Capital calls: laws for any uses, and exact texts of errors."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigaplan.finance.capital_calls import Commitment, capital_calls, j_curve
from gigaplan.terms.errors import InputError

DAY = datetime.date
QUARTERS = [DAY(2026 + month // 12, month % 12 + 1, 1) for month in range(0, 36, 3)]


def test_in_order_the_first_is_drawn_before_the_second():
    promised = [
        Commitment("lead", 50, DAY(2026, 1, 1), rank=1),
        Commitment("follower", 30, DAY(2026, 1, 1), rank=2),
        Commitment("other follower", 10, DAY(2026, 1, 1), rank=2),
    ]
    calls = capital_calls([40, 30, 40], QUARTERS[:3], promised, "in_order")
    np.testing.assert_allclose(calls.called_usd_nominal, [[40, 10, 0], [0, 15, 15], [0, 5, 5]])
    np.testing.assert_allclose(calls.unfunded_usd_nominal, [0, 0, 20])


def test_a_foreign_commitment_is_kept_in_its_own_currency():
    promised = [Commitment("east", 1000, DAY(2026, 1, 1), currency="JPY")]
    rate = [0.010, 0.005]
    calls = capital_calls([6, 6], QUARTERS[:2], promised, usd_per_unit={"JPY": rate})
    # 600 yen in the first quarter; the 400 that are left are worth 2 dollars in the second.
    np.testing.assert_allclose(calls.called_usd_nominal, [[6, 2]])
    np.testing.assert_allclose(calls.undrawn_nominal, [[400, 0]])
    np.testing.assert_allclose(calls.unfunded_usd_nominal, [0, 4])


def test_after_its_last_call_an_investor_pays_nothing():
    promised = [Commitment("early", 100, QUARTERS[0], last_call=QUARTERS[1])]
    calls = capital_calls([10, 10, 10], QUARTERS[:3], promised)
    np.testing.assert_allclose(calls.called_usd_nominal, [[10, 10, 0]])


@given(st.integers(0, 2**32 - 1), st.sampled_from(["pro_rata", "in_order"]))
@settings(max_examples=100, deadline=None)
def test_sources_are_uses_and_no_commitment_is_overdrawn(seed, order):
    draw = np.random.default_rng(seed)
    promised = [
        Commitment(
            f"investor {number}",
            float(draw.uniform(0, 100)),
            QUARTERS[int(draw.integers(0, 8))],
            currency=str(draw.choice(["USD", "CAD"])),
            rank=int(draw.integers(0, 3)),
        )
        for number in range(5)
    ]
    uses = draw.uniform(0, 40, (3, 12)) * (draw.uniform(size=(3, 12)) < 0.7)
    rate = draw.uniform(0.6, 0.9, 12)
    calls = capital_calls(uses, QUARTERS, promised, order, {"CAD": rate})
    called = calls.called_usd_nominal
    np.testing.assert_allclose(
        called.sum(axis=-2) + calls.unfunded_usd_nominal, uses, rtol=1e-12, atol=1e-9
    )
    assert called.min() >= 0
    assert calls.undrawn_nominal.min() >= 0
    for number, promise in enumerate(promised):
        exchange = rate if promise.currency == "CAD" else np.ones(12)
        drawn = np.cumsum(called[:, number] / exchange, axis=-1)
        np.testing.assert_allclose(
            drawn + calls.undrawn_nominal[:, number], promise.amount_nominal, atol=1e-9
        )
        closed = np.array([day < promise.first_close for day in QUARTERS])
        assert (called[:, number, closed] == 0).all()
    # Nobody is short while an open commitment has money left.
    opened = np.array([[promise.first_close <= day for day in QUARTERS] for promise in promised])
    left = (calls.undrawn_nominal * opened).sum(axis=-2)
    assert (left[calls.unfunded_usd_nominal > 1e-9] < 1e-9).all()


def test_j_curve_ends_with_what_was_gained():
    promised = [Commitment("a", 30, QUARTERS[0]), Commitment("b", 10, QUARTERS[0])]
    calls = capital_calls([20, 0, 0], QUARTERS[:3], promised)
    table = j_curve(calls, [[0, 5, 15], [0, 1, 4]])
    assert table.loc["a", "cumulative_usd_nominal"].tolist() == [-15, -10, 5]
    assert table.loc["b", "cumulative_usd_nominal"].tolist() == [-5, -4, 0]
    assert table["net_usd_nominal"].sum() == 5


def test_bad_commitments_are_refused_all_at_once():
    promised = [
        Commitment("north", -5, QUARTERS[0]),
        Commitment("north", 5, DAY(2030, 1, 1)),
        Commitment("moon", 5, QUARTERS[1], last_call=QUARTERS[0], currency="XLM"),
    ]
    with pytest.raises(InputError) as caught:
        capital_calls([1.0, -1.0, 1.0], [*QUARTERS[:2], QUARTERS[1]], promised)
    assert str(caught.value) == (
        "Capital cannot be called.\n"
        "  - uses_usd_nominal: The least use is -1. Give amounts of 0 or more.\n"
        "  - dates[2]: 2026-04-01 follows 2026-04-01. Give dates that rise.\n"
        "  - commitments: north: The commitment is -5. Give an amount of 0 or more.\n"
        "  - commitments: north: The investor is named 2 times. Name each investor once.\n"
        "  - commitments: north: The investor is named 2 times. Name each investor once.\n"
        "  - commitments: north: It first closes on 2030-01-01, after the last call on "
        "2026-04-01. Close it earlier, or plan for longer.\n"
        "  - commitments: moon: The currency XLM is not known; known are USD. "
        "Give its exchange rate in usd_per_unit.\n"
        "  - commitments: moon: Its last call, 2026-01-01, comes before its close. "
        "Give a later day."
    )


def test_bad_dates_and_rates_are_refused():
    with pytest.raises(InputError) as caught:
        capital_calls([1.0], [], [])
    assert str(caught.value) == (
        "Capital cannot be called.\n"
        "  - dates: There are 0 dates for uses of shape (1,). Give one date for each period.\n"
        "  - commitments: There are none. Give one or more."
    )
    east = [Commitment("east", 1, QUARTERS[0], currency="JPY")]
    with pytest.raises(InputError) as caught:
        capital_calls([1.0], QUARTERS[:1], east, usd_per_unit={"JPY": [0.0]})
    assert str(caught.value) == (
        "Capital cannot be called.\n"
        "  - commitments: east: An exchange rate of JPY is not above zero. "
        "Give dollars per unit above 0."
    )
