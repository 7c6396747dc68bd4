"""A limit that a person can loosen: what it is called, in what unit, and where it is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from gigaplan.system import Options
from gigaplan.system.types import barred_key

Labels = Mapping[str, object]
Way = Literal["number", "factor", "share", "switch"]


@dataclass(frozen=True)
class Limit:
    """One kind of limit.

    Parameters
    ----------
    name
        Name of the constraints in the model.
    kind
        What limits of the kind are called together.
    words
        What it is called, given the labels of one row.
    unit
        Unit of its right-hand side.
    setting
        Field of the scenario, or table of the data package, that holds it, given the labels.
    one_more
        What one unit more of it is called, given the labels.
    sum_over
        Dimensions over which prices are added: a limit that binds in many blocks is one limit.
    largest_over
        Dimensions over which the largest price counts: steps of one supply.
    share_of
        Variable whose sum over the labels a share is of; its price is that of one percentage point.
    share_over
        Dimensions of the labels over which that variable is summed too: a share of one in a sum
        over all.
    lower_to_mend
        Whether loosening means lowering the number (a target) or raising it (a cap).
    way
        What its setting is: the number itself, a factor on a number of the data, a share of
        something, or a switch.
    setting_unit, setting_factor
        Unit of the setting and its size in that unit, where it is not ``unit``.
    """

    name: str
    kind: str
    words: Callable[[Labels], str]
    unit: str
    setting: Callable[[Labels], str]
    one_more: Callable[[Labels], str]
    sum_over: tuple[str, ...] = ()
    largest_over: tuple[str, ...] = ()
    share_of: str = ""
    share_over: tuple[str, ...] = ()
    lower_to_mend: bool = False
    way: Way = "number"
    setting_unit: str = ""
    setting_factor: float = 1.0


COMPUTE_UNIT = "unit of compute"
COMPONENT_UNIT = "unit of the component"
GROUP_SETTINGS = {"us": "min_us_share", "allied": "min_allied_share"}
GROUP_WORDS = {"us": "from the US", "allied": "from the US or an ally"}
_SPOKEN = {"pv": "solar", "wind-ons": "wind"}


LABOUR = "labour_"


def spoken(name: object) -> str:
    """Return a name in words.

    >>> spoken("labour_electrical"), spoken("large_power_transformer"), spoken("pv")
    ('electrical labour', 'large power transformer', 'solar')
    """
    text = str(name)
    if text.startswith(LABOUR):
        text = f"{text.removeprefix(LABOUR)} labour"
    return _SPOKEN.get(text, text.replace("_", " "))


def component_of(at: Labels) -> str:
    """Return the component that the labels of a limit are about."""
    for dim in ("component", "local_component"):
        if dim in at:
            return str(at[dim])
    return str(at["source"]).split(" from ")[0]


def source_words(at: Labels) -> str:
    """Return a source in words.

    >>> source_words({"source": "advanced_packaging from TW, step 2"})
    'advanced packaging from TW, step 2'
    """
    return spoken(at["source"])


OWNERS = {
    "foreign": "foreign investors",
    "government": "governments",
    "debt": "debt",
    "grant": "grants",
    "sponsor": "the sponsor",
}


CLASS_WORDS = {"campus": "campuses", "accelerator": "accelerators", "energy": "own power"}


def class_words(at: Labels) -> str:
    """Return the words for the capital class at the labels."""
    name = str(at["capital_class"])
    return CLASS_WORDS.get(name, name)


def owners(at: Labels) -> str:
    """Return the words for the group of investors at the labels."""
    group = str(at["investor_group"])
    return OWNERS.get(group, group)


def bar_or(at: Labels, setting: str) -> str:
    """Return the rule or setting that bars a source or factory, else its own setting."""
    return str(at.get("barred_by") or setting)


def from_group(at: Labels) -> str:
    """Return the words for a group of origins in a calendar year."""
    group = str(at["origin_group"])
    return f"{GROUP_WORDS.get(group, f'from {group}')} in {at['calendar_year']}"


def in_units(limit: Limit, at: Labels, options: Options) -> Labels:
    """Return the labels of a limit with the unit that it is counted in, and what bars it."""
    if limit.unit != COMPONENT_UNIT:
        return at
    component = options.made_by.get(str(at["factory"])) if "factory" in at else component_of(at)
    named = str(at.get("factory"))
    if "source" in at:
        named = barred_key(at["source"], at["calendar_year"])
    barred_by = options.barred_by.get(named, "")
    return {**at, "unit": options.units.get(component or "", "unit"), "barred_by": barred_by}


def unit_of(limit: Limit, at: Labels, options: Options) -> str:
    """Return the unit of a limit; those of compute and components depend on the scenario."""
    if limit.unit == COMPONENT_UNIT:
        return str(in_units(limit, at, options)["unit"])
    if limit.unit != COMPUTE_UNIT:
        return limit.unit
    return "GW of IT" if options.target_unit == "it_gw" else "million H100e"
