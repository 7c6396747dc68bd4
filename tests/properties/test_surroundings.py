"""Laws of the limits on water, air and clean energy, on drawn systems with every other limit."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from tests.expansion.drawn_systems import ONSITE, Size, changed, draw_system

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, Solution, SolverSettings
from gigaplan.system import System

EXACT = SolverSettings(method="simplex")
SIZE = Size(zones=2, years=2, days=1, campuses=True, limits=True)
NEW = ("gas_new", "peaker_new", "wind_new", "solar_new", "nuclear_new", ONSITE)
CLEAN = ("wind_new", "solar_new", "nuclear_new")


def with_rates(seed: int) -> System:
    """Return a drawn System with rates of water and air, and without limits on them."""
    system = draw_system(seed, SIZE)
    names = system["generator"]
    water = 7e-4 * (names == "gas_new") + 2.5e-3 * (names == "nuclear_new")
    nox = 4e-4 * (names == ONSITE)
    everywhere = xr.ones_like(system["potential_generator"])
    return changed(
        system,
        {
            "new_generator": names.isin(NEW),
            "clean_generator": names.isin(CLEAN),
            "spilled_first_generator": names == "wind_old",
            "consumption_rate_generator": water * everywhere,
            "consumption_rate_campus": xr.ones_like(system["pue"]) * [1e-3, 2e-4],
            "nox_rate_generator": nox * everywhere,
        },
    )


def solution(system: System) -> Solution:
    return Engine(build_formulation(system)).solve(EXACT)


def water(system: System, found: Solution) -> xr.DataArray:
    """Return what new campuses and new plants evaporate (zone, year) [Mm3], added up again."""
    values, hours = found.values, system["block_weight"]
    capacity = values["online_accelerator"].fillna(0.0).sum("accelerator")
    it_load = capacity * system["fixed_it_share"] + values["flexible_it"].fillna(0.0)
    sites = (it_load * hours).sum("block") * system["consumption_rate_campus"]
    chosen = values["output_generator"].fillna(0.0)
    fixed = values["online_generator"].fillna(0.0) * system["availability_generator"]
    output = chosen.where(system["dispatchable_generator"], fixed)
    energy = (output * hours).sum("block").where(system["new_generator"], 0.0)
    return sites + (energy * system["consumption_rate_generator"]).sum("generator")


@pytest.mark.parametrize("seed", [3, 5])
def test_less_water_never_costs_less_and_is_kept(seed: int) -> None:
    system = with_rates(seed)
    free = solution(system)
    used = water(system, free).max("year")
    place = str(used["zone"].values[int(np.argmax(used.values))])
    costs = [free.objective]
    for share in (1.0001, 0.97, 0.94):
        cap = xr.full_like(system["water_cap"], np.inf)
        cap.loc[{"zone": place}] = share * float(used.sel(zone=place))
        capped = changed(system, {"water_cap": cap})
        found = solution(capped)
        assert found.status == "optimal"
        kept = water(capped, found).sel(zone=place)
        assert float(kept.max()) <= float(cap.sel(zone=place)) * (1.0 + 1e-9)
        costs.append(found.objective)
    assert costs[1] == pytest.approx(costs[0], rel=1e-9)
    assert costs[2] > costs[1]
    assert costs[3] >= costs[2]
    # A price is never an underestimate of what the next step costs.
    assert costs[3] - costs[2] >= costs[2] - costs[1] - 1e-6 * costs[0]


@pytest.mark.parametrize("seed", [3, 5])
def test_shares_by_the_hour_ask_no_less_than_by_the_year(seed: int) -> None:
    system = with_rates(seed)
    floor = 0.5 * (system["compute_need"] > 0)
    costs = {"none": solution(system).objective}
    for kind in ("annual", "hourly"):
        found = solution(changed(system, {f"clean_{kind}_floor": floor}))
        costs[kind] = found.objective if found.status == "optimal" else np.inf
    assert costs["none"] <= costs["annual"] * (1.0 + 1e-9)
    assert costs["annual"] <= costs["hourly"] * (1.0 + 1e-9)


@pytest.mark.parametrize("seed", [3, 5])
def test_a_limit_far_away_changes_nothing(seed: int) -> None:
    system = with_rates(seed)
    wide = {
        "water_cap": xr.full_like(system["water_cap"], 1e6),
        "onsite_nox_cap": xr.full_like(system["onsite_nox_cap"], 1e6),
        "clean_hourly_floor": xr.full_like(system["clean_hourly_floor"], 1e-9),
    }
    free, capped = solution(system), solution(changed(system, wide))
    assert capped.objective == pytest.approx(free.objective, rel=1e-6)
