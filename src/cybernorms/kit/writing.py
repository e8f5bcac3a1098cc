"""The kit as files in a folder: Word, PDF and HTML of each document, and a page that lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from cybernorms.errors import CyberNormsError
from cybernorms.files import write_whole
from cybernorms.kit.catalogue import documents, tables
from cybernorms.kit.lessons import TaughtLesson
from cybernorms.kit.listing import SIZES, index_page, slides_path
from cybernorms.kit.paper import Sheet
from cybernorms.kit.printing import MISSING, find_browser, print_pages
from cybernorms.kit.slides import slides_file
from cybernorms.kit.web import web_page
from cybernorms.kit.word import word_file


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
            write_whole(folder / slides_path(lesson), slides_file(lesson))
            yield f"Wrote {slides_path(lesson)}"
        others = tables(lessons) if whole else {}
        for path, content in others.items():
            write_whole(folder / path, content)
            yield f"Wrote {path}"
        yield from _printed(folder, printing) if printing else [MISSING] if pdf else []
    write_whole(folder / "index.html", index_page(folder, sheets, lessons, others).encode())
    yield f"Open {folder / 'index.html'} to see all of it."


def _path(sheet: Sheet) -> str:
    return f"{sheet.folder}/{sheet.name}"


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
