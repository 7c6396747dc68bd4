"""What for: the compute that is asked, how it is used, and what load is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from gigaplan.inputs.scenario.base import (
    Amount,
    Breach,
    Flag,
    Name,
    Rule,
    Section,
    Share,
    YearKey,
    no_repeats,
)

CampusStatus = Literal["operating", "under_construction", "announced"]


def _one_form(case: str | None, unit: str | None, by_year: Mapping[int, float]) -> Iterator[Breach]:
    numbers = unit is not None or bool(by_year)
    if case is not None and numbers:
        what = "The target has both a case and numbers of its own."
        yield Breach((), what, "Keep either case, or unit with by_year.")
    elif case is None and not numbers:
        yield Breach((), "The target is empty.", "Give either case, or unit with by_year.")
    elif case is None and unit is None:
        mend = "Add unit: it_gw, or unit: h100e_millions."
        yield Breach((), "The target has numbers by year without a unit.", mend)
    elif case is None and not by_year:
        mend = "Add by_year, such as {2028: 10, 2030: 20}."
        yield Breach((), f"The target has the unit {unit}, but no numbers by year.", mend)


class Target(Section):
    """How much compute, by year: a published case, or numbers of your own, not both."""

    case: Name | None = None
    """Name of a case in the table compute_cases."""
    unit: Literal["it_gw", "h100e_millions"] | None = None
    """Unit of by_year: `it_gw`, GW of IT power, or `h100e_millions`, millions of H100
    equivalents."""
    by_year: dict[YearKey, Amount] = {}
    """Compute online at the end of years within the horizon. It is interpolated linearly between
    the years given; before the first and after the last of them, the nearest number holds
    [unit]."""

    RULES: ClassVar[tuple[Rule, ...]] = (Rule(("case", "unit", "by_year"), _one_form),)


class Given(Section):
    """Campuses that are there whatever the programme does."""

    campus_statuses: tuple[CampusStatus, ...] = ("operating", "under_construction")
    """Statuses of the table campuses that count as given."""
    background_case: Name | None = None
    """Everybody else's growth as given load: a case of compute_cases; empty: none."""

    RULES: ClassVar[tuple[Rule, ...]] = no_repeats("campus_statuses")


class Compute(Section):
    """Compute that the programme must bring, and how it is used."""

    target: Target | None = None
    """How much compute, by year. It is needed for `least_cost`; with `most_compute` it may be
    left out, and is a floor where it is given."""
    counts_given_campuses: Flag = True
    """Whether given campuses count towards the target (a national programme), or the target comes
    on top of them."""
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
    """`least_cost`: least discounted cost for the target; `most_compute`: most compute for the
    budget."""


class Programme(Section):
    """What the programme itself must bring."""

    own_capacity_frac: Annotated[float, Field(ge=0.0, le=2.0, allow_inf_nan=False, strict=True)] = (
        0.0
    )
    """Firm power that the programme finances itself, as a share of its firm load [frac]."""


def _allowed_or_excluded(allow: object, exclude: object) -> Iterator[Breach]:
    if isinstance(allow, list | tuple) and isinstance(exclude, list | tuple):
        for at, asset in enumerate(exclude):
            if asset in allow:
                what = f"{asset} is both allowed and excluded."
                yield Breach(("exclude", at), what, "Keep it in one of the two lists.")


class Assets(Section):
    """What may be built."""

    allow: Literal["all"] | tuple[Name, ...] = "all"
    """Buildable assets that are allowed; given fleets are always there."""
    exclude: tuple[Name, ...] = ()
    """Buildable assets that are not allowed."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        *no_repeats("allow", "exclude"),
        Rule(("allow", "exclude"), _allowed_or_excluded),
    )
