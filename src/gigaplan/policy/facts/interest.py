"""What the investor gets: a stake, rights, and the way by which it comes in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from gigaplan.inputs.scenario.base import (
    Amount,
    Breach,
    Flag,
    Name,
    Rule,
    Section,
    Share,
    no_repeats,
)
from gigaplan.policy.facts.kinds import Count

Matter = Literal[
    "principal_assets",
    "reorganisation",
    "facilities",
    "major_spending",
    "business_lines",
    "significant_contracts",
    "proprietary_information",
    "officers",
    "sensitive_employees",
    "charter",
]
"""Important matters of 31 CFR 800.208(a)(1)-(10)."""
Protection = Literal[
    "sale_of_all_assets",
    "contracts_with_majority",
    "guarantees_for_majority",
    "anti_dilution",
    "rights_of_own_class",
    "charter_on_these",
]
"""Protections of minority holders of 31 CFR 800.208(c)(1)-(6)."""


class Stake(Section):
    """What the investor holds in the business."""

    votes_before: Share | None = None
    """Voting interest held directly before the deal [frac]."""
    votes_after: Share | None = None
    """Voting interest, direct and indirect, after the deal [frac]."""
    value_usd_m: Amount | None = None
    """Value of the deal [million USD]."""
    passive: Flag | None = None
    """Whether it is held solely for passive investment: no plan or intent to control, and no
    rights or acts that do not fit that."""


def _seats_of_the_board(seats: int | None, size: int | None) -> Iterator[Breach]:
    if seats is not None and size is not None and seats > size:
        what = f"{seats} seats are more than the board of {size} has."
        yield Breach(("board_seats",), what, "Mend one of the numbers.")


class Rights(Section):
    """What the investor may do in the business."""

    board_seats: Count | None = None
    """Members of the board that it appoints or nominates."""
    board_size: Count | None = None
    """Members of the board."""
    board_observer: Flag | None = None
    """Whether it has an observer on the board."""
    technical_information: Flag | None = None
    """Whether it has access to material nonpublic technical information."""
    substantive_decisions: Flag | None = None
    """Whether it takes part, other than by voting shares, in decisions about the critical
    technology, the infrastructure or the data."""
    decides: tuple[Matter, ...] | None = None
    """Important matters that it can decide or veto, alone or with others."""
    protections: tuple[Protection, ...] | None = None
    """Protections of a minority that it has; they are not control."""
    dominant_minority: Flag | None = None
    """Whether its votes, without a majority, carry the meeting in fact."""
    acts_in_concert: Flag | None = None
    """Whether it has agreed, formally or not, to act with other foreign holders who together
    can decide important matters."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        *no_repeats("decides", "protections"),
        Rule(("board_seats", "board_size"), _seats_of_the_board),
    )


class FundRoute(Section):
    """A fund through which the investor comes in as a limited partner, 31 CFR 800.307."""

    fund: Name | None = None
    """Name of the fund."""
    managed_by_partner_alone: Flag | None = None
    """Whether a general partner, managing member or equivalent alone manages it."""
    partner_is_foreign: Flag | None = None
    """Whether that general partner is a foreign person."""
    committee_controls: Flag | None = None
    """Whether the advisory board or committee can approve, disapprove or control decisions of
    the fund, or of its general partner on the businesses it holds."""
    investor_controls: Flag | None = None
    """Whether the investor can do so itself."""
    investor_dismisses_partner: Flag | None = None
    """Whether the investor alone can dismiss, keep, choose or set the pay of the partner."""


class Loan(Section):
    """A loan to the business, 31 CFR 800.306."""

    equity_like_rights: Flag | None = None
    """Whether it brings an interest in profits, a right to appoint board members, or other
    rights that equity has and a loan usually has not."""
    default_near: Flag | None = None
    """Whether, by a default that is there or imminent, the lender may well get control of the
    business, or equity and its rights."""
    us_syndicate_decides: Flag | None = None
    """Whether it is one of a syndicate of banks, and the lender needs the majority of the U.S.
    participants to act, or has no lead role and is kept from influence."""


class Conversion(Section):
    """An interest that may become voting interest, 31 CFR 800.308."""

    imminent: Flag | None = None
    """Whether conversion is imminent."""
    in_holders_hand: Flag | None = None
    """Whether it depends on conditions within the control of the holder."""
    rights_determinable: Flag | None = None
    """Whether what is acquired on conversion can be determined now."""


class History(Section):
    """Earlier deals of the investor in the same business, 31 CFR 800.305 and 800.303(b)."""

    control_cleared: Flag | None = None
    """Whether the investor, or an entity that it wholly owns, got direct control in an earlier
    deal on which the Committee concluded all action."""
    other_foreign_party: Flag | None = None
    """Whether a foreign person without that clearance is a party to this deal."""
    investment_cleared: Flag | None = None
    """Whether the Committee concluded all action on an earlier covered investment."""
    new_rights: Flag | None = None
    """Whether this deal brings access, rights or involvement that were not notified then."""
