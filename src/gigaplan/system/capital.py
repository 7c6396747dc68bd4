"""Capital of the System: what investors ask, allow and have committed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.economics.construction import charge_factor
from gigaplan.inputs.scenario.capital import CapitalClass, Investor
from gigaplan.system.frame import Floats, Frame
from gigaplan.terms.country import HOME
from gigaplan.terms.units import DAYS_PER_YEAR

CLASSES = ("campus", "accelerator", "energy")
CLASS_OF = {
    "campus": "campus",
    "accelerator": "accelerator",
    "generator": "energy",
    "storage": "energy",
}
"""Class of spending of each class of projects that the programme pays for."""
GROUPS = ("foreign", "government", "debt", "grant", "sponsor")
SPONSOR = "sponsor"
REFERENCE = {"campus": "campus", "accelerator": "accelerator", "energy": "gas_cc"}
"""The asset whose life and cost of capital stand for a class of spending."""


@dataclass(frozen=True)
class Terms:
    """Life, construction and cost of capital that stand for a class of spending."""

    life_years: float
    construction_years: int
    wacc: float

    def charge(self, rate: float) -> float:
        """Return the yearly charge for a unit of capex at a rate of return [1/yr].

        >>> round(Terms(20.0, 1, 0.07).charge(0.07), 6)
        0.097641
        """
        return charge_factor(rate, self.life_years, self.construction_years)


@dataclass(frozen=True)
class Coalition:
    """The investors of a scenario, with the terms of their kinds."""

    frame: Frame

    @property
    def investors(self) -> tuple[Investor, ...]:
        """Investors, in the order of the scenario."""
        return self.frame.scenario.capital.investors

    @cached_property
    def kinds(self) -> dict[str, dict[str, object]]:
        """Rows of the table ``investor_types`` by kind."""
        table = self.frame.table("investor_types").set_index("kind")
        return {str(kind): dict(row) for kind, row in table.iterrows()}

    @cached_property
    def terms(self) -> dict[str, Terms]:
        """Life and cost of capital by class of spending."""
        held = {}
        for name, asset in REFERENCE.items():
            if name == "accelerator":
                life = float(self.frame.table("accelerators")["life_years"].min())
                held[name] = Terms(life, 1, self.frame.wacc("accelerator"))
            else:
                facts = self.frame.catalogue[asset]
                rate = self.frame.wacc(facts.capital_group)
                held[name] = Terms(float(facts.life_years), facts.construction_years, rate)
        return held

    @cached_property
    def territories(self) -> list[list[str]]:
        """Zones that every investor may fund alike, in the order of their first zone."""
        alike: dict[tuple[bool, ...], list[str]] = {}
        for zone in self.frame.zones:
            key = tuple(_may_fund(investor, zone) for investor in self.investors)
            alike.setdefault(key, []).append(zone)
        return list(alike.values())

    def instrument(self, investor: Investor) -> str:
        """Return what an investor gives: equity, debt or grant."""
        return str(self.kinds[investor.kind]["instrument"])

    def required_return(self, investor: Investor, capital_class: str) -> float | None:
        """Return the real required return [frac], ``None`` for a grant, which asks nothing back."""
        if self.instrument(investor) == "grant":
            return None
        by_class = _by_name(investor.required_return_by_class)
        if capital_class in by_class:
            return float(by_class[capital_class])
        if investor.required_return_frac is not None:
            return float(investor.required_return_frac)
        nominal = float(str(self.kinds[investor.kind]["required_return_frac_nominal"]))
        return real_rate(nominal, self.frame.number("inflation_frac"))

    def return_charge(self, investor: Investor, capital_class: str) -> float:
        """Return the yearly charge beyond that at the cost of capital of the class [1/yr]."""
        terms = self.terms[capital_class]
        rate = self.required_return(investor, capital_class)
        return (0.0 if rate is None else terms.charge(rate)) - terms.charge(terms.wacc)

    def weight(self, investor: Investor, group: str) -> float:
        """Return the share of an investor that counts towards a group [frac]."""
        return {
            "foreign": float(investor.country != HOME),
            "government": investor.government_share,
            "debt": float(self.instrument(investor) == "debt"),
            "grant": float(self.instrument(investor) == "grant"),
            "sponsor": float(investor.kind == SPONSOR),
        }[group]

    def most_debt(self, capital_class: str) -> float:
        """Return the largest share of debt that its service allows [frac].

        The proxy: a project of the class earns its capital charge; debt at the mean rate of the
        lenders may take that over the cover that they ask.
        """
        lenders = [one for one in self.investors if self.instrument(one) == "debt"]
        if not lenders:
            return 1.0
        terms = self.terms[capital_class]
        asked = self.frame.scenario.capital.dscr
        covers = [asked or float(str(self.kinds[one.kind]["min_dscr"] or 1.0)) for one in lenders]
        covers = [1.0 if np.isnan(cover) else cover for cover in covers]
        rates = [self.required_return(one, capital_class) or 0.0 for one in lenders]
        service = float(np.mean([terms.charge(rate) for rate in rates]))
        earned = terms.charge(terms.wacc) * self.frame.number("debt_yield_margin")
        return float(min(1.0, earned / (float(np.max(covers)) * service)))


def real_rate(nominal_frac: float, inflation_frac: float) -> float:
    """Return a nominal rate with inflation taken out [frac].

    >>> round(real_rate(0.09, 0.025), 6)
    0.063415
    """
    return (1.0 + nominal_frac) / (1.0 + inflation_frac) - 1.0


def _may_fund(investor: Investor, zone: str) -> bool:
    allowed = investor.zones == "all" or zone in investor.zones
    return allowed and zone not in investor.exclude_zones


def capital_labels(coalition: Coalition) -> dict[str, list[str]]:
    """Return the labels of the dimensions of capital; empty without investors."""
    if not coalition.investors:
        return {"investor": [], "capital_class": [], "territory": [], "investor_group": []}
    return {
        "investor": [investor.name for investor in coalition.investors],
        "capital_class": list(CLASSES),
        "territory": [_named(zones) for zones in coalition.territories],
        "investor_group": list(GROUPS),
    }


def _named(zones: list[str]) -> str:
    """Return the name of a group of zones.

    >>> _named(["TX"]), _named(["TX", "OK", "KS"])
    ('TX', 'TX and 2 more')
    """
    return zones[0] if len(zones) == 1 else f"{zones[0]} and {len(zones) - 1} more"


def capital_parameters(coalition: Coalition) -> dict[str, xr.DataArray]:
    """Return every parameter of capital; none without investors."""
    investors, frame = coalition.investors, coalition.frame
    if not investors:
        return {}
    scenario = frame.scenario
    labels = capital_labels(coalition)

    def of(values: object, *dims: str) -> xr.DataArray:
        return frame.array(np.asarray(values, dtype=float), dims, labels)

    pays_chips = scenario.compute.accelerators_paid_by == "programme"
    funded = [True, pays_chips, True]
    territories = coalition.territories
    may = [
        [
            [
                name in investor.classes
                and _may_fund(investor, zones[0])
                and investor.name not in frame.eligibility.barred
                for zones in territories
            ]
            for name in CLASSES
        ]
        for investor in investors
    ]
    tickets = [_millions(one.max_ticket_usd_b) for one in investors]
    single = [_millions(one.max_single_usd_b) for one in investors]
    share = [
        [
            min(
                _by_name(one.max_share_of_class).get(name, 1.0),
                frame.eligibility.most_share_frac.get(one.name, 1.0),
            )
            for name in CLASSES
        ]
        for one in investors
    ]
    charge = [[coalition.return_charge(one, name) for name in CLASSES] for one in investors]
    weights = [[coalition.weight(one, group) for one in investors] for group in GROUPS]
    member = [[float(zone in zones) for zone in frame.zones] for zones in territories]
    age = frame.years[None, :] - frame.years[:, None]
    lives = np.array([coalition.terms[name].life_years for name in CLASSES])
    committed = np.array([_committed(frame, one) for one in investors])
    closed = np.array([_after_review(frame, one) for one in investors])
    delays = [frame.eligibility.delay_years.get(one.name, 0.0) for one in investors]
    alive = (age[None] >= 0) & (age[None] < lives[:, None, None])
    return {
        "zone_of_territory": of(member, "territory", "zone"),
        "funded_class": of(funded, "capital_class"),
        "may_fund": of(may, "investor", "capital_class", "territory"),
        "commitment": of(closed, "investor", "calendar_year"),
        "delayed_commitment": of(committed - closed, "investor", "calendar_year"),
        "review_days": of(np.array(delays) * DAYS_PER_YEAR, "investor"),
        "ticket_most": of(tickets, "investor"),
        "ticket_least": of([one.min_ticket_usd_b * 1e3 for one in investors], "investor"),
        "single_most": of(single, "investor"),
        "concentration_most": of([one.max_own_share_in_class for one in investors], "investor"),
        "class_share_most": of(share, "investor", "capital_class"),
        "group_weight": of(weights, "investor_group", "investor"),
        "group_cap": of(_group_shares(coalition, caps=True), "investor_group", "capital_class"),
        "group_floor": of(_group_shares(coalition, caps=False), "investor_group", "capital_class"),
        "return_charge": of(charge, "investor", "capital_class"),
        "alive_class": of(alive, "capital_class", "vintage", "year"),
    }


def terms_table(coalition: Coalition) -> pd.DataFrame:
    """Return the terms of each investor: what it gives, and the real return it asks by class."""
    rows = []
    for investor in coalition.investors:
        asked = [coalition.required_return(investor, name) for name in CLASSES]
        rows.append(
            [
                investor.name,
                investor.kind,
                coalition.instrument(investor),
                investor.country,
                investor.government_share,
                *(0.0 if rate is None else rate for rate in asked),
            ]
        )
    columns = "investor kind instrument country government_share_frac".split()
    asked_columns = [f"required_return_{name}_frac" for name in CLASSES]
    return pd.DataFrame(rows, columns=[*columns, *asked_columns])


def _by_name(values: Mapping[CapitalClass, float]) -> dict[str, float]:
    return {str(name): float(value) for name, value in values.items()}


def _group_shares(coalition: Coalition, *, caps: bool) -> Floats:
    """Return the largest or least shares of groups (investor_group, capital_class) [frac]."""
    capital = coalition.frame.scenario.capital
    given = capital.max_share if caps else capital.min_share
    by_group = {str(group): _by_name(values) for group, values in given.items()}
    shares = np.full((len(GROUPS), len(CLASSES)), 1.0 if caps else 0.0)
    for row, group in enumerate(GROUPS):
        named = by_group.get(group, {})
        for column, name in enumerate(CLASSES):
            shares[row, column] = named.get(name, shares[row, column])
            if caps and group == "debt":
                shares[row, column] = min(shares[row, column], coalition.most_debt(name))
    return shares


def _millions(billions: float | None) -> float:
    return np.inf if billions is None else billions * 1e3


def _committed(frame: Frame, investor: Investor) -> Floats:
    """Return what an investor has committed up to each calendar year [M$]."""
    years = frame.calendar_years
    total = np.zeros(years.size)
    for year, amount in investor.commitment_usd_b.items():
        total += np.where(years >= year, amount * 1e3, 0.0)
    if investor.first_close_year is not None:
        total = np.where(years >= investor.first_close_year, total, 0.0)
    return total


def _after_review(frame: Frame, investor: Investor) -> Floats:
    """Return what an investor may pay up to each calendar year [M$].

    A review delays its money; of a year that it takes in part, the rest of the year is left.
    """
    total, years = _committed(frame, investor), frame.calendar_years
    delay = frame.eligibility.delay_years.get(investor.name, 0.0)
    if delay == 0.0:
        return total
    known = np.concatenate([[years[0] - 1], years]), np.concatenate([[0.0], total])
    return np.asarray(np.interp(years - delay, *known, left=0.0), dtype=np.float64)
