"""Export of advanced chips to campuses abroad: the Export Administration Regulations."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.rules.export import diffusion, licence, validated_end_user
from gigaplan.policy.rules.export.classes import total_processing_performance
from gigaplan.policy.rules.family import Family, Rule

FAMILY: Final = Family(
    "export",
    "Export of advanced chips (EAR)",
    (
        Rule(licence.RULE, licence.licence),
        Rule(validated_end_user.RULE, validated_end_user.validated_end_user),
        Rule(diffusion.RULE, diffusion.diffusion),
    ),
)

__all__ = ["FAMILY", "total_processing_performance"]
