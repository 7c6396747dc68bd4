"""The sponsor's round: how much it raises for its part of the plan, and who owns what after it."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd

from gigaplan.finance.round.cap_table import CapTable, Common, Holding, Preferred, ownership
from gigaplan.finance.round.convertibles import Safe
from gigaplan.finance.round.priced_round import close_round
from gigaplan.finance.round.proceeds import new_money_needed
from gigaplan.finance.round.round_terms import ClosedRound, NewMoney, Round
from gigaplan.inputs.scenario.finance import Round as Asked
from gigaplan.plan.tables import without_rows

SHARES_BEFORE = 1e9
COMMON, NEW = "common", "new preferred"
BILLION = 1e9


def round_tables(asked: Asked | None, sponsor: str, flows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the tables ``cap_table`` and ``sponsor_round``; without rows where no round is asked.

    The new money pays for what the deals call from the sponsor, quarter by quarter, beyond its own
    cash.

    Parameters
    ----------
    asked
        Terms of the round.
    sponsor
        Name of the sponsor among the investors.
    flows
        The table ``investor_flows``.
    """
    own = flows[(flows["investor"] == sponsor) & (flows["instrument"] == "equity")]
    called = own.groupby("date")["paid_usd_nominal_m"].sum().to_numpy(dtype=float) / 1e3
    if asked is None or not called.sum() > 0:
        return {name: without_rows(name) for name in ("cap_table", "sponsor_round")}
    cash = np.zeros_like(called)
    cash[0] = asked.own_cash_usd_b
    needed = float(new_money_needed(called, cash, asked.cost_frac))
    if needed == 0.0:
        return {name: without_rows(name) for name in ("cap_table", "sponsor_round")}
    closed = _closed(asked, needed)
    return {
        "cap_table": cap_table(closed),
        "sponsor_round": _terms(asked, closed, needed, float(called.sum())),
    }


def _closed(asked: Asked, new_money_usd_b: float) -> ClosedRound:
    before = CapTable(
        (Common(COMMON),),
        tuple(Holding(name, COMMON, part * SHARES_BEFORE) for name, part in asked.holders.items()),
    )
    terms = Round(
        Preferred(NEW, 1.0, liquidation_multiple=asked.liquidation_multiple, seniority=1),
        datetime.date(asked.year, 1, 1),
        asked.pre_money_usd_b * BILLION,
        tuple(
            NewMoney(name, part * new_money_usd_b * BILLION)
            for name, part in asked.new_investors.items()
        ),
        pool_frac=asked.pool_frac,
    )
    safes = [
        Safe(
            safe.holder,
            safe.investment_usd_b * BILLION,
            None if safe.cap_usd_b is None else safe.cap_usd_b * BILLION,
            safe.discount_frac,
        )
        for safe in asked.safes
    ]
    return close_round(before, terms, safes)


def cap_table(closed: ClosedRound) -> pd.DataFrame:
    """Return who holds what before and after a round, as if all shares were converted."""
    parts = {"before": ownership(closed.before), "after": ownership(closed.after)}
    total = {"before": closed.before.fully_diluted, "after": closed.after.fully_diluted}
    table = pd.DataFrame(parts).fillna(0.0)
    paid = {part.holder: part.amount_usd for part in closed.conversions}
    for holding in closed.after.holdings:
        if holding.share_class == NEW:
            paid[holding.holder] = paid.get(holding.holder, 0.0) + holding.shares * closed.price_usd
    classes: dict[str, list[str]] = {}
    for holding in closed.after.holdings:
        classes.setdefault(holding.holder, []).append(holding.share_class)
    holders = [str(name) for name in table.index]
    return pd.DataFrame(
        {
            "holder": holders,
            "share_class": [", ".join(classes.get(name, ["options"])) for name in holders],
            "shares_before": (table["before"] * total["before"]).to_numpy(),
            "shares_after": (table["after"] * total["after"]).to_numpy(),
            "ownership_before_frac": table["before"].to_numpy(),
            "ownership_after_frac": table["after"].to_numpy(),
            "invested_usd_nominal_m": [paid.get(name, 0.0) / 1e6 for name in holders],
        }
    )


def _terms(asked: Asked, closed: ClosedRound, new_money: float, called: float) -> pd.DataFrame:
    own = min(asked.own_cash_usd_b, called)
    millions = {
        "value before the money": asked.pre_money_usd_b,
        "new money": new_money,
        "value after the money": closed.post_money_usd / BILLION,
        "use: calls of deals": called - own,
        "use: cost of the round": asked.cost_frac * new_money,
        "calls paid from own cash": own,
    }
    rows = [(item, value * 1e3, "M$ nominal") for item, value in millions.items()]
    rows.append(("price of a share", closed.price_usd, "USD"))
    return pd.DataFrame(rows, columns=["item", "value", "unit"])
