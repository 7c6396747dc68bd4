"""Partnership flips with and without debt, as the engine of NREL's System Advisor Model has them.

The flows of the project (cash after debt service, state and federal tax, credits) are those of
SAM; who gets which part of them, when the shares change, and what each partner earns is ours.
"""

from __future__ import annotations

import numpy as np
import pytest

from gigaplan.finance.flip import NO_FLIP, partnership_flip
from gigaplan.finance.flip_terms import FlipTerms, PartnershipFlows
from gigaplan.finance.present_value import present_value

NEEDED = "nrel-pysam is not installed: nothing compares the partnership flip with SAM"
Equpartflip = pytest.importorskip("PySAM.Equpartflip", reason=NEEDED)
Levpartflip = pytest.importorskip("PySAM.Levpartflip", reason=NEEDED)

EQUITY = (Equpartflip, "WindPowerAllEquityPartnershipFlip")
LEVERAGED = (Levpartflip, "WindPowerLeveragedPartnershipFlip")
SAM_RUNS = {
    "equity, as shipped": (*EQUITY, {}),
    "equity, full recovery": (*EQUITY, {"sponsor_cap_recovery_mode": 1, "ppa_price_input": [0.05]}),
    "equity, investment credit": (
        *EQUITY,
        {"ptc_fed_amount": [0.0], "itc_fed_percent": [30.0], "ppa_price_input": [0.05],
         "flip_target_percent": 8.0},
    ),
    "equity, never": (*EQUITY, {"flip_target_percent": 30.0}),
    "leveraged, as shipped: never": (*LEVERAGED, {}),
    "leveraged, flips": (*LEVERAGED, {"tax_investor_equity_percent": 60.0}),
    "leveraged, high price": (
        *LEVERAGED,
        {"ppa_price_input": [0.05], "tax_investor_equity_percent": 70.0,
         "tax_investor_preflip_cash_percent": 30.0},
    ),
}  # fmt: skip


def sam_run(module, defaults, changes):
    model = module.default(defaults)
    # 200 MW at a flat 40 %: no weather file is needed.
    model.value("gen", [0.4 * 200_000.0] * 8760)
    for name, value in changes.items():
        model.value(name, value)
    model.execute(0)
    return model


def terms_of(model, out):
    def percent(name):
        return model.value(name) / 100

    years = int(model.value("analysis_period"))
    recovery = 0
    if isinstance(model, Equpartflip.Equpartflip):
        full = model.value("sponsor_cap_recovery_mode") == 1
        recovery = years if full else int(model.value("sponsor_cap_recovery_year"))
    return FlipTerms(
        tax_equity_frac=percent("tax_investor_equity_percent"),
        cash_before_frac=percent("tax_investor_preflip_cash_percent"),
        cash_after_frac=percent("tax_investor_postflip_cash_percent"),
        tax_before_frac=percent("tax_investor_preflip_tax_percent"),
        tax_after_frac=percent("tax_investor_postflip_tax_percent"),
        target_frac=percent("flip_target_percent"),
        recovery_years=recovery,
        development_fee_usd_nominal=out["sponsor_pretax_development"],
        fee_tax_frac=out["cf_effective_tax_frac"][1],
        tolerance_frac=1e-5,
    )


@pytest.mark.parametrize("name", SAM_RUNS)
def test_sam_agrees(name):
    model = sam_run(*SAM_RUNS[name])
    out = model.Outputs.export()

    def line(*names):
        return sum(np.array(out[name]) for name in names)

    project = PartnershipFlows(
        line("cf_project_return_pretax"),
        line("cf_statax", "cf_fedtax"),
        line("cf_ptc_fed", "cf_ptc_sta", "cf_itc_total"),
    )
    result = partnership_flip(project, terms_of(model, out))
    # The year of the flip, or that there is none.
    theirs = out["flip_actual_year"]
    assert int(result.flip_year) == (NO_FLIP if np.isnan(theirs) else int(theirs))
    assert ("never" in name) == np.isnan(theirs)
    # Every flow of every year, to a thousandth of a millionth of the equity.
    close = {"rtol": 1e-9, "atol": 1e-9 * out["issuance_of_equity"]}
    for partner, sam_name in ((result.tax_equity, "tax_investor"), (result.sponsor, "sponsor")):
        for ours, lines in (
            (partner.after_tax_usd_nominal, ("cf_{}_aftertax",)),
            (partner.cash_usd_nominal, ("cf_{}_aftertax_cash",)),
            (partner.credit_usd_nominal, ("cf_{}_aftertax_itc", "cf_{}_aftertax_ptc")),
        ):
            np.testing.assert_allclose(ours, line(*[x.format(sam_name) for x in lines]), **close)
    # Worth and rate of return; SAM stops its search for a rate at about 1e-6 points.
    discount = out["nominal_discount_rate"]
    when = np.arange(len(out["cf_tax_investor_aftertax"]))
    for partner, rate, sam_name in (
        (result.tax_equity, result.tax_equity_rate, "tax_investor"),
        (result.sponsor, result.sponsor_rate, "sponsor"),
    ):
        worth = present_value(partner.after_tax_usd_nominal, discount, when)
        assert worth == pytest.approx(
            out[f"{sam_name}_aftertax_npv"], rel=1e-9, abs=1e-9 * out["issuance_of_equity"]
        )
        theirs = out[f"{sam_name}_aftertax_irr"] / 100
        if np.isfinite(theirs):
            assert int(rate.status) == 1
            assert rate.rate_frac == pytest.approx(theirs, abs=2e-6)
