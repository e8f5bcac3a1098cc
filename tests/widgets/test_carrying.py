"""The comm between a card and a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cybernorms import ask, show_norms, show_proposed_agreed
from cybernorms.cards.card import Card
from cybernorms.cards.form import Form
from cybernorms.cards.front import module
from cybernorms.document import to_html
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from cybernorms.widgets import carrying
from cybernorms.widgets.carrying import CODE, CardWidget, store_of
from tests.cards.every_card import EVERY_CARD
from tests.explorers import explore

QUESTION = find_question("un-restraint")
PRESS = {
    "do": "press",
    "name": "check",
    "values": {"answer": "c"},
    "sender": "me",
    "number": 1,
}


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[CardWidget]:
    """Let cells of a notebook be run, and return what they display."""
    found: list[CardWidget] = []
    monkeypatch.setattr(carrying, "in_notebook", lambda: True)
    monkeypatch.setattr(carrying, "display", found.append)
    return found


@pytest.fixture
def comms() -> Iterator[Any]:
    """Return a function that counts the comms that a test has opened."""
    before = set(_comms())
    yield lambda: len(set(_comms()) - before)


def _comms() -> list[str]:
    from ipywidgets.widgets import widget

    return list(widget._instances)


def hear(widget: CardWidget, message: Any) -> None:
    """Let a widget receive a message of its front end."""
    widget._handle_custom_msg(message, [])


# In a notebook


def test_a_cell_that_is_run_again_shows_the_same_widget_and_opens_no_more_comms(
    displayed: list[CardWidget], comms: Any
) -> None:
    """Prevents a kernel that grows slower with every run of a lesson."""
    ask("un-restraint")
    once = comms()
    assert once == 2  # one for the card, one for its layout
    for _ in range(5):
        ask("un-restraint")
    assert comms() == once and len(displayed) == 6
    assert all(each is displayed[0] for each in displayed)


def test_other_cards_and_other_ways_to_show_one_have_widgets_of_their_own(
    displayed: list[CardWidget], comms: Any
) -> None:
    """Prevents one card from turning up in the place of another."""
    ask("un-restraint")
    ask("un-restraint", shuffle=False)
    ask("un-minister")
    show_norms("a")
    show_norms("b")
    show_norms("a", "b")
    show_norms("a", lesson="06")
    show_proposed_agreed()
    assert len({id(each) for each in displayed}) == 8 and comms() == 16
    assert displayed[3].card.text() != displayed[4].card.text()


def test_a_cell_that_is_run_again_shows_what_was_saved_elsewhere(
    displayed: list[CardWidget], record: Record
) -> None:
    """Prevents a card that says nothing of an answer given in another window."""
    ask("un-restraint")
    record.append("un-restraint", QUESTION.revision, "c")
    assert displayed[0].description["values"] == {"answer": None}
    ask("un-restraint")
    assert displayed[0].description["values"] == {"answer": "c"}


def test_the_front_end_is_sent_once(displayed: list[CardWidget]) -> None:
    """Prevents forty copies of one program in a lesson."""
    ask("un-restraint")
    ask("un-minister")
    first, second = displayed
    assert first.code == module() and second.code == ""
    assert first._esm == second._esm and len(second._esm) < 2500


def test_the_front_end_comes_on_request_to_a_card_that_waits_for_it(
    displayed: list[CardWidget], record: Record
) -> None:
    """Prevents a lesson without cards because the first cell was cleared."""
    ask("un-restraint")
    ask("un-minister")
    before = displayed[1].description
    hear(displayed[1], {"do": CODE})
    assert displayed[1].code == module() and displayed[1].description == before


def test_outside_a_notebook_nothing_is_opened(
    comms: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a class without JupyterLab from seeing the name of a widget."""
    ask("un-restraint")
    assert comms() == 0 and CardWidget.shown == {}
    assert QUESTION.title in capsys.readouterr().out


# Messages


def test_a_press_is_saved_and_answered(record: Record) -> None:
    """Prevents a card that looks right and hears nothing."""
    widget = CardWidget(Form(QUESTION, record))
    hear(widget, PRESS)
    assert record.read().last("un-restraint").response == "c"
    assert widget.description["reply"] == {"sender": "me", "number": 1, "saved": True}
    assert widget.description["state"] == "done"


def test_a_press_that_comes_twice_is_saved_once_and_its_reply_is_sent_again(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a card that waits for ever for a reply which was lost on the way."""
    widget = CardWidget(Form(QUESTION, record))
    hear(widget, PRESS)
    sent: list[Any] = []
    monkeypatch.setattr(widget, "send_state", lambda key=None: sent.append(key))
    hear(widget, PRESS)
    assert record.read().attempts("un-restraint") == 1
    assert sent == ["description"]


@pytest.mark.parametrize("message", [None, 7, "press", [], {}, {"do": "draft"}, {"do": None}])
def test_an_odd_message_changes_nothing(message: Any, record: Record) -> None:
    """Prevents a traceback below a lesson."""
    widget = CardWidget(Form(QUESTION, record))
    before = widget.description
    hear(widget, message)
    assert {**widget.description, "reply": {}} == {**before, "reply": {}}
    assert not record.folder.exists()


# What is left where there is no kernel


@pytest.mark.parametrize("name", EVERY_CARD)
def test_every_card_has_a_still_picture_and_a_text_of_the_same_content(
    name: str, record: Record
) -> None:
    """Prevents an empty cell on a printed page, or one that says less than the screen."""
    card = EVERY_CARD[name](record)
    widget = CardWidget(card)
    bundle = widget._repr_mimebundle_()
    assert to_html(card.blocks()) in bundle["text/html"]
    assert "still picture" in bundle["text/html"] and "Run All Cells" in bundle["text/html"]
    assert bundle["text/plain"] == card.text()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id


# The name in the browser


def test_what_is_typed_is_kept_by_learner_notebook_and_answer(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents text of one learner, or of one notebook, from being filled in for another."""
    monkeypatch.setenv("JPY_SESSION_NAME", "/lessons/one.ipynb")
    one = store_of(Form(QUESTION, record))
    assert one.endswith(":un-restraint") and store_of(Form(QUESTION, record)) == one
    others = {
        store_of(Form(QUESTION, Record(tmp_path / "another"))),
        store_of(Form(find_question("un-minister"), record)),
    }
    monkeypatch.setenv("JPY_SESSION_NAME", "/lessons/two.ipynb")
    others.add(store_of(Form(QUESTION, record)))
    assert len(others | {one}) == 4
    monkeypatch.delenv("JPY_SESSION_NAME")
    assert store_of(Form(QUESTION, record)) not in others | {one}


def test_the_name_in_the_browser_tells_nothing_of_the_computer(tmp_path: Path) -> None:
    """Prevents the name of a learner's folder from lying in a shared browser."""
    store = store_of(Form(QUESTION, Record(tmp_path / "Anna Aardvark")))
    assert "Anna" not in store and "/" not in store and len(store) < 60


def test_a_card_without_an_answer_has_no_name_in_the_browser() -> None:
    """Prevents explorers from filling up a browser."""
    card: Card = explore("rooms")
    assert store_of(card) == "" and CardWidget(card).description["store"] == ""
