"""Deal checks: cost, sources, ledgers, flows and returns of the deals agree with each other."""

from __future__ import annotations

from datetime import date

import pandas as pd

from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding
from gigaplan.plan.verify.labelled import agree

COSTS = "upkeep_by_capacity upkeep_by_energy upkeep_fixed insurance property_tax land_lease".split()
EARNED = ("energy_revenue", "other_revenue", "salvage", *COSTS)
AFTER_EBITDA = (
    "reserve_interest interest principal reserve_change maintenance federal_tax state_tax itc ptc "
    "trapped_change"
).split()


def deal_findings(fields: Fields) -> list[Finding]:
    """Add up deals again from their tables."""
    tables = fields.plan.tables
    deals, flows = tables["deals"], tables["investor_flows"]
    ledger = _wide(tables["deal_ledger"], "year")
    months = _wide(tables["construction_ledger"], "month")
    sides = tables["sources_uses"].groupby(["capital_class", "side"])["usd_nominal_m"].sum()
    by_side = sides.unstack("side", fill_value=0)
    return [
        _sizes(deals, tables["projects"]),
        agree("sources of deals are their uses", _at(by_side, "source"), _at(by_side, "use")),
        agree(
            "debt and equity pay for construction",
            _at(months, "debt") + _at(months, "equity"),
            _at(months, "uses"),
        ),
        agree(
            "construction loans are what was drawn",
            _at(months, "debt").groupby("deal").sum(),
            deals.set_index("deal")["construction_loan_usd_nominal_m"],
        ),
        agree("revenue less cost is EBITDA", _added(ledger, EARNED), _at(ledger, "ebitda")),
        *_operation(ledger),
        *_flows(flows, ledger, months, deals),
        *_returns(flows, tables["returns"]),
    ]


def _wide(table: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return lines as columns by deal and period; a line without money is zero."""
    summed = table.groupby(["deal", period, "line"])["usd_nominal_m"].sum()
    return summed.unstack("line", fill_value=0)


def _at(wide: pd.DataFrame, line: str) -> pd.Series:
    return wide[line] if line in wide else pd.Series(0.0, index=wide.index)


def _added(wide: pd.DataFrame, lines: list[str] | tuple[str, ...]) -> pd.Series:
    return wide.reindex(columns=list(lines), fill_value=0.0).sum(axis=1)


def _sizes(deals: pd.DataFrame, projects: pd.DataFrame) -> Finding:
    """Phases of a project add up to it."""
    own = projects.set_index("project")["capacity_mw"]
    listed = deals.groupby("project")["capacity_mw"].sum()
    return agree("deals add up to their projects", listed, own.reindex(listed.index))


def _operation(ledger: pd.DataFrame) -> list[Finding]:
    """Cash paid is cash available in every year, and loans are repaid."""
    opening = ledger.groupby("deal").cumcount() == 0
    running, opened = ledger[~opening], ledger[opening]
    balance = _at(ledger, "debt_balance")
    repaid = -_at(ledger, "principal")
    before = balance.groupby("deal").shift(fill_value=0.0)
    return [
        agree(
            "cash paid is cash available",
            _at(running, "owner_flow"),
            _at(running, "ebitda") + _added(running, AFTER_EBITDA),
        ),
        agree(
            "owners pay at the opening what debt does not",
            -_at(opened, "owner_flow"),
            -_added(opened, ["purchase", "debt_fees", "reserve_change"])
            - _at(opened, "debt_drawn"),
        ),
        agree("debt falls by what is repaid", (before - balance)[~opening], repaid[~opening]),
        agree("debt is repaid at the end", balance.groupby("deal").last(), 0.0),
    ]


def _flows(
    flows: pd.DataFrame, ledger: pd.DataFrame, months: pd.DataFrame, deals: pd.DataFrame
) -> list[Finding]:
    """Flows of owners and lenders are those of the deals."""
    opens = deals.set_index("deal")["opens"]
    net = flows["received_usd_nominal_m"] - flows["paid_usd_nominal_m"]
    day = flows["date"].map(date.fromisoformat)
    opened = flows["deal"].map(opens.map(date.fromisoformat))
    owned, later = flows["instrument"] == "equity", day > opened
    year = day.map(lambda at: at.year - 1).rename("year")
    by_year = net[owned & later].groupby([flows["deal"], year]).sum()
    paid = _at(ledger, "owner_flow")
    first = ledger.groupby("deal").cumcount() == 0
    lent = net[~owned & later].groupby(flows["deal"]).sum()
    service = -_added(ledger, ["interest", "principal"]).groupby("deal").sum()
    building = -net[owned & ~later].groupby(flows["deal"]).sum()
    return [
        agree("owners get what deals pay them", by_year, paid[~first]),
        agree("owners pay in what deals ask", building, -paid[first].groupby("deal").sum()),
        agree("lenders get interest and principal", lent, service[service > 0]),
    ]


def _returns(flows: pd.DataFrame, returns: pd.DataFrame) -> list[Finding]:
    """Compare the table of returns with the flows, and discount them at its rates."""
    own = returns[returns["level"] == "investor"].set_index(["name", "instrument"])
    keys = [flows["investor"].rename("name"), flows["instrument"]]
    columns = ["paid_usd_nominal_m", "received_usd_nominal_m"]
    summed = flows[columns].groupby(keys).sum()
    return [
        *(agree(f"{name} of returns adds up", own[name], summed[name]) for name in columns),
        _worthless(flows, own),
    ]


def _worthless(flows: pd.DataFrame, own: pd.DataFrame) -> Finding:
    """Discount every investor's flows at its rate of return."""
    days = pd.to_datetime(flows["date"])
    years = (days - days.min()).dt.days / 365.0
    names = pd.MultiIndex.from_arrays([flows["investor"], flows["instrument"]])
    rate = own["irr_frac"].reindex(names).to_numpy(dtype=float)
    net = flows["received_usd_nominal_m"] - flows["paid_usd_nominal_m"]
    worth = net * (1.0 + rate) ** -years
    keys = [flows["investor"].rename("name"), flows["instrument"]]
    total = worth.dropna().groupby(keys).sum()
    paid = flows["paid_usd_nominal_m"].groupby(keys).sum()
    return agree("rates of return make flows worth nothing", total + paid, paid[total.index])
