"""What for: the compute that is asked, how it is used, and what load is given."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from gigaplan.inputs.scenario.base import Amount, Flag, Name, Section, Share, Year

CampusStatus = Literal["operating", "under_construction", "announced"]


class Target(Section):
    """How much compute, by year: a published case, or numbers of your own."""

    case: Name | None = None
    """Name of a case in the table compute_cases."""
    unit: Literal["it_gw", "h100e_millions"] | None = None
    """Unit of by_year: GW of IT power, or millions of H100 equivalents."""
    by_year: dict[Year, Amount] = Field(default_factory=dict)
    """Compute online at the end of a year; linear between the years given [unit]."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if self.case is not None and (self.unit is not None or self.by_year):
            message = (
                "It has both a case and numbers of its own. Keep either case, or unit with by_year."
            )
            raise ValueError(message)
        if self.case is None and (self.unit is None or not self.by_year):
            message = (
                "It has no case and not both unit and by_year. "
                "Give either case, or unit with by_year."
            )
            raise ValueError(message)
        return self


class Given(Section):
    """Campuses that are there whatever the programme does."""

    campus_statuses: tuple[CampusStatus, ...] = ("operating", "under_construction")
    """Statuses of the table campuses that count as given."""
    background_case: Name | None = None
    """Everybody else's growth as given load: a case of compute_cases; empty: none."""


class Compute(Section):
    """Compute that the programme must bring, and how it is used."""

    target: Target | None = None
    """How much compute, by year; may be left out where the objective is most_compute."""
    counts_given_campuses: Flag = True
    """Whether given campuses count towards the target (a national programme) or not."""
    training_share: Share = 0.45
    """Share of IT energy that trains models; the rest is inference [frac]."""
    flexible_share_of_training: Share = 0.3
    """Share of training that may move within the day [frac]."""
    training_moves_across_zones: Flag = True
    """Whether flexible training may also move between zones."""
    utilisation: Annotated[float, Field(gt=0.0, le=1.0, allow_inf_nan=False, strict=True)] = 0.8
    """Mean IT power over IT capacity [frac]."""
    accelerators_paid_by: Literal["programme", "tenants"] = "tenants"
    """Who pays for accelerators and servers; decides what counts against the budget."""
    phase_mw: Amount = 250.0
    """Size of a whole campus phase; 0: campuses of any size [MW of IT]."""
    given: Given = Given()
    """Campuses and growth that are given."""


class Objective(Section):
    """What is sought."""

    kind: Literal["least_cost", "most_compute"] = "least_cost"
    """least_cost: least discounted cost for the target; most_compute: most for the budget."""


class Programme(Section):
    """What the programme itself must bring."""

    own_capacity_frac: Annotated[float, Field(ge=0.0, le=2.0, allow_inf_nan=False, strict=True)] = (
        0.0
    )
    """Firm power the programme finances, as a share of its firm load [frac]."""


class Assets(Section):
    """What may be built."""

    allow: Literal["all"] | tuple[Name, ...] = "all"
    """Buildable assets that are allowed; given fleets are always there."""
    exclude: tuple[Name, ...] = ()
    """Buildable assets that are not allowed."""
