"""Processes that mark: begun so that Ctrl+C is left to the one that began them."""

from __future__ import annotations

import signal
from collections.abc import Sequence

import pytest

from cybernorms.classroom.run.pool import pool


def blocked(_: None, items: Sequence[int]) -> bool:
    """Return whether a process was started with Ctrl+C blocked."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Windows has no such signals")
def test_ctrl_c_is_left_to_the_process_that_began_the_others() -> None:
    """Prevents a traceback from a process that has just been started."""
    with pool(1, processes=2) as run:
        assert list(run(blocked, None, [1])) == [True]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
