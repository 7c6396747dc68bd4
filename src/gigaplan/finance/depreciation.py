"""Depreciation: how much of the basis of an asset is deducted in each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.terms.errors import Fault, InputError

Array = npt.NDArray[np.float64]
Convention = Literal["half_year", "full_year"]


@dataclass(frozen=True)
class DepreciationClass:
    """A part of the basis that is written off by one schedule.

    Parameters
    ----------
    share_frac
        Share of the basis of the project [frac].
    schedule_frac
        Share of the class's own basis written off in each year, the first year first [frac].
    bonus_frac
        Share written off at once in the first year under federal tax; the schedule takes the rest.
    state_bonus_frac
        The same under state tax; many states allow none.
    earns_itc
        Whether the class counts towards the investment tax credit.
    """

    share_frac: float
    schedule_frac: tuple[float, ...]
    bonus_frac: float = 0.0
    state_bonus_frac: float = 0.0
    earns_itc: bool = True


def macrs_schedule(
    macrs_tables: pd.DataFrame, recovery_years: int, convention: str = "half_year"
) -> tuple[float, ...]:
    """Return the printed depreciation of a class of property, year by year.

    Parameters
    ----------
    macrs_tables
        The table ``macrs_tables`` of a data package.
    recovery_years
        3, 5, 7, 10, 15, 20 or 39 [years].
    convention
        ``half_year``, ``mid_quarter_1`` to ``_4``, or ``mid_month_1`` to ``_12`` for buildings.

    Returns
    -------
    tuple of float
        Shares of the basis, adding to one [frac].

    Raises
    ------
    InputError
        If the table has no such schedule.

    References
    ----------
    IRS Publication 946, Appendix A.
    """
    chosen = macrs_tables[
        (macrs_tables["recovery_years"] == recovery_years)
        & (macrs_tables["convention"] == convention)
    ].sort_values("year")
    if chosen.empty:
        pairs = macrs_tables[["recovery_years", "convention"]].drop_duplicates()
        offers = pairs.groupby("recovery_years")["convention"].first().items()
        what = f"There is no {recovery_years}-year schedule with the convention '{convention}'."
        mend = "Choose a class with its convention: " + ", ".join(f"{y} {c}" for y, c in offers)
        headline = "A depreciation class is unknown."
        raise InputError(headline, [Fault(what, "macrs_tables", mend)])
    return tuple(float(share) for share in chosen["depreciation_frac"])


def straight_line_schedule(
    recovery_years: int, convention: Convention = "half_year"
) -> tuple[float, ...]:
    r"""Return equal shares over a number of years.

    .. math:: d_t = 1/N; \qquad \text{half year: } d_1 = d_{N+1} = \tfrac{1}{2N}

    Parameters
    ----------
    recovery_years
        Years N, one or more [years].
    convention
        ``half_year``: half a share in the first year and in the year after the last.

    Returns
    -------
    tuple of float
        Shares of the basis, adding to one [frac].

    Examples
    --------
    >>> straight_line_schedule(4, "full_year")
    (0.25, 0.25, 0.25, 0.25)
    >>> straight_line_schedule(2)
    (0.25, 0.5, 0.25)
    """
    if recovery_years < 1:
        what = f"recovery_years is {recovery_years}."
        fault = Fault(what, "straight_line_schedule", "Give one year or more.")
        headline = "A depreciation class cannot be used."
        raise InputError(headline, [fault])
    share = 1.0 / recovery_years
    if convention == "full_year":
        return (share,) * recovery_years
    return (share / 2, *(share,) * (recovery_years - 1), share / 2)


def bonus_share(
    bonus_depreciation: pd.DataFrame, acquired_on: date, in_service_on: date, rule: str = "168k"
) -> float:
    """Return the share of the basis that may be written off in the first year.

    Parameters
    ----------
    bonus_depreciation
        The table ``bonus_depreciation`` of a data package.
    acquired_on
        Day of the binding contract; for ``168n`` the begin of construction.
    in_service_on
        Day placed in service.
    rule
        Section of the code: ``168k`` for equipment, ``168n`` for buildings of manufacturing.

    Returns
    -------
    float
        Share of the basis; zero where no row applies [frac].

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "rule": ["168k"], "acquired_from": ["2025-01-20"], "acquired_to": [None],
    ...     "in_service_from": ["2025-01-20"], "in_service_to": [None], "bonus_frac": [1.0]})
    >>> bonus_share(table, date(2026, 3, 1), date(2028, 6, 30))
    1.0
    >>> bonus_share(table, date(2024, 3, 1), date(2028, 6, 30))
    0.0
    """
    for row in bonus_depreciation[bonus_depreciation["rule"] == rule].to_dict("records"):
        acquired = _within(acquired_on, row["acquired_from"], row["acquired_to"])
        if acquired and _within(in_service_on, row["in_service_from"], row["in_service_to"]):
            return float(row["bonus_frac"])
    return 0.0


def yearly_shares(
    classes: Sequence[DepreciationClass],
    years: int,
    *,
    itc_frac: npt.ArrayLike = 0.0,
    itc_basis_cut_frac: npt.ArrayLike = 0.5,
    state: bool = False,
) -> Array:
    r"""Return the depreciation of each year per dollar of basis, after the cut for the credit.

    .. math:: d_t = \sum_k s_k \, (1 - h \, c \, q_k) \, (b_k [t = 1] + (1 - b_k) \, d_{k,t})

    ==============  ==========================  ====================================
    symbol          name in code                meaning
    ==============  ==========================  ====================================
    :math:`s_k`     ``share_frac``              share of class k in the basis
    :math:`h`       ``itc_basis_cut_frac``      cut of the basis per dollar of credit
    :math:`c`       ``itc_frac``                investment tax credit
    :math:`q_k`     ``earns_itc``               whether class k earns the credit
    :math:`b_k`     ``bonus_frac``              first-year bonus
    :math:`d_{k,t}` ``schedule_frac``           schedule of class k
    ==============  ==========================  ====================================

    Parameters
    ----------
    classes
        Parts of the basis; a remainder, such as land, is not depreciated.
    years
        Years of the period axis; later years of a schedule are lost, as in SAM [years].
    itc_frac, itc_basis_cut_frac
        One number, or one for each project [frac].
    state
        Whether to use the bonus of state tax.

    Returns
    -------
    numpy.ndarray
        Dimensions project, period 1 to ``years`` [frac].

    References
    ----------
    IRC 50(c)(3): the basis falls by half of the credit.

    Examples
    --------
    A 30 % credit leaves 0.85 of the basis; half of that at once, the rest over two years:

    >>> half = DepreciationClass(1.0, (0.5, 0.5), bonus_frac=0.5)
    >>> yearly_shares([half], 3, itc_frac=0.3).tolist()
    [[0.6375, 0.2125, 0.0]]
    """
    credit = np.atleast_1d(np.asarray(itc_frac, dtype=float))
    cut = np.atleast_1d(np.asarray(itc_basis_cut_frac, dtype=float)) * credit
    shares = np.zeros((cut.size, years))
    for part in classes:
        bonus = part.state_bonus_frac if state else part.bonus_frac
        schedule = np.zeros(years)
        length = min(years, len(part.schedule_frac))
        schedule[:length] = (1.0 - bonus) * np.asarray(part.schedule_frac[:length])
        schedule[0] += bonus
        kept = 1.0 - cut if part.earns_itc else np.ones_like(cut)
        shares += part.share_frac * kept[:, None] * schedule
    return shares


def _within(day: date, first: object, last: object) -> bool:
    """Say whether a day lies between two written days; blank is open."""
    after = not isinstance(first, str) or day >= date.fromisoformat(first)
    return after and (not isinstance(last, str) or day <= date.fromisoformat(last))
