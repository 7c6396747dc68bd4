"""Ledgers as long tables hold the money of the deals, day by day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tests.finance.test_deal import deal

from gigaplan.finance.deal import Closed, close_deals
from gigaplan.finance.ledgers import deal_ledgers


@pytest.fixture(scope="module")
def closed() -> list[Closed]:
    first = deal("first")
    short = replace(first.project.plant, life_years=16)
    return close_deals(
        [first, replace(first, name="second", project=replace(first.project, plant=short))]
    )


@pytest.fixture(scope="module")
def ledgers(closed: list[Closed]) -> dict[str, pd.DataFrame]:
    return deal_ledgers(closed)


def line(table: pd.DataFrame, deal: str, name: str) -> pd.Series:
    rows = table[(table["deal"] == deal) & (table["line"] == name)]
    return rows.set_index("date")["usd_nominal"]


def test_every_line_is_there_for_all_its_days(
    closed: list[Closed], ledgers: dict[str, pd.DataFrame]
) -> None:
    for each in closed:
        name, days = each.deal.name, [day.isoformat() for day in each.dates]
        months = len(each.deal.months)
        uses = line(ledgers["construction"], name, "uses")
        assert list(uses.index) == days[:months]
        flow = line(ledgers["operation"], name, "owner_flow")
        assert list(flow.index) == days[months - 1 :]
        assert list(line(ledgers["owners"], name, "North").index) == days
        np.testing.assert_array_equal(uses, each.construction.uses_usd_nominal)
        np.testing.assert_array_equal(flow, each.pro_forma.ledger["owner_flow_usd_nominal"][0])


def test_tiers_and_owners_add_up(closed: list[Closed], ledgers: dict[str, pd.DataFrame]) -> None:
    keys = ["deal", "date"]
    paid = ledgers["distribution"].groupby(keys)["usd_nominal"].sum()
    net = ledgers["owners"].groupby(keys)["usd_nominal"].sum()
    for each in closed:
        flow = each.owner_flow_usd_nominal
        np.testing.assert_allclose(paid[each.deal.name], np.maximum(flow, 0.0), atol=1e-3)
        np.testing.assert_allclose(net[each.deal.name], flow, atol=1e-3)


def test_tables_are_plain_enough_for_files(ledgers: dict[str, pd.DataFrame]) -> None:
    for table in ledgers.values():
        assert list(table.columns) == ["deal", "date", "line", "usd_nominal"]
        assert not table.duplicated(["deal", "date", "line"]).any()
        assert np.isfinite(table["usd_nominal"]).all()
