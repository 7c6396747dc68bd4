"""Capitalization: worked cases, a step-by-step search, and rounds that leave nothing."""

from __future__ import annotations

import datetime
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigaplan.finance.round.cap_table import CapTable, Common, Holding, Preferred
from gigaplan.finance.round.capitalization import capitalization
from gigaplan.finance.round.convertibles import (
    ConvertibleNote,
    Safe,
    conversion_price,
    settled_terms,
)
from gigaplan.finance.round.priced_round import close_round
from gigaplan.finance.round.round_terms import NewMoney, Round
from gigaplan.terms.errors import InputError

DAY = datetime.date(2026, 6, 1)
FOUNDERS = CapTable((Common(),), (Holding("founders", "common", 8e6),))


def a_round(pre, new, **changes):
    return Round(Preferred("series A", 1.0), DAY, pre, (NewMoney("fund", new),), **changes)


def test_safes_that_leave_a_ten_millionth():
    # Founders keep 1e-7 before the money: 8 M shares are worth 60 dollars of 600 M.
    safe = Safe("angel", 8e6 * (1 - 1e-7), 8e6)
    closed = close_round(FOUNDERS, a_round(600e6, 5e6), [safe])
    assert closed.price_usd == pytest.approx(60 / 8e6, rel=1e-8)


def test_a_safe_on_a_pool_that_it_widens():
    # Half of all shares after the money are the pool W; a pre-money SAFE gets half of E + W.
    # N = E + (E + W) / 2, W = N + S, S = 5 / 605 of all: all = 2 W, so W (1/2 - 5/302.5) = 3/2 E.
    safe = Safe("angel", 4e6, 8e6, form="pre_money")
    closed = close_round(FOUNDERS, a_round(600e6, 5e6, pool_frac=0.5), [safe])
    wider = 1.5 * 8e6 / (0.5 - 2 * 5 / 605)
    assert closed.pool_increase_shares == pytest.approx(wider, rel=1e-12)
    assert closed.conversions[0].shares == pytest.approx((8e6 + wider) / 2, rel=1e-12)
    assert closed.price_usd == pytest.approx(605e6 / (2 * wider), rel=1e-12)


ENDLESS = {
    "a most-favoured SAFE takes all with the next one": (
        [Safe("A", 3e6, most_favoured=True), Safe("B", 1e6, 4e6)],
        0.0,
        "1",
    ),
    "most-favoured, beyond all": (
        [Safe("A", 5e6, most_favoured=True), Safe("B", 1e6, 4e6)],
        0.0,
        "1.5",
    ),
    "a SAFE and the pool feed each other": ([Safe("A", 8e6, 8e6, form="pre_money")], 0.5, "1"),
    "two forms and the pool": (
        [Safe("A", 5e6, 8e6, form="pre_money"), Safe("B", 4e6, 8e6)],
        0.5,
        "1.125",
    ),
}


@pytest.mark.parametrize("name", ENDLESS)
@pytest.mark.parametrize("pre", [60e6, 1e12])
@pytest.mark.parametrize("timing", ["pre_money", "post_money"])
def test_rounds_that_leave_nothing_are_refused(name, pre, timing):
    safes, pool, part = ENDLESS[name]
    with pytest.raises(InputError) as caught:
        close_round(FOUNDERS, a_round(pre, 5e6, pool_frac=pool, pool_timing=timing), safes)
    assert str(caught.value) == (
        "The round cannot be closed.\n"
        "  - convertibles: What converts at caps, and the pool that grows with it, "
        f"take {part} of the company. Give caps that leave something, or a smaller pool_frac."
    )


def test_amounts_without_an_end_are_refused():
    safes = [Safe("A", math.inf, 8e6, form="pre_money")]
    terms = Round(
        Preferred("series A", 1.0),
        DAY,
        math.inf,
        (NewMoney("fund", math.inf), NewMoney("other", math.nan)),
    )
    with pytest.raises(InputError) as caught:
        close_round(FOUNDERS, terms, safes)
    assert [fault.where for fault in caught.value.faults] == [
        "convertibles[0]: A",
        "round: pre_money_usd",
        "round: new money of fund",
        "round: new money of other",
        "round: new_money",
    ]
    with pytest.raises(InputError, match="It has inf shares"):
        CapTable((Common(),), (Holding("founders", "common", math.inf),))


def step_by_step(terms, convertibles, price, existing, pool_shares):
    """Convert and widen the pool again and again, from nothing, until nothing changes."""
    sold, shares, increase = terms.new_money_usd / price, existing, 0.0
    for _ in range(20_000):
        converted = 0.0
        for offered in settled_terms(convertibles):
            prices = []
            for part in offered:
                base = existing
                if isinstance(part, Safe):
                    base = shares if part.form == "post_money" else existing + increase
                prices.append(conversion_price(price, base, part.cap_usd, part.discount_frac)[0])
            own = offered[0]
            money = own.investment_usd if isinstance(own, Safe) else own.principal_usd
            converted += money / min(prices)
        short = terms.pool_frac * (existing + converted + sold) - pool_shares
        shares, increase = existing + converted, max(0.0, short / (1.0 - terms.pool_frac))
    return shares, increase


caps = st.one_of(st.none(), st.floats(8e6, 60e6))
discounts = st.sampled_from([0.0, 0.1, 0.25])
safes = st.builds(
    Safe,
    st.just("A"),
    st.floats(0.0, 2e6),
    caps,
    discounts,
    st.sampled_from(["post_money", "pre_money"]),
    st.booleans(),
)
notes = st.builds(
    ConvertibleNote,
    st.just("N"),
    st.floats(0.0, 2e6),
    st.just(DAY),
    cap_usd=caps,
    discount_frac=discounts,
)


@given(
    st.lists(st.one_of(safes, notes), max_size=3),
    st.floats(0.05, 20.0),
    st.floats(1e5, 3e7),
    st.floats(0.0, 0.4),
    st.floats(0.0, 2e6),
)
@settings(max_examples=40, deadline=None)
def test_the_shares_are_those_of_a_search_step_by_step(convertibles, price, new, pool, pool_shares):
    terms = a_round(1.0, new, pool_frac=pool)
    found = capitalization(terms, convertibles, price, 8e6, pool_shares)
    shares, increase = step_by_step(terms, convertibles, price, 8e6, pool_shares)
    assert found.shares == pytest.approx(shares, rel=1e-10)
    assert found.pool_increase == pytest.approx(increase, rel=1e-10, abs=1e-3)
    converted = sum(part.shares for part in found.conversions)
    assert found.shares == pytest.approx(8e6 + converted, rel=1e-12)
