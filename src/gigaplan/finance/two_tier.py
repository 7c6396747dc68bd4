"""Two tiers: investors get their money back with a preferred return, then the sponsor shares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def two_tier_split(
    owner_flow_usd_nominal: Array, preferred_frac: npt.ArrayLike, promote_frac: npt.ArrayLike
) -> tuple[Array, Array]:
    r"""Return what investors and sponsor pay and get; investors pay everything in.

    .. math::

        H_t = (1+p) B_{t-1}, \qquad
        a_t = \min(x_t^+, H_t), \qquad
        B_t = H_t + x_t^- - a_t, \qquad
        \text{sponsor}_t = \phi \, (x_t^+ - a_t)

    with flows x, their positive part :math:`x^+`, payments in :math:`x^-`, the preferred return p
    and the sponsor's share :math:`\phi` of what is left.

    Parameters
    ----------
    owner_flow_usd_nominal
        Flows of all owners together; dimensions project, period [USD].
    preferred_frac
        Compounded yearly return before the sponsor shares; one number or one for each project.
    promote_frac
        Share of the sponsor after that; one number or one for each project [frac].

    Returns
    -------
    tuple of numpy.ndarray
        Flows of investors and of the sponsor; they add to the flows of the owners [USD].

    Examples
    --------
    100 paid in at 10 % are owed 110; of the 40 beyond, the sponsor gets a quarter:

    >>> investors, sponsor = two_tier_split(np.array([[-100.0, 150.0]]), 0.1, 0.25)
    >>> investors.tolist(), sponsor.round(9).tolist()
    ([[-100.0, 140.0]], [[0.0, 10.0]])
    """
    flows = np.atleast_2d(owner_flow_usd_nominal)
    preferred = np.asarray(preferred_frac, dtype=float)
    promote = np.asarray(promote_frac, dtype=float)
    owed = np.zeros(flows.shape[0])
    sponsor = np.zeros_like(flows)
    for period in range(flows.shape[1]):
        owed = owed * (1.0 + preferred)
        paid_out = np.maximum(flows[:, period], 0.0)
        first = np.minimum(paid_out, owed)
        owed = owed - np.minimum(flows[:, period], 0.0) - first
        sponsor[:, period] = promote * (paid_out - first)
    return flows - sponsor, sponsor
