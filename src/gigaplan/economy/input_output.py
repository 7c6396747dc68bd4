"""Input and output: what one dollar of spending makes other sectors produce, pay and employ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.inputs.dataset import Dataset

TABLE_YEAR: Final = 2021
PRICE_YEAR: Final = 2025
HOUSING: Final = "housing"
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class InputOutput:
    """A table of domestic inputs, with what sectors pay and employ.

    Parameters
    ----------
    sectors
        Names of the ``n`` sectors.
    inputs
        Domestic inputs per unit of output, seller by buyer (n, n) [$/$].
    households
        What households buy of each sector per dollar that they spend (n) [$/$]; less than 1
        together, as imports, margins on them, and the rent of housing are left out.
    income, value_added
        Compensation and value added per unit of output (n) [$/$].
    jobs
        Jobs per output (n) [jobs per M$ of 2025].
    domestic
        Share of purchases that is made in the country, by sector (n) [frac].
    local
        Whether households and sites buy of a sector where they are (n).
    """

    sectors: tuple[str, ...]
    inputs: Floats
    households: Floats
    income: Floats
    value_added: Floats
    jobs: Floats
    domestic: Floats
    local: npt.NDArray[np.bool_]


def input_output(dataset: Dataset) -> InputOutput:
    r"""Return the input-output table of a data package, per dollar of output.

    With :math:`Z_{ij}` what :math:`j` buys of :math:`i` in the country and :math:`x_j` the output,

    .. math:: A_{ij} = Z_{ij} / x_j

    Jobs per dollar of the table's year become jobs per dollar of 2025 by the deflator of GDP;
    shares of output stay.

    Parameters
    ----------
    dataset
        Data package with ``io_sectors``, ``io_flows`` and ``deflators``.
    """
    table = dataset.table("io_sectors")
    sectors = tuple(table["sector"].astype(str))
    output = table["output_usd2021_m"].to_numpy(dtype=float)
    flows = dataset.table("io_flows")
    bought = matrix_of(flows, ("sector", sectors), ("user", sectors), "flow_usd2021_m")
    spent = table["household_spending_usd2021_m"].to_numpy(dtype=float)
    spent = np.where(table["sector"] == HOUSING, 0.0, spent)
    deflators = dataset.table("deflators").set_index("year")["gdp_price_index"]
    dearer = float(deflators[PRICE_YEAR] / deflators[TABLE_YEAR])
    return InputOutput(
        sectors,
        bought / output,
        spent / _all_consumption(dataset),
        table["compensation_usd2021_m"].to_numpy(dtype=float) / output,
        table["value_added_usd2021_m"].to_numpy(dtype=float) / output,
        table["jobs"].to_numpy(dtype=float) / (output * dearer),
        table["domestic_frac"].to_numpy(dtype=float),
        table["serves_locals"].to_numpy(dtype=bool),
    )


def _all_consumption(dataset: Dataset) -> float:
    """Return what households spend in all [M$ of 2021]."""
    table = dataset.table("job_parameters").set_index("parameter")["value"]
    return float(table["consumption_usd2021_m"])


def leontief_inverse(inputs: Floats) -> Floats:
    r"""Return the output that a unit of each final demand makes, directly and through suppliers.

    .. math:: L = (I - A)^{-1} = I + A + A^2 + \dots

    Parameters
    ----------
    inputs
        Inputs per unit of output, seller by buyer (..., n, n); the columns add up to less than 1.

    Examples
    --------
    The two sectors of Miller and Blair, *Input-Output Analysis*, chapter 2.

    >>> leontief_inverse(np.array([[0.15, 0.25], [0.20, 0.05]])).round(4).tolist()
    [[1.2541, 0.33], [0.264, 1.1221]]
    """
    return np.asarray(np.linalg.inv(np.eye(inputs.shape[-1]) - inputs), dtype=np.float64)


def with_households(
    inputs: Floats, households: Floats, income: Floats, consumed_frac: float
) -> Floats:
    r"""Return inputs with households as a last sector, which sells work and buys goods.

    .. math:: \bar A = \begin{pmatrix} A & c\,h \\ w & 0 \end{pmatrix}

    with :math:`w` the compensation per output, :math:`h` what households buy of each sector per
    dollar spent and :math:`c` the share of compensation that they spend.

    Parameters
    ----------
    inputs
        Inputs per unit of output (..., n, n).
    households
        Purchases per dollar spent (..., n).
    income
        Compensation per output (n).
    consumed_frac
        Share of compensation that is spent [frac].
    """
    size = inputs.shape[-1]
    closed = np.zeros((*inputs.shape[:-2], size + 1, size + 1))
    closed[..., :size, :size] = inputs
    closed[..., :size, size] = consumed_frac * households
    closed[..., size, :size] = income
    return closed


def location_shares(quotient: Floats, size_frac: Floats, delta: float) -> Floats:
    r"""Return the share of each domestic input of a sector that is made in the state itself.

    Flegg's location quotient: how large the selling sector is in the state for what the buying
    sector needs, times a factor that grows with the state,

    .. math::

        r_{ij} = \min\!\left(1,\; \lambda \, \frac{LQ_i}{LQ_j}\right), \qquad
        \lambda = \left[\log_2 (1 + s)\right]^{\delta}

    with the sector's own :math:`LQ_i` in place of the ratio where a sector buys of itself.

    Parameters
    ----------
    quotient
        Location quotients, state by sector (z, n); a missing sector of a state is 0.
    size_frac
        Share of each state in the nation's product (z) [frac].
    delta
        Exponent, 0 to 1; larger for less trade within a state.

    Returns
    -------
    numpy.ndarray
        State, seller, buyer (z, n, n) [frac].

    References
    ----------
    A. T. Flegg and T. Tohmo, Regional Studies 47(5), 2013.
    """
    own = quotient[:, :, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(quotient[:, None, :] > 0.0, own / quotient[:, None, :], own)
    diagonal = np.arange(quotient.shape[1])
    ratio[:, diagonal, diagonal] = quotient
    return np.asarray(np.minimum(1.0, size_factor(size_frac, delta)[:, None, None] * ratio))


def bought_in_state(
    quotient: Floats, size_frac: Floats, delta: float, local: npt.NDArray[np.bool_]
) -> Floats:
    r"""Return the share of what households and sites buy of each sector that the state makes.

    .. math:: r_i = \min(1, LQ_i) \text{ where a sector serves locals}, \qquad
        r_i = \min(1, \lambda\, LQ_i) \text{ elsewhere}

    Parameters
    ----------
    quotient, size_frac, delta
        See :func:`location_shares`.
    local
        Whether a sector serves locals (n).

    Returns
    -------
    numpy.ndarray
        State by sector (z, n) [frac].
    """
    factor = np.where(local[None, :], 1.0, size_factor(size_frac, delta)[:, None])
    return np.asarray(np.minimum(1.0, factor * quotient))


def size_factor(size_frac: Floats, delta: float) -> Floats:
    r"""Return :math:`\lambda` of :func:`location_shares`: 1 for the whole nation, less for a part.

    Examples
    --------
    >>> size_factor(np.array([1.0, 0.03]), 0.3).round(3).tolist()
    [1.0, 0.388]
    """
    return np.asarray(np.log2(1.0 + size_frac) ** delta)


def state_quotients(dataset: Dataset, sectors: tuple[str, ...], zones: list[str]) -> Floats:
    """Return location quotients, zone by sector; 1 where the package has none."""
    table = dataset.table("state_sectors")
    places, sellers = ("zone", tuple(zones)), ("sector", sectors)
    return matrix_of(table, places, sellers, "location_quotient", missing=1.0)


def state_sizes(dataset: Dataset, zones: list[str]) -> Floats:
    """Return the share of each zone in the product of all states [frac]."""
    product = dataset.table("state_economy").set_index("zone")["gdp_usd2024_b"]
    return np.asarray((product / product.sum()).reindex(zones), dtype=np.float64)


def matrix_of(
    table: pd.DataFrame,
    rows: tuple[str, Sequence[str]],
    columns: tuple[str, Sequence[str]],
    value: str,
    missing: float = 0.0,
) -> Floats:
    """Return a column of a long table as a matrix, by the names of two of its columns.

    Parameters
    ----------
    table
        Long table, with one row for each pair at most.
    rows, columns
        Column of the table, and its names in the order of the matrix.
    value
        Column of the values.
    missing
        Value of pairs without a row.

    Examples
    --------
    >>> table = pd.DataFrame({"a": ["x", "y"], "b": ["q", "p"], "v": [1.0, 2.0]})
    >>> matrix_of(table, ("a", ("x", "y")), ("b", ("p", "q")), "v").tolist()
    [[0.0, 1.0], [2.0, 0.0]]
    """
    held = np.full((len(rows[1]), len(columns[1])), missing)
    at = [
        pd.Index(list(names)).get_indexer(pd.Index(table[name])) for name, names in (rows, columns)
    ]
    known = (at[0] >= 0) & (at[1] >= 0)
    held[at[0][known], at[1][known]] = table[value].to_numpy(dtype=float)[known]
    return held
