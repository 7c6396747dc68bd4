"""Rules between columns, and coverage of zones and months."""

from __future__ import annotations

import pandas as pd

from gigaplan.inputs.checks.cells import TypedTable
from gigaplan.inputs.checks.completeness import completeness_faults
from gigaplan.inputs.checks.rules import rule_faults


def corridors(*rows: tuple[str, str, str, float]) -> dict[str, TypedTable]:
    """Return a table of corridors."""
    columns = ["from_zone", "to_zone", "kind", "online_year"]
    return tables(corridors=pd.DataFrame(rows, columns=columns))


def tables(**frames: pd.DataFrame) -> dict[str, TypedTable]:
    """Return tables as they are read from CSV files."""
    return {
        name: TypedTable(f"{name}.csv", 2, frame, tuple(frame.columns))
        for name, frame in frames.items()
    }


def texts(found: dict[str, TypedTable]) -> list[str]:
    """Return the faults of tables as they are shown."""
    return [str(fault) for fault in rule_faults(found)]


def test_a_corridor_leads_somewhere_else() -> None:
    assert texts(corridors(("TX", "OK", "ac", 2026), ("TX", "TX", "ac", 2026))) == [
        "corridors.csv row 3: from_zone and to_zone are both TX. Name two zones, or drop the row."
    ]


def test_a_corridor_is_not_there_both_ways() -> None:
    assert texts(corridors(("TX", "OK", "ac", 2026), ("OK", "TX", "ac", 2026))) == [
        "corridors.csv rows 2, 3: OK-TX and TX-OK are the same ac corridor. "
        "Keep one row, with forward_mw and reverse_mw."
    ]


def test_corridors_of_other_kinds_or_years_may_lead_back() -> None:
    rows = [("TX", "OK", "ac", 2026.0), ("OK", "TX", "hvdc", 2026.0), ("OK", "TX", "ac", 2030.0)]
    assert texts(corridors(*rows)) == []


def test_an_accelerator_comes_before_it_goes() -> None:
    frame = pd.DataFrame(
        {
            "accelerator": ["alpha", "beta"],
            "available_from_year": [2025, 2028],
            "available_to_year": [2026, 2027],
        }
    )
    assert texts(tables(accelerators=frame)) == [
        "accelerators.csv row 3: available_to_year is before available_from_year for beta. "
        "Swap the years, or mend one."
    ]


def test_every_month_of_every_zone_is_there() -> None:
    frame = pd.DataFrame(
        {"zone": ["TX"] * 12 + ["OK"] * 10, "month": [*range(1, 13), *range(3, 13)]}
    )
    faults = completeness_faults(tables(hydro_monthly=frame), {})
    assert [str(fault) for fault in faults] == [
        "hydro_monthly.csv: There is no row for zone month: OK 1, OK 2. Add them."
    ]


def test_every_division_of_the_zones_has_a_price() -> None:
    zones = pd.DataFrame({"zone": ["TX", "OR"], "census_division": ["South", "Pacific"]})
    prices = pd.DataFrame(
        {
            "fuel": ["gas", "gas", "oil"],
            "case": "low",
            "year": 2030,
            "census_division": ["South", "Pacific", "South"],
        }
    )
    faults = completeness_faults(tables(zones=zones, fuel_prices=prices), {})
    assert [str(fault) for fault in faults] == [
        "fuel_prices.csv: There is no row for fuel case year census_division: "
        "oil low 2030 Pacific. Add it."
    ]


def test_a_bill_is_of_something_known() -> None:
    found = tables(
        component_bills=pd.DataFrame({"asset": ["gas_cc", "H100", "fab", "gas_c", "gas_c"]}),
        assets=pd.DataFrame({"asset": ["gas_cc"]}),
        accelerators=pd.DataFrame({"accelerator": ["H100"]}),
        factories=pd.DataFrame({"factory": ["fab"]}),
    )
    assert texts(found) == [
        "component_bills.csv rows 5, 6: asset is gas_c, not in assets, accelerators or factories. "
        "Did you mean 'gas_cc'?"
    ]


def stages(*rows: tuple[str, str, float, float, float, str | None]) -> dict[str, TypedTable]:
    """Return a table of stages, with an asset that is given and a factory."""
    columns = ["asset", "stage", "low_months", "central_months", "high_months", "follows"]
    return tables(
        project_stages=pd.DataFrame(rows, columns=columns),
        assets=pd.DataFrame({"asset": ["gas_cc", "hydro"], "buildable": [True, False]}),
        factories=pd.DataFrame({"factory": ["fab"]}),
    )


def test_only_what_can_be_built_has_stages() -> None:
    found = stages(("fab", "permit", 1, 2, 3, None), ("hydro", "permit", 1, 2, 3, None))
    assert texts(found) == [
        "project_stages.csv row 3: asset is hydro, not in factories, or among the buildable "
        "assets. Add it there, or drop the row."
    ]


def test_a_stage_follows_one_of_the_same_asset() -> None:
    found = stages(
        ("gas_cc", "permit", 1, 2, 3, None),
        ("gas_cc", "construct", 1, 2, 3, "permit"),
        ("fab", "construct", 1, 2, 3, "permit"),
    )
    assert texts(found) == [
        "project_stages.csv row 4: follows names a stage that fab has not. "
        "Add the stage, or name another one."
    ]


def test_the_middle_of_a_stage_lies_between_its_ends() -> None:
    found = stages(("gas_cc", "permit", 5, 4, 6, None), ("fab", "permit", 4, 4, 4, None))
    assert texts(found) == [
        "project_stages.csv row 2: central_months is not between low_months and high_months for "
        "gas_cc. Put the three in order."
    ]


def test_a_supply_is_in_the_market_of_its_component() -> None:
    found = tables(
        supply=pd.DataFrame(
            {
                "component": ["turbine", "turbine", "labour", "labour", "unknown"],
                "market": ["national", "TX", "TX", "national", "TX"],
            }
        ),
        components=pd.DataFrame(
            {"component": ["turbine", "labour"], "market": ["national", "zone"]}
        ),
        zones=pd.DataFrame({"zone": ["TX"]}),
    )
    assert texts(found) == [
        "supply.csv rows 3, 5: market is TX, national, which is not a market of the component. "
        "Write national for a component with one market, and a zone for one with many."
    ]


def test_the_first_step_of_supply_has_no_premium() -> None:
    frame = pd.DataFrame(
        {
            "component": ["turbine", "turbine", "wafer"],
            "step": [1, 2, 1],
            "premium_usd2025_per_unit": [0.0, 9.0, 9.0],
        }
    )
    assert texts(tables(supply=frame)) == [
        "supply.csv row 4: premium_usd2025_per_unit is above 0 in step 1 for wafer. "
        "Put the premium into step 2, or write 0."
    ]


def test_a_place_is_a_zone_at_home_only() -> None:
    places = pd.DataFrame(
        {"place": ["TX", "Texas", "Taiwan", "TX"], "country": ["US", "US", "TW", "TW"]}
    )
    found = tables(
        factory_places=places,
        factory_capacity=places.head(1),
        zones=pd.DataFrame({"zone": ["TX"]}),
    )
    assert texts(found) == [
        "factory_places.csv row 3: place is Texas, which is not in zones.zone. "
        "Name a zone, or another country.",
        "factory_places.csv row 5: place is TX, a zone of the US, but the country is another one. "
        "Write US as the country, or the name of a place outside the US.",
    ]


def history(*rows: tuple[str, str | None, str, str, str]) -> dict[str, TypedTable]:
    """Return recorded campuses, beside a table of campuses with one in Texas."""
    columns = ["campus", "zone", "country", "construction_start", "first_power"]
    return tables(
        campus_history=pd.DataFrame(rows, columns=columns),
        campuses=pd.DataFrame({"campus": ["ours"], "zone": ["TX"]}),
    )


def test_a_recorded_campus_is_where_the_campus_is() -> None:
    found = history(
        ("ours", "TX", "US", "2024-01", "2025-01"),
        ("theirs", None, "PT", "2024-01", "2025-01"),
        ("another", None, "US", "2024-01", "2025-01"),
        ("abroad", "TX", "PT", "2024-01", "2025-01"),
    )
    assert texts(found) == [
        "campus_history.csv rows 4, 5: zone does not fit the country, or the table campuses, for "
        "another, abroad. Give the zone of the table campuses; leave it blank outside the US."
    ]
    found = history(("ours", "OK", "US", "2024-01", "2025-01"))
    assert texts(found)[0].startswith("campus_history.csv row 2: zone does not fit")


def test_power_comes_after_the_start_of_construction() -> None:
    found = history(
        ("ours", "TX", "US", "2024-05", "2024-05"),
        ("early", "TX", "US", "2024-05", "2023-05"),
        ("unread", "TX", "US", "2024-13", "May 2025"),
    )
    assert texts(found) == [
        "campus_history.csv row 4: construction_start is '2024-13'. It must be a month. "
        "Write a month as 2026-04.",
        "campus_history.csv row 4: first_power is 'May 2025'. It must be a month. "
        "Write a month as 2026-04.",
        "campus_history.csv row 3: first_power is before construction_start for early. "
        "Mend one of the months.",
    ]


def test_every_zone_has_workers_and_months_of_each_stage() -> None:
    found = tables(
        zones=pd.DataFrame({"zone": ["TX", "OK"]}),
        construction_workforce=pd.DataFrame({"zone": ["TX"]}),
        zone_stage_months=pd.DataFrame(
            {"zone": ["TX", "OK", "TX"], "stage": ["permit", "permit", "grid_study"]}
        ),
    )
    assert sorted(str(fault) for fault in completeness_faults(found, {})) == [
        "construction_workforce.csv: There is no row for zone: OK. Add it.",
        "zone_stage_months.csv: There is no row for stage zone: grid_study OK. Add it.",
    ]


def test_every_zone_and_class_has_its_taxes() -> None:
    found = tables(
        zones=pd.DataFrame({"zone": ["TX", "OK"]}),
        zone_taxes=pd.DataFrame({"zone": ["TX"]}),
        local_taxes=pd.DataFrame({"zone": ["OK"]}),
        tax_bases=pd.DataFrame({"class": ["campus", "accelerator", "generator", "storage"]}),
    )
    assert sorted(str(fault) for fault in completeness_faults(found, {})) == [
        "local_taxes.csv: There is no row for zone: TX. Add it.",
        "tax_bases.csv: There is no row for class: corridor, factory. Add them.",
        "zone_taxes.csv: There is no row for zone: OK. Add it.",
    ]


def test_stages_follow_in_no_circle() -> None:
    found = stages(
        ("gas_cc", "permit", 1, 2, 3, "construct"),
        ("gas_cc", "construct", 1, 2, 3, "permit"),
        ("gas_cc", "commission", 1, 2, 3, "construct"),
        ("fab", "permit", 1, 2, 3, "permit"),
        ("fab", "construct", 1, 2, 3, "commission"),
        ("fab", "commission", 1, 2, 3, None),
    )
    assert texts(found) == [
        "project_stages.csv rows 2, 3, 5, 6: follows leads in a circle for gas_cc, fab. "
        "Let no stage follow itself, by way of others, or commission."
    ]


def test_a_ramp_does_not_fall() -> None:
    frame = pd.DataFrame(
        {
            "factory": ["fab", "line"],
            "ramp_first_year_frac": [0.3, 0.9],
            "ramp_second_year_frac": [0.7, 0.2],
        }
    )
    assert texts(tables(factories=frame)) == [
        "factories.csv row 3: ramp_second_year_frac is below ramp_first_year_frac for line. "
        "Swap the two, or mend one."
    ]


def test_a_facility_is_one_thing_in_one_place() -> None:
    frame = pd.DataFrame(
        {
            "facility": ["one", "one", "two"],
            "factory": "fab",
            "place": ["TX", "OK", "TX"],
            "country": "US",
            "production_start_year": 2027,
        }
    )
    assert texts(tables(factory_capacity=frame)) == [
        "factory_capacity.csv rows 2, 3: place differs between the rows of one. "
        "Write the same, or name two facilities."
    ]


def test_what_a_bill_asks_for_is_made() -> None:
    found = tables(
        assets=pd.DataFrame({"asset": ["gas_cc"]}),
        accelerators=pd.DataFrame({"accelerator": ["H100"]}),
        component_bills=pd.DataFrame(
            {"asset": "gas_cc", "component": ["turbine", "wafer", "hands", "switch"]}
        ),
        components=pd.DataFrame(
            {
                "component": ["turbine", "wafer", "hands", "switch"],
                "market": ["national", "national", "zone", "national"],
            }
        ),
        supply=pd.DataFrame({"component": ["turbine", "hands"], "market": ["national", "TX"]}),
        factories=pd.DataFrame({"factory": ["fab", "plant"], "component": ["wafer", "switch"]}),
        factory_capacity=pd.DataFrame({"factory": ["fab"]}),
        zones=pd.DataFrame({"zone": ["TX", "OK"]}),
    )
    assert texts(found) == [
        "component_bills.csv row 5: component is switch, of which the tables supply and "
        "factory_capacity have nothing. Add rows to supply (0 a year, if there is none), or drop "
        "the bill.",
        "supply.csv: There is no row of hands for market OK. Add rows: 0 a year, if there is none.",
    ]


def test_an_accelerator_takes_no_hands_of_a_zone() -> None:
    bills = pd.DataFrame({"asset": ["chip", "campus"], "component": ["trades", "trades"]})
    components = pd.DataFrame({"component": ["trades"], "market": ["zone"]})
    found = tables(
        component_bills=bills,
        components=components,
        accelerators=pd.DataFrame({"accelerator": ["chip"]}),
    )
    assert texts(found) == [
        "component_bills.csv row 2: component is trades, which has a market in each zone, for an "
        "accelerator. Put it on the bill of the campus."
    ]
