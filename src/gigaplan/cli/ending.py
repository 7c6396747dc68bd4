"""How every command ends: with words and an exit code, never with a traceback."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import traceback
from types import FrameType, TracebackType
from typing import Final

import typer

from gigaplan.cli.background import is_busy
from gigaplan.terms.errors import GigaplanError

MOST_FAULTS: Final = 12
BUG_EXIT: Final = 70
INTERRUPTED_EXIT: Final = 130
TERMINATED_EXIT: Final = 143
DEBUG: Final = "GIGAPLAN_DEBUG"
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
STOPPED: Final = "stopped; nothing was written"


class Terminated(KeyboardInterrupt):
    """The process was asked to end (SIGTERM)."""


class Ending:
    """Context of a command: turns what ends it into words on stderr and an exit code.

    Exit codes: 0 done; 1 a check failed; 2 bad input; 3 infeasible; 4 solver limit; 70 a bug;
    130 stopped by Ctrl-C; 143 stopped by SIGTERM. A reader of stdout who goes away is no error.
    """

    def __init__(self) -> None:
        self._hears_termination = False

    def __enter__(self) -> None:
        """Let SIGTERM end a command as Ctrl-C does, so that nothing is left half-written."""
        in_main = threading.current_thread() is threading.main_thread()
        if in_main and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, _terminate)
            self._hears_termination = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the command."""
        if self._hears_termination:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if error is None:
            error = _flushed()
            if error is None:
                return
        if isinstance(error, KeyboardInterrupt):
            say(str(error) or STOPPED)
            _leave(TERMINATED_EXIT if isinstance(error, Terminated) else INTERRUPTED_EXIT)
        if isinstance(error, BrokenPipeError):
            _close_stdout()
            raise SystemExit(0) from None
        if isinstance(error, OSError) and error.errno in FULL:
            _close_stdout()
            say(f"error: What was asked cannot be printed: {error.strerror}.")
            raise SystemExit(GigaplanError.exit_code) from None
        debug = bool(os.environ.get(DEBUG))
        if debug and isinstance(error, Exception):
            traceback.print_exception(error)
        if isinstance(error, GigaplanError):
            say(one_screen(error))
            raise SystemExit(error.exit_code) from None
        if isinstance(error, Exception) and not _is_of_typer(error):
            say(_bug(error, debug=debug))
            raise SystemExit(BUG_EXIT) from None


def say(text: str) -> None:
    """Write a message to stderr."""
    typer.echo(text, err=True)


def one_screen(error: GigaplanError) -> str:
    """Return an error as text: the headline and at most twelve faults.

    >>> from gigaplan.terms.errors import Fault
    >>> print(one_screen(GigaplanError("Bad.", [Fault("It is -3.", "a.yaml:4:2: x", "Use 0.")])))
    error: Bad.
      a.yaml:4:2: x: It is -3. Use 0.
    """
    lines = [f"error: {error.headline}"]
    lines += [f"  {fault}" for fault in error.faults[:MOST_FAULTS]]
    rest = len(error.faults) - MOST_FAULTS
    if rest > 0:
        lines.append(f"  ... and {rest:,} more; mend these first.")
    return "\n".join(lines)


def _bug(error: Exception, *, debug: bool) -> str:
    shown = f"{type(error).__name__}: {' '.join(str(error).split())}"
    lines = [
        f"error: gigaplan has a bug: {shown[:300]}",
        "  Please report it with the scenario and the command.",
    ]
    if not debug:
        lines.append(f"  With {DEBUG}=1 in the environment, it shows where it happened.")
    return "\n".join(lines)


def _is_of_typer(error: Exception) -> bool:
    """Return whether typer itself ends the command: usage, exit, abort."""
    return type(error).__module__.partition(".")[0] in ("typer", "click")


def _flushed() -> OSError | None:
    """Write out stdout now, while somebody still looks at its errors; return one."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return error
    return None


def _close_stdout() -> None:
    """Send what is still buffered nowhere: its reader has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _leave(code: int) -> None:
    """End; at once if a solver is at work, which would not listen."""
    if not is_busy():
        raise SystemExit(code)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            continue
    os._exit(code)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated
