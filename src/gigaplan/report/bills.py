"""Power bills of the page: what the programme changes in them, who pays, and CO2 beside it."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.frames import Tables, added_up, filled
from gigaplan.report.numbers import rounded, usd

CASES: Final = ("off", "on", "law")
"""No state has a large-load tariff, every state has one, and each as its law says."""
KEYS: Final = ["zone", "year"]
MOST_NOISE_USD: Final = 0.005
"""Changes of a bill below half a cent a month are none [USD of 2025]."""

_PAID: Final = ["customers_change_usd2025_m_per_yr", "campuses_pay_usd2025_m_per_yr"]
_HOUSEHOLD: Final = "household_usd2025_per_month"


def has_bills(tables: Tables) -> bool:
    """Return whether a plan stands beside its counterfactual."""
    return filled(tables, "bills") and filled(tables, "carbon_effect")


def bills(tables: Tables) -> pd.DataFrame:
    """Return the bills of every case, with the wholesale price with and without the programme."""
    table = tables["bills"]
    law = table[table["by_law"] == 1]
    cases = [*(table[table["tariff"] == tariff].assign(case=tariff) for tariff in CASES[:2])]
    whole = pd.concat([*cases, law.assign(case="law")], ignore_index=True)
    items = tables["counterfactual"]
    price = items[items["item"] == "wholesale price"]
    price = price[[*KEYS, "with_programme", "without_programme"]].rename(
        columns={"with_programme": "wholesale_with", "without_programme": "wholesale_without"}
    )
    return whole.merge(price, on=KEYS, how="left")


def totals(tables: Tables) -> pd.DataFrame:
    """Return what customers and campuses of all states pay by case and year [M$ of 2025].

    ``household`` is the mean change of a household's bill, states weighed by what their customers
    use [USD of 2025 per month].
    """
    table = bills(tables)
    weighed = table.assign(household=table[_HOUSEHOLD] * table["load_twh"])
    summed = added_up(weighed, ["case", "year"], [*_PAID, "household", "load_twh"])
    energy = summed["load_twh"].where(summed["load_twh"] > 0, np.nan)
    return summed.assign(household=(summed["household"] / energy).fillna(0.0))


def carbon(tables: Tables) -> pd.DataFrame:
    """Return CO2 of all states by year [Mt], and the rates [t per MWh]."""
    table = tables["carbon_effect"]
    values = ["co2_with_kt", "co2_without_kt", "difference_kt", "campus_use_twh"]
    summed = added_up(table, ["year"], values)
    rate = table.groupby("year")["marginal_t_per_mwh"].first().reindex(summed["year"]).to_numpy()
    load = tables["bills"].query("tariff == 'off'").groupby("year")["load_twh"].sum()
    energy = load.reindex(summed["year"]).to_numpy() + summed["campus_use_twh"]
    return pd.DataFrame(
        {
            "year": summed["year"],
            "with_mt": summed["co2_with_kt"] / 1e3,
            "without_mt": summed["co2_without_kt"] / 1e3,
            "difference_mt": summed["difference_kt"] / 1e3,
            "campus_twh": summed["campus_use_twh"],
            "marginal": rate,
            "average": summed["co2_with_kt"] / 1e3 / energy.where(energy > 0, np.nan),
        }
    )


def bills_payload(plan: Plan) -> dict[str, Json]:
    """Return the tables of bills of the page; none for a plan without a counterfactual."""
    tables = plan.tables
    if not has_bills(tables):
        return {}
    prices = [name for name in tables["bills"] if str(name).endswith("_per_mwh")]
    digits = dict.fromkeys([*map(str, prices), _HOUSEHOLD, "wholesale_with"], 3)
    money = dict.fromkeys(_PAID, 2)
    return {
        "bills": columns_of(
            bills(tables).drop(columns=["tariff"]),
            {**digits, **money, "wholesale_without": 3, "load_twh": 3, "campus_twh": 4},
        ),
        "bill_totals": columns_of(totals(tables), {**money, "household": 3, "load_twh": 3}),
        "carbon_effect": columns_of(carbon(tables), {"marginal": 4, "average": 4}),
    }


def bill_sentences(plan: Plan) -> str:
    """Return what the programme does to bills in the last year, and to CO2."""
    if not has_bills(plan.tables):
        return ""
    sums = totals(plan.tables)
    year = int(sums["year"].max())
    by_case = {str(row["case"]): row for _, row in sums[sums["year"] == year].iterrows()}
    off, on = by_case["off"], by_case["on"]
    parts = [
        f"Against the same plan without its programme, power of other customers in {year} costs "
        f"{_more(off)} where everybody pays the mean cost of a state",
        f" and {_more(on)} where large loads pay for the wires and capacity that they cause: for a "
        f"household {_monthly(off)} and {_monthly(on)} on average.",
        _furthest(plan, year),
        _carbon(plan, year),
    ]
    return "".join(parts[:2]) + "".join(f" {part}" for part in parts[2:] if part)


def _more(row: pd.Series) -> str:
    change = float(row[_PAID[0]])
    if abs(change) < 0.05:
        return "the same"
    return f"{usd(abs(change))} a year {'more' if change > 0 else 'less'}"


def _monthly(row: pd.Series | float) -> str:
    change = float(row["household"]) if isinstance(row, pd.Series) else row
    if abs(change) < MOST_NOISE_USD:
        return "nothing"
    return f"${rounded(abs(change), 2)} a month {'more' if change > 0 else 'less'}"


def _furthest(plan: Plan, year: int) -> str:
    """Return the state whose households pay most more without a tariff."""
    table = plan.tables["bills"]
    own = table[(table["year"] == year) & (table["tariff"] == "off")]
    worst = own.nlargest(1, _HOUSEHOLD).iloc[0]
    if worst[_HOUSEHOLD] < MOST_NOISE_USD:
        return ""
    zones = plan.tables["zones"].set_index("zone")["name"]
    name = zones.get(worst["zone"], worst["zone"])
    return f"Most is added in {name}: {_monthly(float(worst[_HOUSEHOLD]))} without such a tariff."


def _carbon(plan: Plan, year: int) -> str:
    table = carbon(plan.tables)
    own = table[table["year"] == year].dropna(subset=["marginal", "average"])
    if own.empty:
        return ""
    change, marginal, average = (
        float(own[name].iloc[0]) for name in ("difference_mt", "marginal", "average")
    )
    word = "more" if change >= 0 else "less"
    rate = rounded(marginal, 2).replace("-", "\u2212")
    return (
        f"CO2 of that year is {rounded(abs(change), 1)} Mt {word}, which is {rate} t for a MWh of "
        f"the campuses; the mean of all power is {rounded(average, 2)}."
    )
