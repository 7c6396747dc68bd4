"""Facts of investors that a scenario tells, and what the rules make of them before the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pydantic import ValidationError

from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.scenario import Scenario
from gigaplan.inputs.wording import did_you_mean
from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.facts.scope import PARTS
from gigaplan.policy.finding import Finding, Verdict
from gigaplan.policy.plan_credits import credit_table, credits_by_asset, day_of_law
from gigaplan.policy.plan_supplies import barred_sources
from gigaplan.policy.screen import screen
from gigaplan.system.eligibility import Eligibility
from gigaplan.system.frame import Frame
from gigaplan.terms.errors import Fault, InputError
from gigaplan.terms.units import DAYS_PER_YEAR

BELOW: Final = 1e-3
"""How far below a threshold a share stays, to be below it [frac]."""
Facts = Mapping[str, object]


def given_deal(base: Deal, scenario: Scenario) -> Deal:
    """Return a deal with the facts that the scenario tells of its investor.

    Parameters
    ----------
    base
        What is known of the deal without them.
    scenario
        The scenario; its ``policy.facts`` and ``policy.shared_facts`` have the fields of a deal
        file.

    Raises
    ------
    InputError
        If a fact cannot be.
    """
    shared, told = scenario.policy.shared_facts, scenario.policy.facts.get(base.investor, {})
    if not shared and not told:
        return base
    known = base.model_dump(mode="json", exclude_unset=True)
    joined = _joined(_joined(known, shared), told)
    left_out = [part for part in PARTS if part not in told and part not in _scope(joined)]
    try:
        return Deal.model_validate({k: v for k, v in joined.items() if k not in left_out})
    except ValidationError as error:
        faults = [
            Fault(
                f"{'.'.join(str(step) for step in one['loc']) or 'facts'}: {one['msg']}.",
                scenario.where(*_place_of(base.investor, told, one["loc"])),
                "Give facts as in a deal file: see 'gigaplan screen --example'.",
            )
            for one in error.errors()
        ]
        headline = f"The facts of {base.investor} cannot be used."
        raise InputError(headline, faults) from None


def _place_of(investor: str, told: Facts, path: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return where a scenario tells a fact: of its investor, or of all."""
    if path and path[0] in told:
        return ("policy", "facts", investor)
    return ("policy", "shared_facts")


def _scope(joined: Facts) -> Sequence[object]:
    """Return the parts of a deal; all of them where the scope is not told."""
    scope = joined.get("scope")
    return scope if isinstance(scope, list | tuple) else PARTS


def _joined(known: Facts, told: Facts) -> dict[str, object]:
    """Return what is known with what is told put over it, section by section."""
    joined = dict(known)
    for name, value in told.items():
        before = joined.get(name)
        if isinstance(before, dict) and isinstance(value, dict):
            joined[name] = _joined(before, value)
        else:
            joined[name] = value
    return joined


def eligibility(scenario: Scenario, dataset: Dataset) -> Eligibility:
    """Return what rules change before the plan: credits, clocks, caps, who pays and who supplies.

    Only investors whose facts the scenario tells are screened before the plan; the others are as
    the scenario says, and the screen after the plan asks for their facts.

    Parameters
    ----------
    scenario, dataset
        What is asked, and the data package with its dated rules.

    Raises
    ------
    InputError
        If facts are told of nobody, or cannot be.
    """
    frame = Frame(scenario, dataset)
    asked = scenario.policy
    earned = credits_by_asset(credit_table(frame), asked.credit_worth_frac)
    found = dict(_screened(scenario, dataset))
    barred = barred_sources(frame)
    if asked.ownership == "off":
        return Eligibility(earned, barred_sources=barred)
    clocks = {name: _clock(findings) for name, findings in found.items()}
    avoids = asked.ownership == "avoid"
    caps = {name: cap for name, findings in found.items() for cap in _cap(findings)}
    kept = {name: max(cap - BELOW, 0.0) for name, cap in caps.items() if avoids}
    return Eligibility(
        earned,
        delay_years={
            name: _days_of(clock) / DAYS_PER_YEAR
            for name, clock in clocks.items()
            if name not in kept
        },
        delay_rules={
            name: clock.rule
            for name, clock in clocks.items()
            if clock is not None and name not in kept
        },
        most_share_frac=kept,
        barred=frozenset(name for name, findings in found.items() if _is_barred(findings)),
        barred_sources=barred,
    )


def _screened(scenario: Scenario, dataset: Dataset) -> Iterator[tuple[str, list[Finding]]]:
    """Yield each investor with told facts, and what the rules that count find."""
    investors = {one.name: one for one in scenario.capital.investors}
    day = day_of_law(scenario.policy, Frame(scenario, dataset))
    for name in scenario.policy.facts:
        if name not in investors:
            what = f"Facts are told of {name}, who is no investor."
            mend = did_you_mean(name, investors) or "Name an investor of capital.investors."
            fault = Fault(what, scenario.where("policy", "facts", name), mend)
            headline = "The facts of investors cannot be used."
            raise InputError(headline, [fault])
        one = investors[name]
        entity = {"name": name, "kind": "company", "country": one.country}
        base = Deal.model_validate({"name": name, "investor": name, "entities": [entity]})
        found = screen(given_deal(base, scenario), dataset, day)
        yield name, [each for each in found.findings if each.rule not in scenario.policy.off]


def _clock(findings: list[Finding]) -> Finding | None:
    """Return the finding with the longest clock of what has to be filed; ``None`` without one."""
    filed = (Verdict.FILE_VOLUNTARY, Verdict.FILE_MANDATORY, Verdict.MITIGATE)
    clocks = [each for each in findings if each.verdict in filed and each.consequence.days_most]
    return max(clocks, key=_days_of, default=None)


def _days_of(finding: Finding | None) -> float:
    return 0.0 if finding is None else finding.consequence.days_most or 0.0


def _cap(findings: list[Finding]) -> list[float]:
    """Return the lowest share below which nothing has to be filed; nothing without one."""
    shares = [
        each.consequence.cap_frac
        for each in findings
        if each.verdict == Verdict.FILE_MANDATORY and each.consequence.cap_frac is not None
    ]
    return [min(shares)] if shares else []


def _is_barred(findings: list[Finding]) -> bool:
    return any(each.verdict == Verdict.BLOCK_RISK for each in findings)
