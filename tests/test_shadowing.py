"""A file beside a lesson that is called like a library is told before it is run."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

import start
from cybernorms.errors import CyberNormsError
from cybernorms.shadowing import OPTIONAL, find_shadowing, refuse_shadowing

RUN = "open({!r}, 'a').write(__name__ + '\\n')\n"


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of lessons, in which Python looks before it looks for libraries, as in Jupyter."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    monkeypatch.chdir(folder)
    first = next(at for at, entry in enumerate(sys.path) if Path(entry).name == "site-packages")
    monkeypatch.setattr(sys, "path", [*sys.path[:first], "", *sys.path[first:]])
    return folder


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name",
    [
        "text2qti.py",
        "genanki.pyc",
        "genanki/__init__.py",
        "nbval.abi3.so",
        "pyarrow.py",  # not installed, and looked for by pandas
        "numexpr/__init__.pyc",
    ],
)
def test_a_file_that_would_be_run_in_the_place_of_a_library_is_found(
    beside: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, name.split(".")[0].split("/")[0], raising=False)
    if name.endswith(".so") and sys.platform == "win32":
        pytest.skip("libraries have other endings on Windows")
    path = write(beside / name)
    expected = path.parent if path.stem == "__init__" else path
    assert find_shadowing() == (expected, False)
    with pytest.raises(CyberNormsError) as error:
        refuse_shadowing()
    assert str(expected) in str(error.value)
    assert "would be run" in str(error.value)
    assert "Move it to another folder" in str(error.value)


@pytest.mark.parametrize("name", ["winreg", "msvcrt", "posix", "nt"])
def test_a_library_that_only_another_system_has_is_found(beside: Path, name: str) -> None:
    """Prevents a file from being run by a library that tries for what Windows has."""
    write(beside / f"{name}.py")
    is_there = name in sys.builtin_module_names or name in sys.modules
    assert (find_shadowing() is None) == is_there


@pytest.mark.parametrize(
    "name",
    [
        "my_helper.py",  # a teacher's own
        "wave.py",  # the standard library is looked at first
        "json.py",
        "cybernorms.py",  # loaded already, from elsewhere
        "genanki.txt",
        "genanki-1.0.py",
        "genanki.json.py",
        "genanki/notes.txt",  # no package: the library goes before
        "lesson.ipynb",
    ],
)
def test_a_file_that_stands_in_for_nothing_is_let_be(beside: Path, name: str) -> None:
    write(beside / name)
    assert find_shadowing() is None


def test_a_library_is_found_where_the_folder_goes_before_all_others(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(beside), *sys.path])
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    path = write(beside / "wave.py")
    assert find_shadowing() == (path, False)


def test_a_folder_in_which_python_does_not_look_is_not_looked_at(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(beside / "genanki.py")
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if entry])
    assert find_shadowing() is None


def test_a_library_that_was_run_already_is_told_as_such(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(beside / "pyarrow.py")
    module = type(sys)("pyarrow")
    module.__file__ = str(path)
    monkeypatch.setitem(sys.modules, "pyarrow", module)
    assert find_shadowing() == (path, True)
    with pytest.raises(CyberNormsError, match="has run it"):
        refuse_shadowing()


def in_a_kernel(folder: Path, *cells: str, env: dict[str, str]) -> list[str]:
    """Run cells in a kernel that begins in a folder; return what is shown."""
    shown: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        content = message["content"]
        shown.append(str(content.get("text") or "\n".join(content.get("traceback", []))))

    manager, client = start_new_kernel(cwd=str(folder), env=env)
    try:
        for cell in cells:
            client.execute_interactive(cell, timeout=60, output_hook=hear)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return [text for text in shown if text.strip() not in ("", "None")]


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, str]]:
    """The environment of a Jupyter that nobody has set up."""
    settings = start.environment()
    del settings["PYTHONSAFEPATH"]
    return lambda: settings


FIRST_CELL = "from cybernorms import ask, progress"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["msgspec", "lazy_loader", "pyarrow"])
def test_the_first_cell_in_plain_jupyter_names_the_file_before_it_is_run(
    tmp_path: Path, plain: Callable[[], dict[str, str]], name: str
) -> None:
    folder = tmp_path / "lessons"
    trap = folder / f"{name}.py"
    write(trap).write_text(RUN.format(str(tmp_path / "trace")), encoding="utf-8")
    shown = in_a_kernel(folder, FIRST_CELL, env=plain())
    assert not (tmp_path / "trace").exists()
    assert len(shown) == 1
    assert str(trap) in shown[0]
    assert "Traceback" not in shown[0]
    trap.rename(tmp_path / "elsewhere.py")
    assert in_a_kernel(folder, FIRST_CELL, "print(1)", env=plain()) == ["1\n"]


@pytest.mark.slow
def test_what_libraries_look_for_though_it_is_not_installed_is_known() -> None:
    """Prevents a file from being run because a library would use it if it were there."""
    program = (
        "import sys, pkgutil, importlib, cybernorms\n"
        "missing = set()\n"
        "class Last:\n"
        "    @staticmethod\n"
        "    def find_spec(name, path=None, target=None):\n"
        "        missing.add(name.split('.')[0])\n"
        "sys.meta_path.append(Last)\n"
        "for each in pkgutil.walk_packages(cybernorms.__path__, 'cybernorms.'):\n"
        "    importlib.import_module(each.name)\n"
        "import pandas, matplotlib.figure, ipykernel.kernelapp\n"
        "print(*{each for each in missing if each not in sys.modules})\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True
    )
    looked_for = set(done.stdout.split())
    assert "pyarrow" in looked_for
    assert looked_for - OPTIONAL - sys.stdlib_module_names == set()
