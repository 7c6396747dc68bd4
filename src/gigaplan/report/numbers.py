"""Numbers as people write them: units, and no more digits than they are worth."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal


def rounded(value: float, decimals: int) -> str:
    """Return a number with commas, halves rounded away from zero, as browsers do.

    Examples
    --------
    >>> rounded(3.25, 1), rounded(1234.5, 0), rounded(-0.125, 2)
    ('3.3', '1,235', '-0.13')
    """
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"


def usd(value_usd_m: float) -> str:
    """Return an amount given in M$.

    Examples
    --------
    >>> usd(1_234_567.0), usd(45_678.0), usd(4_567.0), usd(456.7), usd(0.4)
    ('$1.23 trillion', '$45.7 billion', '$4.6 billion', '$457 million', '$0.4 million')
    """
    size = abs(value_usd_m)
    sign = "\u2212" if value_usd_m < 0 else ""
    if size >= 999_500:
        return f"{sign}${rounded(size / 1e6, 2)} trillion"
    if size >= 99_950:
        return f"{sign}${rounded(size / 1e3, 0)} billion"
    if size >= 999.5:
        return f"{sign}${rounded(size / 1e3, 1)} billion"
    return f"{sign}${rounded(size, 0 if size >= 1 else 1)} million"


def gw(value_mw: float) -> str:
    """Return a capacity given in MW; phases of 250 MW keep their last digit below 10 GW.

    Examples
    --------
    >>> gw(123_456.0), gw(12_345.0), gw(3_250.0), gw(1_500.0), gw(345.6)
    ('123 GW', '12.3 GW', '3.25 GW', '1.5 GW', '346 MW')
    """
    size = value_mw / 1e3
    if abs(size) >= 99.95:
        return f"{rounded(size, 0)} GW"
    if abs(size) >= 9.995:
        return f"{rounded(size, 1)} GW"
    if abs(size) >= 0.9995:
        return f"{rounded(size, 2).removesuffix('0')} GW"
    return f"{rounded(value_mw, 0)} MW"


def percent(share: float) -> str:
    """Return a share as a percentage.

    Examples
    --------
    >>> percent(0.1234), percent(0.0123), percent(0.00012), percent(0.0)
    ('12%', '1.2%', '0.01%', '0%')
    """
    value = 100 * share
    if value == 0 or abs(value) >= 9.95:
        return f"{value:.0f}%"
    return f"{value:.1f}%" if abs(value) >= 0.095 else f"{value:.1g}%"


def listed(names: Sequence[str]) -> str:
    """Return names joined as in a sentence.

    Examples
    --------
    >>> listed(["Texas", "Ohio", "Iowa"]), listed(["Texas"]), listed([])
    ('Texas, Ohio and Iowa', 'Texas', '')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "state", "states"), counted(1200, "state", "states")
    ('1 state', '1,200 states')
    """
    return f"{number:,} {one if number == 1 else many}"
