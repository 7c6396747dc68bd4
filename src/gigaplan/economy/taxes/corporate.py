"""Corporate income tax of the states: that of the deals, and of what others pay for."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.dealbook import PlanFacts
from gigaplan.economics.construction import charge_factor
from gigaplan.economy.activity import last_year_of
from gigaplan.economy.taxes.rates import Tax, TaxRates
from gigaplan.economy.taxes.running import price_index
from gigaplan.finance.depreciation import macrs_schedule
from gigaplan.finance.tax import income_tax
from gigaplan.system.frame import Frame

CORPORATE = "corporate"
LEVEL = "state"
GROUPS: Final = {"accelerator": "accelerator", "factory": "factory"}
Array = npt.NDArray[np.float64]


def corporate_taxes(parts: pd.DataFrame, facts: PlanFacts, rates: TaxRates) -> pd.DataFrame:
    """Return the income tax of states by part of a build and calendar year.

    Where a deal exists, the tax is the line ``state_tax`` of its ledger. What others pay for earns
    the charge of its capital, see :func:`owner_income`, and is taxed by the same rule for losses.

    Parameters
    ----------
    parts
        Parts of builds, see :func:`~gigaplan.economy.taxes.running.parts_of`.
    facts, rates
        The plan, and its data package.

    Returns
    -------
    pandas.DataFrame
        The columns of the table ``taxes`` without what is paid; no incentive is counted.
    """
    closed = parts["deal"] != ""
    rows = [_of_deals(parts[closed], facts), _of_others(parts[~closed], facts, rates)]
    table = pd.concat(rows, ignore_index=True)
    rate = table["zone"].map(rates.zones["corporate"])
    table, rate = table[rate > 0.0], rate[rate > 0.0]
    due = table["tax_usd_nominal_m"] / price_index(facts, table["calendar_year"].to_numpy())
    return Tax(CORPORATE, LEVEL, rate, due / rate, due).on(table)


def owner_income(
    capex: Array,
    charge_per_yr: Array,
    prices: Array,
    cost: Array,
    written_off_frac: Array,
    debt_frac: Array,
    debt_rate_frac: Array,
    tenor_years: Array,
    life_years: Array,
) -> Array:
    r"""Return taxable income of years 1 to T of builds that have no deal.

    .. math::

        Y_t = c K \pi_t - d_t C - i B_{t-1}, \qquad
        B_t = \ell C \, \frac{(1+i)^n - (1+i)^t}{(1+i)^n - 1}

    In words: owners earn what their capital asks, after all running costs, which grows with prices;
    they deduct depreciation, and the interest of a loan that is repaid in equal payments.

    =============  =======================  ==============
    symbol         name in code             unit
    =============  =======================  ==============
    :math:`K`      ``capex``                M$ of 2025
    :math:`c`      ``charge_per_yr``        1/yr
    :math:`\pi_t`  ``prices``               ratio
    :math:`C`      ``cost``                 M$ nominal
    :math:`d_t`    ``written_off_frac``     frac
    :math:`\ell`   ``debt_frac``            frac
    :math:`i`      ``debt_rate_frac``       frac/yr
    :math:`n`      ``tenor_years``          years
    =============  =======================  ==============

    Parameters
    ----------
    capex, charge_per_yr, cost, debt_frac, debt_rate_frac, tenor_years, life_years
        One number for each build.
    prices, written_off_frac
        Dimensions build, year of operation.

    Returns
    -------
    numpy.ndarray
        Income before carried losses [M$ nominal]; dimensions build, year of operation. After the
        life there is none.

    Examples
    --------
    A build of 100 that earns 15 a year, written off in two years, with half of it lent at 10 %
    for two years: interest is 5, then 10 % of the 26.19 that are still owed.

    >>> one = [np.array([value]) for value in (100.0, 0.15)]
    >>> rest = [np.array([value]) for value in (0.5, 0.1, 2.0, 3.0)]
    >>> off = np.array([[0.5, 0.5, 0.0]])
    >>> owner_income(*one, np.ones((1, 3)), np.array([100.0]), off, *rest).round(3).tolist()
    [[-40.0, -37.619, 15.0]]
    """
    year = np.arange(1.0, prices.shape[1] + 1.0)
    growth = 1.0 + debt_rate_frac[:, None]
    whole = growth ** tenor_years[:, None]
    left = np.maximum(whole - growth ** (year - 1.0), 0.0) / (whole - 1.0)
    interest = debt_rate_frac[:, None] * debt_frac[:, None] * cost[:, None] * left
    earned = (charge_per_yr * capex)[:, None] * prices
    income = earned - written_off_frac * cost[:, None] - interest
    return np.asarray(np.where(year <= life_years[:, None], income, 0.0))


def _of_deals(parts: pd.DataFrame, facts: PlanFacts) -> pd.DataFrame:
    """Return the lines ``state_tax`` of deals within the plan, as money paid."""
    ledger = facts.tables["deal_ledger"]
    lines = ledger[(ledger["line"] == "state_tax") & (ledger["year"] <= last_year_of(facts))]
    rows = lines.merge(parts, on="deal", how="inner").rename(columns={"year": "calendar_year"})
    return rows.assign(tax_usd_nominal_m=-rows["usd_nominal_m"].astype(float))


def _of_others(parts: pd.DataFrame, facts: PlanFacts, rates: TaxRates) -> pd.DataFrame:
    """Return the tax of builds without a deal in every year of operation within the plan."""
    service = parts["service_year"].to_numpy(dtype=int)
    most = max(last_year_of(facts) - int(service.min(initial=last_year_of(facts))), 0)
    years = service[:, None] + np.arange(1, most + 1)
    life = parts["life_years"].to_numpy(dtype=np.float64)
    income = owner_income(
        parts["capex_usd2025_m"].to_numpy(dtype=float),
        _charges(parts, facts),
        price_index(facts, years.ravel()).reshape(years.shape),
        parts["cost_usd_nominal_m"].to_numpy(dtype=float),
        _written_off(parts, facts, rates, most),
        np.asarray(rates.terms_of(parts, "owner_debt_frac"), dtype=np.float64),
        np.asarray(rates.terms_of(parts, "owner_debt_rate_frac_nominal"), dtype=np.float64),
        np.minimum(rates.terms_of(parts, "tenor_years").to_numpy(dtype=np.float64), life),
        life,
    )
    rate = parts["zone"].map(rates.zones["corporate"]).to_numpy(dtype=float)
    tax = income_tax(income, rate, losses="carried_forward")
    rows = parts.loc[parts.index.repeat(most)].copy()
    rows = rows.assign(calendar_year=years.ravel(), tax_usd_nominal_m=tax.ravel())
    return rows[rows["calendar_year"] <= last_year_of(facts)]


def _charges(parts: pd.DataFrame, facts: PlanFacts) -> Array:
    """Return the yearly charge of capital for a unit of capex, as the optimisation has it."""
    frame = Frame(facts.scenario, facts.dataset)
    groups = facts.dataset.table("assets").set_index("asset")["capital_group"].to_dict()
    columns = ["asset", "class", "life_years", "construction_years"]
    keys = list(parts[columns].itertuples(index=False, name=None))
    charge = {
        (asset, kind, life, years): charge_factor(
            frame.wacc(GROUPS.get(kind, str(groups.get(asset)))), float(life), float(years)
        )
        for asset, kind, life, years in set(keys)
    }
    return np.array([charge[key] for key in keys], dtype=float)


def _written_off(parts: pd.DataFrame, facts: PlanFacts, rates: TaxRates, years: int) -> Array:
    """Return the part of cost that each build writes off in each year under state tax.

    States are taken to allow no expensing at once, as in the deals.
    """
    named = parts["class"].map(rates.bases["written_off_as"])
    own = parts["asset"].where(parts["class"] != "accelerator", "accelerator")
    names = named.where(named.notna() & (named != ""), own).astype(str)
    table = facts.dataset.table("depreciation_classes")
    macrs = facts.dataset.table("macrs_tables")
    held = {name: np.zeros(years) for name in names.unique()}
    columns = ["asset", "recovery_years", "convention", "share_frac"]
    for asset, recovery, convention, share in table[columns].itertuples(index=False, name=None):
        if asset in held:
            schedule = np.array(macrs_schedule(macrs, int(recovery), str(convention))[:years])
            held[asset][: schedule.size] += float(share) * schedule
    return np.stack([held[name] for name in names]) if len(names) else np.zeros((0, years))
