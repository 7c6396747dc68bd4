"""Tables of the deal book: deals, their ledgers, sources and uses, and capital calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.dealbook.closing import DealBook
from gigaplan.finance.deal import Closed
from gigaplan.finance.ledgers import construction_lines, operation_lines
from gigaplan.finance.present_value import dated_times
from gigaplan.finance.returns import rates_of_return
from gigaplan.finance.yearly_returns import rate_among
from gigaplan.plan.tables import without_rows

Array = npt.NDArray[np.float64]
DEAL_METRICS = ("min_dscr", "mean_dscr", "llcr", "plcr", "debt_share_frac")


def deals_table(book: DealBook) -> pd.DataFrame:
    """Return the table ``deals``: one row for each phase of a project."""
    rows = []
    for place, (one, closed) in enumerate(zip(book.priced, book.closed, strict=True)):
        found = {name: float(values[0]) for name, values in closed.pro_forma.metrics.items()}
        cash = closed.owner_flow_usd_nominal[np.newaxis]
        owners = rate_among(cash, rates_of_return(cash, dated_times(closed.dates)).roots_frac)
        built = closed.construction
        rows.append(
            {
                "deal": closed.deal.name,
                **{
                    name: str(one.phase[name])
                    for name in ("project", "asset", "capital_class", "zone")
                },
                "opens": closed.deal.opens.isoformat(),
                "life_years": int(np.max(closed.deal.project.plant.life_years)),
                "capacity_mw": float(one.phase["capacity_mw"]),
                "unit": one.offtake.unit,
                "price_usd_nominal": float(book.prices.used[place]),
                "market_price_usd_nominal": float(book.prices.market[place]),
                "required_price_usd_nominal": float(book.prices.required[place]),
                "levelised_cost_usd_nominal": found["lcoe_nominal_usd_per_mwh"],
                "capex_usd_nominal_m": float(closed.deal.capex_usd_nominal.sum()) / 1e6,
                "grants_usd_nominal_m": one.grants_usd_nominal / 1e6,
                "construction_loan_usd_nominal_m": built.loan_usd_nominal / 1e6,
                "uses_usd_nominal_m": found["uses_usd_nominal"] / 1e6,
                "debt_usd_nominal_m": found["debt_usd_nominal"] / 1e6,
                "equity_usd_nominal_m": found["equity_usd_nominal"] / 1e6,
                "interest_frac": float(np.mean(closed.deal.project.debt.interest_frac)),
                **{name: found[name] for name in DEAL_METRICS},
                "irr_frac": float(owners.rate_frac[0]),
                "irr_status": str(owners.status[0]),
                "required_frac": one.funding.equity_return_frac,
                "payback_years": found["payback_years"],
                "lock_up_years": int(found["lock_up_years"]),
                "default_years": int(found["default_years"]),
            }
        )
    return pd.DataFrame(rows) if rows else without_rows("deals")


def ledger_table(book: DealBook) -> pd.DataFrame:
    """Return the table ``deal_ledger``: every line of every year of operation, from opening on."""
    return _long("deal_ledger", [_operation(closed) for closed in book.closed], "year")


def construction_table(book: DealBook) -> pd.DataFrame:
    """Return the table ``construction_ledger``: money of every month from close to opening."""
    return _long("construction_ledger", [_construction(one) for one in book.closed], "month")


def _operation(closed: Closed) -> pd.DataFrame:
    days, lines = operation_lines(closed)
    years = [day.year - 1 for day in days]
    return _wide(closed, lines, year=years)


def _construction(closed: Closed) -> pd.DataFrame:
    days, lines = construction_lines(closed)
    return _wide(closed, lines, month=[day.isoformat() for day in days])


def _wide(closed: Closed, lines: Mapping[str, Array], **period: Sequence[object]) -> pd.DataFrame:
    """Return the lines of a deal as columns of millions, after its name and the period."""
    millions = {name: line / 1e6 for name, line in lines.items()}
    return pd.DataFrame({"deal": closed.deal.name, **period, **millions})


def _long(table: str, parts: list[pd.DataFrame], period: str) -> pd.DataFrame:
    """Return one row for each deal, period and line; lines without money are left out."""
    if not parts:
        return without_rows(table)
    wide = pd.concat(parts, ignore_index=True)
    tall = wide.melt(["deal", period], var_name="line", value_name="usd_nominal_m").dropna()
    return tall[tall["usd_nominal_m"] != 0.0].reset_index(drop=True)


def sources_uses_table(book: DealBook) -> pd.DataFrame:
    """Return the table ``sources_uses``: what deals cost up to opening, and who pays.

    Uses and sources are those at the opening: the term loan has replaced the construction loan.
    """
    rows = []
    for one, closed in zip(book.priced, book.closed, strict=True):
        money = _uses(closed, one.grants_usd_nominal)
        sources = _sources(closed) | {"Grants": one.grants_usd_nominal}
        for side, items in (("use", money), ("source", sources)):
            rows += [
                (str(one.phase["capital_class"]), side, item, usd / 1e6)
                for item, usd in items.items()
            ]
    columns = ["capital_class", "side", "item", "usd_nominal_m"]
    table = pd.DataFrame(rows, columns=columns)
    summed = table.groupby(columns[:3], sort=False)["usd_nominal_m"].sum().reset_index()
    return summed[summed["usd_nominal_m"].abs() > 1e-9].reset_index(drop=True)


def _uses(closed: Closed, grants_usd_nominal: float) -> Mapping[str, float]:
    built, found = closed.construction, closed.pro_forma
    fee = float(np.max(closed.deal.project.debt.upfront_fee_frac))
    return {
        "capex": float(closed.deal.capex_usd_nominal.sum()) + grants_usd_nominal,
        "interest during construction": float(built.interest_usd_nominal.sum()),
        "fees": float(built.commitment_fee_usd_nominal.sum())
        + built.upfront_fee_usd_nominal
        + fee * float(found.metrics["debt_usd_nominal"][0]),
        "reserves": float(found.ledger["reserve_balance_usd_nominal"][0, 0]),
    }


def _sources(closed: Closed) -> dict[str, float]:
    opening = len(closed.deal.months)
    equity = {
        name: -float(flow[:opening].sum())
        for name, flow in closed.flows_by_owner().items()
        if name in closed.deal.equity
    }
    debt = float(closed.pro_forma.metrics["debt_usd_nominal"][0])
    for name, part in closed.lent().items():
        equity[name] = equity.get(name, 0.0) + part * debt
    return equity


def calls_table(flows: pd.DataFrame) -> pd.DataFrame:
    """Return the table ``capital_calls``: what each investor pays in, quarter by quarter."""
    if flows.empty:
        return without_rows("capital_calls")
    quarter = pd.PeriodIndex(pd.to_datetime(flows["date"]), freq="Q").astype(str)
    paid = flows.assign(quarter=quarter)
    columns = ["investor", "instrument", "quarter"]
    table = paid.groupby(columns)["paid_usd_nominal_m"].sum().reset_index()
    table = table[table["paid_usd_nominal_m"] > 0].reset_index(drop=True)
    table["cumulative_usd_nominal_m"] = table.groupby(columns[:2])["paid_usd_nominal_m"].cumsum()
    return table
