"""All explorers take the same arguments, and their controls are data for any front end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import import_module
from inspect import Parameter, getdoc, signature
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import fields

import cybernorms
from cybernorms.document import Heading, Paragraph, to_html, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.pages.explorer import Count, Explorer, Field, Row, check_open
from tests.explorers import explore

ROOT = Path(__file__).resolve().parents[1]
SHOWN = [name for name in cybernorms.__all__ if name.startswith("show_")]
ONE_PAGE = ("show_map", "show_groups", "show_forecast", "show_forecast_score")
PAGES = [
    "attributions",
    "coverage",
    "documents",
    "norms",
    "rooms",
    "spread",
    "timeline",
    "votes",
    "wording",
]


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))


def call(name: str) -> Callable[..., None]:
    return getattr(cybernorms, name)


def lesson_that_shows(name: str) -> str:
    """Return the number of the first lesson whose notebook shows an explorer."""
    for path in sorted((ROOT / "notebooks").glob("0*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        if re.search(rf"\b{name}\(", code):
            return path.name[:2]
    raise AssertionError(f"no lesson shows {name}")


# The functions


def test_the_stub_lists_names_that_are_there() -> None:
    """Prevents a name that fails only once a learner calls it."""
    assert len(cybernorms.__all__) == 29
    assert all(callable(call(name)) for name in cybernorms.__all__)
    assert set(cybernorms.__all__) <= set(dir(cybernorms))
    with pytest.raises(AttributeError, match="show_nothing"):
        call("show_nothing")


@pytest.mark.parametrize("name", SHOWN)
def test_every_explorer_takes_the_same_arguments(name: str) -> None:
    """Prevents teachers from having to guess which argument which explorer takes."""
    taken = signature(call(name)).parameters
    own = ["compare"] if name == "show_norms" else []
    assert list(taken) == ["open", *own, "lesson", "text"]
    assert taken["open"].default == "" and taken["text"].default is False
    assert taken["lesson"].kind is taken["text"].kind is Parameter.KEYWORD_ONLY
    assert taken["lesson"].default == lesson_that_shows(name)


@pytest.mark.parametrize("name", SHOWN)
def test_help_says_what_every_argument_means(name: str) -> None:
    """Prevents an argument that a teacher finds in the signature and can only guess at."""
    told = getdoc(call(name)) or ""
    for argument in signature(call(name)).parameters:
        assert f"\n    {argument}: " in told
    assert "\nArguments:\n" in told and "\nRaises:\n" in told


@pytest.mark.parametrize("name", SHOWN)
def test_every_explorer_can_be_printed_as_text(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents an explorer that only a screen can tell."""
    call(name)(text=True)
    printed = capsys.readouterr().out
    assert len(printed) > 200 and "<p>" not in printed


@pytest.mark.parametrize("name", [name for name in SHOWN if name != "show_glossary"])
def test_what_cannot_be_opened_is_told_with_what_can(name: str) -> None:
    """Prevents a slip of the pen from opening something else, or ending in a traceback."""
    with pytest.raises(CyberNormsError) as caught:
        call(name)("zzz")
    assert caught.value.remedy
    if name not in ("show_wording", "show_norms"):
        assert "zzz" in str(caught.value)
    assert ("Leave the brackets empty" in str(caught.value)) is (name in ONE_PAGE)


@pytest.mark.parametrize(
    ("name", "open", "text"),
    [
        ("show_rooms", "every", "States that sat in every group"),
        ("show_votes", "73/27", "73/27"),
        ("show_attributions", "exchange-2021", "from Chinese territory"),
        ("show_timeline", "", "Events"),
        ("show_spread", "g20", "Antalya"),
        ("show_clause_lab", "nyt-first-use", "A real clause"),
        ("show_clause_lab", "access-planted", "Case: "),
        ("show_evidence", "turbofan-2018", "The charges on jet engines (2018)"),
        ("show_proposed_agreed", "dialogue", "Meetings and a hotline"),
        ("show_incidents", "notpetya-2017", "NotPetya"),
        ("show_error_hunt", "thesis", "The thesis"),
        ("show_policy_coder", "2", "Sheet 2"),
        ("show_conflicts", "unfound", "Words that nobody found"),
        ("show_law_or_norm", "law-or-norm", "Ten passages"),
    ],
)
def test_an_explorer_opens_with_what_it_is_told(
    name: str, open: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents an id that is taken and forgotten."""
    call(name)(open)
    assert text in capsys.readouterr().out


# Controls as data


@pytest.mark.parametrize("page", PAGES)
def test_every_control_sets_a_field_of_the_state_and_offers_what_it_has(page: str) -> None:
    """Prevents a control that another front end cannot draw, or that changes nothing."""
    module: Any = import_module(f"cybernorms.pages.{page}")
    explorer: Explorer = module.EXPLORER
    state, offered = explorer.settle(explorer.start("", "06"))
    assert {field.name for field in explorer.fields()} <= {each.name for each in fields(state)}
    for field in explorer.fields():
        values = [value for _, value in offered[field.name]]
        assert getattr(state, field.name) in values and len(values) == len(set(values)) > 1
        assert all(isinstance(text, str) and text for text, _ in offered[field.name])
    assert explorer.settle(state)[0] == state


@pytest.mark.parametrize("page", PAGES)
def test_the_view_of_an_explorer_says_what_its_page_says(page: str) -> None:
    """Prevents a page that is right on paper and another one on the screen."""
    view = explore(page, lesson="06")
    module: Any = import_module(f"cybernorms.pages.{page}")
    assert view.text() == to_text(module.EXPLORER.blocks(view.state))
    for block in module.EXPLORER.page(view.state):
        assert to_html([block]) in view._page.value


class Choice(Struct, frozen=True):
    """A made-up state: a letter, and a word that begins with it."""

    letter: str = "a"
    word: str = ""
    lesson: str = "00"


WORDS = {"a": ("alpha", "apex"), "b": ("beta",), "c": ()}


def made_up(asked: list[str]) -> Explorer:
    """Return an explorer that notes which of its fields are asked what they offer."""

    def letters(state: Choice) -> list[tuple[str, str]]:
        asked.append("letter")
        return [(each.upper(), each) for each in WORDS]

    def words(state: Choice) -> list[tuple[str, str]]:
        asked.append("word")
        return [(each, each) for each in WORDS[state.letter]]

    return Explorer(
        "Words",
        Choice,
        (
            Row((Field("letter", "Letter", letters),)),
            Count(lambda state: f"{len(WORDS[state.letter])} words"),
            Row((Field("word", "Word", words),)),
        ),
        lambda state: [Paragraph(state.word)],
        opens="word",
        what="word",
    )


def test_a_value_that_is_not_on_offer_gives_way_to_the_first() -> None:
    """Prevents a list that shows one thing beside a page that shows another."""
    explorer = made_up([])
    assert explorer.settle(Choice("a", "apex"))[0] == Choice("a", "apex")
    assert explorer.settle(Choice("b", "apex"))[0] == Choice("b", "beta")
    assert explorer.settle(Choice("c", "beta"))[0] == Choice("c", "beta")  # nothing is on offer


def test_only_the_fields_after_the_one_that_changed_are_asked() -> None:
    """Prevents explorers that answer slowly because every list is made anew each time."""
    asked: list[str] = []
    explorer = made_up(asked)
    _, offered = explorer.settle(Choice("b"), "letter")
    assert asked == ["word"] and list(offered) == ["word"]
    assert explorer.settle(Choice("b", "beta"), "word")[1] == {} and asked == ["word"]


def test_a_count_among_the_controls_is_part_of_the_text() -> None:
    """Prevents a count that only the screen shows."""
    blocks = made_up([]).blocks(Choice("a", "apex"))
    assert blocks == [Heading("Words"), Paragraph("2 words"), Paragraph("apex")]


def test_what_there_is_to_open_is_listed() -> None:
    """Prevents an error that leaves a learner to guess."""
    assert check_open("", ["a", "b"], "letter") == ""
    assert check_open("b", ["a", "b"], "letter") == "b"
    with pytest.raises(CyberNormsError, match=r"no letter called 'c'.*Choose one of: a, b"):
        check_open("c", ["a", "b"], "letter")


def test_what_a_view_says_is_announced_and_escaped() -> None:
    """Prevents a message that a screen reader passes over, or that a file's name can break."""
    view = explore("rooms")
    view.say("problem", "No room for <b> & co.")
    assert "role='alert'" in view._status.value and "cn-problem" in view._status.value
    assert "No room for &lt;b&gt; &amp; co." in view._status.value
    view.note("Not saved yet.")
    assert "role=" not in view._status.value and "Not saved yet." in view._status.value
