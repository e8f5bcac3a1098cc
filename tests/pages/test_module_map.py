"""Pages without controls: the map, the progress, the groups, the glossary, and the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms import show_glossary
from cybernorms.cli import main
from cybernorms.corpus.process import load_lessons, load_sessions
from cybernorms.document import to_html, to_text
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Record
from cybernorms.exercises.standing import standings
from cybernorms.figures.sessions import draw_sessions, sessions_alt, span
from cybernorms.pages.groups import group_blocks
from cybernorms.pages.module_map import map_blocks, progress_blocks
from tests.answers import best_answer
from tests.paths import ROOT


def test_the_map_links_lessons_that_are_there_from_where_the_learner_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents links that lead nowhere from one of the two folders."""
    for folder, link in (
        ("notebooks", "02-un-norms.ipynb"),
        ("exercises", "../notebooks/02-un-norms.ipynb"),
    ):
        monkeypatch.chdir(ROOT / folder)
        page = to_html(map_blocks(Record(tmp_path).read()))
        assert f'href="{link}"' in page
        assert all(lesson.title in page for lesson in load_lessons())
    monkeypatch.chdir(tmp_path)
    assert "href" not in to_html(map_blocks(Record(tmp_path).read()))


def questions() -> tuple[Question, ...]:
    """Return the questions of lesson 02."""
    return next(each for each in load_question_sets() if each.id == "02-un-norms").questions


def test_progress_counts_points_and_names_what_is_open(tmp_path: Path) -> None:
    """Prevents a progress page that flatters or alarms."""
    record = Record(tmp_path)
    for question in questions():
        if question.use == "graded" and question.id != "un-degrees":
            record.append(question.id, question.revision, best_answer(question))
    text = to_text(progress_blocks(record.read(), record.path))
    graded = [each for each in questions() if each.use == "graded"]
    points = sum(each.points for each in graded)
    earned = points - 1 - 3  # un-degrees is open, un-minister waits for a teacher
    told = f"Answered: {len(graded) - 1} of {len(graded)}; "
    told += f"Points: {earned:g} of {points:g}, 3 awaiting"
    assert told in " ".join(text.split())
    assert "Still open: un-degrees" in " ".join(text.split())


def test_unreadable_lines_of_the_record_are_told_and_kept(tmp_path: Path) -> None:
    """Prevents lost answers from going unnoticed."""
    record = Record(tmp_path)
    record.append("un-restraint", "1", "f")
    with record.path.open("a", encoding="utf-8") as file:
        file.write("not json\n" * 7)
    text = to_text(progress_blocks(record.read(), record.path))
    assert "Line 2 of answers.jsonl cannot be read" in text and "and 2 more" in text


def test_an_answer_that_no_longer_fits_counts_as_open(tmp_path: Path) -> None:
    """Prevents a silent zero after a question has changed."""
    record = Record(tmp_path)
    record.append("un-restraint", "1", "an option that is gone")
    found = standings(load_question_sets(), record.read())
    practice = next(each for each in found if each.set == "02-un-norms" and each.use == "practice")
    assert practice.answered == 0 and "un-restraint" in practice.open


def test_the_figure_of_the_groups_has_a_text_that_says_the_same() -> None:
    """Prevents a figure that a screen reader cannot tell."""
    sessions = load_sessions()
    figure = draw_sessions(sessions)
    assert figure.source.startswith("data:image/png;base64,") and len(figure.source) > 10_000
    alt = sessions_alt(sessions)
    assert figure.alt == alt
    for session in sessions:
        assert f"{session.short_name}, " in alt and session.outcome in alt
    assert all(start < end for start, end in map(span, sessions))


def test_the_table_of_the_groups_names_all_of_them_with_outcome() -> None:
    """Prevents a group from being dropped between figure and table."""
    text = to_text(group_blocks())
    assert text.count("no consensus") >= 2
    for session in load_sessions():
        assert f"- {session.short_name}:" in text


def test_the_glossary_finds_words_and_says_when_it_does_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Prevents an empty page as an answer."""
    show_glossary("Due Diligence")
    assert "due diligence:" in capsys.readouterr().out
    show_glossary("zebra")
    assert "nothing on \u201czebra\u201d" in capsys.readouterr().out


def test_the_command_checks_question_sets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents an author of questions from meeting a traceback."""
    assert main(["questions"]) == 0
    assert f"02-un-norms: {len(questions())} questions, " in capsys.readouterr().out
    broken = tmp_path / "own.toml"
    broken.write_text('id = "own"\ntitle = "Own"\n', encoding="utf-8")
    assert main(["questions", str(broken)]) == 1
    assert "own.toml" in capsys.readouterr().err
    assert main(["questions", str(tmp_path / "none.toml")]) == 1
    assert "none.toml" in capsys.readouterr().err


def test_the_command_shows_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a command that needs a notebook."""
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))
    question = find_question("un-restraint")
    Record().append(question.id, question.revision, "f")
    assert main(["progress"]) == 0
    practice = sum(each.use == "practice" for each in questions())
    assert f"Answered: 1 of {practice}" in capsys.readouterr().out


def test_a_figure_that_fails_leaves_garbage_collection_on():
    # Prevents a kernel that grows without end after one figure went wrong.
    import gc

    from cybernorms.figures.canvas import drawing

    with pytest.raises(ZeroDivisionError), drawing(2, 2, (0.1, 0.1, 0.1, 0.1)):
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()
