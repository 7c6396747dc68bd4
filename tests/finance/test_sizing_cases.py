"""Loans sized on several cases: the smallest of their loans, in both engines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.finance.drawn_projects import drawn_projects

from gigaplan.finance.kernel import run_many
from gigaplan.finance.packing import packed
from gigaplan.finance.proforma import ProForma, pro_forma
from gigaplan.finance.project import Contract, Debt, OperatingCosts, Plant, Project
from gigaplan.finance.reserves import MajorMaintenance
from gigaplan.finance.stack_terms import Covenants, Mezzanine, Preferred, Sale, SizingCase
from gigaplan.terms.errors import InputError

PLANT = Plant(150e6, 100.0, 438_000.0, 25)
DEAL = Project(
    PLANT,
    Contract(45.0),
    costs=OperatingCosts(fixed_usd_per_year=3e6),
    debt=Debt("dscr", 0.06, 15, most_share_frac=np.inf, upfront_fee_frac=0.02),
)


def on(project: Project, *cases: SizingCase) -> Project:
    return replace(project, debt=replace(project.debt, cases=cases))


def balances(found: ProForma) -> np.ndarray:
    return found.ledger["debt_balance_usd_nominal"]


def test_the_lender_of_a_bad_year() -> None:
    """P50 at 1.30 carries less than P99, 18 % below in energy, at 1.00 as long as costs are small.

    With steady cash the loan is the worth of level payments, as a spreadsheet works it out.
    """
    energy = PLANT.energy_mwh_per_year * 45.0
    for costs, binds in ((1e6, "P50"), (9e6, "P99")):
        deal = replace(DEAL, costs=OperatingCosts(fixed_usd_per_year=costs), inflation_frac=0.0)
        found = pro_forma(on(deal, SizingCase("P50", 1.3), SizingCase("P99", 1.0, 0.82)))
        service = {"P50": (energy - costs) / 1.3, "P99": 0.82 * energy - costs}
        assert found.binding_case is not None
        assert found.binding_case.tolist() == [binds]
        assert min(service, key=lambda name: service[name]) == binds
        size = pyxirr.pv(0.06, 15, -service[binds])
        assert found.metrics["debt_usd_nominal"][0] == pytest.approx(size)
        cover = found.metrics[f"min_dscr_{binds}"][0]
        assert cover == pytest.approx(1.3 if binds == "P50" else 1.0)


def test_one_case_is_the_cover_ratio() -> None:
    project = drawn_projects(31, 40)
    event = MajorMaintenance(5e6, 7, (1.0,))
    project = replace(project, reserves=replace(project.reserves, maintenance=(event,)))
    plain = pro_forma(project)
    cased = pro_forma(on(project, SizingCase("base", project.debt.dscr)))
    for name, values in plain.ledger.items():
        np.testing.assert_array_equal(cased.ledger[name], values)
    np.testing.assert_array_equal(cased.metrics["min_dscr_base"], plain.metrics["min_dscr"])
    assert plain.binding_case is None


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 1000),
    st.lists(st.tuples(st.floats(1.0, 2.0), st.floats(0.5, 1.2)), min_size=1, max_size=3),
)
def test_a_stricter_case_never_enlarges_the_loan(
    seed: int, terms: list[tuple[float, float]]
) -> None:
    draw = np.random.default_rng(seed)
    shapes = draw.uniform(0.6, 1.1, size=(len(terms), 1, 25))
    cases = [
        SizingCase(f"case {place}", ratio, factor, shapes[place])
        for place, (ratio, factor) in enumerate(terms)
    ]
    alone = [pro_forma(on(DEAL, case)) for case in cases]
    together = pro_forma(on(DEAL, *cases))
    sizes = [found.metrics["debt_usd_nominal"][0] for found in alone]
    assert together.metrics["debt_usd_nominal"][0] == min(sizes)
    assert together.binding_case is not None
    assert together.binding_case[0] == cases[int(np.argmin(sizes))].name
    least = np.minimum.reduce([balances(found) for found in alone])
    np.testing.assert_allclose(balances(together), least, rtol=1e-12)
    assert np.all(np.diff(balances(together)) <= 1e-6)
    strict = [replace(case, dscr=case.dscr + 0.1, energy_factor=0.97) for case in cases]
    assert pro_forma(
        on(DEAL, *cases, *[replace(c, name=f"{c.name} strict") for c in strict])
    ).metrics["debt_usd_nominal"][0] <= min(sizes)


def test_the_kernel_knows_cases() -> None:
    draw = np.random.default_rng(6)
    project = drawn_projects(32, 80)
    cases = (
        SizingCase("P50", draw.uniform(1.3, 1.5, size=80)),
        SizingCase("P99", 1.05, draw.uniform(0.7, 0.9, size=(80, 30))),
        SizingCase("low price", 1.1, price_factor=draw.uniform(0.6, 1.0, size=(1, 30))),
    )
    project = on(project, *cases)
    slow, fast = pro_forma(project), run_many(project, keep_flows=True)
    flows = slow.ledger["owner_flow_usd_nominal"]
    size = np.abs(flows).max()
    assert fast.owner_flow_usd_nominal is not None
    np.testing.assert_allclose(fast.owner_flow_usd_nominal, flows, rtol=1e-10, atol=1e-12 * size)
    for name in set(fast.metrics) & set(slow.metrics):
        near = {"rtol": 1e-10, "atol": 1e-12 * size if "usd_nominal" in name else 1e-12}
        np.testing.assert_allclose(fast.metrics[name], slow.metrics[name], err_msg=name, **near)
    assert slow.binding_case is not None
    assert len(set(slow.binding_case)) > 1


def test_rows_of_a_case_make_projects() -> None:
    found = pro_forma(on(DEAL, SizingCase("P99", np.array([1.0, 1.2, 1.4]))))
    assert np.all(np.diff(found.metrics["debt_usd_nominal"]) < 0)
    many = run_many(on(DEAL, SizingCase("P99", np.array([1.0, 1.2, 1.4]))))
    np.testing.assert_allclose(
        many.metrics["debt_usd_nominal"], found.metrics["debt_usd_nominal"], rtol=1e-12
    )


def test_cases_that_cannot_be_used() -> None:
    cases = (SizingCase("P50", 0.9), SizingCase("P99", 1.0, -0.5))
    for run in (pro_forma, run_many):
        with pytest.raises(InputError) as caught:
            run(on(DEAL, *cases))
        assert str(caught.value) == (
            "The finance of a project cannot be worked out.\n"
            "  - debt.cases[0].dscr: dscr is 0.9. Give 1 or more.\n"
            "  - debt.cases[1].energy_factor: energy_factor is -0.5. Give a factor of 0 or more."
        )
    twice = (SizingCase("P50", 1.3), SizingCase("P50", 1.2))
    debt = replace(DEAL.debt, sizing="share", negative_amortisation=True, cases=twice)
    with pytest.raises(InputError) as caught:
        pro_forma(replace(DEAL, debt=debt))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - debt.cases: 2 sizing cases belong to a loan by share. "
        'Set debt.sizing to "dscr", or leave the cases out.\n'
        "  - debt.cases: Two cases are called P50. Give each case a name of its own.\n"
        "  - debt.negative_amortisation: A loan that may grow is sized on cases, or swept. "
        "Leave out debt.negative_amortisation, or the cases and debt.sweep_frac."
    )


def test_a_case_without_a_name() -> None:
    with pytest.raises(InputError, match=r"debt\.cases: A case has no name\. Name it"):
        pro_forma(on(DEAL, SizingCase("", 1.3)))


def test_what_the_kernel_leaves_out() -> None:
    project = replace(
        DEAL,
        covenants=Covenants(1.1),
        mezzanine=Mezzanine(0.1, 0.1),
        preferred=Preferred(0.1, 0.1, 10),
        sale=Sale(10, 1e8),
        credits=replace(
            DEAL.credits, carbon_usd_per_t=85.0, captured_t_per_year=1e6, expansion_year=4
        ),
    )
    with pytest.raises(InputError) as caught:
        run_many(project)
    said = str(caught.value)
    assert said.count("  - ") == 6
    assert "  - mezzanine: The deal has the term mezzanine. Use pro_forma, or leave it out." in said
    assert "  - credits.carbon_usd_per_t: Captured carbon earns a credit." in said
    assert "  - credits.expansion_year: The investment credit may be paid back." in said


def test_some_rows_of_a_pack_keep_their_tables() -> None:
    """The rows that the kernel hands on, because they may have several rates of return."""
    draw = np.random.default_rng(9)
    project = drawn_projects(33, 6)
    curve = draw.uniform(0.03, 0.08, size=(6, 30))
    debt = replace(project.debt, interest_frac=curve, cases=(SizingCase("P90", curve[:, 0] + 1.1),))
    pack = packed(replace(project, debt=debt, inflation_frac=curve / 2))
    rows = np.array([4, 1])
    some = pack.some(rows)
    assert some.count == 2
    np.testing.assert_array_equal(some.interest_curve, curve[rows])
    np.testing.assert_array_equal(some.inflation_curve, curve[rows] / 2)
    np.testing.assert_array_equal(some.case_dscr, curve[rows, 0][None, :] + 1.1)
    assert some.case_energy_factor.shape == (1, 2, 30)
