"""Metrics: national figures that a data package adds up to, each by a short name.

A metric is a form and its arguments, parted by colons: ``existing_capacity_gw:coal`` or
``fuel_price:gas:baseline``. Several assets are joined by ``+``; the family of the table ``assets``
(``Coal``, ``Gas``) stands for all its members. The year is that of the published figure.
"""

from __future__ import annotations

from gigaplan.inputs.audit.measures import FORMS, Metric, metric_error
from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.wording import did_you_mean


def measure(dataset: Dataset, metric: str, year: int) -> float:
    """Compute a metric of a data package.

    Parameters
    ----------
    dataset
        The data package.
    metric
        Form and arguments, parted by colons.
    year
        Year of the published figure.

    Returns
    -------
    float
        The figure, in the unit that the form names.

    Raises
    ------
    InputError
        If there is no such form, or the package has no row for its arguments.
    """
    parsed = parse_metric(metric, year)
    return FORMS[parsed.form].measure(dataset, parsed)


def parse_metric(metric: str, year: int) -> Metric:
    """Split a metric into its form and arguments.

    >>> parse_metric("fuel_price:gas:baseline", 2025)
    Metric(form='fuel_price', arguments=('gas', 'baseline'), year=2025)

    Raises
    ------
    InputError
        If there is no such form, or it takes another number of arguments.
    """
    name, *arguments = (part.strip() for part in metric.split(":"))
    form = FORMS.get(name)
    if form is None:
        mend = did_you_mean(name, FORMS) or f"Use one of {', '.join(FORMS)}."
        raise metric_error(metric, f"There is no metric '{name}'.", mend)
    if not form.least <= len(arguments) <= form.most or "" in arguments:
        count = f"{form.least}" if form.least == form.most else f"{form.least} to {form.most}"
        what = f"{name} takes {count} arguments, and has {len(arguments)}."
        raise metric_error(metric, what, "Part them by colons.")
    return Metric(name, tuple(arguments), year)
