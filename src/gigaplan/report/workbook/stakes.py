"""Stakes: what each investor and each lender carries of all that was paid up to the opening."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.construction import Construction
from gigaplan.report.workbook.formulas import Formula, Span, added
from gigaplan.report.workbook.functions import average, either, sum_of_products, total
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Unit


@dataclass(frozen=True)
class Stake:
    """The part of one investor or lender.

    Parameters
    ----------
    whole
        Its share of all that was paid [frac].
    by_month
        Its share of close and of each month; None where it is the same in all [frac].
    """

    whole: Formula
    by_month: Line | None

    def of_month(self, month: int) -> Formula:
        """Return its share of a month."""
        return self.whole if self.by_month is None else self.by_month[month]


@dataclass(frozen=True)
class Stakes:
    """The parts of all investors and lenders of a deal.

    Parameters
    ----------
    equity, debt
        Parts by name.
    sums
        What they add to, in each month or in all; by what they are.
    """

    equity: dict[str, Stake]
    debt: dict[str, Stake]
    sums: dict[str, Span | Formula]


def add_stakes(
    block: Block, closed: Closed, given: Given, built: Construction
) -> tuple[Stakes, Given]:
    """Add the stakes; return them, and the inputs with the mean rate of the lenders among them."""
    told = {"equity": closed.stakes(), "lender": closed.lent()}
    paid = {"equity": built.equity, "lender": built.debt}
    found = {
        kind: {
            name: _stake(block, f"{kind}.{name}", name, given, paid[kind], built.months, stake)
            for name, stake in told[kind].items()
        }
        for kind in told
    }
    sums = {
        what: _sum(block, what, list(found[kind].values()), built.months)
        for kind, what in (("equity", "Shares of owners"), ("lender", "Shares of lenders"))
        if found[kind]
    }
    stakes = Stakes(found["equity"], found["lender"], sums)
    rates = closed.deal.lender_rates_frac
    if not rates or closed.deal.project.debt.sizing == "none":
        return stakes, given
    mean = block.value(
        "Interest of the term loan: mean of lenders",
        Unit.RATE,
        added([stakes.debt[name].whole * given[f"lender_rate.{name}"] for name in rates]),
    )
    return stakes, replace(given, cells=given.cells | {"debt.interest_frac": mean})


def _sum(block: Block, what: str, stakes: list[Stake], months: int) -> Span | Formula:
    """Return what shares add to: one sum, or a line of them where a share changes."""
    if not any(stake.by_month for stake in stakes):
        return added([stake.whole for stake in stakes])
    line = block.line(f"{what} in all", Unit.SHARE)
    line.fill(range(months + 1), lambda m: added([stake.of_month(m) for stake in stakes]))
    return line.span(0, months)


def _stake(
    block: Block, path: str, name: str, given: Given, paid: Line, months: int, told: float
) -> Stake:
    """Add one stake."""
    if given.has(path):
        return Stake(given[path], None)
    every = range(months + 1)
    share = block.line(f"Share of {name}", Unit.SHARE)
    share.fill(every, lambda m: given[f"{path}[{m}]"])
    money, shares = paid.span(0, months), share.span(0, months)
    whole = block.value(
        f"Share of {name} in all",
        Unit.SHARE,
        either(total(money) > 0, sum_of_products(shares, money) / total(money), average(shares)),
        told,
    )
    return Stake(whole, share)
