"""Accounts for tests: worked by hand, and drawn."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gigaplan.economy.accounts import Account, Floats

ENERGY = ("load_twh", "campus_twh")
MONEY = ("running", "fixed", "capacity", "wires", "energy_bought", "firm_bought", "campus_worth")
FIELDS = tuple(Account.__dataclass_fields__)


def account(**numbers: float) -> Account:
    """Return the account of one state and year; what is not given is zero."""
    held = {name: np.full((1, 1), float(numbers.get(name, 0.0))) for name in FIELDS}
    assert set(numbers) <= set(held)
    return Account(**held)


def _amounts(low: float, high: float, shape: tuple[int, int]) -> st.SearchStrategy[Floats]:
    return arrays(float, shape, elements=st.floats(low, high, allow_subnormal=False))


@st.composite
def drawn_accounts(draw: st.DrawFn) -> tuple[Account, Account]:
    """Draw a plan and its counterfactual: the same load, and campuses in some states only."""
    shape = draw(st.tuples(st.integers(1, 3), st.integers(1, 2)))
    load = draw(_amounts(1.0, 700.0, shape))
    some = draw(arrays(bool, shape))
    campus = np.where(some, draw(_amounts(0.01, 200.0, shape)), 0.0)
    made = []
    for energy in (campus, np.zeros(shape)):
        held = {name: np.zeros(shape) for name in FIELDS}
        held |= {name: draw(_amounts(0.0, 3e4, shape)) for name in MONEY}
        bought = held["energy_bought"] - 1.5e4
        held |= {"load_twh": load, "campus_twh": energy, "energy_bought": bought}
        made.append(Account(**held))
    return made[0], made[1]
