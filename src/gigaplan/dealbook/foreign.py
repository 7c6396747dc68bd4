"""Foreign investors: what they get back in their own currency, when they hedge."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from gigaplan.dealbook.facts import PlanFacts
from gigaplan.finance.currency import Hedge, RatePath, forward_path, investor_flows
from gigaplan.finance.yearly_returns import irr
from gigaplan.plan.tables import without_rows
from gigaplan.terms.country import HOME
from gigaplan.terms.errors import Fault, InputError

USD = "USD"


def foreign_returns_table(flows: pd.DataFrame, facts: PlanFacts) -> pd.DataFrame:
    """Return the table ``foreign_returns``: returns of foreign investors in their own currency.

    Flows are those of calendar years. Unhedged, the rate of exchange stays what it is today, so
    that the return is that in dollars. Hedged, every flow after the first year is sold forward at
    covered interest parity, at the cost of the table ``currencies``.

    Parameters
    ----------
    flows
        The table ``investor_flows``.
    facts
        The plan.

    Raises
    ------
    InputError
        If the table ``currencies`` lacks the country of an investor.
    """
    terms = facts.tables["investor_terms"]
    money = facts.dataset.table("currencies").set_index("country")
    abroad = terms[(terms["country"] != HOME) & terms["investor"].isin(flows["investor"])]
    unknown = sorted(set(abroad["country"]) - set(money.index))
    if unknown:
        what = f"It has no currency of {', '.join(unknown)}."
        fault = Fault(what, "currencies", "Add a row for the country.")
        headline = "The currency of an investor is unknown."
        raise InputError(headline, [fault])
    rows = [
        _returned(str(row.investor), str(row.country), flows, money, facts)
        for row in abroad.itertuples()
        if money["currency"][str(row.country)] != USD
    ]
    return pd.DataFrame(rows) if rows else without_rows("foreign_returns")


def _returned(
    investor: str, country: str, flows: pd.DataFrame, money: pd.DataFrame, facts: PlanFacts
) -> dict[str, object]:
    own = flows[flows["investor"] == investor]
    net = own["received_usd_nominal_m"] - own["paid_usd_nominal_m"]
    by_year = net.groupby(own["date"].map(lambda day: date.fromisoformat(day).year)).sum()
    first, last = int(by_year.index.min()), int(by_year.index.max())
    cash = by_year.reindex(range(first, last + 1), fill_value=0.0).to_numpy(dtype=float)
    terms = money.astype(object).loc[country].to_dict()
    spot = 1.0 / float(terms["usd_per_unit"])
    currency = str(terms["currency"])
    years = last - facts.base_year
    forward = forward_path(
        currency,
        facts.base_year,
        spot,
        np.full(years, float(money["interest_frac"][HOME])),
        np.full(years, float(terms["interest_frac"])),
    )
    still = RatePath(currency, facts.base_year, np.full(years + 1, spot))
    cost = float(terms["hedge_cost_frac"])
    hedged = investor_flows(cash, first, still, forward, Hedge(1.0, cost))
    in_usd, in_own = irr(cash[np.newaxis]), irr(hedged.hedged[np.newaxis])
    return {
        "investor": investor,
        "country": country,
        "currency": currency,
        "units_per_usd": spot,
        "forward_units_per_usd": float(forward.units_per_usd[-1]),
        "irr_usd_frac": float(in_usd.rate_frac[0]),
        "irr_hedged_frac": float(in_own.rate_frac[0]),
        "irr_status": str(in_own.status[0]),
        "hedging_cost_usd_nominal_m": float((hedged.hedging_cost / spot).sum()),
    }
