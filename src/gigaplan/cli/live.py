"""Progress on a terminal: finished stages, and a clock that runs."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from gigaplan.cli.progress import WORDS, Stages, last_line


class LiveStages(Stages):
    """Finished stages with their times; beneath them a clock and the solver's last line."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._spinner = Spinner("dots")
        self._detail = ""
        self._live = Live(self, console=console, refresh_per_second=8, transient=True)

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop drawing."""
        super().__exit__(kind, error, trace)
        self._live.stop()

    def __rich__(self) -> Group:
        """Draw the stage that is running."""
        if not self.name:
            return Group()
        head = Table.grid(padding=(0, 1))
        words = WORDS.get(self.name, self.name)
        head.add_row(self._spinner, words, Text(f"{self.stage_s():.1f} s", "cyan"))
        width = max(20, self._console.width - 4)
        return Group(head, Text(f"  {self._detail[:width]}", "dim", no_wrap=True))

    def detail(self, text: str) -> None:
        """Show a detail until the next one."""
        if text.strip():
            self._detail = last_line(text)

    def _begun(self) -> None:
        self._detail = ""

    def _ended(self, name: str, *, done: bool) -> None:
        mark = Text("\u2713", "green") if done else Text("\u2717", "red")
        words = WORDS.get(name, name)
        line = Text.assemble(mark, f" {words} ", (f"{self.stage_s():.1f} s", "cyan"))
        self._console.print(line)
