"""For editors and newcomers: the JSON Schema and the commented starter."""

from __future__ import annotations

import re
from typing import Any, Final

from gigaplan.inputs.faults import NAME_MEND
from gigaplan.inputs.scenario.base import NAME_PATTERN
from gigaplan.inputs.scenario.load import shipped_text
from gigaplan.inputs.scenario.model import Scenario
from gigaplan.inputs.yaml_reader import plain_value
from gigaplan.terms.errors import Fault, InputError

HEADER: Final = """\
# gigaplan scenario {name}, started from {template}. Change what you like, then:
#   gigaplan check {name}.yaml
#   gigaplan run {name}.yaml -o plans/{name}
# A field that is left out has its default. To have fields completed and checked while you write:
#   gigaplan schema > gigaplan.schema.json
# and, for most editors, this as the first line of this file:
#   yaml-language-server: $schema=gigaplan.schema.json
"""


def scenario_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario, for editors."""
    schema = Scenario.model_json_schema()
    for section in (schema, *schema["$defs"].values()):
        for field in section.get("properties", {}).values():
            if "description" in field:
                field["description"] = " ".join(field["description"].split())
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "gigaplan scenario"
    return schema


def starter_text(name: str, template: str = "us-2035") -> str:
    """Return the text of a commented starter scenario.

    Parameters
    ----------
    name
        Name that the new scenario has.
    template
        Shipped scenario that it starts from; its comments stay.

    Raises
    ------
    InputError
        If the name cannot be one, or there is no such template.

    >>> starter_text("my-plan", "tiny").splitlines()[8:10]
    ['name: my-plan', 'title: My plan']
    """
    if not re.fullmatch(NAME_PATTERN, name):
        headline = "A scenario cannot have this name."
        raise InputError(headline, [Fault(f"name is {name!r}.", "", NAME_MEND)])
    text = re.sub(
        r"\A(#.*\n)+", HEADER.format(name=name, template=template), shipped_text(template)
    )
    words = re.sub("[-_]", " ", name)
    for field, value in (("name", name), ("title", words[:1].upper() + words[1:])):
        is_text = value[:1].isalpha() and plain_value(value) == value
        shown = value if is_text else f'"{value}"'
        text = re.sub(rf"(?m)^{field}: .*$", f"{field}: {shown}", text, count=1)
    return text
