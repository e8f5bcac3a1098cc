"""The page that lists everything in a kit, lesson by lesson."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from cybernorms.document import curly
from cybernorms.kit.lessons import TaughtLesson
from cybernorms.kit.paper import Sheet

SIZES = ("a4", "letter")
NAMES = {"all-lessons": "All lessons", "summaries": "Summaries to keep"}
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "li{margin:.3rem 0}"
)


def slides_path(lesson: TaughtLesson) -> str:
    """Return where the slides of a lesson lie in the kit."""
    return f"{lesson.folder}/slides-{lesson.name}.pptx"


def index_page(
    folder: Path, sheets: Sequence[Sheet], lessons: Sequence[TaughtLesson], others: Iterable[str]
) -> str:
    """Return a page with a link to every file.

    Arguments:
        folder: of the kit, in which the files are there by now.
        sheets: its documents.
        lessons: whose slides are in it.
        others: paths of files for other programs.
    """
    parts = []
    for name in dict.fromkeys(each.folder for each in sheets):
        rows = [_row(folder, each) for each in sheets if each.folder == name]
        rows += [_slides(each) for each in lessons if each.folder == name]
        rows += [_file(each) for each in others if each.startswith(f"{name}/")]
        parts.append(f"<h2>{escape(_heading(name, lessons))}</h2><ul>{''.join(rows)}</ul>")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>cybernorms: the teaching kit</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>The teaching kit</h1>{''.join(parts)}</main></body></html>\n"
    )


def _heading(name: str, lessons: Sequence[TaughtLesson]) -> str:
    titles = {each.folder: curly(f"{each.label}: {each.title}") for each in lessons}
    return {**titles, **NAMES}.get(name, name)


def _slides(lesson: TaughtLesson) -> str:
    path = slides_path(lesson)
    return f'<li>Slides (teachers only): <a href="{path}">pptx</a></li>'


def _file(path: str) -> str:
    name = path.rpartition("/")[2]
    return f'<li>Questions to vote on, for other programs: <a href="{path}">{name}</a></li>'


def _row(folder: Path, sheet: Sheet) -> str:
    home = folder / sheet.folder
    files = sorted(path.name for path in home.glob(f"{sheet.name}*") if _is_of(path, sheet))
    endings = {name: name.removeprefix(sheet.name).lstrip("-.") for name in files}
    links = ", ".join(
        f'<a href="{sheet.folder}/{escape(name)}">{escape(ending)}</a>'
        for name, ending in endings.items()
    )
    title = f"Class sheet: {sheet.title}" if sheet.look == "sheet" else sheet.title
    kept = " (teachers only)" if sheet.keyed else ""
    return f"<li>{escape(curly(title))}{kept}: {links}</li>"


def _is_of(path: Path, sheet: Sheet) -> bool:
    rest = path.stem.removeprefix(sheet.name)
    return rest in ("", *(f"-{size}" for size in SIZES))
