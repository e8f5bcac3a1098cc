"""The HTML of the site's pages: what stands around the parts of a notebook, and the front page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import msgspec
from msgspec import Struct

from cybernorms.corpus.lessons import LessonNumber
from cybernorms.corpus.process import Lesson as Row
from cybernorms.document import curly
from cybernorms.exercises.shipped import Kind
from cybernorms.pages import retold
from cybernorms.site.notebook import Heading, Lesson, Live, Prose

NAME = "cybernorms"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "img-src 'self' data:",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
WITHOUT_SCRIPTS = (
    "You can read all of this page. To answer the questions, turn JavaScript on for it."
)
FIRST: LessonNumber = "00"


class Entry(Struct, frozen=True):
    """A page of the course in lists: where it lies, what it is, and the questions it asks."""

    path: str
    kind: Kind
    number: str
    title: str
    asks: tuple[str, ...]

    @property
    def href(self) -> str:
        """Return its address below the site."""
        return self.path.removesuffix(".ipynb") + ".html"

    @property
    def name(self) -> str:
        """Return what it is called in a list."""
        if self.kind == "exercises":
            return f"Exercises {self.number}"
        return f"{self.number} {self.title}" if self.number else self.title


class Frame(Struct, frozen=True):
    """What all pages of a site have in common: the files they load, and the course.

    `files` has the addresses below the site of what pages load, by name; `address` is where the
    site will lie, if that is known.
    """

    files: dict[str, str]
    course: tuple[Entry, ...]
    version: str
    address: str = ""


def _head(frame: Frame, title: str, description: str, base: str, path: str) -> str:
    preview = ""
    if frame.address:
        image = escape(frame.address + frame.files["preview"])
        preview = (
            f'<meta property="og:url" content="{escape(frame.address + path)}">\n'
            f'<meta property="og:image" content="{image}">\n'
            '<meta property="og:image:alt" content="Two sentences from September 2015, one of '
            'which lost the word not">\n<meta name="twitter:card" content="summary_large_image">\n'
        )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n"
        f'<meta name="description" content="{escape(description)}">\n'
        f'<meta property="og:type" content="website">\n'
        f'<meta property="og:title" content="{escape(title)}">\n'
        f'<meta property="og:description" content="{escape(description)}">\n{preview}'
        f'<link rel="icon" href="{base}{frame.files["icon"]}" type="image/svg+xml">\n'
        f'<link rel="stylesheet" href="{base}{frame.files["style"]}">\n'
        f'<script src="{base}{frame.files["early"]}"></script>\n'
        f'<link rel="modulepreload" href="{base}{frame.files["cards"]}">\n'
        f'<link rel="preload" as="fetch" crossorigin href="{base}{frame.files["python"]}">\n'
        f'<script type="module" src="{base}{frame.files["page"]}"></script>\n</head>\n'
    )


def _data(name: str, data: Any) -> str:
    """Return data for the page's script, in which nothing can end the element early."""
    text = msgspec.json.encode(data).decode().replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>\n'


def _about(frame: Frame, base: str, page: Entry | None) -> dict[str, Any]:
    course = [
        {"path": each.path, "href": each.href, "name": each.name, "asks": each.asks}
        for each in frame.course
    ]
    return {
        "base": base,
        "version": frame.version,
        "files": frame.files,
        "page": page.path if page else "",
        "course": course,
    }


def _menu(frame: Frame, base: str, current: str) -> str:
    """Return the list of all pages."""
    items = "".join(
        f'<li><a href="{base}{each.href}"{_current(each.path == current)} '
        f'data-page="{each.path}"><span>{escape(each.name)}</span></a></li>'
        for each in frame.course
    )
    return f'<nav class="cn-menu" aria-label="All pages"><ol>{items}</ol></nav>'


def _current(is_here: bool) -> str:
    return ' aria-current="page"' if is_here else ""


def _top(frame: Frame, base: str, page: Entry | None) -> str:
    here = f'<span class="cn-here"><b>{escape(page.name)}</b></span>' if page else ""
    return (
        '<a class="cn-skip" href="#main">Skip to the text</a>\n'
        f'<header class="cn-top"><a class="cn-brand" href="{base}index.html">{NAME}</a>{here}'
        '<span class="cn-count"></span>'
        f'<details class="cn-pop"><summary>All pages</summary>'
        f"{_menu(frame, base, page.path if page else '')}</details>"
        '<details class="cn-pop cn-work"><summary>My work</summary><div class="cn-workbox"></div>'
        '</details><progress max="1" value="0" aria-label="Questions answered" hidden></progress>'
        f'</header>\n<p class="cn-state" role="status"></p>\n'
        f'<noscript><p class="cn-state">{WITHOUT_SCRIPTS}</p></noscript>\n'
    )


def _contents(headings: Sequence[Heading]) -> str:
    if not headings:
        return ""
    items = "".join(f'<li><a href="#{each.id}">{each.text}</a></li>' for each in headings)
    return (
        '<nav class="cn-toc" aria-label="On this page"><details><summary>On this page'
        f"</summary><ol>{items}</ol></details></nav>\n"
    )


def _neighbours(frame: Frame, base: str, page: Entry) -> str:
    in_order = [each for each in frame.course if each.kind != "path"]
    if page not in in_order:
        return ""
    at = in_order.index(page)
    links = []
    if at:
        back = in_order[at - 1]
        links.append(f'<a href="{base}{back.href}" rel="prev">← {escape(back.name)}</a>')
    if at + 1 < len(in_order):
        on = in_order[at + 1]
        links.append(f'<a href="{base}{on.href}" rel="next">{escape(on.name)} →</a>')
    return f'<nav class="cn-next" aria-label="Back and on">{"".join(links)}</nav>\n'


def lesson_page(frame: Frame, lesson: Lesson, description: str) -> str:
    """Return the page of a notebook.

    Arguments:
        frame: of the site.
        lesson: the notebook.
        description: of the page, for those who share its address.
    """
    entry = next(each for each in frame.course if each.path == lesson.path)
    base = "../"
    body = "".join(_cell(each) for each in lesson.cells)
    cells = [
        {"id": each.id, "code": each.code, "shown": each.shown}
        for each in lesson.cells
        if isinstance(each, Live)
    ]
    return (
        _head(frame, f"{lesson.title} – {NAME}", description, base, entry.href)
        + f"<body>\n{_top(frame, base, entry)}"
        + f'<div class="cn-body">\n{_contents(lesson.headings)}'
        + f'<main class="cn-main" id="main" tabindex="-1">\n{body}'
        + f"{_neighbours(frame, base, entry)}</main>\n</div>\n"
        + _data("cn-about", _about(frame, base, entry))
        + _data("cn-cells", cells)
        + "</body>\n</html>\n"
    )


def _cell(cell: Prose | Live) -> str:
    if isinstance(cell, Prose):
        return f'<div class="cn-prose" data-cell="{cell.id}">{cell.html}</div>\n'
    if not cell.still:
        return ""
    return (
        f'<section class="cn-cell" data-cell="{cell.id}" id="{cell.id}">'
        f'<div class="cn-waits">{cell.still}</div></section>\n'
    )


def front_page(frame: Frame, rows: Sequence[Row]) -> str:
    """Return the front page.

    Arguments:
        frame: of the site.
        rows: what the module says of its lessons.
    """
    description = (
        "A course on cyber norms for students of law, international relations and policy. "
        "Read, answer and hand in from any browser; nothing to install."
    )
    return (
        _head(frame, f"{NAME}: a course on cyber norms", description, "", "index.html")
        + f"<body>\n{_top(frame, '', None)}"
        + f'<main class="cn-main cn-front" id="main" tabindex="-1">\n{_opening(frame)}'
        + f"{_map(frame, rows)}{_for_teachers()}</main>\n"
        + _data("cn-about", _about(frame, "", None))
        + "</body>\n</html>\n"
    )


def _opening(frame: Frame) -> str:
    lanes = retold.lanes(retold.find_sentence(retold.FIRST_USE, lesson=FIRST))
    quotes = "".join(map(_quotation, lanes))
    return (
        '<p class="cn-over">A course on cyber norms for students of law, international relations '
        "and policy</p>\n<h1>Between Saturday and Tuesday, one sentence lost a word</h1>\n"
        f'<div class="cn-pair">{quotes}</div>\n'
        "<p>How does that happen to a careful reader? And what would such a promise be worth? "
        "You read, sort, draft and argue; you need no programming, no account and nothing to "
        "install, and you write down your own forecast before we tell you the ending.</p>\n"
        '<p class="cn-acts"><a class="cn-btn cn-do" id="cn-go-on" '
        f'href="{frame.course[0].href}">Begin</a> '
        '<span class="cn-soft" id="cn-how-far"></span></p>\n'
    )


def _quotation(lane: retold.Lane) -> str:
    """Return the words of one hand, with ours before them; nothing where none can be read."""
    if not lane.words:
        return ""
    return (
        '<blockquote data-force="reported"><p><span class="cn-ours">'
        f"{escape(_typographic(lane.before))}</span> {escape(_typographic(lane.words))}</p>"
        f"<footer>{escape(lane.hand)}, {escape(lane.when)}</footer></blockquote>"
    )


def _typographic(words: str) -> str:
    return curly(words).replace("'", "’")


def _map(frame: Frame, rows: Sequence[Row]) -> str:
    """Return all lessons that are there, each with its exercises, and the path for one class."""
    by_path = {each.path: each for each in frame.course}
    items = []
    for row in rows:
        lesson = by_path.get(f"notebooks/{row.notebook}")
        if lesson is None:
            continue
        exercises = by_path.get(f"exercises/{row.exercises}")
        more = ""
        if exercises:
            more = (
                f'<a class="cn-more" href="{exercises.href}" data-page="{exercises.path}">'
                f"<span>Exercises {row.number}</span></a>"
            )
        items.append(
            f'<li><a href="{lesson.href}" data-page="{lesson.path}">'
            f'<span class="cn-no">{row.number}</span><span><strong>{escape(row.title)}</strong> '
            f"{escape(row.promise)}</span>"
            f'<span class="cn-at">{_minutes(row)}</span></a>{more}</li>'
        )
    short = next((each for each in frame.course if each.kind == "path"), None)
    path = (
        f'<p>In a class with fifty minutes? Take the <a href="{short.href}">{escape(short.title)}'
        "</a>, which goes through the core of four lessons.</p>\n"
        if short
        else ""
    )
    return (
        f'<h2 id="lessons">{_count(len(items))} lessons</h2>\n<ol class="cn-map">{"".join(items)}'
        f"</ol>\n{path}"
    )


def _count(number: int) -> str:
    words = [
        "No",
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "Eleven",
        "Twelve",
    ]
    return words[number] if number < len(words) else str(number)


def _minutes(row: Row) -> str:
    if row.core_minutes in (0, row.minutes):
        return f"{row.minutes} minutes"
    return f"{row.minutes} minutes, {row.core_minutes} for the core"


def _for_teachers() -> str:
    return (
        '<h2 id="where-it-is-kept">Where your answers are</h2>\n'
        "<p>They stay in this browser, on this device, until you hand them in: there’s no account, "
        "and no server ever sees them. On a shared or borrowed computer, save your work to a file "
        "before you leave (<em>My work</em>, at the top), and take it from the file wherever you "
        "go on. A private window forgets everything when you close it.</p>\n"
        '<h2 id="for-teachers">For teachers</h2>\n'
        "<p>Send your students the link to a lesson, an exercise set or a single question; each "
        "has an address of its own. At the end of a set they write one file and upload it to your "
        "course. With the module on your own computer, <code>cybernorms mark</code> reads those "
        "files, and marks them to the same points the students saw.</p>\n"
        '<h2 id="install">If you’d rather install it</h2>\n'
        "<p>The whole module runs in JupyterLab too, with the optional tasks in Python that these "
        "pages leave out: download it, and run <code>python3 start.py</code>. Work moves between "
        "the two by the same file.</p>\n"
    )


def not_found(frame: Frame) -> str:
    """Return the page for an address at which nothing lies, wherever that is."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Not here – {NAME}</title></head><body><h1>This page isn’t here</h1>"
        "<p>It may have been renamed. Go to the front page of the course, and choose the lesson "
        "there. Your saved answers are safe.</p></body></html>\n"
    )
