"""What every section of a scenario shares."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

FIRST_YEAR, LAST_YEAR = 2024, 2050

Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR, strict=True)]
Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False, strict=True)]
Amount = Annotated[float, Field(ge=0.0, le=1e9, allow_inf_nan=False, strict=True)]
Rate = Annotated[float, Field(ge=0.0, le=0.5, allow_inf_nan=False, strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Name = Annotated[str, Field(min_length=1, max_length=80)]


class Section(BaseModel):
    """A part of a scenario: frozen, no unknown keys, no numbers out of text."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
