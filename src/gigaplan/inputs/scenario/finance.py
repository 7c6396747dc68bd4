"""Finance: how the deals of a finished plan are priced."""

from __future__ import annotations

from typing import Literal

from gigaplan.inputs.scenario.base import Section


class Finance(Section):
    """Finance of the plan; terms of deals are rows of the table deal_terms, to be overridden."""

    price: Literal["market", "required"] = "market"
    """Price at which deals sell: the market's where deal_terms has one, or what earns the return
    that the owners ask."""
