"""Operations: energy, revenue and running costs of each year, before any financing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.curves import growth_index
from gigaplan.finance.project import Contract, OperatingCosts, Plant
from gigaplan.finance.reserves import MajorMaintenance, saved_for_maintenance

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Operations:
    """Energy and money of years 1 to T; dimensions project, period.

    Parameters
    ----------
    energy_mwh
        Energy sold [MWh].
    lines_usd_nominal
        Revenue and costs by name, each zero or above [USD].
    ebitda_usd_nominal
        Revenue less running costs [USD].
    running_cost_usd_nominal
        Sum of the running costs [USD].
    operating
        Whether the project still runs.
    """

    energy_mwh: Array
    lines_usd_nominal: dict[str, Array]
    ebitda_usd_nominal: Array
    running_cost_usd_nominal: Array
    operating: npt.NDArray[np.bool_]


def operate(
    plant: Plant, contract: Contract, costs: OperatingCosts, inflation: Array
) -> Operations:
    r"""Return what a project makes, earns and spends in each year.

    .. math::

        E_t = E_1 (1-\delta)^{t-1}, \qquad
        \text{price}_t = p \, (1+\epsilon)^{t-1}, \qquad
        \text{cost}_t = c \, (1 + \pi + \rho)^{t-1}

    Growth above inflation is added to inflation, as in SAM. With a curve of inflation the power is
    the product of the years after the first, see :func:`~gigaplan.finance.curves.growth_index`.

    ==================  ==============================  ==================
    symbol              name in code                    unit
    ==================  ==============================  ==================
    :math:`E_1`         ``energy_mwh_per_year``         MWh/yr
    :math:`\delta`      ``degradation_frac_per_year``   frac/yr
    :math:`p`           ``price_usd_per_mwh``           USD/MWh
    :math:`\epsilon`    ``escalation_frac``             frac/yr
    :math:`\pi`         ``inflation_frac``              frac/yr
    :math:`\rho`        ``real_escalation_frac``        frac/yr
    ==================  ==============================  ==================

    Parameters
    ----------
    plant, contract, costs
        The project.
    inflation
        Yearly growth of costs, as a column, or a curve with one number for each year [frac/yr].

    Returns
    -------
    Operations
        The period axis runs to the longest life.

    Examples
    --------
    >>> plant, contract = Plant(1000.0, 1.0, 10.0, 2), Contract(5.0, escalation_frac=0.1)
    >>> run = operate(plant, contract, OperatingCosts(fixed_usd_per_year=20.0), column(0.05))
    >>> run.ebitda_usd_nominal.round(6).tolist()
    [[30.0, 34.0]]
    """
    life = column(plant.life_years)
    year = np.arange(1.0, float(life.max()) + 1.0)
    running = year <= life
    cost = column(plant.installed_cost_usd_nominal)
    energy = (
        column(plant.energy_mwh_per_year)
        * (1.0 - column(plant.degradation_frac_per_year)) ** (year - 1)
        * column(plant.energy_factor)
        * running
    )
    price = (
        column(contract.price_usd_per_mwh)
        * (1.0 + column(contract.escalation_frac)) ** (year - 1)
        * column(contract.price_factor)
    )
    prices = growth_index(inflation, year.size) * running
    upkeep = growth_index(inflation, year.size, column(costs.real_escalation_frac)) * running
    other = (1.0 + column(contract.other_escalation_frac)) ** (year - 1) * running
    decline = column(costs.assessed_decline_frac_per_year)
    assessed = assessed_share(column(costs.assessed_frac), decline, year) * cost
    lines = {
        "energy_revenue": energy * price,
        "other_revenue": column(contract.other_usd_per_year) * other,
        "salvage": column(plant.salvage_frac) * cost * (year == life),
        "upkeep_by_capacity": column(costs.capacity_usd_per_mw_year)
        * column(plant.capacity_mw)
        * upkeep,
        "upkeep_by_energy": column(costs.energy_usd_per_mwh) * energy * upkeep,
        "upkeep_fixed": column(costs.fixed_usd_per_year) * upkeep,
        "insurance": column(costs.insurance_frac) * cost * prices,
        "property_tax": column(costs.property_tax_frac) * assessed * running,
        "land_lease": column(costs.land_lease_usd_per_year) * prices,
    }
    shape = np.broadcast_shapes(*(line.shape for line in lines.values()), energy.shape)
    lines = {name: np.broadcast_to(line, shape) for name, line in lines.items()}
    parts = list(lines.values())
    earned, spent = sum(parts[:3]), sum(parts[3:])
    return Operations(
        np.broadcast_to(energy, shape),
        lines,
        np.asarray(earned - spent),
        np.asarray(spent),
        np.broadcast_to(running, shape),
    )


def assessed_share(
    assessed_frac: npt.ArrayLike, decline_frac_per_year: npt.ArrayLike, year: npt.ArrayLike
) -> Array:
    r"""Return the value that property tax is on, over the cost of the property.

    .. math:: a_t = a_1 \max(1 - \delta (t - 1), 0)

    ================  ====================================  =========
    symbol            name in code                          unit
    ================  ====================================  =========
    :math:`a_1`       ``assessed_frac``                     frac
    :math:`\delta`    ``assessed_decline_frac_per_year``    frac/yr
    ================  ====================================  =========

    Parameters
    ----------
    assessed_frac
        Share in the first year of operation [frac].
    decline_frac_per_year
        Part of it that each later year takes off [frac/yr].
    year
        Year of operation, 1 for the first.

    Returns
    -------
    numpy.ndarray
        Shares; dimensions of the arguments together [frac].

    Examples
    --------
    Computer equipment in Loudoun County, Virginia:

    >>> assessed_share(0.5, 0.2, np.arange(1.0, 6.0)).round(3).tolist()
    [0.5, 0.4, 0.3, 0.2, 0.1]
    """
    gone = np.asarray(decline_frac_per_year) * (np.asarray(year, dtype=float) - 1.0)
    return np.asarray(assessed_frac) * np.maximum(1.0 - gone, 0.0)


def maintain(
    events: tuple[MajorMaintenance, ...], inflation: Array, life: Array, shape: tuple[int, ...]
) -> tuple[Array, Array, Array, Array]:
    """Return what all events together save, spend, hold and depreciate in years 1 to T.

    Examples
    --------
    >>> event = MajorMaintenance(100.0, 2, (1.0,))
    >>> saved, _, held, _ = maintain((event,), column(0.0), column(4.0), (1, 4))
    >>> saved.tolist(), held.tolist()
    ([[50.0, 50.0, 50.0, 50.0]], [[50.0, 0.0, 50.0, 0.0]])
    """
    saved, spent, written_off = (np.zeros(shape) for _ in range(3))
    for event in events:
        parts = saved_for_maintenance(event, inflation, life[:, 0], shape[1])
        saved, spent = saved + parts[0], spent + parts[1]
        written_off = written_off + parts[2]
    return saved, spent, np.cumsum(saved - spent, axis=1), written_off
