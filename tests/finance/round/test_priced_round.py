"""Priced rounds: published examples, laws for any terms, and exact texts of errors."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigaplan.finance.round.anti_dilution import weighted_average_price
from gigaplan.finance.round.cap_table import (
    POOL,
    CapTable,
    Common,
    Holding,
    Option,
    Preferred,
    before_and_after,
    ownership,
)
from gigaplan.finance.round.convertibles import ConvertibleNote, Safe
from gigaplan.finance.round.priced_round import close_round
from gigaplan.finance.round.round_terms import NewMoney, Round
from gigaplan.terms.errors import InputError

DAY = datetime.date(2026, 6, 1)
SERIES_A = Preferred("series A", 1.0)


def founders_only(shares=8e6, pool=0.0):
    return CapTable((Common(),), (Holding("founders", "common", shares),), pool)


def a_round(pre, new, **changes):
    return Round(SERIES_A, DAY, pre, (NewMoney("fund", new),), **changes)


def test_published_rounds_of_openai():
    # Press, 2 October 2024: 6.6 bn at 157 bn after the money, Thrive about 1.25 bn of it;
    # 31 March 2025: 40 bn at 300 bn; 27 February 2026: 110 bn at 730 bn before.
    money = (NewMoney("Thrive", 1.25e9), NewMoney("others", 5.35e9))
    closed = close_round(founders_only(), Round(SERIES_A, DAY, 150.4e9, money))
    parts = ownership(closed.after)
    assert closed.post_money_usd == pytest.approx(157e9)
    assert parts["Thrive"] + parts["others"] == pytest.approx(0.0420382, abs=1e-7)
    assert parts["Thrive"] == pytest.approx(0.0079618, abs=1e-7)
    for pre, new, part in ((260e9, 40e9, 0.13333), (730e9, 110e9, 0.13095)):
        closed = close_round(founders_only(), a_round(pre, new))
        assert ownership(closed.after)["fund"] == pytest.approx(part, abs=5e-6)


def test_pool_before_the_money():
    # 8 M shares, 20 M before, 5 M new, pool 10 % after: N = 8 M / (1 - 0.1 - 0.2).
    closed = close_round(founders_only(), a_round(20e6, 5e6, pool_frac=0.10))
    assert closed.price_usd == pytest.approx(2.1875)
    assert closed.after.fully_diluted == pytest.approx(11_428_571.4286)
    assert closed.after.pool_shares == pytest.approx(1_142_857.1429)
    table = before_and_after(closed.before, closed.after)
    assert table.loc["founders"].tolist() == pytest.approx([1.0, 0.7, -0.3])
    assert table.loc[POOL].tolist() == pytest.approx([0.0, 0.1, 0.1])


def test_pool_after_the_money_dilutes_the_new_investor():
    closed = close_round(
        founders_only(), a_round(20e6, 5e6, pool_frac=0.10, pool_timing="post_money")
    )
    assert closed.price_usd == pytest.approx(2.5)
    parts = ownership(closed.after)
    assert parts.to_dict() == pytest.approx({"founders": 0.72, "fund": 0.18, POOL: 0.1})


def test_a_pool_that_is_large_enough_does_not_grow():
    closed = close_round(founders_only(6e6, 2e6), a_round(20e6, 5e6, pool_frac=0.10))
    assert closed.pool_increase_shares == 0.0
    assert closed.price_usd == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("money", "cap", "part"),
    [
        # Y Combinator, Safe user guide, quick start: half a million at 5.5 M is about 9 %, at
        # 8.3 M about 6 %; a million at 6.7 M about 15 %; primer: half a million at 10 M is 5 %.
        (0.5e6, 5.5e6, 0.5 / 5.5),
        (0.5e6, 8.3e6, 0.5 / 8.3),
        (1.0e6, 6.7e6, 1.0 / 6.7),
        (0.5e6, 10e6, 0.05),
    ],
)
def test_a_post_money_safe_owns_its_money_over_its_cap(money, cap, part):
    closed = close_round(founders_only(), a_round(60e6, 10e6), [Safe("angel", money, cap)])
    before_the_money = ownership(closed.after)["angel"] / (1 - 10 / 70)
    assert before_the_money == pytest.approx(part, rel=1e-12)
    assert closed.conversions[0].basis == "cap"


def test_published_lecture_on_safes():
    # Y Combinator, Startup School, "Understanding SAFEs and priced equity rounds": two founders
    # with 4.625 M shares each, 200,000 at a post-money cap of 4 M, then 800,000 at 8 M: 5 % and
    # 10 %, whatever else is signed. The shares follow: 9.25 M are the other 85 %.
    closed = close_round(
        founders_only(9.25e6),
        a_round(15e6, 5e6),
        [Safe("A", 200e3, 4e6), Safe("B", 800e3, 8e6)],
    )
    total = 9.25e6 / 0.85
    assert [part.shares for part in closed.conversions] == pytest.approx(
        [0.05 * total, 0.10 * total]
    )
    assert closed.price_usd == pytest.approx(15e6 / total)


def test_published_cap_tables_with_a_most_favoured_safe():
    # Entrepreneur First, "Illustrative cap tables", table 3: 1.25 M at a cap of 12.5 M takes
    # 10 %, a SAFE of a fixed 8 %, and a most-favoured SAFE takes the cap of 12.5 M: 1 %; then
    # 10 M at 40 M before the money, with a pool kept at 10 %.
    closed = close_round(
        founders_only(9e6, 1e6),
        a_round(40e6, 10e6, pool_frac=0.10),
        [
            Safe("EF", 80e3, 1e6),
            Safe("EF most favoured", 125e3, most_favoured=True),
            Safe("investors", 1.25e6, 12.5e6),
        ],
    )
    shares = {part.holder: part.shares for part in closed.conversions}
    capitalization = 10e6 + sum(shares.values())
    assert [part / capitalization for part in shares.values()] == pytest.approx([0.08, 0.01, 0.10])
    assert capitalization * 0.81 == pytest.approx(10e6)
    parts = ownership(closed.after)
    assert parts[POOL] == pytest.approx(0.10)
    assert parts["fund"] == pytest.approx(0.20)


def test_published_note_with_cap_and_discount():
    # FundersClub, "Convertible note with cap and discount": 25,000 at a cap of 5 M and 20 %.
    # At 10 M and 5 dollars it converts at 2.50 into 10,000 shares; at 6 M at 4.00 into 6,250.
    # There the note does not count before the money, so its shares are left out of the price.
    for shares, pre, price, converted, basis in (
        (2.0e6, 10e6, 2.5, 10_000, "cap"),
        (1.2e6, 6e6, 4.0, 6_250, "discount"),
    ):
        note = ConvertibleNote("you", 25e3, DAY, cap_usd=5e6, discount_frac=0.2)
        without = pre + converted * 5.0
        closed = close_round(founders_only(shares), a_round(without, 1e6), [note])
        assert closed.price_usd == pytest.approx(5.0)
        found = closed.conversions[0]
        assert (found.price_usd, found.shares) == pytest.approx((price, converted))
        assert found.basis == basis


def test_note_with_interest():
    # A million at 8 % for a year and a half, cap 8 M on 10 M shares, discount 20 % of 1.50:
    # 1.12 M at 0.80 are 1.4 M shares. 547 days are a shade less than a year and a half.
    day = datetime.date(2025, 1, 1)
    note = ConvertibleNote("bank", 1e6, day, 0.08, cap_usd=8e6, discount_frac=0.2)
    years = 547 / 365
    terms = Round(
        SERIES_A,
        day + datetime.timedelta(days=547),
        1.5 * (10e6 + 1e6 * (1 + 0.08 * years) / 0.8),
        (NewMoney("fund", 1e6),),
    )
    closed = close_round(founders_only(10e6), terms, [note])
    assert closed.price_usd == pytest.approx(1.5)
    assert closed.conversions[0].price_usd == pytest.approx(0.80)
    assert closed.conversions[0].shares == pytest.approx(1.4e6, rel=2e-4)


def test_pre_money_safe_counts_the_wider_pool_and_no_other_convertible():
    safes = [Safe("A", 1e6, 8e6, form="pre_money"), Safe("B", 5e5, 8e6, form="pre_money")]
    closed = close_round(founders_only(), a_round(30e6, 6e6, pool_frac=0.1), safes)
    price = 8e6 / (8e6 + closed.pool_increase_shares)
    assert [part.price_usd for part in closed.conversions] == pytest.approx([price, price])


def test_a_cap_above_the_round_converts_at_the_round_price():
    closed = close_round(founders_only(), a_round(5e6, 1e6), [Safe("angel", 5e5, 50e6)])
    assert closed.conversions[0].basis == "round price"
    assert closed.conversions[0].price_usd == pytest.approx(closed.price_usd)


def test_pro_rata_keeps_a_part_where_nothing_else_changes():
    table = CapTable(
        (Common(),), (Holding("founders", "common", 9e6), Holding("angel", "common", 1e6))
    )
    closed = close_round(table, a_round(20e6, 5e6, pro_rata=("angel",)))
    parts = ownership(closed.after)
    assert parts["angel"] == pytest.approx(0.10)
    assert parts["fund"] == pytest.approx(0.2 * 0.9)


def down_round(anti_dilution, price=1.0, new=2e6):
    table = CapTable(
        (Common(), Preferred("seed", 2.0, anti_dilution=anti_dilution)),
        (Holding("founders", "common", 8e6), Holding("angel", "seed", 2e6)),
    )
    return close_round(table, a_round(price * 10e6, new))


def test_weighted_average_is_the_formula_at_the_price_of_the_round():
    closed = down_round("weighted_average")
    price = closed.price_usd
    seed = next(part for part in closed.after.classes if part.name == "seed")
    # NVCA model charter: CP2 = CP1 (A + B) / (A + C).
    expected = 2.0 * (10e6 + 1e6) / (10e6 + 2e6 / price)
    assert seed.price_of_conversion == pytest.approx(expected)
    assert weighted_average_price(2.0, 10e6, 2e6, 2e6) == pytest.approx(1.8333333, abs=1e-7)


def test_published_full_ratchet():
    # moneybestpal.com, "Anti-dilution provision": bought at 10, others pay 5: two for one.
    closed = down_round("full_ratchet")
    assert closed.after.ratio("seed") == pytest.approx(2.0 / closed.price_usd)
    # Twice the shares: the angel's 4 M dollars stay worth 4 M of the 10 M before the money.
    assert ownership(closed.after)["angel"] == pytest.approx(4 / 12)


def test_anti_dilution_is_ordered():
    parts = [
        ownership(down_round(kind).after)["angel"]
        for kind in ("none", "weighted_average", "full_ratchet")
    ]
    assert parts == sorted(parts)
    assert parts[0] < parts[1] < parts[2]
    # And an up round changes nothing.
    assert ownership(down_round("full_ratchet", 3.0).after)["angel"] == pytest.approx(
        ownership(down_round("none", 3.0).after)["angel"]
    )


money = st.floats(1e4, 2e6)


@given(
    st.floats(30e6, 120e6),
    st.floats(1e6, 30e6),
    st.lists(
        st.builds(
            Safe,
            st.sampled_from(["A", "B", "C"]),
            money,
            st.one_of(st.none(), st.floats(8e6, 60e6)),
            st.sampled_from([0.0, 0.1, 0.25]),
            st.sampled_from(["post_money", "pre_money"]),
            st.booleans(),
        ),
        max_size=3,
    ),
    st.floats(0, 0.2),
    st.sampled_from(["pre_money", "post_money"]),
    st.sampled_from(["none", "weighted_average", "full_ratchet"]),
)
@settings(max_examples=80, deadline=None)
def test_laws_of_any_round(pre, new, safes, pool, timing, anti):
    table = CapTable(
        (Common(), Preferred("seed", 2.0, anti_dilution=anti), Option("options", 0.5)),
        (
            Holding("founders", "common", 7e6),
            Holding("angel", "seed", 1e6),
            Holding("staff", "options", 5e5),
        ),
        2.5e5,
    )
    terms = a_round(pre, new, pool_frac=pool, pool_timing=timing, pro_rata=("angel",))
    closed = close_round(table, terms, safes)
    parts = ownership(closed.after)
    assert parts.sum() == pytest.approx(1.0)
    # Shares conserve: nobody who sold nothing has fewer, and what is new is accounted for.
    for holding in table.holdings:
        assert holding in closed.after.holdings
    sold = sum(part.shares for part in closed.after.holdings if part.share_class == "series A")
    assert sold == pytest.approx(closed.new_shares)
    adjusted = sum(closed.after.as_converted(holding) for holding in table.holdings)
    converted = sum(part.shares for part in closed.conversions)
    everything = adjusted + converted + closed.new_shares + closed.after.pool_shares
    assert closed.after.fully_diluted == pytest.approx(everything)
    # Price times shares is value, before and after the money.
    late = closed.pool_increase_shares if timing == "post_money" else 0.0
    value = closed.price_usd * (closed.after.fully_diluted - late)
    assert value == pytest.approx(closed.post_money_usd, rel=1e-9)
    assert closed.after.pool_shares / closed.after.fully_diluted >= pool - 1e-9
    # Each convertible has the best of its terms.
    for part in closed.conversions:
        assert part.price_usd <= closed.price_usd * (1 + 1e-12)


@given(st.lists(st.floats(0.001, 0.3), min_size=1, max_size=3))
@settings(deadline=None)
def test_post_money_safes_own_their_promise_together(parts):
    safes = [Safe(str(number), part * 10e6, 10e6) for number, part in enumerate(parts)]
    closed = close_round(founders_only(), a_round(1e9, 1e6, pool_frac=0.3), safes)
    converted = np.array([part.shares for part in closed.conversions])
    np.testing.assert_allclose(converted / (8e6 + converted.sum()), parts, rtol=1e-9)


def test_bad_terms_are_refused_all_at_once():
    table = CapTable((Common(), SERIES_A), (Holding("founders", "common", 8e6),))
    safes = [
        Safe("A", -1.0, 0.0, 1.0),
        Safe("B", 9e6, 8e6),
        ConvertibleNote("C", 1.0, datetime.date(2027, 1, 1), -0.1),
    ]
    terms = Round(
        SERIES_A, DAY, 0.0, (NewMoney("fund", -5.0),), pool_frac=1.0, pro_rata=("nobody",)
    )
    with pytest.raises(InputError) as caught:
        close_round(table, terms, safes)
    assert str(caught.value) == (
        "The round cannot be closed.\n"
        "  - convertibles[0]: A: Its amount is -1. Give 0 or more.\n"
        "  - convertibles[0]: A: Its cap is 0. Give a cap above 0, or none.\n"
        "  - convertibles[0]: A: Its discount is 1. Give a share from 0 to less than 1.\n"
        "  - convertibles[2]: C: It is issued on 2027-01-01, after the round on 2026-06-01. "
        "Give an earlier day, or leave it out.\n"
        "  - convertibles[2]: C: Its interest is -0.1. Give 0 or more.\n"
        "  - round: pre_money_usd: It is 0. Give an amount above 0.\n"
        "  - round: new money of fund: It is -5. Give 0 or more.\n"
        "  - round: new_money: It adds to -5. Give an amount above 0.\n"
        "  - round: pool_frac: It is 1. Give a share from 0 to less than 1.\n"
        "  - round: terms: The class series A is there already. "
        "Give the new class another name.\n"
        "  - round: pro_rata: nobody holds nothing before the round. Leave it out.\n"
        "  - convertibles: Post-money SAFEs are promised 1.125 of the company. "
        "Give caps that leave something."
    )


def test_a_company_worth_less_than_what_converts_is_refused():
    with pytest.raises(InputError) as caught:
        close_round(founders_only(), a_round(1e6, 1e6), [Safe("angel", 2e6, discount_frac=0.2)])
    assert str(caught.value) == (
        "The round cannot be closed.\n"
        "  - round: pre_money_usd: What converts and the pool are worth more than the company at "
        "1,000,000 USD. Raise it, or convert less."
    )


def test_bad_cap_tables_are_refused_all_at_once():
    with pytest.raises(InputError) as caught:
        CapTable(
            (Common(), Common(), Preferred("A", 0.0), Preferred("B", 1.0, cap_multiple=2.0)),
            (Holding("founders", "common", -1.0), Holding("fund", "C", 1.0)),
            -1.0,
        )
    assert str(caught.value) == (
        "The cap table cannot be used.\n"
        "  - classes: The class common is there 2 times. Keep one.\n"
        "  - class A: A price of it is not above zero. Give prices above 0.\n"
        "  - class B: A cap belongs to a capped class, and to no other. "
        "Set participation to capped, with its cap_multiple.\n"
        "  - holding of founders: It has -1 shares. Give 0 shares or more.\n"
        "  - holding of fund: There is no class C; there are common, common, A, B. "
        "Name one of them, or add the class.\n"
        "  - pool: It has -1 shares. Give 0 shares or more."
    )
