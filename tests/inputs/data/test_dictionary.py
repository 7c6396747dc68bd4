"""The data dictionary names every table and every column."""

from __future__ import annotations

from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.dictionary import dictionary_markdown
from gigaplan.inputs.schema import shipped_schemas


def test_every_table_and_column_is_in_the_dictionary(us: Dataset) -> None:
    page = dictionary_markdown(us)
    for name, schema in shipped_schemas().items():
        section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
        for column in schema.columns:
            assert f"| `{column.name}` | {column.type} |" in section
        assert "**Source**" in section
        assert "**Weak**" in section


def test_every_table_of_the_page_is_a_rectangle(us: Dataset) -> None:
    width = 0
    for line in dictionary_markdown(us).splitlines():
        cells = line.replace("\\|", "").count("|")
        if cells and width:
            assert cells == width, line
        width = cells
