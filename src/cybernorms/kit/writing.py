"""The kit as files in a folder: Word, PDF and HTML of each document, and a page that lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from html import escape
from pathlib import Path

from cybernorms.document import curly
from cybernorms.errors import CyberNormsError
from cybernorms.files import write_whole
from cybernorms.kit.catalogue import documents, tables
from cybernorms.kit.lessons import TaughtLesson
from cybernorms.kit.paper import Sheet
from cybernorms.kit.printing import MISSING, find_browser, print_pages
from cybernorms.kit.slides import slides_file
from cybernorms.kit.web import web_page
from cybernorms.kit.word import word_file

SIZES = ("a4", "letter")


def write_kit(
    folder: Path, lessons: Sequence[TaughtLesson], *, whole: bool = True, pdf: bool = True
) -> Iterator[str]:
    """Write the kit, and tell what was written, line by line.

    Arguments:
        folder: where to; files of the same names are written anew.
        lessons: the lessons to make it for.
        whole: whether what is about all lessons comes too.
        pdf: whether to print PDF files, where this computer can.
    """
    sheets = documents(lessons, whole=whole)
    pages = {
        f"{_path(each)}{_ending(each, size)}": web_page(each, size)
        for each in sheets
        for size in _sizes(each)
    }
    printing: Future[dict[str, bytes]] | None = None
    with ThreadPoolExecutor(1) as other:
        if pdf and find_browser():
            names = {name.replace("/", "--"): page for name, page in pages.items()}
            printing = other.submit(print_pages, names)
        for sheet in sheets:
            _write_one(folder, sheet)
            yield f"Wrote {_path(sheet)}: Word and HTML"
        for lesson in lessons:
            write_whole(folder / _slides_path(lesson), slides_file(lesson))
            yield f"Wrote {_slides_path(lesson)}"
        for path, content in (tables(lessons) if whole else {}).items():
            write_whole(folder / path, content)
            yield f"Wrote {path}"
        yield from _printed(folder, printing) if printing else [MISSING] if pdf else []
    write_whole(folder / "index.html", _index(folder, sheets, lessons).encode())
    yield f"Open {folder / 'index.html'} to see all of it."


def _path(sheet: Sheet) -> str:
    return f"{sheet.folder}/{sheet.name}"


def _slides_path(lesson: TaughtLesson) -> str:
    return f"{lesson.folder}/slides-{lesson.name}.pptx"


def _sizes(sheet: Sheet) -> Sequence[str]:
    """Return the papers of a document: where pages are full, a page of its own for each."""
    return SIZES if sheet.look != "book" else SIZES[:1]


def _write_one(folder: Path, sheet: Sheet) -> None:
    write_whole(folder / f"{_path(sheet)}.html", web_page(sheet).encode())
    for size in _sizes(sheet):
        path = folder / f"{_path(sheet)}{_ending(sheet, size)}.docx"
        write_whole(path, word_file(sheet, size))


def _ending(sheet: Sheet, size: str) -> str:
    return f"-{size}" if len(_sizes(sheet)) > 1 else ""


def _printed(folder: Path, printing: Future[dict[str, bytes]]) -> Iterator[str]:
    try:
        printed = printing.result()
    except CyberNormsError as error:
        yield str(error)
        return
    for name, content in printed.items():
        write_whole(folder / f"{name.replace('--', '/')}.pdf", content)
    yield f"Printed {len(printed)} PDF files"


def _index(folder: Path, sheets: Sequence[Sheet], lessons: Sequence[TaughtLesson]) -> str:
    """Return a page with a link to every file, by lesson."""
    parts = []
    for name in dict.fromkeys(each.folder for each in sheets):
        rows = "".join(_row(folder, each) for each in sheets if each.folder == name)
        for lesson in lessons:
            if lesson.folder == name:
                path = _slides_path(lesson)
                rows += f'<li>Slides (teachers only): <a href="{path}">pptx</a></li>'
        parts.append(f"<h2>{escape(name)}</h2><ul>{rows}</ul>")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>cybernorms: the teaching kit</title>"
        "<style>body{font:16px/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
        "</style></head><body><main><h1>The teaching kit</h1>"
        f"{''.join(parts)}</main></body></html>\n"
    )


def _row(folder: Path, sheet: Sheet) -> str:
    home = folder / sheet.folder
    files = sorted(path.name for path in home.glob(f"{sheet.name}*") if _is_of(path, sheet))
    endings = {name: name.removeprefix(sheet.name).lstrip("-.") for name in files}
    links = ", ".join(
        f'<a href="{sheet.folder}/{escape(name)}">{escape(ending)}</a>'
        for name, ending in endings.items()
    )
    kept = " (teachers only)" if sheet.keyed else ""
    return f"<li>{escape(curly(sheet.title))}{kept}: {links}</li>"


def _is_of(path: Path, sheet: Sheet) -> bool:
    rest = path.stem.removeprefix(sheet.name)
    return rest in ("", *(f"-{size}" for size in SIZES))
