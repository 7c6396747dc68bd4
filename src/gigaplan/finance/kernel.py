"""Kernel: the pro forma compiled, for very many projects or draws.

The arithmetic is that of :func:`gigaplan.finance.proforma.pro_forma`, which says what each line
means; a test holds the two together. Only what is asked of many draws comes back: figures, and on
request the flows of the owners. Major maintenance, covenants, new and junior loans, preferred
equity, sales and carbon credits are left out, and refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.checks import check_project
from gigaplan.finance.compiled import METRICS, OPEN, run_rows
from gigaplan.finance.packing import Packed, packed
from gigaplan.finance.project import Number, Project
from gigaplan.finance.two_tier import two_tier_split
from gigaplan.finance.yearly_returns import STATUSES, irr
from gigaplan.terms.errors import Fault, InputError

Array = npt.NDArray[np.float64]

SETTLED_AT_ONCE: Final = 20_000


@dataclass(frozen=True)
class Outcomes:
    """Figures of many projects or draws.

    Parameters
    ----------
    metrics
        Figures by name with their unit, those of the pro forma and those of the two tiers:
        ``investor_npv_usd_nominal``, ``investor_irr_frac`` and ``sponsor_npv_usd_nominal``.
    irr_status
        ``one``, ``none`` or ``several`` rates of return.
    owner_flow_usd_nominal
        Flows of all owners, if asked for; dimensions project, period [USD].
    """

    metrics: Mapping[str, Array]
    irr_status: npt.NDArray[np.str_]
    owner_flow_usd_nominal: Array | None


def run_many(
    project: Project,
    *,
    preferred_frac: Number = 0.08,
    promote_frac: Number = 0.0,
    keep_flows: bool = False,
) -> Outcomes:
    """Return the figures of many projects or draws.

    Parameters
    ----------
    project
        The projects; numbers that differ are arrays.
    preferred_frac, promote_frac
        Terms of :func:`gigaplan.finance.two_tier.two_tier_split` [frac].
    keep_flows
        Whether to return the flows of the owners.

    Returns
    -------
    Outcomes
        One number of each kind for each project.

    Raises
    ------
    InputError
        If a field cannot be used, it has terms that only the pro forma knows, or the terms of the
        tiers are neither one nor one for each project.

    Examples
    --------
    >>> from gigaplan.finance.project import Contract, Plant
    >>> from gigaplan.finance.tax import Taxes
    >>> prices = np.array([3.0, 4.0])
    >>> deal = Project(Plant(100.0, 1.0, 10.0, 5), Contract(prices), taxes=Taxes(0.0))
    >>> run_many(deal).metrics["irr_frac"].round(6).tolist()
    [0.152382, 0.286493]
    """
    check_project(project)
    pack = packed(project)
    tiers = _tiers(pack.count, preferred_frac, promote_frac)
    figures, flows, status = _worked_out(pack, tiers, keep_flows=keep_flows)
    _settle(pack, tiers, figures, status)
    metrics = {name: figures[:, place] for place, name in enumerate(METRICS)}
    return Outcomes(metrics, np.array(STATUSES)[status[:, 0]], flows if keep_flows else None)


def _worked_out(
    pack: Packed, tiers: Array, *, keep_flows: bool
) -> tuple[Array, Array, npt.NDArray[np.int64]]:
    """Return figures, flows, and the statuses of the rates of all owners and of investors."""
    figures = np.empty((pack.count, len(METRICS)))
    flows = np.zeros((pack.count if keep_flows else 0, pack.years + 1))
    status = np.zeros((pack.count, 2), dtype=np.int64)
    run_rows(
        pack.shared,
        pack.changing,
        pack.at,
        pack.energy_factor,
        pack.price_factor,
        pack.interest_curve,
        pack.inflation_curve,
        pack.given_balance,
        pack.case_dscr,
        pack.case_energy_factor,
        pack.case_price_factor,
        pack.written_off,
        pack.options,
        pack.qualifying_frac,
        pack.ptc_rounding_usd_per_mwh,
        tiers,
        figures,
        flows,
        status,
    )
    return figures, flows, status


def _settle(pack: Packed, tiers: Array, figures: Array, status: npt.NDArray[np.int64]) -> None:
    """Fill in the rates of return that every root of the flows is needed for."""
    left = np.flatnonzero((status == OPEN).any(axis=1))
    for start in range(0, left.size, SETTLED_AT_ONCE):
        rows = left[start : start + SETTLED_AT_ONCE]
        _, owners, _ = _worked_out(pack.some(rows), tiers[rows], keep_flows=True)
        found = [irr(owners)] * 2
        if np.any(tiers[rows, 1] > 0.0):
            found[1] = irr(two_tier_split(owners, tiers[rows, 0], tiers[rows, 1])[0])
        for place, name in enumerate(("irr_frac", "investor_irr_frac")):
            figures[rows, METRICS.index(name)] = found[place].rate_frac
            status[rows, place] = [STATUSES.index(word) for word in found[place].status]


def _tiers(count: int, preferred_frac: Number, promote_frac: Number) -> Array:
    """Return the terms of the tiers as two columns, a row for each project."""
    terms = {"preferred_frac": preferred_frac, "promote_frac": promote_frac}
    faults = [
        Fault(
            f"{name} is of the shape {np.shape(term)}, for {count} projects.",
            name,
            "Give one number for all projects, or one for each.",
        )
        for name, term in terms.items()
        if np.shape(term) not in {(), (1,), (count,)}
    ]
    if faults:
        headline = "The tiers of investors and sponsor cannot be worked out."
        raise InputError(headline, faults)
    columns = [np.broadcast_to(np.asarray(term, dtype=float), count) for term in terms.values()]
    return np.stack(columns, axis=1)
