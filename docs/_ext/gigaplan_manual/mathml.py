"""Equations as MathML, which browsers draw by themselves: no script, no font, no network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from latex2mathml.converter import convert

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator


class UnknownCommandError(ValueError):
    """An equation uses a LaTeX command that the converter does not know."""


def equation(latex: str, *, block: bool) -> str:
    """Return an equation as a ``<math>`` element.

    Parameters
    ----------
    latex
        The equation. Blank lines separate lines of a block; ``&`` aligns them.
    block
        Whether the equation stands on lines of its own.

    Raises
    ------
    UnknownCommandError
        When some of the LaTeX would reach the reader as it was typed.
    """
    lines = [line.strip() for line in re.split(r"\n\s*\n", latex.strip())]
    source = r" \\ ".join(lines)
    if block and (len(lines) > 1 or "&" in source):
        source = rf"\begin{{align*}}{source}\end{{align*}}"
    element = convert(source, display="block" if block else "inline")
    left_over = re.search(r"<m[io][^>]*>(\\\w*|&amp;|&)</m[io]>", element)
    if left_over:
        message = f"{left_over[1]} cannot be drawn in the equation: {latex.strip()}"
        raise UnknownCommandError(message)
    # Browsers read the alignment of a cell from its style alone.
    return re.sub(r'columnalign="(\w+)"', r'style="text-align: \1"', element)


def visit_inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write an equation within a line."""
    translator.body.append(equation(node.astext(), block=False))
    raise nodes.SkipNode


def visit_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write an equation that stands by itself."""
    translator.body.append(translator.starttag(node, "div", CLASS="math equation"))
    translator.body.append(equation(node.astext(), block=True))
    translator.body.append("</div>\n")
    raise nodes.SkipNode
