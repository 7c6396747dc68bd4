"""Elements of a drawing as text: attributes are escaped, numbers are short."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


def number(value: float) -> str:
    """Return a length of a drawing with two digits behind the point.

    Examples
    --------
    >>> number(12.0), number(0.125), number(-3.456), number(-0.001)
    ('12', '0.12', '-3.46', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, attributes: Mapping[str, str | float], children: Iterable[str] = ()) -> str:
    """Return an element; its children are markup already.

    Examples
    --------
    >>> element("g", {"class": 'a"b', "x": 1.5}, [words("text", {}, "<b>")])
    '<g class="a&quot;b" x="1.5"><text>&lt;b&gt;</text></g>'
    """
    pairs = "".join(
        f' {key}="{html.escape(value if isinstance(value, str) else number(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{pairs}>{''.join(children)}</{name}>"


def words(name: str, attributes: Mapping[str, str | float], text: str) -> str:
    """Return an element that holds a text."""
    return element(name, attributes, [html.escape(text)])


@dataclass(frozen=True)
class Area:
    """A rectangle that a label covers."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        """Return whether two labels lie on each other.

        Examples
        --------
        >>> Area(0, 0, 2, 1).meets(Area(1, 0, 3, 1)), Area(0, 0, 1, 1).meets(Area(1, 0, 2, 1))
        (True, False)
        """
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )
