"""Anti-dilution: what earlier preferred shares convert into after shares are sold for less."""

from __future__ import annotations

from gigaplan.finance.round.cap_table import Preferred


def weighted_average_price(
    conversion_price_usd: float,
    outstanding_shares: float,
    new_money_usd: float,
    new_shares: float,
) -> float:
    r"""Return the broad-based weighted-average conversion price.

    .. math:: p_2 = p_1 \frac{A + M / p_1}{A + C}

    Parameters
    ----------
    conversion_price_usd
        Conversion price before, p1 [USD per share].
    outstanding_shares
        Fully diluted shares before the issue, A.
    new_money_usd
        Money M raised by it [USD].
    new_shares
        Shares C issued for it.

    Returns
    -------
    float
        Conversion price after; never above the one before [USD per share].

    References
    ----------
    National Venture Capital Association, model certificate of incorporation, section 4.4.4.

    Examples
    --------
    10 M shares at 2 dollars; 2 M more at 1 dollar.

    >>> round(weighted_average_price(2.0, 10e6, 2e6, 2e6), 7)
    1.8333333
    """
    afresh = outstanding_shares + new_money_usd / conversion_price_usd
    after = conversion_price_usd * afresh / (outstanding_shares + new_shares)
    return min(conversion_price_usd, after)


def adjusted_price(
    part: Preferred, price_usd: float, outstanding_shares: float, new_money_usd: float
) -> float:
    """Return the conversion price of a class after a round at a price.

    Parameters
    ----------
    part
        Class of preferred shares.
    price_usd
        Price of the round [USD per share].
    outstanding_shares
        Fully diluted shares before it, the unissued pool included.
    new_money_usd
        New money of the round; what converts in it does not count [USD].

    Returns
    -------
    float
        Conversion price [USD per share].

    Examples
    --------
    Sold at 10, then others at 5: a full ratchet makes two common shares of one.

    >>> part = Preferred("series A", 10.0, anti_dilution="full_ratchet")
    >>> adjusted_price(part, 5.0, 1000.0, 1000.0)
    5.0
    """
    before = part.price_of_conversion
    if part.anti_dilution == "none" or price_usd >= before:
        return before
    if part.anti_dilution == "full_ratchet":
        return price_usd
    return weighted_average_price(
        before, outstanding_shares, new_money_usd, new_money_usd / price_usd
    )
