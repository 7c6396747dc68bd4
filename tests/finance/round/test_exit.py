"""Exits: a published table, brute force over all decisions, and laws."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigaplan.finance.round.cap_table import (
    CapTable,
    Common,
    Holding,
    Option,
    Preferred,
    ProfitInterest,
)
from gigaplan.finance.round.exit import exit_proceeds
from gigaplan.terms.errors import InputError


def two_parties(preferred):
    """Management has two thirds, investors one third for which they paid 5 M."""
    return CapTable(
        (Common(), preferred),
        (Holding("management", "common", 2e6), Holding("investors", preferred.name, 1e6)),
    )


# "Liquidation Preference Calculation Table V1", scribd document 6879756: 5 M raised at 10 M
# before the money; management and investors, in millions, at each exit.
PLAIN = {
    5: (0, 5),
    10: (5, 5),
    20: (40 / 3, 20 / 3),
    30: (20, 10),
    60: (40, 20),
    100: (200 / 3, 100 / 3),
}
NEGOTIATED = {
    5: (0, 5),
    10: (0, 10),
    20: (20 / 3, 40 / 3),
    30: (15, 15),
    40: (25, 15),
    50: (100 / 3, 50 / 3),
    60: (40, 20),
    90: (60, 30),
}


@pytest.mark.parametrize(
    ("preferred", "published"),
    [
        (Preferred("series A", 5.0), PLAIN),
        (
            Preferred(
                "series A",
                5.0,
                liquidation_multiple=2.0,
                participation="capped",
                cap_multiple=3.0,
            ),
            NEGOTIATED,
        ),
    ],
)
def test_published_table(preferred, published):
    table = two_parties(preferred)
    result = exit_proceeds(table, 1e6 * np.array(list(published)))
    expected = 1e6 * np.array(list(published.values()))
    np.testing.assert_allclose(result.holder_usd_nominal, expected, rtol=1e-12)


def test_full_participation_takes_twice():
    table = two_parties(Preferred("series A", 5.0, participation="participating"))
    result = exit_proceeds(table, 20e6)
    assert result.table().to_dict() == pytest.approx({"management": 10e6, "investors": 10e6})


def test_seniority_goes_first_and_equals_share():
    table = CapTable(
        (
            Common(),
            Preferred("A", 1.0, seniority=1),
            Preferred("B", 3.0, seniority=2),
            Preferred("C", 1.0, seniority=1),
        ),
        (
            Holding("founders", "common", 10.0),
            Holding("first", "A", 6.0),
            Holding("second", "B", 4.0),
            Holding("third", "C", 2.0),
        ),
    )
    result = exit_proceeds(table, [6.0, 16.0, 20.0])
    np.testing.assert_allclose(
        result.class_usd_nominal, [[0, 0, 6, 0], [0, 3, 12, 1], [0, 6, 12, 2]]
    )


def test_a_unit_with_a_threshold_and_a_capped_return():
    table = CapTable(
        (Common(), ProfitInterest("units", threshold_usd=2.0, cap_usd=3.0)),
        (Holding("founders", "common", 10.0), Holding("staff", "units", 10.0)),
    )
    # Below 20 staff gets nothing; from there half of each dollar, up to 30.
    result = exit_proceeds(table, [15.0, 40.0, 80.0, 180.0])
    np.testing.assert_allclose(result.class_usd_nominal, [[15, 0], [30, 10], [50, 30], [150, 30]])


def test_an_option_is_exercised_when_it_pays():
    table = CapTable(
        (Common(), Option("options", 1.0)),
        (Holding("founders", "common", 90.0), Holding("staff", "options", 10.0)),
    )
    result = exit_proceeds(table, [90.0, 190.0])
    # 190 and the 10 that staff pays are 2 for each of 100 shares.
    np.testing.assert_allclose(result.class_usd_nominal, [[90, 0], [180, 10]])
    np.testing.assert_allclose(result.common_share_usd_nominal, [1, 2])


def payouts_given(table, decisions, proceeds):
    """Proceeds by bisection on x, for fixed decisions to convert: a second way to the number."""
    counts = [
        sum(holding.shares for holding in table.holdings if holding.share_class == part.name)
        for part in table.classes
    ]

    def claims(x):
        out = []
        for part, n, converts in zip(table.classes, counts, decisions, strict=True):
            if isinstance(part, Preferred) and not converts:
                first = n * part.issue_price_usd * part.liquidation_multiple
                shared = first + n * part.ratio * x
                if part.participation == "non_participating":
                    shared = first
                if part.participation == "capped":
                    shared = min(shared, n * part.issue_price_usd * part.cap_multiple)
                out.append(shared)
            elif isinstance(part, Option):
                out.append(n * max(x - part.strike_usd, 0))
            elif isinstance(part, ProfitInterest):
                top = np.inf if part.cap_usd is None else part.cap_usd
                out.append(n * min(max(x - part.threshold_usd, 0), top))
            else:
                out.append(n * table.ratio(part.name) * x)
        return out

    floor = [
        n * part.issue_price_usd * part.liquidation_multiple
        if isinstance(part, Preferred) and not converts
        else 0.0
        for part, n, converts in zip(table.classes, counts, decisions, strict=True)
    ]
    if sum(floor) >= proceeds:
        paid, left = [0.0] * len(floor), proceeds
        ranks = [getattr(part, "seniority", 0) for part in table.classes]
        for rank in sorted(set(ranks), reverse=True):
            due = [f if r == rank else 0.0 for f, r in zip(floor, ranks, strict=True)]
            share = min(1.0, left / sum(due)) if sum(due) else 0.0
            paid = [p + share * d for p, d in zip(paid, due, strict=True)]
            left = max(0.0, left - sum(due))
        return paid
    low, high = 0.0, 1e9
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(claims(middle)) < proceeds else (low, middle)
    return claims(high)


preferreds = st.builds(
    lambda price, ratio, multiple, kind, extra, seniority: (
        price,
        price / ratio,
        multiple,
        kind,
        multiple + extra if kind == "capped" else None,
        seniority,
    ),
    st.floats(0.5, 10),
    st.sampled_from([1.0, 1.5]),
    st.sampled_from([0.5, 1.0, 2.0]),
    st.sampled_from(["non_participating", "participating", "capped"]),
    st.sampled_from([0.0, 1.0, 2.5]),
    st.integers(0, 2),
)


@given(
    st.lists(st.tuples(preferreds, st.floats(1, 50)), max_size=4),
    st.floats(0, 1500),
)
@settings(max_examples=120, deadline=None)
def test_decisions_to_convert_are_an_equilibrium(drawn, proceeds):
    classes = [Common(), Option("options", 2.0), ProfitInterest("units", 1.0, 4.0)]
    holdings = [
        Holding("founders", "common", 20.0),
        Holding("staff", "options", 5.0),
        Holding("team", "units", 5.0),
    ]
    for number, (terms, shares) in enumerate(drawn):
        classes.append(Preferred(f"P{number}", *terms))
        holdings.append(Holding(f"investor {number}", f"P{number}", shares))
    table = CapTable(tuple(classes), tuple(holdings))
    result = exit_proceeds(table, proceeds)
    amounts = result.class_usd_nominal
    # Everything is paid out, nothing is negative.
    assert amounts.sum() == pytest.approx(proceeds, rel=1e-12, abs=1e-9)
    assert amounts.min() >= 0
    assert result.holder_usd_nominal.sum() == pytest.approx(proceeds, rel=1e-12, abs=1e-9)
    # The same decisions, shared out in another way, give the same.
    decisions = list(result.converted)
    again = payouts_given(table, decisions, proceeds)
    np.testing.assert_allclose(amounts, again, rtol=1e-6, atol=1e-5)
    # No class gains by deciding otherwise alone.
    for place in range(3, len(classes)):
        other = list(decisions)
        other[place] = not other[place]
        assert payouts_given(table, other, proceeds)[place] <= amounts[place] + 1e-5


@given(st.lists(st.tuples(preferreds, st.floats(1, 50)), min_size=1, max_size=3))
@settings(max_examples=30, deadline=None)
def test_an_equilibrium_found_by_brute_force_is_ours(drawn):
    classes, holdings = [Common()], [Holding("founders", "common", 20.0)]
    for number, (terms, shares) in enumerate(drawn):
        classes.append(Preferred(f"P{number}", *terms))
        holdings.append(Holding(f"investor {number}", f"P{number}", shares))
    table = CapTable(tuple(classes), tuple(holdings))
    for proceeds in (3.0, 60.0, 400.0):
        ours = exit_proceeds(table, proceeds).class_usd_nominal
        stable = []
        for choice in itertools.product([False, True], repeat=len(drawn)):
            decisions = [False, *choice]
            paid = payouts_given(table, decisions, proceeds)
            better = []
            for place in range(1, len(classes)):
                other = list(decisions)
                other[place] = not other[place]
                better.append(payouts_given(table, other, proceeds)[place] > paid[place] + 1e-6)
            if not any(better):
                stable.append(paid)
        assert stable
        assert any(np.allclose(paid, ours, rtol=1e-6, atol=1e-5) for paid in stable)


@given(
    st.lists(st.tuples(preferreds, st.floats(1, 50)), max_size=3),
    st.floats(0, 500),
    st.floats(0, 500),
)
@settings(max_examples=100, deadline=None)
def test_more_money_never_lowers_what_a_class_gets(drawn, proceeds, more):
    classes = [Common(), *(Preferred(f"P{n}", *terms) for n, (terms, _) in enumerate(drawn))]
    holdings = [
        Holding("founders", "common", 20.0),
        *(Holding(f"investor {n}", f"P{n}", shares) for n, (_, shares) in enumerate(drawn)),
    ]
    result = exit_proceeds(CapTable(tuple(classes), tuple(holdings)), [proceeds, proceeds + more])
    less, all_of_it = result.class_usd_nominal
    assert (all_of_it >= less - 1e-9).all()


def test_proceeds_that_cannot_be_shared_are_refused():
    table = CapTable((ProfitInterest("units", 0.0, 3.0),), (Holding("staff", "units", 10.0),))
    with pytest.raises(InputError) as caught:
        exit_proceeds(table, -1.0)
    assert str(caught.value) == (
        "The proceeds of an exit cannot be shared out.\n"
        "  - proceeds_usd_nominal: The least proceeds are -1. Give amounts of 0 or more.\n"
        "  - classes: Every class is capped: nobody gets what is left. "
        "Add shares of a class without a cap."
    )
