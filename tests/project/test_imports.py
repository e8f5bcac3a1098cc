"""Imports point down only, and importing is quick."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import SOURCE

PACKAGE = SOURCE / "cybernorms"

# The layers of the package and what each may import of the others, as in CONTRIBUTING.md.
GROUND = {
    "version",
    "errors",
    "shadowing",
    "starting",
    "paths",
    "files",
    "subcommands",
    "document",
    "loopback",
}
MAY_IMPORT = {
    **dict.fromkeys(GROUND, GROUND),
    "server": GROUND | {"corpus", "exercises", "pages"},
    "corpus": GROUND,
    "analysis": GROUND | {"corpus"},
    "exercises": GROUND | {"corpus"},
    "figures": GROUND | {"corpus", "analysis"},
    "pages": GROUND | {"corpus", "analysis", "exercises", "figures"},
    "cards": GROUND | {"corpus", "analysis", "exercises", "figures", "pages"},
    "widgets": GROUND | {"corpus", "analysis", "exercises", "figures", "pages", "cards"},
    "classroom": GROUND | {"corpus", "analysis", "exercises", "figures"},
    "site": GROUND | {"corpus", "exercises", "pages", "cards", "widgets"},
    "projector": GROUND | {"corpus", "exercises", "pages", "cards", "widgets"},
    "kit": GROUND | {"corpus", "analysis", "exercises", "figures", "pages", "cards", "classroom"},
    "cli": GROUND
    | {"corpus", "analysis", "exercises", "figures", "pages", "cards", "widgets", "classroom"}
    | {"kit", "projector", "site"},
}
# The rooms of `classroom` and what each may import of the others; exports are tied to none.
_FLOORS = ("encodings", "sheets", "tables", "intake", "scoring", "results", "run", "report")
# The page in which written answers are marked stands beside the run, which knows nothing of it.
ROOMS: dict[str, set[str]] = {
    **{room: set(_FLOORS[:floor]) for floor, room in enumerate(_FLOORS)},
    "essays": {"encodings", "sheets", "tables", "results"},
    "nbgrader": set(),
    "export": {"encodings", "sheets", "tables", "nbgrader"},
}
HEAVY = {
    *("IPython", "anywidget", "ipywidgets", "jsonschema", "matplotlib", "nbformat", "nltk"),
    *("numpy", "pandas"),
}

# Modules that must also run in a browser, or must not keep a teacher waiting, and what of the
# heavy libraries they may load as they are imported.
LIGHT = {
    "corpus": set(),
    "analysis": {"numpy"},
    "exercises": set(),
    "pages": {"numpy"},
    "cards": {"numpy"},
    "site/live.py": {"numpy"},
    "classroom/run/class_run.py": set(),
}

FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def module_of(file: Path) -> str:
    parts = file.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def layer_of(file: Path) -> str:
    return module_of(file).split(".")[1]


def room_of(file: Path) -> str:
    """Return the room of a module of `classroom`, or "" for what lies above all rooms."""
    return [*module_of(file).split("."), ""][2]


def imported(source: str) -> set[str]:
    """Return the full names of what a module imports from this package, wherever it does so."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full, so that this test can read them"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] == "cybernorms"}


def upward(layer: str, source: str) -> set[str]:
    """Return what a module of a layer imports although it may not."""
    allowed = MAY_IMPORT[layer] | {layer}
    return {name for name in imported(source) if [*name.split("."), ""][1] not in allowed}


def upstairs(room: str, source: str) -> set[str]:
    """Return what a module in a room of `classroom` imports of rooms that it may not know."""
    allowed = ROOMS[room] | {room}
    names = [name.split(".") for name in imported(source)]
    return {
        ".".join(parts)
        for parts in names
        if parts[1:2] == ["classroom"] and [*parts, "", ""][2] not in allowed
    }


def loaded(code: str) -> set[str]:
    """Return the heavy libraries that a fresh Python has loaded after running some code."""
    code += f"\nimport sys; print(*sorted({HEAVY!r} & sys.modules.keys()))"
    settings = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_imports_point_down_only(file: Path) -> None:
    # A circle of imports, or marking that needs a widget, begins with one import upward.
    assert not upward(layer_of(file), file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("layer", "source"),
    [
        ("corpus", "from cybernorms.widgets.asking import ask"),
        ("exercises", "import cybernorms.figures"),
        ("classroom", "from cybernorms import widgets"),
        ("figures", "def draw():\n    from cybernorms.exercises.record import Record"),
        ("analysis", "import cybernorms"),
        ("exercises", "from cybernorms import __version__"),
        ("pages", "from cybernorms.cards.explorer import ExplorerCard"),
        ("cards", "from cybernorms.widgets.carrying import show"),
        ("classroom", "from cybernorms.cards.form import Form"),
    ],
)
def test_an_import_upward_is_noticed(layer: str, source: str) -> None:
    assert upward(layer, source)


IN_ROOMS = [file for file in FILES if layer_of(file) == "classroom" and room_of(file)]


@pytest.mark.parametrize("file", IN_ROOMS, ids=module_of)
def test_imports_between_the_rooms_of_marking_point_down_only(file: Path) -> None:
    """Prevents reading files from depending on how pages look, and circles on the way there."""
    assert not upstairs(room_of(file), file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("tables", "from cybernorms.classroom.intake.roster import Roster"),
        ("intake", "from cybernorms.classroom.results.workplace import OURS"),
        ("scoring", "from cybernorms.classroom.run import pool"),
        ("results", "def late():\n    import cybernorms.classroom.report.class_report"),
        ("run", "from cybernorms.classroom import report"),
        ("export", "from cybernorms.classroom.scoring.policy import Policy"),
        ("report", "from cybernorms.classroom.export.anki import anki"),
        ("intake", "import cybernorms.classroom"),
    ],
)
def test_an_import_from_a_lower_room_to_a_higher_one_is_noticed(room: str, source: str) -> None:
    assert upstairs(room, source)


@pytest.mark.parametrize("file", sorted((PACKAGE / "exercises").rglob("*.py")), ids=module_of)
def test_marking_and_storage_know_of_no_button(file: Path) -> None:
    """Prevents a feedback page, or a form whose button says Save, from saying press Check."""
    texts = [
        node.value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in texts if re.search(r"\bpress (Check|Save)\b", text)]


def test_importing_the_package_loads_nothing_heavy() -> None:
    # The first cell of each lesson would take seconds.
    assert loaded("import cybernorms") == set()


@pytest.mark.parametrize("layer", LIGHT)
def test_the_pure_layers_load_nothing_heavy(layer: str) -> None:
    # They also run in the browser, and marking a class starts at once.
    place = PACKAGE / layer
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    code = "\n".join(f"import {module_of(file)}" for file in files)
    assert loaded(code) <= LIGHT[layer]
