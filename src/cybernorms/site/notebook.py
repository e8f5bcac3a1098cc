"""A notebook as the parts of a page: its prose as HTML, its cells with what they show at first."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct

from cybernorms.document import to_html
from cybernorms.exercises.record import SEED
from cybernorms.exercises.shipped import LEARNER_CODE
from cybernorms.paths import PLACE
from cybernorms.site.live import prepare
from cybernorms.site.stage import Shown, Stage, in_any_order, to_pages
from cybernorms.site.wording import for_pages

HERE = "this browser"
LEARNERS = 8  # whose orders are compared: with two options, 1 in 128 would be taken for fixed
_HEADING = re.compile(r"<h([1-3])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_QUOTED = re.compile(r"<table>.*?</table>", re.DOTALL)
ON_A_COMPUTER = (
    "This task is for those who write Python, and it needs pandas, which this page doesn’t carry. "
    "Do it in the installed module; everything else in this set can be answered here."
)


class Heading(Struct, frozen=True):
    """A heading of the second level, with the name by which a link finds it."""

    id: str
    text: str


class Prose(Struct, frozen=True):
    """A cell of text, as HTML."""

    id: str
    html: str


class Live(Struct, frozen=True):
    """A cell that shows something: its code, what it shows at first, and that without controls."""

    id: str
    code: str
    shown: Shown
    still: str


class Lesson(Struct, frozen=True):
    """A notebook as a page: where it lies below the site, and its cells in order."""

    path: str
    title: str
    cells: tuple[Prose | Live, ...]
    headings: tuple[Heading, ...]


def read_lesson(path: str, content: bytes, others: list[str]) -> Lesson:
    """Return a notebook as a page for a learner who has answered nothing yet.

    Arguments:
        path: of the notebook below the module, such as `notebooks/02-un-norms.ipynb`.
        content: of its file.
        others: the paths of all notebooks, to which it may link.
    """
    cells = json.loads(content)["cells"]
    code = {cell["id"]: _source(cell) for cell in cells if _runs(cell)}
    shown = _shown_at_first(path, code, others)
    parts: list[Prose | Live] = []
    headings: list[Heading] = []
    taken: Counter[str] = Counter()
    for cell in cells:
        if cell["cell_type"] == "markdown":
            html, found = _with_ids(markdown(for_pages(_source(cell))), taken)
            parts.append(Prose(cell["id"], html))
            headings += found
        elif cell["id"] in code:
            parts.append(Live(cell["id"], code[cell["id"]], *shown[cell["id"]]))
        elif LEARNER_CODE in _tags(cell):
            parts.append(Prose(cell["id"], f"<p><em>{ON_A_COMPUTER}</em></p>"))
    return Lesson(path, _title(cells), tuple(parts), tuple(headings))


def _runs(cell: Mapping[str, Any]) -> bool:
    return cell["cell_type"] == "code" and LEARNER_CODE not in _tags(cell)


def _source(cell: Mapping[str, Any]) -> str:
    return "".join(cell["source"])


def _tags(cell: Mapping[str, Any]) -> list[str]:
    tags = cell["metadata"].get("tags", [])
    return tags if isinstance(tags, list) else []


def _shown_at_first(
    path: str, code: Mapping[str, str], others: list[str]
) -> dict[str, tuple[Shown, str]]:
    """Return what each cell shows at first, and the same as HTML without controls."""
    with nobodys_work(path, others):
        runs = []
        for seed in range(LEARNERS):
            os.environ[SEED] = str(seed)
            stage = Stage()
            runs.append({id: stage.run(id, source) for id, source in code.items()})
        first, *others_shown = runs
        return {
            id: (in_any_order(first[id], [each[id] for each in others_shown]), _still(stage, each))
            for id, each in first.items()
        }


@contextmanager
def nobodys_work(path: str, others: list[str]) -> Iterator[None]:
    """Be where a page is, in the browser of a learner who has saved nothing."""
    kept = {name: os.environ.pop(name, None) for name in ("CYBERNORMS_WORK", SEED, PLACE)}
    try:
        with TemporaryDirectory() as folder, chdir(folder):
            os.environ[PLACE] = HERE
            prepare(Path(folder), [path, *others])
            yield
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _still(stage: Stage, shown: Shown) -> str:
    """Return what a cell shows as HTML without controls."""
    cards = [to_pages(to_html(stage.views[each.view].blocks())) for each in shown.views]
    text = f"<pre>{escape(shown.text)}</pre>" if shown.text else ""
    problem = f"<p>{escape(shown.problem)}</p>" if shown.problem else ""
    return "".join(f'<div class="cn cn-quiet">{each}</div>' for each in cards) + text + problem


def markdown(source: str) -> str:
    """Return Markdown as HTML; links to notebooks lead to their pages."""
    from mistune import create_markdown  # which Jupyter brings

    render = create_markdown(escape=False, plugins=["table", "strikethrough"])
    html = to_pages(str(render(source)))
    html = html.replace("<th></th>", "<td></td>")  # the corner of a table heads nothing
    return _QUOTED.sub(lambda found: f'<div class="cn-scroll" tabindex="0">{found[0]}</div>', html)


def _with_ids(html: str, taken: Counter[str]) -> tuple[str, list[Heading]]:
    """Return HTML whose headings have names that no other has, and those of the second level."""
    found: list[Heading] = []

    def name(match: re.Match[str]) -> str:
        level, inner = match.groups()
        text = _TAG.sub("", inner)
        id = slug(text)
        taken[id] += 1
        heading = Heading(f"{id}-{taken[id]}" if taken[id] > 1 else id, text)
        if level == "2":
            found.append(heading)
        return f'<h{level} id="{heading.id}">{inner}</h{level}>'

    return _HEADING.sub(name, html), found


def slug(text: str) -> str:
    """Return the name of a heading, by which a link finds it.

    >>> slug("3 What “voluntary” leaves (core, 6 minutes)")
    '3-what-voluntary-leaves'
    """
    bare = re.sub(r"\([^)]*\)|&[a-z#0-9]+;", "", text)
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-") or "part"


def _title(cells: list[dict[str, Any]]) -> str:
    """Return the first heading, with its number."""
    first = _source(cells[0]).partition("\n")[0] if cells else ""
    return re.sub(r"^#+\s*", "", first).strip()
