"""The `cybernorms` command."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from cybernorms.errors import CyberNormsError
from cybernorms.paths import distrust_current_folder
from cybernorms.version import __version__


def _progress(_: argparse.Namespace) -> None:
    from cybernorms.widgets.sheets import progress

    progress()


def _questions(arguments: argparse.Namespace) -> None:
    from cybernorms.exercises.feedback import format_points
    from cybernorms.exercises.lint import findings
    from cybernorms.exercises.question_files import load_question_sets, read_question_set

    chosen = arguments.files
    sets = [read_question_set(path) for path in chosen] if chosen else load_question_sets()
    for each in sets:
        print(f"{each.id}: {len(each.questions)} questions, {format_points(each.points)} points")
    for found in findings(sets):
        where = ", ".join(filter(None, (found.set, found.question, found.option)))
        print(f"\n{where}: {found.message}. {found.remedy}.")


def _notebooks(arguments: argparse.Namespace) -> None:
    from cybernorms.exercises.masters import make_student_notebooks, run_masters

    changed = run_masters(arguments.exercises) if arguments.run else []
    changed += make_student_notebooks(arguments.exercises)
    for path in changed:
        print(f"Wrote {path}")
    if not changed:
        print("Nothing changed.")


def _lessons(arguments: argparse.Namespace) -> None:
    from cybernorms.exercises.lay_out import FIRST_LESSON, describe, lay_out, shipped_files

    done = lay_out(arguments.to, shipped_files())
    print(describe(done, arguments.to))
    print(f"To open the first lesson: cd {_quoted(arguments.to)}")
    print(f"and then: jupyter lab {FIRST_LESSON}")


def _quoted(path: Path) -> str:
    """Return a path as it is typed in a terminal."""
    return subprocess.list2cmdline([path]) if os.name == "nt" else shlex.quote(str(path))


def _hand_in(arguments: argparse.Namespace) -> None:
    from cybernorms.exercises.hand_in import (
        FOLDER,
        describe,
        find_sets,
        hand_in_of,
        write_hand_in,
    )
    from cybernorms.exercises.question_files import load_question_sets
    from cybernorms.exercises.record import Record

    record = Record()
    made = hand_in_of(record, find_sets(load_question_sets(), arguments.sets), arguments.name)
    print(describe(made, write_hand_in(made, arguments.to or record.folder / FOLDER)))


def _mark(arguments: argparse.Namespace) -> None:
    from cybernorms.classroom.marking import mark_class

    outcome = mark_class(
        arguments.hand_ins,
        arguments.to,
        roster=arguments.roster,
        policy=arguments.policy,
        questions=arguments.questions,
    )
    print(outcome.told())


def _rubric_import(arguments: argparse.Namespace) -> None:
    from cybernorms.classroom.problems import counted
    from cybernorms.classroom.written import import_marks
    from cybernorms.exercises.question_files import load_question_sets

    sets = load_question_sets(arguments.questions)
    questions = {one.id: one for each in sets for one in each.questions}
    whole, begun = import_marks(arguments.results, arguments.table, questions)
    print(f"Kept with the results: {counted(whole, 'written answer')} marked, {begun} in part.")
    print("Run cybernorms mark again as before: their points are then in every total.")


def _add_classroom(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("hand-in", help="write your answers to a file for your teacher")
    command.add_argument("--name", default="", help="your name, as your teacher knows it")
    command.add_argument("--set", dest="sets", nargs="+", help="numbers, such as 02; else all")
    command.add_argument("--to", type=Path, help="a file or folder; else work/hand-ins")
    command.set_defaults(call=_hand_in)
    command = commands.add_parser("mark", help="mark the hand-ins of a class")
    command.add_argument("hand_ins", type=Path, help="a folder, or the zip that the LMS gives")
    command.add_argument("--to", type=Path, required=True, help="the folder for the results")
    command.add_argument("--roster", type=Path, help="the class as Canvas or Moodle exports it")
    command.add_argument("--policy", type=Path, help="deadlines, late answers, attempts (TOML)")
    command.add_argument("--questions", type=Path, help="a folder of question sets, if not ours")
    command.set_defaults(call=_mark)
    command = commands.add_parser("rubric-import", help="keep marks of written answers")
    command.add_argument("results", type=Path, help="the folder that cybernorms mark has written")
    command.add_argument("table", type=Path, help="rubric.csv as you have filled it in")
    command.add_argument("--questions", type=Path, help="a folder of question sets, if not ours")
    command.set_defaults(call=_rubric_import)


def _simulate_class(arguments: argparse.Namespace) -> None:
    from cybernorms.classroom.simulation import made_up_class, write_class
    from cybernorms.exercises.question_files import load_question_sets

    sets = load_question_sets(arguments.questions)
    learners = made_up_class(arguments.learners, sets, arguments.seed)
    folder, key, roster = write_class(learners, sets, arguments.to, arguments.seed)
    print(f"Wrote {len(learners)} made-up hand-ins into {folder}")
    print(f"Abilities and difficulties: {key}")
    print(f"Class list: {roster}")


def _bundle(arguments: argparse.Namespace) -> None:
    from cybernorms.classroom.bundle import write_bundle

    keys = write_bundle(arguments.to, arguments.questions)
    print(f"Wrote {arguments.to}, without the keys of graded questions: this is for students.")
    print(f"Keep {keys} to yourself, and mark with: --questions {keys}")


def _report(arguments: argparse.Namespace) -> None:
    from cybernorms.classroom.report import write_report

    print(f"Wrote {write_report(arguments.results, arguments.questions)}")


EXPORTS = ("moodle", "qti", "nbgrader", "anki")


def _export(arguments: argparse.Namespace) -> None:
    from cybernorms.classroom.anki import anki
    from cybernorms.classroom.exports import left_out_text, write_export
    from cybernorms.classroom.moodle_xml import moodle_xml
    from cybernorms.classroom.nbgrader import nbgrader
    from cybernorms.classroom.qti import qti
    from cybernorms.exercises.question_files import load_question_sets

    if arguments.format == "anki":
        made = anki()
    else:
        makers = {"moodle": moodle_xml, "qti": qti, "nbgrader": nbgrader}
        made = makers[arguments.format](load_question_sets(arguments.questions))
    for path in write_export(made, arguments.to):
        print(f"Wrote {path}")
    print(f"\n{left_out_text(made)}", end="")


def _add_classroom_tools(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("simulate-class", help="make up a class to try things on")
    command.add_argument("learners", type=int, help="how many, such as 300")
    command.add_argument("--to", type=Path, required=True, help="a new folder for the hand-ins")
    command.add_argument("--seed", type=int, default=0, help="another number, another class")
    command.add_argument("--questions", type=Path, help="a folder of question sets, if not ours")
    command.set_defaults(call=_simulate_class)
    command = commands.add_parser("report", help="write a report on the class")
    command.add_argument("results", type=Path, help="the folder that mark has written")
    command.add_argument("--questions", type=Path, help="a folder of question sets, if not ours")
    command.set_defaults(call=_report)
    command = commands.add_parser("bundle", help="pack the module for students, without keys")
    command.add_argument("--to", type=Path, required=True, help="the zip to write")
    command.add_argument("--questions", type=Path, help="a folder with question sets of your own")
    command.set_defaults(call=_bundle)
    command = commands.add_parser("export", help="write the questions for Moodle, Canvas or others")
    command.add_argument("format", choices=EXPORTS, help="qti is for Canvas")
    command.add_argument("--to", type=Path, required=True, help="a folder")
    command.add_argument("--questions", type=Path, help="a folder of question sets, if not ours")
    command.set_defaults(call=_export)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cybernorms", description="A teaching module on international cyber norms."
    )
    parser.add_argument("--version", action="version", version=f"cybernorms {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    parser.set_defaults(call=lambda _: parser.print_help())
    command = commands.add_parser("progress", help="say what you have answered")
    command.set_defaults(call=_progress)
    command = commands.add_parser("questions", help="check question sets and count their points")
    command.add_argument("files", nargs="*", type=Path, help="TOML files; all sets if not given")
    command.set_defaults(call=_questions)
    command = commands.add_parser("notebooks", help="make student notebooks from the masters")
    command.add_argument("--exercises", type=Path, default=Path("exercises"))
    command.add_argument("--run", action="store_true", help="run the masters first")
    command.set_defaults(call=_notebooks)
    command = commands.add_parser("lessons", help="lay lessons and exercises out in a folder")
    command.add_argument("--to", type=Path, required=True, help="a folder of yours, new or old")
    command.set_defaults(call=_lessons)
    _add_classroom(commands)
    _add_classroom_tools(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, or 1 with a plain sentence on the error."""
    distrust_current_folder()
    chosen = _parser().parse_args(arguments)
    try:
        chosen.call(chosen)
    except CyberNormsError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(_told(error), file=sys.stderr)
        return 1
    return 0


def _told(error: OSError) -> CyberNormsError:
    where = str(error.filename or "")
    if isinstance(error, FileExistsError | NotADirectoryError):
        return CyberNormsError(
            "There is a file where a folder should be", where=where, remedy="Name another folder"
        )
    return CyberNormsError(
        f"This cannot be read or written: {error.strerror or error}",
        where=where,
        remedy="See whether it is there, whether another program holds it, and whether the disk "
        "has room",
    )


if __name__ == "__main__":
    sys.exit(main())
