"""Target prices: a root finder of another library, and how often the finance is worked out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import brentq
from tests.finance.drawn_projects import drawn_projects

from gigaplan.finance import target_price
from gigaplan.finance.present_value import npv
from gigaplan.finance.proforma import ProForma, pro_forma
from gigaplan.finance.project import Contract, Debt, Plant, Project, Sizing
from gigaplan.finance.target_price import price_for_return
from gigaplan.finance.tax import Losses
from gigaplan.terms.errors import InputError

PLANT = Plant(150e6, 100.0, 438_000.0, 25)
DEALS: list[tuple[Sizing, Losses]] = [
    ("none", "used_at_once"),
    ("share", "used_at_once"),
    ("dscr", "used_at_once"),
    ("none", "carried_forward"),
    ("share", "carried_forward"),
    ("dscr", "carried_forward"),
]


def at_price(project: Project, price: object) -> ProForma:
    contract = replace(project.contract, price_usd_per_mwh=price)
    return pro_forma(replace(project, contract=contract))


@pytest.mark.parametrize(("sizing", "losses"), DEALS)
@pytest.mark.parametrize("seed", [9, 10])
def test_the_price_against_another_search(
    sizing: Sizing, losses: Losses, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def counted(project: Project) -> ProForma:
        calls.append(project)
        return pro_forma(project)

    monkeypatch.setattr(target_price, "pro_forma", counted)
    project = drawn_projects(seed, 8, sizing=sizing, losses=losses)
    prices, found = price_for_return(project, 0.1, 18)
    # A straight line takes two prices, and one that hits; each line more takes about one more.
    straight = losses == "used_at_once" and sizing != "dscr"
    assert len(calls) <= (3 if straight else 10)
    ledger = at_price(project, prices).ledger
    for name, line in found.ledger.items():
        np.testing.assert_array_equal(line, ledger[name], err_msg=name)
    for row, price in enumerate(prices):

        def worth(tried: float, row: int = row) -> float:
            flows = at_price(project, tried).ledger["owner_flow_usd_nominal"]
            return float(npv(flows[row, :19], 0.1))

        theirs = brentq(worth, 0.5 * price, 2.0 * price, xtol=1e-13, rtol=1e-14)
        assert price == pytest.approx(theirs, rel=2e-13)


def test_prices_far_from_those_of_any_market() -> None:
    """Straight lines have known roots, near and far, above zero and below."""
    spent = np.array([1e-3, 1.0, 1e3, 1e6, 1e6, 0.0])
    other = np.array([0.0, 0.0, 0.0, 0.0, 1e7, 0.0])
    plant = Plant(spent, 1.0, np.array([1e3, 1.0, 1e-2, 1e-2, 1.0, 1.0]), 1)
    project = Project(plant, Contract(0.0, other_usd_per_year=other))
    project = replace(project, taxes=replace(project.taxes, federal_frac=0.0))
    price, _ = price_for_return(project, 0.1, 1)
    expected = (1.1 * spent - other) / np.asarray(plant.energy_mwh_per_year)
    np.testing.assert_allclose(price, expected, rtol=1e-13, atol=1e-300)


def test_a_return_for_each_project() -> None:
    wanted = np.array([0.05, 0.10, 0.15])
    project = Project(PLANT, Contract(0.0), debt=Debt("share", share_frac=0.4))
    prices, found = price_for_return(project, wanted, 25)
    np.testing.assert_allclose(found.metrics["irr_frac"], wanted, rtol=1e-12)
    for price, each in zip(prices, wanted, strict=True):
        assert price_for_return(project, float(each), 25)[0][0] == pytest.approx(price, rel=1e-14)


def test_wants_that_cannot_be_met() -> None:
    project = Project(PLANT, Contract(np.array([40.0, 50.0])))
    with pytest.raises(InputError) as caught:
        price_for_return(project, np.full(3, 0.1), 26)
    assert str(caught.value) == (
        "A target price cannot be worked out.\n"
        "  - target_year: target_year is 26, outside the life of 25 years. Give a year of the "
        "life.\n"
        "  - target_irr_frac: target_irr_frac is of the shape (3,), for 2 projects. "
        "Give one number for all projects, or one for each."
    )
    for wrong in (np.nan, -1.0, np.inf):
        with pytest.raises(InputError, match="target_irr_frac is not a rate from -0.99 to 100"):
            price_for_return(project, wrong, 20)
