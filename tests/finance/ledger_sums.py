"""Sums of a ledger: every line of money in and out, whatever terms a deal has."""

from __future__ import annotations

import numpy as np

from gigaplan.finance.proforma import ProForma

CASH = (
    *("ebitda", "purchase", "debt_drawn", "interest", "principal", "maintenance"),
    *("federal_tax", "state_tax", "itc", "ptc", "carbon_credit", "credit_recapture"),
    *("reserve_change", "reserve_interest", "trapped_change"),
    *("refinancing_drawn", "refinancing_repaid", "refinancing_fee"),
    *("mezzanine_drawn", "mezzanine_interest", "mezzanine_principal"),
    *("preferred_drawn", "preferred_return", "preferred_redemption"),
    *("sale", "sale_debt_repaid"),
)


def line(found: ProForma, name: str) -> np.ndarray:
    """Return a line of money; zeros where the deal has none."""
    flows = found.ledger["owner_flow_usd_nominal"]
    return found.ledger.get(f"{name}_usd_nominal", np.zeros_like(flows))


def assert_it_adds_up(found: ProForma) -> None:
    """Cash paid is cash there, sources are uses, and no account falls below zero."""
    total = sum(line(found, name) for name in CASH)
    owners = line(found, "owner_flow")
    size = np.abs(owners).max() + np.abs(line(found, "purchase")).max()
    np.testing.assert_allclose(total, owners, rtol=1e-11, atol=1e-11 * size)
    sources = found.metrics["debt_usd_nominal"] + found.metrics["equity_usd_nominal"]
    sources = sources + found.metrics.get("mezzanine_usd_nominal", 0.0)
    np.testing.assert_allclose(sources, found.metrics["uses_usd_nominal"], rtol=1e-11)
    paid_in = -owners[:, 0] + line(found, "debt_drawn")[:, 0]
    paid_in = paid_in + line(found, "mezzanine_drawn")[:, 0] + line(found, "preferred_drawn")[:, 0]
    np.testing.assert_allclose(paid_in, found.metrics["uses_usd_nominal"], rtol=1e-11)
    for account in ("debt", "reserve", "trapped", "mezzanine", "preferred"):
        balance = line(found, f"{account}_balance")
        assert np.all(balance >= -1e-9 * size), account
