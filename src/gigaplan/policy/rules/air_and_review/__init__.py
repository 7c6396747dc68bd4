"""Permits of the air for on-site power, and federal review."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.rules.air_and_review import major_source, nepa, title_v, turbine_standard
from gigaplan.policy.rules.air_and_review.potential import potential_to_emit_tpy
from gigaplan.policy.rules.family import Family, Rule

FAMILY: Final = Family(
    "air_and_review",
    "Air permits and federal review",
    (
        Rule(major_source.RULE, major_source.major_source),
        Rule(title_v.RULE, title_v.title_v),
        Rule(turbine_standard.RULE, turbine_standard.turbine_standard),
        Rule(nepa.RULE, nepa.nepa),
        Rule(nepa.EXPEDITED_RULE, nepa.expedited),
    ),
)

__all__ = ["FAMILY", "potential_to_emit_tpy"]
