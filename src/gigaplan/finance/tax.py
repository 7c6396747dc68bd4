"""Tax: federal and state income tax with losses carried forward, and tax credits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column

Array = npt.NDArray[np.float64]
Number = float | Array
Losses = Literal["used_at_once", "carried_forward"]


@dataclass(frozen=True)
class Taxes:
    """Rates of income tax, and what happens to losses.

    Parameters
    ----------
    federal_frac, state_frac
        Rates; one number or one for each project [frac].
    losses
        ``used_at_once``: a loss saves tax in its own year, because the owner has other income;
        ``carried_forward``: it waits for later income of the project.
    loss_cap_frac
        Share of a year's income that carried losses may offset [frac].

    References
    ----------
    IRC 172(a)(2): losses carried forward offset up to 80 % of taxable income, without expiry.
    """

    federal_frac: Number = 0.21
    state_frac: Number = 0.0
    losses: Losses = "used_at_once"
    loss_cap_frac: Number = 0.8


@dataclass(frozen=True)
class Credits:
    """Tax credits on investment, on production and on captured carbon.

    Parameters
    ----------
    itc_frac
        Investment tax credit, as a share of the qualifying basis, received in year 1 [frac].
    itc_basis_cut_frac
        Cut of the depreciable basis per dollar of credit: 0.5 for 48E, 1 for 48D [frac].
    itc_limit_usd_nominal
        Most that the investment tax credit may be [USD].
    ptc_usd_per_mwh
        Production tax credit of year 1 [USD/MWh].
    ptc_escalation_frac
        Yearly growth of the production tax credit [frac/yr].
    ptc_years
        Years in which it is earned [years].
    ptc_rounding_usd_per_mwh
        The credit is rounded to a multiple of this; 0: not rounded. 1 is a tenth of a cent per
        kWh, as the IRS and SAM round [USD/MWh].
    transfer_price_frac
        What a buyer pays per dollar of credit; 1 when the owner uses the credits [frac].
    carbon_usd_per_t
        Credit for captured carbon dioxide in year 1 [USD/t].
    captured_t_per_year
        Carbon dioxide captured in a year of operation [t/yr].
    carbon_escalation_frac
        Yearly growth of the carbon credit [frac/yr].
    carbon_years
        Years in which it is earned [years].
    expansion_year
        Year in which the owner expands chip manufacturing in a country of concern: within ten
        years all of the investment credit is paid back. Infinite: never [years].

    References
    ----------
    IRC 45Q(a): twelve years of carbon credit. IRC 50(a)(3): the ten-year rule of section 48D.
    """

    itc_frac: Number = 0.0
    itc_basis_cut_frac: Number = 0.5
    itc_limit_usd_nominal: Number = np.inf
    ptc_usd_per_mwh: Number = 0.0
    ptc_escalation_frac: Number = 0.0
    ptc_years: Number = 10
    ptc_rounding_usd_per_mwh: float = 0.0
    transfer_price_frac: Number = 1.0
    carbon_usd_per_t: Number = 0.0
    captured_t_per_year: Number = 0.0
    carbon_escalation_frac: Number = 0.0
    carbon_years: Number = 12
    expansion_year: Number = np.inf


def combined_rate(federal_frac: npt.ArrayLike, state_frac: npt.ArrayLike) -> Array:
    r"""Return the rate on one dollar of income when state tax is deducted from federal income.

    .. math:: \tau = s + f (1 - s)

    Examples
    --------
    >>> round(float(combined_rate(0.21, 0.07)), 6)
    0.2653
    """
    state = np.asarray(state_frac, dtype=float)
    return state + np.asarray(federal_frac, dtype=float) * (1.0 - state)


def income_tax(
    income_usd_nominal: Array,
    rate_frac: npt.ArrayLike,
    *,
    losses: Losses = "used_at_once",
    loss_cap_frac: npt.ArrayLike = 0.8,
) -> Array:
    r"""Return the tax of each year, negative where a loss saves tax.

    .. math::

        T_t = r \, (y_t - u_t), \qquad
        u_t = \min(L_{t-1}, \kappa \max(y_t, 0)), \qquad
        L_t = L_{t-1} - u_t + \max(-y_t, 0)

    with :math:`T_t = 0` in a year of loss. Losses used at once: :math:`T_t = r \, y_t`.

    Parameters
    ----------
    income_usd_nominal
        Taxable income y before carried losses; dimensions project, period [USD].
    rate_frac
        Rate r; one number or one for each project [frac].
    losses
        What happens to losses.
    loss_cap_frac
        Share :math:`\kappa` of income that carried losses may offset [frac].

    Returns
    -------
    numpy.ndarray
        Tax, positive when paid; dimensions of the income [USD].

    Examples
    --------
    A loss of 100, then incomes of 50 and 100: 40 and then 60 of the loss are used.

    >>> income_tax(np.array([[-100.0, 50.0, 100.0]]), 0.2, losses="carried_forward").tolist()
    [[0.0, 2.0, 8.0]]
    >>> income_tax(np.array([[-100.0, 50.0]]), 0.2).tolist()
    [[-20.0, 10.0]]
    """
    rate = column(rate_frac)
    if losses == "used_at_once":
        return np.asarray(rate * income_usd_nominal)
    cap = np.asarray(loss_cap_frac, dtype=float)
    pool = np.zeros(income_usd_nominal.shape[:-1])
    taxable = np.empty_like(income_usd_nominal)
    for year in range(income_usd_nominal.shape[-1]):
        income = income_usd_nominal[..., year]
        gain = np.maximum(income, 0.0)
        used = np.minimum(pool, cap * gain)
        pool = pool - used + np.maximum(-income, 0.0)
        taxable[..., year] = gain - used
    return np.asarray(rate * taxable)


def federal_and_state_tax(
    income_usd_nominal: Array,
    federal_depreciation_usd_nominal: Array,
    state_depreciation_usd_nominal: Array,
    taxes: Taxes,
) -> tuple[Array, Array]:
    """Return federal and state tax; state tax is deducted from federal income.

    Parameters
    ----------
    income_usd_nominal
        Income before depreciation and tax, after interest; dimensions project, period [USD].
    federal_depreciation_usd_nominal, state_depreciation_usd_nominal
        Deductions of each year [USD].
    taxes
        Rates and the rule for losses.

    Returns
    -------
    tuple of numpy.ndarray
        Federal tax and state tax, positive when paid [USD].

    Examples
    --------
    >>> income, none = np.array([[100.0]]), np.zeros((1, 1))
    >>> federal, state = federal_and_state_tax(income, none, none, Taxes(0.21, 0.07))
    >>> round(float(federal[0, 0]), 6), round(float(state[0, 0]), 6)
    (19.53, 7.0)
    """
    state = income_tax(
        income_usd_nominal - state_depreciation_usd_nominal,
        taxes.state_frac,
        losses=taxes.losses,
        loss_cap_frac=taxes.loss_cap_frac,
    )
    federal = income_tax(
        income_usd_nominal - federal_depreciation_usd_nominal - state,
        taxes.federal_frac,
        losses=taxes.losses,
        loss_cap_frac=taxes.loss_cap_frac,
    )
    return federal, state


def production_tax_credit(energy_mwh: Array, years: Array, credits_of: Credits) -> Array:
    """Return the production tax credit of each year.

    Parameters
    ----------
    energy_mwh
        Energy sold; dimensions project, period [MWh].
    years
        Operating year of each period, 1 for the first [years].
    credits_of
        Size, growth, years and rounding of the credit.

    Returns
    -------
    numpy.ndarray
        Credit at face value; dimensions of the energy [USD].

    References
    ----------
    IRS Notice 2010-37: the escalated credit is rounded to a tenth of a cent per kWh.

    Examples
    --------
    27.50 USD/MWh is rounded up to 28, and 27.50 times 1.025 = 28.19 down to 28:

    >>> credit = Credits(ptc_usd_per_mwh=27.5, ptc_escalation_frac=0.025, ptc_years=2,
    ...                  ptc_rounding_usd_per_mwh=1.0)
    >>> production_tax_credit(np.ones((1, 3)), np.array([1.0, 2.0, 3.0]), credit).tolist()
    [[28.0, 28.0, 0.0]]
    """
    first = column(credits_of.ptc_usd_per_mwh)
    growth = column(credits_of.ptc_escalation_frac)
    last = column(credits_of.ptc_years)
    credit = first * (1.0 + growth) ** (years - 1.0)
    step = credits_of.ptc_rounding_usd_per_mwh
    if step > 0:
        credit = np.floor(credit / step + 0.5) * step
    return np.asarray(energy_mwh * np.where((years >= 1) & (years <= last), credit, 0.0))


def carbon_credit(operating: npt.NDArray[np.bool_], years: Array, credits_of: Credits) -> Array:
    r"""Return the credit for captured carbon dioxide of each year.

    .. math:: k \, (1 + \epsilon)^{t-1} \, m, \qquad t \le N

    Parameters
    ----------
    operating
        Whether the project runs; dimensions project, period.
    years
        Operating year of each period, 1 for the first [years].
    credits_of
        Credit k of year 1, its growth :math:`\epsilon`, mass m of a year, and years N.

    Returns
    -------
    numpy.ndarray
        Credit at face value; dimensions project, period [USD].

    References
    ----------
    IRC 45Q(a): the credit is earned for twelve years from the start of operation.

    Examples
    --------
    >>> credit = Credits(carbon_usd_per_t=85.0, captured_t_per_year=2.0, carbon_years=2)
    >>> carbon_credit(np.ones((1, 3), dtype=bool), np.array([1.0, 2.0, 3.0]), credit).tolist()
    [[170.0, 170.0, 0.0]]
    """
    first, growth, mass, last = (
        column(value)
        for value in (
            credits_of.carbon_usd_per_t,
            credits_of.carbon_escalation_frac,
            credits_of.captured_t_per_year,
            credits_of.carbon_years,
        )
    )
    paid = first * (1.0 + growth) ** (years - 1.0) * mass * (years <= last)
    return np.asarray(np.where(operating, paid, 0.0))
