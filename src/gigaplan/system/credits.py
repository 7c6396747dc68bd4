"""Tax credits in the System: on capex, by energy and by tonne, as level payments over a life."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.economics.annuity import annuity_factor
from gigaplan.system.builds import capital_charge
from gigaplan.system.frame import Floats, Frame
from gigaplan.system.types import System

KG_PER_T = 1000.0


def level_payment(
    yearly: npt.ArrayLike, paid_years: npt.ArrayLike, rate_frac: float, life_years: float
) -> Floats:
    r"""Return the payment in every year of a life that is worth as much as one in its first years.

    .. math:: \bar c = c \, \frac{\mathrm{CRF}(i, N)}{\mathrm{CRF}(i, n)}, \qquad n \le N

    Capex is charged as an annuity in the years of the horizon only, so what is paid in the first
    years of a life must be spread over it likewise.

    Parameters
    ----------
    yearly
        Payment c of a year.
    paid_years
        Years n in which it is paid; zero: never [years].
    rate_frac
        Real cost of capital i [frac].
    life_years
        Life N [years].

    Examples
    --------
    >>> round(float(level_payment(30.0, 10.0, 0.05, 30.0)), 3)
    15.069
    >>> float(level_payment(30.0, 40.0, 0.05, 30.0))
    30.0
    """
    years = np.minimum(np.asarray(paid_years, dtype=float), life_years)
    paid = years > 0
    worth = annuity_factor(rate_frac, np.where(paid, years, 1.0))
    level = np.asarray(yearly, dtype=float) * annuity_factor(rate_frac, life_years) / worth
    return np.asarray(np.where(paid, level, 0.0))


def charges(
    frame: Frame, assets: list[str], capex: Floats, yearly_energy: Floats
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return yearly capital charges after credits, zero for what is not built.

    The owner takes the credit on capex, or the one by energy where that is worth more.

    Parameters
    ----------
    assets
        Their names.
    capex
        Overnight capex (asset, zone, vintage) [M$/GW].
    yearly_energy
        Energy of a year that earns a credit (asset, zone); zero where output is chosen [GWh/GW].

    Returns
    -------
    charge : ndarray
        Charge less credits (asset, zone, vintage) [M$/GW/yr].
    by_energy : ndarray
        Whether the credit by energy is taken (asset, zone, vintage).
    """
    charge, by_energy = np.zeros_like(capex), np.zeros(capex.shape, dtype=bool)
    for row, asset in enumerate(assets):
        facts = frame.assets[asset]
        if not facts.buildable:
            continue
        held = frame.credits_of(asset)
        full = capital_charge(
            frame,
            capex[row],
            group=facts.capital_group,
            life_years=facts.life_years,
            construction_years=facts.construction_years,
        )
        on_capex = full * np.array([credit.capex_frac for credit in held])
        level = level_payment(
            [credit.usd_per_mwh / 1e3 for credit in held],
            [credit.paid_years for credit in held],
            frame.wacc(facts.capital_group),
            facts.life_years,
        )
        energy = yearly_energy[row][:, None] * level[None, :]
        by_energy[row] = energy > on_capex
        charge[row] = full - np.maximum(on_capex, energy)
    return charge, by_energy


def credited_by_energy(system: System) -> pd.Index:
    """Return which builds take the credit by energy instead of the one on capex.

    Returns
    -------
    pandas.Index
        Asset, zone and milestone of each.
    """
    chosen = system["credit_by_energy_generator"].to_series()
    return chosen.index[chosen.to_numpy(dtype=bool)]


def output_credits(frame: Frame, assets: list[str], heat: Floats) -> Floats:
    """Return credits on the output of generators (asset, zone, year) [M$/GWh].

    An existing fleet earns by energy in the years of the law. What captures carbon dioxide earns by
    tonne; output is not told by vintage, so of the vintages that may run by a milestone the lowest
    credit counts.

    Parameters
    ----------
    assets
        Their names.
    heat
        Heat rates (asset, zone, year) [MMBtu/MWh].
    """
    rates = frame.table("emission_rates").set_index("asset")["captured_co2_kg_per_mmbtu"]
    captured = rates.reindex(assets).fillna(0.0).to_numpy() / KG_PER_T
    found = np.zeros((len(assets), len(frame.zones), frame.years.size))
    for row, asset in enumerate(assets):
        facts, held = frame.assets[asset], frame.credits_of(asset)
        if not facts.buildable:
            found[row] = [credit.usd_per_mwh / 1e3 for credit in held]
        elif captured[row] > 0:
            level = level_payment(
                [credit.usd_per_t for credit in held],
                [credit.paid_years for credit in held],
                frame.wacc(facts.capital_group),
                facts.life_years,
            )
            can_run = frame.years >= frame.base_year + facts.lead_time_years
            lowest = np.minimum.accumulate(np.where(can_run, level, np.inf))
            usd_per_t = np.where(np.isfinite(lowest), lowest, 0.0)
            found[row] = np.nan_to_num(heat[row]) * captured[row] * usd_per_t / 1e3
    return found
