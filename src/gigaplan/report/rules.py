"""Rules of a plan: what the screen finds in each deal of an investor, every text stored once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.policy.finding import Verdict
from gigaplan.policy.plan_screen import JOINED
from gigaplan.policy.rules import FAMILIES
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.frames import Tables, filled

DEAL: Final = ["deal", "investor", "value_usd2025_m"]
"""Columns that tell one deal from another: names are cut where they are long, money is not."""

TEXTS: Final = ("says", "citation", "consequence")
LISTS: Final = ("facts", "cures", "asks")
FIGURES: Final = ("most_days", "fee_usd", "cap_frac")

_BETWEEN = re.compile(re.escape(JOINED) + "(?![a-z])")


def has_screen(tables: Tables) -> bool:
    """Return whether the investors of a plan were screened."""
    return filled(tables, "screen")


def split(joined: str) -> list[str]:
    """Return the sentences of a list; one that goes on in small letters after its mark stays whole.

    Examples
    --------
    >>> split("It is agreed on Monday; the years end on Friday; Is there a campus?")
    ['It is agreed on Monday; the years end on Friday', 'Is there a campus?']
    >>> split("")
    []
    """
    return [text for text in dict.fromkeys(_BETWEEN.split(joined)) if text]


def deals(tables: Tables) -> pd.DataFrame:
    """Return the deals of the screen, strictest first, then most money.

    ``strictness`` is that of the strictest finding; ``most_days`` the longest time and ``fee_usd``
    the largest fee of those that are not clear; ``questions`` counts what is asked, each once.
    """
    screen = tables["screen"]
    rows = [
        {
            **dict(zip(DEAL, key, strict=True)),
            "capital_class": class_of(str(key[0]), str(key[1])),
            "strictness": int(own["strictness"].max()),
            "most_days": _most(own, "most_days"),
            "fee_usd": _most(own, "fee_usd"),
            "questions": len(questions(own)),
        }
        for key, own in screen.groupby(DEAL, sort=False, dropna=False)
    ]
    order = ["strictness", "value_usd2025_m"]
    table = pd.DataFrame(rows).sort_values(order, ascending=False, kind="stable")
    return table.reset_index(drop=True)


def questions(findings: pd.DataFrame) -> list[str]:
    """Return what findings that are not clear ask for, each once."""
    open_ = findings.loc[findings["strictness"] > int(Verdict.CLEAR), "asks"]
    return [*dict.fromkeys(text for joined in open_ for text in split(joined))]


def _most(findings: pd.DataFrame, column: str) -> float:
    open_ = findings["strictness"] > int(Verdict.CLEAR)
    return float(findings.loc[open_, column].max())


def class_of(deal: str, investor: str) -> str:
    """Return the class of spending in the name of a deal, as far as the name was not cut.

    Examples
    --------
    >>> class_of("Gulf fund, campus", "Gulf fund")
    'campus'
    """
    return deal.removeprefix(investor).removeprefix(", ")


def family_titles() -> dict[str, str]:
    """Return the title of each family of rules, in the order of the memo."""
    return {family.name: family.title for family in FAMILIES}


@dataclass
class Texts:
    """Texts by number, each stored once."""

    places: dict[str, int] = field(default_factory=dict)

    def place(self, text: str) -> int:
        """Return the number of a text."""
        return self.places.setdefault(text, len(self.places))

    def places_of(self, texts: Iterable[str]) -> list[Json]:
        """Return the numbers of several texts."""
        return [self.place(text) for text in texts]


def rules_payload(plan: Plan) -> dict[str, Json]:
    """Return the tables of the section on rules; none for a plan without a screen.

    Findings name their deal and rule by their rows, and their texts by the rows of
    ``rule_texts``. Where facts are missing, nothing but them would change a finding, so cures are
    left out there.
    """
    tables = plan.tables
    if not has_screen(tables):
        return {}
    screen, book = tables["screen"], deals(tables)
    named = screen.drop_duplicates("rule")[["rule", "family", "title"]]
    titles = family_titles()
    families = pd.DataFrame({"family": named["family"].unique()})
    texts = Texts()
    return {
        "rule_deals": columns_of(book, {"value_usd2025_m": 2}),
        "rules": columns_of(named),
        "rule_families": columns_of(
            families.assign(title=[titles.get(name, name) for name in families["family"]])
        ),
        "rule_findings": _findings(screen, book, named["rule"].tolist(), texts),
        "rule_texts": {"text": [*texts.places]},
    }


def _findings(
    screen: pd.DataFrame, book: pd.DataFrame, rules: list[str], texts: Texts
) -> dict[str, Json]:
    """Return the findings as columns, those of a deal together and strictest first."""
    deal_rows = book[DEAL].assign(deal_row=range(len(book)))
    placed = screen.merge(deal_rows, on=DEAL, how="left").assign(
        rule_row=screen["rule"].map({rule: at for at, rule in enumerate(rules)}).tolist()
    )
    placed = placed.sort_values(["deal_row", "rule_row"], kind="stable")
    asked = placed["strictness"] == int(Verdict.NEED_FACTS)
    placed = placed.assign(cures=placed["cures"].mask(asked, ""))
    columns = {"deal_row": "deal", "rule_row": "rule", "strictness": "strictness"}
    shown: dict[str, Json] = columns_of(placed[[*columns]].rename(columns=columns))
    shown |= {name: [texts.place(text) for text in placed[name]] for name in TEXTS}
    shown |= {name: [texts.places_of(split(text)) for text in placed[name]] for name in LISTS}
    return shown | columns_of(placed[[*FIGURES]])
