"""Forms as a learner handles them: fill in, read back, press, and read what is said."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator

from cybernorms.exercises.feedback import headline
from cybernorms.exercises.kinds import (
    Choice,
    Clause,
    Forecast,
    Match,
    Number,
    Order,
    Several,
    Written,
)
from cybernorms.exercises.marking import Mark
from cybernorms.exercises.questions import Question
from tests.browser.lab import eventually


def one_line(text: str) -> str:
    """Return text with each run of spaces and line ends as one space."""
    return " ".join(text.split())


def fill_in(card: Locator, question: Question, response: Any) -> None:
    """Fill a form in by mouse, through the names that a screen reader would hear."""
    match question:
        case Choice():
            text = {option.id: option.text for option in question.options}[response]
            card.get_by_role("radio", name=text, exact=True).check()
        case Several():
            for option in question.options:
                box = card.get_by_role("checkbox", name=option.text, exact=True)
                box.set_checked(option.id in response)
        case Match():
            for item in question.items:
                field = card.get_by_role("combobox", name=item.text, exact=True)
                field.select_option(label=question.categories[response[item.id]])
        case Clause():
            for part in question.parts:
                text = {option.id: option.text for option in part.options}[response[part.id]]
                field = card.get_by_role("combobox", name=part.label, exact=True)
                field.select_option(label=text)
        case Order():
            put_in_order(card, question, response)
        case Number():
            card.get_by_role("textbox").fill(str(response))
        case Written():
            card.get_by_role("textbox").fill(response)


def put_in_order(card: Locator, question: Order, response: list[str]) -> None:
    """Move each line up, the first first, until it has its place."""
    texts = {item.id: item.text for item in question.items}
    for place, id in enumerate(response):
        lines = read_form(card, question)
        card.get_by_role("listbox").select_option(index=lines.index(id))
        for at in range(lines.index(id), place, -1):
            card.get_by_role("button", name="Move up").click()
            moved = card.get_by_role("option", name=f"{at}. {texts[id]}", exact=True)
            moved.wait_for(state="attached")


def read_form(card: Locator, question: Question) -> Any:
    """Return what a form holds on the screen, in the form of a response."""

    def chosen(field: Locator) -> str:
        return one_line(field.evaluate("field => field.selectedOptions[0]?.text ?? ''"))

    match question:
        case Choice():
            for option in question.options:
                if card.get_by_role("radio", name=option.text, exact=True).is_checked():
                    return option.id
            return None
        case Several():
            return [
                option.id
                for option in question.options
                if card.get_by_role("checkbox", name=option.text, exact=True).is_checked()
            ]
        case Match():
            ids = {text: id for id, text in question.categories.items()}
            fields = {
                item.id: card.get_by_role("combobox", name=item.text, exact=True)
                for item in question.items
            }
            texts = {id: chosen(field) for id, field in fields.items()}
            return {id: ids[text] for id, text in texts.items() if text in ids}
        case Clause():
            found = {}
            for part in question.parts:
                field = card.get_by_role("combobox", name=part.label, exact=True)
                text = chosen(field)
                for option in part.options:
                    if option.text == text:
                        found[part.id] = option.id
            return found
        case Order():
            ids = {item.text: item.id for item in question.items}
            lines = card.get_by_role("option").all_text_contents()
            return [ids[one_line(line).partition(". ")[2]] for line in lines]
        case Number():
            return float(card.get_by_role("textbox").input_value())
        case Forecast():
            fields = {
                statement.id: card.get_by_role("textbox", name=statement.text, exact=True)
                for statement in question.statements
            }
            typed = {id: field.input_value() for id, field in fields.items()}
            return {id: text for id, text in typed.items() if text}
        case Written():
            return card.get_by_role("textbox").input_value()
    raise TypeError(f"no form is known for a {question.kind}")


def press(card: Locator, name: str) -> None:
    card.get_by_role("button", name=name, exact=True).click()


def result(card: Locator) -> str:
    """Return the line that says how an answer fared, or nothing."""
    shown = card.locator(".cn-result").all_text_contents()
    return one_line(shown[0]) if shown else ""


def reasons(card: Locator) -> list[str]:
    """Return the reasons below a form."""
    return [one_line(text) for text in card.locator(".cn-reasons li").all_text_contents()]


def expect_result(card: Locator, text: str) -> None:
    """Wait until a form says how an answer fared, as an alert that a screen reader speaks."""
    alert = card.get_by_role("alert").filter(has_text=text)
    eventually(card.page, lambda: alert.count() > 0, f"{text!r} is said; it says {result(card)!r}")


def expect_mark(card: Locator, given: Mark) -> None:
    """Wait until a form says how an answer fared and that it is saved, with every reason."""

    def told() -> bool:
        said = result(card)
        return said.startswith(headline(given)) and given.message in said and "Saved" in said

    eventually(card.page, told, f"{headline(given)!r} and saved; it says {result(card)!r}")
    # The reasons come just behind the line that announces them.
    many = len(given.feedback)
    eventually(card.page, lambda: len(reasons(card)) == many, f"{many} reasons are given")
    shown = reasons(card)
    for line, feedback in zip(shown, given.feedback, strict=True):
        assert one_line(feedback.reason) in line
        assert feedback.given in line
    if given.closing:
        assert one_line(given.closing) in one_line(card.locator(".cn-closing").text_content() or "")
