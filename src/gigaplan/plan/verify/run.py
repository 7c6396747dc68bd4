"""All checks of a plan."""

from __future__ import annotations

from gigaplan.plan.tables import Plan
from gigaplan.plan.verify.building import building_findings
from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding
from gigaplan.plan.verify.money import money_findings
from gigaplan.plan.verify.power import power_findings


def verify_plan(plan: Plan) -> list[Finding]:
    """Add up every balance, limit and cost of a plan from its tables, without the solver.

    Parameters
    ----------
    plan
        A plan, fresh or loaded.

    Returns
    -------
    list of Finding
        One for each check; those that are not ``ok`` name the rows at fault.
    """
    fields = Fields(plan)
    findings = [
        *power_findings(fields),
        *building_findings(fields),
        *money_findings(fields),
    ]
    return [*fields.misfits, *findings]
