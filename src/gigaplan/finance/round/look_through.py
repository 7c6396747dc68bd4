"""Look-through: who owns a company in the end, when owners have owners themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from gigaplan.economics.circles import circle_of
from gigaplan.terms.errors import Fault, InputError


@dataclass(frozen=True)
class Stake:
    """A part of one entity that another one owns.

    Parameters
    ----------
    owner, owned
        Names.
    share_frac
        Part owned [frac].
    """

    owner: str
    owned: str
    share_frac: float


def look_through(stakes: Sequence[Stake], entity: str) -> pd.Series[float]:
    r"""Return who owns an entity in the end: those that nobody owns.

    .. math:: w_{o} = \sum_{\text{chains from } o} \prod_{\text{links}} s

    Parameters
    ----------
    stakes
        Who owns what part of whom.
    entity
        The entity.

    Returns
    -------
    pandas.Series
        By ultimate owner [frac]. What nobody is said to own of an entity on the way stays with
        that entity.

    Raises
    ------
    InputError
        If ownership goes in a circle, or shares are not from 0 to 1 or add to more than 1.

    Examples
    --------
    A fund owns half of a holding that owns 40 % of the sponsor.

    >>> stakes = [Stake("fund", "holding", 0.5), Stake("holding", "sponsor", 0.4)]
    >>> look_through(stakes, "sponsor").round(9).to_dict()
    {'fund': 0.2, 'holding': 0.2, 'sponsor': 0.6}
    """
    owners: dict[str, list[Stake]] = {}
    for stake in stakes:
        owners.setdefault(stake.owned, []).append(stake)
    _check(stakes, owners)
    found: dict[str, float] = {}

    def climb(name: str, part: float) -> None:
        above = owners.get(name, [])
        kept = part * (1.0 - sum(stake.share_frac for stake in above)) if above else part
        for stake in above:
            climb(stake.owner, part * stake.share_frac)
        if kept > 1e-12:
            found[name] = found.get(name, 0.0) + kept

    climb(entity, 1.0)
    return pd.Series(found, name="ownership_frac")


def _check(stakes: Sequence[Stake], owners: dict[str, list[Stake]]) -> None:
    faults = [
        Fault(
            f"{stake.owner} owns {stake.share_frac:g} of {stake.owned}.",
            f"stakes[{place}]",
            "Give a part from 0 to 1.",
        )
        for place, stake in enumerate(stakes)
        if not 0 <= stake.share_frac <= 1
    ]
    for owned, above in owners.items():
        total = sum(stake.share_frac for stake in above)
        if total > 1 + 1e-9:
            what = f"The parts of {owned} add to {total:g}."
            faults.append(Fault(what, "stakes", "Give parts that add to 1 or less."))
    circle = circle_of({owned: [stake.owner for stake in above] for owned, above in owners.items()})
    if circle:
        what = f"Ownership goes in a circle: {' owns '.join(circle)}."
        faults.append(Fault(what, "stakes", "Take out one of these stakes."))
    if faults:
        headline = "The owners of owners cannot be found."
        raise InputError(headline, faults)
