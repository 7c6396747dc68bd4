"""Waiting: what a campus without power costs, what a month is worth, and what a bridge costs."""

from __future__ import annotations

from typing import Final

import numpy as np

from gigaplan.terms.units import MONTHS_PER_YEAR
from gigaplan.timeline.service import Floats

HOURS_PER_MONTH: Final = 730.0


def idle_cost(
    campus_gw: Floats, campus_charge: Floats, accelerator_gw: Floats, accelerator_charge: Floats
) -> Floats:
    r"""Return what a campus costs for a month in which it stands idle without power.

    .. math:: \frac{(k^C + f^C) \, C + k^A A}{12}

    Parameters
    ----------
    campus_gw, accelerator_gw
        IT power C of the campus, and A of the accelerators in it [GW].
    campus_charge
        Capital charge k\ :sup:`C` and fixed cost f\ :sup:`C` of the campus [M$/GW/yr].
    accelerator_charge
        Capital charge k\ :sup:`A` of the accelerators [M$/GW/yr].

    Returns
    -------
    numpy.ndarray
        M$ of 2025 per month.

    Examples
    --------
    Half a GW at 1,200 M$/GW/yr, with as many accelerators at 6,000: 3,600 M$ a year.

    >>> float(idle_cost(np.array(0.5), np.array(1200.0), np.array(0.5), np.array(6000.0)))
    300.0
    """
    yearly = campus_gw * campus_charge + accelerator_gw * accelerator_charge
    return np.asarray(yearly / MONTHS_PER_YEAR)


def worth_of_a_month(compute: Floats, shadow_price: Floats, discounted_years: Floats) -> Floats:
    r"""Return what a plan would save if a campus came a month earlier.

    The shadow price of the compute target is the discounted cost of one unit over all years of
    its milestone; by month it is the twelfth part of a year of them.

    .. math:: \frac{\lambda_y}{12 \, \delta_y} \, X

    Parameters
    ----------
    compute
        Compute X of the campus [GW of IT, or million H100e].
    shadow_price
        Shadow price of the target of its milestone [M$ per unit of compute].
    discounted_years
        Discounted years that the milestone stands for [years].

    Returns
    -------
    numpy.ndarray
        M$ of 2025 per month, in money of the milestone.

    Examples
    --------
    12,000 M$ per GW over two discounted years are 500 M$ per GW and month.

    >>> float(worth_of_a_month(np.array(0.5), np.array(12000.0), np.array(2.0)))
    250.0
    """
    return np.asarray(compute * shadow_price / (discounted_years * MONTHS_PER_YEAR))


def bridge_cost(
    facility_gw: Floats,
    load_share: Floats,
    availability: Floats,
    yearly_cost: Floats,
    variable_cost: Floats,
    price_usd_per_mwh: Floats,
) -> Floats:
    r"""Return what a month on a unit behind the meter costs beyond power at the wholesale price.

    .. math:: \frac{L}{u} \frac{k + f}{12} + 730 \, \psi L \, (c - p)

    Parameters
    ----------
    facility_gw
        Power L that the campus draws at full load [GW].
    load_share
        Its mean load as a share of that, ψ [frac].
    availability
        Of the unit, u: it is built larger by that much [frac].
    yearly_cost
        Capital charge k and fixed cost f of the unit [M$/GW/yr].
    variable_cost
        Fuel and variable cost c of the unit [M$/GWh].
    price_usd_per_mwh
        Mean wholesale price p of the zone [USD/MWh].

    Returns
    -------
    numpy.ndarray
        M$ of 2025 per month; below zero where the unit is cheaper than the grid.

    Examples
    --------
    One GW at a mean load of 0.8 from units available nine tenths of the time: 1.11 GW at 216 M$
    a year are 20 M$ a month; 584 GWh cost 10 USD/MWh more than from the grid.

    >>> one = np.array(1.0)
    >>> float(bridge_cost(one, one * 0.8, one * 0.9, one * 216, one * 0.05, one * 40).round(6))
    25.84
    """
    standing = facility_gw / availability * yearly_cost / MONTHS_PER_YEAR
    energy_gwh = HOURS_PER_MONTH * load_share * facility_gw
    return np.asarray(standing + energy_gwh * (variable_cost - price_usd_per_mwh / 1e3))
