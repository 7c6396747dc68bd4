"""For editors and newcomers: the JSON Schema and the commented starter."""

from __future__ import annotations

import re
from typing import Any

from gigaplan.inputs.scenario.load import shipped_text
from gigaplan.inputs.scenario.model import Scenario


def scenario_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario, for editors."""
    schema = Scenario.model_json_schema()
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
        Shipped scenario that it starts from.

    Raises
    ------
    InputError
        If there is no such template.
    """
    return re.sub(r"(?m)^name: .*$", f"name: {name}", shipped_text(template), count=1)
