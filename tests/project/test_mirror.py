"""The tests lie as the package does: whoever knows a module finds its test without a search."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.paths import SOURCE, TESTS

PACKAGE = SOURCE / "cybernorms"
SHORT = 20  # lines; what is shorter is tested with what uses it

# Modules whose test is that of another one, since they show what they do only there.
ELSEWHERE = {
    "analysis/assembly.py": "pages/test_rooms.py",
    "analysis/coverage.py": "pages/test_coverage.py",
    "cards/clause_parts.py": "cards/test_clause_lab.py",
    "cards/seat_parts.py": "cards/test_seats.py",
    "corpus/columns.py": "data/test_schema.py",  # annotations, held against datapackage.json
    "corpus/commitments.py": "corpus/test_evidence.py",  # the same readings of what was agreed
    "corpus/coverage.py": "pages/test_coverage.py",
    "corpus/rows.py": "corpus/test_lessons.py",  # the gate, over all loaders
    "document/blocks.py": "document/test_document.py",  # every block, as HTML and as text
    "exercises/checks.py": "exercises/kinds/test_value.py",
    "exercises/disk.py": "exercises/test_record.py",
    "exercises/fields.py": "exercises/test_question_files.py",  # what an author is told
    "exercises/question_blocks.py": "cards/test_form.py",
    "exercises/questions.py": "exercises/test_question_files.py",
    "exercises/commands.py": "test_cli.py",
    "figures/classroom.py": "classroom/report/test_class_report.py",
    "figures/documents.py": "pages/test_documents.py",
    "loopback.py": "classroom/essays/test_server.py",
    "pages/clause_board.py": "cards/front/test_front_clause.py",  # the twin, tile by tile
    "pages/game_note.py": "pages/test_game.py",
    "pages/game_settings.py": "pages/test_game.py",
    "pages/game_words.py": "pages/test_game.py",
    "pages/kept.py": "pages/test_weighing.py",
    "pages/law.py": "corpus/test_law.py",  # the rules, as they are shown
    "pages/law_or_norm.py": "cards/test_sorter.py",
    "pages/negotiation_page.py": "pages/test_negotiation.py",
    "site/commands.py": "site/test_build.py",
    "site/html.py": "site/test_build.py",
    "site/package.py": "site/test_build.py",
    "site/runtime.py": "site/test_build.py",
    "site/stage.py": "site/test_live.py",
    "site/wording.py": "site/test_notebook.py",
    "subcommands.py": "test_cli.py",
    "widgets/arguments.py": "widgets/test_explorers.py",
    "widgets/handing_in.py": "cards/test_hand_in.py",
    "widgets/showing.py": "projector/test_cast.py",
    "widgets/sheets.py": "widgets/test_explorers.py",
}

# The tests of marking a class are named after what they are about, not after modules.
APART = {"classroom"}

MODULES = sorted(
    path.relative_to(PACKAGE)
    for path in PACKAGE.rglob("*.py")
    if path.relative_to(PACKAGE).parts[0] not in APART
)


def place_of_test(module: Path) -> Path:
    """Return where the test of a module lies; that of a package is called after its folder."""
    name = module.parent.name if module.stem == "__init__" else module.stem
    return module.with_name(f"test_{name}.py")


def lines_of(module: Path) -> int:
    return len((PACKAGE / module).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("module", [each for each in MODULES if lines_of(each) > SHORT], ids=str)
def test_every_module_has_its_test(module: Path) -> None:
    """Prevents a module that nobody tests, and a search for the test of one."""
    own = place_of_test(module)
    named = ELSEWHERE.get(module.as_posix(), own.as_posix())
    assert (TESTS / named).is_file(), f"{named} is to test {module}"


def test_what_is_tested_elsewhere_has_no_test_of_its_own() -> None:
    """Prevents a list of exceptions that nobody shortens."""
    for module in map(Path, ELSEWHERE):
        assert (PACKAGE / module).is_file(), module
        assert not (TESTS / place_of_test(module)).exists(), module


@pytest.mark.parametrize("folder", sorted({each.parent for each in MODULES}), ids=str)
def test_every_test_has_its_module(folder: Path) -> None:
    """Prevents a test that stays behind when its module moves.

    A test may add what it is about to the name: test_record_crashes is of record.py.
    """
    modules = [place_of_test(each).stem for each in MODULES if each.parent == folder]
    for path in (TESTS / folder).glob("test_*.py"):
        if folder != Path():
            found = [name for name in modules if f"{path.stem}_".startswith(f"{name}_")]
            assert found, f"{path.relative_to(TESTS)} tests no module of that name"
