"""Campuses and accelerators of the System: costs, dates, and the compute that is asked."""

from __future__ import annotations

import numpy as np
import xarray as xr

from gigaplan.inputs.wording import few
from gigaplan.system.builds import Timing, capital_charge, timing
from gigaplan.system.components import ACCELERATOR, KW_PER_GW, Components
from gigaplan.system.demand import GivenLoad
from gigaplan.system.frame import Floats, Frame
from gigaplan.system.generators import asset_cost
from gigaplan.terms.errors import Fault, InputError

CAMPUS = "campus"
ACCELERATOR_GROUP = "accelerator"
ACCELERATOR_INSTALL_YEARS = 1


def compute_target(frame: Frame) -> Floats:
    """Return the compute target at the milestone years (year) [GW of IT or million H100e].

    Linear between the years that are given; the first and last values hold outside them.
    """
    target = frame.scenario.compute.target
    if target is None:
        return np.zeros(frame.years.size)
    if target.case is not None:
        table = frame.table("compute_cases")
        own = table[table["case"] == target.case]
        if float(own["year"].max()) < float(frame.years[-1]):
            msg = "The compute case is shorter than the horizon."
            raise InputError(
                msg,
                [
                    Fault(
                        f"Case '{target.case}' ends in {int(own['year'].max())}, the horizon in "
                        f"{int(frame.years[-1])}.",
                        "compute.target.case",
                        "Shorten horizon.milestone_years or choose a longer case.",
                    )
                ],
            )
        return frame.yearly(own, "us_ai_it_gw", frame.years)
    years = sorted(target.by_year)
    return np.interp(frame.years, years, [target.by_year[year] for year in years])


def counted_compute(frame: Frame, given: GivenLoad, h100e_per_gw: float) -> Floats:
    """Return the compute of given campuses that counts towards the target (year), in its unit."""
    if not frame.scenario.compute.counts_given_campuses:
        return np.zeros(frame.years.size)
    counted: Floats = given.campus_it_gw.sum(axis=0)
    return counted * h100e_per_gw if target_unit(frame) == "h100e_millions" else counted


def programme_need(frame: Frame, given: GivenLoad, h100e_per_gw: float) -> Floats:
    """Return what the programme must add to given campuses (year), in the unit of the target."""
    counted = counted_compute(frame, given, h100e_per_gw)
    need: Floats = np.maximum(compute_target(frame) - counted, 0.0)
    _check_sold(frame, need)
    return need


def _check_sold(frame: Frame, need: Floats) -> None:
    """Refuse years that need compute although no accelerator could be in service."""
    table = frame.table("accelerators")
    columns = ["available_from_year", "available_to_year", "life_years"]
    bought = [
        (int(year), float(life))
        for first, last, life in table[columns].itertuples(index=False)
        for year in frame.years
        if first <= year <= last
    ]
    asks_most = frame.scenario.objective.kind == "most_compute"
    without = [
        int(year)
        for year, amount in zip(frame.years, need, strict=True)
        if (amount > 0 and not any(b <= year < b + life for b, life in bought))
        or (asks_most and not bought)
    ]
    if without:
        until = int(table["available_to_year"].max())
        name = table.loc[table["available_to_year"] == until, "accelerator"].iloc[-1]
        msg = "There are years without any accelerator."
        raise InputError(
            msg,
            [
                Fault(
                    f"No accelerator of the data package can be in service in "
                    f"{few(without)}; the last one, '{name}', is sold until {until}.",
                    frame.scenario.where("horizon", "milestone_years"),
                    "Plan other years, or let an override change available_to_year of the table "
                    "accelerators.",
                )
            ],
        )


def target_unit(frame: Frame) -> str:
    """Return the unit of the compute target: ``it_gw`` or ``h100e_millions``."""
    target = frame.scenario.compute.target
    return "it_gw" if target is None or target.unit is None else str(target.unit)


def sold_generations(frame: Frame) -> list[str]:
    """Return accelerator generations sold in some milestone year, the best of each year.

    Where the target is in GW of IT, cost per watt alone would choose the weakest chip; so in
    every year only the generation with the most compute per watt is bought. Where the target is
    in H100e every generation on sale is a choice.
    """
    table = frame.table("accelerators").set_index("accelerator")
    density = table["h100e_per_unit"] / table["it_kw_per_unit"]
    chosen: list[str] = []
    for year in frame.years:
        on_sale = table.index[
            (table["available_from_year"] <= year) & (year <= table["available_to_year"])
        ]
        if target_unit(frame) == "h100e_millions":
            chosen += [str(name) for name in on_sale]
        elif len(on_sale):
            chosen.append(str(density.loc[on_sale].idxmax()))
    return list(dict.fromkeys(chosen))


def usual_generation(frame: Frame, year: int) -> str:
    """Return the generation that most campuses of a calendar year are filled with.

    Of those on sale that were launched before the year it is the one with the most compute per
    watt; in the year of a launch with nothing else on sale, the new one; after the last has left
    the market, the last one.
    """
    table = frame.table("accelerators")
    density = (table["h100e_per_unit"] / table["it_kw_per_unit"]).to_numpy(dtype=float)
    start, end = table["available_from_year"].to_numpy(), table["available_to_year"].to_numpy()
    on_sale = (start <= year) & (year <= end)
    for choice in (on_sale & (start < year), on_sale, end == end.max()):
        if choice.any():
            best = int(np.argmax(np.where(choice, density, -np.inf)))
            return str(table["accelerator"].iloc[best])
    message = "the table accelerators has no row"
    raise ValueError(message)


def accelerator_parameters(components: Components) -> dict[str, xr.DataArray]:
    """Return every parameter of the System that has the dimension ``accelerator``."""
    frame = components.frame
    names = sold_generations(frame)
    labels = {"accelerator": names}
    table = frame.table("accelerators").set_index("accelerator").loc[names]
    years = frame.years
    sold = (table["available_from_year"].to_numpy()[:, None] <= years[None, :]) & (
        years[None, :] <= table["available_to_year"].to_numpy()[:, None]
    )
    density = (table["h100e_per_unit"] / table["it_kw_per_unit"]).to_numpy(dtype=float)
    if target_unit(frame) == "it_gw" and names:
        best = np.where(sold, density[:, None], -np.inf).max(axis=0)
        sold = sold & (density[:, None] >= best[None, :])
    campus = _campus_timing(frame)
    sold = sold & campus.buildable[None, :]
    age = years[None, :] - years[:, None]
    life = table["life_years"].to_numpy(dtype=float)
    alive = ((age[None] >= 0) & (age[None] < life[:, None, None])).astype(float)
    per_gw = (table["capex_usd2025_per_unit"] / table["it_kw_per_unit"]).to_numpy(dtype=float)
    capex = np.repeat(per_gw[:, None], years.size, axis=1)
    charge = np.array(
        [
            capital_charge(
                frame,
                capex[row],
                group=ACCELERATOR_GROUP,
                life_years=float(life[row]),
                construction_years=ACCELERATOR_INSTALL_YEARS,
            )
            for row in range(len(names))
        ]
    ).reshape(capex.shape)
    bought = timing(
        frame,
        ready_year=int(campus_ready_year(frame)),
        construction_years=ACCELERATOR_INSTALL_YEARS,
        life_years=1.0,
    )
    return {
        "available_accelerator": frame.array(sold, ("accelerator", "vintage"), labels),
        "alive_accelerator": frame.array(alive, ("accelerator", "vintage", "year"), labels),
        # One H100e/kW is one million H100e/GW.
        "h100e_accelerator": frame.array(density, ("accelerator",), labels),
        "capital_charge_accelerator": frame.array(charge, ("accelerator", "vintage"), labels),
        "capex_accelerator": frame.array(capex, ("accelerator", "vintage"), labels),
        "spend_share_accelerator": frame.array(bought.spend, ("vintage", "calendar_year"), {}),
        "service_share_accelerator": frame.array(bought.service, ("vintage", "calendar_year"), {}),
        "units_accelerator": frame.array(
            KW_PER_GW
            / table["it_kw_per_unit"].to_numpy(dtype=float)
            / components.scale.get(ACCELERATOR, 1.0),
            ("accelerator",),
            labels,
        ),
        "supply_use_accelerator": frame.array(
            np.array(
                [components.use_of_accelerator(name, bought.service).national for name in names]
            ).reshape(len(names), len(frame.components), *bought.service.shape),
            ("accelerator", "component", "vintage", "calendar_year"),
            labels,
        ),
    }


def campus_ready_year(frame: Frame) -> int:
    """Return the first year in which a new campus can be in service."""
    facts = frame.catalogue[CAMPUS]
    return frame.base_year + facts.lead_time_years


def _campus_timing(frame: Frame) -> Timing:
    facts = frame.catalogue[CAMPUS]
    return timing(
        frame,
        ready_year=campus_ready_year(frame),
        construction_years=facts.construction_years,
        life_years=facts.life_years,
    )


def campus_parameters(components: Components, given: GivenLoad) -> dict[str, xr.DataArray]:
    """Return every parameter of new campuses."""
    frame = components.frame
    facts = frame.catalogue[CAMPUS]
    limits = frame.scenario.limits.campuses
    dates = _campus_timing(frame)
    zones = len(frame.zones)
    multiplier = frame.multiplier(facts.multiplier_group)
    overnight = asset_cost(frame, [CAMPUS], "overnight_capex_usd2025_per_kw")[0]
    capex = multiplier[:, None] * overnight[None, :]
    charge = capital_charge(
        frame,
        capex,
        group=facts.capital_group,
        life_years=facts.life_years,
        construction_years=facts.construction_years,
    )
    fixed = asset_cost(frame, [CAMPUS], "fixed_om_usd2025_per_kw_yr")[0]
    share = frame.number("campus_potential_peak_frac")
    potential = given.zone_peak_gw[:, 0] * share
    minimum = np.zeros(zones)
    for position, zone in enumerate(frame.zones):
        if zone in limits.max_it_gw_by_zone:
            potential[position] = limits.max_it_gw_by_zone[zone]
        if zone in limits.min_it_gw_by_zone:
            minimum[position] = limits.min_it_gw_by_zone[zone]
        if zone in limits.exclude_zones:
            potential[position] = 0.0
    flag = np.broadcast_to(dates.buildable, (zones, frame.years.size))
    use = components.use(CAMPUS, dates.service)
    return {
        "buildable_campus": frame.array(flag, ("zone", "vintage"), {}),
        "potential_campus": frame.array(potential, ("zone",), {}),
        "minimum_campus": frame.array(minimum, ("zone",), {}),
        "alive_campus": frame.array(dates.alive, ("vintage", "year"), {}),
        "fixed_cost_campus": frame.array(
            np.broadcast_to(fixed, (zones, frame.years.size)), ("zone", "year"), {}
        ),
        "capital_charge_campus": frame.array(charge, ("zone", "vintage"), {}),
        "capex_campus": frame.array(capex, ("zone", "vintage"), {}),
        "spend_share_campus": frame.array(dates.spend, ("vintage", "calendar_year"), {}),
        "supply_use_campus": frame.array(
            use.national, ("component", "vintage", "calendar_year"), {}
        ),
        "local_use_campus": frame.array(
            use.local, ("local_component", "vintage", "calendar_year"), {}
        ),
    }
