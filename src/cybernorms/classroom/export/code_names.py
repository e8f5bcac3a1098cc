"""Which names in the code of a notebook ask questions, and which hold answers."""

from __future__ import annotations

import ast
from collections.abc import Sequence

ANSWER_OF = {"ask": "answer", "check": "value"}  # the argument that gives the answer
MODULE = "cybernorms"
WRITTEN_OUT = (
    *(ast.Constant, ast.JoinedStr, ast.FormattedValue, ast.List, ast.Tuple, ast.Set, ast.Dict),
    *(ast.UnaryOp, ast.unaryop, ast.expr_context),
)
# What runs code that is not there to be read, or reaches things by names that are not.
HIDING = {
    *("eval", "exec", "execfile", "run_cell", "run_line_magic", "run_cell_magic"),
    *("getattr", "setattr", "globals", "locals", "vars", "get_ipython", "import_module", "runpy"),
    *(
        "attrgetter",
        "methodcaller",
        "get_field",
        "getmembers",
        "getattr_static",
        "importlib",
        "builtins",
    ),
    *("_getframe", "currentframe", "f_globals", "f_locals", "f_builtins", "user_ns"),
}
# Libraries that do so; their names can be those of other things, such as the code of a norm.
HIDING_LIBRARIES = {
    *("marshal", "pickle", "ctypes", "code", "codeop", "pkgutil", "types", "gc", "subprocess"),
    *("imp", "inspect", "dill", "cloudpickle", "joblib", "multiprocessing"),
}
_KNOWN_DUNDERS = {"__name__", "__version__", "__doc__", "__init__", "__main__", "__file__"}


def hides(node: ast.AST) -> bool:
    """Return whether it can't be told from a piece of code what is run by it."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        given = [each.name for each in node.names]
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else given
        libraries = {each.partition(".")[0] for each in modules}
        return bool(libraries & HIDING_LIBRARIES) or any(
            _is_hiding(part) for each in (*modules, *given) for part in each.split(".")
        )
    if isinstance(node, ast.MatchClass):
        return any(each in ANSWER_OF or _is_hiding(each) for each in node.kwd_attrs)
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and node.slice.value in ANSWER_OF
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    return _is_hiding(name)


def _is_hiding(name: str) -> bool:
    dunder = name.startswith("__") and name.endswith("__") and name not in _KNOWN_DUNDERS
    return name in HIDING or dunder


class Names(ast.NodeVisitor):
    """Other names of `ask` and `check`, names that are given something, names in answers.

    A name that is given nothing but a value written out, or None, can be given None in its place.
    """

    def __init__(self) -> None:
        self.of: dict[str, str] = {}
        self.given: set[str] = set()
        self.answers: set[str] = set()

    def called(self, function: ast.AST) -> str:
        """Return whether a function is `ask` or `check`, "" where it is neither."""
        name = ""
        if isinstance(function, ast.Attribute):
            name = function.attr
        elif isinstance(function, ast.Name):
            name = self.of.get(function.id, function.id)
        return name if name in ANSWER_OF else ""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if (node.module or "").split(".")[0] == MODULE:
            self.of |= {each.asname or each.name: each.name for each in node.names}

    def visit_Assign(self, node: ast.Assign) -> None:
        if asked := self.called(node.value):
            self.of |= {each.id: asked for each in node.targets if isinstance(each, ast.Name)}
        if not is_written_out(node):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if asked := self.called(node.func):
            for answer in answers_in(node, asked):
                self.answers |= {one.id for one in ast.walk(answer) if isinstance(one, ast.Name)}
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.given.add(node.id)

    def _visit_definition(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    ) -> None:
        self.given.add(node.name)
        self.generic_visit(node)

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = _visit_definition

    def visit_arg(self, node: ast.arg) -> None:
        self.given.add(node.arg)


def is_written_out(node: ast.AST) -> bool:
    """Return whether a name is given a value that stands there in full."""
    return (
        isinstance(node, ast.Assign)
        and all(isinstance(each, ast.Name) for each in node.targets)
        and all(isinstance(each, WRITTEN_OUT) for each in ast.walk(node.value))
    )


def answers_in(call: ast.Call, asked: str) -> list[ast.expr]:
    """Return what a call of `ask` or `check` gives as the answer."""
    named = [each.value for each in call.keywords if each.arg == ANSWER_OF[asked]]
    return [*call.args[1:], *named]


def names_in(trees: Sequence[ast.Module]) -> Names:
    """Return the names of all cells of a notebook."""
    names, known = Names(), -1
    while known < len(names.of):  # a name may be used above the cell that gives it
        known = len(names.of)
        for tree in trees:
            names.visit(tree)
    return names
