"""Terms of the money beside a plain term loan: cases, covenants, new loans, junior money, a sale.

Each number is one for all projects, or an array with one for each. Years count from the start of
operation; the years of a new loan and of a sale, and the tests that release cash, are the same for
all projects.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Number = float | Array


@dataclass(frozen=True)
class SizingCase:
    """A case that the lenders size the loan on, such as the energy of one bad year in a hundred.

    Parameters
    ----------
    name
        What the case is called where it binds: ``P99``.
    dscr
        Cash of the case over debt service, 1 or more.
    energy_factor, price_factor
        Multiply energy and price of each year on top of the factors of the project; dimensions
        project, period, or fewer.
    """

    name: str
    dscr: Number
    energy_factor: Number = 1.0
    price_factor: Number = 1.0


@dataclass(frozen=True)
class Covenants:
    """Tests of the cover ratio in each year with debt service.

    Parameters
    ----------
    lock_up_dscr
        Below it, cash is trapped instead of paid to junior lenders and owners.
    default_dscr
        Below it, a year is one of default; it is reported, and changes no payment.
    clean_tests_to_release
        Yearly tests in a row at the lock-up ratio or above that release what is trapped, 1 or more.
    """

    lock_up_dscr: Number
    default_dscr: Number = 1.0
    clean_tests_to_release: int = 1


@dataclass(frozen=True)
class Refinancing:
    """A new loan that repays the old one.

    Parameters
    ----------
    year
        At its end the balance is repaid and the new loan drawn, before the tenor of the old one.
    interest_frac
        Rate of the new loan; dimensions project, period of the whole life, or fewer [frac/yr].
    tenor_years
        Years of the new loan, counted from the refinancing [years].
    dscr
        Cash over debt service that the new loan is sculpted to, 1 or more.
    fee_frac
        Fee on the new loan, paid when it is drawn [frac].
    most_share_frac
        The new loan is no more than this share of the uses at close [frac].
    """

    year: int
    interest_frac: Number
    tenor_years: Number
    dscr: Number
    fee_frac: Number = 0.0
    most_share_frac: Number = 1.0


@dataclass(frozen=True)
class Mezzanine:
    """A junior loan, paid after the senior one and before owners, from the cash there is.

    Parameters
    ----------
    share_frac
        Share of uses; no more than what the senior loan leaves [frac].
    cash_interest_frac
        Rate due in cash on the balance at the start of a year; what is not paid accrues [frac/yr].
    pik_interest_frac
        Rate that accrues on the balance at the start of a year [frac/yr].
    tenor_years
        Year in which all is due; until then, the balance over the years left is due [years].
    """

    share_frac: Number
    cash_interest_frac: Number
    pik_interest_frac: Number = 0.0
    tenor_years: Number = 10


@dataclass(frozen=True)
class Preferred:
    """Preferred equity, paid after junior lenders and before owners.

    Parameters
    ----------
    share_frac
        Share of the equity: of the uses that no loan pays [frac].
    return_frac
        Yearly return on the balance at the start of a year; what is not paid accrues [frac/yr].
    redemption_year
        Year in which the balance is due; what cash does not cover is due in the years after.
    """

    share_frac: Number
    return_frac: Number
    redemption_year: Number


@dataclass(frozen=True)
class Sale:
    """The project is sold at the end of a year; give one of the two prices.

    Parameters
    ----------
    year
        Year of the sale, in the life of every project.
    value_usd_nominal
        Price before any loan is repaid [USD].
    ebitda_multiple
        Price as a multiple of the year's earnings before interest, tax and depreciation.
    """

    year: int
    value_usd_nominal: Number | None = None
    ebitda_multiple: Number | None = None
