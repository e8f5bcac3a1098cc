"""What lies on the desk of whoever marks: the texts without names, and their marks on the disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from cybernorms.classroom.results.packets import FOLDER, TEXTS, TextEntry
from cybernorms.classroom.results.rubric_marks import (
    LONGEST_COMMENT,
    Marks,
    RubricMark,
    TextMarks,
    credit_of,
    level_of,
    points_of,
)
from cybernorms.classroom.results.rubric_tables import (
    KEPT,
    RUBRIC,
    WORKBOOK,
    RubricTable,
    marks_in,
    must_be_results,
    write_marks,
)
from cybernorms.classroom.results.workplace import holding
from cybernorms.classroom.tables import one_line, readable
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.feedback import format_points
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.questions import Question
from cybernorms.exercises.responses import LONGEST_TEXT

LOCK_PATIENCE = 10.0  # seconds that a press waits for another run
_SWAP_PATIENCE = 2.0  # seconds in which another run may put new results in their place
_AGAIN = "this page saves by itself"
_T = TypeVar("_T")

Key = tuple[str, str]
# Which files were read, so that nothing is read twice and nothing old is believed.
Stamp = tuple[tuple[int, int, int], ...]


class Press(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One press: a level or no level for a criterion of a text, or a comment on it."""

    question: str
    text: str
    criterion: str
    level: int | msgspec.UnsetType | None = msgspec.UNSET
    comment: str | msgspec.UnsetType = msgspec.UNSET


class Progress(NamedTuple):
    """How many texts there are, and how many of them are marked whole."""

    marked: int
    texts: int


class Desk:
    """The written answers of a class and their marks; every press is on the disk when it returns.

    Arguments:
        results: the folder that `cybernorms mark` has written.
        questions: all questions, by id.

    Raises:
        CyberNormsError: there are no results, no texts to mark, or questions that nobody knows.
    """

    def __init__(self, results: Path, questions: Mapping[str, Question]) -> None:
        self._results = results.resolve()
        self._all = questions
        self._texts: dict[Key, TextEntry] = {}
        self._texts_stamp: Stamp = ()
        self._marks: Marks = {}
        self._table: RubricTable | None = None
        self._stamp: Stamp = ()
        must_be_results(self._results)
        self._read_texts()
        self._questions = {id: self._written(id) for id, _ in self._texts}
        _patiently(self._read_marks)  # a mark that cannot be read is told before the page opens

    @property
    def questions(self) -> list[Written]:
        """Return the written questions that anybody has answered."""
        return list(self._questions.values())

    @property
    def version(self) -> str:
        """Return a name for the texts there are by now; another run gives them another."""
        return "-".join(str(part) for part in self._texts_stamp[0][:2])

    def overview(self) -> dict[str, Any]:
        """Return all questions, and all texts with their marks but without their words.

        Raises:
            CyberNormsError: the results cannot be read.
        """
        self._read_texts()
        marks = _patiently(lambda: marks_in(self._results, self._all))
        texts = [
            {
                **{"question": text.question, "id": text.id},
                **{"words": text.words, "students": text.students},
                "marks": self._described(key, marks.get(key, {})),
            }
            for key, text in self._texts.items()
        ]
        return {
            "version": self.version,
            "questions": [_question(each) for each in self._questions.values()],
            "texts": texts,
        }

    def words_of(self, question: str, text: str) -> tuple[str, int]:
        """Return a text, and how many letters are left out because no answer is that long.

        Raises:
            CyberNormsError: there is no such text.
        """
        whole = readable(self._entry(question, text).text)
        return whole[:LONGEST_TEXT], max(0, len(whole) - LONGEST_TEXT)

    def press(self, press: Press) -> dict[str, Any]:
        """Write a press to the disk, and return the marks of its text by now.

        Raises:
            CyberNormsError: it makes no sense, or it could not be written; then nothing is changed.
        """
        key = (press.question, press.text)
        self._entry(*key)
        change = self._change(press)
        with holding(self._results, LOCK_PATIENCE, _AGAIN):
            must_be_results(self._results)
            self._read_marks()
            marks = {each: dict(of_text) for each, of_text in self._marks.items()}
            of_text = marks.setdefault(key, {})
            of_text[press.criterion] = change(of_text.get(press.criterion, RubricMark(None, "")))
            if of_text[press.criterion] == RubricMark(None, ""):
                del of_text[press.criterion]
            self._stamp = ()
            write_marks(self._results, marks, self._table)
            self._marks, self._stamp = marks, self._stamp_of(RUBRIC, WORKBOOK, KEPT)
            self._read_texts()
        return {"version": self.version, "marks": self._described(key, of_text)}

    def progress(self) -> Progress:
        """Return how far the marking is.

        Raises:
            CyberNormsError: the results cannot be read.
        """
        marks = _patiently(lambda: marks_in(self._results, self._all))
        marked = [
            credit_of(self._questions[key[0]], marks.get(key, {})) is not None
            for key in self._texts
        ]
        return Progress(sum(marked), len(marked))

    def _written(self, id: str) -> Written:
        question = self._all.get(id)
        if isinstance(question, Written):
            return question
        raise CyberNormsError(
            f"There is no written question {one_line(id, 60)!r}",
            remedy="Name the question sets of this class with --questions",
        )

    def _entry(self, question: str, text: str) -> TextEntry:
        entry = self._texts.get((question, text))
        if entry is None:
            raise CyberNormsError(
                "This text is not among the results any more", remedy="Load the page again"
            )
        return entry

    def _change(self, press: Press) -> Callable[[RubricMark], RubricMark]:
        """Return what a press does to the mark of its criterion."""
        criteria = {each.id: each for each in self._questions[press.question].criteria}
        criterion = criteria.get(press.criterion)
        given: dict[str, Any] = {}
        if isinstance(press.level, int) and criterion and 0 <= press.level < len(criterion.levels):
            given["points"] = points_of(criterion.levels[press.level], criterion)
        elif press.level is None:
            given["points"] = None
        if isinstance(press.comment, str):
            given["comment"] = one_line(press.comment, LONGEST_COMMENT)
        if criterion is None or not given:
            raise CyberNormsError("This press means nothing here", remedy="Load the page again")
        return lambda mark: mark._replace(**given)

    def _described(self, key: Key, marks: TextMarks) -> dict[str, Any]:
        """Return the marks of a text as the page shows them, by criterion."""
        return {
            each.id: {
                "level": each.levels.index(level) if (level := level_of(mark, each)) else None,
                "points": None if mark.points is None else format_points(mark.points),
                "worth": mark.points,
                "comment": mark.comment,
            }
            for each in self._questions[key[0]].criteria
            if (mark := marks.get(each.id))
        }

    def _read_texts(self) -> None:
        """Read the texts where another run has written them anew."""
        path = Path(FOLDER) / TEXTS
        try:
            stamp = _patiently(lambda: self._stamp_of(path, whole=True))
            if stamp == self._texts_stamp:
                return
            found = _patiently(lambda: list(_entries(self._results / path)))
        except (FileNotFoundError, msgspec.DecodeError):
            raise self._nothing_to_mark() from None
        new = {(each.question, each.id): each for each in found}
        if self._texts:  # what is open in a page can still be marked
            self._questions |= {id: self._written(id) for id, _ in new}
        self._texts, self._texts_stamp = new, stamp

    def _nothing_to_mark(self) -> CyberNormsError:
        if not any((self._results / FOLDER).glob("*.html")):
            return CyberNormsError(
                "There are no written answers in these results",
                where=str(self._results),
                remedy="Name the results of a class that handed some in",
            )
        return CyberNormsError(
            "These results have no file of texts to mark",
            where=str(self._results),
            remedy="Run cybernorms mark again as before",
        )

    def _read_marks(self) -> None:
        """Read the tables of marks where anybody else has written to them."""
        stamp = self._stamp_of(RUBRIC, WORKBOOK, KEPT)
        if stamp != self._stamp or not stamp:
            path = self._results / RUBRIC
            self._table = RubricTable(path, self._all) if path.is_file() else None
            self._marks = marks_in(self._results, self._all)

    def _stamp_of(self, *names: str | Path, whole: bool = False) -> Stamp:
        found = []
        for name in names:
            try:
                about = (self._results / name).stat()
            except FileNotFoundError:
                if whole:
                    raise
                found.append((0, 0, 0))
                continue
            found.append((about.st_mtime_ns, about.st_ino, about.st_size))
        return tuple(found)


def _patiently(read: Callable[[], _T]) -> _T:
    """Return what is read, where another run may just put new results in their place."""
    until = time.monotonic() + _SWAP_PATIENCE
    while True:
        try:
            return read()
        except (FileNotFoundError, CyberNormsError):
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _entries(path: Path) -> Iterator[TextEntry]:
    with path.open("rb") as file:
        for line in file:
            yield msgspec.json.decode(line, type=TextEntry)


def _question(question: Written) -> dict[str, Any]:
    """Return what the page shows of a question and its rubric."""
    return {
        **{"id": question.id, "name": question.name, "words": list(question.words)},
        "points": format_points(question.points),
        "criteria": [
            {
                **{"id": each.id, "name": each.name, "points": format_points(each.points)},
                "levels": [{"name": level.name, "text": level.text} for level in each.levels],
            }
            for each in question.criteria
        ],
    }
