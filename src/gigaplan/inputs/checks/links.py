"""Links: rules between tables that a reference to one column cannot say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from gigaplan.inputs.checks.cells import TypedTable
from gigaplan.inputs.checks.row_faults import named_fault
from gigaplan.inputs.wording import did_you_mean, few
from gigaplan.terms.country import HOME
from gigaplan.terms.errors import Fault

NATIONAL = "national"

Tables = Mapping[str, TypedTable]
Needs = Mapping[str, tuple[str, ...]]
LinkRule = Callable[[Tables], Iterator[Fault]]


def link_faults(tables: Tables) -> Iterator[Fault]:
    """List the rows that break a rule between tables; a rule waits until all its columns are there.

    Parameters
    ----------
    tables
        The tables that could be read.

    Yields
    ------
    Fault
        One for each rule and kind of fault.
    """
    for needs, rule in LINKS:
        if all(
            table in tables and set(columns) <= set(tables[table].frame.columns)
            for table, columns in needs.items()
        ):
            yield from rule(tables)


def bills_of_unknown_things(tables: Tables) -> Iterator[Fault]:
    """Name bills of something that is no asset, no accelerator and no factory."""
    known = [
        *tables["assets"].frame["asset"],
        *tables["accelerators"].frame["accelerator"],
        *tables["factories"].frame["factory"],
    ]
    yield from _unknown(
        tables["component_bills"], "asset", known, "assets, accelerators or factories"
    )


def hands_for_accelerators(tables: Tables) -> Iterator[Fault]:
    """Name bills of accelerators that ask for what only a zone has: the campus takes its hands."""
    table, components = tables["component_bills"], tables["components"].frame
    local = components.loc[components["market"] != NATIONAL, "component"]
    chips = tables["accelerators"].frame["accelerator"]
    frame = table.frame
    yield from named_fault(
        table,
        frame["asset"].isin(chips) & frame["component"].isin(local),
        "component",
        "component is {names}, which has a market in each zone, for an accelerator.",
        "Put it on the bill of the campus.",
    )


def stages_of_unknown_things(tables: Tables) -> Iterator[Fault]:
    """Name stages of something that is no asset to build and no factory."""
    assets = tables["assets"].frame
    known = [*assets.loc[assets["buildable"], "asset"], *tables["factories"].frame["factory"]]
    yield from _unknown(
        tables["project_stages"], "asset", known, "factories, or among the buildable assets"
    )


def stages_that_follow_nothing(tables: Tables) -> Iterator[Fault]:
    """Name stages that follow a stage which the same asset has not."""
    table = tables["project_stages"]
    frame = table.frame
    there = set(zip(frame["asset"], frame["stage"], strict=True))
    lost = [
        not _is_blank(follows) and (asset, follows) not in there
        for asset, follows in zip(frame["asset"], frame["follows"], strict=True)
    ]
    yield from named_fault(
        table,
        lost,
        "asset",
        "follows names a stage that {names} has not.",
        "Add the stage, or name another one.",
    )


def supply_in_the_wrong_market(tables: Tables) -> Iterator[Fault]:
    """Name supplies whose market is not that of their component."""
    table = tables["supply"]
    components = tables["components"].frame
    market = dict(zip(components["component"], components["market"], strict=True))
    zones = set(tables["zones"].frame["zone"])
    wrong = [
        name in market and (place != NATIONAL if market[name] == NATIONAL else place not in zones)
        for name, place in zip(table.frame["component"], table.frame["market"], strict=True)
    ]
    yield from named_fault(
        table,
        wrong,
        "market",
        "market is {names}, which is not a market of the component.",
        f"Write {NATIONAL} for a component with one market, and a zone for one with many.",
    )


def components_without_supply(tables: Tables) -> Iterator[Fault]:
    """Name components that a bill asks for and that nobody makes."""
    table = tables["component_bills"]
    factories, plants = tables["factories"].frame, tables["factory_capacity"].frame
    made = factories.loc[factories["factory"].isin(plants["factory"]), "component"]
    supplied = {*tables["supply"].frame["component"], *made}
    known = set(tables["components"].frame["component"])
    lost = [name in known and name not in supplied for name in table.frame["component"]]
    yield from named_fault(
        table,
        lost,
        "component",
        "component is {names}, of which the tables supply and factory_capacity have nothing.",
        "Add rows to supply (0 a year, if there is none), or drop the bill.",
    )


def zones_without_supply(tables: Tables) -> Iterator[Fault]:
    """Name components with a market in each zone, where zones have no supply of them."""
    table, components = tables["supply"], tables["components"].frame
    zones = tables["zones"].frame["zone"].tolist()
    local = components.loc[components["market"] != NATIONAL, "component"]
    for name in local:
        there = set(table.frame.loc[table.frame["component"] == name, "market"])
        gaps = [zone for zone in zones if zone not in there]
        if there and gaps:
            what = f"There is no row of {name} for market {few(gaps)}."
            mend = "Add rows: 0 a year, if there is none."
            yield Fault(what, table.file, mend)


def places_outside_their_country(tables: Tables) -> Iterator[Fault]:
    """Name places that are no zone although in the US, or a zone although elsewhere."""
    zones = set(tables["zones"].frame["zone"])
    for name in ("factory_places", "factory_capacity"):
        table = tables[name]
        at_home = (table.frame["country"] == HOME).to_numpy()
        is_zone = table.frame["place"].isin(zones).to_numpy()
        yield from named_fault(
            table,
            at_home & ~is_zone,
            "place",
            "place is {names}, which is not in zones.zone.",
            "Name a zone, or another country.",
        )
        yield from named_fault(
            table,
            ~at_home & is_zone,
            "place",
            "place is {names}, a zone of the US, but the country is another one.",
            f"Write {HOME} as the country, or the name of a place outside the US.",
        )


def campuses_of_two_zones(tables: Tables) -> Iterator[Fault]:
    """Name recorded campuses whose zone is not that of the table campuses, or is missing."""
    table = tables["campus_history"]
    campuses = tables["campuses"].frame
    zone = dict(zip(campuses["campus"], campuses["zone"], strict=True))
    wrong = [
        (name in zone and there != zone[name]) or ((country == HOME) == _is_blank(there))
        for name, there, country in zip(
            table.frame["campus"], table.frame["zone"], table.frame["country"], strict=True
        )
    ]
    yield from named_fault(
        table,
        wrong,
        "campus",
        "zone does not fit the country, or the table campuses, for {names}.",
        "Give the zone of the table campuses; leave it blank outside the US.",
    )


def _is_blank(value: object) -> bool:
    return not isinstance(value, str)


def _unknown(table: TypedTable, column: str, known: Sequence[str], where: str) -> Iterator[Fault]:
    """Name values of a column that none of several tables has."""
    values = table.frame[column]
    bad = (values.notna() & ~values.isin(known)).to_numpy()
    if bad.any():
        first = str(values[bad].iloc[0])
        mend = did_you_mean(first, known) or "Add it there, or drop the row."
        yield from named_fault(table, bad, column, f"{column} is {{names}}, not in {where}.", mend)


LINKS: tuple[tuple[Needs, LinkRule], ...] = (
    (
        {
            "component_bills": ("asset", "component"),
            "components": ("component", "market"),
            "accelerators": ("accelerator",),
        },
        hands_for_accelerators,
    ),
    (
        {
            "component_bills": ("asset",),
            "assets": ("asset",),
            "accelerators": ("accelerator",),
            "factories": ("factory",),
        },
        bills_of_unknown_things,
    ),
    (
        {
            "project_stages": ("asset",),
            "assets": ("asset", "buildable"),
            "factories": ("factory",),
        },
        stages_of_unknown_things,
    ),
    ({"project_stages": ("asset", "stage", "follows")}, stages_that_follow_nothing),
    (
        {
            "supply": ("component", "market"),
            "components": ("component", "market"),
            "zones": ("zone",),
        },
        supply_in_the_wrong_market,
    ),
    (
        {
            "component_bills": ("component",),
            "components": ("component",),
            "supply": ("component",),
            "factories": ("factory", "component"),
            "factory_capacity": ("factory",),
        },
        components_without_supply,
    ),
    (
        {
            "supply": ("component", "market"),
            "components": ("component", "market"),
            "zones": ("zone",),
        },
        zones_without_supply,
    ),
    (
        {
            "factory_places": ("place", "country"),
            "factory_capacity": ("place", "country"),
            "zones": ("zone",),
        },
        places_outside_their_country,
    ),
    (
        {"campus_history": ("campus", "zone", "country"), "campuses": ("campus", "zone")},
        campuses_of_two_zones,
    ),
)
