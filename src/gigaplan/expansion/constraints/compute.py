"""Compute: accelerators in campuses meet the need; part of the training moves."""

from __future__ import annotations

import xarray as xr

from gigaplan.expansion.expression import Expression
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.variables import can_host_campus

NAME = "compute"


def it_capacity(formulation: Formulation) -> Expression:
    """Return the IT power of accelerators in service (zone, year) [GW]."""
    return formulation.term("online_accelerator").sum("accelerator")


def it_load(formulation: Formulation) -> Expression:
    """Return the IT load of programme campuses (zone, year, block) [GW]."""
    load = it_capacity(formulation) * formulation.system["fixed_it_share"]
    if formulation.has("flexible_it"):
        load = load + formulation.term("flexible_it")
    return load


def facility_load(formulation: Formulation) -> Expression:
    """Return the power that programme campuses draw (zone, year, block) [GW]."""
    return it_load(formulation) * formulation.system["pue"]


def delivered_compute(formulation: Formulation) -> Expression:
    """Return the compute of the programme in the unit of the target (year)."""
    system = formulation.system
    if system.options.target_unit == "h100e_millions":
        units = formulation.term("online_accelerator") * system["h100e_accelerator"]
        return units.sum(["accelerator", "zone"])
    return it_capacity(formulation).sum("zone")


def add_compute(formulation: Formulation) -> None:
    r"""House accelerators in campuses, meet the compute need, and let training move.

    .. math::

        \sum_a A_{a,z,y} &\le C_{z,y} \quad \text{(equal where the need is in GW of IT)}

        \sum_{z,a} A_{a,z,y} \ge T_y \quad &\text{or} \quad
        \sum_{z,a} \chi_a A_{a,z,y} \ge T_y

        w_{z,y,t} &\le (1 - \iota_{z,t}) \sum_a A_{a,z,y}

        \sum_z \sum_{t \in d} h_t w_{z,y,t} &\ge \psi \sum_{t \in d} h_t \sum_{z,a} A_{a,z,y}

    The last holds for each zone by itself where training may not move between zones. A campus
    draws :math:`\pi_z (\iota_{z,t} \sum_a A_{a,z,y} + w_{z,y,t})`.

    ===================  ========================  =====================  =====================
    symbol               name in code              dimensions             unit
    ===================  ========================  =====================  =====================
    :math:`A`            ``online_accelerator``    accelerator zone year  GW
    :math:`C`            ``online_campus``         zone year              GW
    :math:`w`            ``flexible_it``           zone year block        GW
    :math:`T`            ``compute_need``          year                   GW or million H100e
    :math:`\chi`         ``h100e_accelerator``     accelerator            million H100e/GW
    :math:`\iota`        ``fixed_it_share``        zone block             frac
    :math:`\psi`         ``flexible_it_mean``                             frac
    :math:`\pi`          ``pue``                   zone                   frac
    ===================  ========================  =====================  =====================

    Dual of the need: M$ per GW of IT (or per million H100e), zero or above: the discounted cost
    of the last unit of compute in that year.
    """
    system = formulation.system
    if not formulation.has("online_accelerator"):
        return
    host = can_host_campus(system) & (system["discounted_years"] > 0)
    formulation.add_rows(
        NAME,
        "compute_housing",
        it_capacity(formulation) - formulation.term("online_campus"),
        "=" if system.options.target_unit == "it_gw" else "<=",
        0.0,
        mask=host,
    )
    formulation.add_rows(
        NAME,
        "compute_need",
        delivered_compute(formulation),
        ">=",
        system["compute_need"],
        mask=system["compute_need"] > 0,
    )
    if formulation.has("flexible_it"):
        _add_training(formulation, host)


def _add_training(formulation: Formulation, host: xr.DataArray) -> None:
    """Add the room for flexible training and the work it must do each day."""
    system = formulation.system
    moved = formulation.term("flexible_it")
    capacity = it_capacity(formulation)
    formulation.add_rows(
        NAME,
        "compute_training_room",
        moved - capacity * (1.0 - system["fixed_it_share"]),
        "<=",
        0.0,
        mask=host & (system["block_hours"] > 0),
    )
    in_day = (system["day_of_block"] == system["day"]).astype(float)
    hours = system["block_hours"] * in_day
    work = (moved * hours).sum("block") - capacity * (
        system["flexible_it_mean"] * hours.sum("block")
    )
    if system.options.training_across_zones:
        rows = host.any("zone") & (system["day"] == system["day"])
        formulation.add_rows(NAME, "compute_training_work", work.sum("zone"), ">=", 0.0, mask=rows)
    else:
        rows = host & (system["day"] == system["day"])
        formulation.add_rows(NAME, "compute_training_work", work, ">=", 0.0, mask=rows)
