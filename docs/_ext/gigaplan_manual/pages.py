"""All pages that are made from the code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gigaplan.inputs.dataset import load_dataset
from gigaplan.inputs.dictionary import dictionary_markdown
from gigaplan.inputs.scenario.reference import scenario_reference_markdown
from gigaplan.plan.tables import PlanColumn, columns_of, table_names
from gigaplan.policy.facts.reference import deal_reference_markdown
from gigaplan_manual.families import families, family_index, family_page
from gigaplan_manual.nomenclature import nomenclature_page


def write_pages(folder: Path) -> None:
    """Write every generated page below ``folder``, and remove pages that are no longer made.

    Pages whose text has not changed are left alone, so that Sphinx does not read them again.
    """
    pages = generated_pages()
    for path in (p for p in folder.rglob("*") if p.is_file()):
        if path.relative_to(folder).as_posix() not in pages:
            path.unlink()
    for name, text in pages.items():
        path = folder / name
        content = text.rstrip() + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")


def generated_pages() -> dict[str, str]:
    """Return the text of every generated page by its path below ``docs/generated``."""
    every_family = families()
    return {
        "scenario_reference.md": scenario_reference_markdown(),
        "deal_reference.md": deal_reference_markdown(),
        "data_dictionary.md": dictionary_markdown(load_dataset("us")),
        "command_line.md": command_line_page(),
        "plan_tables.md": plan_tables_page(),
        "symbols.rst": nomenclature_page(),
        "families/index.rst": family_index(every_family),
        **{f"families/{family.name}.rst": family_page(family) for family in every_family},
    }


def command_line_page() -> str:
    """Return the reference of the command line, as Typer writes it."""
    command = [sys.executable, "-m", "typer", "gigaplan.cli", "utils", "docs"]
    written = subprocess.run(
        [*command, "--name", "gigaplan", "--title", "Command line"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    # A backspace tells Typer to keep the line breaks of a paragraph in the terminal.
    return written.stdout.replace("\b", "")


def plan_tables_page() -> str:
    """Return the reference of the tables of a plan, as Markdown."""
    parts = [
        "# Tables of a plan",
        "Every column of every table in the folder `tables/` of a plan. "
        "[](../reading_a_plan.md) says what the tables are for.",
    ]
    for table in table_names():
        rows = [
            f"| `{column.column}` | {_type_of(column)} | {column.unit} | {column.description} |"
            for column in columns_of(table)
        ]
        header = ["| column | type | unit | meaning |", "| --- | --- | --- | --- |"]
        parts += [f"## {table}", "\n".join([*header, *rows])]
    return "\n\n".join(parts)


def _type_of(column: PlanColumn) -> str:
    """Return the type of a column, and what else than a number its cells may be."""
    return f"{column.type}, may be {column.may_be}" if column.may_be else column.type
