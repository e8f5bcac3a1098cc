"""The commands of questions, notebooks and lessons, and of handing in."""

from __future__ import annotations

import contextlib
import sys
from argparse import Namespace
from pathlib import Path

from cybernorms.errors import CyberNormsError
from cybernorms.paths import quoted
from cybernorms.subcommands import Commands


def add_commands(commands: Commands) -> None:
    """Declare `cybernorms questions`, `notebooks`, `lessons`, `hand-in` and `join-records`."""
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
    command = commands.add_parser("hand-in", help="write your answers to a file for your teacher")
    command.add_argument("--name", default="", help="your name, as your teacher knows it")
    command.add_argument("--set", dest="sets", nargs="+", help="numbers, such as 02; else all")
    command.add_argument("--to", type=Path, help="a file or folder; else work/hand-ins")
    command.set_defaults(call=_hand_in)
    command = commands.add_parser("join-records", help="make copies of your answers one again")
    command.set_defaults(call=_join_records)


def _questions(arguments: Namespace) -> None:
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


def _notebooks(arguments: Namespace) -> None:
    from cybernorms.exercises.masters import make_student_notebooks, run_masters
    from cybernorms.exercises.shipped import write_manifest

    changed = run_masters(arguments.exercises) if arguments.run else []
    changed += make_student_notebooks(arguments.exercises)
    module = arguments.exercises.absolute().parent
    if (module / "src" / "cybernorms").is_dir() and (manifest := write_manifest(module)):
        changed.append(manifest)
    for path in changed:
        print(f"Wrote {path}")
    if not changed:
        print("Nothing changed.")


def _lessons(arguments: Namespace) -> None:
    from cybernorms.exercises.lay_out import FIRST_LESSON, describe, lay_out, shipped_files
    from cybernorms.exercises.own_folders import remember_folder

    done = lay_out(arguments.to, shipped_files())
    with contextlib.suppress(OSError):  # then lessons ask before they run, and that is all
        remember_folder(arguments.to)
    print(describe(done, arguments.to))
    print(f"To open the first lesson: cd {quoted(arguments.to)}")
    print(f"and then: jupyter lab --LabApp.default_url=/doc/tree/{FIRST_LESSON}")


def _hand_in(arguments: Namespace) -> None:
    from cybernorms.exercises.hand_in import (
        FOLDER,
        describe,
        find_sets,
        hand_in_of,
        other_learner,
        write_hand_in,
    )
    from cybernorms.exercises.question_files import load_question_sets
    from cybernorms.exercises.record import Record

    record = Record()
    made = hand_in_of(record, find_sets(load_question_sets(), arguments.sets), arguments.name)
    if other := other_learner(record.folder / FOLDER, made.name):
        _ask_whose(other)
    print(describe(made, write_hand_in(made, arguments.to or record.folder / FOLDER)))


def _ask_whose(other: str) -> None:
    """Say that the answers may be another learner's; at a terminal, ask whether to go on."""
    if not sys.stdin.isatty():
        print(f"{other}.")
        return
    answer = input(f"{other}.\nAre these answers yours? Type yes or no: ")
    if answer.strip().lower() not in ("y", "yes"):
        raise CyberNormsError("Nothing was written", remedy="Your saved answers are as they were")


def _join_records(_: Namespace) -> None:
    from cybernorms.exercises.record import Record

    record = Record()
    copies = record.join()
    if not copies:
        print(f"There is one record, {record.path}, and nothing to join.")
        return
    names = ", ".join(path.name for path in copies)
    print(f"All answers are in {record.path} now.")
    print(f"The copies ({names}) are kept in {copies[0].parent}.")
