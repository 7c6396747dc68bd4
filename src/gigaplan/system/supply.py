"""Supply of components: sources by country, local steps, and what given campuses take."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from gigaplan.system.campuses import ACCELERATOR_GROUP, CAMPUS, usual_generation
from gigaplan.system.components import Components, rows_of
from gigaplan.system.demand import GivenLoad
from gigaplan.system.frame import Floats, Frame
from gigaplan.system.types import barred_key
from gigaplan.terms.country import HOME

GROUPS = ("us", "allied")


def supply_labels(components: Components) -> dict[str, list[str] | list[int]]:
    """Return the labels of the dimensions of the supply."""
    frame = components.frame
    return {
        "component": frame.components,
        "local_component": frame.local_components,
        "source": list(source_parts(components)),
        "step": components.local_steps,
        "origin_group": list(GROUPS),
    }


def source_parts(components: Components) -> dict[str, tuple[str, str, int]]:
    """Return component, country and step of each source, by its name."""
    return {
        source_label(component, origin, step): (str(component), str(origin), int(step))
        for component, origin, step in components.sources
    }


def source_label(component: str, origin: str, step: int) -> str:
    """Return the name of a source: its component, its country and, after the first, its step."""
    return f"{component} from {origin}" + (f", step {step}" if step > 1 else "")


def source_parameters(components: Components) -> dict[str, xr.DataArray]:
    """Return every parameter of national sources, in counted units; barred ones have nothing."""
    frame = components.frame
    sources = components.sources
    labels = {"source": list(source_parts(components))}
    scale = np.array([components.scale[name] for name, _, _ in sources])[:, None]
    limit, premium = _source_lines(components)
    barred = frame.eligibility.barred_sources
    limit[[(name, origin) in barred for name, origin, _ in sources]] = 0.0
    member = np.array([[name == other for other in frame.components] for name, _, _ in sources])
    allies = allied_countries(frame)
    groups = [[origin == HOME for _, origin, _ in sources], [o in allies for _, o, _ in sources]]
    dated = ("source", "calendar_year")
    return {
        "source_limit": frame.array(limit, dated, labels),
        "source_premium": frame.array(premium * scale / 1e6, dated, labels),
        "component_of_source": frame.array(
            member.astype(float).reshape(len(sources), -1), ("source", "component"), labels
        ),
        "source_in_group": frame.array(
            np.array(groups, dtype=float),
            ("origin_group", "source"),
            {**labels, "origin_group": list(GROUPS)},
        ),
        **_stock_parameters(components),
    }


def _source_lines(components: Components) -> tuple[Floats, Floats]:
    """Return what each source has without any bar, counted, and its premium for a real unit."""
    frame = components.frame
    settings = frame.scenario.limits.supply
    sources = components.sources
    years = frame.calendar_years.size
    limit, premium = np.zeros((len(sources), years)), np.zeros((len(sources), years))
    at = {source: row for row, source in enumerate(sources)}
    for (name, origin, _, step), supply, dearer in zip(*components.supply_lines, strict=True):
        row = at.get((name, origin, step))
        if row is not None:
            limit[row] += supply
            premium[row] = dearer
    for (name, origin), output in components.plants.items():
        row = at.get((name, origin, 1))
        if row is not None:
            limit[row] += output
    scale = np.array([components.scale[name] for name, _, _ in sources])[:, None]
    factor = np.array([settings.scale.get(name, 1.0) for name, _, _ in sources])[:, None]
    limit = limit * factor / scale
    if not settings.enabled:
        limit = np.full_like(limit, np.inf)
    return limit, premium


def barred_sources(components: Components) -> dict[str, str]:
    """Return the setting or rule that bars each barred source in each year that it would have."""
    frame = components.frame
    barred = frame.eligibility.barred_sources
    limit, _ = _source_lines(components)
    return {
        barred_key(label, frame.calendar_years[year]): barred[component, origin]
        for row, (label, (component, origin, _)) in enumerate(source_parts(components).items())
        if (component, origin) in barred
        for year in np.flatnonzero(limit[row] > 0)
    }


def allied_countries(frame: Frame) -> set[str]:
    """Return the US and the countries that count as allied."""
    countries = frame.table("countries")
    return {HOME, *countries.loc[countries["allied"].astype(bool), "country"].tolist()}


def _stock_parameters(components: Components) -> dict[str, xr.DataArray]:
    frame = components.frame
    names = frame.components
    scale = np.array([components.scale[name] for name in names])
    price = rows_of(frame, names, "price_usd2025_per_unit") * scale / 1e6
    return {
        "price_component": frame.array(price, ("component",), {}),
        "storable_component": frame.array(
            rows_of(frame, names, "storable") > 0, ("component",), {}
        ),
        "holding_cost": frame.array(price * frame.wacc(ACCELERATOR_GROUP), ("component",), {}),
    }


def local_parameters(components: Components) -> dict[str, xr.DataArray]:
    """Return the steps of local supplies, in counted units."""
    frame = components.frame
    settings = frame.scenario.limits.supply
    names, steps = frame.local_components, components.local_steps
    shape = (len(names), len(frame.zones), len(steps), frame.calendar_years.size)
    limit, premium = np.zeros(shape), np.zeros(shape)
    zones = {zone: place for place, zone in enumerate(frame.zones)}
    for (name, _, market, step), supply, dearer in zip(*components.supply_lines, strict=True):
        if name in names and market in zones:
            at = (names.index(name), zones[market], steps.index(step))
            scale = components.scale[name]
            limit[at] += supply * settings.scale.get(name, 1.0) / scale
            premium[at] = dearer * scale / 1e6
    if not settings.enabled:
        limit = np.full_like(limit, np.inf)
    dims = ("local_component", "zone", "step", "calendar_year")
    labels = {"step": steps}
    return {
        "local_limit": frame.array(limit, dims, labels),
        "local_premium": frame.array(premium, dims, labels),
    }


def given_needs(components: Components, given: GivenLoad) -> tuple[Floats, Floats]:
    """Return what given campuses and their accelerators need, whatever there is.

    Accelerators are needed again when they are replaced, at the end of their life.

    Returns
    -------
    national : ndarray
        Components that the country shares (component, calendar_year).
    local : ndarray
        Components that each zone has for itself (local_component, zone, calendar_year).
    """
    frame = components.frame
    added = given.added_it_gw
    life = int(frame.table("accelerators")["life_years"].min())
    renewed = given.renewed_it_gw(life)
    each = np.eye(frame.calendar_years.size)
    campus = components.use(CAMPUS, each)
    national = np.einsum("kvc,v->kc", campus.national, added.sum(axis=0))
    local = np.einsum("mvc,zv->mzc", campus.local, added)
    for column, year in enumerate(frame.calendar_years.tolist()):
        generation = usual_generation(frame, year)
        chips = components.use_of_accelerator(generation, each[[column]])
        bought = (added + renewed)[:, column].sum()
        national += chips.national[:, 0, :] * bought
    return national, local


def given_use_parameters(
    components: Components,
    needs: tuple[Floats, Floats],
    parameters: Mapping[str, xr.DataArray],
) -> dict[str, xr.DataArray]:
    """Return what given campuses take: what they need, as far as there is supply.

    Of a local supply the last step, crews from elsewhere, is left to the plan: given campuses
    bring their own.
    """
    frame = components.frame
    national, local = needs
    had, here = _within_reach(parameters)
    if not frame.scenario.limits.supply.enabled:
        had, here = national, local
    return {
        "supply_given": frame.array(np.minimum(national, had), ("component", "calendar_year"), {}),
        "local_given": frame.array(
            np.minimum(local, here), ("local_component", "zone", "calendar_year"), {}
        ),
    }


def given_beyond_supply(
    frame: Frame, needs: tuple[Floats, Floats], taken: Mapping[str, xr.DataArray]
) -> dict[str, float]:
    """Return what given campuses need and do not get, as the option of that name says it."""
    years = frame.calendar_years.tolist()
    national = needs[0] - taken["supply_given"].values
    local = needs[1] - taken["local_given"].values
    beyond = {
        f"{name} {years[column]}": float(national[row, column])
        for row, name in enumerate(frame.components)
        for column in np.flatnonzero(national[row] > 0)
    }
    for row, name in enumerate(frame.local_components):
        for zone, column in np.argwhere(local[row] > 0):
            beyond[f"{name} {frame.zones[zone]} {years[column]}"] = float(local[row, zone, column])
    return beyond


def _within_reach(parameters: Mapping[str, xr.DataArray]) -> tuple[Floats, Floats]:
    """Return the supply that given campuses may take, national and local."""
    national: Floats = parameters["component_of_source"].values.T @ np.nan_to_num(
        parameters["source_limit"].values, posinf=0.0
    )
    steps = np.nan_to_num(parameters["local_limit"].values, posinf=0.0)
    local: Floats = steps[:, :, : max(steps.shape[2] - 1, 1)].sum(axis=2)
    return national, local


def origin_parameters(components: Components) -> dict[str, xr.DataArray]:
    """Return the least shares of components from the US, and from the US and its allies."""
    frame = components.frame
    settings = frame.scenario.limits.supply
    floor = np.zeros((len(GROUPS), len(frame.components), frame.calendar_years.size))
    named = settings.origin_components or made_in(frame, HOME)
    rows = [row for row, name in enumerate(frame.components) if name in named]
    for group, by_year in enumerate((settings.min_us_share, settings.min_allied_share)):
        if by_year:
            known = sorted(by_year)
            shares = np.interp(
                frame.calendar_years, known, [by_year[year] for year in known], left=0.0
            )
            floor[group, rows] = shares
    dims = ("origin_group", "component", "calendar_year")
    return {"origin_floor": frame.array(floor, dims, {"origin_group": list(GROUPS)})}


def made_in(frame: Frame, country: str) -> list[str]:
    """Return the chip components that some kind of factory could make in a country."""
    places, kinds = frame.table("factory_places"), frame.table("factories")
    there = set(places.loc[places["country"] == country, "factory"].tolist())
    makes = set(kinds.loc[kinds["factory"].isin(there), "component"].tolist())
    table = frame.table("components")
    chips = table.loc[table["kind"] == "chips", "component"].tolist()
    return [name for name in chips if name in makes]
