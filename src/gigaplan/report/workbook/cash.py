"""Cash: sources and uses at the opening, and what the owners get each year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.construction import Construction
from gigaplan.report.workbook.debt import Debt
from gigaplan.report.workbook.formulas import Formula, formula
from gigaplan.report.workbook.functions import either, sum_of_products, total, worth_of_years
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.junior import Account, Junior
from gigaplan.report.workbook.layout import Block, Line, Style, Unit, stacked
from gigaplan.report.workbook.operations import Operations
from gigaplan.report.workbook.rates import ByYear
from gigaplan.report.workbook.stakes import Stakes
from gigaplan.report.workbook.tax import Tax


@dataclass(frozen=True)
class Sources:
    """Uses and sources at the opening [USD].

    Parameters
    ----------
    uses
        Sum of the uses listed one by one.
    outside, equity
        Paid by lenders and preferred equity, and by owners.
    """

    uses: Formula
    outside: Formula
    equity: Formula


@dataclass(frozen=True)
class Cash:
    """Cells of cash that other sheets use.

    Parameters
    ----------
    owners
        Flow of all owners by year; year 0 is the opening, as if all equity were paid then [USD].
    sources
        Uses and sources.
    figures
        Worth and levelised prices, by name.
    """

    owners: Line
    sources: Sources
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
    junior: Junior | None,
) -> Cash:
    """Add sources, uses and flows of one deal."""
    sources = _sources_and_uses(block, closed, given, built, debt, stakes, junior)
    ledger = closed.pro_forma.ledger
    lines = _lines(run, debt, tax)
    shown = {label: block.line(label) for label in lines}
    after = _junior_lines(junior)
    before = block.line("Cash after the senior loan and tax", style=Style.TOTAL) if after else None
    shared = {label: block.line(label) for label in after}
    owners = block.line(
        "Owners' flow", ledger=ledger["owner_flow_usd_nominal"][0], style=Style.TOTAL
    )
    owners[0] = sources.outside - debt.uses
    for t in range(1, run.years + 1):
        lowers = junior.open(t) if junior else None
        income = run.ebitda[t] + debt.earned[t] + debt.senior.interest[t]
        if debt.senior.fee_deducted:
            income = income + debt.senior.fee_deducted[t]
        tax.write(t, income if lowers is None else income - lowers)
        for label, source in lines.items():
            shown[label][t] = source[t]
        there = total(stacked(list(shown.values()), t))
        if junior is None or before is None:
            owners[t] = there
            continue
        before[t] = there
        junior.write(t, before[t])
        for label, of_year in after.items():
            shared[label][t] = of_year(t)
        owners[t] = before[t] + total(stacked(list(shared.values()), t))
    return Cash(owners, sources, _figures(block, closed, given, run, owners))


def _lines(run: Operations, debt: Debt, tax: Tax) -> dict[str, Line]:
    """Return the lines that come before owners and junior money, in order."""
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
        "Federal tax": tax.federal.tax,
        "State tax": tax.state.tax,
        "Investment tax credit": tax.itc,
        "Production tax credit": tax.ptc,
    }
    if tax.carbon:
        lines["Carbon credit"] = tax.carbon
    renewed = zip(
        ("New loan", "Old loan repaid", "Fee of the new loan"), debt.senior.renewed, strict=False
    )
    return lines | dict(renewed)


def _junior_lines(junior: Junior | None) -> dict[str, ByYear]:
    """Return what covenants and junior money take of a year, in order."""
    lines: dict[str, ByYear] = {}
    if junior is None:
        return lines
    if junior.trapped:
        trapped = junior.trapped
        lines["Trapped, or released"] = lambda t: trapped[t - 1] - trapped[t]
    if junior.mezzanine:
        lines["Mezzanine interest"] = junior.mezzanine.interest.__getitem__
        lines["Mezzanine principal"] = junior.mezzanine.principal.__getitem__
    if junior.preferred:
        lines["Preferred return"] = junior.preferred.interest.__getitem__
        lines["Preferred redemption"] = junior.preferred.principal.__getitem__
    return lines


def _sources_and_uses(
    block: Block,
    closed: Closed,
    given: Given,
    built: Construction,
    debt: Debt,
    stakes: Stakes,
    junior: Junior | None,
) -> Sources:
    """List uses and sources one by one."""
    parts = {
        "Capex": built.capex,
        "Interest and fees of construction": built.financing,
        "Fee of the term loan": debt.fee,
        "Cost of closing the term loan": given["debt.closing_cost_usd_nominal"],
        "Working capital": debt.working[0],
        "Reserve for debt service": debt.held[0],
    }
    listed = [block.value(f"Use: {label}", Unit.USD, cell) for label, cell in parts.items()]
    uses = block.value("Uses in all", Unit.USD, total(*listed))
    for name, stake in stakes.debt.items():
        block.value(f"Source: term loan of {name}", Unit.USD, stake.whole * debt.owed.size)
    metrics, outside = closed.pro_forma.metrics, debt.owed.size
    for account, name in _accounts(junior):
        outside = outside + block.value(f"Source: {name}", Unit.USD, account.size)
    shares = metrics.get("preferred_usd_nominal", np.zeros(1))
    told = float(metrics["equity_usd_nominal"][0] - shares[0])
    equity = block.value("Source: owners", Unit.USD, debt.uses - outside, told)
    return Sources(uses, outside, equity)


def _accounts(junior: Junior | None) -> list[tuple[Account, str]]:
    """Return the junior money there is, by name."""
    if junior is None:
        return []
    named = ((junior.mezzanine, "mezzanine"), (junior.preferred, "preferred"))
    return [(account, name) for account, name in named if account is not None]


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
