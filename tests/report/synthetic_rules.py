"""A made-up screen and made-up credits for made-up plans."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from tests.report.synthetic import columns_of

from gigaplan.plan import Plan
from gigaplan.policy.rules import FAMILIES as POLICY_FAMILIES

WORDS = ("clear", "need facts", "file (voluntary)", "file (mandatory)", "mitigate", "block-risk")
FAMILIES = tuple(family.name for family in POLICY_FAMILIES)
CLASSES = ("campus", "energy", "accelerator")
FUND = "Gulf fund"
LAW_OF = "2026-11-23"
SHARED = "Is there a campus of data centers in the deal?"
"""A question that every open rule asks."""

TURNED = "It is signed in May; the years end in June"
"""A fact with the mark of lists in it."""


def strictness_of(deal: int, rule: int, deals: int) -> int:
    """Return a verdict: deals get milder one by one; the strictest meets all there are."""
    if deal == deals - 1:
        return 0
    return (rule + 5 - deal) % 6 if deal < 5 else rule % 2


def with_screen(plan: Plan, *, count: int = 6, rules: int = 24, fund: str = FUND) -> Plan:
    """Return the plan with a screen of ``count`` deals by ``rules`` rules."""
    rows = [
        _row(deal, rule, strictness_of(deal, rule, count), fund)
        for deal in range(count)
        for rule in range(rules)
    ]
    screen = pd.DataFrame(rows)[columns_of("screen")]
    return replace(plan, tables={**plan.tables, "screen": screen})


def _row(deal: int, rule: int, strictness: int, fund: str) -> dict[str, object]:
    """Return one row of the table ``screen``."""
    investor = fund if deal == 0 else f"Investor {deal}"
    decided = strictness > 1
    own = f"Who holds {investor}?"
    asks = [SHARED, own, f"What does rule {rule} ask?"] if strictness == 1 else []
    if strictness == 3:
        asks = [own]
    cures = [f"Hold less than {10 + rule} % of {investor}", "Take no seat"] if decided else asks
    name = f"{investor}, {CLASSES[deal % 3]}"
    return {
        "deal": name[:80],
        "investor": investor,
        "value_usd2025_m": 100.0 * (deal + 1),
        "family": FAMILIES[rule % len(FAMILIES)],
        "rule": f"rule_{rule}",
        "title": f"Rule number {rule}",
        "verdict": WORDS[strictness],
        "strictness": strictness,
        "facts": "; ".join([f"{investor} is organised abroad", TURNED]),
        "says": f"What rule {rule} makes of it is {WORDS[strictness]}.",
        "citation": f"31 CFR 800.{200 + rule}; 50 U.S.C. 4565",
        "consequence": "File a declaration." if decided else "Nothing to do under this rule.",
        "most_days": 30.0 + rule if decided else float("nan"),
        "fee_usd": 1000.0 * rule if strictness == 3 else float("nan"),
        "cap_frac": 0.1 if strictness == 2 else float("nan"),
        "cures": "; ".join(cures),
        "asks": "; ".join(asks),
        "as_of": LAW_OF,
    }


RATES = {
    "wind_1": ("wind", {2026: 0.0, 2030: 0.0}),
    "solar_1": ("solar", {2030: 0.0}),
    "battery_4h": ("storage", {2026: 0.3, 2030: 0.225}),
    "nuclear_existing": ("nuclear_new", {2026: 0.3, 2030: 0.3}),
}
"""Technology and rates of credit by milestone."""


def with_credits(plan: Plan, *, why: str = "") -> Plan:
    """Return the plan with credits on four of its assets."""
    rows = [
        (
            asset,
            year,
            kind,
            rate,
            0.0,
            0.0,
            1.0,
            "IRC 48E(a)",
            f"{why}A credit on {kind} in {year}: {rate:.3f}.",
        )
        for asset, (kind, rates) in RATES.items()
        for year, rate in rates.items()
    ]
    credits_ = pd.DataFrame(rows, columns=columns_of("credits"))
    return replace(plan, tables={**plan.tables, "credits": credits_})
