"""Whole campus phases: from a plan with fractions of campuses to one that can be built."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

NEARLY_WHOLE = 1e-6
"""Fractions of a phase below this are solver noise, not a wish for another phase."""


def whole_phases(
    relaxed_gw: Floats,
    phase_gw: float,
    *,
    largest_gw: Floats,
    smallest_gw: Floats,
    towards: Literal["up", "down"],
    noise: float = NEARLY_WHOLE,
) -> Floats:
    """Round cumulative campus capacity to whole phases, keeping the national total.

    For each year the national total is rounded up (a target must be met) or down (money must
    suffice). Phases go one by one to the zone that is furthest below its wish, so that each gets
    its whole phases before any gets a phase for a remainder. Nothing built is ever taken back, and
    no total is exceeded to make up for it.

    Parameters
    ----------
    relaxed_gw
        Builds of the relaxed plan (zone, vintage) [GW of IT].
    phase_gw
        Size of a phase, above zero [GW of IT].
    largest_gw
        Most cumulative capacity by vintage (zone, vintage) [GW of IT].
    smallest_gw
        Least capacity in the last vintage (zone) [GW of IT].
    towards
        Which way the national total is rounded.
    noise
        Fraction of a phase that is no wish for another one.

    Returns
    -------
    numpy.ndarray
        Builds in whole phases (zone, vintage) [GW of IT].

    Examples
    --------
    >>> whole_phases(np.array([[0.6], [0.7]]), 0.5, largest_gw=np.full((2, 1), 9.0),
    ...              smallest_gw=np.zeros(2), towards="up").ravel()
    array([0.5, 1. ])
    """
    wanted = np.cumsum(relaxed_gw, axis=1) / phase_gw
    room = np.floor(largest_gw / phase_gw + NEARLY_WHOLE)
    needed = np.ceil(smallest_gw / phase_gw - NEARLY_WHOLE)
    phases = np.zeros_like(wanted)
    held = np.zeros(wanted.shape[0])
    last = wanted.shape[1] - 1
    for vintage in range(wanted.shape[1]):
        now = wanted[:, vintage]
        base = np.maximum(held, needed) if vintage == last else held.copy()
        exact = now.sum()
        total = np.ceil(exact - noise) if towards == "up" else np.floor(exact + noise)
        left = int(max(total - base.sum(), 0))
        while left > 0:
            fits = (base + 1 <= room[:, vintage]) & (now > NEARLY_WHOLE)
            if not fits.any():
                break
            chosen = int(np.argmax(np.where(fits, now - base, -np.inf)))
            base[chosen] += 1
            left -= 1
        phases[:, vintage] = base
        held = base
    builds: Floats = np.diff(phases, axis=1, prepend=0.0) * phase_gw
    return builds


def kept_states(
    relaxed_gw: Floats, required: npt.NDArray[np.bool_], most: int
) -> npt.NDArray[np.bool_]:
    """Return the zones that may keep campuses when at most ``most`` zones may have any.

    Parameters
    ----------
    relaxed_gw
        Cumulative capacity of the relaxed plan (zone) [GW of IT].
    required
        Zones that must have campuses (zone).
    most
        Most zones that may have campuses.

    Returns
    -------
    numpy.ndarray
        True for the required zones and the largest of the others (zone).
    """
    order = np.lexsort((-relaxed_gw, ~required))
    kept = np.zeros(relaxed_gw.size, dtype=bool)
    kept[order[:most]] = True
    return kept & (required | (relaxed_gw > NEARLY_WHOLE))
