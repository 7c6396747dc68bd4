"""Commands that make and check plans: run, verify."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gigaplan.cli.screen import Stages, say
from gigaplan.terms.errors import CheckFailedError, Fault

if TYPE_CHECKING:
    from gigaplan.plan.verify import Finding


def run(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or a shipped name.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder of the plan [plans/NAME].")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but errors.")] = False,
    relaxed: Annotated[
        bool, typer.Option("--relaxed", help="Campuses of any size, in any number of states.")
    ] = False,
    solver: Annotated[
        Literal["auto", "simplex", "ipm", "pdlp"] | None,
        typer.Option(help="Method, in place of the scenario's."),
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option(help="Seconds for one solve, in place of the scenario's.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a plan that is there.")] = False,
    report: Annotated[bool, typer.Option(help="Write report.html into the plan.")] = True,
) -> None:
    """Plan a scenario: solve, check, save, report."""
    from gigaplan.inputs.scenario import load_scenario
    from gigaplan.plan.store import check_folder, save_plan

    start = time.perf_counter()
    asked = load_scenario(scenario)
    folder = output or Path("plans") / asked.name
    check_folder(folder, force=force)
    changes = {"method": solver, "time_limit_s": time_limit}
    wanted = {key: value for key, value in changes.items() if value is not None}
    if wanted:
        asked = asked.model_copy(update={"solver": asked.solver.model_copy(update=wanted)})

    from gigaplan.plan.verify import verify_plan
    from gigaplan.report import summary_sentences, write_report
    from gigaplan.workflow import run as run_scenario

    stages = Stages(quiet=quiet or json_)
    plan = run_scenario(asked, progress=stages, relaxed=relaxed)
    stages.stage("verify")
    findings = verify_plan(plan)
    _raise_faults("The plan does not pass its own checks; nothing was written.", findings)

    def finish(making: Path) -> None:
        if report:
            stages.stage("report")
            write_report(plan, making / "report.html")

    save_plan(plan, folder, force=force, finish=finish)
    stages.finish()
    seconds = time.perf_counter() - start
    page = folder / "report.html"
    if json_:
        content = {
            "plan": str(folder),
            "report": str(page) if report else None,
            "checks": len(findings),
            "seconds": round(seconds, 2),
            "manifest": json.loads(plan.manifest.model_dump_json(exclude={"assumptions"})),
        }
        typer.echo(json.dumps(content))
        return
    if quiet:
        return
    for sentence in summary_sentences(plan):
        typer.echo(f"- {sentence}")
    say(f"{len(findings)} checks passed; {seconds:.0f} s; {plan.manifest.peak_memory_mb:,.0f} MB")
    typer.echo(str(page if report else folder))


def verify(
    plan: Annotated[Path, typer.Argument(help="Folder of a plan.")],
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Add up every balance, limit and cost of a saved plan again, without the solver."""
    from gigaplan.plan.store import load_plan
    from gigaplan.plan.verify import verify_plan

    findings = verify_plan(load_plan(plan))
    if json_:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=1))
    else:
        for finding in findings:
            mark = "ok  " if finding.ok else "FAIL"
            typer.echo(
                f"{mark} {finding.check} ({finding.rows:,} rows, worst {finding.worst:.2g} "
                f"{finding.unit})"
            )
    _raise_faults(f"The plan {plan} does not pass its checks.", findings)


def _raise_faults(headline: str, findings: list[Finding]) -> None:
    """End with the rows at fault, if there are any."""
    faults = [
        Fault(row, finding.check)
        for finding in findings
        if not finding.ok
        for row in finding.faults
    ]
    if faults:
        raise CheckFailedError(headline, faults)
