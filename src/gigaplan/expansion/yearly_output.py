"""What generators give off or take in over a year, from their variables."""

from __future__ import annotations

from collections.abc import Callable

import xarray as xr

from gigaplan.expansion.expression import Expression, total
from gigaplan.expansion.formulation import Formulation

Amount = Callable[[Expression, xr.DataArray, xr.DataArray], Expression]
"""A formula of ``impacts``: power [GW], rate and hours to a yearly amount."""


def of_generators(
    formulation: Formulation, amount: Amount, rate: xr.DataArray, counted: xr.DataArray
) -> Expression | None:
    """Return the yearly amount of the generators that count (zone, year).

    Parameters
    ----------
    formulation
        Has the variables.
    amount
        Formula of the amount.
    rate
        Amount for a unit of energy (generator, zone).
    counted
        Whether the generator counts (generator).

    Returns
    -------
    Expression or None
        Output that is not chosen counts in full, curtailed or not; ``None`` where nothing counts.
    """
    system = formulation.system
    chosen = system["dispatchable_generator"]
    some = counted & (rate > 0).any("zone")
    hours = system["block_weight"]
    parts = []
    for wanted, variable, of_a_unit in (
        (some & chosen, "output_generator", hours),
        (some & ~chosen, "online_generator", hours * system["availability_generator"]),
    ):
        if not bool(wanted.any()) or not formulation.has(variable):
            continue
        names = wanted[wanted].coords["generator"].values
        own = of_a_unit.sel(generator=names) if "generator" in of_a_unit.dims else of_a_unit
        power = formulation.term(variable).select("generator", names)
        parts.append(amount(power, rate.sel(generator=names), own).sum("generator"))
    return total(parts)
