"""Budget: what the programme spends stays within its money, each year and over the horizon."""

from __future__ import annotations

import math

from gigaplan.expansion.expression import Expression, total
from gigaplan.expansion.formulation import Formulation
from gigaplan.terms.arrays import finite

NAME = "budget"


def spend_of(formulation: Formulation, capital_class: str) -> Expression | None:
    """Return the programme's capex of a class (zone, vintage, calendar_year) [M$].

    Energy is what the programme owns: on-site generators, and what it has built for itself.
    """
    system = formulation.system
    built: list[tuple[str, Expression]] = []
    if capital_class == "energy":
        if formulation.has("build_generator"):
            onsite = system["capex_generator"] * system["onsite_generator"].astype(float)
            built.append(("generator", formulation.term("build_generator") * onsite))
        for asset in ("generator", "storage"):
            if formulation.has(f"programme_{asset}"):
                own = formulation.term(f"programme_{asset}") * system[f"capex_{asset}"]
                built.append((asset, own))
    elif formulation.has(f"build_{capital_class}"):
        cost = formulation.term(f"build_{capital_class}") * system[f"capex_{capital_class}"]
        built.append((capital_class, cost))
    parts = [cost * system[f"spend_share_{asset}"] for asset, cost in built]
    return total(
        part.sum(asset) if asset in part.dims else part
        for (asset, _), part in zip(built, parts, strict=True)
    )


def programme_spend(formulation: Formulation) -> Expression | None:
    """Return the capex that counts against the budget (calendar_year) [M$/yr]."""
    counted = [
        spend_of(formulation, name)
        for name in ("campus", "accelerator", "energy")
        if float(formulation.system[f"budget_counts_{name}"]) > 0
    ]
    return total(spend.sum(["zone", "vintage"]) for spend in counted if spend is not None)


def add_budget(formulation: Formulation) -> None:
    r"""Keep programme spending within the budget of each calendar year and of the horizon.

    .. math::

        X_c = \nu^C \sum_{z,v} \sigma^C_{v,c} \kappa^C_{z,v} B^C_{z,v}
        &+ \nu^A \sum_{a,z,v} \sigma^A_{v,c} \kappa^A_{a,v} B^A_{a,z,v}

        + \nu^E \Big( \sum_{g: o_g} \sigma^G_{g,v,c} \kappa^G_{g,z,v} B^G_{g,z,v}
        &+ \sum_{g,z,v} \sigma^G_{g,v,c} \kappa^G_{g,z,v} N^G_{g,z,v}
        + \sum_{s,z,v} \sigma^S_{s,v,c} \kappa^S_{s,z,v} N^S_{s,z,v} \Big)

        X_c \le B_c, &\qquad \sum_c X_c \le B^{\Sigma}

    Energy that counts is what stands behind the meter of the programme's campuses and the
    grid-tied capacity that the programme itself finances (family ``programme_power``).

    =====================  ==============================  =================================  ======
    symbol                 name in code                    dimensions                         unit
    =====================  ==============================  =================================  ======
    :math:`B^C`            ``build_campus``                zone vintage                       GW
    :math:`B^A`            ``build_accelerator``           accelerator zone vintage           GW
    :math:`B^G`            ``build_generator``             generator zone vintage             GW
    :math:`N^G`            ``programme_generator``         generator zone vintage             GW
    :math:`N^S`            ``programme_storage``           storage zone vintage               GW
    :math:`\kappa^C`       ``capex_campus``                zone vintage                       M$/GW
    :math:`\kappa^A`       ``capex_accelerator``           accelerator vintage                M$/GW
    :math:`\kappa^G`       ``capex_generator``             generator zone vintage             M$/GW
    :math:`\sigma^C`       ``spend_share_campus``          vintage calendar_year              frac
    :math:`\sigma^G`       ``spend_share_generator``       generator vintage calendar_year    frac
    :math:`B`              ``budget``                      calendar_year                      M$
    :math:`B^{\Sigma}`     ``budget_total``                                                   M$
    =====================  ==============================  =================================  ======

    Dual: M$ of discounted cost (or compute) per M$ of budget: what one more dollar is worth.
    """
    system = formulation.system
    yearly = system["budget"]
    total = float(system["budget_total"])
    if not bool(finite(yearly).any()) and not math.isfinite(total):
        return
    spend = programme_spend(formulation)
    if spend is None:
        return
    formulation.add_limit(NAME, "budget_year", spend, yearly)
    if math.isfinite(total):
        formulation.add_rows(NAME, "budget_total", spend.sum("calendar_year"), "<=", total)
