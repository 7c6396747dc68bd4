"""Effects of a unit by factors of project studies: jobs per MW or per M$, and ratios on them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gigaplan.inputs.dataset import Dataset

USD_PER_M = 1e6


def study_effects(dataset: Dataset, zones: list[str]) -> pd.DataFrame:
    r"""Return the effects of a unit by the table ``job_factors``, the same in every zone.

    With :math:`d` job-years on site per unit, :math:`r` those at suppliers per one on site if all
    were made in the country, :math:`\kappa` the share that is, :math:`q` those that wages pay for
    and :math:`s` the share of jobs off the site that stays in the state,

    .. math::

        \text{indirect} = r \kappa d, \qquad
        \text{induced} = q\,(d + r \kappa d), \qquad
        \text{in state} = d + s\,(\text{indirect} + \text{induced})

    Income and product are jobs on and off the site times what a job-year of each pays and makes.

    Parameters
    ----------
    dataset
        Data package.
    zones
        Zones.

    Returns
    -------
    pandas.DataFrame
        See :func:`~gigaplan.economy.effects.group_effects`.
    """
    rows = dataset.table("job_factors")
    by_mw = rows["direct_job_years_per_mw"]
    direct = by_mw.fillna(rows["direct_job_years_per_usd2025_m"])
    indirect = direct * rows["indirect_ratio"] * rows["domestic_content_frac"]
    induced = rows["induced_ratio"] * (direct + indirect)
    off_site = indirect + induced
    near = rows["in_state_frac"] * off_site
    table = pd.DataFrame(
        {
            "multiplier_set": rows["multiplier_set"],
            "job_group": rows["job_group"],
            "phase": rows["phase"],
            "basis": np.where(by_mw.notna(), "mw", "usd2025_m"),
            "direct_job_years": direct,
            "indirect_job_years": indirect,
            "induced_job_years": induced,
            "in_state_job_years": direct + near,
        }
    )
    for name, per_job in (("labour_income", "income"), ("gdp", "gdp")):
        short = "income" if name == "labour_income" else name
        on = direct * rows[f"{per_job}_usd2025_per_direct_job"] / USD_PER_M
        other = rows[f"{per_job}_usd2025_per_other_job"] / USD_PER_M
        table[f"{name}_usd2025_m"] = on + off_site * other
        table[f"in_state_{short}_usd2025_m"] = on + near * other
    return table.merge(pd.DataFrame({"zone": zones}), how="cross")
