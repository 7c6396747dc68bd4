"""Deals in sentences: what each investor pays, gets back and asks, and where prices fall short."""

from __future__ import annotations

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report import deals
from gigaplan.report.numbers import counted, listed, rounded, usd

MOST_NAMES = 4

CLASSES = {"campus": "campuses", "accelerator": "accelerators", "energy": "own power"}


def rate(frac: float) -> str:
    """Return a yearly rate to a tenth of a percentage point.

    Examples
    --------
    >>> rate(0.1165), rate(-0.002)
    ('11.7%', '\u22120.2%')
    """
    return f"{rounded(100 * frac, 1)}%".replace("-", "\u2212")


def deal_sentences(plan: Plan) -> str:
    """Return what the programme earns, who falls short, and where prices do; nominal money."""
    if not deals.has_deals(plan.tables):
        return ""
    table = deals.returns(plan.tables)
    number = len(plan.tables["deals"])
    parts = [_programme(table, number), _who_falls_short(table), price_warning(plan)]
    return " ".join(filter(None, parts))


def _programme(table: pd.DataFrame, number: int) -> str:
    whole = table[table["level"] == "programme"]
    count = counted(number, "deal", "deals")
    if not len(whole):
        return f"Everything that the programme pays for makes {count}."
    row = whole.iloc[0]
    return (
        f"As {count}, in nominal dollars, the programme's owners pay {_usd(row, 'paid')} and get "
        f"{_usd(row, 'received')} back: {_earned(row)}."
    )


def _usd(row: pd.Series, way: str) -> str:
    return usd(float(row[f"{way}_usd_nominal_m"]))


def _who_falls_short(table: pd.DataFrame) -> str:
    """Return who earns less than asked."""
    own = table[(table["level"] == "investor") & (table["paid_usd_nominal_m"] > 0)]
    short = own[own["short"] > 0]
    if not len(short):
        return "Everybody who pays in earns what was asked." if len(own) > 1 else ""
    names = [f"{row['name']} ({_beside(row)})" for _, row in short.head(MOST_NAMES).iterrows()]
    more = len(short) - len(names)
    rest = f" and {counted(more, 'more', 'more')}" if more else ""
    who = ", ".join(names) + rest if rest else listed(names)
    verb = "falls" if len(short) == 1 else "fall"
    return f"{who} {verb} short of what was asked."


def _beside(row: pd.Series) -> str:
    """Return a rate against the one that is asked."""
    if pd.isna(row["irr_frac"]):
        return f"worth {_usd(row, 'npv')} at the {rate(row['required_frac'])} asked"
    return f"{rate(row['irr_frac'])} against {rate(row['required_frac'])}"


def _earned(row: pd.Series) -> str:
    """Return a return in words, with its status where there is none or more than one."""
    asked = rate(row["required_frac"])
    if row["irr_status"] == "none":
        return f"no rate of return fits these flows; {asked} a year is asked"
    if pd.isna(row["irr_frac"]):
        worth = _usd(row, "npv")
        return (
            "more than one rate of return fits these flows, so none is told; discounted at the "
            f"{asked} a year asked, they come to {worth}"
        )
    got = rate(row["irr_frac"])
    if got == asked:
        return f"{got} a year, as asked"
    where = "below" if row["short"] else "above"
    return f"{got} a year, {where} the {asked} asked"


def investor_sentences(plan: Plan) -> list[str]:
    """Return a sentence for each investor: what it pays, gets back, and earns.

    Examples
    --------
    ``Gulf fund pays $9.2 billion and gets $38 billion back: 11.7% a year, above the 11.0% asked.``
    """
    if not deals.has_deals(plan.tables):
        return []
    table = deals.returns(plan.tables)
    rows = table[table["level"] == "investor"].sort_values(
        "paid_usd_nominal_m", ascending=False, kind="stable"
    )
    return [_investor(row) for _, row in rows.iterrows()]


def _investor(row: pd.Series) -> str:
    name, back = str(row["name"]), _usd(row, "received")
    if not row["paid_usd_nominal_m"] > deals.NOTHING_USD_M:
        return f"{name} pays nothing in and gets {back}: its part of what owners share out."
    many = _is_plural(name)
    gives = ("lend" if row["instrument"] == "debt" else "pay") + ("" if many else "s")
    gets = "get" if many else "gets"
    return (
        f"{name} {gives} {usd(row['paid_usd_nominal_m'])} and {gets} {back} back: {_earned(row)}."
    )


def _is_plural(name: str) -> bool:
    """Return whether a name reads as several, such as Lenders.

    >>> _is_plural("Project bonds"), _is_plural("Gulf fund"), _is_plural("Express")
    (True, False, False)
    """
    return name.endswith("s") and not name.endswith("ss")


def price_warning(plan: Plan) -> str:
    """Return where the price falls short of the required one; nothing where it does nowhere."""
    if not deals.has_deals(plan.tables):
        return ""
    table = deals.deals(plan.tables)
    short = table[table["short"] > 0]
    if not len(short):
        return ""
    gap = 1.0 - short["price_usd_nominal"] / short["required_price_usd_nominal"]
    worst = short.iloc[int(gap.to_numpy().argmax())]
    many = (
        f"In {len(short)} of {counted(len(table), 'deal', 'deals')} the price is"
        if len(table) > 1
        else "The price is"
    )
    return (
        f"{many} below the one that earns what owners ask; furthest in {worst['deal']} "
        f"({worst['zone']}), which sells at {rounded(float(worst['price_usd_nominal']), 2)} and "
        f"needs {rounded(float(worst['required_price_usd_nominal']), 2)} USD per {worst['unit']} "
        "in its first year."
    )


def levelised_sentence(plan: Plan) -> str:
    """Return levelised costs by what is sold; nominal dollars, the same in every year."""
    if not deals.has_deals(plan.tables):
        return ""
    table = plan.tables["deals"].dropna(subset=["levelised_cost_usd_nominal"])
    parts = []
    for (what, unit), own in table.groupby(["capital_class", "unit"], sort=False):
        cost = own["levelised_cost_usd_nominal"]
        low, high = (rounded(float(value), 2) for value in (cost.min(), cost.max()))
        span = low if low == high else f"{low} to {high}"
        parts.append(f"{CLASSES.get(str(what), str(what))} {span} USD per {unit}")
    if not parts:
        return ""
    return f"Levelised costs at the return asked, in nominal dollars: {listed(parts)}."
