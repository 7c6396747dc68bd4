"""What a family of rules is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gigaplan.policy.finding import Finding
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case

RuleFunction = Callable[[Case, Law], Finding]


@dataclass(frozen=True)
class Rule:
    """A rule of the screen.

    Parameters
    ----------
    name
        Its row in the table ``policy_rules``, which says when it is in force.
    find
        What it finds in a case; asked only on days on which it is in force.
    """

    name: str
    find: RuleFunction


@dataclass(frozen=True)
class Family:
    """Rules of one body of law.

    Parameters
    ----------
    name
        As in the table ``policy_rules``.
    title
        As in the memo.
    rules
        The rules, in order.
    """

    name: str
    title: str
    rules: tuple[Rule, ...]
