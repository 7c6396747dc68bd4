"""Sale: what a project is sold for, and the years that it leaves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.operations import Operations
from gigaplan.finance.stack_terms import Sale

Array = npt.NDArray[np.float64]


def sale_price(sale: Sale | None, run: Operations, shape: tuple[int, int]) -> Array:
    """Return the price in the year of the sale; dimensions project, period [USD].

    Earnings of the year count without the sale value at the end of life.

    Examples
    --------
    >>> from gigaplan.finance.operations import operate
    >>> from gigaplan.finance.project import Contract, OperatingCosts, Plant
    >>> run = operate(Plant(100.0, 1.0, 10.0, 3), Contract(3.0), OperatingCosts(), column(0.0))
    >>> sale_price(Sale(2, ebitda_multiple=8.0), run, (1, 3)).tolist()
    [[0.0, 240.0, 0.0]]
    """
    price = np.zeros(shape)
    if sale is None:
        return price
    place = int(sale.year) - 1
    if sale.value_usd_nominal is not None:
        price[:, place] = column(sale.value_usd_nominal)[:, 0]
    elif sale.ebitda_multiple is not None:
        earned = run.ebitda_usd_nominal - run.lines_usd_nominal["salvage"]
        price[:, place] = column(sale.ebitda_multiple)[:, 0] * earned[:, place]
    return price


def until_sale(run: Operations, sale: Sale | None) -> Operations:
    """Return the operation of the years up to the sale; the buyer has the value at the end.

    Examples
    --------
    >>> from gigaplan.finance.operations import operate
    >>> from gigaplan.finance.project import Contract, OperatingCosts, Plant
    >>> run = operate(Plant(100.0, 1.0, 10.0, 3), Contract(3.0), OperatingCosts(), column(0.0))
    >>> until_sale(run, Sale(2, 50.0)).ebitda_usd_nominal.tolist()
    [[30.0, 30.0, 0.0]]
    """
    if sale is None:
        return run
    lines = {name: held(line, sale) for name, line in run.lines_usd_nominal.items()}
    earned = run.ebitda_usd_nominal - lines["salvage"]
    lines["salvage"] = np.zeros_like(lines["salvage"])
    return replace(
        run,
        energy_mwh=held(run.energy_mwh, sale),
        lines_usd_nominal=lines,
        ebitda_usd_nominal=held(earned, sale),
        running_cost_usd_nominal=held(run.running_cost_usd_nominal, sale),
        operating=run.operating & (np.arange(1, run.operating.shape[1] + 1) <= sale.year),
    )


def held(line: Array, sale: Sale | None) -> Array:
    """Return a line up to the year of the sale, and zeros after it.

    Examples
    --------
    >>> held(np.array([[1.0, 2.0, 3.0]]), Sale(2, 50.0)).tolist()
    [[1.0, 2.0, 0.0]]
    """
    if sale is None:
        return line
    return np.where(np.arange(1, line.shape[1] + 1) <= sale.year, line, 0.0)
