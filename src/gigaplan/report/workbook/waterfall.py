"""Waterfall: the dated flows of all owners, and how tiers share them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gigaplan.finance.deal import Closed
from gigaplan.finance.tiers import ReturnOfCapital
from gigaplan.report.workbook.cash import Cash
from gigaplan.report.workbook.construction import Construction
from gigaplan.report.workbook.functions import DAYS, months_later, most, total
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style, Unit
from gigaplan.report.workbook.payback import crossing_of
from gigaplan.report.workbook.tier_lines import Accounts, TierLines, keeps_account


@dataclass(frozen=True)
class Waterfall:
    """Lines of the distribution; periods are months of construction, then years.

    Parameters
    ----------
    last
        The last period.
    dates, flow, called, cash
        Days; flow of all owners; what they pay in and what they are paid [USD].
    investor, partner
        Paid to investors and to the partner [USD].
    tiers
        Tiers in order.
    crossing
        Years after close at which the sum of flows comes to zero from below.
    so_far
        Sum of flows so far [USD].
    """

    last: int
    dates: Line
    flow: Line
    called: Line
    cash: Line
    investor: Line
    partner: Line
    tiers: Sequence[TierLines]
    crossing: Line
    so_far: Line


def add_waterfall(
    block: Block, closed: Closed, given: Given, built: Construction, cash: Cash
) -> Waterfall:
    """Add the distribution of one deal."""
    months = built.months
    last = months + cash_years(cash)
    every = range(last + 1)
    dates = block.line("Date", Unit.DATE)
    dates.fill(
        every,
        lambda p: (
            built.dates[p] if p <= months else months_later(given["opens"], 12 * (p - months))
        ),
    )
    years = block.line("Years since the date before", Unit.YEARS)
    years.fill(every[1:], lambda p: (dates[p] - dates[p - 1]) / DAYS)
    flow = block.line("Owners' flow", ledger=closed.owner_flow_usd_nominal, style=Style.TOTAL)
    for p in every:
        if p < months:
            flow[p] = -built.equity[p]
        elif p == months:
            paid = total(built.equity.span(0, months - 1))
            flow[p] = cash.owners[0] + paid
        else:
            flow[p] = cash.owners[p - months]
    so_far = block.line("Owners' flow so far")
    so_far.fill(every, lambda p: so_far[p - 1] + flow[p])
    crossing = block.line("Sum of flows comes to zero, years after close", Unit.YEARS)
    crossing.fill(every[1:], lambda p: crossing_of(so_far, flow, dates, p))
    called = block.line("Paid in")
    called.fill(every, lambda p: most(-flow[p], 0))
    distributed = block.line("Cash to distribute", style=Style.TOTAL)
    distributed.fill(every, lambda p: most(flow[p], 0))
    common, tiers = _tiers(block, closed, years, called, distributed)
    for p in every:
        common.paid_in[p] = common.paid_in[p - 1] + called[p]
        for place, tier in enumerate(tiers):
            tier.write(p, given, common, tiers[:place])
        common.investor[p] = total(*(tier.investor[p] for tier in tiers))
        common.partner[p] = total(*(tier.partner[p] for tier in tiers))
        common.investor_so_far[p] = common.investor_so_far[p - 1] + common.investor[p]
        common.partner_so_far[p] = common.partner_so_far[p - 1] + common.partner[p]
        returned = [tier.investor[p] for tier in tiers if isinstance(tier.tier, ReturnOfCapital)]
        common.returned_so_far[p] = total(common.returned_so_far[p - 1], *returned)
        common.capital[p] = most(common.paid_in[p] - common.returned_so_far[p], 0)
    return Waterfall(
        last,
        dates,
        flow,
        called,
        distributed,
        common.investor,
        common.partner,
        tiers,
        crossing,
        so_far,
    )


def cash_years(cash: Cash) -> int:
    """Return the last year of the owners' flow."""
    return max(cash.owners.cells)


def _tiers(
    block: Block, closed: Closed, years: Line, called: Line, cash: Line
) -> tuple[Accounts, list[TierLines]]:
    """Declare the lines of the tiers and of what they share."""
    paid_in = block.line("Paid in so far")
    tiers = []
    shared = closed.shared
    for place, tier in enumerate(closed.deal.tiers):
        name = f"Tier {place + 1}, {tier.name}"
        account = block.line(f"{name}: account") if keeps_account(tier) else None
        to_investor, to_partner = (
            np.asarray(part[place])
            for part in (shared.investor_usd_nominal, shared.partner_usd_nominal)
        )
        tiers.append(
            TierLines(
                tier,
                f"tiers[{place}]",
                account,
                block.line(f"{name}: cash"),
                block.line(f"{name}: to investors", ledger=to_investor),
                block.line(f"{name}: to the partner", ledger=to_partner),
            )
        )
    common = Accounts(
        years,
        called,
        cash,
        paid_in,
        block.line("Capital not returned"),
        block.line("To investors", ledger=shared.investor, style=Style.TOTAL),
        block.line("To the partner", ledger=shared.partner, style=Style.TOTAL),
        block.line("To investors so far"),
        block.line("To the partner so far"),
        block.line("Capital returned so far"),
    )
    return common, tiers
