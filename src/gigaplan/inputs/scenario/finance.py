"""Finance: how the deals of a finished plan are priced, and the round that the sponsor raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from gigaplan.inputs.scenario.base import Amount, Breach, Name, Rule, Section, Share, Year

Positive = Annotated[float, Field(gt=0.0, le=1e6, allow_inf_nan=False, strict=True)]
Discount = Annotated[float, Field(ge=0.0, lt=1.0, allow_inf_nan=False, strict=True)]
Parts = Annotated[dict[Name, Share], Field(min_length=1)]
NEARLY_ONE = 1e-6


class Safe(Section):
    """Money that turns into shares when the round sets a price."""

    holder: Name
    """Who paid it in."""
    investment_usd_b: Positive
    """Money paid in [billion USD]."""
    cap_usd_b: Positive | None = None
    """Cap on the value of the company, with all that converts; empty: none [billion USD]."""
    discount_frac: Discount = 0.0
    """Discount on the price of the round [frac]."""


def _add_to_one(field: str) -> Rule:
    def check(parts: Mapping[str, float] | None) -> Iterator[Breach]:
        total = sum(parts.values()) if parts else 1.0
        if abs(total - 1.0) > NEARLY_ONE:
            yield Breach((field,), f"The parts add to {total:g}.", "Give parts that add to 1.")

    return Rule((field,), check)


class Round(Section):
    """A priced round by which the sponsor raises what its plan asks of it."""

    year: Year
    """Year of closing, on its first day [calendar year]."""
    pre_money_usd_b: Positive
    """Value of the company before the new money, with what converts [billion USD, nominal]."""
    holders: Parts
    """Part of the company of each holder before the round; adds to one [frac]."""
    new_investors: Parts
    """Part of the new money of each new investor; adds to one [frac]."""
    safes: tuple[Safe, ...] = ()
    """Money that converts."""
    pool_frac: Discount = 0.0
    """Part of the company that is kept for options after the round [frac]."""
    own_cash_usd_b: Amount = 0.0
    """Cash of the company that pays its first calls [billion USD, nominal]."""
    cost_frac: Discount = 0.0
    """Part of the new money that the round costs [frac]."""
    liquidation_multiple: Annotated[float, Field(ge=0.0, le=10.0, strict=True)] = 1.0
    """Preference of the new shares, as a multiple of their price [frac]."""

    RULES: ClassVar[tuple[Rule, ...]] = (_add_to_one("holders"), _add_to_one("new_investors"))


class Finance(Section):
    """Finance of the plan; terms of deals are rows of the table deal_terms, to be overridden."""

    price: Literal["market", "required"] = "market"
    """Price at which deals sell: the market's where deal_terms has one, or what earns the return
    that the owners ask."""
    round: Round | None = None
    """Round of the sponsor, whose size follows from what the plan asks of it."""
