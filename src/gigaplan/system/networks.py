"""Storage and corridors of the System."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.system.builds import Timing, capital_charge, timing
from gigaplan.system.components import Components, use_parameters
from gigaplan.system.credits import charges
from gigaplan.system.frame import Floats, Frame
from gigaplan.system.generators import (
    asset_cost,
    given_capacity_gw,
    potential_gw,
)
from gigaplan.system.spread import spread

CORRIDOR = "corridor"


def storage_parameters(components: Components) -> dict[str, xr.DataArray]:
    """Return every parameter of the System that has the dimension ``storage``."""
    frame = components.frame
    assets = frame.assets_of("storage")
    labels = {"storage": assets}
    catalogue = [frame.assets[asset] for asset in assets]
    multiplier = np.array([frame.multiplier(facts.multiplier_group) for facts in catalogue])
    overnight = asset_cost(frame, assets, "overnight_capex_usd2025_per_kw")
    capex = overnight[:, None, :] * multiplier.reshape(len(assets), -1)[:, :, None]
    fixed = asset_cost(frame, assets, "fixed_om_usd2025_per_kw_yr")[:, None, :]
    buildable = np.array([facts.buildable for facts in catalogue], dtype=bool)
    dates = [_timing_of(frame, asset) for asset in assets]
    flag = np.array([d.buildable for d in dates]).reshape(len(assets), frame.years.size)
    flag = flag & buildable[:, None]
    duration = np.array([facts.duration_hours for facts in catalogue])
    fleet = frame.table("existing_capacity")
    energy = spread(fleet, "energy_mwh", asset=assets, zone=frame.zones)
    power = spread(fleet, "capacity_mw", asset=assets, zone=frame.zones)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = energy / power
    hours_by_zone = np.where(np.isfinite(own) & (own > 0), own, duration[:, None])
    one_way = np.sqrt([facts.round_trip_efficiency_frac for facts in catalogue])
    charge, _ = charges(frame, assets, capex, np.zeros((len(assets), len(frame.zones))))
    built = ("storage", "zone", "vintage")
    zones = len(frame.zones)

    def of(values: object, *dims: str) -> xr.DataArray:
        return frame.array(np.asarray(values), dims, labels)

    return {
        "existing_storage": of(given_capacity_gw(frame, assets), "storage", "zone", "year"),
        "buildable_storage": of(np.repeat(flag[:, None, :], zones, 1), *built),
        "potential_storage": of(potential_gw(frame, assets), "storage", "zone"),
        "alive_storage": of([d.alive for d in dates], "storage", "vintage", "year"),
        "spend_share_storage": of([d.spend for d in dates], "storage", "vintage", "calendar_year"),
        **use_parameters(
            frame,
            "storage",
            assets,
            [components.use(a, d.service) for a, d in zip(assets, dates, strict=True)],
        ),
        "duration_storage": of(hours_by_zone, "storage", "zone"),
        "charge_efficiency_storage": of(one_way, "storage"),
        "discharge_efficiency_storage": of(one_way, "storage"),
        "fixed_cost_storage": of(np.repeat(fixed, zones, 1), "storage", "zone", "year"),
        "capital_charge_storage": of(charge, *built),
        "capex_storage": of(capex, *built),
        "capacity_credit_storage": of(
            [[facts.capacity_credit_frac] * zones for facts in catalogue],
            "storage",
            "zone",
        ),
    }


def _timing_of(frame: Frame, asset: str) -> Timing:
    facts = frame.assets[asset]
    return timing(
        frame,
        ready_year=frame.base_year + facts.lead_time_years,
        construction_years=facts.construction_years,
        life_years=facts.life_years,
    )


def corridor_table(frame: Frame) -> pd.DataFrame:
    """Return the corridors with both ends in the scenario, by name."""
    table = frame.table("corridors").set_index("corridor")
    inside = table["from_zone"].isin(frame.zones) & table["to_zone"].isin(frame.zones)
    return table[inside]


def _is_zone(frame: Frame, names: pd.Series) -> Floats:
    """Return one where a row names a zone, also of no rows (row, zone)."""
    same: Floats = (names.to_numpy()[:, None] == np.array(frame.zones)[None, :]).astype(float)
    return same.reshape(len(names), len(frame.zones))


def corridor_parameters(components: Components) -> dict[str, xr.DataArray]:
    """Return every parameter of the System that has the dimension ``corridor``."""
    frame = components.frame
    table = corridor_table(frame)
    names = [str(name) for name in table.index]
    labels = {"corridor": names}
    years, _calendar = frame.years, frame.calendar_years
    online = table["online_year"].fillna(0).to_numpy(dtype=float)[:, None] <= years[None, :]
    allowed = CORRIDOR in frame.assets
    growing = table["expandable"].to_numpy(dtype=bool) & allowed
    facts = frame.catalogue[CORRIDOR]
    shortest = int(table["lead_time_years"].min()) if len(table) else 0
    whole = timing(
        frame,
        ready_year=frame.base_year + shortest,
        construction_years=facts.construction_years,
        life_years=facts.life_years,
    )
    ready = frame.base_year + table["lead_time_years"].to_numpy(dtype=float)
    buildable = (years[None, :] >= ready[:, None]) & growing[:, None]
    overnight = table["expansion_capex_usd2025_per_kw"].fillna(0.0).to_numpy(dtype=float)
    capex = np.repeat(overnight[:, None], years.size, axis=1)
    charge = capital_charge(
        frame,
        capex,
        group=facts.capital_group,
        life_years=facts.life_years,
        construction_years=facts.construction_years,
    )
    starts = _is_zone(frame, table["from_zone"])
    ends = _is_zone(frame, table["to_zone"])
    use = components.use(CORRIDOR, whole.service)
    largest = table[["forward_mw", "reverse_mw"]].max(axis=1).to_numpy(dtype=float) / 1e3
    potential = np.where(
        growing,
        np.maximum(
            frame.number("corridor_growth_max_frac") * largest,
            frame.number("corridor_growth_min_gw"),
        ),
        0.0,
    )

    def of(values: object, *dims: str) -> xr.DataArray:
        return frame.array(np.asarray(values), dims, labels)

    def given(column: str) -> Floats:
        return table[column].to_numpy(dtype=float)[:, None] / 1e3 * online

    count = len(names)
    return {
        "existing_forward_corridor": of(given("forward_mw"), "corridor", "year"),
        "existing_reverse_corridor": of(given("reverse_mw"), "corridor", "year"),
        "buildable_corridor": of(buildable, "corridor", "vintage"),
        "potential_corridor": of(potential, "corridor"),
        "alive_corridor": of(
            np.broadcast_to(whole.alive, (count, *whole.alive.shape)), "corridor", "vintage", "year"
        ),
        "loss_corridor": of(table["loss_frac"].to_numpy(dtype=float), "corridor"),
        "start_of_corridor": of(starts, "corridor", "zone"),
        "end_of_corridor": of(ends, "corridor", "zone"),
        "capital_charge_corridor": of(charge, "corridor", "vintage"),
        "capex_corridor": of(capex, "corridor", "vintage"),
        **use_parameters(frame, "corridor", names, [use] * count),
        "spend_share_corridor": frame.array(whole.spend, ("vintage", "calendar_year"), {}),
    }
