"""The manual's reference of deal files, made from the types."""

from __future__ import annotations

from typing import Final

from gigaplan.inputs.scenario.reference import section_tables
from gigaplan.policy.facts.deal import Deal

NOTE: Final = """\
A deal file is one YAML file for `gigaplan screen`; `gigaplan screen --example` prints one. Only
`name`, `investor` and `entities` must be given. What is left out, or empty, is unknown: the screen
asks for it and assumes nothing. An empty list is an answer: there is none.
"""


def deal_reference_markdown() -> str:
    """Return every field of a deal file: name, type, unit, default, what is allowed, meaning."""
    return "\n".join(["# Deal file reference", "", NOTE, *section_tables(Deal, ())]).strip() + "\n"
