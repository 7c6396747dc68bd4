"""Days, ratios and amounts of the energy credits, both sides of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.policy.energy_credits.plants import plant_case

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.facts.power_plant import Technology
from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law, law_as_of
from gigaplan.policy.parameters import Parameters, parameters_of
from gigaplan.policy.rules.energy_credits import UNTIED, Origin, credit_of, deadline_of
from gigaplan.policy.rules.energy_credits.origin import credit_in_deal
from gigaplan.policy.rules.energy_credits.supply import material_assistance
from gigaplan.policy.rules.energy_credits.timing import deadline

CLEAR, LOST, OPEN = Verdict.CLEAR, Verdict.MITIGATE, Verdict.NEED_FACTS


@pytest.mark.parametrize(
    ("cited", "technology", "begins", "serves", "verdict"),
    [
        ("IRC 48E(e)(4): wind begun on 2026-07-04", "wind", "2026-07-04", "2030-12-31", CLEAR),
        ("IRC 48E(e)(4): a day later, in 2028", "wind", "2026-07-05", "2028-01-01", LOST),
        ("IRC 48E(e)(4): later, by the end of 2027", "solar", "2026-07-05", "2027-12-31", CLEAR),
        ("IRC 48E(e)(4): storage has no such day", "storage", "2026-07-05", "2028-01-01", CLEAR),
        ("Notice 2025-42: five years after", "wind", "2026-07-04", "2031-01-01", OPEN),
        ("IRC 48E(e)(3): nuclear begun in 2033", "nuclear_new", "2033-12-31", "2037-01-01", CLEAR),
        ("IRC 48E(e)(3): nuclear begun in 2034", "nuclear_new", "2034-01-01", "2037-01-01", LOST),
        ("IRC 48E(e)(3): storage begun in 2036", "storage", "2036-01-01", "2037-01-01", LOST),
        ("IRC 48E(i): a fuel cell begun in 2025", "fuel_cell", "2025-12-31", "2026-06-01", LOST),
        ("IRC 48E(i): a fuel cell begun in 2026", "fuel_cell", "2026-01-01", "2026-06-01", CLEAR),
        ("IRC 45U(e): sales of 2032", "nuclear_existing", None, "2032-12-31", CLEAR),
        ("IRC 45U(e): sales of 2033", "nuclear_existing", None, "2033-01-01", LOST),
        ("IRC 45Q(d)(1): begun in 2032", "gas_with_capture", "2032-12-31", "2036-01-01", CLEAR),
        ("IRC 45Q(d)(1): begun in 2033", "gas_with_capture", "2033-01-01", "2036-01-01", LOST),
        ("IRC 45Y(b)(2): gas is not clean", "gas", None, "2028-01-01", LOST),
    ],
)
def test_days(
    law: Law,
    cited: str,
    technology: Technology,
    begins: str | None,
    serves: str,
    verdict: Verdict,
) -> None:
    case = plant_case(
        technology=technology,
        begins_on=begins and date.fromisoformat(begins),
        in_service_on=date.fromisoformat(serves),
    )
    assert deadline(case, law).verdict is verdict, cited


@pytest.mark.parametrize("field", ["technology", "begins_on", "in_service_on"])
def test_missing_days_are_asked_for(law: Law, field: str) -> None:
    found = deadline(plant_case(**{field: None}), law)
    assert found.verdict is OPEN
    assert [ask.field for ask in found.asks] == [f"power_plant.{field}"]


@pytest.mark.parametrize(
    ("cited", "technology", "year", "least_frac"),
    [
        (f"IRC 7701(a)(52)(B): {technology} begun in {year}", technology, year, least)
        for technology, steps in (
            ("solar", {2026: 0.40, 2027: 0.45, 2028: 0.50, 2029: 0.55, 2030: 0.60, 2034: 0.60}),
            ("storage", {2026: 0.55, 2027: 0.60, 2028: 0.65, 2029: 0.70, 2030: 0.75, 2034: 0.75}),
        )
        for year, least in steps.items()
    ],
)
def test_ratio(law: Law, cited: str, technology: Technology, year: int, least_frac: float) -> None:
    days: dict[str, Any] = {
        "technology": technology,
        "begins_on": date(year, 1, 1),
        "in_service_on": date(year + 1, 1, 1),
    }
    kept = material_assistance(plant_case(clean_cost=least_frac, **days), law)
    missed = material_assistance(plant_case(clean_cost=least_frac - 0.001, **days), law)
    assert (kept.verdict, missed.verdict) == (CLEAR, LOST), cited
    assert material_assistance(plant_case(clean_cost=None, **days), law).verdict is OPEN


def test_no_ratio_is_asked_of_what_began_in_2025(law: Law) -> None:
    # P.L. 119-21 secs. 70512, 70513: construction that begins after 31 December 2025.
    case = plant_case(clean_cost=None, begins_on=date(2025, 12, 31))
    assert material_assistance(case, law).verdict is CLEAR


@pytest.mark.parametrize(
    ("cited", "technology", "route", "origin", "rate"),
    [
        ("IRC 48E(a)(2)(A)(ii)", "solar", "investment", UNTIED, 0.30),
        ("IRC 48E(a)(2)(A)(i): wages not met", "solar", "investment", {"wages_met": False}, 0.06),
        (
            "IRC 48E(a)(3): domestic content of 50 % in 2026 and an energy community",
            "storage",
            "investment",
            {"domestic_content_frac": 0.5, "energy_community": True},
            0.50,
        ),
        (
            "IRC 48E(a)(3)(B): domestic content of 49.9 %",
            "storage",
            "investment",
            {"domestic_content_frac": 0.499},
            0.30,
        ),
        ("IRC 45Y(a)(2)(B); 90 FR 41477", "wind", "production", UNTIED, 30.0),
        ("IRC 45Y(a)(2)(A)", "wind", "production", {"wages_met": False}, 6.0),
        ("IRC 45Y(g)(7)", "wind", "production", {"energy_community": True}, 33.0),
        (
            "IRC 48E(i): no bonus, and no wages asked",
            "fuel_cell",
            "investment",
            {"energy_community": True, "wages_met": False},
            0.30,
        ),
        ("IRC 45Q(b)(1)(A)", "gas_with_capture", "investment", UNTIED, 85.0),
        (
            "IRC 45U(b)(2): receipts of 25 USD/MWh",
            "nuclear_existing",
            "investment",
            {"receipts_usd_per_mwh": 25.0},
            15.0,
        ),
        (
            "IRC 45U(b)(2): 15 less 0.8 times 12 above 25",
            "nuclear_existing",
            "investment",
            {"receipts_usd_per_mwh": 37.0},
            5.4,
        ),
        (
            "IRC 45U(b)(2): gone at 43.75 USD/MWh",
            "nuclear_existing",
            "investment",
            {"receipts_usd_per_mwh": 43.75},
            0.0,
        ),
        ("IRC 48C(e): an allocation", "manufacturing", "investment", {"allocated": True}, 0.30),
        ("IRC 48C(e): none", "manufacturing", "investment", {"allocated": False}, 0.0),
        (
            "IRC 45Y(b)(1)(E): ratio of 39.9 %",
            "wind",
            "production",
            {"clean_cost_frac": 0.399},
            0.0,
        ),
        ("IRC 48E(d)(6)", "solar", "investment", {"claimant_influenced": True}, 0.0),
        ("IRC 45U(c)", "nuclear_existing", "investment", {"claimant_specified": True}, 0.0),
    ],
)
def test_amounts(
    law: Law, cited: str, technology: Technology, route: Any, origin: Any, rate: float
) -> None:
    facts = origin if isinstance(origin, Origin) else replace(UNTIED, **origin)
    found = credit_of(technology, date(2026, 7, 1), date(2027, 6, 1), facts, law.parameters, route)
    assert found.rate == pytest.approx(rate, abs=1e-12), cited
    assert (found.kind == "none") is (rate == 0.0)


def test_what_is_not_known_is_not_counted_on(law: Law) -> None:
    found = credit_of("solar", date(2026, 7, 1), date(2027, 6, 1), Origin(), law.parameters)
    assert found.finding.verdict is OPEN
    assert (found.rate, found.kind) == (0.0, "none")
    assert {ask.field for ask in found.finding.asks} == {
        "power_plant.clean_cost",
        "power_plant.claimant",
    }


@pytest.mark.parametrize(
    ("cited", "capacity_mw", "rate"),
    [("IRC 48E(a)(2)(A)(ii)(I): below 1 MW", 0.999, 0.30), ("IRC 48E(a)(2)(A)(i)", 1.0, 0.06)],
)
def test_a_small_plant_need_not_show_wages(
    law: Law, cited: str, capacity_mw: float, rate: float
) -> None:
    found = credit_in_deal(plant_case(capacity_mw=capacity_mw, wages_met=False), law)
    assert found is not None
    assert found.rate == pytest.approx(rate), cited


def test_deadlines_by_technology(law: Law) -> None:
    wind = deadline_of("wind", law.parameters)
    assert (wind.begin_by, wind.else_in_service_by) == (date(2026, 7, 4), date(2027, 12, 31))
    assert deadline_of("storage", law.parameters).begin_by == date(2035, 12, 31)
    assert deadline_of("fuel_cell", law.parameters).begin_from == date(2026, 1, 1)
    assert deadline_of("gas_with_capture", law.parameters).begin_by == date(2032, 12, 31)


TECHNOLOGIES: tuple[Technology, ...] = (
    "wind",
    "solar",
    "storage",
    "nuclear_new",
    "geothermal",
    "hydro",
    "gas_with_capture",
)
BEGINS = st.dates(date(2025, 7, 5), date(2036, 12, 31))


@given(
    st.sampled_from(TECHNOLOGIES),
    BEGINS,
    st.integers(0, 2000),
    st.integers(0, 1500),
    st.sampled_from(["investment", "production"]),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
)
def test_a_later_beginning_never_gives_more(
    law: Law,
    technology: Technology,
    begins: date,
    later: int,
    serves: int,
    route: Any,
    clean: float,
    domestic: float,
) -> None:
    # Fuel cells are left out: section 48E(i) opens for those begun in 2026.
    second = begins + timedelta(days=later)
    end = second + timedelta(days=serves)
    origin = replace(UNTIED, clean_cost_frac=clean, domestic_content_frac=domestic)
    one = credit_of(technology, begins, end, origin, law.parameters, route)
    other = credit_of(technology, second, end, origin, law.parameters, route)
    assert other.rate <= one.rate


@given(
    st.sampled_from(TECHNOLOGIES), BEGINS, st.integers(0, 3000), st.floats(0, 1), st.floats(0, 1)
)
def test_a_cleaner_supply_never_gives_less(
    law: Law, technology: Technology, begins: date, serves: int, one: float, other: float
) -> None:
    assume(one <= other)
    end = begins + timedelta(days=serves)
    less, more = (
        credit_of(
            technology, begins, end, replace(UNTIED, clean_cost_frac=share), law.parameters
        ).rate
        for share in (one, other)
    )
    assert less <= more


def test_a_later_change_leaves_an_earlier_law_alone(us: Dataset) -> None:
    table = parameters_of(us.table("rule_parameters"))
    name = "energy_credits.wind_solar.begin_last"
    old = next(row for row in table.rows if row.name == name)
    changed = Parameters(
        (
            *(row for row in table.rows if row.name != name),
            replace(old, span=replace(old.span, last=date(2026, 12, 31))),
            replace(old, span=replace(old.span, first=date(2027, 1, 1)), value=20280704.0),
        )
    )
    days = ("wind", date(2028, 7, 4), date(2030, 1, 1), UNTIED)
    assert credit_of(*days, changed.as_of(date(2026, 11, 23))).rate == 0.0
    assert credit_of(*days, changed.as_of(date(2027, 1, 1))).rate == 0.30


def test_before_the_act_the_rules_are_not_asked(us: Dataset) -> None:
    assert "energy_credits.deadline" not in law_as_of(us, date(2025, 7, 3)).rules
    assert "energy_credits.deadline" in law_as_of(us, date(2025, 7, 4)).rules
