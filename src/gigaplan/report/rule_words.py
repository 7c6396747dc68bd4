"""Rules in sentences: how many deals are clear, file or need facts, and what is at stake."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.policy.finding import Verdict
from gigaplan.policy.screen import DISCLAIMER
from gigaplan.report import rules
from gigaplan.report.numbers import counted, listed, rounded, usd

MOST_RULES: Final = 2
"""Rules that a sentence names for a verdict."""

SAID: Final = {
    Verdict.BLOCK_RISK: ("is at risk of a block", "are at risk of a block"),
    Verdict.MITIGATE: ("expects a review with terms", "expect a review with terms"),
    Verdict.FILE_MANDATORY: ("has to file or sign", "have to file or sign"),
    Verdict.FILE_VOLUNTARY: ("may file for a safe harbour", "may file for a safe harbour"),
    Verdict.NEED_FACTS: ("needs facts", "need facts"),
    Verdict.CLEAR: ("is clear", "are clear"),
}
"""What a verdict means for one deal and for several, strictest first."""


def rule_sentences(plan: Plan) -> str:
    """Return how the deals of a plan stand with the rules; nothing where they were not screened."""
    if not rules.has_screen(plan.tables):
        return ""
    parts = [standing(plan), questions(plan), clock(plan), DISCLAIMER]
    return " ".join(filter(None, parts))


def standing(plan: Plan) -> str:
    """Return how many deals stand at each verdict with the money at stake [USD of 2025].

    Examples
    --------
    ``By the law of 2026-11-23, 30 rules were asked of 3 deals of investors: 1 may file for a safe
    harbour (Covered investment; $2.0 billion) and 2 need facts ($7.0 billion).``
    """
    screen, book = plan.tables["screen"], rules.deals(plan.tables)
    parts = [
        _group(verdict, book[book["strictness"] == int(verdict)], screen)
        for verdict in SAID
        if (book["strictness"] == int(verdict)).any()
    ]
    asked = counted(screen["rule"].nunique(), "rule", "rules")
    count = counted(len(book), "deal", "deals")
    were = "was" if screen["rule"].nunique() == 1 else "were"
    of = "an investor" if len(book) == 1 else "investors"
    return (
        f"By the law of {screen['as_of'].iloc[0]}, {asked} {were} asked of {count} of {of}: "
        f"{listed(parts)}."
    )


def _group(verdict: Verdict, own: pd.DataFrame, screen: pd.DataFrame) -> str:
    """Return how many deals stand at a verdict, by which rules, and the money at stake."""
    one, many = SAID[verdict]
    known = own["value_usd2025_m"].dropna()
    beside = [
        _by_rules(verdict, own, screen) if verdict > Verdict.NEED_FACTS else "",
        usd(float(known.sum())) if len(known) else "",
    ]
    told = "; ".join(filter(None, beside))
    return f"{len(own):,} {one if len(own) == 1 else many}" + (f" ({told})" if told else "")


def _by_rules(verdict: Verdict, own: pd.DataFrame, screen: pd.DataFrame) -> str:
    """Return the rules that give deals a verdict, those that most deals meet first."""
    found = screen[screen["deal"].isin(own["deal"]) & (screen["strictness"] == int(verdict))]
    titles = [title for title, _ in Counter(found["title"].astype(str)).most_common()]
    if len(titles) <= MOST_RULES:
        return listed(titles)
    more = counted(len(titles) - MOST_RULES, "more rule", "more rules")
    return listed([*titles[:MOST_RULES], more])


def questions(plan: Plan) -> str:
    """Return how many questions are open, each counted once over all deals."""
    number = len(rules.questions(plan.tables["screen"]))
    if not number:
        return ""
    return f"{counted(number, 'question is', 'questions are')} open."


def clock(plan: Plan) -> str:
    """Return the longest time that a finding takes, and the largest fee of a filing."""
    screen = plan.tables["screen"]
    open_ = screen[screen["strictness"] > int(Verdict.CLEAR)]
    timed = open_.dropna(subset=["most_days"])
    if not len(timed):
        return "Nothing that is known starts a clock."
    longest = timed.iloc[int(timed["most_days"].to_numpy().argmax())]
    text = (
        f"The longest clock runs up to {rounded(float(longest['most_days']), 0)} days: "
        f"{longest['title']}, for {longest['deal']}."
    )
    fees = open_.dropna(subset=["fee_usd"])
    if len(fees):
        dearest = float(fees["fee_usd"].max())
        text += f" The largest fee of a filing is ${rounded(dearest, 0)}."
    return text
