"""Command that asks what rules cost: the same scenario with some of them on or off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from gigaplan.terms.errors import Fault, InputError

if TYPE_CHECKING:
    from gigaplan.inputs.scenario import Scenario
    from gigaplan.inputs.scenario.policy import Policy
    from gigaplan.plan.tables import Plan

CREDITS: Final = "credits"
OWNERSHIP: Final = "ownership"
CLOCKS: Final = "clocks"
SUPPLIERS: Final = "suppliers"

app = typer.Typer(
    help="Rules in the plan.", no_args_is_help=True, rich_markup_mode=None, add_completion=False
)
Rules = Annotated[
    list[str] | None,
    typer.Option(
        help="credits, ownership, suppliers, or a rule of the table policy_rules; may be repeated."
    ),
]


@app.callback()
def _rules() -> None:
    """Rules in the plan."""


@app.command("diff")
def diff(
    scenario: Annotated[str, typer.Argument(help="Scenario file, or the name of a shipped one.")],
    off: Rules = None,
    on: Rules = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Plan a scenario as it is and with rules switched, and show how the two differ.

    Nothing is written. Rules are asked before the plan as far as the scenario lets them in:
    credits by policy.credits, rules of ownership by policy.ownership and policy.facts, rules of
    suppliers by policy.suppliers.
    """
    from gigaplan.cli.differences import differences, print_differences
    from gigaplan.cli.progress import stages_of
    from gigaplan.cli.tables import print_json, records
    from gigaplan.inputs.scenario import load_scenario
    from gigaplan.workflow import load_scenario_data, run

    asked = load_scenario(scenario)
    known = set(load_scenario_data(asked).table("policy_rules")["rule"])
    switched = _switched(asked, off or [], on or [], known)
    plans: list[Plan] = []
    for one in (asked, switched):
        with stages_of(quiet=quiet) as stages:
            plans.append(run(one, progress=stages))
    tables = differences(plans)
    if json_:
        print_json({name: records(frame) for name, frame in tables.items()})
    else:
        print_differences(tables)


def _switched(scenario: Scenario, off: list[str], on: list[str], known: set[str]) -> Scenario:
    """Return the scenario with rules switched; refuse names that are no rule, and no change."""
    from gigaplan.inputs.wording import did_you_mean

    choices = {CREDITS, OWNERSHIP, SUPPLIERS, *known}
    faults = [
        Fault(
            f"There is no rule '{name}'.",
            f"--{side} {name}",
            did_you_mean(name, choices) or "See 'gigaplan data show policy_rules'.",
        )
        for side, names in (("off", off), ("on", on))
        for name in names
        if name not in choices
    ]
    if set(off) & set(on):
        both = ", ".join(sorted(set(off) & set(on)))
        faults.append(Fault(f"{both} is to be on and off.", "--on, --off", "Choose one."))
    policy = _changed(scenario.policy, off, on)
    if not faults and policy == scenario.policy:
        what = "Nothing changes: the rules are already so."
        faults.append(Fault(what, "--on, --off", "Name a rule with --off or --on."))
    if faults:
        headline = "The rules cannot be switched."
        raise InputError(headline, faults)
    title = f"{scenario.title}, rules switched"
    name = f"{scenario.name}-switched"
    return scenario.model_copy(update={"policy": policy, "name": name, "title": title})


def _changed(policy: Policy, off: list[str], on: list[str]) -> Policy:
    rules = [name for name in off if name not in (CREDITS, OWNERSHIP, SUPPLIERS)]
    kept = [name for name in policy.off if name not in on]
    changes: dict[str, object] = {"off": tuple(dict.fromkeys([*kept, *rules]))}
    if CREDITS in (*off, *on):
        changes[CREDITS] = CREDITS in on
    if OWNERSHIP in off:
        changes[OWNERSHIP] = "off"
    elif OWNERSHIP in on and policy.ownership == "off":
        changes[OWNERSHIP] = CLOCKS
    if SUPPLIERS in (*off, *on):
        changes[SUPPLIERS] = "law" if SUPPLIERS in on else "off"
    return policy.model_copy(update=changes)
