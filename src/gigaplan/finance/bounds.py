"""Bounds: what each number of a project may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.project import Project

Array = npt.NDArray[np.float64]

NEVER: Final = np.inf
HUGE: Final = 1e12

# Part, field, least, most, what to give instead.
BOUNDS: Final = (
    ("plant", "installed_cost_usd_nominal", 0.0, HUGE, "a cost of 0 or more"),
    ("plant", "capacity_mw", 0.0, HUGE, "a capacity of 0 or more"),
    ("plant", "energy_mwh_per_year", 0.0, HUGE, "an energy of 0 or more"),
    ("plant", "life_years", 1.0, 100.0, "1 to 100 years"),
    ("plant", "degradation_frac_per_year", 0.0, 1.0, "a share from 0 to 1"),
    ("plant", "salvage_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("plant", "energy_factor", 0.0, HUGE, "a factor of 0 or more"),
    ("contract", "price_usd_per_mwh", -HUGE, HUGE, "a price"),
    ("contract", "escalation_frac", -0.5, 0.5, "a rate from -0.5 to 0.5"),
    ("contract", "price_factor", -HUGE, HUGE, "a factor"),
    ("contract", "other_usd_per_year", -HUGE, HUGE, "an amount"),
    ("contract", "other_escalation_frac", -0.5, 0.5, "a rate from -0.5 to 0.5"),
    ("costs", "capacity_usd_per_mw_year", -HUGE, HUGE, "a cost"),
    ("costs", "energy_usd_per_mwh", -HUGE, HUGE, "a cost"),
    ("costs", "fixed_usd_per_year", -HUGE, HUGE, "a cost"),
    ("costs", "real_escalation_frac", -0.5, 0.5, "a rate from -0.5 to 0.5"),
    ("costs", "insurance_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("costs", "property_tax_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("costs", "assessed_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("costs", "assessed_decline_frac_per_year", 0.0, 1.0, "a share from 0 to 1"),
    ("costs", "land_lease_usd_per_year", -HUGE, HUGE, "a cost"),
    ("debt", "interest_frac", 0.0, 1.0, "a rate from 0 to 1"),
    ("debt", "tenor_years", 1.0, 100.0, "1 to 100 years"),
    ("debt", "dscr", 1.0, HUGE, "1 or more"),
    ("debt", "share_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("debt", "most_share_frac", 0.0, NEVER, "a share of 0 or more"),
    ("debt", "upfront_fee_frac", 0.0, 0.5, "a share from 0 to 0.5"),
    ("debt", "closing_cost_usd_nominal", 0.0, HUGE, "a cost of 0 or more"),
    ("debt", "sweep_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("debt", "sweep_from_year", 1.0, 100.0, "a year from 1 to 100"),
    ("taxes", "federal_frac", 0.0, 1.0, "a rate from 0 to 1"),
    ("taxes", "state_frac", 0.0, 1.0, "a rate from 0 to 1"),
    ("taxes", "loss_cap_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("credits", "itc_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("credits", "itc_basis_cut_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("credits", "itc_limit_usd_nominal", 0.0, NEVER, "a limit of 0 or more"),
    ("credits", "ptc_usd_per_mwh", 0.0, HUGE, "a credit of 0 or more"),
    ("credits", "ptc_escalation_frac", -0.5, 0.5, "a rate from -0.5 to 0.5"),
    ("credits", "ptc_years", 0.0, 100.0, "0 to 100 years"),
    ("credits", "ptc_rounding_usd_per_mwh", 0.0, HUGE, "a step of 0 or more"),
    ("credits", "transfer_price_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("credits", "carbon_usd_per_t", 0.0, HUGE, "a credit of 0 or more"),
    ("credits", "captured_t_per_year", 0.0, HUGE, "an amount of 0 or more"),
    ("credits", "carbon_escalation_frac", -0.5, 0.5, "a rate from -0.5 to 0.5"),
    ("credits", "carbon_years", 0.0, 100.0, "0 to 100 years"),
    ("credits", "expansion_year", 1.0, NEVER, "a year of 1 or later"),
    ("reserves", "debt_service_months", 0.0, 24.0, "0 to 24 months"),
    ("reserves", "working_capital_months", 0.0, 24.0, "0 to 24 months"),
    ("reserves", "interest_frac", 0.0, 1.0, "a rate from 0 to 1"),
    ("covenants", "lock_up_dscr", 0.0, HUGE, "a ratio of 0 or more"),
    ("covenants", "default_dscr", 0.0, HUGE, "a ratio of 0 or more"),
    ("covenants", "clean_tests_to_release", 1.0, 100.0, "1 to 100 tests"),
    ("refinancing", "year", 1.0, 100.0, "a year from 1 to 100"),
    ("refinancing", "interest_frac", 0.0, 1.0, "a rate from 0 to 1"),
    ("refinancing", "tenor_years", 1.0, 100.0, "1 to 100 years"),
    ("refinancing", "dscr", 1.0, HUGE, "1 or more"),
    ("refinancing", "fee_frac", 0.0, 0.5, "a share from 0 to 0.5"),
    ("refinancing", "most_share_frac", 0.0, NEVER, "a share of 0 or more"),
    ("mezzanine", "share_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("mezzanine", "cash_interest_frac", 0.0, 1.0, "a rate from 0 to 1"),
    ("mezzanine", "pik_interest_frac", 0.0, 1.0, "a rate from 0 to 1"),
    ("mezzanine", "tenor_years", 1.0, 100.0, "1 to 100 years"),
    ("preferred", "share_frac", 0.0, 1.0, "a share from 0 to 1"),
    ("preferred", "return_frac", 0.0, 1.0, "a rate from 0 to 1"),
    ("preferred", "redemption_year", 1.0, 100.0, "a year from 1 to 100"),
    ("sale", "year", 1.0, 100.0, "a year from 1 to 100"),
    ("sale", "value_usd_nominal", 0.0, HUGE, "a price of 0 or more"),
    ("sale", "ebitda_multiple", 0.0, HUGE, "a multiple of 0 or more"),
    ("", "inflation_frac", -0.5, 1.0, "a rate from -0.5 to 1"),
    ("", "real_discount_frac", -0.5, 1.0, "a rate from -0.5 to 1"),
    ("", "other_financing_usd_nominal", 0.0, HUGE, "a cost of 0 or more"),
)
# The same for each sizing case.
CASE_BOUNDS: Final = (
    ("dscr", 1.0, HUGE, "1 or more"),
    ("energy_factor", 0.0, HUGE, "a factor of 0 or more"),
    ("price_factor", -HUGE, HUGE, "a factor"),
)
# Years and counts that are the same for all projects.
FOR_ALL: Final = (
    ("covenants", "clean_tests_to_release"),
    ("refinancing", "year"),
    ("sale", "year"),
)
BY_YEAR: Final = (
    ("plant", "energy_factor"),
    ("contract", "price_factor"),
    ("debt", "interest_frac"),
    ("refinancing", "interest_frac"),
    ("", "inflation_frac"),
)


@dataclass(frozen=True)
class Bounded:
    """A number of a project, and what it may be.

    Parameters
    ----------
    where, name
        Its place, such as ``debt.dscr``, and the last part of it.
    values
        The number, or one for each project, or for each project and year.
    least, most, remedy
        Its bounds, and what to give instead.
    most_dimensions
        0: one number for all projects; 1: or one for each; 2: or one for each project and year.
    """

    where: str
    name: str
    values: Array
    least: float
    most: float
    remedy: str
    most_dimensions: int


def bounded_numbers(project: Project) -> Iterator[Bounded]:
    """Return the numbers of a project that are given."""
    for part, name, least, most, remedy in BOUNDS:
        owner = getattr(project, part) if part else project
        value = None if owner is None else getattr(owner, name)
        if value is not None:
            where = f"{part}.{name}" if part else name
            values = np.asarray(value, dtype=float)
            dimensions = 2 if (part, name) in BY_YEAR else 0 if (part, name) in FOR_ALL else 1
            yield Bounded(where, name, values, least, most, remedy, dimensions)
    for index, case in enumerate(project.debt.cases):
        for name, least, most, remedy in CASE_BOUNDS:
            values = np.asarray(getattr(case, name), dtype=float)
            where = f"debt.cases[{index}].{name}"
            dimensions = 1 if name == "dscr" else 2
            yield Bounded(where, name, values, least, most, remedy, dimensions)
