"""Rules of the screen, by family: each rule is a function of a case and the law of a day."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.rules import (
    air_and_review,
    cfius,
    cfius_real_estate,
    chips,
    energy_credits,
    export,
    states,
    suppliers,
)
from gigaplan.policy.rules.family import Family

FAMILIES: Final[tuple[Family, ...]] = (
    cfius.FAMILY,
    cfius_real_estate.FAMILY,
    energy_credits.FAMILY,
    chips.FAMILY,
    export.FAMILY,
    states.FAMILY,
    air_and_review.FAMILY,
    suppliers.FAMILY,
)
"""Every family, in the order of the memo. A new one is a folder or file and a place here."""
