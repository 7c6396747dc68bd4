"""Deal: one project from the first dollar of construction to what each owner gets back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from gigaplan.finance.construction_loan import (
    ConstructionLedger,
    ConstructionTerms,
    construction_loan,
)
from gigaplan.finance.present_value import dated_times
from gigaplan.finance.proforma import ProForma, pro_forma
from gigaplan.finance.project import Project
from gigaplan.finance.stacking import alike, stacked
from gigaplan.finance.tiers import Split, Tier
from gigaplan.finance.waterfall import Distribution, distribute
from gigaplan.terms.errors import Fault, InputError

Array = npt.NDArray[np.float64]
Shares = float | Array


@dataclass(frozen=True)
class Deal:
    """One project, its construction and its owners.

    Parameters
    ----------
    name
        Name in tables.
    project
        The project; its installed cost and other financing are replaced by what construction
        brings.
    opens
        Start of operation: period 0 of the pro forma.
    capex_usd_nominal
        Spending by month of construction, the last month before the opening last [USD].
    construction
        Terms of the construction loan, which the term loan and the owners repay at the opening.
    equity, debt
        Shares of the equity by investor, and of the debt by lender; each adds to one. One share,
        or one for close and each month of construction: who pays then. Without debt, no lenders.
    tiers
        Distribution of owners' cash between investors and the partner.
    partner
        Who receives the partner's part of the tiers; one of the investors, or a name of its own.
    lender_rates_frac
        Rate of each lender; the term loan then pays their mean. Empty: all earn the rate of the
        loan [frac/yr].
    """

    name: str
    project: Project
    opens: datetime.date
    capex_usd_nominal: Array
    construction: ConstructionTerms
    equity: Mapping[str, Shares]
    debt: Mapping[str, Shares]
    tiers: tuple[Tier, ...] = (Split(1.0, 0.0),)
    partner: str = "Sponsor"
    lender_rates_frac: Mapping[str, float] = field(default_factory=dict)

    @property
    def months(self) -> tuple[datetime.date, ...]:
        """First days of the months from financial close to the opening; one more than capex."""
        last = 12 * self.opens.year + self.opens.month - 1
        return tuple(
            datetime.date(month // 12, month % 12 + 1, 1)
            for month in range(last - len(self.capex_usd_nominal), last + 1)
        )


@dataclass(frozen=True)
class Closed:
    """What a deal comes to.

    Parameters
    ----------
    deal
        The deal, with its installed cost and financing cost filled in.
    construction
        Money of construction by month.
    pro_forma
        Years of operation; one project.
    dates
        Days of the owners' flows: months of construction, then anniversaries of the opening.
    owner_flow_usd_nominal
        Flows of all owners on these days; in is positive [USD].
    shared
        Distribution by tier, on these days.
    """

    deal: Deal
    construction: ConstructionLedger
    pro_forma: ProForma
    dates: tuple[datetime.date, ...]
    owner_flow_usd_nominal: Array
    shared: Distribution

    def stakes(self) -> dict[str, float]:
        """Return each investor's share of what owners pay in up to the opening [frac]."""
        return _stakes(self.deal.equity, self.construction.equity_usd_nominal)

    def lent(self) -> dict[str, float]:
        """Return each lender's share of the construction loan, and so of the term loan [frac]."""
        return _stakes(self.deal.debt, self.construction.debt_usd_nominal)

    def flows_by_owner(self) -> dict[str, Array]:
        """Return each owner's flows on the days of the deal.

        In the months of construction each pays its share of the month, later its stake. Cash goes
        out by stakes, after what the tiers give to the partner.
        """
        building = self.construction.equity_usd_nominal
        paid = np.minimum(self.owner_flow_usd_nominal, 0.0)
        flows = {}
        for name, stake in self.stakes().items():
            share = np.full(len(paid), stake)
            monthly = np.broadcast_to(self.deal.equity[name], building.shape)
            share[: len(building) - 1] = monthly[:-1]
            flows[name] = share * paid + stake * self.shared.investor
            # In the month of the opening, the share of the month holds for that month's draw.
            flows[name][len(building) - 1] -= (monthly[-1] - stake) * building[-1]
        if self.shared.partner.any():
            own = flows.get(self.deal.partner, np.zeros(len(self.dates)))
            flows[self.deal.partner] = own + self.shared.partner
        return flows

    def flows_by_lender(self) -> dict[str, Array]:
        """Return each lender's flows on the days of the deal: draws out, interest and principal in.

        At the opening the term loan replaces the construction loan, and what it does not carry is
        paid back. Interest and fees of construction are drawn as they are paid.
        """
        ledger = self.pro_forma.ledger
        built = self.construction
        drawn, balance = built.debt_usd_nominal, built.balance_usd_nominal
        term = self.pro_forma.metrics["debt_usd_nominal"][0]
        interest, principal = (
            -ledger[f"{line}_usd_nominal"][0, 1:] for line in ("interest", "principal")
        )
        mean = float(self.deal.project.debt.interest_frac)
        fee = float(self.deal.project.debt.upfront_fee_frac) * term
        flows = {}
        for name, part in self.lent().items():
            draws = np.broadcast_to(self.deal.debt[name], drawn.shape) * drawn
            owed = np.cumsum(draws)
            capitalised = _part_of(built.interest_usd_nominal, owed, balance)
            undrawn = part * built.loan_usd_nominal - owed
            fees = _part_of(
                built.commitment_fee_usd_nominal, undrawn, built.loan_usd_nominal - balance
            )
            building = capitalised + fees - draws
            building[0] += part * built.upfront_fee_usd_nominal
            building[-1] += owed[-1] - part * (term - fee)
            rate = self.deal.lender_rates_frac.get(name, mean)
            own = interest * rate / mean if mean > 0 else interest
            flows[name] = np.concatenate([building, part * (own + principal)])
        return flows


def close_deals(deals: Sequence[Deal]) -> list[Closed]:
    r"""Return what deals come to: construction, pro forma and distribution.

    At the opening the term loan repays the construction loan, and owners pay what is still needed:

    .. math:: e_0 = U - D - \sum_m e_m

    with uses U that hold capex, interest and fees of construction, fees of the term loan and the
    first filling of reserves, the term loan D, and the equity :math:`e_m` of the months of
    construction. A negative :math:`e_0` is paid out to the owners.

    Parameters
    ----------
    deals
        The deals; those alike in all but numbers are computed together.

    Returns
    -------
    list of Closed
        In the order of the deals.

    Raises
    ------
    InputError
        If terms cannot be used, or shares do not add to one.
    """
    _check(deals)
    built = [construction_loan(deal.capex_usd_nominal, deal.construction) for deal in deals]
    filled = [with_construction_cost(deal, loan) for deal, loan in zip(deals, built, strict=True)]
    found: dict[int, ProForma] = {}
    for places in alike([deal.project for deal in filled]):
        together = pro_forma(stacked([filled[place].project for place in places]))
        for row, place in enumerate(places):
            life = int(np.max(filled[place].project.plant.life_years))
            found[place] = together.one(row, life)
    return [
        _closed(deal, loan, found[place])
        for place, (deal, loan) in enumerate(zip(filled, built, strict=True))
    ]


def with_construction_cost(deal: Deal, loan: ConstructionLedger) -> Deal:
    """Return the deal with capex, the cost of construction finance and its rate in the project."""
    capex = float(np.sum(deal.capex_usd_nominal))
    financing = float(
        loan.upfront_fee_usd_nominal
        + loan.interest_usd_nominal.sum()
        + loan.commitment_fee_usd_nominal.sum()
    )
    plant = replace(deal.project.plant, installed_cost_usd_nominal=capex)
    debt = deal.project.debt
    if deal.lender_rates_frac:
        lent = _stakes(deal.debt, loan.debt_usd_nominal)
        mean = sum(part * deal.lender_rates_frac[name] for name, part in lent.items())
        debt = replace(debt, interest_frac=mean)
    project = replace(deal.project, plant=plant, debt=debt, other_financing_usd_nominal=financing)
    return replace(deal, project=project)


def _closed(deal: Deal, loan: ConstructionLedger, found: ProForma) -> Closed:
    """Join construction and operation of one deal, and share out the owners' cash."""
    yearly = found.ledger["owner_flow_usd_nominal"][0]
    building = -loan.equity_usd_nominal
    building[-1] += yearly[0] + loan.equity_usd_nominal.sum()
    flow = np.concatenate([building, yearly[1:]])
    anniversaries = [deal.opens.replace(year=deal.opens.year + n) for n in range(1, len(yearly))]
    dates = (*deal.months, *anniversaries)
    paid_in, cash = np.maximum(-flow, 0.0), np.maximum(flow, 0.0)
    shared = distribute(paid_in, cash, dated_times(dates), deal.tiers)
    return Closed(deal, loan, found, dates, flow, shared)


def _stakes(shares: Mapping[str, Shares], paid_usd_nominal: Array) -> dict[str, float]:
    """Return the share of each name in all that is paid; where nothing is, its mean share."""
    total = paid_usd_nominal.sum()
    even = np.full(paid_usd_nominal.shape, 1.0 / paid_usd_nominal.size)
    weights = paid_usd_nominal / total if total > 0 else even
    parts = {name: np.broadcast_to(share, weights.shape) for name, share in shares.items()}
    return {name: float(part @ weights) for name, part in parts.items()}


def _part_of(money: Array, own: Array, all_of_it: Array) -> Array:
    """Return the part of each month's money that goes with one's own part of what stood before."""
    before, total = own[:-1], all_of_it[:-1]
    share = np.divide(before, total, out=np.zeros_like(before), where=total > 0)
    return np.concatenate([[0.0], share * money[1:]])


def _check(deals: Sequence[Deal]) -> None:
    """Raise with every fault of opening days and shares."""
    faults = []
    for deal in deals:
        where = f"deal {deal.name}"
        if deal.opens.day != 1:
            what = f"It opens on {deal.opens}."
            faults.append(Fault(what, where, "Give the first day of a month."))
        for name, shares in (("equity", deal.equity), ("debt", deal.debt)):
            needed = name == "equity" or deal.construction.highest_share_frac > 0
            if name == "debt" and set(deal.lender_rates_frac) not in (set(), set(shares)):
                what = "The rates of lenders are not those of the lenders of the debt."
                faults.append(Fault(what, where, "Give one rate for each lender, or none."))
            faults += [
                Fault(what, where, mend)
                for what, mend in _share_faults(name, shares, len(deal.months), needed=needed)
            ]
    if faults:
        headline = "A deal cannot be closed."
        raise InputError(headline, faults)


def _share_faults(
    name: str, shares: Mapping[str, Shares], months: int, *, needed: bool
) -> list[tuple[str, str]]:
    """Return what is wrong with shares, and how to mend it."""
    wrong = [who for who, part in shares.items() if np.ndim(part) and np.shape(part) != (months,)]
    if wrong:
        what = f"The shares of {name} of {wrong[0]} are not one for close and each month."
        return [(what, f"Give one share, or {months}.")]
    if not shares:
        return [(f"There is nobody who gives {name}.", "Name who does.")] if needed else []
    table = np.array([np.broadcast_to(part, (months,)) for part in shares.values()])
    total = table.sum(axis=0)
    off = np.argmax(np.abs(total - 1.0))
    if abs(total[off] - 1.0) > 1e-9:
        return [(f"The shares of {name} add to {total[off]:g}.", "Give shares that add to 1.")]
    if table.min() < 0:
        return [(f"A share of {name} is below zero.", "Give shares of 0 or more.")]
    return []
