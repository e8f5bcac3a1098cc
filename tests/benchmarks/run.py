"""Measure speed against a floor or a peer in the same run; exit with 1 where a limit is missed.

python tests/benchmarks/run.py            import, saving
python tests/benchmarks/run.py --start    also the first and the second start in a fresh clone
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

HEAVY = ("pandas", "numpy", "matplotlib", "ipywidgets", "nbformat")


@dataclass(frozen=True)
class Result:
    """A median, what it is measured against, and the most that it may be, all in milliseconds."""

    name: str
    measured: float
    floor: float | None
    limit: float
    note: str = ""

    @property
    def holds(self) -> bool:
        return self.measured <= self.limit


def milliseconds(task: Callable[[], object]) -> float:
    """Return how long a task takes."""
    begin = time.perf_counter()
    task()
    return (time.perf_counter() - begin) * 1000


def measure_import(pairs: int = 30) -> list[Result]:
    """Compare an interpreter that imports the package with one that does nothing."""

    def run(code: str) -> float:
        return milliseconds(lambda: subprocess.run([sys.executable, "-c", code], check=True))

    run("import cybernorms")  # Compiles what is not compiled yet.
    bare, ours = [], []
    for _ in range(pairs):
        bare.append(run("pass"))
        ours.append(run("import cybernorms"))
    floor = statistics.median(bare)
    over = statistics.median(one - other for one, other in zip(ours, bare, strict=True))
    code = f"import cybernorms, sys; print(*[n for n in {HEAVY} if n in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    return [
        Result("import cybernorms (limit: floor + 60)", floor + over, floor, floor + 60),
        Result("heavy packages it loads (count)", len(loaded), None, 0, " ".join(loaded)),
    ]


def measure_saving(pairs: int = 200) -> Result:
    """Compare saving an answer with a bare append that waits for the disk too."""
    from cybernorms.exercises.record import Record

    response = {f"item-{number}": "category" for number in range(8)}
    # Beside the checkout's own `work`, so on a real disk, where a folder for temporary files may
    # be in memory.
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".bench-") as name:
        folder = Path(name)
        record = Record(folder)
        record.append("warm-up", "0", response)
        line = record.path.read_bytes()

        def bare() -> None:
            with (folder / "bare.jsonl").open("ab", buffering=0) as file:
                file.write(line)
                os.fsync(file.fileno())

        floors, ours = [], []
        for _ in range(pairs):
            floors.append(milliseconds(bare))
            ours.append(milliseconds(lambda: record.append("bench", "0", response)))
    floor = statistics.median(floors)
    return Result("save an answer (limit: 2 x floor)", statistics.median(ours), floor, 2 * floor)


def measure_starts() -> list[Result]:
    """Time start.py in a fresh clone until the first lesson is drawn, twice."""
    from playwright.sync_api import sync_playwright

    from tests.browser.lab import BROWSER_ARGUMENTS, find_browser, free_port

    results = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        for name, limit in (("first start, first lesson drawn", 60), ("second start", 10)):
            port = free_port()
            command = [sys.executable, "start.py", "--no-browser", "--port", str(port)]
            settings = {
                "JUPYTERLAB_SETTINGS_DIR": f"{folder}/settings",
                "JUPYTERLAB_WORKSPACES_DIR": f"{folder}/workspaces-{port}",
            }
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=find_browser(), args=BROWSER_ARGUMENTS
                )
                page = browser.new_page()
                begin = time.perf_counter()
                server = subprocess.Popen(
                    [*command, "--IdentityProvider.token="],
                    cwd=clone,
                    env=os.environ | settings,
                    stdout=sys.stderr,
                )
                try:
                    address = f"http://127.0.0.1:{port}"
                    wait_for(server, f"{address}/api")
                    page.goto(address)
                    page.get_by_role("heading", name="00 Start here").wait_for(timeout=60_000)
                    took = (time.perf_counter() - begin) * 1000
                finally:
                    browser.close()
                    end(server)
            results.append(Result(name, took, None, limit * 1000))
    return results


def wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    """Wait until a server answers."""
    give_up = time.monotonic() + 600
    while time.monotonic() < give_up and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address, timeout=1) as answer:
            json.load(answer)
            return
        time.sleep(0.1)
    raise SystemExit("start.py did not start a server")


def end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def table(results: list[Result]) -> str:
    lines = [f"{'':42} {'measured':>9} {'floor':>9} {'ratio':>6} {'limit':>9}"]
    for each in results:
        floor = f"{each.floor:9.2f}" if each.floor else " " * 9
        ratio = f"{each.measured / each.floor:6.2f}" if each.floor else " " * 6
        verdict = "holds" if each.holds else "MISSED"
        numbers = f"{each.measured:9.2f} {floor} {ratio} {each.limit:9.2f}"
        lines.append(f"{each.name:42} {numbers}  {verdict} {each.note}".rstrip())
    return "\n".join([*lines, "Medians, in milliseconds."])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", action="store_true", help="also time start.py in a fresh clone")
    asked = parser.parse_args()
    results = [*measure_import(), measure_saving()]
    if asked.start:
        results += measure_starts()
    print(table(results))
    return 0 if all(each.holds for each in results) else 1


if __name__ == "__main__":
    sys.exit(main())
