"""What the catalogue says of an asset, typed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Facts:
    """One row of the table ``assets``; names and units as there.

    Text that is blank in the table is empty here, and numbers that are blank are zero.
    """

    asset_class: str
    group: str
    buildable: bool
    dispatch: str
    behind_the_meter: bool
    fuel: str
    queue_group: str
    multiplier_group: str
    capital_group: str
    lead_time_years: int
    construction_years: int
    life_years: float
    availability_frac: float
    capacity_credit_frac: float
    duration_hours: float
    round_trip_efficiency_frac: float


def facts_of(table: pd.DataFrame) -> dict[str, Facts]:
    """Return the facts of every asset of the table ``assets``, by name."""
    return {str(row["asset"]): _facts(row) for row in table.to_dict("records")}


def _facts(row: Mapping[Hashable, object]) -> Facts:
    def text(column: str) -> str:
        value = row[column]
        return value if isinstance(value, str) else ""

    def number(column: str) -> float:
        value = float(str(row[column]))
        return 0.0 if value != value else value

    return Facts(
        asset_class=text("class"),
        group=text("group"),
        buildable=bool(row["buildable"]),
        dispatch=text("dispatch"),
        behind_the_meter=bool(row["behind_the_meter"]),
        fuel=text("fuel"),
        queue_group=text("queue_group"),
        multiplier_group=text("multiplier_group"),
        capital_group=text("capital_group"),
        lead_time_years=int(number("lead_time_years")),
        construction_years=max(int(number("construction_years")), 1),
        life_years=number("life_years"),
        availability_frac=number("availability_frac"),
        capacity_credit_frac=number("capacity_credit_frac"),
        duration_hours=number("duration_hours"),
        round_trip_efficiency_frac=number("round_trip_efficiency_frac"),
    )
