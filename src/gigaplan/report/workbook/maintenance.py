"""Major maintenance: what its events save, spend, hold and write off."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.formulas import Formula, equal
from gigaplan.report.workbook.functions import either, item, rounded_up, total
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Unit


@dataclass(frozen=True)
class Maintenance:
    """Lines of all events together, by year.

    Parameters
    ----------
    saved, spent, held, written_off
        Set aside; paid, below zero; held at the end of the year; depreciated [USD].
    """

    saved: Line
    spent: Line
    held: Line
    written_off: Line


def add_maintenance(
    block: Block, closed: Closed, given: Given, prices: Line, years: int
) -> Maintenance | None:
    """Add the events of one deal; None without. Their cost grows with prices, year 1 = 1."""
    events = closed.deal.project.reserves.maintenance
    if not events:
        return None
    parts = [_event(block, given, place, prices, years) for place in range(len(events))]
    every = range(1, years + 1)
    saved = block.line("Saved for maintenance")
    saved.fill(every, lambda t: total(*(part[0][t] for part in parts)))
    told = closed.pro_forma.ledger["maintenance_usd_nominal"][0]
    spent = block.line("Maintenance", ledger=told)
    spent.fill(every, lambda t: total(*(part[1][t] for part in parts)))
    held = block.line("Held for maintenance")
    held.fill(every, lambda t: held[t - 1] + saved[t] + spent[t])
    written_off = block.line("Maintenance written off")
    written_off.fill(every, lambda t: total(*(part[2][t] for part in parts)))
    return Maintenance(saved, spent, held, written_off)


def _event(
    block: Block, given: Given, place: int, prices: Line, years: int
) -> tuple[Line, Line, Line]:
    """Add what one event saves, spends and writes off."""
    path, name = f"maintenance[{place}]", f"Maintenance {place + 1}"
    cost, gap, life = given[f"{path}.cost"], given[f"{path}.every"], given["plant.life_years"]
    year, grown = block.year, prices.span(1, years)
    shares: list[Formula] = []
    while given.has(f"{path}.schedule_frac[{len(shares)}]"):
        shares.append(given[f"{path}.schedule_frac[{len(shares)}]"])
    due = block.line(f"{name}: year of the next event", Unit.WHOLE_YEARS)
    price = block.line(f"{name}: its cost")
    saved = block.line(f"{name}: saved")
    spent = block.line(f"{name}: spent")
    written_off = block.line(f"{name}: written off")
    for t in range(1, years + 1):
        due[t] = rounded_up(year[t] / gap) * gap
        price[t] = either(due[t] <= life, cost * item(grown, due[t]), 0)
        saved[t] = either(year[t] <= life, price[t] / gap, 0)
        spent[t] = -either(equal(year[t], due[t]), price[t], 0)
        if shares:
            written_off[t] = either(year[t] <= life, _written_off(shares, spent, t), 0)
    return saved, spent, written_off


def _written_off(shares: list[Formula], spent: Line, t: int) -> Formula:
    """Return what a year writes off of the events up to it."""
    lags = range(min(len(shares), t))
    return -total(*(shares[lag] * spent[t - lag] for lag in lags))
