"""Rates and bases of tax: the tables that every tax of a plan reads, by label."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.dealbook.property_rates import property_tax_fracs
from gigaplan.dealbook.terms import ClassTerms, class_terms
from gigaplan.inputs.dataset import Dataset

WHO = ("project", "asset", "class", "zone", "payer")
KEYS = (*WHO, "calendar_year", "tax", "level")
MONEY = ("base_usd2025_m", "due_usd2025_m", "incentive_usd2025_m")
Column = npt.NDArray[np.float64] | pd.Series


@dataclass(frozen=True)
class Tax:
    """A tax of some rows: its name, who levies it, its rate, what it is on, due and forgone.

    Money is in millions of 2025 dollars; rate times base is what is due.
    """

    name: str
    level: str
    rate_frac: Column
    base: Column
    due: Column
    forgone: Column | float = 0.0

    def on(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the columns of the table ``taxes`` without what is paid."""
        table = rows.assign(
            tax=self.name,
            level=self.level,
            rate_frac=self.rate_frac,
            base_usd2025_m=self.base,
            due_usd2025_m=self.due,
            incentive_usd2025_m=self.forgone,
        )
        return table[[*KEYS, "rate_frac", *MONEY]]


@dataclass(frozen=True)
class TaxRates:
    """What the data package says on taxes."""

    dataset: Dataset

    @cached_property
    def zones(self) -> pd.DataFrame:
        """Rates of income tax (``corporate``) and of sales tax (``state``, ``local``) by zone.

        Only states have a row: a factory abroad pays none of these taxes. What cities and counties
        get of the rate of their state, the same everywhere in it, is local.
        """
        state = self.dataset.table("zone_taxes").set_index("zone")
        local = self.dataset.table("local_taxes").set_index("zone")
        uniform = local["uniform_local_sales_tax_frac"].astype(float)
        return pd.DataFrame(
            {
                "corporate": state["corporate_income_tax_frac"].astype(float),
                "state": state["sales_tax_frac"].astype(float) - uniform,
                "local": local["local_sales_tax_frac"].astype(float) + uniform,
            }
        )

    @cached_property
    def bases(self) -> pd.DataFrame:
        """The table ``tax_bases`` by class of assets."""
        return self.dataset.table("tax_bases").set_index("class")

    @cached_property
    def terms(self) -> dict[str, ClassTerms]:
        """Terms of deals by class of spending."""
        return class_terms(self.dataset.table("deal_terms"))

    @cached_property
    def property_fracs(self) -> dict[str, dict[str, float]]:
        """Rates of property tax by class of spending and zone [frac/yr]."""
        return property_tax_fracs(self.dataset)

    def terms_of(self, rows: pd.DataFrame, term: str) -> pd.Series[float]:
        """Return a term of the class of spending of each row; a term that is missing is 0."""
        held = {name: float(getattr(terms, term) or 0.0) for name, terms in self.terms.items()}
        return rows["class"].map(self.bases["terms_of"]).map(held).astype(float)

    def property_frac(self, rows: pd.DataFrame) -> pd.Series[float]:
        """Return the rate of property tax of each row [frac/yr]."""
        held = pd.DataFrame(self.property_fracs).stack()
        kind = rows["class"].map(self.bases["terms_of"])
        at = pd.MultiIndex.from_arrays([rows["zone"], kind])
        return pd.Series(held.reindex(at).to_numpy(dtype=float), index=rows.index)
