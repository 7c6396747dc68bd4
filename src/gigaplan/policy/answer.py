"""Answers that may be unknown, with the facts that gave them and the facts that are missing."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fact:
    """A fact of a deal, in words.

    Parameters
    ----------
    field
        Where it stands in the deal.
    says
        What it says, as a sentence without a full stop.
    """

    field: str
    says: str


@dataclass(frozen=True)
class Ask:
    """A fact that is missing.

    Parameters
    ----------
    field
        Where to write it in the deal.
    question
        What to find out.
    """

    field: str
    question: str


@dataclass(frozen=True)
class Answer:
    """Yes, no or unknown.

    A no is final. A yes is so if nothing is asked; otherwise an exception may still be shown.

    Parameters
    ----------
    value
        ``None``: unknown.
    facts
        What decided it, or what is known of it.
    asks
        What is missing to decide it, or to show an exception from it.
    """

    value: bool | None
    facts: tuple[Fact, ...] = ()
    asks: tuple[Ask, ...] = ()

    @property
    def yes(self) -> bool:
        """Whether it is known to hold."""
        return self.value is True

    @property
    def for_good(self) -> bool:
        """Whether it is known to hold, and no exception is left to show."""
        return self.value is True and not self.asks

    @property
    def no(self) -> bool:
        """Whether it is known not to hold."""
        return self.value is False

    @property
    def unknown(self) -> bool:
        """Whether facts are missing."""
        return self.value is None


@dataclass(frozen=True)
class Range:
    """A share of which only bounds may be known.

    Parameters
    ----------
    low_frac, high_frac
        Least and largest that it can be [frac].
    """

    low_frac: float
    high_frac: float

    def __str__(self) -> str:
        if self.high_frac - self.low_frac < SMALLEST_FRAC:
            return percent(self.low_frac)
        return f"{percent(self.low_frac)} to {percent(self.high_frac)}"


SMALLEST_FRAC = 1e-9
"""Shares nearer to each other than this are the same: they are products of written decimals."""


def told(field: str, value: bool | None, yes: str, no: str, question: str) -> Answer:
    """Return what a field of the deal says; an ask if it says nothing.

    Parameters
    ----------
    field
        Where it stands in the deal.
    value
        What it says; ``None``: nothing.
    yes, no
        The fact in words, if it holds or not.
    question
        What to ask where it says nothing.

    >>> told("rights.board_observer", None, "has one", "has none", "Is there an observer?").asks
    (Ask(field='rights.board_observer', question='Is there an observer?'),)
    """
    if value is None:
        return Answer(None, asks=(Ask(field, question),))
    return Answer(value, (Fact(field, yes if value else no),))


def both(*answers: Answer) -> Answer:
    """Whether all hold: no if one does not, unknown if none is no and one is unknown.

    A no is told by the first that does not hold.

    >>> both(Answer(True), Answer(None)).value, both(Answer(False), Answer(None)).value
    (None, False)
    """
    refuted = next((answer for answer in answers if answer.no), None)
    if refuted is not None:
        return Answer(False, refuted.facts)
    value = None if any(answer.unknown for answer in answers) else True
    return Answer(value, _facts(answers), _asks(answers))


def either(*answers: Answer) -> Answer:
    """Whether one holds: yes if one does, unknown if none does and one is unknown.

    A yes is told by all that hold.

    >>> either(Answer(True), Answer(None)).value, either(Answer(False), Answer(None)).value
    (True, None)
    """
    holding = [answer for answer in answers if answer.yes]
    if holding:
        is_final = any(not answer.asks for answer in holding)
        return Answer(True, _facts(holding), () if is_final else _asks(holding))
    value = None if any(answer.unknown for answer in answers) else False
    return Answer(value, _facts(answers), _asks(answers))


def unless(answer: Answer, *exceptions: Answer) -> Answer:
    """Whether something holds and no exception to it is shown.

    An exception is for the party to show. Where it is unknown the answer stands, and what is
    missing to show it is asked for.

    >>> unless(Answer(True), Answer(None)).value, unless(Answer(True), Answer(True)).value
    (True, False)
    """
    if answer.no:
        return answer
    shown = next((exception for exception in exceptions if exception.yes), None)
    if shown is not None:
        return Answer(False, shown.facts)
    everything = (answer, *exceptions)
    return Answer(answer.value, _facts(everything), _asks(everything))


def negated(answer: Answer) -> Answer:
    """Whether it does not hold, by the same facts."""
    return answer if answer.value is None else replace(answer, value=not answer.value)


def at_least(fact: Fact, share: Range, threshold_frac: float, question: str) -> Answer:
    """Whether a share reaches a threshold."""
    if share.low_frac > threshold_frac - SMALLEST_FRAC:
        return Answer(True, (fact,))
    if share.high_frac < threshold_frac - SMALLEST_FRAC:
        return Answer(False, (fact,))
    return Answer(None, (fact,), (Ask(fact.field, question),))


def above(fact: Fact, share: Range, threshold_frac: float, question: str) -> Answer:
    """Whether a share exceeds a threshold."""
    if share.low_frac > threshold_frac + SMALLEST_FRAC:
        return Answer(True, (fact,))
    if share.high_frac < threshold_frac + SMALLEST_FRAC:
        return Answer(False, (fact,))
    return Answer(None, (fact,), (Ask(fact.field, question),))


def share_of(value_frac: float | None) -> Range:
    """Return a share that is given, or that may be anything."""
    return Range(0.0, 1.0) if value_frac is None else Range(value_frac, value_frac)


def percent(share_frac: float) -> str:
    """Write a share as a person would.

    >>> percent(0.25), percent(0.333333)
    ('25 %', '33.3333 %')
    """
    return f"{100 * share_frac:.6g} %"


def _facts(answers: tuple[Answer, ...] | list[Answer]) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(fact for answer in answers for fact in answer.facts))


def _asks(answers: tuple[Answer, ...] | list[Answer]) -> tuple[Ask, ...]:
    return tuple(dict.fromkeys(ask for answer in answers for ask in answer.asks))
