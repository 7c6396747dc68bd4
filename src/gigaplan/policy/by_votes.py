"""The verdict of a deal by the votes that the investor would hold: where each one begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from gigaplan.policy.answer import percent
from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law
from gigaplan.policy.screen import screen_by

NONE_FRAC, ALL_FRAC = 0.0, 1.0


@dataclass(frozen=True)
class Stretch:
    """Voting interests with one verdict.

    Parameters
    ----------
    verdict
        The verdict.
    low_frac, high_frac
        Ends [frac].
    with_low, with_high
        Whether the end itself has the verdict.
    """

    verdict: Verdict
    low_frac: float
    high_frac: float
    with_low: bool
    with_high: bool

    @property
    def words(self) -> str:
        """The stretch as a person would say it.

        >>> Stretch(Verdict.FILE_MANDATORY, 0.25, 0.5, True, True).words
        'from 25 % to 50 %: file (mandatory)'
        """
        low = f"{'from' if self.with_low else 'above'} {percent(self.low_frac)}"
        high = f"{'to' if self.with_high else 'and below'} {percent(self.high_frac)}"
        return f"{low} {high}: {self.verdict.words}"


def verdicts_by_votes(deal: Deal, law: Law) -> tuple[Stretch, ...]:
    """Return the verdict of a deal for every voting interest, all other facts as they are.

    The verdict changes only at shares that the law names, so the deal is screened at each of them
    and between each two.

    Parameters
    ----------
    deal
        The deal; its own ``stake.votes_after`` is not looked at.
    law
        Rules and parameters in force.

    Returns
    -------
    tuple[Stretch, ...]
        From no votes to all; each is stricter than the one before.
    """
    ends = sorted({NONE_FRAC, ALL_FRAC, *law.parameters.fractions()})
    found: list[Stretch] = []
    for low, high in pairwise(ends):
        _add(found, Stretch(_verdict(deal, law, low), low, low, with_low=True, with_high=True))
        middle = _verdict(deal, law, (low + high) / 2)
        _add(found, Stretch(middle, low, high, with_low=False, with_high=False))
    last = _verdict(deal, law, ALL_FRAC)
    _add(found, Stretch(last, ALL_FRAC, ALL_FRAC, with_low=True, with_high=True))
    return tuple(found)


def _verdict(deal: Deal, law: Law, votes_frac: float) -> Verdict:
    stake = deal.stake.model_copy(update={"votes_after": votes_frac})
    return screen_by(deal.model_copy(update={"stake": stake}), law).verdict


def _add(found: list[Stretch], stretch: Stretch) -> None:
    """Add a stretch, or lengthen the last one if it has the same verdict."""
    if found and found[-1].verdict is stretch.verdict:
        found[-1] = replace(found[-1], high_frac=stretch.high_frac, with_high=stretch.with_high)
    else:
        found.append(stretch)
