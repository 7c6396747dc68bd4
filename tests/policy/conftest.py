"""Cases of deals, and the law of the shipped package."""

from __future__ import annotations

from datetime import date

import pytest

from gigaplan.inputs.dataset import Dataset, load_dataset
from gigaplan.policy.law import Law, law_as_of


@pytest.fixture(scope="session")
def us() -> Dataset:
    """The shipped package."""
    return load_dataset("us")


@pytest.fixture(scope="session")
def law(us: Dataset) -> Law:
    """The law of the day on which the tables were last compared with the text."""
    return law_as_of(us, date(2026, 11, 23))
