"""What holds for every card, whatever it is sent."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings, strategies as st

from cybernorms.cards.card import BROKEN, Card, plain
from cybernorms.cards.form import Form
from cybernorms.cards.parts import Part
from cybernorms.cards.reading import Reading
from cybernorms.document import to_html, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.drafts import Drafts
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.record import Record
from cybernorms.pages.evidence import prior_fields
from cybernorms.pages.game import step_ids
from tests.answers import best_answer
from tests.cards.every_card import EVERY_CARD, OTHERS
from tests.cards.messages import (
    at,
    buttons_of,
    check,
    control_names,
    press,
    said,
    sent,
)
from tests.factories import made_up

each_card = pytest.mark.parametrize("name", EVERY_CARD)
CHOICE = find_question("un-restraint")


# What is described


@each_card
def test_a_description_can_be_sent_and_names_its_controls_once(name: str, record: Record) -> None:
    """Prevents a card that never appears, and a value that is read from another control."""
    card = EVERY_CARD[name](record)
    assert len(sent(card)) > 50
    names = control_names(card)
    assert not [each for each, count in Counter(names).items() if count > 1]
    assert set(card.describe()["values"]) >= set(names)
    presses = Counter(
        each["name"]
        for part in card.describe()["parts"]
        if part["is"] == "actions"
        for each in part["buttons"]
    )
    assert set(presses.values()) <= {1}
    assert card.describe()["label"]


@each_card
def test_a_card_has_at_most_one_button_that_saves(name: str, record: Record) -> None:
    """Prevents the key Enter from doing something else than what stands in colour."""
    card = EVERY_CARD[name](record)
    assert sum(bool(each.get("main")) for each in buttons_of(card).values()) <= 1


@each_card
def test_the_text_of_a_card_is_that_of_its_blocks(name: str, record: Record) -> None:
    """Prevents printed pages and screen readers from getting less than the screen."""
    card = EVERY_CARD[name](record)
    assert card.text() == to_text(card.blocks()) and len(card.text()) > 3
    assert to_html(card.blocks())


@each_card
def test_looking_at_a_card_writes_nothing(name: str, record: Record) -> None:
    """Prevents a record that is made by a look at a lesson."""
    card = EVERY_CARD[name](record)
    card.describe()
    card.refresh()
    assert not record.folder.exists()


# What is sent


class Pieces:
    """What messages to a card are made of: its own names and values, those of others, and odd."""

    def __init__(self, card: Card, others: list[Card]) -> None:
        described = [json.loads(sent(each)) for each in (card, *others)]
        names = [*buttons_of(card), *control_names(card), "pick", "check", "answer", "again"]
        ids = sorted({text for each in described for text in short_texts(each)})
        odd = st.recursive(
            st.none()
            | st.booleans()
            | st.integers(-(10**20), 10**20)
            | st.floats()
            | st.text(max_size=8)
            | st.sampled_from(["", "\ud800", "\x00", "word " * 20_000, "1e400", "nan", " 7,5 %"]),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(ids) | st.text(max_size=3), inner, max_size=3)
            ),
            max_leaves=6,
        )
        id = st.sampled_from(ids)
        chosen = st.dictionaries(id, id, max_size=4) | st.lists(id, max_size=4) | id | odd
        own = sorted({*control_names(card), *card.values(), "answer"})
        here = st.sampled_from(own)
        values = st.dictionaries(here, chosen, max_size=4)
        name = st.sampled_from(names)
        likely = st.fixed_dictionaries(
            {
                "do": st.sampled_from(["press", "change", "draft"]),
                "name": name,
                "item": id,
                "values": st.fixed_dictionaries(dict.fromkeys(own, chosen)),
            }
        )
        self.messages = likely | st.fixed_dictionaries(
            {},
            optional={
                "do": st.sampled_from(["press", "change", "draft"]) | odd,
                "name": name | id | odd,
                "item": id | odd,
                "values": values | odd,
                "sender": st.sampled_from(["one", "two"]) | odd,
                "number": st.integers(1, 3) | odd,
                "more": odd,
            },
        )
        self.odd = odd


def short_texts(data: Any) -> Iterator[str]:
    """Yield what may be an id: every short text without markup."""
    if isinstance(data, str):
        if len(data) < 40 and "<" not in data:
            yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from short_texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from short_texts(value)


def leaves(data: Any) -> set[Any]:
    """Return all texts and numbers in data, with the keys of mappings."""
    if isinstance(data, dict):
        return set(data) | {leaf for each in data.values() for leaf in leaves(each)}
    if isinstance(data, list | tuple):
        return {leaf for each in data for leaf in leaves(each)}
    return {data}


# What an answer may hold that stood in no message: what weighing and opening are called and begin
# with.
OURS = {"items", "priors", "once", "0", True, False}
OURS |= {"role", "choices", "extras", "put", "moves"}
MOVE = "Move "  # what a move to send begins with; it is made of what was filled in
PRIORS = {each.name for each in prior_fields()}
# What fails is small as it is, and would take minutes to be made smaller.
FEW = settings(max_examples=12, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@each_card
@FEW
@given(data=st.data())
def test_no_message_raises_an_error_or_saves_what_was_not_filled_in(
    name: str, data: st.DataObject
) -> None:
    """Prevents a press after which a card is dead, or an answer that nobody gave."""
    with tempfile.TemporaryDirectory() as folder:
        record = Record(Path(folder) / "work")
        card = EVERY_CARD[name](record)
        typed: set[str] = set()
        pieces = Pieces(card, [OTHERS["claim tracer"](record), OTHERS["workbench"](record)])
        for message in data.draw(st.lists(pieces.messages | pieces.odd, max_size=4)):
            before, kept = record.read().answers, leaves(plain(dict(card.values())))
            kept |= {each for answer in before for each in leaves(answer.response)}
            card.receive(message)
            new = record.read().answers[len(before) :]
            assert card.said.text != BROKEN
            assert json.loads(sent(card))
            if not isinstance(message, dict):
                assert not new
                continue
            filled_in = leaves(plain(message.get("values")))
            typed |= _texts(filled_in)
            for answer in new:
                found = leaves(answer.response)
                found -= {each for each in found if isinstance(each, str) and each.startswith(MOVE)}
                assert found <= filled_in | kept | OURS | PRIORS
            for draft in (Path(folder) / "work" / "drafts").glob("*"):
                assert draft.read_text("utf-8") in typed


def _texts(found: set[Any]) -> set[str]:
    return {each for each in found if isinstance(each, str)}


@pytest.mark.parametrize(
    "message", [None, 7, "press", ["press"], {}, {"do": "press"}, {"do": "press", "name": "check"}]
)
def test_half_a_message_changes_nothing(message: Any, record: Record) -> None:
    """Prevents a message that was cut off from counting as an empty answer."""
    form = Form(CHOICE, record)
    form.receive(message)
    assert not record.folder.exists() and not form.describe().get("answered")


def test_what_a_browser_cannot_send_comes_back_as_something_that_it_can() -> None:
    """Prevents a reply that cannot be sent, so that the card waits for ever."""
    deep: Any = "x"
    for _ in range(50):
        deep = [deep]
    odd = {"a": float("nan"), "b": float("inf"), 3: "\udc80", "c": object(), "d": deep}
    json.dumps(plain(odd), allow_nan=False, ensure_ascii=False).encode("utf-8")
    assert plain({"x": [1, True, None, "text", {"y": 2.5}]}) == {
        "x": [1, True, None, "text", {"y": 2.5}]
    }


# Once, and only once


def message_to_check(answer: Any, sender: str = "one", number: int = 1) -> dict[str, Any]:
    values = {"answer": answer}
    return {
        "do": "press",
        "name": "check",
        "values": values,
        "sender": sender,
        "number": number,
    }


def test_a_message_that_is_sent_twice_is_answered_once_and_gets_its_reply_twice(
    record: Record,
) -> None:
    """Prevents one press from counting as two attempts when a connection comes back."""
    form = Form(CHOICE, record)
    for _ in range(2):
        form.receive(message_to_check("c"))
        assert form.describe()["reply"] == {"sender": "one", "number": 1, "saved": True}
    assert record.read().attempts(CHOICE.id) == 1


def test_two_views_of_a_card_do_not_take_each_others_messages_for_their_own(
    record: Record,
) -> None:
    """Prevents a press in a second view from being lost, or repeated by the first one."""
    form = Form(CHOICE, record)
    form.receive(message_to_check("c", "one", 1))
    form.receive(message_to_check("f", "two", 1))
    assert form.describe()["reply"]["sender"] == "two"
    form.receive(message_to_check("c", "one", 1))  # once more, since its reply was lost
    assert form.describe()["reply"] == {"sender": "one", "number": 1, "saved": True}
    assert [each.response for each in record.read().answers] == ["c", "f"]
    form.receive(message_to_check("c", "one", 2))
    assert [each.response for each in record.read().answers] == ["c", "f", "c"]


def test_messages_without_a_sender_are_all_answered(record: Record) -> None:
    """Prevents presses from being taken for one that nobody sent."""
    form = Form(CHOICE, record)
    for answer in "cf":
        form.receive({"do": "press", "name": "check", "values": {"answer": answer}})
    assert [each.response for each in record.read().answers] == ["c", "f"]


# What a card says of itself


def test_a_card_says_when_it_was_saved(record: Record) -> None:
    """Prevents a learner from wondering whether a press has done anything."""
    form = Form(CHOICE, record)
    before = datetime.now().timestamp()
    described = check(form, "c")
    assert described["kept"] >= 1000 * before and said(form).startswith("Saved, ")


def test_an_error_of_the_module_is_told_in_words_and_nothing_is_said_to_be_saved(
    record: Record, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a card that never answers because of a slip of ours."""
    form = Form(CHOICE, record)
    check(form, "c")
    monkeypatch.setattr(Form, "submit", lambda self, value: 1 / 0)
    described = check(form, "f")
    assert said(form) == BROKEN and at(form) == "problem"
    assert not described["reply"].get("saved") and described["reply"]["number"]
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_an_error_with_advice_is_told_as_it_is(record: Record) -> None:
    """Prevents advice from being lost on the way to the learner."""

    class Full(Card):
        label = "Full"

        def parts(self) -> list[Part]:
            return []

        def press(self, name: str, values: Any, item: str) -> None:
            raise CyberNormsError("The disk is full", remedy="Make room")

    card = Full(record)
    described = press(card, "save")
    assert "The disk is full" in described["said"]["text"]
    assert "Make room" in described["said"]["text"] and described["said"]["at"] == "problem"


def test_what_was_found_in_the_record_goes_with_the_learner_and_not_with_the_card(
    tmp_path: Path,
) -> None:
    """Prevents one learner's answers from being filled in for another at the same computer."""
    check(Form(CHOICE, Record(tmp_path / "ada")), "c")
    assert Form(CHOICE, Record(tmp_path / "bo")).values() == {"answer": None}


def test_names_in_the_record_are_those_of_before() -> None:
    """Prevents answers of earlier lessons from being no longer found."""
    record = Record()
    keys = {name: EVERY_CARD[name](record).key for name in ("law or norm", *OTHERS)}
    assert keys == {
        "law or norm": "sorter-law-or-norm",
        "asked again": f"start-source{AGAIN}",
        "forecast form": "report-forecast",
        "forecast score": "",
        "claim tracer": "claim-first-use",
        "clause": "",
        "clause lab": "clause-lab",
        "ten days": "",
        "workbench": "element-first-use",
        **{f"game, {step}": f"game-{step}" for step in step_ids()},
        "weigher": "evidence-weights",
        "hand in": "hand-in",
        "negotiation": "negotiation",
        "pair": "negotiation-pair",
        "self-marking": f"own-levels-{made_up('written').id}",
        "a page": "",
    }


def test_all_answers_in_a_record_come_back_in_a_second_kernel(record: Record) -> None:
    """Prevents a card that is right until the notebook is opened again."""
    made = Form(CHOICE, record)
    check(made, best_answer(CHOICE))
    again, first = Form(CHOICE, Record(record.folder)).describe(), made.describe()
    assert again["parts"] == first["parts"] and again["values"] == first["values"]
    assert again["state"] == first["state"] == "done" and again["answered"]


def test_drafts_are_only_kept_of_texts(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents what is typed into other cards from lying about in files."""
    kept: list[str] = []
    monkeypatch.setattr(Drafts, "keep", lambda self, id, *_: kept.append(id))
    for make in EVERY_CARD.values():
        card = make(record)
        if not card.drafts:
            card.receive({"do": "draft", "values": {"answer": "text", "name": "Ada"}})
    assert not kept


def test_a_page_that_cannot_be_made_says_why() -> None:
    """Prevents a button that does nothing where the record cannot be read."""
    broken: list[bool] = []

    def make() -> list[Any]:
        if broken:
            raise CyberNormsError("The file of answers is a folder", remedy="Move it")
        return []

    page = Reading("My progress", make, changes=True)
    broken.append(True)
    press(page, "look")
    assert at(page) == "problem" and "Move it" in said(page)
    assert any(part["is"] == "actions" and part.get("said") for part in page.describe()["parts"])
    broken.clear()
    press(page, "look")
    assert not said(page)
