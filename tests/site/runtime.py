"""Pyodide for tests: from a folder that CYBERNORMS_PYODIDE names, or fetched once a session."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from cybernorms.site.runtime import fetch_runtime

HOW_TO_GET_NPM = (
    "Pages are made with Pyodide, which npm fetches. Install Node.js (on Debian: apt-get install "
    "npm), or name a folder with Pyodide in CYBERNORMS_PYODIDE."
)


@cache
def runtime_folder() -> Path:
    """Return a folder with the files of Pyodide; without npm the test is passed over."""
    if named := os.environ.get("CYBERNORMS_PYODIDE"):
        return Path(named)
    if shutil.which("npm") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(HOW_TO_GET_NPM)
    folder = Path(mkdtemp(prefix="cybernorms-pyodide-"))
    fetch_runtime(folder)
    return folder
