"""Law of the states, as the tables ``state_rules`` and ``large_load_tariffs`` have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.parameters import Span, records, span_of

Topic = Literal[
    "sales_tax", "curtailment", "land_adversary", "land_foreign", "nuclear", "clean_supply"
]


@dataclass(frozen=True)
class StateRule:
    """What the law of a state says on a topic.

    Parameters
    ----------
    zone, topic, status
        State, what it is about, and what it says: see the table ``state_rules``.
    min_investment_usd_m, min_jobs
        What an exemption asks for [million USD, jobs].
    threshold_mw, connected_after
        Least load, and the day after which it is connected, that the row reaches.
    target_frac, target_year
        Share of clean supply, and its year.
    citation, confidence
        Statute or act, and how far to trust the row.
    """

    zone: str
    topic: str
    status: str
    min_investment_usd_m: float | None
    min_jobs: float | None
    threshold_mw: float | None
    connected_after: date | None
    target_frac: float | None
    target_year: int | None
    citation: str
    confidence: str

    @property
    def cited(self) -> str:
        """The citation, with a remark where the row was not compared with the text."""
        return _cited(self.citation, self.confidence)


@dataclass(frozen=True)
class Tariff:
    """A tariff or act for large loads.

    Parameters
    ----------
    name, zone, utility
        What it is called, the state, and the utility or ``statewide``.
    threshold_mw
        Least load that it reaches [MW].
    min_term_years, ramp_years, min_demand_frac, collateral
        Its terms; ``None``: not told.
    citation, confidence
        Order, act or sheet, and how far to trust the row.
    """

    name: str
    zone: str
    utility: str
    threshold_mw: float
    min_term_years: float | None
    ramp_years: float | None
    min_demand_frac: float | None
    collateral: bool
    citation: str
    confidence: str

    @property
    def cited(self) -> str:
        """The citation, with a remark where the row was not compared with the text."""
        return _cited(self.citation, self.confidence)


@dataclass(frozen=True)
class StateLaw:
    """What holds in the states on a day.

    Parameters
    ----------
    zones
        States of the package.
    rules
        Rows by state and topic.
    tariffs
        Every tariff or act in force.
    """

    zones: frozenset[str] = frozenset()
    rules: Mapping[tuple[str, str], StateRule] | None = None
    tariffs: tuple[Tariff, ...] = ()

    def rule(self, zone: str, topic: Topic) -> StateRule | None:
        """Return what a state says on a topic; ``None`` if no row holds on the day."""
        return (self.rules or {}).get((zone, topic))


def state_law_as_of(dataset: Dataset, day: date) -> StateLaw:
    """Return the law of the states on a day."""
    return StateLaw(
        zones=frozenset(str(zone) for zone in dataset.table("zones")["zone"]),
        rules={
            (str(row["zone"]), str(row["topic"])): _rule(row)
            for row in records(dataset.table("state_rules"))
            if span_of(row).holds(day)
        },
        tariffs=tuple(
            _tariff(row)
            for row in records(dataset.table("large_load_tariffs"))
            if span_of(row).holds(day)
        ),
    )


def dated_rules(dataset: Dataset, topic: Topic) -> list[tuple[Span, StateRule]]:
    """Return every row of a topic with the days on which it holds."""
    table = dataset.table("state_rules")
    return [(span_of(row), _rule(row)) for row in records(table[table["topic"] == topic])]


def _rule(row: Mapping[str, object]) -> StateRule:
    after = row["connected_after"]
    year = _number(row["target_year"])
    return StateRule(
        zone=str(row["zone"]),
        topic=str(row["topic"]),
        status=str(row["status"]),
        min_investment_usd_m=_number(row["min_investment_usd_m"]),
        min_jobs=_number(row["min_jobs"]),
        threshold_mw=_number(row["threshold_mw"]),
        connected_after=date.fromisoformat(after) if isinstance(after, str) else None,
        target_frac=_number(row["target_frac"]),
        target_year=None if year is None else int(year),
        citation=str(row["citation"]),
        confidence=str(row["confidence"]),
    )


def _tariff(row: Mapping[str, object]) -> Tariff:
    return Tariff(
        name=str(row["tariff"]),
        zone=str(row["zone"]),
        utility=str(row["utility"]),
        threshold_mw=float(str(row["threshold_mw"])),
        min_term_years=_number(row["min_term_years"]),
        ramp_years=_number(row["ramp_years"]),
        min_demand_frac=_number(row["min_demand_frac"]),
        collateral=bool(row["collateral"]),
        citation=str(row["citation"]),
        confidence=str(row["confidence"]),
    )


def _cited(citation: str, confidence: str) -> str:
    return citation if confidence != "estimate" else f"{citation} (not compared with the text)"


def _number(cell: object) -> float | None:
    """Return a number of a cell; ``None`` if it is blank."""
    number = float("nan") if cell is None else float(str(cell).replace("<NA>", "nan"))
    return None if number != number else number
