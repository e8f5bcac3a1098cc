"""CONTRIBUTING.md sends nobody to a file, a name or a command that is not there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from cybernorms.exercises.kinds import KINDS
from cybernorms.version import __version__
from tests.exercises.kinds.tables import tables_over_kinds
from tests.paths import ROOT, SOURCE, TESTS

THIS = Path(__file__).resolve()
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTIONS = {part.split("\n", 1)[0]: part for part in TEXT.split("\n## ")[1:]}
FENCED = "\n".join(re.findall(r"```\n(.*?)```", TEXT, re.DOTALL))
PROSE = re.sub(r"```\n.*?```", "", TEXT, flags=re.DOTALL)
SPANS = sorted(set(re.findall(r"`([^`]+)`", PROSE)))
COMMANDS = [line.strip() for line in FENCED.splitlines()]
# What is made when it is needed, or looked at by other programs alone.
MADE = {".venv", "dist/", "CI"}
# Where a path may begin that says only what a reader of that section needs.
FOLDERS = (ROOT, SOURCE / "cybernorms", ROOT / "jupyter" / "labextension" / "static")


def is_path(text: str) -> bool:
    return re.fullmatch(r"[\w.-]+/([\w.-]+/?)*|[\w-]+\.(cff|js|md|py|toml)", text) is not None


def is_command(text: str) -> bool:
    return text.startswith(("make ", "python3 ", ".venv/bin/"))


@cache
def source() -> str:
    """Return all that names can be found in: the package, the tests, the tables' description."""
    files = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.pyi"), *TESTS.rglob("*.py")]
    files += [ROOT / "data" / "datapackage.json"]
    files += (ROOT / "exercises" / "questions").glob("*.toml")
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file != THIS)


def assert_command_works(command: str) -> None:
    program, *rest = command.split()
    if program == "make":
        assert re.search(rf"^{rest[0]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    elif program == ".venv/bin/cybernorms":
        assert f'add_parser("{rest[0]}"' in source()
    for word in rest:
        assert not is_path(word) or (ROOT / word).exists(), word


@pytest.mark.parametrize("span", [each for each in SPANS if each not in MADE])
def test_what_stands_in_backticks_is_there(span: str) -> None:
    """Prevents a recipe from sending somebody to a file that has moved or a name of last year."""
    if is_command(span):
        assert_command_works(span)
    elif is_path(span):
        assert any((folder / span).exists() for folder in FOLDERS)
    else:
        name = span.removeprefix("[[").removesuffix("]]").split("(")[0].rstrip("…")
        assert re.search(rf"(?<!\w){re.escape(name)}", source())


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_can_be_given(line: str) -> None:
    """Prevents a list of commands of which one is gone."""
    assert is_command(line)
    assert_command_works(re.split(r"\s{2,}", line)[0])


@pytest.mark.parametrize("table", tables_over_kinds())
def test_the_recipe_for_a_kind_names_every_table_over_the_kinds(table: str) -> None:
    """Prevents a kind that is added by the recipe and still missing somewhere."""
    module, name = table.removeprefix("cybernorms.").rsplit(".", 1)
    recipe = SECTIONS["Add a kind of question"]
    assert f"`{name}`" in recipe
    assert f"`{module.replace('.', '/')}.py`" in recipe


def test_the_recipe_for_a_kind_names_every_table_of_the_tests() -> None:
    """Prevents a kind for which the tests of all kinds have nothing to try."""
    text = (TESTS / "exercises" / "test_marking.py").read_text(encoding="utf-8")
    tables = re.findall(r"^([A-Z]+)\b[^\n]* = \{\n    \"(\w+)\"", text, re.MULTILINE)
    over_kinds = [name for name, key in tables if key in KINDS]
    assert over_kinds
    for name in over_kinds:
        assert f"`{name}`" in SECTIONS["Add a kind of question"]


def test_the_recipe_for_a_release_names_every_file_with_the_version() -> None:
    """Prevents a release of which one file still has the number of the last one."""
    files = [*ROOT.glob("*.cff"), *ROOT.glob("*.toml"), *SOURCE.rglob("*.py")]
    files += (ROOT / "jupyter").rglob("*.json")
    number = re.compile(rf"version[\W_]+{re.escape(__version__)}\b")
    found = [file for file in files if number.search(file.read_text(encoding="utf-8"))]
    assert len(found) > 2
    for file in found:
        assert f"`{file.relative_to(ROOT).as_posix()}`" in SECTIONS["Make a release"]


def test_every_folder_of_tests_and_of_the_package_is_named() -> None:
    """Prevents a folder of which nobody says what it is for."""
    beside = {path.name for path in TESTS.iterdir() if path.is_dir()}
    package = {path.name for path in (SOURCE / "cybernorms").iterdir() if path.is_dir()}
    for name in beside - package - {"__pycache__"}:
        assert f"`tests/{name}/`" in TEXT or name == "hostile", name
    for name in package - {"__pycache__"}:
        assert f"`{name}`" in TEXT, name


def test_the_words_of_the_code_are_used_in_it() -> None:
    """Prevents a glossary of words that nobody uses any more."""
    rows = re.findall(r"^\| ([a-z ,-]+) \|", SECTIONS["The words of the code"], re.MULTILINE)
    words = [word for row in rows for word in row.split(", ")]
    assert len(words) > 15
    for word in words:
        assert re.search(word.replace(" ", "."), source(), re.IGNORECASE), word


def test_it_can_be_read_in_a_few_minutes() -> None:
    """Prevents instructions that nobody reads to the end."""
    assert len([word for word in TEXT.split() if re.search(r"\w", word)]) <= 1900
