"""gigaplan plans AI data centers and the power they need: what, where, when, and why.

>>> from gigaplan import load_scenario, run, save_plan
>>> plan = run(load_scenario("tiny"))  # doctest: +SKIP
>>> save_plan(plan, "plans/tiny")  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gigaplan.expansion.linopy_model import linopy_model
    from gigaplan.inputs.dataset import load_dataset
    from gigaplan.inputs.scenario import Scenario, load_scenario
    from gigaplan.plan.store import load_plan, save_plan
    from gigaplan.plan.tables import Plan
    from gigaplan.plan.verify import verify_plan
    from gigaplan.workflow import formulate, run

    __version__: str

__all__ = [
    "Plan",
    "Scenario",
    "__version__",
    "formulate",
    "linopy_model",
    "load_dataset",
    "load_plan",
    "load_scenario",
    "run",
    "save_plan",
    "verify_plan",
]

_HOMES: Final = {
    "Plan": "gigaplan.plan.tables",
    "Scenario": "gigaplan.inputs.scenario",
    "formulate": "gigaplan.workflow",
    "linopy_model": "gigaplan.expansion.linopy_model",
    "load_dataset": "gigaplan.inputs.dataset",
    "load_plan": "gigaplan.plan.store",
    "load_scenario": "gigaplan.inputs.scenario",
    "run": "gigaplan.workflow",
    "save_plan": "gigaplan.plan.store",
    "verify_plan": "gigaplan.plan.verify",
}


if not TYPE_CHECKING:  # a type checker knows the names from above, and only those

    def __getattr__(name: str) -> object:
        """Import a public name when it is first used, so that small commands start quickly."""
        if name == "__version__":
            from importlib.metadata import version

            return version("gigaplan")
        if name not in _HOMES:
            message = f"module 'gigaplan' has no attribute '{name}'"
            raise AttributeError(message)
        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Name what may be imported, also before it is."""
    return sorted({*globals(), *__all__})
