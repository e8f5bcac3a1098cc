"""What all exports share: files to write, and a list of what their format cannot carry."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from textwrap import fill
from types import ModuleType

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.questions import Question, QuestionSet

LEFT_OUT = "left-out.txt"
NOT_A_TIME = (1980, 1, 1, 0, 0, 0)  # So that the same content gives the same bytes.
WIDTH = 88


@dataclass(frozen=True)
class Note:
    """Something that a format cannot carry, for one question or, with no id, for all.

    `amount` is by how much, where the sentence is the same for many questions and this is not.
    """

    text: str
    question: str = ""
    amount: str = ""


@dataclass(frozen=True)
class Export:
    """The files of an export by their path in the folder, and what was left out of them."""

    format: str
    files: Mapping[str, bytes]
    notes: Sequence[Note]


def need(library: str) -> ModuleType:
    """Return a library that only exports use.

    Raises:
        CyberNormsError: it is not installed.
    """
    try:
        return import_module(library)
    except ImportError:
        raise CyberNormsError(
            f"This export needs {library}, which is not installed",
            remedy="Install the module with python3 start.py, or install cybernorms[exports]",
        ) from None


def left_out_text(export: Export) -> str:
    """Return what an export leaves out, each sentence once, with the questions that it is about."""
    general = [note.text for note in export.notes if not note.question]
    by_text: dict[str, list[str]] = {}
    for note in export.notes:
        if note.question:
            amount = f" ({note.amount})" if note.amount else ""
            by_text.setdefault(note.text, []).append(note.question + amount)
    lines = [f"What the export to {export.format} could not carry", ""]
    lines += [_bullet(text) for text in dict.fromkeys(general)]
    for text, about in by_text.items():
        once = list(dict.fromkeys(about))
        many = "1 question" if len(once) == 1 else f"{len(once)} questions"
        lines.append(_bullet(f"{text} ({many}): {', '.join(once)}"))
    if len(lines) == 2:
        lines.append("Nothing was left out.")
    return "\n".join(lines) + "\n"


def _bullet(text: str) -> str:
    return fill(
        text,
        WIDTH,
        initial_indent="- ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def write_export(export: Export, folder: Path) -> list[Path]:
    """Write the files of an export and what it leaves out, and return their paths."""
    content = {**export.files, LEFT_OUT: left_out_text(export).encode("utf-8")}
    written = []
    for name, data in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written.append(path)
    return written


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of some files that has the same bytes whenever it is made."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, NOT_A_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else it is that of the computer
            entry.external_attr = (0o40755 if name.endswith("/") else 0o644) << 16
            archive.writestr(entry, files[name])
    return held.getvalue()


def without_points(sets: Sequence[QuestionSet]) -> list[Note]:
    """Say that the questions that bring no points are left out."""
    text = "It brings no points, and is left out"
    return [Note(text, one.id) for each in sets for one in each.questions if one.use != "graded"]


def graded(each: QuestionSet) -> list[Question]:
    """Return the questions of a set that bring points."""
    return [question for question in each.questions if question.use == "graded"]
