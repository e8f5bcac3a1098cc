"""Pyodide and the one compiled library that a page needs: found in a folder, or fetched by npm."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from cybernorms.errors import CyberNormsError

VERSION = "314"  # of Pyodide on npm, whose first number is that of its Python
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
LIBRARY = "msgspec"
ADVICE = (
    "Install Node.js, which brings npm, and give the command again with a connection to the "
    "internet. Or give --pyodide a folder with the files of Pyodide’s npm package and a wheel of "
    "msgspec for Pyodide"
)


class Runtime(Struct, frozen=True):
    """What runs Python in a browser: files by name, and the wheel of the compiled library."""

    files: dict[str, bytes]
    wheel: bytes


def find_runtime(folder: Path | None) -> Runtime:
    """Return the runtime in a folder, or fetch it.

    Raises:
        CyberNormsError: something is missing in the folder, or cannot be fetched.
    """
    if folder is not None:
        return read_runtime(folder)
    with TemporaryDirectory() as fetched:
        fetch_runtime(Path(fetched))
        return read_runtime(Path(fetched))


def read_runtime(folder: Path) -> Runtime:
    """Return the runtime whose files lie in a folder.

    Raises:
        CyberNormsError: something is missing.
    """
    missing = [name for name in (*FILES, LOCK) if not (folder / name).is_file()]
    wheels = sorted(folder.glob(f"{LIBRARY}-*-pyemscripten_*_wasm32.whl"))
    if missing or not wheels:
        absent = missing[0] if missing else f"{LIBRARY}-….whl"
        raise CyberNormsError(f"{absent} is missing", where=str(folder), remedy=ADVICE)
    files = {name: (folder / name).read_bytes() for name in FILES}
    files[LOCK] = _without_packages(folder / LOCK)
    return Runtime(files, wheels[-1].read_bytes())


def _without_packages(lock: Path) -> bytes:
    """Return the list of packages without any: a page must ask nobody for one."""
    found = json.loads(lock.read_bytes())
    return json.dumps({**found, "packages": {}}).encode()


def fetch_runtime(folder: Path) -> None:
    """Fetch Pyodide by npm and the wheel by pip, both as they are set up here.

    Raises:
        CyberNormsError: one of them is not installed, or fails.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise CyberNormsError("Pyodide is needed to make the pages", remedy=ADVICE)
    _run([npm, "pack", "--silent", f"pyodide@{VERSION}"], folder)
    packed = next(folder.glob("pyodide-*.tgz"))
    with tarfile.open(packed) as file:
        for name in (*FILES, LOCK):
            member = file.extractfile(f"package/{name}")
            assert member is not None
            (folder / name).write_bytes(member.read())
    packed.unlink()
    info = json.loads((folder / LOCK).read_bytes())["info"]
    major, minor = info["python"].split(".")[:2]
    _run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", "."),
            *("--only-binary", ":all:", "--implementation", "cp"),
            *("--platform", f"pyemscripten_{info['abi_version']}_wasm32"),
            *("--python-version", f"{major}.{minor}", "--abi", f"cp{major}{minor}", LIBRARY),
        ],
        folder,
    )


def _run(command: Sequence[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise CyberNormsError(f"{command[0]} cannot be run: {error}", remedy=ADVICE) from None
    if done.returncode:
        last = [line for line in done.stderr.splitlines() if line.strip()][-1:] or ["no reason"]
        raise CyberNormsError(f"{Path(command[0]).name} has failed: {last[0]}", remedy=ADVICE)
