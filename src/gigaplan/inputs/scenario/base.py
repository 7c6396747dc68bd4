"""What every section of a scenario shares: its kinds of values, and the rules between fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, model_validator
from pydantic_core import PydanticCustomError

FIRST_YEAR: Final = 2024
LAST_YEAR: Final = 2050
AMOUNT_MOST: Final = 1e9
NAME_LONGEST: Final = 80
BROKEN_RULES: Final = "broken_rules"
NAME_PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$"

# Terminals, tables and file formats choke on control characters other than line breaks and tabs.
NO_CONTROL_CHARACTERS: Final = r"^[^\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]*$"

Path = tuple[str | int, ...]


def _number_of_digits(key: object) -> object:
    """Return the year of a quoted key such as ``'2030'``; JSON has no other keys than text."""
    digits = isinstance(key, str) and len(key) == 4 and key.isascii() and key.isdigit()
    return int(str(key)) if digits else key


Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR, strict=True)]
YearKey = Annotated[
    int, BeforeValidator(_number_of_digits), Field(ge=FIRST_YEAR, le=LAST_YEAR, strict=True)
]
Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False, strict=True)]
Amount = Annotated[float, Field(ge=0.0, le=AMOUNT_MOST, allow_inf_nan=False, strict=True)]
Rate = Annotated[float, Field(ge=0.0, le=0.5, allow_inf_nan=False, strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Name = Annotated[str, Field(min_length=1, max_length=NAME_LONGEST, pattern=NO_CONTROL_CHARACTERS)]
Finite = Annotated[float, Field(allow_inf_nan=False, strict=True)]
Label = Name | StrictInt | Finite


@dataclass(frozen=True)
class Breach:
    """A rule between fields that does not hold.

    Parameters
    ----------
    path
        Field at fault, from the section that has the rule.
    what
        What is wrong, as a sentence.
    mend
        How to mend it, as a sentence.
    """

    path: Path
    what: str
    mend: str


@dataclass(frozen=True)
class Rule:
    """A rule between fields of a section.

    Parameters
    ----------
    needs
        Fields that the rule looks at, with dots for fields of inner sections. The rule is not
        asked where one of them is at fault itself.
    check
        Function of the values of these fields that yields what is wrong with them together.
    """

    needs: tuple[str, ...]
    check: Callable[..., Iterable[Breach]]


class Section(BaseModel):
    """A part of a scenario: frozen, no unknown keys, no numbers out of text."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    RULES: ClassVar[tuple[Rule, ...]] = ()

    @model_validator(mode="after")
    def _keeps_its_rules(self) -> Self:
        texts = [
            f"{'.'.join(map(str, breach.path))}: {breach.what} {breach.mend}"
            for rule in self.RULES
            for breach in rule.check(*(_value_at(self, need) for need in rule.needs))
        ]
        if texts:
            raise PydanticCustomError(BROKEN_RULES, "{text}", {"text": " ".join(texts)})
        return self


def _value_at(section: BaseModel, dotted: str) -> Any:
    """Return a field; ``None`` if it lies in an inner section that is not given."""
    value: Any = section
    for step in dotted.split("."):
        value = None if value is None else getattr(value, step)
    return value


def no_repeats(*fields: str) -> tuple[Rule, ...]:
    """Return a rule for each of some lists: nothing stands in it twice."""
    return tuple(Rule((field,), _once(field)) for field in fields)


def _once(field: str) -> Callable[[object], Iterator[Breach]]:
    def check(values: object) -> Iterator[Breach]:
        if not isinstance(values, list | tuple):
            return
        for value, count in Counter(values).items():
            if count > 1:
                second = [at for at, other in enumerate(values) if other == value][1]
                times = "twice" if count == 2 else f"{count} times"
                yield Breach(
                    (*field.split("."), second), f"{field} names {value} {times}.", "Name it once."
                )

    return check
