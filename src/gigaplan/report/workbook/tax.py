"""Tax: depreciation, taxable income, losses, federal and state tax, and tax credits."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.construction import Construction
from gigaplan.report.workbook.debt import Debt
from gigaplan.report.workbook.formulas import Formula, equal, formula
from gigaplan.report.workbook.functions import (
    either,
    how_long,
    is_number,
    item,
    least,
    total,
    whole,
)
from gigaplan.report.workbook.income_tax import IncomeTax, add_income_tax
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style, Unit
from gigaplan.report.workbook.operations import Operations


@dataclass(frozen=True)
class Tax:
    """Lines of tax that other sheets use; income and taxes are written year by year.

    Parameters
    ----------
    income
        Income before depreciation and tax [USD].
    federal_off, state_off
        Depreciation [USD].
    federal, state
        Taxes of the two levels.
    itc, ptc, carbon
        Received for credits; None without carbon credit [USD].
    """

    income: Line
    federal_off: Line
    state_off: Line
    federal: IncomeTax
    state: IncomeTax
    itc: Line
    ptc: Line
    carbon: Line | None

    def write(self, period: int, income: Formula) -> None:
        """Write one year; state tax is deducted from federal income."""
        self.income[period] = income
        here = self.income[period]
        self.state.write(period, here - self.state_off[period])
        off, paid = self.federal_off[period], self.state.tax[period]
        self.federal.write(period, here - off + paid)


def add_tax(
    block: Block, closed: Closed, given: Given, built: Construction, run: Operations, debt: Debt
) -> Tax:
    """Add depreciation and credits of one deal, and declare its taxes."""
    ledger = closed.pro_forma.ledger
    project = closed.deal.project
    every = range(1, run.years + 1)
    basis_of = built.capex + built.financing
    if project.basis == "with_loan_fees":
        basis_of = debt.uses - debt.reserves[0]
    basis = block.value("Basis of depreciation", Unit.USD, basis_of)
    classes = range(len(project.depreciation))
    earning = [
        given[f"depreciation[{k}].share_frac"] * given[f"depreciation[{k}].earns_itc"]
        for k in classes
    ]
    qualifies = total(*earning) if earning else formula(0)
    worth = block.value("Part of it that earns the investment credit", Unit.USD, qualifies * basis)
    limit = given["credits.itc_limit_usd_nominal"]
    earned = given["credits.itc_frac"] * worth
    itc = block.value(
        "Investment tax credit", Unit.USD, either(is_number(limit), least(earned, limit), earned)
    )
    cut = block.value(
        "Cut of the basis that earns it",
        Unit.SHARE,
        either(worth > 0, itc / worth, 0) * given["credits.itc_basis_cut_frac"],
    )

    def written_off(state: bool) -> Line:
        level = "State" if state else "Federal"
        bonus = "state_bonus_frac" if state else "bonus_frac"
        parts = [
            _class(block, given, run, k, f"{level} depreciation, class {k + 1}", bonus, basis, cut)
            for k in classes
        ]
        if run.maintenance:
            parts.append(run.maintenance.written_off)
        told = ledger[f"{level.lower()}_depreciation_usd_nominal"][0]
        line = block.line(f"{level} depreciation", ledger=told, style=Style.TOTAL)
        return line.fill(
            every, lambda t: total(*(part[t] for part in parts)) if parts else formula(0) * basis
        )

    federal_off, state_off = written_off(state=False), written_off(state=True)
    income = block.line("Income before depreciation and tax")
    state = add_income_tax(block, closed, given, "State")
    federal = add_income_tax(block, closed, given, "Federal")
    paid = given["credits.transfer_price_frac"]
    received = block.line("Investment tax credit received", ledger=ledger["itc_usd_nominal"][0])
    received.fill(every, lambda t: either(equal(block.year[t], 1), paid * itc, 0))
    produced = _production(block, closed, given, run, paid)
    carbon = _carbon(block, closed, given, run, paid)
    return Tax(income, federal_off, state_off, federal, state, received, produced, carbon)


def _class(
    block: Block,
    given: Given,
    run: Operations,
    place: int,
    label: str,
    bonus_name: str,
    basis: Formula,
    cut: Formula,
) -> Line:
    """Add the depreciation of one class."""
    path = f"depreciation[{place}]"
    bonus, earns = given[f"{path}.{bonus_name}"], given[f"{path}.earns_itc"]
    part = basis * given[f"{path}.share_frac"] * (1 - cut * earns)
    schedule, year = given.column(f"{path}.schedule_frac"), block.year

    def share(t: int) -> Formula:
        at_once = either(equal(year[t], 1), bonus, 0)
        if schedule is None:
            return at_once
        later = either(year[t] <= how_long(schedule), item(schedule, year[t]), 0)
        return at_once + (1 - bonus) * later

    line = block.line(label)
    return line.fill(range(1, run.years + 1), lambda t: part * share(t) * run.running[t])


def _production(block: Block, closed: Closed, given: Given, run: Operations, paid: Formula) -> Line:
    """Add what is received for the production tax credit."""
    year, every = block.year, range(1, run.years + 1)
    grown = block.line("Production tax credit per MWh", Unit.USD_PER_MWH)
    step = given["credits.ptc_rounding_usd_per_mwh"]
    first, growth = given["credits.ptc_usd_per_mwh"], given["credits.ptc_escalation_frac"]

    def credit(t: int) -> Formula:
        full = first * (1 + growth) ** (year[t] - 1)
        rounded = either(step > 0, whole(full / step + 0.5) * step, full)
        return either(year[t] <= given["credits.ptc_years"], rounded, 0)

    grown.fill(every, credit)
    line = block.line(
        "Production tax credit received", ledger=closed.pro_forma.ledger["ptc_usd_nominal"][0]
    )
    return line.fill(every, lambda t: paid * run.energy[t] * grown[t])


def _carbon(
    block: Block, closed: Closed, given: Given, run: Operations, paid: Formula
) -> Line | None:
    """Add what is received for captured carbon; None without."""
    if not given.has("credits.captured_t_per_year"):
        return None
    year, ledger = block.year, closed.pro_forma.ledger
    first, mass = given["credits.carbon_usd_per_t"], given["credits.captured_t_per_year"]
    growth, last = given["credits.carbon_escalation_frac"], given["credits.carbon_years"]
    line = block.line("Carbon credit received", ledger=ledger["carbon_credit_usd_nominal"][0])
    for t in range(1, run.years + 1):
        earned = paid * first * (1 + growth) ** (year[t] - 1) * mass * run.running[t]
        line[t] = either(year[t] <= last, earned, 0)
    return line
