"""Cash: sources and uses at the opening, and what the owners get each year."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.construction import Construction
from gigaplan.report.workbook.debt import Debt
from gigaplan.report.workbook.formulas import Formula, formula
from gigaplan.report.workbook.functions import either, sum_of_products, total, worth_of_years
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style, Unit, stacked
from gigaplan.report.workbook.operations import Operations
from gigaplan.report.workbook.stakes import Stakes
from gigaplan.report.workbook.tax import Tax


@dataclass(frozen=True)
class Cash:
    """Cells of cash that other sheets use.

    Parameters
    ----------
    owners
        Flow of all owners by year; year 0 is the opening, as if all equity were paid then [USD].
    uses
        Sum of the uses listed one by one [USD].
    equity
        What owners pay in all [USD].
    figures
        Worth and levelised prices, by name.
    """

    owners: Line
    uses: Formula
    equity: Formula
    figures: dict[str, Formula]


def add_cash(
    block: Block,
    closed: Closed,
    given: Given,
    built: Construction,
    run: Operations,
    debt: Debt,
    tax: Tax,
    stakes: Stakes,
) -> Cash:
    """Add sources, uses and flows of one deal."""
    uses, equity = _sources_and_uses(block, closed, given, built, debt, stakes)
    ledger = closed.pro_forma.ledger
    every = range(run.years + 1)
    lines = {
        "EBITDA": run.ebitda,
        "Interest on reserves": debt.earned,
        "Interest": debt.senior.interest,
        "Principal": debt.senior.principal,
        "Filling reserves": debt.change,
    }
    if run.maintenance:
        lines["Maintenance"] = run.maintenance.spent
    lines |= {
        "Federal tax": tax.federal,
        "State tax": tax.state,
        "Investment tax credit": tax.itc,
        "Production tax credit": tax.ptc,
    }
    shown = []
    for label, source in lines.items():
        line = block.line(label)
        shown.append(line.fill(every[1:], source.__getitem__))
    owners = block.line(
        "Owners' flow", ledger=ledger["owner_flow_usd_nominal"][0], style=Style.TOTAL
    )
    owners[0] = debt.owed.size - debt.uses
    owners.fill(every[1:], lambda t: total(stacked(shown, t)))
    return Cash(owners, uses, equity, _figures(block, closed, given, run, owners))


def _sources_and_uses(
    block: Block,
    closed: Closed,
    given: Given,
    built: Construction,
    debt: Debt,
    stakes: Stakes,
) -> tuple[Formula, Formula]:
    """List uses and sources one by one; return all uses, and what owners pay."""
    parts = {
        "Capex": built.capex,
        "Interest of construction": built.interest,
        "Fees on what was not drawn": built.commitment_fee,
        "Fee of the construction loan": built.upfront_fee,
        "Fee of the term loan": debt.fee,
        "Cost of closing the term loan": given["debt.closing_cost_usd_nominal"],
        "Working capital": debt.working[0],
        "Reserve for debt service": debt.held[0],
    }
    listed = [block.value(f"Use: {label}", Unit.USD, cell) for label, cell in parts.items()]
    uses = block.value("Uses in all", Unit.USD, total(*listed))
    for name, stake in stakes.debt.items():
        block.value(f"Source: term loan of {name}", Unit.USD, stake.whole * debt.owed.size)
    equity = block.value(
        "Source: owners",
        Unit.USD,
        debt.uses - debt.owed.size,
        float(closed.pro_forma.metrics["equity_usd_nominal"][0]),
    )
    return uses, equity


def _figures(
    block: Block, closed: Closed, given: Given, run: Operations, owners: Line
) -> dict[str, Formula]:
    """Add the worth of the owners' flow and the levelised prices."""
    metrics = closed.pro_forma.metrics
    paid = block.line("Owners' flow without revenue")
    paid.fill(
        range(run.years + 1),
        lambda t: owners[t] - run.revenue[t] - run.other_revenue[t] if t else owners[0],
    )
    real, every = given["real_discount_frac"], range(1, run.years + 1)
    if given.has("inflation_frac"):
        nominal = block.value(
            "Nominal discount rate", Unit.RATE, (1 + real) * (1 + given["inflation_frac"]) - 1
        )
    else:
        nominal = None
        factor = block.line("Worth of a dollar at the nominal discount rate", Unit.FACTOR)
        for t in every:
            before = factor[t - 1] if t > 1 else formula(1)
            factor[t] = before / ((1 + real) * (1 + run.inflation(t)))

    def worth(line: Line) -> Formula:
        flows = line.span(1, run.years)
        if nominal is not None:
            later = worth_of_years(nominal, flows)
        else:
            later = sum_of_products(factor.span(1, run.years), flows)
        return line[0] + later if 0 in line.cells else later

    def told(name: str) -> float:
        return float(metrics[name][0])

    figures = {}
    figures["npv_usd_nominal"] = block.value(
        "Worth of the owners' flow at the opening",
        Unit.USD,
        worth(owners),
        told("npv_usd_nominal"),
    )
    cost = block.value("Worth of what owners pay", Unit.USD, -worth(paid))
    sold = block.value("Worth of the revenue from energy", Unit.USD, worth(run.revenue))
    at_real = worth_of_years(real, run.energy.span(1, run.years))
    for name, sum_of in (("nominal", worth(run.energy)), ("real", at_real)):
        energy = block.value(f"Worth of energy, {name} rate", Unit.MWH, sum_of)
        for short, label, money in (
            ("lcoe", "Levelised cost of energy", cost),
            ("lppa", "Levelised price of energy", sold),
        ):
            key = f"{short}_{name}_usd_per_mwh"
            figures[key] = block.value(
                f"{label}, {name}",
                Unit.USD_PER_MWH,
                either(energy > 0, money / energy, ""),
                told(key),
            )
    return figures
