"""Countries: the one whose zones are planned."""

from __future__ import annotations

from typing import Final

HOME: Final = "US"
"""Code of the country that the zones of a data package are in."""
