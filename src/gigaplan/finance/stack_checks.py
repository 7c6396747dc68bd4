"""Checks of the terms beside a plain loan: whether they go together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gigaplan.finance.project import Project
from gigaplan.terms.errors import Fault


def stack_faults(project: Project) -> Iterator[Fault]:
    """Return every fault of sizing cases, sweep, covenants, new loan, junior money, sale, credits.

    The numbers themselves are within their bounds.
    """
    yield from _sizing_faults(project)
    yield from _covenant_faults(project)
    yield from _refinancing_faults(project)
    yield from _junior_faults(project)
    yield from _sale_faults(project)
    years = np.ravel(np.asarray(project.credits.expansion_year, dtype=float))
    yield from _fraction_fault(years[np.isfinite(years)], "credits.expansion_year")


def _sizing_faults(project: Project) -> Iterator[Fault]:
    debt = project.debt
    if debt.cases and debt.sizing != "dscr":
        what = f"{len(debt.cases)} sizing cases belong to a loan by {debt.sizing}."
        yield Fault(what, "debt.cases", 'Set debt.sizing to "dscr", or leave the cases out.')
    names = [case.name for case in debt.cases]
    if "" in names:
        yield Fault("A case has no name.", "debt.cases", "Name it, such as P50.")
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        what = f"Two cases are called {min(twice)}."
        yield Fault(what, "debt.cases", "Give each case a name of its own.")
    if debt.negative_amortisation and (debt.cases or np.any(np.asarray(debt.sweep_frac) > 0)):
        what = "A loan that may grow is sized on cases, or swept."
        mend = "Leave out debt.negative_amortisation, or the cases and debt.sweep_frac."
        yield Fault(what, "debt.negative_amortisation", mend)


def _covenant_faults(project: Project) -> Iterator[Fault]:
    terms = project.covenants
    if terms is None:
        return
    if np.any(np.asarray(terms.default_dscr) > np.asarray(terms.lock_up_dscr)):
        what = "default_dscr is above lock_up_dscr."
        mend = "Lower it to the lock-up ratio or below."
        yield Fault(what, "covenants.default_dscr", mend)
    yield from _fraction_fault(terms.clean_tests_to_release, "covenants.clean_tests_to_release")


def _refinancing_faults(project: Project) -> Iterator[Fault]:
    terms = project.refinancing
    if terms is None:
        return
    yield from _fraction_fault(terms.year, "refinancing.year")
    yield from _fraction_fault(terms.tenor_years, "refinancing.tenor_years")
    if project.debt.sizing == "none":
        yield Fault("There is no loan to repay.", "refinancing", "Give debt a sizing.")
        return
    tenor, life = _least(project.debt.tenor_years), _least(project.plant.life_years)
    if terms.year >= tenor:
        what = f"year is {terms.year:g}, and the loan is repaid in year {tenor:g}."
        yield Fault(what, "refinancing.year", "Give a year before the last of the tenor.")
    last = terms.year + float(np.max(terms.tenor_years))
    if last > life:
        what = f"The new loan runs to year {last:g}, beyond the life of {life:g} years."
        yield Fault(what, "refinancing.tenor_years", "Shorten the loan.")


def _junior_faults(project: Project) -> Iterator[Fault]:
    life = _least(project.plant.life_years)
    if project.mezzanine is not None:
        tenor = project.mezzanine.tenor_years
        yield from _fraction_fault(tenor, "mezzanine.tenor_years")
        if np.max(tenor) > life:
            what = f"tenor_years is {np.max(tenor):g}, beyond the life of {life:g} years."
            yield Fault(what, "mezzanine.tenor_years", "Shorten the loan.")
    if project.preferred is not None:
        year = project.preferred.redemption_year
        yield from _fraction_fault(year, "preferred.redemption_year")
        if np.max(year) > life:
            what = f"redemption_year is {np.max(year):g}, beyond the life of {life:g} years."
            yield Fault(what, "preferred.redemption_year", "Redeem the shares earlier.")


def _sale_faults(project: Project) -> Iterator[Fault]:
    terms = project.sale
    if terms is None:
        return
    yield from _fraction_fault(terms.year, "sale.year")
    life = _least(project.plant.life_years)
    if terms.year > life:
        what = f"year is {terms.year:g}, beyond the life of {life:g} years."
        yield Fault(what, "sale.year", "Give a year of the life.")
    if (terms.value_usd_nominal is None) == (terms.ebitda_multiple is None):
        found = "no price" if terms.value_usd_nominal is None else "two prices"
        mend = "Give value_usd_nominal or ebitda_multiple, and not both."
        yield Fault(f"The sale has {found}.", "sale", mend)
    if project.refinancing is not None and project.refinancing.year >= terms.year:
        what = (
            f"The refinancing is in year {project.refinancing.year:g}, the sale in {terms.year:g}."
        )
        yield Fault(what, "refinancing.year", "Give a year before the sale.")


def _fraction_fault(years: object, where: str) -> Iterator[Fault]:
    """Name a count that is not whole."""
    counts = np.ravel(np.asarray(years, dtype=float))
    bad = counts[counts != np.round(counts)]
    if bad.size:
        name = where.rsplit(".", 1)[-1]
        yield Fault(f"{name} is {bad[0]:g}.", where, "Give a whole number.")


def _least(value: object) -> float:
    """Return the least of a number for all projects, or for each."""
    return float(np.min(np.asarray(value, dtype=float)))
