"""Code that students get: whatever gives an answer is taken out, or the notebook is refused."""

from __future__ import annotations

import ast

import pytest

from cybernorms.classroom.export.bare_code import bare_cells
from cybernorms.errors import CyberNormsError

IDS = {"own-only", "own-value"}
BARED = {
    'ask("own-only", "two")': 'ask("own-only")',
    'ask("own-only", answer="two")': 'ask("own-only")',
    'ask(answer="two", id="own-only")': 'ask(id="own-only")',
    'ask("own-only", answer="two", shuffle=False)': 'ask("own-only", shuffle=False)',
    'ask("own-only", f"{\'tw\'}o")': 'ask("own-only")',
    'ask(f"own-only", f"two")': 'ask(f"own-only")',
    'ask("own-only", "tw" "o")': 'ask("own-only")',
    'ask(\n    "own-only",\n    "two",  # two\n)\n': 'ask("own-only")\n',
    'ask("own-only", """\ntwo\n""")': 'ask("own-only")',
    'ask("own-only", ask("own-only", "two"))': 'ask("own-only")',
    '(ask)("own-only", "two"); x = 1': 'ask("own-only"); x = 1',
    'é = 1; ask("own-only", "zwei ü two")': 'é = 1; ask("own-only")',
    'display(ask("own-only", "two"))': 'display(ask("own-only"))',
    'if True:\n    ask("own-only", "two")': 'if True:\n    ask("own-only")',
    'import cybernorms as cn\ncn.ask("own-only", "two")': (
        'import cybernorms as cn\ncn.ask("own-only")'
    ),
    'import cybernorms.widgets\ncybernorms.widgets.asking.ask("own-only", "two")': (
        'import cybernorms.widgets\ncybernorms.widgets.asking.ask("own-only")'
    ),
    'from cybernorms import ask as a\na("own-only", "two")': (
        'from cybernorms import ask as a\na("own-only")'
    ),
    'b = ask\nc = b\nc("own-only", "two")': 'b = ask\nc = b\nc("own-only")',
    'q = "own-only"\nask(q, "two")': 'q = "own-only"\nask(q)',
    'mine = "two"\nask("own-only", mine)': 'mine = None\nask("own-only")',
    'check("own-value", 3)': 'check("own-value", None)',
    'check("own-value", value={"two": [1]})': 'check("own-value", None)',
    'check(id="own-value", value=-1.5)': 'check(value=None, id="own-value")',
    'from cybernorms import check as k\nk("own-value", 2)': (
        'from cybernorms import check as k\nk("own-value", None)'
    ),
    'r = {"two": 2}\ncheck("own-value", r)': 'r = None\ncheck("own-value", r)',
    'import pandas as pd\ncheck("own-value", pd.Series([2]))': (
        'import pandas as pd\ncheck("own-value", None)'
    ),
    "r = None\n### BEGIN SOLUTION\nr = 2\n### END SOLUTION\ncheck('own-value', r)": (
        "r = None\n# Write your code here.\ncheck('own-value', r)"
    ),
}
LEFT_ALONE = [
    'ask("own-only")',
    'ask("own-only", again=True)',
    'for id in ["own-only", "own-value"]:\n    ask(id)',
    'check("own-value", result)',
    'result = None\ncheck("own-value", result)',
    's = """\n# no comment\n"""',
    "progress()\nhand_in(sets=['90'])",
    "import re\nshould = re.compile('should')",
    'code = norm.code\ntypes = data("norms")["types"]\nprint(code, cn.__version__)',
]
REFUSED = [
    'getattr(cn, "ask")("own-only", "two")',
    'globals()["ask"]("own-only", "two")',
    'ask(*["own-only", "two"])',
    "ask(*both)",
    'ask(**{"id": "own-only", "answer": "two"})',
    'ask("own-only", anser="two")',
    'ask(next(ids), "two")',
    'from functools import partial\npartial(ask, "own-only", "two")()',
    'import cybernorms as cn\nlist(map(cn.ask, ids, ["two"]))',
    'for id, answer in [("own-only", "two")]:\n    ask(id, answer)',
    'for answer in ["two"]:\n    ask(q, answer)',
    'answers = {"own-only": "two"}',
    'answers["own-only"] = "two"',
    'Record().append("own-only", "", "two")',
    '(lambda a: ask(q, a))("two")',
    'def f(a):\n    ask(q, a)\nf("two")',
    'async def f(a="two"):\n    ask(q, a)',
    'class A:\n    two = "two"\nask("own-only", A.two)',
    'ask("own-only", (a := "two"))',
    'mine = "t"\nmine += "wo"\nask("own-only", mine)',
    'mine = [letter for letter in "two"]\nask("own-only", mine)',
    "print(f\"{ask('own-only', 'two')}\")",
    "###BEGIN SOLUTION\nr = 2\n###END SOLUTION",
    "### BEGIN SOLUTION\nr = 2",
    "### BEGIN HIDDEN TESTS\nassert r == 2\n### END HIDDEN TESTS",
    # Without the id of a question in it, which would be refused by itself.
    *(
        f"import cybernorms as cn\n{code}"
        for code in (
            'getattr(cn, "ask")(q, "two")',
            'g = getattr\ng(cn, "as" + "k")(q, "two")',
            "exec(\"ask(q, 'two')\")",
            "eval(\"ask(q, 'two')\")",
            "exec(bytes([97, 115, 107]))",
            '__import__("cybernorms").form(q, "two")',
            'import importlib\nimportlib.import_module("cybernorms")',
            "from importlib import import_module as load",
            "import builtins as b",
            'cn.__dict__["ask"](q, "two")',
            'cn.__getattribute__("ask")(q, "two")',
            'vars(cn)["ask"](q, "two")',
            'locals()["ask"](q, "two")',
            'get_ipython().run_cell("ask(q, 2)")',
            'from operator import attrgetter\nattrgetter("ask")(cn)(q, "two")',
            'import operator\noperator.methodcaller("ask", q, "two")(cn)',
            "import pickle\npickle.loads(b'two')",
            'import sys\nsys._getframe().f_globals["ask"](q, "two")',
            'tools["ask"](q, "two")',
            "__builtins__",
            'match cn:\n    case object(ask=given):\n        given(q, "two")',
            'import string\nstring.Formatter().get_field("0.ask", [cn], {})[0](q, "two")',
            "(lambda: 0).__globals__",
        )
    ),
    "%matplotlib inline",
    "!pip install answers",
    'ask("own-only", "two"',
    "a = '\0'",
]


def bare(*cells: str) -> list[str]:
    return bare_cells(cells, "own.ipynb", IDS)


@pytest.mark.parametrize("source", BARED)
def test_what_gives_an_answer_is_taken_out(source: str) -> None:
    (made,) = bare(source)
    assert made == BARED[source]
    assert "two" not in made
    ast.parse(made)
    assert bare(made) == [made]


@pytest.mark.parametrize("source", LEFT_ALONE)
def test_what_gives_none_stays_as_it_is(source: str) -> None:
    assert bare(source) == [source]


@pytest.mark.parametrize("source", REFUSED)
def test_what_may_hide_an_answer_is_refused_by_name(source: str) -> None:
    """Prevents an answer that goes to students because it is given in an unusual way."""
    with pytest.raises(CyberNormsError, match=r"own\.ipynb, code cell 1.*[.a-z!]"):
        bare(source)


def test_a_name_may_come_from_another_cell() -> None:
    made = bare('mine("own-only", "two")', "from cybernorms import ask as mine")
    assert made == ['mine("own-only")', "from cybernorms import ask as mine"]
    chain = ["c = b", "b = a", "a = mine", "from cybernorms import ask as mine"]
    assert bare('c("own-only", "two")', *chain) == ['c("own-only")', *chain]
    assert bare('answer = "two"', 'ask("own-only", answer)') == ["answer = None", 'ask("own-only")']


def test_comments_stay_behind_but_for_the_line_that_invites_to_write() -> None:
    """Prevents an author's note to herself from telling the key."""
    source = '# It is two.\nask("own-only")  # two\nr = None\n# Write your code here.\nx = "#two"'
    assert bare(source) == ['ask("own-only")\nr = None\n# Write your code here.\nx = "#two"']
    assert bare_cells([source], "lesson", IDS, comments=True) == [source]


def test_line_ends_of_other_systems_are_read() -> None:
    assert bare('x = 1\r\nask("own-only",\r\n "two")\r\n') == ['x = 1\nask("own-only")\n']
