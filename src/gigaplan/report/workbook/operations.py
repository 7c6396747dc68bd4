"""Operations: energy, revenue and running costs of each year, before any financing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.formulas import Formula, equal
from gigaplan.report.workbook.functions import (
    either,
    how_long,
    item,
    most,
    total,
)
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style, Unit, stacked
from gigaplan.report.workbook.maintenance import Maintenance, add_maintenance
from gigaplan.report.workbook.rates import ByYear, by_year


@dataclass(frozen=True)
class Operations:
    """Lines of operation that other sheets use; periods are years, the first one is 1.

    Parameters
    ----------
    years
        Last year of the columns.
    running
        1 while the project runs.
    inflation
        Growth of prices of each year [frac/yr].
    energy, revenue, other_revenue, upkeep_by_energy, running_cost, ebitda, cash
        Energy [MWh]; money with its sign, running costs below zero [USD].
    maintenance
        Major maintenance; None without.
    """

    years: int
    running: Line
    inflation: ByYear
    energy: Line
    revenue: Line
    other_revenue: Line
    upkeep_by_energy: Line
    running_cost: Line
    ebitda: Line
    cash: Line
    maintenance: Maintenance | None


def add_operations(
    block: Block, closed: Closed, given: Given, years: int, cost: Formula
) -> Operations:
    """Add the years of one deal; ``cost`` is the installed cost."""
    ledger, year = closed.pro_forma.ledger, block.year
    every = range(1, years + 1)
    life = given["plant.life_years"]
    running = block.line("Runs", Unit.YES)
    running.fill(every, lambda t: either(year[t] <= life, 1, 0))
    grown = _growth(block, year, every)
    lost, asked_more = given["plant.degradation_frac_per_year"], given["contract.escalation_frac"]
    kept = grown("Energy, year 1 = 1", lambda t: -lost)
    price = grown("Price, year 1 = 1", lambda t: asked_more)
    other_growth = given["contract.other_escalation_frac"]
    other = grown("Other revenue, year 1 = 1", lambda t: other_growth)
    inflation = by_year(block, given, "inflation_frac", "Inflation", years)
    real = given["costs.real_escalation_frac"]
    prices = grown("Prices, year 1 = 1", inflation)
    upkeep = grown("Upkeep, year 1 = 1", lambda t: inflation(t) + real)
    by_energy, by_price = (_factor(given, key, year) for key in ("energy_factor", "price_factor"))

    def money(name: str, label: str, write: Callable[[int], Formula]) -> Line:
        return block.line(label, ledger=ledger[f"{name}_usd_nominal"][0]).fill(every, write)

    energy = block.line("Energy sold", Unit.MWH, ledger["energy_mwh"][0])
    first = given["plant.energy_mwh_per_year"]
    energy.fill(every, lambda t: by_energy(first * kept[t], t) * running[t])
    rate, asked = block.line("Price", Unit.USD_PER_MWH), given["contract.price_usd_per_mwh"]
    rate.fill(every, lambda t: by_price(asked * price[t], t) * running[t])
    revenue = money("energy_revenue", "Revenue from energy", lambda t: energy[t] * rate[t])
    more = given["contract.other_usd_per_year"]
    other_revenue = money("other_revenue", "Other revenue", lambda t: more * other[t] * running[t])
    sale = given["plant.salvage_frac"] * cost
    salvage = money("salvage", "Sale at the end", lambda t: either(equal(year[t], life), sale, 0))
    by_capacity = given["costs.capacity_usd_per_mw_year"] * given["plant.capacity_mw"]
    falls, assessed = given["costs.assessed_decline_frac_per_year"], given["costs.assessed_frac"]
    tax = given["costs.property_tax_frac"] * assessed
    costs = [
        money(
            "upkeep_by_capacity",
            "Upkeep by capacity",
            lambda t: -(by_capacity * upkeep[t] * running[t]),
        ),
        money(
            "upkeep_by_energy",
            "Upkeep by energy",
            lambda t: -(given["costs.energy_usd_per_mwh"] * energy[t] * upkeep[t]),
        ),
        money(
            "upkeep_fixed",
            "Upkeep in a sum",
            lambda t: -(given["costs.fixed_usd_per_year"] * upkeep[t] * running[t]),
        ),
        money(
            "insurance",
            "Insurance",
            lambda t: -(given["costs.insurance_frac"] * cost * prices[t] * running[t]),
        ),
        money(
            "property_tax",
            "Property tax",
            lambda t: -(tax * most(1 - falls * (year[t] - 1), 0) * cost * running[t]),
        ),
        money(
            "land_lease",
            "Rent of land",
            lambda t: -(given["costs.land_lease_usd_per_year"] * prices[t] * running[t]),
        ),
    ]
    running_cost = block.line("Running costs", style=Style.TOTAL)
    running_cost.fill(every, lambda t: total(stacked(costs, t)))
    ebitda = block.line("EBITDA", ledger=ledger["ebitda_usd_nominal"][0], style=Style.TOTAL)
    ebitda.fill(every, lambda t: revenue[t] + other_revenue[t] + salvage[t] + running_cost[t])
    kept_up = add_maintenance(block, closed, given, prices, years)
    cash = block.line(
        "Cash available for debt service", ledger=ledger["cfads_usd_nominal"][0], style=Style.TOTAL
    )
    cash.fill(every, lambda t: ebitda[t] - kept_up.saved[t] if kept_up else ebitda[t])
    return Operations(
        years,
        running,
        inflation,
        energy,
        revenue,
        other_revenue,
        costs[1],
        running_cost,
        ebitda,
        cash,
        kept_up,
    )


def _growth(block: Block, year: Line, every: range) -> Callable[[str, ByYear], Line]:
    """Return how a line is made that begins at 1 and grows at a rate."""

    def grown(label: str, rate: ByYear) -> Line:
        line = block.line(label, Unit.FACTOR)
        return line.fill(every, lambda t: either(equal(year[t], 1), 1, line[t - 1] * (1 + rate(t))))

    return grown


def _factor(given: Given, key: str, year: Line) -> Callable[[Formula, int], Formula]:
    """Return how a number is multiplied by the factor of its year, if the deal has any.

    Years after the last factor keep it.
    """
    factors = given.column(key, 1)
    if factors is None:
        return lambda term, t: term
    last = how_long(factors)
    return lambda term, t: term * item(factors, either(year[t] > last, last, year[t]))
