"""Work through chunks on all cores, in order, with few of them in memory at a time."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from cybernorms.errors import CyberNormsError
from cybernorms.paths import distrust_current_folder

CHUNK = 50
WORTH_A_PROCESS = 150  # hand-ins; starting a process takes as long as marking some of them
_T = TypeVar("_T")
_R = TypeVar("_R")
Run = Callable[[Callable[[Any, Any], Any], Any, Sequence[Any]], Iterator[Any]]


def chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Yield items in chunks, whose bounds do not depend on the number of cores."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


@contextmanager
def without_collection() -> Iterator[None]:
    """Leave out garbage collection for a while.

    Reading and marking makes many small things and no circles of them; to look through all that
    there is for circles, again and again, would take a good part of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def pool(items: int, processes: int | None = None) -> Iterator[Run]:
    """Hold what runs `function(settings, chunk)` over all chunks of items and yields in order.

    Arguments:
        items: how many there are; for few, no process is started.
        processes: how many processes; as many as there are cores if not given.
    """
    wanted = processes or min(cores(), items // WORTH_A_PROCESS)
    if wanted <= 1:
        yield lambda function, settings, items: (
            function(settings, chunk) for chunk in chunks(items)
        )
        return
    distrust_current_folder()
    # Started anew everywhere, so that all systems behave alike.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(wanted, context, initializer=_begin)
    try:
        yield lambda function, settings, items: _in_order(
            executor, 3 * wanted, function, settings, items
        )
    except BrokenProcessPool:
        raise CyberNormsError(
            "A process that was marking was ended from outside",
            remedy="See whether the computer is short of memory, then run it again",
        ) from None
    finally:
        executor.shutdown(cancel_futures=True)


def _in_order(
    executor: ProcessPoolExecutor,
    most: int,
    function: Callable[[Any, Any], _R],
    settings: Any,
    items: Sequence[Any],
) -> Iterator[_R]:
    waiting: deque[Future[_R]] = deque()
    for chunk in chunks(items):
        if len(waiting) >= most:
            yield waiting.popleft().result()
        with _uninterrupted():  # it may start a process
            waiting.append(executor.submit(function, settings, chunk))
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put Ctrl+C off for a moment; processes that are started in it never hear of it.

    A terminal tells every process. The one that began the others ends them in its own time.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Prepare a process that does nothing but read and mark, and ends with the one that began it.

    If that is killed, nobody else would end this one.
    """

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent:
            parent.join()
            os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    threading.Thread(target=watch, daemon=True).start()


class Progress:
    """A line on stderr that counts along; nothing where nobody looks at a terminal."""

    def __init__(self, what: str, of: int) -> None:
        self._what, self._of, self._done = what, of, 0
        self._seen = sys.stderr is not None and sys.stderr.isatty()

    def step(self, count: int) -> None:
        self._done += count
        if self._seen:
            bar = "#" * (30 * self._done // max(1, self._of))
            sys.stderr.write(f"\r{self._what} [{bar:30}] {self._done:,} of {self._of:,}")
            sys.stderr.flush()

    def end(self) -> None:
        if self._seen and self._done:
            sys.stderr.write("\n")
