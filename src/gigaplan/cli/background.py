"""Long work in a thread of its own, so that Ctrl-C is heard at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Final, TypeVar

T = TypeVar("T")

LISTENS_EVERY_S: Final = 0.2
STACK_BYTES: Final = 32 * 2**20
"""As much as a main thread has, or more: some systems give other threads half a megabyte."""
_NAME: Final = "gigaplan-work"


def in_background(work: Callable[[], T]) -> T:
    """Do work in a thread and wait for it.

    Signals reach only the main thread, and Python hears them only between its own instructions.
    A main thread inside the solver would not stop, or the solver would take the interruption for
    a fault of its own.

    Parameters
    ----------
    work
        What to do; it must not write files, for it is not stopped when the wait is.

    Returns
    -------
    T
        What the work returns; what it raises is raised here.

    Raises
    ------
    KeyboardInterrupt
        If the wait was interrupted; the work then goes on until the process ends.
    """
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=_NAME)
    usual = threading.stack_size(STACK_BYTES)
    try:
        future = pool.submit(work)
    finally:
        threading.stack_size(usual)
    try:
        while wait([future], timeout=LISTENS_EVERY_S).not_done:
            pass
    finally:
        pool.shutdown(wait=False)
    return future.result()


def is_busy() -> bool:
    """Return whether work that nobody waits for is still being done."""
    return any(thread.name.startswith(_NAME) for thread in threading.enumerate())


@contextmanager
def interrupted_with(message: str) -> Iterator[None]:
    """Let an interruption of the block say something else than that nothing was written."""
    try:
        yield
    except KeyboardInterrupt as interruption:
        interruption.args = (message,)
        raise
