"""The `cybernorms` command."""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cybernorms import cli
from cybernorms.cli import main
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Record


def test_the_command_writes_a_file_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))
    Record().append("un-restraint", "r", "f")
    assert main(["hand-in", "--name", "Ada", "--set", "02"]) == 0
    [path] = (tmp_path / "hand-ins").iterdir()
    told = capsys.readouterr().out
    assert str(path) in told
    assert "Give this one file to your teacher" in told
    assert main(["hand-in", "--to", str(tmp_path / "mine.json")]) == 0
    assert json.loads((tmp_path / "mine.json").read_bytes())["name"] == ""


def questions() -> tuple[Question, ...]:
    """Return the questions of lesson 02."""
    return next(each for each in load_question_sets() if each.id == "02-un-norms").questions


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


# What is typed wrongly


def commands() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each subcommand."""
    [found] = [
        each for each in cli._parser()._actions if isinstance(each, argparse._SubParsersAction)
    ]
    return dict(found.choices)


def what_it_needs(name: str) -> list[str]:
    """Return the least that a command is given so that it understands it."""
    words = []
    for action in commands()[name]._actions:
        if action.required and action.nargs != "*":
            value = str(next(iter(action.choices))) if action.choices else "1"
            words += [*action.option_strings[-1:], value]
    return words


def mistypings() -> list[list[str]]:
    """Return every command, misspelt in every way that a command line can be."""
    found = [["--versoin"], ["-x"], ["--to", "x"]]
    for name, parser in commands().items():
        needs = what_it_needs(name)
        found += [
            [f"{name}x"],
            [name[1] + name[0] + name[2:]],
            [name.upper()],
            [name, *needs, "--no-such-option"],
            [name, *needs, "--no-such-option=3"],
            [name, *needs, "-x"],
            [name, "--no-such-option", "x"],
        ]
        takes_any = any(each.nargs in ("*", "+") for each in parser._actions)
        if not takes_any:
            found += [[name, *needs, "one-too-many"], [name, *needs, "a", "b"]]
        if needs:
            found += [[name], *([name, *needs[:number]] for number in range(1, len(needs)))]
        for action in parser._actions:
            option = [*action.option_strings[-1:]]
            if option and action.nargs != 0:
                found += [[name, *needs, *option], [name, *option]]
                found += [[name, *needs, option[0][:-1] + "xx", "value"]]
            elif option and option != ["--help"]:
                found += [[name, *needs, f"{option[0]}=3"]]
            if action.type is int:
                found += [[name, *(option or []), word, *needs[1:]] for word in ("thirty", "3.5")]
            if action.choices:
                found += [[name, word, *needs[1:]] for word in ("word", "", "MOODEL")]
    return found


RAW = re.compile(
    r"usage:|error:|invalid|argument|choose from|unrecognized|expected|following|ambiguous|"
    r"Traceback|Namespace|<|None"
)


@pytest.mark.parametrize("typed", mistypings(), ids=" ".join)
def test_a_mistyping_is_told_in_a_sentence_with_a_remedy(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a law professor from meeting the words of a library for programmers."""
    with pytest.raises(SystemExit) as ended:
        main(typed)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    line = told.err.removesuffix("\n")
    assert "\n" not in line
    assert not RAW.search(line), line
    what, _, remedy = line.partition(". ")
    assert what[0] in "'-c" or what[0].isupper()
    assert remedy.startswith(("Write", "Choose", "Did you mean", "Leave out", "Put", "The options"))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["mrak"], "Did you mean 'mark'?"),
        (["MARK"], "Did you mean 'mark'?"),
        (["handin"], "Did you mean 'hand-in'?"),
        (["mark", "x", "--too", "y"], "Did you mean '--to'?"),
        (["mark", "x", "--rooster", "y"], "Did you mean '--roster'?"),
        (["mark"], "needs HAND-INS (a folder, or the zip that the LMS gives) and --to"),
        (["mark", "a", "b", "--to", "c"], "'b' is more than this command takes. Put a name"),
        (["simulate-class", "thirty", "--to", "x"], "'thirty' is not a whole number (LEARNERS)"),
        (["\x1b[2Jmark"], "There is no command '\\x1b[2Jmark'"),
    ],
)
def test_a_mistyping_is_told_by_name(
    typed: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(typed)
    assert says in capsys.readouterr().err


def test_help_can_be_asked_for_as_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    for typed in (["help", "mark"], ["help"]):
        with pytest.raises(SystemExit) as ended:
            main(typed)
        assert ended.value.code == 0
    assert "the folder for the results" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["2", "02", " 02 ", "02-un-norms", "02-UN-norms"])
def test_a_set_may_be_named_in_any_plain_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))
    Record().append("un-restraint", "r", "f")
    assert main(["hand-in", "--set", word, "--to", str(tmp_path / "x.json")]) == 0
    assert [*json.loads((tmp_path / "x.json").read_bytes())["sets"]] == ["02-un-norms"]


@pytest.mark.parametrize(("answer", "code"), [("yes", 0), ("y", 0), ("no", 1), ("", 1)])
def test_another_name_than_last_time_is_asked_about_at_a_terminal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer: str,
    code: int,
) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))
    Record().append("un-restraint", "r", "f")
    assert main(["hand-in", "--name", "Anna"]) == 0
    assert "answers may be theirs" not in capsys.readouterr().out
    assert main(["hand-in", "--name", "Ben", "--to", str(tmp_path / "ben.json")]) == 0
    assert "The last hand-in from here was by Anna" in capsys.readouterr().out
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda asked: answer)
    assert main(["hand-in", "--name", "Ben", "--to", str(tmp_path / "b.json")]) == code
    assert (tmp_path / "b.json").exists() == (code == 0)


# What ends early


def run(*arguments: str, work: Path, **more: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cybernorms.cli", *arguments]
    environment = os.environ | {"CYBERNORMS_WORK": str(work)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=environment, **pipes, **more)  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such pipes")
def test_a_reader_that_has_seen_enough_ends_it_quietly(tmp_path: Path) -> None:
    """Prevents a sentence on the disk for `cybernorms progress | head`."""
    with run("progress", work=tmp_path) as child:
        assert child.stdout and child.stderr
        child.stdout.close()
        assert (child.stderr.read(), child.wait()) == (b"", 0)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
@pytest.mark.parametrize("seconds", [0.0, 0.3, 1.0])
def test_ctrl_c_while_a_class_is_marked_is_one_sentence_and_leaves_nothing_half(
    tmp_path: Path, seconds: float
) -> None:
    """Prevents tracebacks of every process, and results of half a class."""
    assert main(["simulate-class", "400", "--to", str(tmp_path / "class")]) == 0
    arguments = ["mark", str(tmp_path / "class"), "--to", str(tmp_path / "results")]
    with run(*arguments, work=tmp_path, start_new_session=True) as child:
        assert child.stderr
        while not (tmp_path / ".results.part").exists() and child.poll() is None:
            time.sleep(0.01)
        time.sleep(seconds)
        os.killpg(child.pid, signal.SIGINT)  # as a terminal does, to all of them
        told = child.stderr.read().decode()
        code = child.wait()
    if code == 0:
        pytest.skip("it was done before it could be stopped")
    left = [path.name for path in tmp_path.iterdir() if "results" in path.name]
    assert told.strip() == "Stopped before it was done. To go on, give the command again."
    assert (code, left) == (130, [])


def test_escapes_in_a_name_never_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a file name from clearing the screen or turning a line round."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "\x1b[2J\x1b]0;x\x07\u202e.pdf").write_bytes(b"%PDF-1.7")
    assert main(["mark", str(folder), "--to", str(tmp_path / "out")]) == 1
    assert main(["mark", str(folder / "\x1b[2J"), "--to", str(tmp_path / "out")]) == 1
    assert main(["questions", str(folder / "\x1b[2J\udcff.toml")]) == 1
    told = capsys.readouterr().err
    assert "is a PDF" in told
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told)


# Stopped, full, cut off

STOPPED = "\nStopped before it was done. To go on, give the command again.\n"
READY = """
import sys
from cybernorms import cli
whole = cli._run
def run(arguments):
    print('ready', file=sys.__stdout__, flush=True)
    return whole(arguments)
cli._run = run
if __name__ == '__main__':
    sys.exit(cli.main(sys.argv[1:]))
"""


def told_by(child: subprocess.Popen[str]) -> str:
    """Return what a command says as it ends; a press that Python dropped is made again."""
    try:
        return child.communicate(timeout=20)[1]
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGINT)
        return child.communicate(timeout=60)[1]


def commands_of(folder: Path) -> dict[str, list[str]]:
    """Return a call of each command that takes a while, with what it needs in a folder."""
    for size in ("12", "400"):
        assert main(["simulate-class", size, "--to", str(folder / f"class-{size}")]) == 0
    results = str(folder / "results")
    assert main(["mark", str(folder / "class-12"), "--to", results]) == 0
    filled = (folder / "results" / "rubric.csv").read_text(encoding="utf-8-sig")
    first, second, rest = filled.split("\n", 2)
    filled = "\n".join([first, f"{second.removesuffix(',,')},0,", rest])
    (folder / "mine.csv").write_text(filled, encoding="utf-8")
    return {
        "mark": ["mark", str(folder / "class-400"), "--to", results],
        "report": ["report", results],
        "rubric-import": ["rubric-import", results, str(folder / "mine.csv")],
        "essays": ["essays", results, "--no-browser"],
        "questions": ["questions"],
        "simulate-class": ["simulate-class", "200", "--to", str(folder / "new")],
        "bundle": ["bundle", "--to", str(folder / "new.zip")],
        "export": ["export", "moodle", "--to", str(folder / "new-export")],
    }


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder with their bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.endurance
@pytest.mark.skipif(not os.environ.get("CYBERNORMS_ENDURANCE"), reason="make endurance runs it")
@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
def test_ctrl_c_at_any_moment_of_any_command_is_one_sentence(tmp_path: Path) -> None:
    """Prevents a traceback while libraries are still loaded, and results that are half done."""
    script = tmp_path / "run.py"
    script.write_text(READY)
    luck = random.Random(7)
    calls = commands_of(tmp_path)
    before = tree(tmp_path / "results")
    for name, call in calls.items():
        for after in (0.0, luck.uniform(0.01, 0.15), luck.uniform(0.15, 0.8)):
            child = subprocess.Popen(
                [sys.executable, script, *call],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            assert child.stdout and child.stdout.readline() == "ready\n"
            time.sleep(after)
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGINT)
            told = told_by(child)
            code = child.returncode
            assert (code, told) == (130, STOPPED) or (code, told) == (0, ""), (name, after, told)
            if code and name in ("mark", "report", "rubric-import"):
                assert tree(tmp_path / "results") == before, (name, after)
            else:
                before = tree(tmp_path / "results")
            assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")], name


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="writes to /dev/full")
@pytest.mark.parametrize("stream", ["stdout", "stderr", "both"])
def test_a_terminal_that_takes_nothing_ends_it_with_the_right_status(
    tmp_path: Path, stream: str
) -> None:
    """Prevents a success that nobody was told of, and a traceback at the very end."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    for call in (["questions"], ["--help"], ["questions", str(tmp_path / "none.toml")]):
        with Path("/dev/full").open("w") as full:
            child = subprocess.run(
                [sys.executable, "-m", "cybernorms.cli", *call],
                env=environment,
                stdout=full if stream != "stderr" else subprocess.PIPE,
                stderr=full if stream != "stdout" else subprocess.PIPE,
            )
        failed = stream != "stderr" or "none.toml" in call[-1]
        assert child.returncode == int(failed), call
        if child.stderr:
            assert len(child.stderr.strip().splitlines()) == 1, child.stderr


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such pipes")
@pytest.mark.parametrize("call", [["--help"], ["mark", "--help"], ["questions"], ["--version"]])
def test_a_reader_that_is_gone_is_no_error(tmp_path: Path, call: list[str]) -> None:
    with run(*call, work=tmp_path) as child:
        assert child.stdout and child.stderr
        child.stdout.close()
        assert (child.stderr.read(), child.wait()) == (b"", 0)


def test_a_terminal_of_few_letters_gets_question_marks(tmp_path: Path) -> None:
    """Prevents a traceback for a name that a Windows terminal cannot show."""
    name = "王小明 \u202e Ł…"
    for call in (["questions", str(tmp_path / f"{name}.toml")], ["progress"], ["--help"]):
        child = subprocess.run(
            [sys.executable, "-m", "cybernorms.cli", *call],
            env=os.environ | {"PYTHONIOENCODING": "ascii", "CYBERNORMS_WORK": str(tmp_path / name)},
            capture_output=True,
        )
        assert b"Traceback" not in child.stderr
        assert child.returncode == (call[0] == "questions")


def test_nothing_that_is_printed_acts_on_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a folder or a student's name from clearing the screen, on stdout as on stderr."""
    folder = tmp_path / "in\x1b[2J\u202e"
    hostile = "Ada\x1b]0;x\x07\u202e"
    assert main(["simulate-class", "2", "--to", str(folder)]) == 0
    path = next(folder.glob("*.json"))
    content = json.loads(path.read_bytes()) | {"name": hostile}
    (folder / f"{hostile}.json").write_text(json.dumps(content), encoding="utf-8")
    assert main(["mark", str(folder), "--to", str(tmp_path / "out\x1b[2J")]) == 0
    told = capsys.readouterr()
    assert "Marked" in told.out and "Wrote" in told.out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told.out + told.err)
