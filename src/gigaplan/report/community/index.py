"""The list of states: the main figures of each, and of all of them together."""

from __future__ import annotations

import html
from collections.abc import Sequence
from urllib.parse import quote

from gigaplan.plan import Plan
from gigaplan.report.community.figures import StateFigures
from gigaplan.report.community.page import NAME_LENGTH, TITLE_LENGTH, document, money, short
from gigaplan.report.community.people import Span
from gigaplan.report.community.tiles import Tile, tiles
from gigaplan.report.community.units import span_in_short, water_words
from gigaplan.report.frames import WORTH_SHOWING_MW
from gigaplan.report.numbers import counted, gw

NOTHING = "\u2013"


def file_of(zone: str) -> str:
    """Return the name of the file of a state.

    Examples
    --------
    >>> file_of("TX"), file_of("a/b")
    ('TX.html', 'a%2Fb.html')
    """
    return f"{quote(zone, safe='')}.html"


def index_page(plan: Plan, states: Sequence[StateFigures]) -> str:
    """Return the list of states as HTML, those with most new campuses first."""
    ordered = sorted(states, key=lambda one: (-one.campus_mw, -one.power_mw, one.zone))
    year = plan.scenario.horizon.milestone_years[-1]
    heads = (
        "New AI campuses",
        "New power",
        "Cost",
        "Job-years of building, in the state",
        "Jobs of running, in the state",
        "Taxes paid",
        "Taxes given up",
        f"Household bill, a month, {year}",
        f"Water evaporated, {year}",
    )
    title = short(plan.manifest.title, TITLE_LENGTH)
    head = "".join(f'<th class="n">{html.escape(name)}</th>' for name in heads)
    rows = "".join(_row(one) for one in ordered)
    total = _total(ordered) if len(ordered) > 1 else ""
    body = (
        f'<main class="sheet wide"><header><p class="kicker">{html.escape(title)}</p>'
        f"<h1>What it means for {counted(len(ordered), 'state', 'states')}</h1>"
        '<p class="lead">One page for each state in which the plan builds something: what is '
        "built, jobs, taxes, bills, water and air, and what is not known. Money is in dollars of "
        "2025; ranges of jobs are ways of counting.</p></header>"
        f'<div class="scroll"><table class="states"><thead><tr><th>State</th>{head}</tr></thead>'
        f"<tbody>{rows}{total}</tbody></table></div></main>"
    )
    return document(body, title=f"States: {title}", version=plan.manifest.gigaplan_version)


def _row(figures: StateFigures) -> str:
    shown = {tile.key: tile for tile in tiles(figures)}
    taxes = figures.taxes
    link = f'<a href="{html.escape(file_of(figures.zone))}">'
    cells = [
        f'<th scope="row">{link}{html.escape(short(figures.name, NAME_LENGTH))}</a></th>',
        _cell(_size(figures.campus_mw)),
        _cell(_size(figures.power_mw)),
        _cell(money(figures.capex_usd2025_m)),
        _of(shown["building"]),
        _of(shown["running"]),
        _of(shown["taxes"]),
        _cell(NOTHING if taxes is None else money(taxes.forgone)),
        _of(shown["bill"]),
        _of(shown["water"]),
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _total(states: Sequence[StateFigures]) -> str:
    taxes = [one.taxes for one in states if one.taxes is not None]
    jobs = [one.jobs for one in states if one.jobs is not None]
    water = [one.water.evaporated_mm3 for one in states if one.water is not None]
    cells = [
        '<th scope="row">All of these</th>',
        _cell(_size(sum(one.campus_mw for one in states))),
        _cell(_size(sum(one.power_mw for one in states))),
        _cell(money(sum(one.capex_usd2025_m for one in states))),
        _cell(_together([one.building_state for one in jobs])),
        _cell(_together([one.running_state for one in jobs])),
        _cell(money(sum(one.paid for one in taxes)) if taxes else NOTHING),
        _cell(money(sum(one.forgone for one in taxes)) if taxes else NOTHING),
        _cell(NOTHING),
        _cell(_evaporated(sum(water)) if water else NOTHING),
    ]
    return f'<tr class="total">{"".join(cells)}</tr>'


def _together(spans: Sequence[Span]) -> str:
    """Return the range of all states: each way of counting is added up by itself."""
    names = {name for span in spans for name in span.by_set}
    if not names:
        return NOTHING
    summed = {name: sum(span.by_set.get(name, 0.0) for span in spans) for name in names}
    return span_in_short(Span(summed))


def _size(capacity_mw: float) -> str:
    return gw(capacity_mw) if capacity_mw > WORTH_SHOWING_MW else NOTHING


def _evaporated(value_mm3: float) -> str:
    return water_words(value_mm3).partition(" (")[0].replace(" million", " M")


def _of(tile: Tile) -> str:
    text = tile.text.replace(" million", " M").replace(" billion", " bn") if tile.value else NOTHING
    return _cell(text)


def _cell(text: str) -> str:
    return f'<td class="n">{html.escape(text)}</td>'
