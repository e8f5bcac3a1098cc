"""What a card is made of, as it is sent."""

from __future__ import annotations

from msgspec import to_builtins

from cybernorms.cards.parts import (
    Ask,
    Choice,
    Description,
    Html,
    Options,
    Part,
    Ranking,
    Result,
    Text,
)


def test_what_is_as_usual_is_not_sent() -> None:
    """Prevents a lesson of forty cards from being sent as four."""
    sent = to_builtins(Description("A card", [Html("<p>Text</p>")], {"answer": None}))
    assert sent == {
        "label": "A card",
        "parts": [{"is": "html", "html": "<p>Text</p>"}],
        "values": {"answer": None},
    }


def test_every_part_and_control_says_what_it_is() -> None:
    """Prevents a part that the front end cannot tell from another."""
    tags = [kind.__struct_config__.tag for kind in Part.__subclasses__()]
    assert len(tags) >= 6 and len(set(tags)) == len(tags)
    controls = [Options("a", []), Ranking("a", []), Text("a", "A text", 1, 2)]
    assert [to_builtins(each)["is"] for each in controls] == ["options", "ranking", "text"]


def test_a_question_is_sent_with_its_options_result_and_reasons() -> None:
    """Prevents a name that is changed here and still looked for in the front end."""
    asked = Ask(
        "Which one?",
        Options("answer", [Choice("a", "This", why="<b>Since</b>"), Choice("b", "That")]),
        result=Result("correct", "Correct"),
    )
    assert to_builtins(asked) == {
        "is": "ask",
        "legend": "Which one?",
        "control": {
            "is": "options",
            "name": "answer",
            "options": [
                {"value": "a", "text": "This", "why": "<b>Since</b>"},
                {"value": "b", "text": "That"},
            ],
        },
        "result": {"look": "correct", "word": "Correct"},
    }
