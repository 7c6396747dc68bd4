"""The tiny plan, and small plans worked out by hand."""

from __future__ import annotations

import pytest
from tests.dealbook.conftest import facts_of

import gigaplan
from gigaplan.dealbook import PlanFacts
from gigaplan.environment.arrays import PlanArrays


@pytest.fixture(scope="session")
def facts() -> PlanFacts:
    return facts_of(gigaplan.run(gigaplan.load_scenario("tiny"), relaxed=True))


@pytest.fixture(scope="session")
def arrays(facts: PlanFacts) -> PlanArrays:
    return PlanArrays(facts.tables, facts.system)
