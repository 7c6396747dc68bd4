"""Effects of a unit by input and output: spending by sector, through the table, by state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from gigaplan.economy.checks import SPENDING_SET
from gigaplan.economy.input_output import (
    Floats,
    InputOutput,
    bought_in_state,
    input_output,
    leontief_inverse,
    location_shares,
    matrix_of,
    state_quotients,
    state_sizes,
    with_households,
)
from gigaplan.inputs.dataset import Dataset

KEYS: Final = ["job_group", "phase"]
USD_PER_M: Final = 1e6


@dataclass(frozen=True)
class Spending:
    """Spending of a unit of each group and phase, by the sector that is paid first.

    Parameters
    ----------
    rows
        Rows of ``job_spending``, ``g`` of them.
    on_site, bought
        Purchases from sectors that work on the site, and from others, made in the country
        (g, n) [M$ of 2025 per unit].
    payroll
        Wages and benefits of staff on site (g) [M$ of 2025 per unit].
    staff
        Staff on site (g) [job-years per unit].
    """

    rows: pd.DataFrame
    on_site: Floats
    bought: Floats
    payroll: Floats
    staff: Floats


def spending_effects(dataset: Dataset, zones: list[str]) -> pd.DataFrame:
    r"""Return the effects of a unit by the input-output table, by zone.

    With :math:`f` the domestic purchases, :math:`p` the payroll on site and :math:`e` the jobs per
    output, in the whole country

    .. math::

        \text{direct} = e^\top f_{\text{site}} + \text{staff}, \quad
        \text{direct} + \text{indirect} = e^\top L f + \text{staff}, \quad
        \text{all} = e^\top \left[\bar L \begin{pmatrix} f \\ p \end{pmatrix}\right] + \text{staff}

    with :math:`L` and :math:`\bar L` the inverses without and with households as a sector. Income
    and product replace :math:`e` by compensation and value added, and staff by the payroll. In the
    state itself the same is done with the share of every purchase that is made there, see
    :func:`~gigaplan.economy.input_output.location_shares` and
    :func:`~gigaplan.economy.input_output.bought_in_state`; work on the site is all in the state.

    Parameters
    ----------
    dataset
        Data package.
    zones
        Zones.

    Returns
    -------
    pandas.DataFrame
        See :func:`~gigaplan.economy.effects.group_effects`.
    """
    table = input_output(dataset)
    terms = dataset.table("job_parameters").set_index("parameter")["value"]
    spending = read_spending(dataset, table)
    quotients, sizes = state_quotients(dataset, table.sectors, zones), state_sizes(dataset, zones)
    delta, consumed = float(terms["flq_delta"]), float(terms["consumed_frac"])
    shares = location_shares(quotients, sizes, delta)
    near = bought_in_state(quotients, sizes, delta, table.local)
    nation = _national(table, spending, consumed)
    state = _in_states(table, spending, (shares, near), consumed)
    rows = spending.rows
    count = len(rows)
    columns: dict[str, object] = {"multiplier_set": SPENDING_SET, "zone": np.repeat(zones, count)}
    columns |= {name: np.tile(rows[name], len(zones)) for name in (*KEYS, "basis")}
    columns |= {name: np.tile(values, len(zones)) for name, values in nation.items()}
    return pd.DataFrame(columns | {name: values.ravel() for name, values in state.items()})


def read_spending(dataset: Dataset, table: InputOutput) -> Spending:
    """Return the spending of a unit by sector."""
    rows = dataset.table("job_spending").reset_index(drop=True)
    shares = dataset.table("job_spending_shares")
    usual = dict(zip(table.sectors, table.domestic.tolist(), strict=True))
    made = shares["domestic_frac"].fillna(shares["sector"].map(usual).astype(float))
    shares = shares.assign(made=shares["share_frac"] * made, key=_keys(shares))
    amount = rows["spending_usd2025_m_per_unit"].to_numpy(dtype=float)

    def bought(on_site: bool) -> Floats:
        wanted = shares[shares["on_site"] == on_site]
        sellers = ("sector", table.sectors)
        held = matrix_of(wanted, ("key", _keys(rows)), sellers, "made")
        return np.asarray(held * amount[:, None])

    payroll = amount * rows["payroll_frac"].to_numpy(dtype=float)
    per_job = rows["usd2025_per_job"].to_numpy(dtype=float) / USD_PER_M
    staff = np.divide(payroll, per_job, out=np.zeros_like(payroll), where=payroll > 0.0)
    return Spending(rows, bought(True), bought(False), payroll, staff)


def _keys(table: pd.DataFrame) -> list[str]:
    """Return group and phase of each row as one name."""
    return [" ".join(pair) for pair in zip(*(table[name] for name in KEYS), strict=True)]


def _national(table: InputOutput, spending: Spending, consumed: float) -> dict[str, Floats]:
    demand = spending.on_site + spending.bought
    closed = with_households(table.inputs, table.households, table.income, consumed)
    first = demand @ leontief_inverse(table.inputs).T
    every = _with_wages(demand, spending) @ leontief_inverse(closed).T
    output = every[:, :-1]
    direct = spending.on_site @ table.jobs + spending.staff
    open_jobs = first @ table.jobs + spending.staff
    all_jobs = output @ table.jobs + spending.staff
    return {
        "direct_job_years": direct,
        "indirect_job_years": open_jobs - direct,
        "induced_job_years": all_jobs - open_jobs,
        "labour_income_usd2025_m": output @ table.income + spending.payroll,
        "gdp_usd2025_m": output @ table.value_added + spending.payroll,
    }


def _in_states(
    table: InputOutput, spending: Spending, shares: tuple[Floats, Floats], consumed: float
) -> dict[str, Floats]:
    """Return jobs, income and product in each state, zone by row of spending."""
    of_sectors, of_final = shares
    own = table.inputs[None, :, :] * of_sectors
    closed = with_households(own, table.households * of_final, table.income, consumed)
    inverse = leontief_inverse(closed)
    near = spending.on_site[None] + spending.bought[None] * of_final[:, None, :]
    wages = np.broadcast_to(spending.payroll[None, :, None], (*near.shape[:2], 1))
    demand = np.concatenate([near, wages], axis=2)
    output = np.einsum("zij,zgj->zgi", inverse, demand)[:, :, :-1]
    return {
        "in_state_job_years": output @ table.jobs + spending.staff,
        "in_state_income_usd2025_m": output @ table.income + spending.payroll,
        "in_state_gdp_usd2025_m": output @ table.value_added + spending.payroll,
    }


def _with_wages(demand: Floats, spending: Spending) -> Floats:
    return np.concatenate([demand, spending.payroll[:, None]], axis=1)
