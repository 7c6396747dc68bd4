"""How long work tells where it is, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Listener for the stages of a run."""

    def stage(self, name: str) -> None:
        """Begin the stage ``name``: load, build, solve, round, verify, report."""

    def detail(self, text: str) -> None:
        """Say something about the stage that is running."""


class Silent:
    """A listener that says nothing."""

    def stage(self, name: str) -> None:
        """Ignore the stage."""

    def detail(self, text: str) -> None:
        """Ignore the detail."""
