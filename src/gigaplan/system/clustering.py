"""Hierarchical clustering with Ward's criterion, and the member that stands for each cluster."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int_]

TIE_DECIMALS = 10
"""Sums of distances that agree to as many decimals are a tie, on every machine alike."""


def scaled_to_unit(series: Floats) -> Floats:
    """Scale each column to the range from zero to one; a constant column becomes zero.

    >>> scaled_to_unit(np.array([[10.0, 3.0], [20.0, 3.0], [15.0, 3.0]])).T.tolist()
    [[0.0, 1.0, 0.5], [0.0, 0.0, 0.0]]
    """
    low = series.min(axis=0)
    spread = series.max(axis=0) - low
    scaled: Floats = (series - low) / np.where(spread > 0, spread, 1.0)
    return scaled


def squared_distances(points: Floats) -> Floats:
    """Return squared Euclidean distances between points (point, point).

    >>> squared_distances(np.array([[0.0, 0.0], [3.0, 4.0]])).tolist()
    [[0.0, 25.0], [25.0, 0.0]]
    """
    centred = points - points.mean(axis=0)
    product = centred @ centred.T
    length = np.diag(product)
    squared: Floats = np.maximum(length[:, None] + length[None, :] - 2.0 * product, 0.0)
    np.fill_diagonal(squared, 0.0)
    return squared


def ward_clusters(squared: Floats, clusters: int) -> Positions:
    r"""Merge points step by step, always the two clusters whose merger adds the least variance.

    After :math:`a` and :math:`b` merge, the distance to every other cluster :math:`c` is

    .. math::

        d^2_{ab,c} = \frac{(n_a + n_c) d^2_{a,c} + (n_b + n_c) d^2_{b,c} - n_c d^2_{a,b}}
                          {n_a + n_b + n_c}

    with the numbers of points :math:`n`. No cluster comes nearer to others by a merger, so only
    those whose nearest neighbour has merged must look for another.

    Parameters
    ----------
    squared
        Squared Euclidean distances (point, point).
    clusters
        Number of clusters to end with.

    Returns
    -------
    numpy.ndarray
        Cluster of each point, counted from zero.

    References
    ----------
    Ward, J. Am. Stat. Assoc. 58 (1963) 236, https://doi.org/10.1080/01621459.1963.10500845;
    Lance and Williams, Comput. J. 9 (1967) 373, https://doi.org/10.1093/comjnl/9.4.373 (distances
    after a merger).

    Examples
    --------
    >>> points = np.array([[0.0], [9.0], [1.0], [10.0]])
    >>> ward_clusters(squared_distances(points), 2).tolist()
    [0, 1, 0, 1]
    """
    apart = squared.copy()
    np.fill_diagonal(apart, np.inf)
    cluster = np.arange(len(apart))
    size = np.ones(len(apart))
    nearest, gap = apart.argmin(axis=1), apart.min(axis=1)
    for _ in range(len(apart) - clusters):
        kept = int(gap.argmin())
        gone = int(nearest[kept])
        merged = (
            (size[kept] + size) * apart[kept]
            + (size[gone] + size) * apart[gone]
            - size * apart[kept, gone]
        ) / (size[kept] + size[gone] + size)
        apart[kept], apart[:, kept] = merged, merged
        apart[gone], apart[:, gone] = np.inf, np.inf
        size[kept] += size[gone]
        cluster[cluster == gone] = kept
        gap[gone], nearest[gone] = np.inf, -1
        stale = np.flatnonzero((nearest == kept) | (nearest == gone))
        nearest[stale], gap[stale] = apart[stale].argmin(axis=1), apart[stale].min(axis=1)
    return np.unique(cluster, return_inverse=True)[1]


def medoids(squared: Floats, cluster: Positions) -> Positions:
    """Return the medoid of each cluster: the member with the least sum of distances to the others.

    Of several, as always in a cluster of two, it is the first.

    >>> medoids(squared_distances(np.array([[0.0], [9.0], [2.0], [3.0]])), np.array([0, 1, 0, 0]))
    array([2, 1])
    """
    chosen = []
    for members in (np.flatnonzero(cluster == one) for one in range(int(cluster.max()) + 1)):
        distance = np.sqrt(squared[np.ix_(members, members)]).sum(axis=0)
        chosen.append(members[np.argmin(np.round(distance, TIE_DECIMALS))])
    return np.array(chosen)
