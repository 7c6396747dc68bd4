"""Power bills: what the programme does to them, by who pays for wires and capacity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.dealbook import PlanFacts
from gigaplan.dealbook.facts import PRICE_YEAR
from gigaplan.economy.accounts import Account, Floats
from gigaplan.system.spread import places

Tariff = Literal["off", "on"]
TARIFFS: Final[tuple[Tariff, ...]] = ("off", "on")
NOTHING_TWH: Final = 1e-6
"""Below a megawatt-hour a year there is no campus that could pay a tariff."""
HOUSEHOLD: Final = "household_power_kwh_per_month"
KEYS: Final = ("zone", "year", "tariff")


@dataclass(frozen=True)
class Shares:
    """What customers and campuses pay for power in a state and year (zone, year) [M$ of 2025/yr].

    Parameters
    ----------
    customers
        Everybody but the programme's campuses.
    campuses
        The programme's campuses, for what they take from the grid.
    """

    customers: Floats
    campuses: Floats


def shares(with_programme: Account, without: Account, tariff: Tariff) -> Shares:
    r"""Share the cost of power between customers and the programme's campuses.

    .. math::

        P^{off} = C \frac{L}{L + L^C}, \qquad
        P^{on} = \min\Big(P^{off}, \; \max\big(C^0, \; C - V - \max(F - F^0, 0)\big)\Big),
        \qquad P^C = C - P

    Without a large-load tariff everybody pays the mean cost of a state. With one, campuses pay the
    wholesale price V for what they take and, on top, the wires, capacity and firm power that the
    state has because of them. Two bounds keep this fair. Customers never pay more than the mean.
    And unless the mean is less, they pay at least what they would have paid without the programme:
    campuses make good what they cause and no more.

    So both together always pay the whole cost; the tariff never makes customers pay more; and
    campuses never pay more than the mean or, where that is more, than all that power costs more.
    Where no campus takes power there is nobody else to pay, and the tariff changes nothing.

    ===============  ============================================  =============
    symbol           what it is                                    unit
    ===============  ============================================  =============
    :math:`C, C^0`   cost passed on, with and without programme    M$ of 2025/yr
    :math:`F, F^0`   its part for wires and capacity               M$ of 2025/yr
    :math:`V`        energy of campuses at the wholesale price     M$ of 2025/yr
    :math:`L`        energy of customers                           TWh
    :math:`L^C`      energy of campuses from the grid              TWh
    :math:`P, P^C`   what customers and campuses pay               M$ of 2025/yr
    ===============  ============================================  =============

    Parameters
    ----------
    with_programme, without
        Accounts of the plan and of its counterfactual.
    tariff
        Whether campuses pay what they cause.
    """
    load, campus = with_programme.load_twh, with_programme.campus_twh
    some = campus > NOTHING_TWH
    part = np.divide(load, load + campus, out=np.ones_like(load), where=some)
    cost = with_programme.passed_on
    customers = cost * part
    if tariff == "on":
        caused = np.maximum(with_programme.firm - without.firm, 0.0)
        left = np.maximum(cost - with_programme.campus_worth - caused, without.passed_on)
        customers = np.where(some, np.minimum(customers, left), customers)
    return Shares(customers, cost - customers)


@dataclass(frozen=True)
class Retail:
    """What bills are counted from.

    Parameters
    ----------
    today_usd2025_per_mwh
        Mean retail price of all sectors today (zone).
    household_kwh_per_month
        Power that a household uses in a month [kWh].
    """

    today_usd2025_per_mwh: Floats
    household_kwh_per_month: float


def retail_of(facts: PlanFacts) -> Retail:
    """Return today's retail prices in the money of 2025, in the order of the zones."""
    table = facts.dataset.table("retail_prices")
    table = table[table["sector"] == "all"].reset_index(drop=True)
    level = facts.dataset.table("deflators").set_index("year")["gdp_price_index"]
    zones = [str(zone) for zone in facts.system["zone"].values]
    row = places(pd.Series(zones), table["zone"].tolist())
    lifted = float(level[PRICE_YEAR]) / table["year"].map(level).to_numpy(dtype=float)
    today = table["price_usd_nominal_per_mwh"].to_numpy(dtype=float) * lifted
    numbers = facts.dataset.table("parameters").set_index("parameter")["value"]
    return Retail(np.where(row >= 0, today[row], np.nan), float(numbers[HOUSEHOLD]))


def rest_of_tariff(without: Account, retail: Retail) -> Floats:
    r"""Return the part of the retail price that the programme leaves as it is (zone) [USD/MWh].

    .. math:: t_z = \tau_z - C^0_{z,1} / L^0_{z,1}

    Today's price less the mean cost of power in the first milestone year without the programme:
    distribution, the grid of today, capital of plants that stand, taxes and the like. It stays the
    same in real terms.
    """
    return np.asarray(retail.today_usd2025_per_mwh - _mean(without)[:, 0])


def _mean(account: Account) -> Floats:
    """Return the mean cost of power of all who take it (zone, year) [USD of 2025/MWh]."""
    energy = account.load_twh + account.campus_twh
    none = np.zeros_like(energy)
    return np.divide(account.passed_on, energy, out=none, where=energy > 0)


def bills_table(
    facts: PlanFacts,
    with_programme: Account,
    without: Account,
    retail: Retail,
) -> pd.DataFrame:
    r"""Return the table ``bills``: a row for each state, year and tariff.

    .. math::

        \tau^0_{z,y} = t_z + C^0_{z,y} / L^0_{z,y}, \qquad \tau_{z,y} = t_z + P_{z,y} / L_{z,y}

    are the mean retail prices of customers without and with the programme; a household pays
    :math:`(\tau - \tau^0) \, h` more in a month in which it uses h.
    """
    parts = [_rows(facts, with_programme, without, retail, tariff=tariff) for tariff in TARIFFS]
    law = tariff_by_law(facts)
    whole = pd.concat(parts, ignore_index=True)
    has = [(zone, year) in law for zone, year in zip(whole["zone"], whole["year"], strict=True)]
    whole["by_law"] = (np.array(has) == (whole["tariff"] == "on").to_numpy()).astype("int64")
    order = [*KEYS, "by_law", *[name for name in whole if name not in (*KEYS, "by_law")]]
    return whole.sort_values(list(KEYS[:2]), kind="stable")[order].reset_index(drop=True)


def _rows(
    facts: PlanFacts, with_programme: Account, without: Account, retail: Retail, *, tariff: Tariff
) -> pd.DataFrame:
    paid = shares(with_programme, without, tariff)
    rest = rest_of_tariff(without, retail)[:, None]
    load, campus = with_programme.load_twh, with_programme.campus_twh
    before = _mean(without)
    after = np.divide(paid.customers, load, out=np.zeros_like(load), where=load > 0)
    rate = np.full_like(campus, np.nan)
    np.divide(paid.campuses, campus, out=rate, where=campus > NOTHING_TWH)
    columns = {
        "load_twh": load,
        "campus_twh": campus,
        "retail_without_usd2025_per_mwh": rest + before,
        "retail_with_usd2025_per_mwh": rest + after,
        "change_usd2025_per_mwh": after - before,
        "household_usd2025_per_month": (after - before) * retail.household_kwh_per_month / 1e3,
        "customers_change_usd2025_m_per_yr": paid.customers - without.passed_on,
        "campuses_pay_usd2025_m_per_yr": paid.campuses,
        "campuses_usd2025_per_mwh": rate,
        "passed_on_change_usd2025_m_per_yr": with_programme.passed_on - without.passed_on,
    }
    return zone_years(facts, columns).assign(tariff=tariff)


def zone_years(facts: PlanFacts, columns: dict[str, Floats]) -> pd.DataFrame:
    """Return arrays (zone, year) as columns, a row for each state and milestone year."""
    zones = [str(zone) for zone in facts.system["zone"].values]
    years = [int(year) for year in facts.system["year"].values]
    keys = {
        "zone": np.repeat(np.array(zones, dtype=object), len(years)),
        "year": np.tile(np.array(years, dtype=np.int64), len(zones)),
    }
    return pd.DataFrame({**keys, **{name: array.ravel() for name, array in columns.items()}})


def tariff_by_law(facts: PlanFacts) -> set[tuple[str, int]]:
    """Return the states and milestone years in which a tariff or act on large loads is in force.

    Any row of ``large_load_tariffs`` counts, whatever its threshold and its utility.
    """
    table = facts.dataset.table("large_load_tariffs")
    table = table[table["zone"].isin(facts.system["zone"].values)]
    first = _year(table["in_force_from"], never=9999)
    last = _year(table["in_force_to"], never=9999)
    return {
        (str(zone), int(year))
        for year in facts.system["year"].values
        for zone in table["zone"][(first <= int(year)) & (int(year) <= last)]
    }


def _year(days: pd.Series, *, never: int) -> npt.NDArray[np.int_]:
    """Return the years of days written year-month-day."""
    texts = days.astype(object).where(days.notna(), "")
    return np.array([int(str(text)[:4]) if str(text) else never for text in texts], dtype=int)
