"""Tables of the supply: the parts of names are those that the System was made of."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.expansion.tables.solved import Solved
from gigaplan.expansion.tables.supply import factories_table, sources_table
from gigaplan.inputs.scenario import load_scenario
from gigaplan.system.build import build_system
from gigaplan.system.types import Options
from gigaplan.workflow import load_scenario_data

MILL = "mill in town in Land in Sicht"
SOURCES = {
    "ore from the sea from NO": ("ore from the sea", "NO", 1),
    "ore from the sea from NO, step 2": ("ore from the sea", "NO", 2),
}


def found(**given: xr.Variable) -> Solved:
    options = Options(
        made_by={MILL: "flour"},
        source_parts=SOURCES,
        factory_parts={MILL: ("mill in town", "Land in Sicht")},
    )
    labels = {
        "factory": pd.Index([MILL]),
        "vintage": pd.Index([2030]),
        "calendar_year": pd.Index([2028, 2029, 2030]),
        "source": pd.Index(list(SOURCES)),
        "component": pd.Index(["ore from the sea"]),
    }
    return Solved(
        {"calendar_year": xr.Variable("calendar_year", labels["calendar_year"]), **given},
        {
            "build_factory": xr.Variable(("factory", "vintage"), [[2.0]]),
            "take_source": xr.Variable(("source", "calendar_year"), np.ones((2, 3))),
        },
        labels,
        options,
    )


def test_kind_and_place_of_a_factory_are_not_read_from_its_name() -> None:
    table = factories_table(
        found(
            capex_factory=xr.Variable(("factory", "vintage"), [[3.0]]),
            spend_share_factory=xr.Variable(
                ("factory", "vintage", "calendar_year"), [[[0.0, 0.5, 0.5]]]
            ),
        )
    )
    row = table.iloc[0]
    assert (row["kind"], row["place"], row["component"]) == (
        "mill in town",
        "Land in Sicht",
        "flour",
    )
    assert (row["construction_start_year"], row["capex_usd2025_m"]) == (2029, 6.0)


def test_component_country_and_step_of_a_source_are_not_read_from_its_name() -> None:
    dated = ("source", "calendar_year")
    local = ("local_component", "zone", "step", "calendar_year")
    table = sources_table(
        found(
            source_limit=xr.Variable(dated, np.full((2, 3), 5.0)),
            source_premium=xr.Variable(dated, [[0.0] * 3, [1.0] * 3]),
            component_of_source=xr.Variable(("source", "component"), np.ones((2, 1))),
            price_component=xr.Variable(("component",), [2.0]),
            source_in_group=xr.Variable(("origin_group", "source"), [[0.0, 0.0], [1.0, 0.0]]),
            origin_floor=xr.Variable(
                ("origin_group", "component", "calendar_year"), np.zeros((2, 1, 3))
            ),
            local_limit=xr.Variable(local, np.zeros((0, 0, 0, 3))),
            local_premium=xr.Variable(local, np.zeros((0, 0, 0, 3))),
        )
    )
    parts = table[["component", "origin", "step"]].drop_duplicates()
    assert [tuple(row) for row in parts.itertuples(index=False)] == list(SOURCES.values())
    by_source = table.groupby("source", sort=False)
    assert by_source["allied"].first().tolist() == [1, 0]
    # A unit costs its price, and in the second step its premium too.
    dearer = [0.0, 1.0]
    for (_, rows), premium in zip(by_source, dearer, strict=True):
        assert rows["value_usd2025_m"].tolist() == (rows["taken"] * (2.0 + premium)).tolist()


def test_the_system_has_the_parts_of_every_source_and_factory() -> None:
    scenario = load_scenario("tiny")
    dataset = load_scenario_data(scenario)
    system = build_system(scenario, dataset)
    options = system.options
    assert list(options.source_parts) == system["source"].values.tolist()
    assert list(options.factory_parts) == system["factory"].values.tolist()
    kinds = {kind for kind, _ in options.factory_parts.values()}
    assert kinds <= set(dataset.table("factories")["factory"])
    of_source = system["component_of_source"].transpose("source", "component")
    names = system["component"].values[of_source.values.argmax(axis=1)]
    assert [part for part, _, _ in options.source_parts.values()] == names.tolist()
