"""Components: what they are counted in, and what one unit of each asset takes, and when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import xarray as xr

from gigaplan.system.builds import needed_in
from gigaplan.system.frame import Floats, Frame
from gigaplan.system.spread import lines, places
from gigaplan.terms.units import MONTHS_PER_YEAR

MW_PER_GW = 1e3
KW_PER_GW = 1e6
ACCELERATOR = "accelerator"
"""The component that a unit of the table ``accelerators`` is."""
COUNTED_TO = 100.0
"""Components are counted in the power of ten that makes a large yearly supply of about this."""
UNIT_WORDS = {1.0: "", 1e3: "thousand ", 1e6: "million "}


@dataclass(frozen=True)
class Use:
    """What a build takes for each GW, or for each unit a year of a factory.

    Parameters
    ----------
    national
        Components that the country shares (component, vintage, calendar_year).
    local
        Components that each zone has for itself (local_component, vintage, calendar_year).
    """

    national: Floats
    local: Floats


@dataclass(frozen=True)
class Components:
    """Components of a data package, each counted in its own power of ten."""

    frame: Frame

    @cached_property
    def _bills(self) -> dict[str, list[tuple[str, float, float]]]:
        """Component, quantity and years before service, by what takes it."""
        table = self.frame.table("component_bills")
        columns = [
            table[name].tolist()
            for name in ("asset", "component", "quantity", "years_before_service")
        ]
        bills: dict[str, list[tuple[str, float, float]]] = {}
        for asset, component, quantity, before in zip(*columns, strict=True):
            bills.setdefault(asset, []).append((component, quantity, before))
        return bills

    @cached_property
    def delivery_years(self) -> dict[str, float]:
        """Years from the factory to the site, by component."""
        table = self.frame.table("components")
        years = table["deliver_months"].to_numpy(dtype=float) / MONTHS_PER_YEAR
        return dict(zip(table["component"].tolist(), years.tolist(), strict=True))

    @cached_property
    def supply_lines(self) -> tuple[list[tuple[str, str, str, int]], Floats, Floats]:
        """Sources as (component, origin, market, step), their supply and their premium by year.

        Supply is what the origin makes times the share that US builds can get, linear between
        years (source, calendar_year) [n/yr]; the premium likewise [USD of 2025 per unit].
        """
        table = self.frame.table("supply")
        keys = [table[name].tolist() for name in ("component", "origin", "market", "step")]
        labels = ["|".join(map(str, key)) for key in zip(*keys, strict=True)]
        given = table.assign(
            label=labels, supply=table["made_per_year"] * table["programme_share_frac"]
        )
        names = list(dict.fromkeys(labels))
        first = {label: key for label, key in zip(labels, zip(*keys, strict=True), strict=True)}
        years = self.frame.calendar_years
        return (
            [first[name] for name in names],
            lines(given, "supply", years, label=names),
            lines(given, "premium_usd2025_per_unit", years, label=names),
        )

    @cached_property
    def plants(self) -> dict[tuple[str, str], Floats]:
        """Output of dated plants (calendar_year) [n/yr] by component and country."""
        table = self.frame.table("factory_capacity").drop_duplicates("facility")
        made = table["factory"].map(made_by_kind(self.frame))
        output = plant_output(self.frame, table["facility"].tolist(), self.frame.calendar_years)
        held: dict[tuple[str, str], Floats] = {}
        for key, row in zip(zip(made, table["country"], strict=True), output, strict=True):
            held[key] = held.get(key, np.zeros(row.size)) + row
        return held

    @cached_property
    def sources(self) -> list[tuple[str, str, int]]:
        """Sources of components that the country shares, as (component, origin, step).

        Dated plants of a country give to its first step.
        """
        shared = set(self.frame.components)
        listed = [(name, origin, step) for name, origin, _, step in self.supply_lines[0]]
        made = [(name, origin, 1) for name, origin in self.plants]
        return list(dict.fromkeys(key for key in [*listed, *made] if key[0] in shared))

    @cached_property
    def local_steps(self) -> list[int]:
        """Steps of local supplies."""
        local = self.frame.local_components
        return sorted({step for name, _, _, step in self.supply_lines[0] if name in local})

    @cached_property
    def scale(self) -> dict[str, float]:
        """How many real units one counted unit is, by component (1, a thousand or a million).

        By the largest source of the table ``supply``; by dated plants where it has none.
        """
        sources, supply, _ = self.supply_lines
        largest: dict[str, float] = {}
        for (component, *_), row in zip(sources, supply, strict=True):
            largest[component] = max(largest.get(component, 0.0), float(row.max()))
        listed = set(largest)
        for (component, _), output in self.plants.items():
            if component not in listed:
                largest[component] = max(largest.get(component, 0.0), float(output.max()))
        return {
            name: 10.0 ** (3 * min(max(round(np.log10(max(size, 1.0) / COUNTED_TO) / 3), 0), 2))
            for name, size in largest.items()
        }

    @cached_property
    def units(self) -> dict[str, str]:
        """What each component is counted in, in words."""
        table = self.frame.table("components")
        names, units = table["component"].tolist(), table["unit"].tolist()
        return {
            name: UNIT_WORDS[self.scale[name]] + unit
            for name, unit in zip(names, units, strict=True)
            if name in self.scale
        }

    def use(self, asset: str, service: Floats) -> Use:
        """Return what a GW of an asset takes in each calendar year, at the factory gate."""
        return self._use(asset, service, MW_PER_GW)

    def use_of_accelerator(self, accelerator: str, service: Floats) -> Use:
        """Return what a GW of IT power of an accelerator takes in each calendar year."""
        table = self.frame.table("accelerators")
        row = table["accelerator"].tolist().index(accelerator)
        return self._use(accelerator, service, KW_PER_GW / float(table["it_kw_per_unit"].iloc[row]))

    def use_of_factory(self, kind: str, component: str, service: Floats) -> Use:
        """Return what a counted unit of yearly output of a kind of factory takes."""
        return self._use(kind, service, self.scale[component])

    def _use(self, asset: str, service: Floats, multiple: float) -> Use:
        national, local = self.frame.components, self.frame.local_components
        use = Use(np.zeros((len(national), *service.shape)), np.zeros((len(local), *service.shape)))
        for component, quantity, before in self._bills.get(asset, []):
            names, held = (national, use.national) if component in national else (local, use.local)
            if component in names:
                needed = needed_in(service, before + self.delivery_years[component])
                held[names.index(component)] += quantity * multiple / self.scale[component] * needed
        return use


def use_parameters(
    frame: Frame, asset_class: str, labels: list[str], uses: list[Use]
) -> dict[str, xr.DataArray]:
    """Return what assets of a class take, as parameters over their labels."""
    when = (frame.years.size, frame.calendar_years.size)
    shapes = {
        "supply_use": ("component", (len(labels), len(frame.components), *when)),
        "local_use": ("local_component", (len(labels), len(frame.local_components), *when)),
    }
    held = {"supply_use": [use.national for use in uses], "local_use": [use.local for use in uses]}
    return {
        f"{name}_{asset_class}": frame.array(
            np.array(held[name]).reshape(shape),
            (asset_class, dim, "vintage", "calendar_year"),
            {asset_class: labels},
        )
        for name, (dim, shape) in shapes.items()
    }


def made_by_kind(frame: Frame) -> dict[str, str]:
    """Return the component that each kind of factory makes."""
    kinds = frame.table("factories")
    return dict(zip(kinds["factory"].tolist(), kinds["component"].tolist(), strict=True))


def plant_output(frame: Frame, facilities: list[str], years: npt.ArrayLike) -> Floats:
    """Return what dated plants give to US builds (facility, year) [n/yr]."""
    table = frame.table("factory_capacity")
    given = table.assign(output=table["units_per_yr"] * table["programme_share_frac"])
    return lines(given, "output", years, facility=facilities)


def rows_of(frame: Frame, names: list[str], column: str) -> Floats:
    """Return a column of the table ``components`` for some of them, in their order."""
    table = frame.table("components")
    at = places(table["component"], names)
    held = np.zeros(len(names))
    held[at[at >= 0]] = table[column].to_numpy(dtype=float)[at >= 0]
    return held
