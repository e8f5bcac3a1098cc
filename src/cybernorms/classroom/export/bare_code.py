"""Code of a notebook without the answers in it, for the package that students get.

Code is read as Python reads it. What gives an answer to a question is taken out; where it cannot be
told what gives one, the notebook is refused.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cybernorms.classroom.export.code_names import (
    ANSWER_OF,
    Names,
    answers_in,
    hides,
    is_written_out,
    names_in,
)
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.masters import PLACEHOLDER, without_solution

LOOKS = ("again", "shuffle")
REMEDY = (
    "Leave the answer out, or write it between the lines ### BEGIN SOLUTION and ### END SOLUTION"
)
_ALMOST_MARKS = re.compile(r"#\s*(BEGIN|END)\s+(SOLUTION|HIDDEN)", re.IGNORECASE)


def bare_cells(
    cells: Sequence[str], where: str, ids: Collection[str], *, comments: bool = False
) -> list[str]:
    """Return the code cells of a notebook without answers and solutions.

    Arguments:
        cells: their sources, all of them, for what one cell names another one uses.
        where: the notebook, for errors.
        ids: of the graded questions.
        comments: whether comments stay.

    Raises:
        CyberNormsError: code cannot be read, or an answer may be left in it.
    """
    read = []
    for number, cell in enumerate(cells, start=1):
        place = f"{where}, code cell {number}"
        source = _without_solution(cell.replace("\r\n", "\n").replace("\r", "\n"), place)
        read.append((source, _parsed(source, place), place))
    names = names_in([tree for _, tree, _ in read])
    made = [_Cell(source, tree, place, names, ids).bare() for source, tree, place in read]
    return made if comments else [_without_comments(each) for each in made]


def _without_solution(source: str, where: str) -> str:
    try:
        made = without_solution(source)
    except CyberNormsError as error:
        raise CyberNormsError(error.what, where=where, remedy=error.remedy) from None
    if _ALMOST_MARKS.search(made):
        raise CyberNormsError(
            "A solution is not marked as it has to be", where=where, remedy=REMEDY
        )
    return made


def _parsed(source: str, where: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError) as error:
        reason = f": {error.msg}" if isinstance(error, SyntaxError) else ""
        raise CyberNormsError(
            f"The code of this notebook cannot be read{reason}",
            where=where,
            remedy="Mend that cell; a line that begins with % or ! has to go",
        ) from None


@dataclass(frozen=True)
class _Cell:
    source: str
    tree: ast.Module
    where: str
    names: Names
    ids: Collection[str]

    def _refusal(self, node: ast.AST, why: str) -> CyberNormsError:
        shown = ast.unparse(node)
        shown = shown if len(shown) <= 80 else shown[:79] + "…"
        return CyberNormsError(f"{why}: {shown}", where=self.where, remedy=REMEDY)

    def bare(self) -> str:
        """Return the code with every call that gives an answer replaced by one that gives none."""
        plain = set(self._plain())
        for node in ast.walk(self.tree):
            self._must_be_plain(node, plain)
        return _spliced(self.source, self._changes())

    def _changes(self) -> Iterator[tuple[ast.expr, str]]:
        for call in self._calls(self.tree):
            if (kept := self._kept(call)) is not None:
                function = ast.get_source_segment(self.source, call.func)
                yield call, f"{function}({', '.join(kept)})"
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign) and is_written_out(node):
                names = {each.id for each in node.targets if isinstance(each, ast.Name)}
                if names & self.names.answers:
                    yield node.value, "None"

    def _calls(self, tree: ast.AST) -> Iterator[ast.Call]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and self.names.called(node.func):
                yield node

    def _is_id(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Constant) and node.value in self.ids

    def _plain(self) -> Iterator[ast.AST]:
        """Return where the id of a question may stand, and where `ask` and `check` may."""
        for call in self._calls(self.tree):
            yield call.func
            for id in (*call.args[:1], *(each.value for each in call.keywords if each.arg == "id")):
                yield from ast.walk(id) if isinstance(id, ast.JoinedStr) else [id]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign):
                yield node.value
            elif isinstance(node, ast.List | ast.Tuple | ast.Set):
                yield from node.elts if all(map(self._is_id, node.elts)) else []

    def _must_be_plain(self, node: ast.AST, plain: Collection[ast.AST]) -> None:
        """Raise an error where an answer could be given in a way that cannot be taken out."""
        if hides(node):
            raise self._refusal(node, "It cannot be seen what this runs, or whether it answers")
        if isinstance(node, ast.JoinedStr) and any(self._calls(node)):
            raise self._refusal(node, "A question is asked inside a text")
        if node in plain:
            return
        if self._is_id(node):
            raise self._refusal(node, "A question stands where its answer may stand too")
        loaded = isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
        if loaded and self.names.called(node):
            raise self._refusal(node, "This is used in a way that may hide an answer")

    def _kept(self, call: ast.Call) -> list[str] | None:
        """Return the arguments that a call keeps, None where it gives no answer."""
        asked = self.names.called(call.func)
        named: Mapping[str | None, ast.expr] = {each.arg: each.value for each in call.keywords}
        given = answers_in(call, asked)
        self._must_be_known(call, named, {"id", ANSWER_OF[asked], *LOOKS})
        for name in (name for each in given for name in ast.walk(each)):
            if isinstance(name, ast.Name) and name.id in self.names.given:
                raise self._refusal(call, f"The answer {name.id!r} is given in this notebook")
        if not given or (asked == "check" and isinstance(given[0], ast.Name)):
            return None
        kept = [self._text(each) for each in call.args[:1]]
        if asked == "check":
            kept.append("None" if call.args else "value=None")
        return kept + [
            f"{name}={self._text(value)}" for name, value in named.items() if name in ("id", *LOOKS)
        ]

    def _must_be_known(
        self, call: ast.Call, named: Mapping[str | None, ast.expr], known: set[str | None]
    ) -> None:
        simple = (ast.Constant, ast.Name, ast.JoinedStr, ast.Subscript)
        kept = [*call.args[:1], *(value for name, value in named.items() if name in ("id", *LOOKS))]
        unpacked = any(isinstance(each, ast.Starred) for each in call.args)
        if unpacked or not set(named) <= known:
            raise self._refusal(call, "It cannot be seen what this question is asked with")
        if any(not isinstance(each, simple) or any(self._calls(each)) for each in kept):
            raise self._refusal(call, "It cannot be seen which question is asked")

    def _text(self, node: ast.AST) -> str:
        text = ast.get_source_segment(self.source, node) or ""
        return ast.unparse(node) if "\n" in text else text


def _spliced(source: str, changes: Iterable[tuple[ast.expr, str]]) -> str:
    """Return code with parts replaced; a part within one that is replaced is gone with it."""
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line.encode()) + 1)
    content = source.encode()  # as columns are counted
    spans = sorted(
        (
            starts[node.lineno - 1] + node.col_offset,
            starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0),
            text.encode(),
        )
        for node, text in changes
    )
    made, done = b"", 0
    for start, end, text in spans:
        if start >= done:
            made += content[done:start] + text
            done = end
    return (made + content[done:]).decode()


def _without_comments(source: str) -> str:
    """Return code without comments, but for the line that invites to write some."""
    lines: list[str | None] = [*source.split("\n")]
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        row, column = token.start
        if token.type == tokenize.COMMENT and token.string != PLACEHOLDER:
            lines[row - 1] = (lines[row - 1] or "")[:column].rstrip() or None
    return "\n".join(line for line in lines if line is not None)
