"""Cap table: share classes, who holds them, and what part of the company that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pandas as pd

from gigaplan.terms.errors import Fault, InputError

Participation: TypeAlias = Literal["non_participating", "participating", "capped"]
AntiDilution: TypeAlias = Literal["none", "weighted_average", "full_ratchet"]


@dataclass(frozen=True)
class Common:
    """Common shares."""

    name: str = "common"


@dataclass(frozen=True)
class Option:
    """Options on common shares, or warrants.

    Parameters
    ----------
    name
        Name of the class.
    strike_usd
        Price of exercise [USD per share].
    """

    name: str
    strike_usd: float


@dataclass(frozen=True)
class ProfitInterest:
    """Units that share in what a common share gets above a threshold, up to a cap.

    Parameters
    ----------
    name
        Name of the class.
    threshold_usd
        What a common share gets first, before a unit shares [USD per share].
    cap_usd
        The most that a unit gets; None: no cap [USD per unit].
    """

    name: str
    threshold_usd: float = 0.0
    cap_usd: float | None = None


@dataclass(frozen=True)
class Preferred:
    """Preferred shares.

    Parameters
    ----------
    name
        Name of the class.
    issue_price_usd
        Price at which it was issued [USD per share].
    conversion_price_usd
        A share converts into issue price over this; None: the issue price [USD per share].
    liquidation_multiple
        Preference as a multiple of the issue price [frac].
    participation
        Whether it shares with common after its preference, and whether up to a cap.
    cap_multiple
        Cap of a capped class, its preference included, as a multiple of the issue price [frac].
    seniority
        The highest is paid first; equal ones share.
    anti_dilution
        What happens to its conversion price when shares are sold for less.
    """

    name: str
    issue_price_usd: float
    conversion_price_usd: float | None = None
    liquidation_multiple: float = 1.0
    participation: Participation = "non_participating"
    cap_multiple: float | None = None
    seniority: int = 0
    anti_dilution: AntiDilution = "none"

    @property
    def price_of_conversion(self) -> float:
        """Conversion price now [USD per share]."""
        if self.conversion_price_usd is None:
            return self.issue_price_usd
        return self.conversion_price_usd

    @property
    def ratio(self) -> float:
        """Common shares for each share [frac]."""
        return self.issue_price_usd / self.price_of_conversion


ShareClass: TypeAlias = Common | Option | ProfitInterest | Preferred


@dataclass(frozen=True)
class Holding:
    """Shares of one class that somebody holds.

    Parameters
    ----------
    holder
        Name of the holder.
    share_class
        Name of the class.
    shares
        Number of shares; need not be whole.
    """

    holder: str
    share_class: str
    shares: float


@dataclass(frozen=True)
class CapTable:
    """Who holds what.

    Parameters
    ----------
    classes
        Share classes.
    holdings
        Holdings of these classes.
    pool_shares
        Shares reserved for options that are not granted yet.
    """

    classes: tuple[ShareClass, ...]
    holdings: tuple[Holding, ...]
    pool_shares: float = 0.0

    def __post_init__(self) -> None:
        faults = _faults(self)
        if faults:
            headline = "The cap table cannot be used."
            raise InputError(headline, faults)

    def ratio(self, share_class: str) -> float:
        """Return the common shares for each share of a class [frac]."""
        found = next(part for part in self.classes if part.name == share_class)
        return found.ratio if isinstance(found, Preferred) else 1.0

    def as_converted(self, holding: Holding) -> float:
        """Return the common shares that a holding converts into."""
        return holding.shares * self.ratio(holding.share_class)

    @property
    def fully_diluted(self) -> float:
        """All shares as if converted and granted: preferred, options, units and the pool."""
        return sum(self.as_converted(holding) for holding in self.holdings) + self.pool_shares


POOL = "unissued pool"


def ownership(table: CapTable) -> pd.Series[float]:
    """Return the part of the company that each holder has, fully diluted.

    Parameters
    ----------
    table
        Cap table.

    Returns
    -------
    pandas.Series
        By holder, with the unissued pool; adds to one [frac].

    Examples
    --------
    >>> table = CapTable((Common(),), (Holding("founders", "common", 8e6),), 2e6)
    >>> ownership(table).to_dict()
    {'founders': 0.8, 'unissued pool': 0.2}
    """
    shares: dict[str, float] = {}
    for holding in table.holdings:
        held = shares.get(holding.holder, 0.0)
        shares[holding.holder] = held + table.as_converted(holding)
    if table.pool_shares > 0:
        shares[POOL] = table.pool_shares
    total = table.fully_diluted
    parts = {holder: count / total for holder, count in shares.items()}
    return pd.Series(parts, name="ownership_frac", dtype="float64")


def before_and_after(before: CapTable, after: CapTable) -> pd.DataFrame:
    """Return who owns what before and after a round.

    Parameters
    ----------
    before, after
        Cap tables.

    Returns
    -------
    pandas.DataFrame
        By holder: ``before_frac``, ``after_frac`` and ``change_frac`` [frac].
    """
    parts = [ownership(before).rename("before_frac"), ownership(after).rename("after_frac")]
    table = pd.concat(parts, axis=1).fillna(0.0)
    table.index.name = "holder"
    table["change_frac"] = table["after_frac"] - table["before_frac"]
    return table


def _faults(table: CapTable) -> list[Fault]:
    names = [part.name for part in table.classes]
    faults = [
        Fault(f"The class {name} is there {names.count(name)} times.", "classes", "Keep one.")
        for name in sorted(set(names))
        if names.count(name) > 1
    ]
    for part in table.classes:
        faults += [Fault(what, f"class {part.name}", mend) for what, mend in _of_class(part)]
    for holding in table.holdings:
        where = f"holding of {holding.holder}"
        if holding.share_class not in names:
            what = f"There is no class {holding.share_class}; there are {', '.join(names)}."
            faults.append(Fault(what, where, "Name one of them, or add the class."))
        if not 0 <= holding.shares < math.inf:
            what = f"It has {holding.shares:g} shares."
            faults.append(Fault(what, where, "Give 0 shares or more."))
    if not 0 <= table.pool_shares < math.inf:
        what = f"It has {table.pool_shares:g} shares."
        faults.append(Fault(what, "pool", "Give 0 shares or more."))
    if not faults and not table.fully_diluted > 0:
        faults.append(Fault("Nobody has any shares.", "holdings", "Give some shares."))
    return faults


def _of_class(part: ShareClass) -> list[tuple[str, str]]:
    """Return what is wrong with a class, and how to mend it."""
    found = []
    if isinstance(part, Option) and not part.strike_usd >= 0:
        found.append((f"Its strike is {part.strike_usd:g}.", "Give 0 or more."))
    if isinstance(part, ProfitInterest):
        if not part.threshold_usd >= 0:
            found.append((f"Its threshold is {part.threshold_usd:g}.", "Give 0 or more."))
        if part.cap_usd is not None and not part.cap_usd > 0:
            found.append((f"Its cap is {part.cap_usd:g}.", "Give a cap above 0, or none."))
    if isinstance(part, Preferred):
        if not (part.issue_price_usd > 0 and part.price_of_conversion > 0):
            found.append(("A price of it is not above zero.", "Give prices above 0."))
        if not part.liquidation_multiple >= 0:
            what = f"Its liquidation multiple is {part.liquidation_multiple:g}."
            found.append((what, "Give 0 or more."))
        if (part.participation == "capped") != (part.cap_multiple is not None):
            what = "A cap belongs to a capped class, and to no other."
            found.append((what, "Set participation to capped, with its cap_multiple."))
        elif part.cap_multiple is not None and part.cap_multiple < part.liquidation_multiple:
            what = f"Its cap {part.cap_multiple:g} is below its preference."
            found.append((what, "Give a cap of the liquidation multiple or more."))
    return found
