"""The path through several lessons in one class: its minutes, its calls, and what it tells when."""

from __future__ import annotations

import re

import pytest

import cybernorms
from cybernorms.corpus.process import load_lessons
from cybernorms.document import to_text
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import History
from cybernorms.pages.module_map import map_blocks
from tests.notebooks.test_notebooks import LESSONS, ONE_CLASS, ROOT, calls, cells, notebook

MINUTES = 50
WALKS_THROUGH = ("01", "02", "05", "06")


def prose() -> dict[str, str]:
    return dict(cells(ONE_CLASS, "markdown"))


def steps() -> list[tuple[str, int]]:
    """Return name and minutes of each step, as its heading has them."""
    text = "\n".join(prose().values())
    found = re.findall(r"(?m)^## (\d .+) \((\d+) minutes\)$", text)
    return [(name, int(minutes)) for name, minutes in found]


def test_the_minutes_of_the_steps_add_up_to_one_class() -> None:
    """Prevents a plan that ends after the bell."""
    assert sum(minutes for _, minutes in steps()) == MINUTES
    assert f"**Time.** {MINUTES} minutes" in prose()["title"]


def test_the_plan_names_the_steps_and_minutes_of_the_headings() -> None:
    """Prevents a table that a moved minute has overtaken."""
    planned = re.findall(r"(?m)^\| (\d [^|]+) \| (\d+) \|", prose()["plan"])
    assert [(name, int(minutes)) for name, minutes in planned] == steps()


def test_a_step_leaves_time_for_more_than_its_questions() -> None:
    """Prevents a step in which a class can only click."""
    spent: dict[str, float] = {}
    step = ""
    for cell in notebook(ONE_CLASS)["cells"]:
        source = "".join(cell["source"])
        if heading := re.match(r"## (\d .+) \(\d+ minutes\)", source):
            step = heading.group(1)
        if asked := re.fullmatch(r'ask\("(.+?)".*\)', source):
            spent[step] = spent.get(step, 0) + find_question(asked.group(1)).minutes
    assert set(spent) == {name for name, _ in steps()}
    for name, minutes in steps():
        assert spent[name] <= minutes / 2, name


def test_the_path_has_about_as_many_cells_as_a_short_lesson() -> None:
    """Prevents a path that cannot be walked in one class."""
    assert 20 <= len(notebook(ONE_CLASS)["cells"]) <= 30


def test_the_path_calls_what_its_lessons_call() -> None:
    """Prevents a path that a renamed question or explorer has cut off from the lessons."""
    named = {each.notebook for each in load_lessons() if each.number in WALKS_THROUGH}
    in_lessons = [call for path in LESSONS if path.name in named for call in calls(path)]
    asked = {first for function, first in in_lessons if function == "ask"}
    for function, first in calls(ONE_CLASS):
        if function == "ask":
            assert first in asked, first
            assert find_question(first).use == "practice"
    shown = {function for function, _ in calls(ONE_CLASS)} - {"ask"}
    assert shown <= {function for function, _ in in_lessons} & set(cybernorms.__all__)


def test_the_forecast_stands_before_what_was_agreed_and_its_score_after() -> None:
    """Prevents a forecast that is made by somebody who knows."""
    order = [function for function, _ in calls(ONE_CLASS)]
    assert order.index("show_forecast") < order.index("show_proposed_agreed")
    assert order.index("show_proposed_agreed") < order.index("show_forecast_score")


def test_no_step_before_the_fifth_tells_what_was_agreed() -> None:
    """Prevents a glance down the page from spoiling the forecast; the title only warns of it."""
    told = prose()
    later = re.compile(r"25 September|fact sheet|commitment \d|hotline|G20|201[6-9]|202\d")
    before = list(told)[: list(told).index("agreed")]
    for id in before:
        assert not later.search(told[id]), id
    assert "<details>" in told["agreed-notice"]


def test_every_step_says_what_to_do_with_a_projector() -> None:
    """Prevents a teacher who stands before a class without a cue."""
    text = "\n".join(prose().values())
    for part in re.split(r"(?m)^## (?=\d)", text)[1:]:
        assert "**On the projector.**" in part, part.splitlines()[0]


def test_the_readme_leads_teachers_to_the_path() -> None:
    """Prevents a path that nobody finds."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    teachers = readme.split("## For teachers")[1].split("\n## ")[0]
    assert "(notebooks/one-class-path.ipynb)" in teachers


def test_the_map_leads_to_the_path_where_it_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    """Prevents a link to a notebook that this copy does not have."""
    monkeypatch.chdir(ROOT / "notebooks")
    assert "In one class" in to_text(map_blocks(History()))
    monkeypatch.chdir(str(tmp_path))
    assert "In one class" not in to_text(map_blocks(History()))
