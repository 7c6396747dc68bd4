"""Names in a scenario that its data package must have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from gigaplan.inputs.faults import in_order_of_the_file
from gigaplan.inputs.scenario.base import Path
from gigaplan.inputs.scenario.model import Scenario
from gigaplan.inputs.wording import did_you_mean
from gigaplan.terms.errors import Fault

MOST_NAMED = 12


def check_against(
    scenario: Scenario,
    *,
    zones: Collection[str],
    assets: Collection[str],
    components: Collection[str],
    capital_groups: Collection[str],
    investor_kinds: Collection[str],
    countries: Collection[str],
    compute_cases: Collection[str],
    demand_cases: Collection[str],
    fuel_cases: Collection[str],
) -> list[Fault]:
    """Return the names in a scenario that its data package does not have.

    Parameters
    ----------
    scenario
        What is asked.
    zones, assets, components, capital_groups, investor_kinds, countries
        Names that the data package has; ``assets`` are those that can be built, ``countries`` those
        with a currency.
    compute_cases, demand_cases, fuel_cases
        Cases of its tables.

    Returns
    -------
    list[Fault]
        One for each unknown name, in the order of the scenario file, with its place there and the
        nearest known name.
    """
    known = {
        "zone": zones,
        "asset": assets,
        "component": components,
        "asset group": capital_groups,
        "kind of investor": investor_kinds,
        "currency of the country": countries,
        "compute case": compute_cases,
        "demand case": demand_cases,
        "fuel case": fuel_cases,
    }
    found = [
        (
            path,
            Fault(
                f"The data package has no {kind} '{name}'.",
                scenario.where(*path),
                _mend(name, kind, known[kind]),
            ),
        )
        for path, name, kind in _names(scenario)
        if name not in known[kind]
    ]
    document = scenario._document
    if document is None:
        return [fault for _, fault in found]
    return in_order_of_the_file(found, document)


def _names(scenario: Scenario) -> Iterator[tuple[Path, str, str]]:
    """Yield every name: its path, itself, and what it names."""
    if scenario.zones != "all":
        yield from _listed(("zones",), scenario.zones, "zone")
    yield from _keyed(("money", "wacc"), scenario.money.wacc, "asset group")
    demand, compute = scenario.demand, scenario.compute
    yield ("demand", "case"), demand.case, "demand case"
    yield ("demand", "fuel_case"), demand.fuel_case, "fuel case"
    if compute.target is not None and compute.target.case is not None:
        yield ("compute", "target", "case"), compute.target.case, "compute case"
    if compute.given.background_case is not None:
        path = ("compute", "given", "background_case")
        yield path, compute.given.background_case, "compute case"
    if scenario.assets.allow != "all":
        yield from _listed(("assets", "allow"), scenario.assets.allow, "asset")
    yield from _listed(("assets", "exclude"), scenario.assets.exclude, "asset")
    for place, investor in enumerate(scenario.capital.investors):
        own: Path = ("capital", "investors", place)
        yield (*own, "kind"), investor.kind, "kind of investor"
        yield (*own, "country"), investor.country, "currency of the country"
        if investor.zones != "all":
            yield from _listed((*own, "zones"), investor.zones, "zone")
        yield from _listed((*own, "exclude_zones"), investor.exclude_zones, "zone")
    supply, campuses = scenario.limits.supply, scenario.limits.campuses
    yield from _keyed(("limits", "supply", "scale"), supply.scale, "component")
    components = ("limits", "supply", "origin_components")
    yield from _listed(components, supply.origin_components, "component")
    at = ("limits", "campuses")
    yield from _listed((*at, "exclude_zones"), campuses.exclude_zones, "zone")
    yield from _keyed((*at, "max_it_gw_by_zone"), campuses.max_it_gw_by_zone, "zone")
    yield from _keyed((*at, "min_it_gw_by_zone"), campuses.min_it_gw_by_zone, "zone")
    water, air = scenario.limits.water, scenario.limits.air
    caps = water.consumption_cap_mm3_by_zone
    yield from _keyed(("limits", "water", "consumption_cap_mm3_by_zone"), caps, "zone")
    yield from _keyed(("limits", "air", "onsite_nox_t_by_zone"), air.onsite_nox_t_by_zone, "zone")


def _listed(path: Path, names: Iterable[str], kind: str) -> Iterator[tuple[Path, str, str]]:
    for position, name in enumerate(names):
        yield (*path, position), name, kind


def _keyed(path: Path, names: Iterable[str], kind: str) -> Iterator[tuple[Path, str, str]]:
    for name in names:
        yield (*path, name), name, kind


def _mend(name: str, kind: str, choices: Collection[str]) -> str:
    """Return the nearest known name, or some of them."""
    suggestion = did_you_mean(name, choices)
    if suggestion:
        return suggestion
    # Two-letter codes are never alike enough: those with the same first letter may be meant.
    alike = sorted(choice for choice in choices if choice[:1] == name[:1].upper())
    if kind == "zone" and alike:
        return f"With {alike[0][0]} there are {', '.join(alike)}."
    listed = sorted(choices)
    more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return f"Choose one of {', '.join(listed[:MOST_NAMED])}{more}."
