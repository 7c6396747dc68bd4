"""Cash flows of one owner against numbers of SAM kept in files; no financial model is run.

``sam_*.csv`` hold what NREL-PySAM 7.1.1.post1 (BSD-3-Clause) gave on 2026-11-23 for
``CustomGeneration`` -> ``Grid`` -> ``Utilityrate5`` -> ``Singleowner`` with the default set
``CustomGenerationProfileSingleOwner`` and the inputs listed: 100 MW at a capacity factor of one
half. They are outputs of a model, used as facts.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from tests.oracles.sam_case import BASE, project_of

from gigaplan.finance.proforma import pro_forma

HERE = Path(__file__).parent
RENAMED = {
    "total_installed_cost_usd": "total_installed_cost",
    "system_capacity_kw": "system_capacity",
}
SAME = {
    "npv_usd_nominal": ("project_return_aftertax_npv", 1.0),
    "uses_usd_nominal": ("cost_installed", 1.0),
    "debt_usd_nominal": ("size_of_debt", 1.0),
    "lcoe_nominal_usd_per_mwh": ("lcoe_nom", 10.0),
    "lcoe_real_usd_per_mwh": ("lcoe_real", 10.0),
    "lppa_nominal_usd_per_mwh": ("lppa_nom", 10.0),
    "lppa_real_usd_per_mwh": ("lppa_real", 10.0),
}
LINES = {
    "owner_flow_usd_nominal": "cf_project_return_aftertax",
    "ebitda_usd_nominal": "cf_ebitda",
    "debt_balance_usd_nominal": "cf_debt_balance",
    "federal_depreciation_usd_nominal": "cf_feddepr_total",
    "federal_tax_usd_nominal": "cf_fedtax",
    "state_tax_usd_nominal": "cf_statax",
}


def _numbers(file: str) -> dict[str, dict[str, list[float]]]:
    """Read rows of case, name and numbers."""
    found: dict[str, dict[str, list[float]]] = defaultdict(dict)
    with (HERE / file).open(newline="") as handle:
        for case, name, *values in list(csv.reader(handle))[1:]:
            found[case][name] = [float(value) for value in values if value]
    return found


INPUTS = _numbers("sam_inputs.csv")
SCALARS = _numbers("sam_scalars.csv")
FLOWS = _numbers("sam_cash_flows.csv")


@pytest.mark.parametrize("case", sorted(INPUTS))
def test_numbers_of_sam(case: str) -> None:
    named = {RENAMED.get(name, name): values for name, values in INPUTS[case].items()}
    changes = {
        name: values if isinstance(BASE[name], list) else values[0]
        for name, values in named.items()
        if name in BASE
    }
    ours = pro_forma(project_of(changes))
    for name, (theirs, factor) in SAME.items():
        expected = factor * SCALARS[case][theirs][0]
        assert ours.metrics[name][0] == pytest.approx(expected, rel=1e-10, abs=1e-6), name
    expected = SCALARS[case]["project_return_aftertax_irr"][0]
    # SAM's rate of return is converged to about 5e-5 percentage points.
    assert 100 * ours.metrics["irr_frac"][0] == pytest.approx(expected, abs=1e-4)
    for name, theirs in LINES.items():
        line = np.asarray(FLOWS[case][theirs])
        np.testing.assert_allclose(ours.ledger[name][0], line, rtol=1e-10, atol=1e-4, err_msg=name)
