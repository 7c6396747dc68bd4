"""The page of a state as HTML: one sheet of paper, no scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape
from importlib.resources import files
from typing import Final

from gigaplan.plan import Plan
from gigaplan.report.community.built import FACTORIES, Built
from gigaplan.report.community.figures import StateFigures
from gigaplan.report.community.job_bars import job_bars
from gigaplan.report.community.sentences import Subject, lead, subjects, unknown
from gigaplan.report.community.state_map import MOST_NUMBERED, colour_of, state_map
from gigaplan.report.community.tiles import Tile, tiles
from gigaplan.report.frames import WORTH_SHOWING_MW
from gigaplan.report.jobs import label_of
from gigaplan.report.numbers import gw, usd

INDEX: Final = "index.html"
NAME_LENGTH, CAMPUS_LENGTH, TITLE_LENGTH, SOURCE_LENGTH = 40, 28, 90, 90
MOST_ROWS: Final = 9
"""Kinds of builds that fit on a sheet in letters of the usual size."""
MANUAL: Final = ("jobs.md", "taxes.md", "bills.md", "environment.md", "community.md")
SOURCES: Final = (
    ("Campuses", "campuses"),
    ("Costs", "asset_costs"),
    ("Jobs", "job_factors"),
    ("Sectors", "io_sectors"),
    ("Builders", "construction_workforce"),
    ("Taxes", "local_taxes"),
    ("Retail prices", "retail_prices"),
    ("Water", "plant_water"),
    ("Emissions", "emission_rates"),
)
"""Subject and the table of the data package that it rests on most."""
PAYERS: Final = {"programme": "programme", "tenants": "tenants", "others": "utilities, others"}

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="gigaplan {version}">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
{style}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def document(body: str, *, title: str, version: str) -> str:
    """Return a page with the style of community pages; ``body`` is markup."""
    static = files("gigaplan.report") / "static"
    whole = (static / "style.css").read_text(encoding="utf-8")
    palette = whole[: whole.index("\n}") + 2]
    own = (static / "community.css").read_text(encoding="utf-8")
    return _PAGE.format(
        version=escape(version),
        title=escape(title),
        style=f"{palette}\n{own}",
        body=body,
    )


def state_page(
    plan: Plan, figures: StateFigures, middles: Mapping[str, tuple[float, float]]
) -> str:
    """Return the page of a state.

    Parameters
    ----------
    plan
        The plan, for its title and its sources.
    figures
        Figures of the state.
    middles
        Longitude and latitude of the middle of every state [deg].
    """
    manifest = plan.manifest
    name = short(figures.name, NAME_LENGTH)
    figures = replace(figures, name=name)
    dense = " dense" if len(figures.built) > MOST_ROWS else ""
    body = "\n".join(
        [
            f'<main class="sheet{dense}" data-zone="{escape(figures.zone)}">',
            f'<header><p class="kicker">{escape(short(manifest.title, TITLE_LENGTH))} '
            f'<a href="{INDEX}">All states</a></p>',
            f"<h1>{escape(name)}</h1><p class=lead>{escape(lead(figures))}</p></header>",
            _tiles(tiles(figures)),
            f'<div class="two">{_map(figures, middles)}{_built(figures)}</div>',
            _subjects(subjects(figures)),
            _list("What is not known", unknown(figures)),
            _footer(plan, figures),
            "</main>",
        ]
    )
    title = f"{name}: {short(manifest.title, TITLE_LENGTH)}"
    return document(body, title=title, version=manifest.gigaplan_version)


def short(text: str, most: int) -> str:
    r"""Return a text on one line, cut to a length.

    Examples
    --------
    >>> short("A  long\nname", 20), short("A long name", 7)
    ('A long name', 'A long\u2026')
    """
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}\u2026"


def _tiles(shown: Iterable[Tile]) -> str:
    parts = []
    for tile in shown:
        exact = " ".join(repr(value) for value in tile.value)
        parts.append(
            f'<div><data id="{tile.key}" value="{exact}">{escape(tile.text)}</data>'
            f"<span>{escape(tile.label)}</span><small>{escape(tile.note)}</small></div>"
        )
    return f'<div class="tiles">{"".join(parts)}</div>'


def _map(figures: StateFigures, middles: Mapping[str, tuple[float, float]]) -> str:
    drawn = state_map(figures, middles) or "<p class=none>There is no map of this place.</p>"
    given = figures.given
    named = [
        f"<b>{at}</b>\u00a0{escape(short(campus.name, CAMPUS_LENGTH))} {gw(campus.facility_mw)}"
        for at, campus in enumerate(given[:MOST_NUMBERED], start=1)
    ]
    rest = given[MOST_NUMBERED:]
    if rest:
        named.append(f"{len(rest)} more {gw(sum(campus.facility_mw for campus in rest))}")
    told = (
        f'<p class="small">Given campuses (facility power in {figures.last_year}): '
        f"{', '.join(named)}.</p>"
        if named
        else '<p class="small">No given campus is known here.</p>'
    )
    return (
        f'<figure class="map"><h2>Where</h2>{drawn}<p class="small key">'
        '<i class="given"></i>given campus <i class="campus"></i>new campuses '
        '<i class="power"></i>new power, by kind <i class="wire"></i>line to another state '
        f"(thick: built)</p>{told}</figure>"
    )


def _built(figures: StateFigures) -> str:
    rows = "".join(_row(row) for row in figures.built if _worth_showing(row))
    bars = "" if figures.jobs is None else job_bars(figures.jobs.by_year)
    jobs = (
        "<h2>Jobs in the state by year</h2>"
        f'{bars}<p class="small key"><i class="building"></i>building <i class="running"></i>'
        "running; solid up to the lowest count, pale up to the highest</p>"
        if bars
        else ""
    )
    return (
        '<figure class="built"><h2>What is built</h2><table><thead><tr><th>What</th>'
        '<th class="n">Size</th><th class="n">In service</th><th class="n">Cost</th>'
        f"<th>Paid by</th></tr></thead><tbody>{rows}</tbody></table>{jobs}</figure>"
    )


def _worth_showing(row: Built) -> bool:
    return row.name == FACTORIES or row.capacity_mw > WORTH_SHOWING_MW


def _row(row: Built) -> str:
    size = str(row.count) if row.name == FACTORIES else gw(row.capacity_mw)
    years = f"{row.first_year}\u2013{row.last_year % 100:02d}"
    if row.first_year == row.last_year:
        years = str(row.first_year)
    known = sorted(row.payers, key=[*PAYERS, *row.payers].index)
    payers = " and ".join(PAYERS.get(payer, payer) for payer in known)
    if len(row.payers) > 1:
        payers = payers.replace("utilities, others", "others")
    style = f"background:var({colour_of(row.name)}, var(--g-other))"
    return (
        f'<tr><th scope="row"><i style="{escape(style)}"></i>{escape(short(row.name, 20))}</th>'
        f'<td class="n"><data value="{row.capacity_mw!r}">{size}</data></td>'
        f'<td class="n">{years}</td>'
        f'<td class="n"><data value="{row.capex_usd2025_m!r}">{money(row.capex_usd2025_m)}'
        f"</data></td><td>{escape(short(payers, NAME_LENGTH))}</td></tr>"
    )


def money(value_usd_m: float) -> str:
    """Return an amount given in M$ for a cell of a table.

    Examples
    --------
    >>> money(45_678.0), money(456.7)
    ('$45.7 bn', '$457 M')
    """
    return usd(value_usd_m).replace(" million", " M").replace(" billion", " bn")


def _subjects(shown: list[Subject]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(subject.name)}</th><td>{_side(subject.good)}</td>'
        f"<td>{_side(subject.bad)}</td></tr>"
        for subject in shown
    )
    return (
        '<table class="sides"><thead><tr><th></th><th>What is good</th><th>What is bad, or to '
        f"watch</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _side(sentences: tuple[str, ...]) -> str:
    return escape(" ".join(sentences)) if sentences else '<span class="none">\u2013</span>'


def _list(heading: str, items: list[str]) -> str:
    told = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f'<section class="unknown"><h2>{heading}</h2><ul>{told}</ul></section>'


def _footer(plan: Plan, figures: StateFigures) -> str:
    manifest = plan.manifest
    by_table = {
        assumption.text.partition(":")[0]: assumption.source for assumption in manifest.assumptions
    }
    sources = [
        f"{subject}: {short(by_table[table], SOURCE_LENGTH)}"
        for subject, table in SOURCES
        if table in by_table
    ]
    sets = [] if figures.jobs is None else sorted(figures.jobs.building_us.by_set)
    counted = " and ".join(label_of(name).lower() for name in sets)
    parts = [
        "Money is in dollars of 2025. Everything that the plan builds in the state counts, whoever "
        "pays for it; a line to another state costs half in each of the two. Campuses and servers "
        "are counted by the power of their computers.",
        f"Jobs are counted in these ways: {short(counted, 80)}." if counted else "",
        f"Laws of what is given up: {short('; '.join(figures.taxes.laws), 160)}."
        if figures.taxes is not None and figures.taxes.laws
        else "",
        f"Sources: {'; '.join(sources)}." if sources else "",
        f"Methods: manual of gigaplan, {', '.join(f'docs/{page}' for page in MANUAL)}.",
        f"Plan {short(manifest.name, NAME_LENGTH)}, made {manifest.created[:10]} by gigaplan "
        f"{manifest.gigaplan_version}.",
    ]
    return f"<footer>{escape(' '.join(part for part in parts if part))}</footer>"
