"""Advanced chips that a campus abroad needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from gigaplan.inputs.scenario.base import Breach, Flag, Name, Rule, Section
from gigaplan.policy.facts.kinds import Country, known_country

Figure = Annotated[float, Field(ge=0.0, le=1e9, allow_inf_nan=False, strict=True)]
"""A figure of a data sheet."""
ROUNDING = 0.02


def _figures_agree(
    performance: float | None, density: float | None, area: float | None
) -> Iterator[Breach]:
    if performance is None or density is None or area is None or area == 0:
        return
    if abs(performance / area - density) > ROUNDING * max(density, performance / area):
        what = f"A performance of {performance:g} on {area:g} mm2 is a density of "
        what += f"{performance / area:.3g}, not {density:g}."
        yield Breach(("performance_density",), what, "Mend one of the three.")


class ChipsAbroad(Section):
    """Chips, or servers with them, that are to go to a campus abroad."""

    chip: Name | None = None
    """What it is called."""
    destination: Country | None = None
    """Country of the campus."""
    operator_parent: Country | Literal["nowhere"] | None = None
    """Country where the operator, and its ultimate parent, have their headquarters: the one that
    weighs most."""
    performance: Figure | None = None
    """Total processing performance: operations per second in tera, times bit length, at its
    largest and without sparsity [TPP]."""
    performance_density: Figure | None = None
    """Performance over the applicable die area [TPP/mm2]."""
    die_area_mm2: Figure | None = None
    """Applicable die area [mm2]."""
    memory_bandwidth_gb_per_s: Figure | None = None
    """Total bandwidth of its memory [GB/s]."""
    for_data_centers: Flag | None = None
    """Whether it is designed or marketed for data centers."""
    validated_end_user: Flag | None = None
    """Whether the data center holds an authorisation as a validated end user."""
    from_united_states: Flag | None = None
    """Whether they are sent from the United States, not from another country."""
    safeguards: Flag | None = None
    """Whether the conditions of a case-by-case review are met: supply at home, know your customer,
    no remote access for barred parties, tests in the United States."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        *known_country("destination", "operator_parent"),
        Rule(("performance", "performance_density", "die_area_mm2"), _figures_agree),
    )
