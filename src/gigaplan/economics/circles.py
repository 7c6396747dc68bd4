"""Circles in a chart of who stands above whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def circle_of(above: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the names along a circle, the first one again at the end; or nothing.

    Parameters
    ----------
    above
        Names directly above each name. Each name of the result stands above the next one.

    Examples
    --------
    >>> circle_of({"a": ["b"], "b": ["c"], "c": ["a"]})
    ['a', 'c', 'b', 'a']
    >>> circle_of({"a": ["b"], "b": []})
    []
    """
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name][::-1]
        if name in done:
            return []
        for higher in above.get(name, ()):
            found = walk(higher, [*way, name])
            if found:
                return found
        done.add(name)
        return []

    for start in above:
        found = walk(start, [])
        if found:
            return found
    return []
