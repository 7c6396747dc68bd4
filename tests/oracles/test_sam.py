"""Cash flows of one owner against SAM's model, run here on the same deals.

SAM's own rate of return is converged to about 1e-6 only, so rates of return are also compared
through the worth of SAM's flows at our rate.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.oracles.sam_case import outputs_of_sam, project_of

from gigaplan.finance.present_value import npv
from gigaplan.finance.proforma import ProForma, pro_forma
from gigaplan.finance.target_price import price_for_return
from gigaplan.inputs.dataset import load_dataset

pytest.importorskip("PySAM", reason="SAM cannot be installed for this Python: nothing compared")

CLOSE = 1e-10

LEVERED = {"debt_option": 1, "dscr": 1.4}
FEES = {"cost_debt_fee": 2.75, "cost_debt_closing": 450_000.0}
RESERVES = {
    "dscr_reserve_months": 6.0,
    "months_working_reserve": 6.0,
    "reserves_interest": 1.75,
}
MIXED = {
    "depr_alloc_macrs_5_percent": 40.0,
    "depr_alloc_macrs_15_percent": 20.0,
    "depr_alloc_sl_5_percent": 5.0,
    "depr_alloc_sl_15_percent": 5.0,
    "depr_alloc_sl_20_percent": 10.0,
    "depr_alloc_sl_39_percent": 10.0,
}
COSTS = {
    "om_fixed": [100_000.0],
    "om_production": [3.0],
    "om_capacity_escal": 1.0,
    "om_fixed_escal": 1.0,
    "om_production_escal": 1.0,
    "property_tax_rate": 0.7,
    "prop_tax_cost_assessed_percent": 80.0,
    "prop_tax_assessed_decline": 5.0,
    "salvage_percentage": 10.0,
    "land_area": 700.0,  # acres
    "om_land_lease": [450.0],
}
PTC = {"ptc_fed_amount": [0.0275], "ptc_fed_escal": 2.5}

CASES: dict[str, dict[str, Any]] = {
    "all equity": {},
    "no tax": {"federal_tax_rate": [0.0], "state_tax_rate": [0.0]},
    "level payments of half": {"debt_percent": 50.0},
    "level principal, fees, reserves": {
        "debt_percent": 40.0,
        "payment_option": 1,
        **FEES,
        **RESERVES,
    },
    "level payments, fees, reserves, credit": {
        "debt_percent": 55.0,
        "itc_fed_percent": [30.0],
        **FEES,
        **RESERVES,
    },
    "sculpted": LEVERED,
    "sculpted, short, dear": {**LEVERED, "term_tenor": 7, "term_int_rate": 9.5, "dscr": 1.8},
    "sculpted, fees, reserves": {**LEVERED, **FEES, **RESERVES},
    "sculpted to the end of life": {
        **LEVERED,
        "term_tenor": 25,
        "salvage_percentage": 8.0,
        "dscr": 2.0,
    },
    "investment credit": {**LEVERED, "dscr": 1.8, "itc_fed_percent": [30.0]},
    "production credit": {"debt_percent": 30.0, **PTC},
    "15 years": {
        "depr_alloc_macrs_5_percent": 0.0,
        "depr_alloc_macrs_15_percent": 100.0,
        "debt_percent": 30.0,
    },
    "20 years": {
        "depr_alloc_macrs_5_percent": 0.0,
        "depr_alloc_custom_percent": 100.0,
        "depr_custom_schedule": "macrs 20",
    },
    "straight line": {"depr_alloc_macrs_5_percent": 0.0, "depr_alloc_sl_20_percent": 100.0},
    "bonus of all": {"depr_bonus_fed": 100.0, **LEVERED, "dscr": 1.6},
    "bonus of a part, none for the state": {
        "depr_bonus_fed": 40.0,
        "depr_alloc_macrs_5_percent": 60.0,
        "depr_alloc_macrs_15_percent": 30.0,
    },
    "costs": COSTS,
    "price rises, energy falls": {"ppa_escalation": 1.5, "degradation": [0.5]},
    "capacity payment": {"cp_capacity_payment_amount": [2e6], "cp_capacity_payment_esc": 1.0},
    "major maintenance": {
        **LEVERED,
        "equip1_reserve_cost": 0.2,
        "equip1_reserve_freq": 7,
        "reserves_interest": 1.75,
    },
    "financing of construction": {
        "construction_financing_cost": 4e6,
        "cost_other_financing": 500_000.0,
        "itc_fed_percent": [40.0],
        "debt_percent": 45.0,
    },
    "everything": {
        **LEVERED,
        **FEES,
        **RESERVES,
        **MIXED,
        **COSTS,
        **PTC,
        "dscr": 2.0,
        "itc_fed_percent": [30.0],
        "depr_bonus_fed": 40.0,
        "depr_bonus_sta": 20.0,
        "degradation": [0.5],
        "ppa_escalation": 1.0,
        "construction_financing_cost": 3e6,
        "equip1_reserve_cost": 0.1,
        "equip1_reserve_freq": 6,
        "total_installed_cost": 250e6,
        "analysis_period": 30,
    },
}
TARGETS: dict[str, dict[str, Any]] = {
    "all equity": {},
    "level payments": {"debt_percent": 50.0},
    "sculpted": {**LEVERED},
    "everything": {**CASES["everything"], "flip_target_year": 15, "flip_target_percent": 9.0},
}

SAME = {
    "npv_usd_nominal": ("project_return_aftertax_npv", 1.0),
    "uses_usd_nominal": ("cost_installed", 1.0),
    "lcoe_nominal_usd_per_mwh": ("lcoe_nom", 10.0),
    "lcoe_real_usd_per_mwh": ("lcoe_real", 10.0),
    "lppa_nominal_usd_per_mwh": ("lppa_nom", 10.0),
    "lppa_real_usd_per_mwh": ("lppa_real", 10.0),
}
LINES = {
    "owner_flow_usd_nominal": "cf_project_return_aftertax",
    "ebitda_usd_nominal": "cf_ebitda",
    "federal_tax_usd_nominal": "cf_fedtax",
    "state_tax_usd_nominal": "cf_statax",
    "federal_depreciation_usd_nominal": "cf_feddepr_total",
    "state_depreciation_usd_nominal": "cf_stadepr_total",
    "debt_balance_usd_nominal": "cf_debt_balance",
    "reserve_balance_usd_nominal": "cf_reserve_total",
    "ptc_usd_nominal": "cf_ptc_fed",
}


@pytest.mark.parametrize("name", CASES)
def test_price_given(name: str) -> None:
    changes = _filled(CASES[name])
    _compare(pro_forma(project_of(changes)), outputs_of_sam(changes), CLOSE)


@pytest.mark.parametrize("name", TARGETS)
def test_price_for_a_return(name: str) -> None:
    changes = _filled(TARGETS[name]) | {"ppa_soln_mode": 0}
    year, target = changes.get("flip_target_year", 20), changes.get("flip_target_percent", 11.0)
    sam = outputs_of_sam(changes)
    price, ours = price_for_return(project_of(changes), target / 100, year)
    assert price[0] == pytest.approx(10 * sam["ppa"], rel=1e-9)
    _compare(ours, sam, CLOSE)
    up_to = ours.ledger["owner_flow_usd_nominal"][:, : year + 1]
    assert npv(up_to, target / 100)[0] == pytest.approx(0.0, abs=1e-4)


def _compare(ours: ProForma, sam: dict[str, Any], close: float) -> None:
    for name, (theirs, factor) in SAME.items():
        assert ours.metrics[name][0] == pytest.approx(factor * sam[theirs], rel=close), name
    debt = ours.metrics["debt_usd_nominal"][0]
    assert debt == pytest.approx(sam["size_of_debt"], rel=close, abs=1e-3)
    if debt > 0:
        assert ours.metrics["min_dscr"][0] == pytest.approx(sam["min_dscr"], rel=close)
    else:
        assert np.isnan(ours.metrics["min_dscr"][0])
    size = sam["cost_installed"]
    for name, theirs in LINES.items():
        line = np.asarray(sam[theirs])
        near = {"rtol": max(close, 1e-9), "atol": close * size, "err_msg": name}
        np.testing.assert_allclose(ours.ledger[name][0], line, **near)
    _compare_returns(ours, sam)


def _compare_returns(ours: ProForma, sam: dict[str, Any]) -> None:
    rate = ours.metrics["irr_frac"][0]
    assert ours.irr_status[0] == "one"
    assert 100 * rate == pytest.approx(sam["project_return_aftertax_irr"], rel=1e-5)
    flows = np.asarray(sam["cf_project_return_aftertax"])[None]
    assert npv(flows, rate)[0] == pytest.approx(0.0, abs=3e-5 * np.abs(flows).max())


def _filled(changes: dict[str, Any]) -> dict[str, Any]:
    if changes.get("depr_custom_schedule") != "macrs 20":
        return changes
    table = load_dataset("us").table("macrs_tables")
    chosen = table[(table["recovery_years"] == 20) & (table["convention"] == "half_year")]
    return changes | {"depr_custom_schedule": (100 * chosen["depreciation_frac"]).tolist()}
