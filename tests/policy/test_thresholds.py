"""Code of the rules holds no threshold: every number comes from the dated table."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import gigaplan.policy
from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.rules import FAMILIES

FOLDER = Path(gigaplan.policy.__file__).parent
FILES = sorted(FOLDER.rglob("rules/**/*.py"))
# Zero, one and a hundred are no thresholds: nothing, all, and a share written in percent. A
# million turns the unit of a deal file into dollars.
PLAIN = {0, 1, 100, 1e6}


def _numbers(tree: ast.AST) -> list[float]:
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value not in PLAIN
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_rule_holds_no_number(path: Path) -> None:
    assert _numbers(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_the_check_sees_a_number() -> None:
    assert _numbers(ast.parse("limit = 0.25")) == [0.25]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sentence_of_a_rule_holds_no_share_or_amount(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not re.search(r"\d\s?(%|percent\b|USD|days|miles)", node.value), node.value


def test_every_parameter_that_code_names_is_in_the_table_and_the_other_way_round(
    us: Dataset,
) -> None:
    table = set(us.table("rule_parameters")["parameter"])
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    families = "|".join({name.partition(".")[0] for name in table})
    named = set(re.findall(rf'"((?:{families})\.[a-z0-9_]+\.[a-z0-9_]+)"', text))
    named |= {f"cfius.{name}_days" for name in re.findall(r'_days\(law, "([a-z._]+)"\)', text)}
    assert named == table


def test_every_rule_of_the_code_is_in_the_table_and_the_other_way_round(us: Dataset) -> None:
    coded = {(family.name, rule.name) for family in FAMILIES for rule in family.rules}
    table = us.table("policy_rules")
    assert coded == set(zip(table["family"], table["rule"], strict=True))
