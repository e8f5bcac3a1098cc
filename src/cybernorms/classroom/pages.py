"""Pages that open in any browser without running anything: feedback, and the teacher's own."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape

from cybernorms.classroom.reading import readable, shown
from cybernorms.classroom.scoring import Result
from cybernorms.classroom.written import RubricMark, WrittenText, level_of
from cybernorms.exercises.feedback import (
    SIGNS,
    format_location,
    format_points,
    headline,
    paragraphs,
)
from cybernorms.exercises.hand_in import AGAIN, slug
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.marking import Mark
from cybernorms.exercises.questions import Feedback, Question, QuestionSet

STYLE = """
:root { color-scheme: light dark; --line: #b9bec5; --soft: #f3f4f6; --good: #1b6e38;
  --arguable: #7a4f00; --bad: #a3221b; }
@media (prefers-color-scheme: dark) { :root { --line: #555b63; --soft: #26292e; --good: #7fd39b;
  --arguable: #e6bd6a; --bad: #f0a29c; } }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem;
  overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.3rem; margin-top: 2.2rem; }
h3 { font-size: 1.05rem; margin: 1.6rem 0 0.3rem; }
table { border-collapse: collapse; margin: 0.8rem 0; }
caption { text-align: left; font-weight: 600; padding: 0.2rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.9rem 0.3rem 0;
  border-bottom: 1px solid var(--line); }
ul { padding-left: 1.2rem; } li { margin: 0.35rem 0; }
.scroll { overflow-x: auto; }
.result { font-weight: 600; margin: 0.3rem 0; padding: 0.3rem 0.7rem; background: var(--soft);
  border-left: 4px solid var(--line); }
.correct { color: var(--good); } .defensible, .partly { color: var(--arguable); }
.incorrect { color: var(--bad); }
.text { white-space: pre-wrap; background: var(--soft); margin: 0.5rem 0; padding: 0.6rem 0.9rem; }
.take-away { border-top: 1px solid var(--line); padding-top: 0.4rem; }
.small { font-size: 0.9rem; }
@media print { section { break-inside: avoid; } }
"""


@cache
def _head() -> str:
    """Return what stands in the head of every page; nothing but this style may be used on it."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    rule = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{rule}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<style>{STYLE}</style>\n"
    )


def page(title: str, body: str) -> str:
    """Return a whole page; `body` is HTML in which everything is escaped already."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n{_head()}<title>{escape(title)}</title>\n'
        f"</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose first column names the row, with everything escaped."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(each)}</td>" for each in row[1:])
        + "</tr>\n"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def bullets(lines: Sequence[str]) -> str:
    """Return a list of lines, escaped."""
    return "<ul>" + "".join(f"<li>{escape(line)}</li>\n" for line in lines) + "</ul>"


def page_name(name: str, key: str) -> str:
    """Return the file name of a student's page: letters of the name, and what makes it unique.

    >>> page_name("../../Ada <b>", "canvas:1")
    'ada-b-2c8fa5aae2.html'
    """
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:10]
    return "-".join(part for part in (slug(name), digest) if part) + ".html"


def _reason(feedback: Feedback) -> str:
    sign = SIGNS.get(feedback.verdict, "")
    look = {"partly correct": "partly", "missed": "incorrect"}.get(
        feedback.verdict, feedback.verdict
    )
    about = ": ".join(escape(part) for part in (feedback.label, feedback.given) if part)
    place = format_location(feedback.source, feedback.pinpoint)
    return (
        "<li>"
        + (f'<span class="{look}">{sign}.</span> ' if sign else "")
        + (f"<strong>{about}.</strong> " if about else "")
        + escape(feedback.reason)
        + (f' <span class="small">[{escape(place)}]</span>' if place else "")
        + "</li>"
    )


def mark_html(question: Question, mark: Mark) -> str:
    """Return the result of an answer with its reasons, as it stands on a student's page."""
    parts = [f'<p class="result">{escape(headline(mark))}</p>']
    if mark.message and not isinstance(question, Written):
        parts.append(f"<p>{escape(mark.message)}</p>")
    if mark.feedback:
        parts.append("<ul>" + "\n".join(map(_reason, mark.feedback)) + "</ul>")
    if mark.closing:
        parts.append(f'<p class="take-away"><strong>Take away.</strong> {escape(mark.closing)}</p>')
    return "\n".join(parts)


def student_page(
    name: str,
    sets: Sequence[QuestionSet],
    results: Sequence[Result],
    texts: Mapping[str, WrittenText],
    open_sets: Sequence[str],
    *,
    practice: bool = False,
) -> str:
    """Return the feedback page of one student.

    Arguments:
        name: the student's name.
        sets: those that count, in order.
        results: of all their questions.
        texts: written answers with their rubric marks, by key.
        open_sets: ids of the sets of which marks and reasons may be told by now.
        practice: whether questions without points are told of too.
    """
    body = [_summary(sets, results, open_sets)]
    told = [one for one in results if practice or one.question.points]
    by_set = [(each, [one for one in told if one.set == each.id]) for each in sets]
    by_set = [(each, mine) for each, mine in by_set if mine]
    if len(by_set) > 1:
        links = [f'<a href="#{escape(each.id)}">{_title(each)}</a>' for each, _ in by_set]
        body.append(f'<nav aria-label="Sets"><p>Go to: {", ".join(links)}</p></nav>')
    for each, mine in by_set:
        body.append(f'<section id="{escape(each.id)}">\n<h2>{_title(each)}</h2>')
        if each.id in open_sets:
            body += [_question(one, texts.get(one.key)) for one in mine]
        else:
            received = sum(one.state != "not answered" for one in mine)
            body.append(
                f"<p>{received} of {len(mine)} answers were received. "
                "Marks and reasons follow after the deadline.</p>"
            )
        body.append("</section>")
    return page(f"Feedback for {shown(name, 100) or 'a student without a name'}", "\n".join(body))


def _title(set: QuestionSet) -> str:
    return f"{escape(set.id[:2])} {escape(set.title)}"


def _summary(
    sets: Sequence[QuestionSet], results: Sequence[Result], open_sets: Sequence[str]
) -> str:
    rows = []
    for each in sets:
        mine = [one for one in results if one.set == each.id]
        if not each.points:
            continue
        waiting = sum(one.waiting for one in mine)
        points = sum(one.points or 0.0 for one in mine)
        told = (
            f"{format_points(points)} of {format_points(each.points)}"
            if each.id in open_sets
            else "not yet"
        )
        row = [f"{each.id[:2]} {each.title}", told]
        rows.append([*row, format_points(waiting) if waiting else "none"])
    return table("Your points", ["Set", "Points", "Awaiting your teacher"], rows) if rows else ""


def _question(result: Result, text: WrittenText | None) -> str:
    again = " (asked again at the end)" if result.key.endswith(AGAIN) else ""
    parts = [f"<h3>{escape(result.question.prompt)}{again}</h3>"]
    if result.state in ("not answered", "after the deadline"):
        told = {
            "not answered": "Not answered",
            "after the deadline": "No answer was given before the deadline",
        }
        parts.append(f'<p class="result">{told.get(result.state, result.state)}</p>')
    elif isinstance(result.question, Written) and text:
        parts.append(f'<div class="text" dir="auto">{escape(readable(text.text))}</div>')
        parts.append(_rubric(result.question, result, text.marks))
    else:
        parts.append(result.page)
    if result.penalty and result.credit is not None:
        parts.append(
            f"<p>It was late, which cost {result.penalty:.0%} of it: "
            f"{format_points(result.points or 0.0)} points count.</p>"
        )
    return "\n".join(parts)


def _rubric(question: Written, result: Result, marks: Mapping[str, RubricMark]) -> str:
    if result.credit is None:
        given = "Your teacher has still to mark this."
    else:
        total = result.credit * question.points
        given = f"{format_points(total)} of {format_points(question.points)} points"
    rows = []
    for each in question.criteria:
        mark = marks.get(each.id)
        if mark:
            told = f"{format_points(mark.points)} of {format_points(each.points)}"
            level = level_of(mark, each)
            rows.append([each.name, told, level.text if level else "", mark.comment])
    parts = [f'<p class="result">{escape(given)}</p>']
    if rows:
        parts.append(
            table("How it was marked", ["Criterion", "Points", "What it says", "Comment"], rows)
        )
    if question.closing:
        parts.append(
            f'<p class="take-away"><strong>Take away.</strong> {escape(question.closing)}</p>'
        )
    return "\n".join(parts)


def rubric_html(question: Written) -> str:
    """Return prompt, rubric and exemplar of a written question, for whoever marks it."""
    rows = [
        [
            f"{each.name} ({format_points(each.points)})",
            *(f"{one.name}: {one.text}" for one in each.levels),
        ]
        for each in question.criteria
    ]
    levels = [f"Level {place}" for place in range(1, 5)]
    words = [str(each) for each in question.words]
    told = all(each in question.prompt for each in words)
    example = "".join(f"<p>{escape(each)}</p>" for each in paragraphs(question.exemplar))
    return (
        f"<p>{escape(question.prompt)}</p>\n"
        + ("" if told else f"<p>{' to '.join(words)} words.</p>\n")
        + table("Rubric", ["Criterion (points)", *levels], rows)
        + f"<details><summary>An example</summary>{example}</details>\n"
    )


def packet_frame(question: Written) -> tuple[str, str]:
    """Return what stands above and below the written answers to a question."""
    above = (
        "<p>Mark each text by its name, such as abcd-efgh, in rubric.csv: write a level or points "
        "into the column mark. Who wrote it stands in blind-ids.csv, for later.</p>\n"
    )
    whole = page(f"Written answers: {question.id}", above + rubric_html(question) + "\0")
    top, _, bottom = whole.partition("\0")
    return top, bottom


def packet_text(blind: str, words: int, text: str) -> str:
    """Return one written answer as it stands in a packet."""
    return (
        f'<section>\n<h2 id="{escape(blind)}">{escape(blind)}</h2>\n'
        f'<p class="small">{words} words</p>\n'
        f'<div class="text" dir="auto">{escape(readable(text))}</div>\n</section>\n'
    )
