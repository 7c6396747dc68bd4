"""Progress on stderr: what a run is doing, and for how long."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Final, Self

WORDS: Final = {
    "load": "Reading the scenario and its data",
    "build": "Building the model",
    "solve": "Solving",
    "round": "Rounding campuses to whole phases",
    "without": "Solving without the programme",
    "finance": "Closing the deals",
    "verify": "Saving and checking every balance, limit and cost",
    "report": "Writing the report",
}
PLAIN_DETAIL_EVERY_S: Final = 5.0


def stages_of(*, quiet: bool) -> Stages:
    """Return the listener that suits stderr: live on a terminal, plain lines otherwise."""
    if quiet:
        return Stages()
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        return PlainStages()
    from gigaplan.cli.live import LiveStages

    return LiveStages(console)


class Stages:
    """A listener that keeps the time of each stage, and says nothing.

    Used as a context, so that nothing is left on the screen when a run ends early.
    """

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.name = ""
        self._stage_began = self.began

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the last stage."""
        self._end(done=error is None)

    def stage(self, name: str) -> None:
        """Begin a stage, and so end the one before."""
        self._end(done=True)
        self.name = name
        self._stage_began = time.perf_counter()
        self._begun()

    def detail(self, text: str) -> None:
        """Say something about the stage that is running."""

    def stage_s(self) -> float:
        """Return the seconds since the stage began."""
        return time.perf_counter() - self._stage_began

    def _end(self, *, done: bool) -> None:
        name, self.name = self.name, ""
        if name:
            self._ended(name, done=done)

    def _begun(self) -> None:
        """Show that a stage has begun."""

    def _ended(self, name: str, *, done: bool) -> None:
        """Show that a stage has ended."""


class PlainStages(Stages):
    """A line for each stage and for the model, and a line of the solver now and then."""

    def __init__(self) -> None:
        super().__init__()
        self._last_detail = 0.0

    def detail(self, text: str) -> None:
        """Show a detail, unless another one was shown just now."""
        now = time.perf_counter()
        of_solver = text.startswith((" ", "\t")) or "variables" not in text
        if not text.strip() or (of_solver and now - self._last_detail < PLAIN_DETAIL_EVERY_S):
            return
        self._last_detail = now
        self._line(f"        {last_line(text)}")

    def _begun(self) -> None:
        self._line(f"{self.name:7} {WORDS.get(self.name, self.name)} ...")
        self._last_detail = time.perf_counter()

    def _ended(self, name: str, *, done: bool) -> None:
        self._line(f"{name:7} {'done' if done else 'not done'}, {self.stage_s():.1f} s")

    def _line(self, text: str) -> None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def last_line(text: str) -> str:
    """Return the last line of a text that has one, without blanks around it."""
    return text.strip().splitlines()[-1].strip()
