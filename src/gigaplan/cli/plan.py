"""Commands that make and check plans: run, verify."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gigaplan.cli.ending import say
from gigaplan.terms.errors import CheckFailedError, Fault

if TYPE_CHECKING:
    from gigaplan.cli.progress import Stages
    from gigaplan.inputs.scenario import Scenario
    from gigaplan.plan.tables import Plan
    from gigaplan.plan.verify import Finding

REPORT = "report.html"


def run(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or a shipped name.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Folder of the plan; plans/NAME if not given."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Print nothing but errors (and --json).")
    ] = False,
    relaxed: Annotated[
        bool, typer.Option("--relaxed", help="Campuses of any size, in any number of states.")
    ] = False,
    solver: Annotated[
        Literal["auto", "simplex", "ipm", "pdlp"] | None,
        typer.Option(help="Method of the solver, in place of the scenario's."),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(help="Most seconds for one solve, in place of the scenario's."),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a plan that is there already.")
    ] = False,
    report: Annotated[
        bool, typer.Option("--report/--no-report", help="Write report.html into the plan.")
    ] = True,
) -> None:
    """Plan a scenario: solve, save, check, report.

    The folder appears when all of this has succeeded.
    """
    from gigaplan.cli.background import interrupted_with
    from gigaplan.cli.progress import stages_of
    from gigaplan.inputs.scenario import load_scenario
    from gigaplan.plan.folder import check_folder

    began = time.perf_counter()
    asked = _changed(load_scenario(scenario), solver, time_limit)
    folder = Path("plans") / asked.name if output is None else output
    check_folder(folder, force=force)
    with stages_of(quiet=quiet) as stages:
        plan, findings = _make(asked, folder, stages, relaxed=relaxed, force=force, report=report)
    with interrupted_with(f"stopped; the plan in {folder} is whole"):
        _show_result(
            plan,
            findings,
            folder,
            seconds=time.perf_counter() - began,
            quiet=quiet,
            as_json=json_,
            report=report,
        )


def _changed(scenario: Scenario, method: str | None, time_limit_s: float | None) -> Scenario:
    """Return the scenario with the solver settings of the command line."""
    from pydantic import ValidationError

    wanted = {"method": method, "time_limit_s": time_limit_s}
    wanted = {name: value for name, value in wanted.items() if value is not None}
    settings = {**scenario.solver.model_dump(), **wanted}
    try:
        solver = type(scenario.solver).model_validate(settings)
    except ValidationError as error:
        detail = error.errors()[0]
        message = f"solver.{detail['loc'][0]} is {detail['input']}: {detail['msg']}."
        raise typer.BadParameter(message) from error
    return scenario.model_copy(update={"solver": solver})


def _make(
    scenario: Scenario, folder: Path, stages: Stages, *, relaxed: bool, force: bool, report: bool
) -> tuple[Plan, list[Finding]]:
    """Solve, save, check what was saved, and report; the folder appears at the end."""
    from gigaplan.cli.background import in_background
    from gigaplan.plan.folder import whole_folder
    from gigaplan.plan.store import load_plan, write_manifest, write_plan
    from gigaplan.plan.verify import verify_plan
    from gigaplan.workflow import peak_memory_mb
    from gigaplan.workflow import run as run_scenario

    plan = in_background(lambda: run_scenario(scenario, progress=stages, relaxed=relaxed))
    with whole_folder(folder, force=force) as making:
        stages.stage("verify")
        write_plan(plan, making)
        plan = load_plan(making)
        findings = verify_plan(plan)
        _raise_faults("The plan does not pass its own checks; nothing was written.", findings)
        timings = {**plan.manifest.timings_s, "verify": round(stages.stage_s(), 3)}
        if report:
            from gigaplan.report import write_report

            stages.stage("report")
            write_report(plan, making / REPORT)
            timings["report"] = round(stages.stage_s(), 3)
        memory = round(peak_memory_mb(), 1)
        changes = {"timings_s": timings, "peak_memory_mb": memory}
        manifest = plan.manifest.model_copy(update=changes)
        write_manifest(manifest, making)
    return type(plan)(plan.tables, manifest, plan.scenario, plan.system), findings


def _show_result(
    plan: Plan,
    findings: Sequence[Finding],
    folder: Path,
    *,
    seconds: float,
    quiet: bool,
    as_json: bool,
    report: bool,
) -> None:
    """Print what came out; the path of the report last."""
    from gigaplan.report import summary_sentences

    page = folder / REPORT if report else None
    if as_json:
        from gigaplan.cli.tables import print_json

        print_json(
            {
                "plan": str(folder),
                "report": None if page is None else str(page),
                "summary": summary_sentences(plan),
                "checks_passed": len(findings),
                "seconds": round(seconds, 2),
                "manifest": plan.manifest.model_dump(mode="json", exclude={"assumptions"}),
            }
        )
    elif not quiet:
        typer.echo(f"\n{plan.manifest.title}\n")
        for sentence in summary_sentences(plan):
            typer.echo(f"- {sentence}")
        memory = f"{plan.manifest.peak_memory_mb / 1e3:.1f} GB of memory at most"
        typer.echo(f"\n{len(findings)} checks passed; {seconds:.1f} s; {memory}")
        typer.echo(str(folder if page is None else page))


def verify(
    plan: Annotated[Path, typer.Argument(help="Folder of a plan.")],
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but faults.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Add a saved plan up again, without the solver.

    Every balance, limit and cost follows from the saved tables.

    Exits with 1 and names the rows at fault if something does not add up.
    """
    from gigaplan.cli.tables import print_json
    from gigaplan.plan.store import load_plan
    from gigaplan.plan.verify import verify_plan

    findings = verify_plan(load_plan(plan))
    passed = sum(finding.ok for finding in findings)
    if json_:
        checks = [asdict(finding) for finding in findings]
        print_json({"plan": str(plan), "ok": passed == len(findings), "checks": checks})
    elif not quiet:
        for finding in findings:
            mark = "ok  " if finding.ok else "FAIL"
            rows = "1 row" if finding.rows == 1 else f"{finding.rows:,} rows"
            worst = f", off by {finding.worst:.2g} {finding.unit} at most" if finding.worst else ""
            typer.echo(f"{mark} {finding.check} ({rows}{worst})")
    _raise_faults(f"The plan in {plan} does not pass its checks.", findings)
    if not (json_ or quiet):
        say(f"{passed} checks passed")


def _raise_faults(headline: str, findings: Sequence[Finding]) -> None:
    """End with the rows at fault, if there are any."""
    faults = []
    for finding in findings:
        if not finding.ok:
            rows = finding.faults or (f"{finding.worst:g} {finding.unit} off",)
            faults += [Fault(row, finding.check) for row in rows]
    if faults:
        raise CheckFailedError(headline, faults)
