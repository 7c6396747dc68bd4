"""One deal with every term, walked year by year in plain Python: a second way to the owners' flow.

Nothing here is shared with the package but the terms, and the energy, price and costs of the years.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Deal:
    """A deal of one project; money in USD, lists by year from year 1."""

    ebitda: list[float]
    running: list[float]
    cost: float
    interest: float
    tenor: int
    dscr: float
    fee: float
    sweep: float
    sweep_from: int
    debt_months: float
    working_months: float
    reserve_interest: float
    federal: float
    state: float
    cap: float
    itc: float
    cut: float
    unvested: float
    depreciation: list[float]
    lock_up: float
    clean_tests: int
    new_year: int
    new_interest: float
    new_tenor: int
    new_dscr: float
    new_fee: float
    mezzanine: tuple[float, float, float, int]
    preferred: tuple[float, float, int]
    sale_year: int
    price: float
    flows: list[float] = field(default_factory=list)


def loan_on(cash: list[float], ratio: float, rate: float) -> list[float]:
    """Balances of a loan whose service is cash over a ratio, never growing; year 0 first."""
    owed = [0.0]
    for amount in reversed(cash):
        service = max(amount, 0.0) / ratio
        owed.insert(0, min((owed[0] + service) / (1 + rate), service / rate))
    for year in range(1, len(owed)):
        owed[year] = min(owed[year], owed[year - 1])
    return owed


def senior(deal: Deal) -> tuple[list[list[float]], float]:
    """Rows of interest, principal, balance, due, net drawn and fee deducted; and the loan."""
    plan = loan_on(deal.ebitda[: deal.tenor], deal.dscr, deal.interest)
    plan += [0.0] * (len(deal.ebitda) + 1 - len(plan))
    owed, rows = plan[0], []
    new, new_owed, fee = [], 0.0, 0.0
    for year in range(1, deal.sale_year + 1):
        cash, net = deal.ebitda[year - 1], 0.0
        if year <= deal.new_year:
            scheduled = (1 + deal.interest) * plan[year - 1] - plan[year]
            interest = deal.interest * owed
            due = min(scheduled, interest + owed)
            principal = max(scheduled - interest, 0.0)
            if year >= deal.sweep_from:
                principal += deal.sweep * max(cash - scheduled, 0.0)
            principal = min(principal, owed)
            deducted = 0.0
        else:
            interest = deal.new_interest * owed
            after = new[year - deal.new_year] if year - deal.new_year < len(new) else 0.0
            principal = owed - after
            due = interest + principal
            deducted = fee / deal.new_tenor if year <= deal.new_year + deal.new_tenor else 0.0
        owed -= principal
        if year == deal.new_year:
            ahead = deal.ebitda[year : year + deal.new_tenor]
            new = loan_on(ahead, deal.new_dscr, deal.new_interest)
            fee = deal.new_fee * new[0]
            net, new_owed = new[0] - fee - owed, new[0]
            owed = new_owed
        if year == deal.sale_year:
            left = deal.new_tenor - max(min(year - deal.new_year, deal.new_tenor), 0)
            deducted += fee * left / deal.new_tenor
            net, owed = net - owed, 0.0
        rows.append([interest, principal, owed, due, net, deducted])
    return rows, plan[0]


def walk(deal: Deal) -> list[float]:
    """Flows of the owners from year 0 to the sale."""
    rows, loan = senior(deal)
    last = deal.sale_year

    def reserve(year: int) -> float:
        if year >= last:
            return 0.0
        return (deal.debt_months * rows[year][3] + deal.working_months * deal.running[year]) / 12

    uses = deal.cost + deal.fee * loan + reserve(0)
    share, cash_rate, pik_rate, mezz_tenor = deal.mezzanine
    mezz = min(share * uses, max(uses - loan, 0.0))
    pref_share, pref_rate, pref_year = deal.preferred
    pref = pref_share * max(uses - loan - mezz, 0.0)
    flows = [loan + mezz + pref - uses]
    credit = deal.itc * deal.cost
    back = deal.unvested * credit
    basis = deal.cost - deal.cut * credit
    left, trapped, clean = deal.cost - deal.cut * credit + deal.cut * back, 0.0, deal.clean_tests
    pools = {"state": 0.0, "federal": 0.0}
    for year in range(1, last + 1):
        interest, principal, owed, due, net, deducted = rows[year - 1]
        cash, earned = deal.ebitda[year - 1], deal.reserve_interest * reserve(year - 1)
        written = deal.depreciation[year - 1] * basis if year <= len(deal.depreciation) else 0.0
        left -= written
        income = cash + earned - interest - (cash_rate + pik_rate) * mezz - deducted - written
        if year == last:
            income += deal.price - left
        state = deal.state * taxable(income, pools, "state", deal.cap)
        federal = deal.federal * taxable(income - state, pools, "federal", deal.cap)
        flow = cash + earned - interest - principal - (reserve(year) - reserve(year - 1))
        flow += net - state - federal
        flow += credit if year == 1 else 0.0
        flow += deal.price - back if year == last else 0.0
        if due > 0:
            clean = 0 if cash / due < deal.lock_up * (1 - 1e-9) else clean + 1
        if owed <= 1e-9 * loan or year == deal.new_year:
            clean = deal.clean_tests
        there = trapped + flow
        trapped = max(there, 0.0) if clean < deal.clean_tests else 0.0
        rest = there - trapped
        there = max(rest, 0.0)
        paid = min(cash_rate * mezz, there)
        mezz += (cash_rate + pik_rate) * mezz - paid
        part = mezz if year >= mezz_tenor or year == last else mezz / (mezz_tenor - year + 1)
        part = min(part, there - paid)
        mezz -= part
        there, rest = there - paid - part, rest - paid - part
        paid = min(pref_rate * pref, there)
        pref += pref_rate * pref - paid
        part = min(pref if year >= pref_year or year == last else 0.0, there - paid)
        pref -= part
        flows.append(rest - paid - part)
    return flows


def taxable(income: float, pools: dict[str, float], kind: str, cap: float) -> float:
    """Income after losses carried forward."""
    used = min(pools[kind], cap * max(income, 0.0))
    pools[kind] += max(-income, 0.0) - used
    return max(income, 0.0) - used
