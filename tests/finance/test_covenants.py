"""Covenants: cash that is trapped, when it comes out, and that nothing else changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.finance.drawn_projects import drawn_projects
from tests.finance.ledger_sums import assert_it_adds_up, line

from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Debt, Plant, Project
from gigaplan.finance.stack_terms import Covenants
from gigaplan.finance.tax import Taxes
from gigaplan.terms.errors import InputError

# 1000 at 10 % over four years: service of 350, 325, 300, 275.
DEAL = Project(
    Plant(2000.0, 1.0, 100.0, 6),
    Contract(5.0, price_factor=np.array([[1.0, 0.7, 0.8, 0.9, 1.0, 1.0]])),
    debt=Debt("share", 0.1, 4, share_frac=0.5, repayment="level_principal"),
    taxes=Taxes(0.0),
    inflation_frac=0.0,
)


def under(project: Project, lock_up: float, default: float = 0.0, tests: int = 1) -> Project:
    return replace(project, covenants=Covenants(lock_up, default, tests))


def test_trapped_cash_by_hand() -> None:
    """Cash of 500, 350, 400, 450 covers 1.43, 1.08, 1.33 and 1.64 times."""
    found = pro_forma(under(DEAL, 1.2, 1.1))
    assert line(found, "trapped_balance")[0].tolist() == [0, 0, 25, 0, 0, 0, 0]
    assert line(found, "trapped_change")[0].tolist() == [0, 0, -25, 25, 0, 0, 0]
    owners = line(found, "owner_flow")[0]
    assert owners.tolist() == [-1000, 150, 0, 125, 175, 500, 500]
    assert found.ledger["lock_up_flag"][0].tolist() == [0, 0, 1, 0, 0, 0, 0]
    assert found.metrics["lock_up_years"].tolist() == [1.0]
    assert found.metrics["default_years"].tolist() == [1.0]
    # Two clean tests: the second one is also the end of the loan.
    later = pro_forma(under(DEAL, 1.2, 1.1, 2))
    assert line(later, "trapped_balance")[0].tolist() == [0, 0, 25, 125, 0, 0, 0]
    # A lock-up ratio that is never reached: all comes out when the loan is repaid.
    never = pro_forma(under(DEAL, 9.0))
    assert line(never, "trapped_balance")[0].tolist() == [0, 150, 175, 275, 0, 0, 0]
    assert line(never, "owner_flow")[0].tolist() == [-1000, 0, 0, 0, 450, 500, 500]


def test_trapped_cash_pays_before_owners_do() -> None:
    """A year that lacks 150 takes what is trapped first; owners pay the rest."""
    bad = replace(DEAL, contract=Contract(5.0, price_factor=np.array([[0.9, 0.2, 1, 1, 1, 1]])))
    found = pro_forma(under(bad, 1.3))
    assert line(found, "trapped_balance")[0].tolist() == [0, 100, 0, 0, 0, 0, 0]
    assert line(found, "owner_flow")[0, :4].tolist() == [-1000, 0, -125, 200]


def test_no_breach_changes_nothing() -> None:
    project = drawn_projects(51, 40)
    plain = pro_forma(project)
    tested = pro_forma(replace(project, covenants=Covenants(project.debt.dscr, 1.0, 3)))
    for name, values in plain.ledger.items():
        np.testing.assert_array_equal(tested.ledger[name], values)
    for name, values in plain.metrics.items():
        np.testing.assert_array_equal(tested.metrics[name], values)
    assert not line(tested, "trapped_balance").any()
    assert not tested.metrics["lock_up_years"].any()


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10_000),
    st.floats(0.8, 3.0),
    st.floats(0.0, 1.0),
    st.integers(1, 4),
    st.integers(0, 3),
)
def test_a_tighter_covenant_never_raises_cash_out_earlier(
    seed: int, ratio: float, tighter: float, tests: int, more: int
) -> None:
    project = drawn_projects(seed, 20, sizing="share")
    plain = pro_forma(project)
    loose = pro_forma(under(project, ratio, 0.0, tests))
    tight = pro_forma(under(project, ratio + tighter, 0.0, tests + more))
    out = [np.cumsum(line(found, "owner_flow"), axis=1) for found in (plain, loose, tight)]
    close = 1e-9 * np.abs(out[0]).max()
    assert np.all(out[1] <= out[0] + close)
    assert np.all(out[2] <= out[1] + close)
    tenor = np.asarray(project.debt.tenor_years)[:, None]
    repaid = np.arange(31) >= tenor
    for found, sums in zip((loose, tight), out[1:], strict=True):
        assert_it_adds_up(found)
        assert np.all(line(found, "trapped_balance")[repaid] == 0)
        np.testing.assert_allclose(sums[repaid], out[0][repaid], atol=close)
        taxes = line(found, "federal_tax") + line(found, "state_tax")
        np.testing.assert_array_equal(taxes, line(plain, "federal_tax") + line(plain, "state_tax"))


def test_covenants_that_cannot_be_used() -> None:
    with pytest.raises(InputError) as caught:
        pro_forma(replace(DEAL, covenants=Covenants(-1.0, np.nan, 0)))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - covenants.lock_up_dscr: lock_up_dscr is -1. Give a ratio of 0 or more.\n"
        "  - covenants.default_dscr: default_dscr is nan. Give a ratio of 0 or more.\n"
        "  - covenants.clean_tests_to_release: clean_tests_to_release is 0. Give 1 to 100 tests."
    )
    with pytest.raises(InputError, match=r"default_dscr is above lock_up_dscr\. Lower it"):
        pro_forma(under(DEAL, 1.1, 1.2))
