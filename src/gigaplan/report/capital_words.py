"""Investors in sentences: who pays most, whose money it is, what binds, what it costs or saves."""

from __future__ import annotations

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report import capital
from gigaplan.report.numbers import counted, listed, percent, usd

MOST_NAMES = 3

GROUPS = {"foreign": "foreign money", "government": "governments' money", "debt": "debt"}


def capital_sentences(plan: Plan) -> str:
    """Return who pays, on what terms, and what binds; nothing for a plan without investors."""
    if not capital.has_investors(plan.tables):
        return ""
    table = capital.investors(plan.tables)
    committed = float(table["committed_usd2025_m"].sum())
    drawn = float(table["drawn_usd2025_m"].sum())
    count = counted(len(table), "investor commits", "investors commit")
    if drawn < capital.NOTHING_USD_M:
        return f"{count} {usd(committed)}; nothing of it is drawn."
    return " ".join(
        filter(
            None,
            [
                f"{count} {usd(committed)}; {usd(drawn)} of it is drawn "
                f"({percent(drawn / committed)}).",
                _most(table, drawn),
                _shares(plan),
                _premium(table),
                _binds(plan, table),
            ],
        )
    )


def _most(table: pd.DataFrame, drawn: float) -> str:
    """Return who pays most."""
    names = table["investor"].astype(str).tolist()
    paid = table["drawn_usd2025_m"].tolist()
    first = f"{names[0]} ({usd(paid[0])}, {percent(paid[0] / drawn)})"
    more = [
        f"{name} ({usd(value)})"
        for name, value in zip(names[1:MOST_NAMES], paid[1:MOST_NAMES], strict=False)
        if value >= capital.NOTHING_USD_M
    ]
    return f"Most is paid by {first}" + (f", then {listed(more)}." if more else ".")


def _shares(plan: Plan) -> str:
    """Return what share is foreign, what governments control, and what is debt."""
    shares = {name: capital.share_of_group(plan, group) for group, name in GROUPS.items()}
    parts = [f"{percent(share)} is {name}" for name, share in shares.items() if share > 5e-4]
    if not parts:
        return "None of it is foreign, governments' or lent."
    return f"Of what is drawn, {listed(parts)}."


def _premium(table: pd.DataFrame) -> str:
    """Return what the returns of investors cost or save beyond the cost of capital."""
    charge = table.set_index("investor")["return_charge_usd2025_m"]
    whole = float(charge.sum())
    if abs(whole) < capital.NOTHING_USD_M:
        text = "Their returns come to the cost of capital"
    else:
        way, more = ("cost", "more (discounted)") if whole > 0 else ("save", "(discounted)")
        text = f"Against the cost of capital, their returns {way} {usd(abs(whole))} {more}"
    parts = []
    if float(charge.max()) > capital.NOTHING_USD_M:
        parts.append(f"{charge.idxmax()} costs {usd(float(charge.max()))} more")
    if float(charge.min()) < -capital.NOTHING_USD_M:
        parts.append(f"{charge.idxmin()} saves {usd(-float(charge.min()))}")
    return f"{text}: {listed(parts)}." if len(parts) == 2 else f"{text}."


def _binds(plan: Plan, table: pd.DataFrame) -> str:
    """Return how many investors have nothing left, and which limit on money is worth most."""
    full = (table["drawn_usd2025_m"] >= capital.ALL_DRAWN * table["committed_usd2025_m"]) & (
        table["drawn_usd2025_m"] > capital.NOTHING_USD_M
    )
    number = int(full.sum())
    whole = f"{number} of {len(table)} {'has' if number == 1 else 'have'} nothing left to give."
    told = whole if number else "No investor is drawn in full."
    binding = capital.limits(plan.tables)
    if not len(binding):
        return f"{told} No limit on who pays binds by itself."
    return f"{told} {binding['sentence'].iloc[0]}"
