"""Compiled loops of the kernel: one row is one project or draw, worked out year by year.

All of it is in one file, because numba looks only at the file of the outermost function to see
whether what it compiled before still holds.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit, prange

from gigaplan.finance.packing import FIELDS
from gigaplan.finance.yearly_returns import HIGHEST_RATE, LOWEST_RATE, STATUSES
from gigaplan.terms.units import MONTHS_PER_YEAR

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

(
    COST, CAPACITY, ENERGY, LIFE, DEGRADATION, SALVAGE, PRICE, ESCALATION, OTHER,
    OTHER_ESCALATION, BY_CAPACITY, BY_ENERGY, FIXED, REAL_ESCALATION, INSURANCE, PROPERTY_TAX,
    ASSESSED, ASSESSED_DECLINE, LAND, INTEREST, TENOR, DSCR, SHARE, MOST_SHARE, FEE, CLOSING,
    SWEEP, SWEEP_FROM, FEDERAL, STATE, LOSS_CAP, ITC, ITC_CUT, ITC_LIMIT, PTC, PTC_ESCALATION,
    PTC_YEARS, TRANSFER, DEBT_MONTHS, WORKING_MONTHS, RESERVE_INTEREST, INFLATION, DISCOUNT,
    OTHER_FINANCING,
) = range(len(FIELDS))  # fmt: skip
CARRIED, WITH_FEES, NEGATIVE, ONCE, SIZING, CURVED = range(6)
NO_DEBT, SCULPTED, LEVEL_PAYMENT, LEVEL_PRINCIPAL, GIVEN = range(5)
(
    NET, REVENUE, RUNNING, SOLD, OWED, FLOW, CASH, INVESTOR, RATE, INFLATED, LEAST, CASE_ENERGY,
    CASE_PRICE, DUE,
) = range(14)  # fmt: skip
ROWS: Final = 14
NONE, ONE, OPEN = STATUSES.index("none"), STATUSES.index("one"), len(STATUSES)
METRICS: Final = (
    "npv_usd_nominal",
    "irr_frac",
    "debt_usd_nominal",
    "equity_usd_nominal",
    "uses_usd_nominal",
    "min_dscr",
    "mean_dscr",
    "llcr",
    "lcoe_nominal_usd_per_mwh",
    "lcoe_real_usd_per_mwh",
    "investor_npv_usd_nominal",
    "investor_irr_frac",
    "sponsor_npv_usd_nominal",
)
ROWS_AT_ONCE: Final = 256


@njit(cache=True)
def _npv(flow: Array, rate: float) -> float:
    """Worth of a flow at a rate."""
    v, worth = 1.0 / (1.0 + rate), 0.0
    for period in range(flow.size - 1, -1, -1):
        worth = worth * v + flow[period]
    return worth


@njit(cache=True)
def _worth(flow: Array, inflation: Array, real: float) -> float:
    """Worth of a flow at a real rate and the inflation of each year."""
    worth = 0.0
    for period in range(flow.size - 1, 0, -1):
        v = 1.0 / (1.0 + ((1.0 + real) * (1.0 + inflation[period]) - 1.0))
        worth = (worth + flow[period]) * v
    return float(worth + flow[0])


@njit(cache=True)
def _root(flow: Array, low: float, high: float) -> float:
    """Rate at which a flow is worth nothing, by Newton's steps inside a shrinking bracket."""
    rising = _npv(flow, high) > _npv(flow, low)
    rate = min(max(0.1, low), high)
    for _ in range(200):
        # Worth and its slope in v = 1/(1+rate) in one pass.
        v, worth, slope = 1.0 / (1.0 + rate), 0.0, 0.0
        for period in range(flow.size - 1, -1, -1):
            slope = slope * v + worth
            worth = worth * v + flow[period]
        if worth == 0.0:
            return rate
        if (worth > 0.0) != rising:
            low = rate
        else:
            high = rate
        slope = -slope * v * v
        better = rate - worth / slope if slope != 0.0 else np.inf
        if not low < better < high:
            better = 0.5 * (low + high)
        if abs(better - rate) <= 4e-16 * (1.0 + abs(rate)):
            return better
        rate = better
    return rate


@njit(cache=True)
def _irr(flow: Array) -> tuple[float, int]:
    """Rate of return and the place of its status in STATUSES; OPEN where all roots are needed."""
    changes, sum_changes, last, last_sum, total = 0, 0, 0.0, 0.0, 0.0
    for period in range(flow.size):
        amount = flow[period]
        total += amount
        if amount != 0.0:
            changes += amount * last < 0.0
            last = np.sign(amount)
        if total != 0.0:
            sum_changes += total * last_sum < 0.0
            last_sum = np.sign(total)
    if changes == 0:
        return np.nan, NONE
    low, high = LOWEST_RATE, HIGHEST_RATE
    if changes == 1:
        at_low = np.sign(_npv(flow, low))
    elif sum_changes == 1 and total > 0.0:
        # Norstrom.
        low, at_low = 0.0, 1.0
    else:
        return np.nan, OPEN
    if at_low * np.sign(_npv(flow, high)) >= 0.0:
        return np.nan, NONE
    return _root(flow, low, high), ONE


@njit(cache=True)
def _operate(p: Array, energy_factor: Array, price_factor: Array, work: Array) -> None:
    """Fill energy, revenue, running cost and earnings of each year."""
    life = int(p[LIFE])
    kept = price = prices = upkeep = other = 1.0
    for year in range(life):
        energy = p[ENERGY] * kept * energy_factor[year]
        assessed = max(1.0 - p[ASSESSED_DECLINE] * year, 0.0) * p[ASSESSED] * p[COST]
        running = (
            (p[BY_CAPACITY] * p[CAPACITY] + p[BY_ENERGY] * energy + p[FIXED]) * upkeep
            + (p[INSURANCE] * p[COST] + p[LAND]) * prices
            + p[PROPERTY_TAX] * assessed
        )
        revenue = energy * p[PRICE] * price * price_factor[year]
        extra = p[OTHER] * other
        salvage = p[SALVAGE] * p[COST] if year == life - 1 else 0.0
        work[SOLD, year + 1] = energy
        work[REVENUE, year + 1] = revenue + extra
        work[RUNNING, year + 1] = running
        work[NET, year + 1] = revenue + extra + salvage - running
        kept *= 1.0 - p[DEGRADATION]
        price *= 1.0 + p[ESCALATION]
        if year < life - 1:
            prices *= 1.0 + work[INFLATED, year + 2]
            upkeep *= 1.0 + work[INFLATED, year + 2] + p[REAL_ESCALATION]
        other *= 1.0 + p[OTHER_ESCALATION]


@njit(cache=True)
def _sculpt(p: Array, options: Places, ratio: float, work: Array) -> None:
    """Fill the balances of a loan sculpted to a cover ratio."""
    tenor = int(p[TENOR])
    for year in range(tenor, 0, -1):
        rate = work[RATE, year]
        service = work[NET, year] / ratio
        if not options[NEGATIVE]:
            service = max(service, 0.0)
        worth = (work[OWED, year] + service) / (1.0 + rate)
        if not options[NEGATIVE] and rate > 0.0:
            worth = min(worth, service / rate)
        work[OWED, year - 1] = worth
    if not options[NEGATIVE]:
        for year in range(1, tenor + 1):
            work[OWED, year] = min(work[OWED, year], work[OWED, year - 1])


@njit(cache=True)
def _size_on_cases(
    p: Array,
    options: Places,
    energy_factor: Array,
    price_factor: Array,
    case_dscr: Array,
    case_energy_factor: Array,
    case_price_factor: Array,
    work: Array,
) -> None:
    """Fill the balances of the loan whose balance is the least of those of all cases."""
    tenor = int(p[TENOR])
    work[LEAST, : tenor + 1] = np.inf
    for case in range(case_dscr.size):
        for year in range(energy_factor.size):
            work[CASE_ENERGY, year] = energy_factor[year] * case_energy_factor[case, year]
            work[CASE_PRICE, year] = price_factor[year] * case_price_factor[case, year]
        _operate(p, work[CASE_ENERGY], work[CASE_PRICE], work)
        _sculpt(p, options, case_dscr[case], work)
        for year in range(tenor + 1):
            work[LEAST, year] = min(work[LEAST, year], work[OWED, year])
            work[OWED, year] = 0.0
    work[OWED] = work[LEAST]


@njit(cache=True)
def _level_on_a_curve(tenor: int, work: Array) -> None:
    """Fill the balances of a loan of one dollar with level payments at rates that change."""
    worth, v = 0.0, 1.0
    for year in range(1, tenor + 1):
        v /= 1.0 + work[RATE, year]
        worth += v
    for year in range(tenor, 0, -1):
        work[OWED, year - 1] = (work[OWED, year] + 1.0 / worth) / (1.0 + work[RATE, year])


@njit(cache=True)
def _level(p: Array, options: Places, work: Array) -> None:
    """Fill the balances of a loan of one dollar with level payments or level principal."""
    tenor, rate = int(p[TENOR]), p[INTEREST]
    if options[CURVED] and options[SIZING] == LEVEL_PAYMENT:
        _level_on_a_curve(tenor, work)
        return
    payment = 1.0 / tenor
    if rate > 0.0:
        payment = rate / -np.expm1(-tenor * np.log1p(rate))
    work[OWED, 0] = 1.0
    for year in range(1, tenor + 1):
        left = float(tenor - year)
        if options[SIZING] == LEVEL_PRINCIPAL:
            work[OWED, year] = left / tenor
        elif rate > 0.0:
            work[OWED, year] = payment * -np.expm1(-left * np.log1p(rate)) / rate
        else:
            work[OWED, year] = payment * left


@njit(cache=True)
def _by_share(share: float, fixed: float, fee: float, reserve: float, once: bool) -> float:
    """Size of a loan that pays a share of the uses."""
    if once:
        with_fee = share * (1.0 + share * fee)
        return with_fee * fixed / (1.0 - with_fee * reserve)
    return share * fixed / (1.0 - share * (fee + reserve))


@njit(cache=True)
def _finance(p: Array, options: Places, cased: bool, work: Array) -> tuple[float, float]:
    """Fill the balances of the loan; return uses, and the reserves in them."""
    working = p[WORKING_MONTHS] / MONTHS_PER_YEAR * work[RUNNING, 1]
    fixed = p[COST] + p[OTHER_FINANCING] + p[CLOSING] + working
    months = p[DEBT_MONTHS] / MONTHS_PER_YEAR
    sizing = options[SIZING]
    if sizing == SCULPTED and not cased:
        _sculpt(p, options, p[DSCR], work)
    elif sizing in {LEVEL_PAYMENT, LEVEL_PRINCIPAL}:
        _level(p, options, work)
    size = work[OWED, 0]
    factor = 1.0
    if size > 0.0:
        first = (1.0 + work[RATE, 1]) * size - work[OWED, 1]
        reserve = months * first / size
        if sizing == SCULPTED:
            if np.isfinite(p[MOST_SHARE]):
                limit = _by_share(p[MOST_SHARE], fixed, p[FEE], reserve, False)
                factor = min(1.0, limit / size)
        elif sizing != GIVEN:
            factor = _by_share(p[SHARE], fixed, p[FEE], reserve, options[ONCE] == 1)
    if factor != 1.0:
        for year in range(int(p[TENOR]) + 1):
            work[OWED, year] *= factor
    size = work[OWED, 0]
    held = 0.0
    if sizing != NO_DEBT:
        held = months * ((1.0 + work[RATE, 1]) * size - work[OWED, 1])
    return fixed + p[FEE] * size + held, working + held


@njit(cache=True)
def _sweep(p: Array, work: Array) -> None:
    """Fill what is due each year, and lower the balances by what is swept."""
    for year in range(1, work.shape[1]):
        work[DUE, year] = (1.0 + work[RATE, year]) * work[OWED, year - 1] - work[OWED, year]
    if p[SWEEP] <= 0.0:
        return
    for year in range(1, work.shape[1]):
        opening, scheduled = work[OWED, year - 1], work[DUE, year]
        interest = work[RATE, year] * opening
        principal = max(scheduled - interest, 0.0)
        if year >= p[SWEEP_FROM]:
            principal += p[SWEEP] * max(work[NET, year] - scheduled, 0.0)
        work[OWED, year] = max(opening - principal, 0.0)
        work[DUE, year] = min(scheduled, interest + opening)


@njit(cache=True)
def _after_loss(income: float, pool: float, cap: float, carried: bool) -> tuple[float, float]:
    """Taxable income and the losses left, after losses carried forward."""
    if not carried:
        return income, 0.0
    gain = max(income, 0.0)
    used = min(pool, cap * gain)
    return gain - used, pool - used + max(-income, 0.0)


@njit(cache=True)
def _flow(
    p: Array,
    options: Places,
    written_off: Array,
    qualifying: float,
    step: float,
    uses: float,
    reserves: float,
    work: Array,
) -> None:
    """Fill the flows of the owners, after debt, reserves, taxes and credits."""
    life = int(p[LIFE])
    basis = p[COST] + p[OTHER_FINANCING]
    if options[WITH_FEES]:
        basis = uses - reserves
    worth = qualifying * basis
    itc = min(p[ITC] * worth, p[ITC_LIMIT])
    cut = p[ITC_CUT] * itc / worth if worth > 0.0 else 0.0
    work[FLOW, 0] = work[OWED, 0] - uses
    federal_pool = state_pool = 0.0
    held = reserves
    carried = options[CARRIED] == 1
    for year in range(1, life + 1):
        net = work[NET, year]
        interest = work[RATE, year] * work[OWED, year - 1]
        principal = work[OWED, year - 1] - work[OWED, year]
        earned = p[RESERVE_INTEREST] * held
        next_held = 0.0
        if year < life:
            next_held = (
                p[DEBT_MONTHS] * work[DUE, year + 1] + p[WORKING_MONTHS] * work[RUNNING, year + 1]
            ) / MONTHS_PER_YEAR
        income = net + earned - interest
        depreciation = basis * (written_off[2, year - 1] - cut * written_off[3, year - 1])
        taxed, state_pool = _after_loss(income - depreciation, state_pool, p[LOSS_CAP], carried)
        state = p[STATE] * taxed
        depreciation = basis * (written_off[0, year - 1] - cut * written_off[1, year - 1])
        taxed, federal_pool = _after_loss(
            income - depreciation - state, federal_pool, p[LOSS_CAP], carried
        )
        credit = itc if year == 1 else 0.0
        if year <= p[PTC_YEARS] and p[PTC] > 0.0:
            rate = p[PTC] * (1.0 + p[PTC_ESCALATION]) ** (year - 1)
            if step > 0.0:
                rate = np.floor(rate / step + 0.5) * step
            credit += rate * work[SOLD, year]
        work[FLOW, year] = (
            income - principal - (next_held - held) - state - p[FEDERAL] * taxed
        ) + p[TRANSFER] * credit
        held = next_held


@njit(cache=True)
def _measure(
    p: Array,
    uses: float,
    preferred: float,
    promote: float,
    work: Array,
    figures: Array,
    status: Places,
) -> None:
    """Fill the figures of one row, and the statuses of the rates of all owners and of investors."""
    last = work.shape[1] - 1
    size, tenor = work[OWED, 0], int(p[TENOR])
    least, total, counted, cover, v = np.inf, 0.0, 0, 0.0, 1.0
    for year in range(1, last + 1):
        if year <= tenor:
            v /= 1.0 + work[RATE, year]
            cover += v * work[NET, year]
        if work[DUE, year] > 0.0 and size > 0.0:
            ratio = work[NET, year] / work[DUE, year]
            least, total, counted = min(least, ratio), total + ratio, counted + 1
    owed, sponsor, v = 0.0, 0.0, 1.0
    for period in range(last + 1):
        amount = work[FLOW, period]
        work[CASH, period] = amount - work[REVENUE, period]
        owed *= 1.0 + preferred
        first = min(max(amount, 0.0), owed)
        owed += max(-amount, 0.0) - first
        given = promote * (max(amount, 0.0) - first)
        work[INVESTOR, period] = amount - given
        if period > 0:
            v /= 1.0 + ((1.0 + p[DISCOUNT]) * (1.0 + work[INFLATED, period]) - 1.0)
        sponsor += v * given
    inflation = work[INFLATED]
    sold = _worth(work[SOLD], inflation, p[DISCOUNT])
    cost = -_worth(work[CASH], inflation, p[DISCOUNT])
    real = _npv(work[SOLD], p[DISCOUNT])
    # In the order of METRICS.
    figures[1], status[0] = _irr(work[FLOW])
    figures[11], status[1] = figures[1], status[0]
    if promote > 0.0:
        figures[11], status[1] = _irr(work[INVESTOR])
    figures[0] = _worth(work[FLOW], inflation, p[DISCOUNT])
    figures[2] = size
    figures[3] = uses - size
    figures[4] = uses
    figures[5] = least if counted else np.nan
    figures[6] = total / counted if counted else np.nan
    figures[7] = cover / size if size > 0.0 else np.nan
    figures[8] = cost / sold if sold > 0.0 else np.nan
    figures[9] = cost / real if real > 0.0 else np.nan
    figures[10] = figures[0] - sponsor
    figures[12] = sponsor


@njit(cache=True, parallel=True)
def run_rows(
    shared: Array,
    changing: Array,
    at: Places,
    energy_factor: Array,
    price_factor: Array,
    interest_curve: Array,
    inflation_curve: Array,
    given_balance: Array,
    case_dscr: Array,
    case_energy_factor: Array,
    case_price_factor: Array,
    written_off: Array,
    options: Places,
    qualifying: float,
    step: float,
    tiers: Array,
    figures: Array,
    flows: Array,
    status: Places,
) -> None:
    """Work out every row, a block of rows at a time on each core."""
    count = figures.shape[0]
    years = written_off.shape[1]
    for block in prange((count + ROWS_AT_ONCE - 1) // ROWS_AT_ONCE):
        p = shared.copy()
        work = np.zeros((ROWS, years + 1))
        for row in range(block * ROWS_AT_ONCE, min((block + 1) * ROWS_AT_ONCE, count)):
            for place in range(at.size):
                p[at[place]] = changing[row, place]
            work[:] = 0.0
            energy = energy_factor[row if energy_factor.shape[0] > 1 else 0]
            price = price_factor[row if price_factor.shape[0] > 1 else 0]
            work[RATE], work[INFLATED] = p[INTEREST], p[INFLATION]
            if interest_curve.shape[0] > 0:
                work[RATE, 1:] = interest_curve[row if interest_curve.shape[0] > 1 else 0]
            if inflation_curve.shape[0] > 0:
                work[INFLATED, 1:] = inflation_curve[row if inflation_curve.shape[0] > 1 else 0]
            cased = case_dscr.shape[0] > 0
            if cased:
                own = row if case_dscr.shape[1] > 1 else 0
                _size_on_cases(
                    p,
                    options,
                    energy,
                    price,
                    case_dscr[:, own],
                    case_energy_factor[:, own],
                    case_price_factor[:, own],
                    work,
                )
            _operate(p, energy, price, work)
            if options[SIZING] == GIVEN:
                work[OWED] = given_balance[row if given_balance.shape[0] > 1 else 0]
            uses, reserves = _finance(p, options, cased, work)
            _sweep(p, work)
            _flow(p, options, written_off, qualifying, step, uses, reserves, work)
            _measure(p, uses, tiers[row, 0], tiers[row, 1], work, figures[row], status[row])
            if flows.shape[0] > 0:
                flows[row] = work[FLOW]
