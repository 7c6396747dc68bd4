"""Screen of a plan: every investor with each class of what it pays for, by every rule in force."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gigaplan.inputs.dataset import Dataset
from gigaplan.plan.tables import Plan, without_rows
from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.finding import Finding
from gigaplan.policy.plan_credits import day_of_law
from gigaplan.policy.plan_deals import facts_of_plan
from gigaplan.policy.plan_facts import given_deal
from gigaplan.policy.screen import Screen, screens
from gigaplan.system.frame import Frame

JOINED: Final = "; "
MAY_BE_MISSING: Final = ("value_usd2025_m", "most_days", "fee_usd", "cap_frac")


def screen_table(plan: Plan, dataset: Dataset) -> pd.DataFrame:
    """Return the table ``screen``: a row for each deal of an investor and each rule.

    Facts that a plan does not know stay unknown, so that most rules ask for them.

    Parameters
    ----------
    plan
        The plan, with the tables of its investors.
    dataset
        Its data package.
    """
    if not plan.scenario.policy.screen:
        return without_rows("screen")
    deals = deals_of_investors(plan)
    day = day_of_law(plan.scenario.policy, Frame(plan.scenario, dataset))
    rows = [
        row(found, finding) for found in screens(deals, dataset, day) for finding in found.findings
    ]
    if not rows:
        return without_rows("screen")
    return pd.DataFrame(rows).astype(dict.fromkeys(MAY_BE_MISSING, "float64"))


def deals_of_investors(plan: Plan) -> list[Deal]:
    """Return the deals of a plan's investors, with the facts that its scenario tells of them."""
    return [given_deal(deal, plan.scenario) for deal in facts_of_plan(plan)]


def row(found: Screen, finding: Finding) -> dict[str, object]:
    """Return what one rule finds in one deal, as a row of the table ``screen``."""
    text = found.law.rules[finding.rule]
    follows = finding.consequence
    return {
        "deal": found.deal.name,
        "investor": found.deal.investor,
        "value_usd2025_m": found.deal.stake.value_usd_m,
        "family": text.family,
        "rule": finding.rule,
        "title": text.title,
        "verdict": finding.verdict.words,
        "strictness": int(finding.verdict),
        "facts": JOINED.join(fact.says for fact in finding.facts),
        "says": finding.says,
        "citation": finding.citation,
        "consequence": follows.says,
        "most_days": follows.days_most,
        "fee_usd": follows.fee_usd,
        "cap_frac": follows.cap_frac,
        "cures": JOINED.join(finding.cures),
        "asks": JOINED.join(ask.question for ask in finding.asks),
        "as_of": found.law.day.isoformat(),
    }
