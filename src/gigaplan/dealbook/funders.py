"""Funders: who pays for a phase in each calendar year, and what they ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.dealbook.facts import PlanFacts
from gigaplan.dealbook.terms import ClassTerms

Array = npt.NDArray[np.float64]
OWNERS: Final = "Owners"
LENDERS: Final = "Lenders"
SPONSOR: Final = "sponsor"


@dataclass(frozen=True)
class Funding:
    """Who pays for a phase, by calendar year of spending.

    Parameters
    ----------
    equity, debt
        Part of the equity, or of the debt, of each year by name; adds to one in every year [frac].
    debt_share_frac
        Debt over debt and equity, by year [frac].
    grant_share_frac
        Grants over all spending, by year [frac].
    equity_return_frac, interest_frac
        Nominal return that the owners ask together, and rate of the debt [frac/yr].
    rates_frac
        Nominal return that each owner asks, or rate of each lender [frac/yr].
    """

    equity: Mapping[str, Array]
    debt: Mapping[str, Array]
    debt_share_frac: Array
    grant_share_frac: Array
    equity_return_frac: float
    interest_frac: float
    rates_frac: Mapping[str, float]

    @property
    def lender_rates_frac(self) -> dict[str, float]:
        """Nominal rate of each lender [frac/yr]."""
        return {name: self.rates_frac[name] for name in self.debt}


@dataclass(frozen=True)
class Funders:
    """The investors of a plan; without any, owners and lenders at the terms of ``deal_terms``."""

    facts: PlanFacts
    terms: Mapping[str, ClassTerms]

    @cached_property
    def asked(self) -> pd.DataFrame:
        """The table ``investor_terms`` by investor."""
        return self.facts.tables["investor_terms"].set_index("investor")

    @property
    def sponsor(self) -> str:
        """Name of the sponsor, who receives the partner's part of distributions."""
        if "kind" not in self.asked or not (self.asked["kind"] == SPONSOR).any():
            return "Sponsor"
        return str(self.asked.index[self.asked["kind"] == SPONSOR][0])

    @cached_property
    def _paid(self) -> pd.Series:
        """Funding by class, territory, milestone, calendar year and investor [M$ of 2025]."""
        keys = ["capital_class", "territory", "in_service_year", "calendar_year", "investor"]
        return self.facts.tables["funding"].groupby(keys)["fund_usd2025_m"].sum()

    def of_phase(self, phase: pd.Series, years: Sequence[int]) -> Funding:
        """Return who pays for a phase in given calendar years.

        Every phase of a class, group of states and milestone is paid by the same investors, year
        by year as the optimisation chose.
        """
        territory = self.facts.territory_of(str(phase["zone"]))
        if territory is None or self._paid.empty:
            return self._without_investors(str(phase["capital_class"]), len(years))
        key = (phase["capital_class"], territory, phase["in_service_year"])
        paid = self._paid.loc[key].unstack("investor", fill_value=0.0)
        table = paid.reindex(list(years), fill_value=0.0)
        return self._funding(table, str(phase["capital_class"]))

    def _funding(self, table: pd.DataFrame, capital_class: str) -> Funding:
        table = table[[name for name in table.columns if (table[name] > 0).any()]]
        instrument = self.asked["instrument"].reindex(table.columns)
        parts = {name: table.loc[:, (instrument == name).to_numpy()] for name in INSTRUMENTS}
        total = {name: part.to_numpy().sum(axis=1) for name, part in parts.items()}
        lent, owned = total["debt"], total["equity"]
        rates = {str(name): self._nominal(str(name), capital_class) for name in table.columns}
        equity = _shares(parts["equity"])
        asked = _mean(parts["equity"], rates)
        if not equity:
            # Lenders and grants pay for everything: what is left over is the sponsor's.
            asked = self.terms[capital_class].owner_return_frac_nominal
            equity = {self.sponsor: np.ones(len(table))}
            rates.setdefault(self.sponsor, asked)
        return Funding(
            equity=equity,
            debt=_shares(parts["debt"]),
            debt_share_frac=_ratio(lent, lent + owned),
            grant_share_frac=_ratio(total["grant"], lent + owned + total["grant"]),
            equity_return_frac=asked,
            interest_frac=_mean(parts["debt"], rates),
            rates_frac=rates,
        )

    def _nominal(self, investor: str, capital_class: str) -> float:
        """Return the nominal return that an investor asks from a class [frac/yr]."""
        real = float(self.asked[f"required_return_{capital_class}_frac"].fillna(0.0)[investor])
        return (1.0 + real) * (1.0 + self.facts.inflation_frac) - 1.0

    def _without_investors(self, capital_class: str, years: int) -> Funding:
        terms = self.terms[capital_class]
        ones = np.ones(years)
        return Funding(
            equity={OWNERS: ones},
            debt={LENDERS: ones},
            debt_share_frac=terms.owner_debt_frac * ones,
            grant_share_frac=0.0 * ones,
            equity_return_frac=terms.owner_return_frac_nominal,
            interest_frac=terms.owner_debt_rate_frac_nominal,
            rates_frac={
                OWNERS: terms.owner_return_frac_nominal,
                LENDERS: terms.owner_debt_rate_frac_nominal,
            },
        )


INSTRUMENTS: Final = ("equity", "debt", "grant")


def _shares(part: pd.DataFrame) -> dict[str, Array]:
    """Return each column's part of the row; where a row holds nothing, of all rows together."""
    values = part.to_numpy(dtype=float)
    total = values.sum(axis=1, keepdims=True)
    overall = _ratio(values.sum(axis=0), np.full(values.shape[1], values.sum()))
    shares = np.where(total > 0, values / np.where(total > 0, total, 1.0), overall[None, :])
    return {str(name): shares[:, place] for place, name in enumerate(part.columns)}


def _ratio(above: Array, below: Array) -> Array:
    """Return a ratio, zero over zero as zero."""
    return np.asarray(np.divide(above, below, out=np.zeros_like(above), where=below > 0))


def _mean(part: pd.DataFrame, rates: Mapping[str, float]) -> float:
    """Return the rate of all money of a part together."""
    money = part.to_numpy(dtype=float).sum(axis=0)
    asked = np.array([rates[str(name)] for name in part.columns])
    return float(money @ asked / money.sum()) if money.sum() > 0 else 0.0
