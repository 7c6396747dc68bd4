"""How long work tells where it is, without knowing who listens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Progress(Protocol):
    """Listener for the stages of a run."""

    def stage(self, name: str) -> None:
        """Begin the stage ``name``: load, build, solve, round, without, verify, report."""

    def detail(self, text: str) -> None:
        """Say something about the stage that is running."""


class Silent:
    """A listener that says nothing."""

    def stage(self, name: str) -> None:
        """Ignore the stage."""

    def detail(self, text: str) -> None:
        """Ignore the detail."""


@dataclass(frozen=True)
class WithinStage:
    """A listener for work inside one stage of another: it passes on details alone."""

    whole: Progress

    def stage(self, name: str) -> None:
        """Ignore the stage."""

    def detail(self, text: str) -> None:
        """Pass the detail on."""
        self.whole.detail(text)
