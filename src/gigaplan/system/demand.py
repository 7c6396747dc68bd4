"""Given load: base demand, given campuses, everybody else's growth, and the peaks of them."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from gigaplan.system.frame import Floats, Frame
from gigaplan.system.spread import places, spread
from gigaplan.terms.units import HOURS_PER_YEAR


class GivenLoad:
    """Load that is there whatever the programme does.

    Base demand of 2024 already holds the campuses energised by the end of 2024, so given
    campuses add only what came after.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    @cached_property
    def pue(self) -> Floats:
        """Facility power over IT power (zone) [frac]."""
        table = self.frame.table("campus_power_use").set_index("zone")["pue_annual"]
        return table.loc[self.frame.zones].to_numpy(dtype=float)

    @cached_property
    def inference_shape(self) -> Floats:
        """Inference load relative to its mean (block), a daily swing with an afternoon peak."""
        swing = self.frame.number("inference_daily_swing_frac")
        peak = self.frame.number("inference_peak_hour_central")
        hour = self.frame.days.hour_of_block
        return np.asarray(1.0 + swing * np.cos(2 * np.pi * (hour - peak) / 24))

    @cached_property
    def fixed_it_share(self) -> Floats:
        """IT load that cannot move, as a share of IT capacity (block) [frac]."""
        compute = self.frame.scenario.compute
        training = compute.training_share
        stays = training * (1.0 - compute.flexible_share_of_training)
        inference = (1.0 - training) * self.inference_shape
        return np.minimum(compute.utilisation * (stays + inference), 1.0)

    @property
    def flexible_it_mean(self) -> float:
        """Daily mean of the training load that may move, as a share of IT capacity."""
        compute = self.frame.scenario.compute
        return float(
            compute.utilisation * compute.training_share * compute.flexible_share_of_training
        )

    @cached_property
    def firm_it_share(self) -> Floats:
        """Firm facility load per GW of IT (zone) [frac]."""
        return self.pue * float(self.fixed_it_share.max())

    @cached_property
    def campus_facility_gw(self) -> Floats:
        """Given campuses in service (zone, year), all of them [GW of facility power]."""
        return self._campuses(self.frame.years)

    @cached_property
    def campus_it_gw(self) -> Floats:
        """Given campuses in service (zone, year) [GW of IT power]."""
        return self.campus_facility_gw / self.pue[:, None]

    @cached_property
    def added_facility_gw(self) -> Floats:
        """Given campuses that base demand does not hold (zone, year) [GW of facility power]."""
        before = self._campuses(np.array([2024]))
        return np.maximum(self.campus_facility_gw - before, 0.0)

    @cached_property
    def background_facility_gw(self) -> Floats:
        """Everybody else's AI growth beyond given campuses (zone, year) [GW of facility power]."""
        return self._background(self.frame.years)

    @cached_property
    def added_it_gw(self) -> Floats:
        """IT power that given campuses add in each calendar year (zone, calendar_year) [GW]."""
        years = self.frame.calendar_years
        return self._added(np.arange(years[0] - 1, years[-1] + 1))

    def renewed_it_gw(self, life_years: int) -> Floats:
        """Return IT power replaced after a life (zone, calendar_year) [GW]."""
        years = self.frame.calendar_years
        return self._added(np.arange(years[0] - 1, years[-1] + 1) - life_years)

    def _added(self, years: npt.NDArray[np.int_]) -> Floats:
        """Return growth from each year to the next (zone, year after the first) [GW of IT]."""
        facility = self._campuses(years) + self._background(years)
        return np.maximum(np.diff(facility, axis=1), 0.0) / self.pue[:, None]

    def _background(self, years: npt.NDArray[np.int_]) -> Floats:
        """Return everybody else's AI growth at years (zone, year) [GW of facility power]."""
        case = self.frame.scenario.compute.given.background_case
        if case is None:
            return np.zeros((len(self.frame.zones), years.size))
        table = self.frame.table("compute_cases")
        goal = self.frame.yearly(table[table["case"] == case], "us_ai_it_gw", years)
        everywhere = self._campuses(years, everywhere=True)
        all_pue = self.frame.table("campus_power_use")["pue_annual"].mean()
        missing = np.maximum(goal - everywhere.sum(axis=0) / all_pue, 0.0)
        share = self.frame.table("queue_throughput")
        share = share[share["queue_group"] == "large_load"]
        last = share[share["year"] == share["year"].max()]
        queued = np.nan_to_num(spread(last, "cumulative_mw", zone=self.frame.zones))
        weight = queued / last["cumulative_mw"].sum()
        growth: Floats = weight[:, None] * missing[None, :] * self.pue[:, None]
        return growth

    @cached_property
    def base_blocks_gw(self) -> Floats:
        """Base demand at the power station (zone, year, block) [GW], the year's energy kept.

        Demand is measured at the customer, so delivery losses are added. The peak day keeps its
        own height; the other days are scaled to the year's energy.
        """
        days = self.frame.days
        shape = days.blocks(self.frame.load_shape).T
        weights = days.block_weight_hours
        counts = np.array(days.days_represented)
        is_peak = np.zeros(weights.size, dtype=bool)
        if counts.size > 1 and self.frame.scenario.time.keep_peak_day:
            peak_day = int(np.argmax(np.where(counts == counts.min(), self._day_peaks(), -np.inf)))
            is_peak = days.day_of_block == peak_day
        kept = shape[:, is_peak] @ weights[is_peak]
        rest = shape[:, ~is_peak] @ weights[~is_peak]
        scaled = np.where(is_peak, shape, shape * ((HOURS_PER_YEAR - kept) / rest)[:, None])
        delivered = 1.0 + self.frame.number("delivery_loss_frac")
        mean_gw = self.frame.base_demand_twh / HOURS_PER_YEAR * 1e3 * delivered
        return mean_gw[:, :, None] * scaled[:, None, :]

    def _day_peaks(self) -> Floats:
        days = self.frame.days
        national = days.blocks(self.frame.load_shape) @ self.frame.base_demand_twh[:, 0]
        peaks: Floats = national.reshape(len(days.day_of_year), -1).max(axis=1)
        return peaks

    @cached_property
    def given_blocks_gw(self) -> Floats:
        """Load of given campuses and everybody else's growth (zone, year, block) [GW]."""
        facility = self.added_facility_gw + self.background_facility_gw
        profile = self.fixed_it_share + self.flexible_it_mean
        return facility[:, :, None] * profile[None, None, :]

    @cached_property
    def zone_peak_gw(self) -> Floats:
        """Peak of base demand of each zone by itself (zone, year) [GW]."""
        mean_gw = self.frame.base_demand_twh / HOURS_PER_YEAR * 1e3
        peak: Floats = self.frame.load_shape.max(axis=0)[:, None] * mean_gw
        return peak

    @cached_property
    def region_peak_gw(self) -> Floats:
        """Coincident peak of base demand and given campuses (region, year) [GW].

        The hourly profile over the yearly energy already reproduces the metered national peak,
        so no delivery losses are added here.
        """
        mean_gw = self.frame.base_demand_twh / HOURS_PER_YEAR * 1e3
        member = self.frame.region_members
        peaks = np.empty((member.shape[1], self.frame.years.size))
        for column in range(self.frame.years.size):
            hourly = (self.frame.load_shape * mean_gw[:, column]) @ member
            peaks[:, column] = hourly.max(axis=0)
        firm = (self.added_facility_gw + self.background_facility_gw) * float(
            self.fixed_it_share.max()
        )
        return peaks + member.T @ firm

    def _campuses(self, years: npt.NDArray[np.int_], *, everywhere: bool = False) -> Floats:
        """Return facility power of given campuses at the end of each year (zone, year) [GW].

        Of what is planned beyond the base year only the realised share of plans counts.
        """
        host, known, planned = self._planned_mw
        zones = self.frame.table("zones")["zone"].tolist() if everywhere else self.frame.zones
        total = np.zeros((len(zones), len(years)))
        if not known:
            return total
        rows = np.array([np.interp(years, known, row) for row in planned])
        certain = np.array([np.interp(self.frame.base_year, known, row) for row in planned])
        realised = self.frame.number("campus_plan_realisation_frac")
        ahead = certain[:, None] + realised * (rows - certain[:, None])
        rows = np.where(np.asarray(years) > self.frame.base_year, ahead, rows)
        position = places(host, zones)
        np.add.at(total, position[position >= 0], rows[position >= 0] / 1e3)
        return total

    @cached_property
    def _planned_mw(self) -> tuple[pd.Series, list[int], Floats]:
        """Zone of each given campus, years of the table, facility power (campus, year) [MW]."""
        campuses = self.frame.table("campuses")
        statuses = list(self.frame.scenario.compute.given.campus_statuses)
        chosen = campuses[campuses["status"].isin(statuses)].sort_values(["zone", "campus"])
        names = chosen["campus"].tolist()
        capacity = self.frame.table("campus_capacity")
        capacity = capacity[places(capacity["campus"], names) >= 0]
        years = sorted(set(capacity["year"].tolist()))
        planned = np.nan_to_num(spread(capacity, "facility_mw", campus=names, year=years))
        return chosen["zone"], years, planned


def demand_parameters(frame: Frame, given: GivenLoad) -> dict[str, xr.DataArray]:
    """Return load, peaks and the shape of campus load."""
    dims = ("zone", "year", "block")
    share = np.broadcast_to(given.fixed_it_share, (len(frame.zones), given.fixed_it_share.size))
    regions = frame.table("reliability_regions").set_index("region")
    margin = frame.scenario.limits.reserve.margin_frac
    margins = (
        regions.loc[frame.regions, "reserve_margin_frac"].to_numpy(dtype=float)
        if margin is None
        else np.full(len(frame.regions), margin)
    )
    enabled = frame.scenario.limits.reserve.enabled
    peak = given.region_peak_gw if enabled else np.zeros_like(given.region_peak_gw)
    return {
        "load": frame.array(given.base_blocks_gw + given.given_blocks_gw, dims, {}),
        "base_load": frame.array(given.base_blocks_gw, dims, {}),
        "pue": frame.array(given.pue, ("zone",), {}),
        "fixed_it_share": frame.array(share, ("zone", "block"), {}),
        "flexible_it_mean": xr.DataArray(given.flexible_it_mean),
        "firm_it_share": frame.array(given.firm_it_share * enabled, ("zone",), {}),
        "peak_load": frame.array(peak, ("region", "year"), {}),
        "reserve_margin": frame.array(margins * enabled, ("region",), {}),
        "region_of_zone": frame.array(frame.region_members, ("zone", "region"), {}),
        "given_credit": frame.array(
            np.repeat(
                regions.loc[frame.regions, "other_firm_mw"].to_numpy(float)[:, None]
                / 1e3
                * enabled,
                frame.years.size,
                axis=1,
            ),
            ("region", "year"),
            {},
        ),
        "given_campus": frame.array(given.campus_it_gw, ("zone", "year"), {}),
    }
