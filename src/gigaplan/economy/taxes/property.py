"""Property tax: on the assessed value of everything in service, less what places forgo."""

from __future__ import annotations

import pandas as pd

from gigaplan.economy.taxes.rates import Tax, TaxRates
from gigaplan.finance.operations import assessed_share

PROPERTY = "property"
LEVEL = "local"


def property_taxes(running: pd.DataFrame, rates: TaxRates) -> pd.DataFrame:
    r"""Return the property tax of a plan by part of a build and calendar year.

    .. math::

        V_t = \frac{a_t C}{(1 + \pi)^{y - 2025}}, \qquad D_t = r V_t, \qquad X_t = b D_t

    ===========  =========================================  =========================
    symbol       name in code                               unit
    ===========  =========================================  =========================
    :math:`C`    ``cost_usd_nominal_m``                     M$ nominal
    :math:`a_t`  :func:`.finance.operations.assessed_share`  frac
    :math:`r`    ``industrial_property_tax_frac``, or        frac/yr
                 ``equipment_property_tax_frac`` of servers
    :math:`b`    ``property_tax_abated_frac``               frac
    ===========  =========================================  =========================

    The same equation and the same terms as in the deals: what is paid, in nominal dollars, is the
    line ``property_tax`` of the deals where there are any.

    Parameters
    ----------
    running
        Years of operation with cost and ``price_index``, see
        :func:`~gigaplan.economy.taxes.running.running_years`.
    rates
        The data package.

    Returns
    -------
    pandas.DataFrame
        The columns of the table ``taxes`` without what is paid; cities and counties are ``local``.
    """
    share = assessed_share(
        rates.terms_of(running, "assessed_frac"),
        rates.terms_of(running, "assessed_decline_frac_per_year"),
        running["year"],
    )
    value = share * running["cost_usd_nominal_m"] / running["price_index"]
    rate = rates.property_frac(running)
    due = rate * value
    forgone = rates.terms_of(running, "property_tax_abated_frac") * due
    return Tax(PROPERTY, LEVEL, rate, value, due, forgone).on(running)
