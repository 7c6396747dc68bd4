"""Use of proceeds: how much a sponsor has to raise for the equity that its plan needs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gigaplan.finance.present_value import Floats
from gigaplan.terms.errors import Fault, InputError


def new_money_needed(
    equity_need_usd_nominal: npt.ArrayLike,
    other_sources_usd_nominal: npt.ArrayLike,
    cost_frac: float = 0.0,
) -> Floats:
    r"""Return the round that pays for all that other sources leave open, period by period.

    Money that other sources leave in one period is kept for the next ones.

    .. math:: M = \frac{1}{1 - \phi} \max \Big( 0, \; \max_t \sum_{s \le t} (U_s - O_s) \Big)

    Parameters
    ----------
    equity_need_usd_nominal
        Equity U that the plan needs of its sponsor, the last axis is the period [USD nominal].
    other_sources_usd_nominal
        What others pay and what the company has and earns, O [USD nominal].
    cost_frac
        Part of the round that its costs take, φ [frac].

    Returns
    -------
    numpy.ndarray
        New money M of a round before the first period [USD nominal].

    Raises
    ------
    InputError
        If an amount is negative or the costs take all.

    Examples
    --------
    30, 50 and 20 are needed; others pay 40, 0 and 60: 40 are short after the second period, and
    a fiftieth of the round is its cost.

    >>> round(float(new_money_needed([30, 50, 20], [40, 0, 60], 0.02)), 6)
    40.816327
    """
    need = np.asarray(equity_need_usd_nominal, dtype=np.float64)
    others = np.asarray(other_sources_usd_nominal, dtype=np.float64)
    faults = []
    for field, flows in (
        ("equity_need_usd_nominal", need),
        ("other_sources_usd_nominal", others),
    ):
        if not (flows >= 0).all():
            what = f"The least amount is {flows.min():g}."
            faults.append(Fault(what, field, "Give amounts of 0 or more."))
    if not 0 <= cost_frac < 1:
        what = f"It is {cost_frac:g}."
        faults.append(Fault(what, "cost_frac", "Give a share from 0 to less than 1."))
    if faults:
        headline = "The size of the round cannot be computed."
        raise InputError(headline, faults)
    short = np.cumsum(need - others, axis=-1).max(axis=-1)
    return np.asarray(np.maximum(short, 0.0) / (1.0 - cost_frac))
