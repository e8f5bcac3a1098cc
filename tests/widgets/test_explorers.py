"""All explorers take the same arguments, and each can be read as text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from inspect import Parameter, getdoc, signature

import pytest

import cybernorms
from cybernorms import show_clause_lab, show_coverage, show_wording
from cybernorms.cards.card import Card
from cybernorms.cards.clause_lab import ClauseLab
from cybernorms.errors import CyberNormsError
from cybernorms.widgets.carrying import CardWidget
from tests.cards.messages import flat, parts_of, seen
from tests.explorers import explore
from tests.paths import ROOT

SHOWN = [name for name in cybernorms.__all__ if name.startswith("show_")]

ONE_PAGE = (
    "show_map",
    "show_groups",
    "show_forecast",
    "show_forecast_score",
    "show_class_negotiation",
)


def call(name: str) -> Callable[..., None]:
    return getattr(cybernorms, name)


def lesson_that_shows(name: str) -> str:
    """Return the number of the first lesson whose notebook shows an explorer."""
    for path in sorted((ROOT / "notebooks").glob("0*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        if re.search(rf"\b{name}\(", code):
            return path.name[:2]
    raise AssertionError(f"no lesson shows {name}")


def test_the_stub_lists_names_that_are_there() -> None:
    """Prevents a name that fails only once a learner calls it."""
    assert len(cybernorms.__all__) > 30
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
        ("show_attributions", "exchange-2021", "the groups APT40"),
        ("show_views", "a binding treaty", "legally binding"),
        ("show_law", "corfu-territory", "Who holds what on due diligence"),
        ("show_timeline", "", "Events"),
        ("show_spread", "g20", "Antalya"),
        ("show_clause", "allow", "A State should not allow cyber-enabled theft"),
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


AGREED = ("25 September 2015", "Antalya", "Ise-Shima", "neither country", "Joint statement")


@pytest.mark.parametrize(
    "view",
    [
        lambda: explore("wording", lesson="05"),
        lambda: ClauseLab(),
        lambda: explore("coverage", lesson="05"),
    ],
    ids=["wording", "clauses", "coverage"],
)
def test_lesson_05_tells_nothing_of_what_was_agreed(view: Callable[[], Card]) -> None:
    """Prevents the outcome of a forecast from being told in an explorer."""
    card = view()
    lists = [field for part in parts_of(card, "fields") for field in part["fields"]]
    assert len(lists) >= 2
    still = CardWidget(card).static_html()
    for told in (card.text(), flat(still), seen(card)):
        assert [phrase for phrase in AGREED if phrase in told] == []


@pytest.mark.parametrize("show", [show_wording, show_clause_lab, show_coverage])
def test_outside_a_notebook_an_explorer_prints_its_text(
    show: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a class without JupyterLab from seeing nothing."""
    show()  # type: ignore[operator]
    assert len(capsys.readouterr().out.splitlines()) > 30
