"""The plan beside its counterfactual: power, money and CO2 with and without the programme."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gigaplan.dealbook import PlanFacts
from gigaplan.economy.accounts import Account, Floats, Tables, account_of, mean_capacity_price
from gigaplan.economy.bills import NOTHING_TWH, bills_table, retail_of, zone_years
from gigaplan.plan.tables import without_rows

TABLES: Final = ("counterfactual", "bills", "carbon_effect")
MONEY: Final = "M$ of 2025 per year"
ITEMS: Final = (
    ("load", "load_twh", "TWh"),
    ("campus load from the grid", "campus_twh", "TWh"),
    ("wholesale price", "wholesale_usd2025_per_mwh", "USD of 2025 per MWh"),
    ("campus load at the wholesale price", "campus_worth", MONEY),
    ("capacity price", "capacity_usd2025_per_kw_yr", "USD of 2025 per kW and year"),
    ("running cost", "running", MONEY),
    ("fixed cost", "fixed", MONEY),
    ("new capacity", "capacity", MONEY),
    ("new wires", "wires", MONEY),
    ("energy bought", "energy_bought", MONEY),
    ("firm capacity bought", "firm_bought", MONEY),
    ("cost passed on", "passed_on", MONEY),
    ("paid by the programme", "paid_direct", MONEY),
)
"""Items of the table ``counterfactual``: name, field of the account, unit."""


def effect_tables(facts: PlanFacts, without: Tables | None) -> dict[str, pd.DataFrame]:
    """Return what the programme changes, by state and milestone year.

    Parameters
    ----------
    facts
        The plan and its data.
    without
        Tables of the same System without its programme; none: it was not solved, and the tables
        have no rows.

    Returns
    -------
    dict
        Tables ``counterfactual``, ``bills`` and ``carbon_effect``.
    """
    if without is None:
        return {name: without_rows(name) for name in TABLES}
    # One price for both, half way: what changes is how much is bought, not what it is worth.
    prices = [mean_capacity_price(tables, facts.system) for tables in (facts.tables, without)]
    price = np.asarray(sum(prices) / len(prices))
    planned, otherwise = (
        account_of(tables, facts.system, price) for tables in (facts.tables, without)
    )
    return {
        "counterfactual": counterfactual_table(facts, planned, otherwise),
        "bills": bills_table(facts, planned, otherwise, retail_of(facts)),
        "carbon_effect": carbon_table(facts, planned, otherwise),
    }


def counterfactual_table(facts: PlanFacts, planned: Account, otherwise: Account) -> pd.DataFrame:
    """Return every item of both accounts, and by how much the programme changes it."""
    parts = []
    for item, field, unit in ITEMS:
        first, second = (np.asarray(getattr(one, field)) for one in (planned, otherwise))
        columns = {
            "with_programme": first,
            "without_programme": second,
            "difference": first - second,
        }
        parts.append(zone_years(facts, columns).assign(item=item, unit=unit))
    order = ["item", "zone", "year", "unit", "with_programme", "without_programme", "difference"]
    return pd.concat(parts, ignore_index=True)[order]


def carbon_table(facts: PlanFacts, planned: Account, otherwise: Account) -> pd.DataFrame:
    r"""Return the table ``carbon_effect``.

    .. math::

        m_y = \frac{\sum_z (X_{z,y} - X^0_{z,y})}{\sum_z E^C_{z,y}}, \qquad
        a_{z,y} = \frac{X_{z,y}}{L_{z,y} + E^C_{z,y}}

    The marginal rate m is what the whole plan emits more for a MWh of the programme's campuses,
    wherever it comes from; times the energy of the campuses of each state it gives the difference
    back. The average rate a is CO2 that rises in a state over energy that is used there: imports
    are not followed.
    """
    used = planned.campus_use_twh
    change = planned.co2_kt - otherwise.co2_kt
    energy = used.sum(axis=0)
    rate = np.full_like(energy, np.nan)
    np.divide(change.sum(axis=0) * 1e-3, energy, out=rate, where=energy > NOTHING_TWH)
    marginal = np.broadcast_to(rate, change.shape)
    attributed = np.nan_to_num(marginal) * used * 1e3
    columns = {
        "co2_with_kt": planned.co2_kt,
        "co2_without_kt": otherwise.co2_kt,
        "difference_kt": change,
        "campus_use_twh": used,
        "marginal_t_per_mwh": marginal,
        "average_t_per_mwh": _over(planned.co2_kt * 1e-3, planned.load_twh + used),
        "attributed_kt": attributed,
    }
    return zone_years(facts, columns)


def _over(part: Floats, whole: Floats) -> Floats:
    """Return a ratio; not a number where there is nothing to divide by."""
    ratio = np.full_like(part, np.nan)
    return np.divide(part, whole, out=ratio, where=whole > 0)
