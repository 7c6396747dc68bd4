"""Factories of the System: kinds at places, what they cost there, and how they ramp."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.economics.construction import charge_factor
from gigaplan.system.builds import timing
from gigaplan.system.components import Components, made_by_kind, plant_output
from gigaplan.system.frame import Floats, Frame
from gigaplan.system.supply import GROUPS, allied_countries
from gigaplan.terms.country import HOME
from gigaplan.terms.symbols import dims_of


@dataclass(frozen=True)
class UnitCost:
    """What a unit from a factory at full use costs [USD of 2025 per unit].

    Parameters
    ----------
    capital
        Annuity of the overnight capex with interest during construction, before credits.
    fixed
        Fixed operation and maintenance.
    variable
        Everything else.
    """

    capital: float
    fixed: float
    variable: float

    @property
    def whole(self) -> float:
        """All of it."""
        return self.capital + self.fixed + self.variable

    def above(self, embedded: float) -> float:
        """Return what a unit costs above the cost that capex holds; a cheaper place keeps the rest.

        >>> UnitCost(capital=90.0, fixed=10.0, variable=50.0).above(120.0)
        30.0
        """
        return max(self.whole - embedded, 0.0)

    def break_even_credit(self, embedded: float) -> float:
        """Return the share of capital that a credit must pay for the unit to cost ``embedded``.

        >>> round(UnitCost(capital=90.0, fixed=10.0, variable=50.0).break_even_credit(120.0), 4)
        0.3333
        """
        return (self.whole - embedded) / self.capital


def factory_table(frame: Frame) -> pd.DataFrame:
    """Return every kind of factory at every place where it may be built, by label."""
    places = frame.table("factory_places").drop(columns=["source", "source_year", "confidence"])
    kinds = frame.table("factories").drop(columns=["source", "source_year", "confidence"])
    merged = places.drop(columns="notes").merge(kinds.drop(columns="notes"), on="factory")
    merged = merged[merged["component"].isin(frame.components)]
    if not frame.scenario.limits.supply.build_factories:
        merged = merged.iloc[:0]
    merged = merged.rename(columns={"factory": "kind"})
    merged.index = pd.Index([f"{row.kind} in {row.place}" for row in merged.itertuples()])
    return merged


def makers(table: pd.DataFrame) -> dict[str, str]:
    """Return the component that each factory of a :func:`factory_table` makes."""
    return {
        str(name): str(made) for name, made in zip(table.index, table["component"], strict=True)
    }


def factory_parts(table: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Return kind and place of each factory of a :func:`factory_table`."""
    return {
        str(name): (str(kind), str(place))
        for name, kind, place in zip(table.index, table["kind"], table["place"], strict=True)
    }


def barred_factories(frame: Frame, table: pd.DataFrame) -> dict[str, str]:
    """Return the setting or rule that bars each barred factory of a :func:`factory_table`."""
    barred = frame.eligibility.barred_sources
    return {
        str(name): barred[component, country]
        for name, component, country in zip(
            table.index, table["component"], table["country"], strict=True
        )
        if (component, country) in barred
    }


def unit_costs(frame: Frame, kind: pd.Series) -> tuple[UnitCost, UnitCost]:
    """Return the unit cost of a kind of factory in the reference country, and at its place."""
    yearly = charge_factor(
        frame.wacc(str(kind["capital_group"])),
        float(kind["life_years"]),
        int(kind["construction_years"]),
    )
    overnight = float(kind["capex_usd2025_per_unit_yr"])
    reference = UnitCost(
        capital=overnight * yearly,
        fixed=overnight * float(kind["fixed_om_frac_per_yr"]),
        variable=float(kind["variable_cost_usd2025_per_unit"]),
    )
    running = float(kind["operating_cost_multiplier"])
    here = UnitCost(
        capital=reference.capital * float(kind["capex_multiplier"]),
        fixed=reference.fixed * running,
        variable=reference.variable * running,
    )
    return reference, here


def economics_table(frame: Frame) -> pd.DataFrame:
    """Return what a unit from each factory at full use costs, and the credit that closes the gap.

    Returns
    -------
    pandas.DataFrame
        One row for each kind of factory at each place: cost of a unit there and from the reference
        country [USD of 2025 per unit], and the share of capex that a credit must pay for the two
        to be the same [frac]; zero or below where the place is no dearer.
    """
    rows = []
    for _, kind in factory_table(frame).iterrows():
        reference, here = unit_costs(frame, kind)
        rows.append(
            [
                *kind[["kind", "component", "place", "country"]],
                here.whole,
                reference.whole,
                here.whole / reference.whole - 1.0,
                here.break_even_credit(reference.whole),
            ]
        )
    columns = (
        "kind component place country cost_usd2025_per_unit reference_usd2025_per_unit "
        "premium_frac break_even_credit_frac"
    ).split()
    return pd.DataFrame(rows, columns=columns)


def facilities_table(frame: Frame) -> pd.DataFrame:
    """Return dated plants: what each gives to US builds in the last calendar year, and where."""
    table = frame.table("factory_capacity")
    last = int(frame.calendar_years[-1])
    first = table.drop_duplicates("facility").reset_index(drop=True)
    first["units_per_yr"] = plant_output(frame, first["facility"].tolist(), [last])[:, 0]
    first["component"] = first["factory"].map(made_by_kind(frame))
    first = first.rename(columns={"factory": "kind"})
    columns = (
        "facility company kind component place country status production_start_year "
        "units_per_yr latitude_deg longitude_deg"
    ).split()
    return first[columns]


def factory_parameters(components: Components, table: pd.DataFrame) -> dict[str, xr.DataArray]:
    """Return every parameter of the System that has the dimension ``factory``.

    What a unit costs is counted against what the same unit costs from the reference country,
    which the capex of what it is built into holds already. Where a place is cheaper, its owners
    sell at that price all the same.

    Parameters
    ----------
    components
        What factories take and make.
    table
        The factories, see :func:`factory_table`.
    """
    frame = components.frame
    labels = {"factory": [str(name) for name in table.index]}
    years, calendar = frame.years, frame.calendar_years
    credit = frame.scenario.limits.supply.us_factory_credit_frac
    count = len(table)
    held: dict[str, Floats] = {
        name: np.zeros((count, *shape))
        for name, shape in {
            "buildable_factory": (years.size,),
            "potential_factory": (),
            "online_share_factory": (years.size, calendar.size),
            "output_share_factory": (years.size, calendar.size),
            "spend_share_factory": (years.size, calendar.size),
            "capital_charge_factory": (years.size,),
            "capex_factory": (years.size,),
            "fixed_cost_factory": (),
            "unit_cost_factory": (),
            "component_of_factory": (len(frame.components),),
            "zone_of_factory": (len(frame.zones),),
            "supply_use_factory": (len(frame.components), years.size, calendar.size),
            "local_use_factory": (len(frame.local_components), years.size, calendar.size),
        }.items()
    }
    barred = barred_factories(frame, table)
    for row, (name, kind) in enumerate(table.iterrows()):
        component = str(kind["component"])
        scale = components.scale[component]
        millions = scale / 1e6
        reference, here = unit_costs(frame, kind)
        domestic = kind["country"] == HOME
        dates = timing(
            frame,
            ready_year=frame.base_year + int(np.ceil(float(kind["lead_time_years"]))),
            construction_years=int(kind["construction_years"]),
            life_years=float(kind["life_years"]),
        )
        held["buildable_factory"][row] = dates.buildable
        if str(name) not in barred:
            held["potential_factory"][row] = float(kind["max_units_per_yr"]) / scale
        held["online_share_factory"][row], held["output_share_factory"][row] = _shares(
            dates.service, kind, calendar
        )
        held["spend_share_factory"][row] = dates.spend
        held["capital_charge_factory"][row] = (
            here.capital * millions * (1.0 - credit * float(domestic))
        )
        held["capex_factory"][row] = (
            float(kind["capex_usd2025_per_unit_yr"]) * float(kind["capex_multiplier"]) * millions
        )
        held["fixed_cost_factory"][row] = here.fixed * millions
        held["unit_cost_factory"][row] = (
            here.above(reference.whole) - here.capital - here.fixed
        ) * millions
        held["component_of_factory"][row] = [component == name for name in frame.components]
        held["zone_of_factory"][row] = [kind["place"] == zone for zone in frame.zones]
        if domestic:
            use = components.use_of_factory(str(kind["kind"]), component, dates.service)
            held["supply_use_factory"][row] = use.national
            held["local_use_factory"][row] = use.local
    domestic_rows = (table["country"] == HOME).to_numpy(dtype=float)
    allied = table["country"].isin(allied_countries(frame)).to_numpy(dtype=float)
    arrays = {name: frame.array(held[name], dims_of(name), labels) for name in held}
    arrays["factory_in_group"] = frame.array(
        np.stack([domestic_rows, allied]),
        ("origin_group", "factory"),
        {**labels, "origin_group": list(GROUPS)},
    )
    return arrays


def _shares(service: Floats, kind: pd.Series, calendar: np.ndarray) -> tuple[Floats, Floats]:
    """Return what of a build is in service, and what it makes (vintage, calendar_year) [frac]."""
    age = calendar[None, :] - calendar[:, None]
    lives = (age >= 0) & (age < float(kind["life_years"]))
    first, second = float(kind["ramp_first_year_frac"]), float(kind["ramp_second_year_frac"])
    makes = np.select([age == 0, age == 1], [first, second], 1.0) * lives
    return service @ lives.astype(float), service @ makes
