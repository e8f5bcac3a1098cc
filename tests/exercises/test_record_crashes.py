"""Two notebooks write to one record and are killed again and again; nothing called saved is lost.

Without these tests a crash at the wrong moment could cost an answer that a learner saw as saved.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cybernorms.exercises.record import Record

KILLS = 320
NAMES = ("left", "right")

# Says "started" with its process, then the number of each answer once it is called saved. With
# `fork` it stays and starts a process for each line that it reads, which takes milliseconds.
WRITER = r'''
import itertools, os, random, signal, sys, time
from pathlib import Path
from cybernorms.exercises.record import FILE, Record
import filelock

class InPieces:
    """A slow file that takes few bytes at a time, so that a kill can tear a line anywhere."""
    def __init__(self, file): self.file = file
    def write(self, data):
        time.sleep(0.0002)
        return self.file.write(data[:50])
    def __getattr__(self, name): return getattr(self.file, name)
    def __enter__(self): return self
    def __exit__(self, *_): self.file.close()

really_open = Path.open

def open_in_pieces(path, *arguments, **more):
    file = really_open(path, *arguments, **more)
    return InPieces(file) if path.name == FILE else file

def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\n").encode())

def write(name, run):
    dice = random.Random(f"{name} {run}")
    in_pieces = int(run) % 2
    if in_pieces:
        Path.open = open_in_pieces
    record = Record(Path(sys.argv[1]))
    say(name, run, "started", os.getpid())
    for number in itertools.count():
        length = dice.choice([0, 500, 1500] if in_pieces else [0, 20_000, 150_000])
        record.append(f"{name} {run} {number}", "r1", "x" * length)
        say(name, run, number)

if sys.argv[2] == "fork":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork() == 0:
            write(*line.split())
else:
    write(*sys.argv[3:])
'''


class Writers:
    """Processes that write to one record, and what they called saved."""

    def __init__(self, folder: Path) -> None:
        self.saved: list[str] = []
        self.kills = 0
        self._folder = folder
        self._started: dict[str, int] = {}
        self._news = threading.Condition()

    def listen(self, output: Iterator[str]) -> None:
        """Take down what writers say, until they have ended."""
        for line in output:
            words = line.split()
            with self._news:
                if "started" in words:
                    self._started[" ".join(words[:2])] = int(words[3])
                else:
                    self.saved.append(line.strip())
                self._news.notify_all()

    def process(self, writer: str) -> int:
        """Wait until a writer has started, and return its process."""
        with self._news:
            assert self._news.wait_for(lambda: writer in self._started, timeout=20)
            return self._started[writer]

    def command(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", WRITER, str(self._folder), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def assert_nothing_was_lost(folder: Path, writers: Writers) -> int:
    """Assert that each answer called saved is in the record; return the number of torn lines."""
    record = Record(folder)
    history = record.read()
    kept = [answer.question for answer in history.answers]
    assert len(writers.saved) == len(set(writers.saved))
    assert set(writers.saved) <= set(kept)
    assert len(kept) == len(set(kept))
    # At most the one answer that was being written when the kill came was not called saved yet.
    assert len(kept) <= len(writers.saved) + writers.kills

    *lines, rest = record.path.read_bytes().split(b"\n")
    torn = [rest] if rest else []
    for line in lines:
        try:
            assert json.loads(line)["revision"] == "r1"
        except ValueError:
            torn.append(line)
    start = b'{"format": 1, "at": "'
    assert all(line.startswith(start) or start.startswith(line) for line in torn)
    assert len(torn) <= writers.kills
    assert len(history.problems) <= len(torn)

    record.append("last", "r1", "after all of it")
    assert record.read().answers[:-1] == history.answers
    return len(torn)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has neither SIGKILL nor fork")
def test_no_answer_called_saved_is_lost_over_hundreds_of_kills(tmp_path: Path) -> None:
    """Prevents a kernel that dies at any moment from costing an answer, its own or another's."""
    dice = random.Random(2015)
    writers = Writers(tmp_path)
    with writers.command("fork") as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        listener = threading.Thread(target=writers.listen, args=(nursery.stdout,))
        listener.start()
        running: dict[str, str] = {}
        try:
            for run in range(10 * KILLS):
                for name in NAMES:
                    if name not in running:
                        running[name] = f"{name} {run}"
                        nursery.stdin.write(running[name] + "\n")
                nursery.stdin.flush()
                processes = {name: writers.process(writer) for name, writer in running.items()}
                time.sleep(dice.uniform(0, 0.08))
                for name in dice.choice([NAMES, NAMES[:1], NAMES[1:]]):
                    os.kill(processes[name], signal.SIGKILL)
                    writers.kills += 1
                    del running[name]
                if writers.kills >= KILLS:
                    break
        finally:
            for writer in running.values():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(writers.process(writer), signal.SIGKILL)
                    writers.kills += 1
            nursery.stdin.close()
            listener.join(timeout=20)
    assert writers.kills >= KILLS
    assert len(writers.saved) > KILLS
    torn = assert_nothing_was_lost(tmp_path, writers)
    assert torn > 0, "no kill came in the middle of a line, so that this proved too little"


def test_no_answer_called_saved_is_lost_when_programs_are_ended(tmp_path: Path) -> None:
    """Prevents loss where the task manager, or a restart of the system, ends a kernel."""
    dice = random.Random(2015)
    writers = Writers(tmp_path)
    for run in range(6):
        with contextlib.ExitStack() as stack:
            for name in NAMES:
                program = stack.enter_context(writers.command("once", name, str(run)))
                assert program.stdout is not None
                listener = threading.Thread(target=writers.listen, args=(program.stdout,))
                listener.start()
                stack.callback(listener.join, 20)
                stack.callback(program.terminate)
                writers.kills += 1
            for name in NAMES:
                writers.process(f"{name} {run}")
            time.sleep(dice.uniform(0.02, 0.2))
    assert writers.saved
    assert_nothing_was_lost(tmp_path, writers)
