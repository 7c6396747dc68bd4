"""Capital: who pays for the programme, and on what terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from gigaplan.inputs.scenario.base import (
    Amount,
    Breach,
    Name,
    Rate,
    Rule,
    Section,
    Share,
    Year,
    YearKey,
    no_repeats,
)
from gigaplan.inputs.wording import COUNTRY_PATTERN
from gigaplan.terms.country import HOME

CapitalClass = Literal["campus", "accelerator", "energy"]
InvestorGroup = Literal["foreign", "government", "debt", "grant", "sponsor"]
Country = Annotated[str, Field(pattern=COUNTRY_PATTERN)]
Zones = Annotated[tuple[Name, ...], Field(min_length=1)]


def _tickets(least: float, most: float | None) -> Iterator[Breach]:
    if most is not None and least > most:
        what = f"The smallest ticket is {least:g} billion USD, the largest {most:g}."
        yield Breach(("min_ticket_usd_b",), what, "Lower the smallest or raise the largest.")


def _something_committed(by_year: Mapping[int, float]) -> Iterator[Breach]:
    if not any(amount > 0 for amount in by_year.values()):
        what = "The investor commits nothing in any year."
        yield Breach(("commitment_usd_b",), what, "Give an amount, or drop the investor.")


class Investor(Section):
    """One investor or lender, with its terms."""

    name: Name
    """Name in tables and sentences."""
    kind: Name
    """Kind of the table investor_types, which gives instrument and required return."""
    country: Country = HOME
    """Country of the investor, two letters."""
    government_share: Share = 0.0
    """Share of the investor that governments control [frac]."""
    commitment_usd_b: dict[YearKey, Amount]
    """Money that is newly committed from a calendar year on; what is not drawn carries over
    [billion USD of 2025]."""
    first_close_year: Year | None = None
    """First year in which it pays; empty: the first year with a commitment [calendar year]."""
    required_return_frac: Rate | None = None
    """Real required return, in place of that of its kind [frac]."""
    required_return_by_class: dict[CapitalClass, Rate] = {}
    """Real required return for a class of spending [frac]."""
    classes: tuple[CapitalClass, ...] = ("campus", "accelerator", "energy")
    """What it pays for."""
    zones: Literal["all"] | Zones = "all"
    """States in which it pays; `all`: every state."""
    exclude_zones: tuple[Name, ...] = ()
    """States in which it does not pay."""
    min_ticket_usd_b: Amount = 0.0
    """Least that it pays in all, if it pays at all [billion USD of 2025]."""
    max_ticket_usd_b: Amount | None = None
    """Most that it pays in all; empty: its commitment [billion USD of 2025]."""
    max_single_usd_b: Amount | None = None
    """Most that it pays for one class of one milestone in one group of states
    [billion USD of 2025]."""
    max_share_of_class: dict[CapitalClass, Share] = {}
    """Largest share of all spending of a class that it pays [frac]."""
    max_own_share_in_class: Share = 1.0
    """Largest share of its own money that goes into one class: concentration [frac]."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        *no_repeats("classes", "zones", "exclude_zones"),
        Rule(("min_ticket_usd_b", "max_ticket_usd_b"), _tickets),
        Rule(("commitment_usd_b",), _something_committed),
    )


def _names_once(investors: Sequence[Investor]) -> Iterator[Breach]:
    for name, count in Counter(investor.name for investor in investors).items():
        if count > 1:
            second = [at for at, one in enumerate(investors) if one.name == name][1]
            what = f"{count} investors are called {name}."
            yield Breach(("investors", second, "name"), what, "Give each a name of its own.")


def _floor_below_cap(
    caps: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, float]]
) -> Iterator[Breach]:
    for group, by_class in floors.items():
        for capital_class, least in by_class.items():
            most = caps.get(group, {}).get(capital_class, 1.0)
            if least > most:
                what = f"The least share of {group} in {capital_class} is above its cap, {most:g}."
                path = ("min_share", group, capital_class)
                yield Breach(path, what, "Lower it, or raise the cap.")


class Capital(Section):
    """Investors who pay for what the programme spends; without any, capital is not limited."""

    investors: tuple[Investor, ...] = ()
    """Who pays, and on what terms."""
    max_share: dict[InvestorGroup, dict[CapitalClass, Share]] = {}
    """Largest share of a class and milestone that a group of investors pays, such as
    `foreign: {campus: 0.49}` or the leverage, `debt: {campus: 0.7}` [frac]."""
    min_share: dict[InvestorGroup, dict[CapitalClass, Share]] = {}
    """Least share of a class and milestone that a group pays, such as
    `sponsor: {campus: 0.1}` [frac]."""
    dscr: Annotated[float, Field(ge=1.0, le=5.0, allow_inf_nan=False, strict=True)] | None = None
    """Least debt service cover in the proxy that limits debt beside `max_share`; empty: the
    lenders' own of the table investor_types [ratio]."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        Rule(("investors",), _names_once),
        Rule(("max_share", "min_share"), _floor_below_cap),
    )
