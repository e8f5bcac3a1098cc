"""A folder in which every file leaves a trace as soon as it is run or obeyed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

from cybernorms.shadowing import OPTIONAL

PROGRAM = Path(sys.executable).with_name("cybernorms.exe" if os.name == "nt" else "cybernorms")
CODE = "with open({!r}, 'a') as file: file.write('run: ' + {!r} + '\\n')\n"

# Names that are imported without being a library, or that programs run for their settings.
RUN = (
    *("sitecustomize", "usercustomize", "cybernorms", "conftest", "setup", "_distutils_hack"),
    *("ipykernel_launcher", "noxfile", "hatch_build", "trapped", "exercises", "notebooks", "tests"),
    *("jupyter_config", "jupyter_server_config", "jupyter_lab_config", "jupyter_notebook_config"),
    *("ipython_config", "ipython_kernel_config"),
)
# Programs that libraries look for, and so does the system where PATH has an empty part.
PROGRAMS = (
    *("xdg-open", "www-browser", "w3m", "lynx", "links", "firefox", "chromium", "sensible-browser"),
    *("python", "python3", "pip", "uv", "git", "node", "npm", "latex", "dvipng", "fc-list"),
    *("jupyter", "jupyter-lab", "uname", "ldconfig", "gcc", "sh"),
)


def lay_traps(folder: Path, trace: Path) -> Path:
    """Fill a folder with files that leave a trace; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted({*sys.stdlib_module_names, *packages_distributions(), *RUN, *OPTIONAL}):
        if name.isidentifier():
            _write(folder / f"{name}.py", CODE.format(str(trace), name))
    for name in (".pdbrc", ".pythonrc", "trap.pth", "__pypackages__.pth"):
        _write(folder / name, f"import os; {CODE.format(str(trace), name)}")
    for name, content in _settings(trace).items():
        _write(folder / name, content)
    for name in PROGRAMS:
        path = _write(folder / name, f"#!/bin/sh\necho 'run: {name}' >> '{trace}'\n")
        path.chmod(0o755)
        _write(folder / f"{name}.bat", f"echo run: {name} >> {trace}\r\n")
    return folder


def _settings(trace: Path) -> dict[str, str]:
    """Return settings of programs, by name of their file, which all have a trace written."""
    quoted = json.dumps(str(trace))
    jupyter = {
        "Application": {
            "logging_config": {
                "handlers": {"trap": {"class": "logging.FileHandler", "filename": str(trace)}},
                "root": {"handlers": ["trap"]},
            }
        },
        "ServerApp": {"jpserver_extensions": {"trapped": True}, "ip": "0.0.0.0", "token": ""},
        "IdentityProvider": {"token": ""},
    }
    return {
        # Read as matplotlib's settings, this would stop every figure.
        "matplotlibrc": "text.usetex: True\nfont.size: 99\n",
        ".env": f"CYBERNORMS_WORK={trace}\nPYTHONPATH=.\n",
        "pip.conf": f"[global]\nlog = {trace}\n",
        "pip.ini": f"[global]\nlog = {trace}\n",
        "uv.toml": f"cache-dir = {quoted}\n",
        "pyproject.toml": f"[project]\nname = 1\n[tool.uv]\ncache-dir = {quoted}\n",
        "setup.cfg": f"[global]\nlog = {trace}\n[tool:pytest]\naddopts = --junitxml={trace}\n",
        "pytest.ini": f"[pytest]\naddopts = --junitxml={trace}\n",
        "tox.ini": f"[pytest]\naddopts = --junitxml={trace}\n",
        "pyvenv.cfg": "home = .\ninclude-system-site-packages = true\n",
        **{
            f"{name}.json": json.dumps(jupyter)
            for name in ("jupyter_config", "jupyter_server_config", "jupyter_lab_config")
        },
        ".condarc": f"envs_dirs: [{quoted}]\n",
        "condarc": f"envs_dirs: [{quoted}]\n",
    }


def _write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def environment(**settings: str) -> dict[str, str]:
    """Return an environment that trusts the current folder wherever one can do so."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    # As many have it who write `export PATH=$MINE:$PATH` where the first is not set.
    return env | {"PATH": os.pathsep + os.environ["PATH"], "TERM": "xterm"} | settings


def run(folder: Path, command: Sequence[str], **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, in the most trusting environment."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        text=True,
        check=False,
    )


def assert_nothing_ran(trace: Path) -> None:
    if trace.is_file():
        raise AssertionError(trace.read_text(encoding="utf-8"))
    assert not trace.exists(), sorted(trace.iterdir())
