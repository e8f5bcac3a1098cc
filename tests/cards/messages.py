"""Speak to a card as its front end does, and read what it then describes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from cybernorms.cards.card import Card

_NUMBERS = count(1)


def send(card: Card, do: str, name: str = "", item: str = "", /, **values: Any) -> dict[str, Any]:
    """Send a message with all that is filled in, some of it changed; return the description."""
    card.receive(
        {
            "do": do,
            "name": name,
            "item": item,
            "values": {**card.values(), **values},
            "sender": "a view",
            "number": next(_NUMBERS),
        }
    )
    return card.describe()


def press(card: Card, name: str, item: str = "", /, **values: Any) -> dict[str, Any]:
    """Press a button, in a deck for an item, and return the description."""
    return send(card, "press", name, item, **values)


def change(card: Card, /, **values: Any) -> dict[str, Any]:
    """Change one control that has its effect at once, and return the description."""
    [name] = values
    return send(card, "change", name, **values)


def check(form: Card, answer: Any) -> dict[str, Any]:
    """Fill in the answer of a question and press its button; return the description."""
    return press(form, "check", answer=answer)


def write(form: Card, text: str) -> dict[str, Any]:
    """Type a text without saving it, until the front end tells; return the description."""
    return send(form, "draft", answer=text)


def sort(card: Any, line: str, choice: str) -> dict[str, Any]:
    """Choose for one line of the sheet that is open; return the description."""
    name = deck_of(card)["name"]
    return press(card, "pick", line, **{name: {**card.values()[name], line: choice}})


def answer_of(form: Card) -> Any:
    """Return what is filled in."""
    return form.describe()["values"]["answer"]


def said(card: Card) -> str:
    """Return what a card says of itself."""
    return str(card.describe()["said"].get("text", ""))


def at(card: Card) -> str:
    """Return how that looks: `saved`, `kept`, `note` or `problem`."""
    return str(card.describe()["said"].get("at", ""))


def parts_of(card: Card, kind: str) -> list[dict[str, Any]]:
    """Return the parts of one kind, as they are described."""
    return [each for each in card.describe()["parts"] if each["is"] == kind]


def deck_of(card: Card) -> dict[str, Any]:
    [deck] = parts_of(card, "deck")
    return deck


def result_of(card: Card) -> str:
    """Return how the last answer fared, in words; nothing before there is one."""
    [ask] = parts_of(card, "ask")
    result = ask.get("result")
    return flat(f"{result['word']}. {result.get('html', '')}") if result else ""


def reasons_of(card: Card) -> str:
    """Return all reasons that stand at options and lines, or below them, as text."""
    at_places = [text for name, text in texts_in(card.describe()["parts"]) if name == "why"]
    below = [each["html"] for each in parts_of(card, "html") if each.get("answered")]
    return flat(" ".join([*at_places, *below]))


def buttons_of(card: Card) -> dict[str, dict[str, Any]]:
    """Return all buttons by name."""
    return {each["name"]: each for part in parts_of(card, "actions") for each in part["buttons"]}


def page_of(card: Card) -> str:
    """Return the page below the controls of an explorer, as text."""
    return flat(str(card.describe()["parts"][-1]["html"]))


def options_of(card: Card, name: str) -> list[tuple[str, str]]:
    """Return what a field offers, each text with its value."""
    fields = [each for part in parts_of(card, "fields") for each in part["fields"]]
    [field] = [each for each in fields if each["name"] == name]
    return [(each["text"], each["value"]) for each in field.get("options", ())]


def seen(card: Card) -> str:
    """Return every text of a card's description, as one line."""
    return flat(" ".join(text for _, text in texts_in(card.describe())))


def flat(text: str) -> str:
    """Return HTML or text without tags, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def texts_in(data: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in plain data, with the name that it has there."""
    if isinstance(data, str):
        yield name, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from texts_in(value, key)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts_in(value, name)


def control_names(card: Card) -> list[str]:
    """Return the names of all controls, also those that a card has twice."""
    described = card.describe()
    asked = [part["control"]["name"] for part in described["parts"] if part["is"] == "ask"]
    fields = [
        field["name"]
        for part in described["parts"]
        if part["is"] == "fields"
        for field in part["fields"]
    ]
    return [*asked, *fields, *(part["name"] for part in described["parts"] if part["is"] == "deck")]


def sent(card: Card) -> str:
    """Return a description as it goes over the wire; an error where it cannot."""
    text = json.dumps(card.describe(), allow_nan=False, ensure_ascii=False)
    text.encode("utf-8")
    return text
