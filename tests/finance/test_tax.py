"""Income tax and credits: hand-worked cases, and laws for any income."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.finance.tax import (
    Taxes,
    combined_rate,
    federal_and_state_tax,
    income_tax,
)

incomes = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30)


@given(incomes, st.floats(0, 1))
def test_waiting_for_losses_never_lowers_tax(income: list[float], cap: float) -> None:
    flow = np.array([income])
    waits = income_tax(flow, 0.21, losses="carried_forward", loss_cap_frac=cap)
    assert np.all(waits >= 0)
    assert waits.sum() >= income_tax(flow, 0.21).sum() - 1e-6


@given(incomes)
def test_losses_are_used_once_and_wholly(income: list[float]) -> None:
    """With a large gain at the end, and no cap, the tax adds up to that of the sum."""
    flow = np.array([[*income, 1e9]])
    waits = income_tax(flow, 0.21, losses="carried_forward", loss_cap_frac=1.0)
    assert waits.sum() == pytest.approx(0.21 * flow.sum())


@given(incomes, st.floats(0, 0.12), st.floats(0, 0.4))
def test_at_once_both_taxes_are_the_combined_rate(
    income: list[float], state: float, federal: float
) -> None:
    flow, none = np.array([income]), np.zeros((1, len(income)))
    paid = federal_and_state_tax(flow, none, none, Taxes(federal, state))
    assert sum(paid) == pytest.approx(combined_rate(federal, state) * flow, abs=1e-6)


def test_each_project_has_its_own_rate() -> None:
    tax = income_tax(np.array([[100.0], [100.0]]), np.array([0.2, 0.3]))
    assert tax.tolist() == [[20.0], [30.0]]
