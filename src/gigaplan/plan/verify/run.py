"""All checks of a plan."""

from __future__ import annotations

import numpy as np

from gigaplan.plan.manifest import SolverRecord
from gigaplan.plan.tables import Plan
from gigaplan.plan.verify.agreement import agreement_findings
from gigaplan.plan.verify.building import building_findings
from gigaplan.plan.verify.capital import capital_findings
from gigaplan.plan.verify.cells import cell_findings
from gigaplan.plan.verify.deals import deal_findings
from gigaplan.plan.verify.effects import effect_findings
from gigaplan.plan.verify.environment import environment_findings
from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import EXACT, Finding, Terms, Tolerance, on
from gigaplan.plan.verify.jobs import job_findings
from gigaplan.plan.verify.money import money_findings
from gigaplan.plan.verify.power import power_findings
from gigaplan.plan.verify.rows import row_findings
from gigaplan.plan.verify.supply import supply_findings
from gigaplan.plan.verify.taxes import tax_findings

MEGAWATTS = 1e3
MARGIN = 10.0


def tolerance_of(solver: SolverRecord) -> Tolerance:
    """Return the tolerance that an answer of a method is checked within."""
    if solver.method != "pdlp":
        return EXACT
    admitted = MARGIN * solver.primal_residual
    return Tolerance(max(EXACT.absolute, MEGAWATTS * admitted), max(EXACT.relative, admitted))


def verify_plan(plan: Plan) -> list[Finding]:
    """Add up every balance, limit and cost of a plan from its tables, without the solver.

    An answer of a first-order method is checked within ten times the residual that its manifest
    admits; every other answer within rounding.

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
    terms = Terms(tolerance_of(plan.manifest.solver), plan.system.data.indexes)
    # What is not a number is a finding; adding it up may not become a warning.
    with on(terms), np.errstate(invalid="ignore", over="ignore"):
        findings = [
            *cell_findings(fields),
            *row_findings(fields),
            *power_findings(fields),
            *building_findings(fields),
            *supply_findings(fields),
            *capital_findings(fields),
            *money_findings(fields),
            *agreement_findings(fields),
            *deal_findings(fields),
            *job_findings(fields),
            *tax_findings(fields),
            *effect_findings(fields),
            *environment_findings(fields),
        ]
    return [*fields.misfits, *findings]
