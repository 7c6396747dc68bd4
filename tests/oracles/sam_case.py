"""One deal told twice: to the financial model of SAM, and to ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gigaplan.finance.depreciation import (
    DepreciationClass,
    macrs_schedule,
    straight_line_schedule,
)
from gigaplan.finance.project import (
    Contract,
    Debt,
    OperatingCosts,
    Plant,
    Project,
    Reserves,
)
from gigaplan.finance.reserves import MajorMaintenance
from gigaplan.finance.tax import Credits, Taxes
from gigaplan.inputs.dataset import load_dataset

if TYPE_CHECKING:
    from PySAM import Singleowner

CAPACITY_KW = 100_000.0
ENERGY_KWH = 438_000_000.0  # a capacity factor of one half
CLASSES = ("macrs_5", "macrs_15", "sl_5", "sl_15", "sl_20", "sl_39", "custom")

# SAM takes straight line over 15 years as printed in IRS Publication 946, Table A-8.
SL_15 = (0.0333, *[0.0667] * 6, *[0.0666, 0.0667] * 4, 0.0333)

# Every input of SAM's module that a case may set, with a value that leaves it out.
BASE: dict[str, Any] = {
    "analysis_period": 25,
    "system_capacity": CAPACITY_KW,
    "total_installed_cost": 150e6,
    "ppa_soln_mode": 1,
    "ppa_price_input": [0.05],
    "ppa_escalation": 0.0,
    "inflation_rate": 2.5,
    "real_discount_rate": 6.4,
    "federal_tax_rate": [21.0],
    "state_tax_rate": [7.0],
    "degradation": [0.0],
    "om_capacity": [25.0],
    "om_capacity_escal": 0.0,
    "om_fixed": [0.0],
    "om_fixed_escal": 0.0,
    "om_production": [0.0],
    "om_production_escal": 0.0,
    "land_area": 0.0,
    "om_land_lease": [0.0],
    "om_land_lease_escal": 0.0,
    "insurance_rate": 0.5,
    "property_tax_rate": 0.0,
    "prop_tax_cost_assessed_percent": 100.0,
    "prop_tax_assessed_decline": 0.0,
    "salvage_percentage": 0.0,
    "construction_financing_cost": 0.0,
    "cost_debt_closing": 0.0,
    "cost_debt_fee": 0.0,
    "cost_other_financing": 0.0,
    "debt_option": 0,
    "debt_percent": 0.0,
    "payment_option": 0,
    "term_int_rate": 7.0,
    "term_tenor": 18,
    "dscr": 1.3,
    "dscr_reserve_months": 0.0,
    "months_working_reserve": 0.0,
    "reserves_interest": 0.0,
    "equip1_reserve_cost": 0.0,
    "equip1_reserve_freq": 0,
    "itc_fed_percent": [0.0],
    "ptc_fed_amount": [0.0],
    "ptc_fed_escal": 0.0,
    "ptc_fed_term": 10,
    "depr_bonus_fed": 0.0,
    "depr_bonus_sta": 0.0,
    "cp_capacity_payment_type": 1,
    "cp_capacity_payment_amount": [0.0],
    "cp_capacity_payment_esc": 0.0,
    "flip_target_percent": 11.0,
    "flip_target_year": 20,
    "depr_custom_schedule": [0.0],
    "depr_alloc_macrs_5_percent": 100.0,
} | {f"depr_alloc_{name}_percent": 0.0 for name in CLASSES[1:]}

# Not used by a case: set once, so that SAM's defaults cannot leak in.
OFF: dict[str, Any] = {
    "equip2_reserve_freq": 0,
    "equip3_reserve_freq": 0,
    "equip_reserve_depr_fed": 0,
    "equip_reserve_depr_sta": 0,
    "months_receivables_reserve": 0.0,
    "loan_moratorium": 0,
    "dscr_limit_debt_fraction": 0,
    "depr_fedbas_method": 1,
    "depr_stabas_method": 1,
    "itc_fed_percent_deprbas_fed": 1,
    "itc_fed_percent_deprbas_sta": 1,
    "itc_fed_amount": [0.0],
    "itc_sta_amount": [0.0],
    "itc_sta_percent": [0.0],
    "ptc_sta_amount": [0.0],
    "ppa_multiplier_model": 0,
    "dispatch_tod_factors": [1.0] * 9,
    "ppa_soln_tolerance": 1e-12,
    "ppa_soln_max_iterations": 500,
    "ppa_soln_min": 0.0,
    "ppa_soln_max": 100.0,
    "system_use_lifetime_output": 0,
    "om_fuel_cost": [0.0],
    "add_om_num_types": 0,
    "en_electricity_rates": 1,  # energy that is bought costs nothing; none is
} | {
    f"{kind}_{name}": 1
    for kind in ("depr_itc_fed", "depr_bonus_fed", "depr_bonus_sta")
    for name in CLASSES
}


def model_of_sam(changes: dict[str, Any]) -> Singleowner.Singleowner:
    """Return SAM's model of a single owner with the base case and some changes."""
    from PySAM import Singleowner

    model = Singleowner.default("CustomGenerationProfileSingleOwner")
    for name, value in (BASE | OFF | changes).items():
        model.value(name, value)
    hourly = [ENERGY_KWH / 8760.0] * 8760
    model.value("gen", hourly)
    model.value("system_pre_curtailment_kwac", hourly)
    model.value("annual_energy_pre_curtailment_ac", ENERGY_KWH)
    return model


def outputs_of_sam(changes: dict[str, Any]) -> dict[str, Any]:
    """Run SAM's model, and return what it gives, by SAM's names."""
    model = model_of_sam(changes)
    model.execute(0)
    # A copy: the outputs cannot be read once the model is gone.
    return dict(model.Outputs.export())


def project_of(changes: dict[str, Any]) -> Project:
    """Return the same case as one of ours, with SAM's conventions."""
    case = BASE | changes
    by_share = case["debt_option"] == 0
    none = by_share and case["debt_percent"] == 0
    return Project(
        plant=Plant(
            case["total_installed_cost"],
            case["system_capacity"] / 1000,
            ENERGY_KWH / 1000,
            case["analysis_period"],
            degradation_frac_per_year=case["degradation"][0] / 100,
            salvage_frac=case["salvage_percentage"] / 100,
        ),
        contract=Contract(
            case["ppa_price_input"][0] * 1000,
            escalation_frac=case["ppa_escalation"] / 100,
            other_usd_per_year=case["cp_capacity_payment_amount"][0],
            other_escalation_frac=case["cp_capacity_payment_esc"] / 100,
        ),
        costs=OperatingCosts(
            capacity_usd_per_mw_year=case["om_capacity"][0] * 1000,
            energy_usd_per_mwh=case["om_production"][0],
            fixed_usd_per_year=case["om_fixed"][0],
            real_escalation_frac=case["om_capacity_escal"] / 100,
            insurance_frac=case["insurance_rate"] / 100,
            property_tax_frac=case["property_tax_rate"] / 100,
            assessed_frac=case["prop_tax_cost_assessed_percent"] / 100,
            assessed_decline_frac_per_year=case["prop_tax_assessed_decline"] / 100,
            land_lease_usd_per_year=case["land_area"] * case["om_land_lease"][0],
        ),
        debt=Debt(
            sizing="none" if none else "share" if by_share else "dscr",
            interest_frac=case["term_int_rate"] / 100,
            tenor_years=case["term_tenor"],
            dscr=case["dscr"],
            share_frac=case["debt_percent"] / 100,
            repayment="level_principal" if case["payment_option"] == 1 else "level_payment",
            upfront_fee_frac=case["cost_debt_fee"] / 100,
            closing_cost_usd_nominal=case["cost_debt_closing"],
            most_share_frac=np.inf,
            negative_amortisation=True,
            fee_once=True,
        ),
        taxes=Taxes(case["federal_tax_rate"][0] / 100, case["state_tax_rate"][0] / 100),
        credits=Credits(
            itc_frac=case["itc_fed_percent"][0] / 100,
            ptc_usd_per_mwh=case["ptc_fed_amount"][0] * 1000,
            ptc_escalation_frac=case["ptc_fed_escal"] / 100,
            ptc_years=case["ptc_fed_term"],
            ptc_rounding_usd_per_mwh=1.0,
        ),
        reserves=Reserves(
            debt_service_months=case["dscr_reserve_months"],
            working_capital_months=case["months_working_reserve"],
            interest_frac=case["reserves_interest"] / 100,
            maintenance=_maintenance(case),
        ),
        depreciation=_classes(case),
        inflation_frac=case["inflation_rate"] / 100,
        real_discount_frac=case["real_discount_rate"] / 100,
        other_financing_usd_nominal=case["construction_financing_cost"]
        + case["cost_other_financing"],
    )


def _classes(case: dict[str, Any]) -> tuple[DepreciationClass, ...]:
    table = load_dataset("us").table("macrs_tables")
    schedules = {
        "macrs_5": macrs_schedule(table, 5),
        "macrs_15": macrs_schedule(table, 15),
        "custom": tuple(np.asarray(case["depr_custom_schedule"]) / 100),
        "sl_15": SL_15,
    } | {f"sl_{years}": straight_line_schedule(years) for years in (5, 20, 39)}
    return tuple(
        DepreciationClass(
            case[f"depr_alloc_{name}_percent"] / 100,
            schedules[name],
            bonus_frac=case["depr_bonus_fed"] / 100,
            state_bonus_frac=case["depr_bonus_sta"] / 100,
        )
        for name in CLASSES
        if case[f"depr_alloc_{name}_percent"] > 0
    )


def _maintenance(case: dict[str, Any]) -> tuple[MajorMaintenance, ...]:
    if not case["equip1_reserve_freq"]:
        return ()
    # SAM states it per watt, and writes it off as MACRS of 5 years.
    cost = case["equip1_reserve_cost"] * case["system_capacity"] * 1000
    schedule = macrs_schedule(load_dataset("us").table("macrs_tables"), 5)
    return (MajorMaintenance(cost, case["equip1_reserve_freq"], schedule),)
