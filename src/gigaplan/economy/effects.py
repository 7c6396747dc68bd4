"""Effects of a unit of building or running: jobs, income and product, by asset, place and set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from gigaplan.economy.checks import GROUP_OF_CLASS, PHASES
from gigaplan.economy.spending import spending_effects
from gigaplan.economy.studies import study_effects
from gigaplan.inputs.dataset import Dataset

EFFECTS: Final = (
    "direct_job_years",
    "indirect_job_years",
    "induced_job_years",
    "in_state_job_years",
    "labour_income_usd2025_m",
    "gdp_usd2025_m",
    "in_state_income_usd2025_m",
    "in_state_gdp_usd2025_m",
)
NET: Final = ("net_frac", "resident_frac")


def group_effects(dataset: Dataset) -> pd.DataFrame:
    """Return the effects of a unit, by set of multipliers, group of assets, phase and zone.

    Parameters
    ----------
    dataset
        Data package.

    Returns
    -------
    pandas.DataFrame
        ``multiplier_set``, ``job_group``, ``phase``, ``zone``, ``basis`` (``mw`` or
        ``usd2025_m``), the columns of ``EFFECTS`` per unit of the basis, and the shares of
        ``NET``.
    """
    zones = sorted(dataset.table("state_economy")["zone"].astype(str))
    both = [study_effects(dataset, zones), spending_effects(dataset, zones)]
    table = pd.concat(both, ignore_index=True)
    return table.merge(net_shares(dataset), on=["zone", "phase"], how="left")


def asset_effects(dataset: Dataset, assets: Mapping[str, str]) -> pd.DataFrame:
    """Return the effects of a unit of each asset, as :func:`group_effects` has them by group.

    Parameters
    ----------
    dataset
        Data package.
    assets
        Class by asset; the servers of a campus are of the class ``accelerator``.
    """
    named = dataset.table("job_groups")
    groups = dict(zip(named["asset"].tolist(), named["job_group"].tolist(), strict=True))
    of_asset = pd.DataFrame(
        {
            "asset": list(assets),
            "job_group": [
                groups.get(asset, GROUP_OF_CLASS.get(kind)) for asset, kind in assets.items()
            ],
        },
        dtype="str",
    )
    merged = of_asset.merge(group_effects(dataset), on="job_group", how="inner")
    columns = ["multiplier_set", "asset", "job_group", "phase", "zone", "basis", *EFFECTS, *NET]
    return merged[columns]


def net_shares(dataset: Dataset) -> pd.DataFrame:
    r"""Return which share of gross jobs is new, and which of those in the state its people get.

    Between full employment :math:`u_0` and a slack market :math:`u_1`,

    .. math:: n(u) = n_0 + (n_1 - n_0)
        \operatorname{clip}\!\left(\frac{u - u_0}{u_1 - u_0},\, 0,\, 1\right)

    and of the new jobs in a state, :math:`1 - m` go to people who live there already.

    Returns
    -------
    pandas.DataFrame
        ``zone``, ``phase``, ``net_frac`` and ``resident_frac`` (:math:`n (1 - m)`).
    """
    terms = dataset.table("job_parameters").set_index("parameter")["value"]
    labour = dataset.table("state_economy")
    full, slack = terms["full_employment_rate_frac"], terms["slack_rate_frac"]
    low, high = terms["net_share_full_employment_frac"], terms["net_share_slack_frac"]
    unemployed = labour["unemployment_frac"].to_numpy(dtype=float)
    net = low + (high - low) * np.clip((unemployed - full) / (slack - full), 0.0, 1.0)
    parts = []
    for phase in PHASES:
        stay = 1.0 - float(terms[f"in_migrant_{phase}_frac"])
        parts.append(
            pd.DataFrame(
                {
                    "zone": labour["zone"],
                    "phase": phase,
                    "net_frac": net,
                    "resident_frac": net * stay,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)
