"""Numbers as people write them: units, and no more digits than they are worth."""

from __future__ import annotations

from collections.abc import Sequence


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
        return f"{sign}${size / 1e6:.2f} trillion"
    if size >= 99_950:
        return f"{sign}${size / 1e3:,.0f} billion"
    if size >= 999.5:
        return f"{sign}${size / 1e3:.1f} billion"
    return f"{sign}${size:,.0f} million" if size >= 1 else f"{sign}${size:.1f} million"


def gw(value_mw: float) -> str:
    """Return a capacity given in MW.

    Examples
    --------
    >>> gw(123_456.0), gw(12_345.0), gw(345.6)
    ('123 GW', '12.3 GW', '346 MW')
    """
    size = value_mw / 1e3
    if abs(size) >= 99.95:
        return f"{size:,.0f} GW"
    if abs(size) >= 0.995:
        return f"{size:.1f} GW"
    return f"{value_mw:,.0f} MW"


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
