"""Term debt: its size, its repayment, and how well cash covers it.

Arrays have dimensions project, period; the first period is year 1. Interest is paid on the balance
at the start of the year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.economics.annuity import annuity_factor
from gigaplan.finance.arrays import column, columns
from gigaplan.finance.curves import discount_factors

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Schedule:
    """A loan, year by year.

    Parameters
    ----------
    size_usd_nominal
        Balance at the start of year 1; dimension project [USD].
    interest_usd_nominal, principal_usd_nominal, balance_usd_nominal
        Paid in a year, and owed at its end; dimensions project, period [USD].
    """

    size_usd_nominal: Array
    interest_usd_nominal: Array
    principal_usd_nominal: Array
    balance_usd_nominal: Array

    @property
    def service_usd_nominal(self) -> Array:
        """Interest and principal of each year [USD]."""
        return self.interest_usd_nominal + self.principal_usd_nominal

    def scaled(self, factor: npt.ArrayLike) -> Schedule:
        """Return the same loan, ``factor`` times as large; one number for each project."""
        each = np.asarray(factor, dtype=float)
        return Schedule(
            self.size_usd_nominal * each,
            self.interest_usd_nominal * each[..., None],
            self.principal_usd_nominal * each[..., None],
            self.balance_usd_nominal * each[..., None],
        )


def sculpted(
    cfads_usd_nominal: Array,
    dscr: npt.ArrayLike,
    interest_frac: npt.ArrayLike,
    tenor_years: npt.ArrayLike,
    *,
    negative_amortisation: bool = False,
) -> Schedule:
    r"""Return the largest loan whose service is cash over the target ratio in each year.

    .. math::

        S_t = \mathrm{CFADS}_t / \mathrm{DSCR}_t, \qquad
        B_{t-1} = \frac{B_t + S_t}{1 + i_t}, \qquad B_N = 0, \qquad D = B_0

    Unless negative amortisation is allowed, negative cash counts as none, and the balance never
    grows: :math:`B_{t-1} \le S_t / i_t`, and in years that could carry more, interest alone is
    paid. The ratio is then at the target or above it, never below.

    Parameters
    ----------
    cfads_usd_nominal
        Cash flow available for debt service; dimensions project, period [USD].
    dscr
        Target of cash over service; one number, or dimensions that go with the cash.
    interest_frac
        Rate i; one number, or dimensions that go with the cash [frac/yr].
    tenor_years
        Last year of repayment N; one number or one for each project [years].
    negative_amortisation
        Whether the balance may grow, and service be negative in years of negative cash, as in SAM.

    Returns
    -------
    Schedule
        The loan, repaid at the end of the tenor.

    References
    ----------
    SAM 2025 financial model documentation, "Debt fraction and DSCR".

    Examples
    --------
    Cash of 130 and 65 at 1.30 carries service of 100 and 50; at 10 % that is worth 132.23:

    >>> loan = sculpted(np.array([[130.0, 65.0]]), 1.3, 0.1, 2)
    >>> loan.size_usd_nominal.round(2).tolist(), loan.balance_usd_nominal.round(2).tolist()
    ([132.23], [[45.45, 0.0]])
    """
    cash, ratio, rate = np.broadcast_arrays(
        cfads_usd_nominal, np.asarray(dscr, dtype=float), np.asarray(interest_frac, dtype=float)
    )
    last = np.asarray(tenor_years)
    most = (cash if negative_amortisation else np.maximum(cash, 0.0)) / ratio
    years = cash.shape[-1]
    able = np.zeros((*cash.shape[:-1], years + 1))
    for year in range(years, 0, -1):
        service, interest = most[..., year - 1], rate[..., year - 1]
        worth = (able[..., year] + service) / (1.0 + interest)
        if not negative_amortisation:
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                bearable = np.where(interest > 0, service / interest, np.inf)
            worth = np.minimum(worth, bearable)
        able[..., year - 1] = np.where(year <= last, worth, 0.0)
    owed = able if negative_amortisation else np.minimum.accumulate(able, axis=-1)
    return loan_of_balances(owed, rate)


def level_payment(
    size_usd_nominal: npt.ArrayLike,
    interest_frac: npt.ArrayLike,
    tenor_years: npt.ArrayLike,
    years: int,
) -> Schedule:
    r"""Return a loan repaid by equal payments of interest and principal together.

    .. math:: S = D \, \frac{i}{1 - (1+i)^{-N}}; \qquad
              \text{with a curve: } S = D \Big/ \sum_{t=1}^{N} \prod_{k=1}^{t} (1 + i_k)^{-1}

    Parameters
    ----------
    size_usd_nominal, interest_frac, tenor_years
        Size D, rate i and tenor N; one number or one for each project; the rate may be a curve
        with dimensions project, period [USD, frac/yr, years].
    years
        Length of the period axis [years].

    Examples
    --------
    500 at 8 % over 15 years costs 58.41 a year:

    >>> float(level_payment(500.0, 0.08, 15, 15).service_usd_nominal[0, 0].round(6))
    58.414772
    """
    if np.ndim(interest_frac) == 2:
        return _level_on_a_curve(size_usd_nominal, column(interest_frac), tenor_years, years)
    size, rate, last = columns(size_usd_nominal, interest_frac, tenor_years)
    year = np.arange(years + 1.0)
    payment = size * annuity_factor(rate, last)
    # What is owed is the worth of what is still to be paid.
    left = np.maximum(last - year, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = np.where(rate > 0, -np.expm1(-left * np.log1p(rate)) / rate, left)
    owed = payment * worth
    owed[:, :1] = size
    return loan_of_balances(owed, np.broadcast_to(rate, (size.shape[0], years)))


def _level_on_a_curve(
    size_usd_nominal: npt.ArrayLike, rate: Array, tenor_years: npt.ArrayLike, years: int
) -> Schedule:
    """Return a loan repaid by equal payments at rates that change from year to year."""
    size, last, _ = columns(size_usd_nominal, tenor_years, rate[:, 0])
    worth = np.where(np.arange(1, years + 1) <= last, discount_factors(rate, years), 0.0)
    payment = size / worth.sum(axis=1, keepdims=True)
    cash = np.broadcast_to(payment, (size.shape[0], years))
    return sculpted(cash, 1.0, rate, last[:, 0], negative_amortisation=True)


def level_principal(
    size_usd_nominal: npt.ArrayLike,
    interest_frac: npt.ArrayLike,
    tenor_years: npt.ArrayLike,
    years: int,
) -> Schedule:
    """Return a loan repaid by equal parts of principal, with interest on top.

    Parameters
    ----------
    size_usd_nominal, interest_frac, tenor_years
        One number or one for each project; the rate may be a curve with dimensions project, period
        [USD, frac/yr, years].
    years
        Length of the period axis [years].

    Examples
    --------
    >>> level_principal(100.0, 0.1, 2, 3).service_usd_nominal.tolist()
    [[60.0, 55.0, 0.0]]
    """
    rate = column(interest_frac)
    size, last, _ = columns(size_usd_nominal, tenor_years, rate[:, 0])
    owed = size * np.maximum(1.0 - np.arange(years + 1.0) / last, 0.0)
    return loan_of_balances(owed, np.broadcast_to(rate, (size.shape[0], years)))


def swept(
    loan: Schedule,
    cfads_usd_nominal: Array,
    sweep_frac: npt.ArrayLike,
    *,
    from_year: npt.ArrayLike = 1,
) -> Schedule:
    r"""Return a loan that also takes a share of the cash left after its scheduled service.

    .. math::

        P_t = \min\left(B_{t-1},\; P^{\mathrm{sched}}_t
              + \sigma \max(0, \mathrm{CFADS}_t - i_t B_{t-1} - P^{\mathrm{sched}}_t)\right)

    Scheduled service :math:`i_t B_{t-1} + P^{\mathrm{sched}}_t` stays what it was without the
    sweep, so that the last payments fall away first.

    Parameters
    ----------
    loan
        The loan as scheduled.
    cfads_usd_nominal
        Cash flow available for debt service; dimensions project, period [USD].
    sweep_frac
        Share :math:`\sigma` of the cash left; one number or one for each project [frac].
    from_year
        First year with a sweep; one number or one for each project [years].

    Examples
    --------
    500 at 8 % over 15 years with cash of 80: half of 21.585 is swept in year 1, and the loan ends
    in year 12.

    >>> loan = swept(level_payment(500.0, 0.08, 15, 15), np.full((1, 15), 80.0), 0.5)
    >>> float(loan.balance_usd_nominal[0, 0].round(6))
    470.792614
    >>> 1 + int(np.argmax(loan.balance_usd_nominal[0] < 1e-9))
    12
    """
    scheduled = loan.service_usd_nominal
    opening = np.concatenate(
        [loan.size_usd_nominal[..., None], loan.balance_usd_nominal[..., :-1]], axis=-1
    )
    rate = np.divide(
        loan.interest_usd_nominal, opening, out=np.zeros_like(opening), where=opening > 0
    )
    share, first = np.asarray(sweep_frac, dtype=float), np.asarray(from_year)
    owed = np.zeros((*scheduled.shape[:-1], scheduled.shape[-1] + 1))
    owed[..., 0] = loan.size_usd_nominal
    for year in range(scheduled.shape[-1]):
        interest = rate[..., year] * owed[..., year]
        spare = np.maximum(cfads_usd_nominal[..., year] - scheduled[..., year], 0.0)
        principal = np.maximum(scheduled[..., year] - interest, 0.0)
        principal = principal + np.where(year + 1 >= first, share, 0.0) * spare
        owed[..., year + 1] = np.maximum(owed[..., year] - principal, 0.0)
    return loan_of_balances(owed, rate)


def debt_service_cover(cfads_usd_nominal: Array, loan: Schedule) -> Array:
    """Return cash over debt service; NaN in years without service.

    Examples
    --------
    >>> debt_service_cover(np.array([[120.0, 90.0]]), level_principal(100.0, 0.0, 1, 2)).tolist()
    [[1.2, nan]]
    """
    return cover(cfads_usd_nominal, loan.service_usd_nominal)


def cover(cfads_usd_nominal: Array, service_usd_nominal: Array) -> Array:
    """Return cash over what is due; NaN in years where nothing is.

    Examples
    --------
    >>> cover(np.array([[120.0, 90.0]]), np.array([[100.0, 0.0]])).tolist()
    [[1.2, nan]]
    """
    none = np.full_like(service_usd_nominal, np.nan)
    owed = service_usd_nominal > 0
    return np.divide(cfads_usd_nominal, service_usd_nominal, out=none, where=owed)


def life_cover(
    cfads_usd_nominal: Array, loan: Schedule, interest_frac: npt.ArrayLike, last_year: npt.ArrayLike
) -> Array:
    r"""Return the worth of cash to a last year, at the rate of the loan, over the loan's size.

    .. math:: \sum_{t \le N} \mathrm{CFADS}_t \prod_{k \le t} (1+i_k)^{-1} / D

    To the end of the tenor this is the loan life cover ratio, to the end of the project the project
    life cover ratio. NaN without a loan.

    Examples
    --------
    Sculpting at one ratio makes the loan life cover ratio equal to it:

    >>> cash = np.array([[130.0, 65.0, 90.0]])
    >>> life_cover(cash, sculpted(cash, 1.3, 0.1, 2), 0.1, 2).round(12).tolist()
    [1.3]
    """
    years = cfads_usd_nominal.shape[-1]
    (last,) = columns(last_year)
    cash = np.where(np.arange(1.0, years + 1.0) <= last, cfads_usd_nominal, 0.0)
    worth = (cash * discount_factors(column(interest_frac), years)).sum(axis=-1)
    size = np.broadcast_to(loan.size_usd_nominal, worth.shape)
    return np.asarray(np.where(size > 0, worth, np.nan) / np.where(size > 0, size, 1.0))


def loan_of_balances(owed: Array, rate_frac: npt.ArrayLike) -> Schedule:
    """Return the loan that has given balances at the ends of years 0, 1, ...

    Examples
    --------
    >>> loan_of_balances(np.array([[100.0, 40.0, 0.0]]), 0.1).service_usd_nominal.tolist()
    [[70.0, 44.0]]
    """
    return Schedule(
        owed[..., 0],
        np.asarray(rate_frac) * owed[..., :-1],
        owed[..., :-1] - owed[..., 1:],
        owed[..., 1:],
    )
