"""Sphinx extension: pages of the manual that are made from the code, and equations as MathML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gigaplan_manual import mathml, pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def _write_pages(app: Sphinx) -> None:
    pages.write_pages(Path(app.srcdir) / "generated")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the generator and the equation renderer with Sphinx."""
    app.connect("builder-inited", _write_pages)
    app.add_html_math_renderer(
        "mathml",
        inline_renderers=(mathml.visit_inline, None),
        block_renderers=(mathml.visit_block, None),
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
