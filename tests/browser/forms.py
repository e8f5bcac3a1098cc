"""Forms as a learner handles them: fill in, read back, press, and read what is said."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

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


def answer_again(card: Locator) -> None:
    """Open an answered form for another answer."""
    if card.get_attribute("data-state") == "done":
        press(card, "Answer again")


def fill_in(card: Locator, question: Question, response: Any) -> None:
    """Fill a form in by mouse, through the names that a screen reader would hear."""
    answer_again(card)
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
                _choose(card, item.text, question.categories[response[item.id]])
        case Clause():
            for part in question.parts:
                text = {option.id: option.text for option in part.options}[response[part.id]]
                _choose(card, part.label, text)
        case Order():
            put_in_order(card, question, response)
        case Number():
            card.get_by_role("textbox").fill(str(response))
        case Forecast():
            for statement in question.statements:
                field = card.get_by_role("textbox", name=statement.text, exact=True)
                field.fill(str(response[statement.id]))
        case Written():
            card.get_by_role("textbox").fill(response)


def _choose(card: Locator, line: str, text: str) -> None:
    """Choose for a line, from a list or from words that stand side by side."""
    field = card.get_by_role("combobox", name=line, exact=True)
    if field.count():
        field.select_option(label=text)
    else:
        chips = card.get_by_role("group", name=line, exact=True)
        chips.get_by_role("radio", name=text, exact=True).check()


def put_in_order(card: Locator, question: Order, response: list[str]) -> None:
    """Move each line up, the first first, until it has its place; at least one is moved."""
    texts = {item.id: item.text for item in question.items}
    if read_form(card, question) == response:
        card.get_by_role("button", name=f"Down: {texts[response[0]]}", exact=True).click()
    for place, id in enumerate(response):
        for _ in range(read_form(card, question).index(id) - place):
            card.get_by_role("button", name=f"Up: {texts[id]}", exact=True).click()


# In a page, what a form shows, by the names on it; by an eye of its own, which knows no control.
SCREEN = """form => {
    const bare = node => {
        const copy = node.cloneNode(true);
        copy.querySelectorAll('.cn-letter, kbd, small').forEach(each => each.remove());
        return (copy.textContent ?? '').replace(/\\s+/g, ' ').trim();
    };
    const ask = form.querySelector('.cn-ask');
    if (!ask) return null;
    const labelled = box => bare(box.labels[0].querySelector('span'));
    const all = what => [...ask.querySelectorAll(what)];
    if (ask.querySelector('.cn-opts'))
        return all('.cn-opts input').filter(each => each.checked).map(labelled);
    if (ask.querySelector('.cn-order'))
        return all('.cn-order > li').map(each => bare(each.querySelector('span')));
    if (ask.querySelector('textarea')) return ask.querySelector('textarea').value;
    if (ask.querySelector('.cn-percents, .cn-rows')) {
        const found = {};
        for (const field of ask.querySelectorAll('input[type=text]'))
            if (field.value) found[bare(field.labels[0])] = field.value;
        for (const field of ask.querySelectorAll('select'))
            if (field.value) found[bare(field.labels[0])] = field.selectedOptions[0].text;
        for (const field of all('.cn-rows fieldset input').filter(each => each.checked))
            found[bare(field.closest('fieldset').querySelector('legend'))] = labelled(field);
        return found;
    }
    return ask.querySelector('input[type=text]').value;
}"""


def response_of(question: Question, screen: Any) -> Any:
    """Return what stands on a screen in the form of a response, from the names to the ids."""

    def id_in(options: Any, text: str) -> str:
        [found] = [option.id for option in options if one_line(option.text) == one_line(text)]
        return str(found)

    match question:
        case Choice():
            return id_in(question.options, screen[0]) if screen else None
        case Several():
            chosen = {id_in(question.options, text) for text in screen}
            return [option.id for option in question.options if option.id in chosen]
        case Match():
            ids = {one_line(text): id for id, text in question.categories.items()}
            lines = {one_line(item.text): item.id for item in question.items}
            return {lines[one_line(line)]: ids[one_line(each)] for line, each in screen.items()}
        case Clause():
            parts = {one_line(part.label): part for part in question.parts}
            chosen_in = {parts[one_line(label)]: text for label, text in screen.items()}
            return {part.id: id_in(part.options, text) for part, text in chosen_in.items()}
        case Order():
            return [id_in(question.items, text) for text in screen]
        case Forecast():
            lines = {one_line(each.text): each.id for each in question.statements}
            return {lines[one_line(line)]: number for line, number in screen.items()}
    return screen


def read_form(card: Locator, question: Question) -> Any:
    """Return what a form holds on the screen, in the form of a response."""
    return response_of(question, card.evaluate(SCREEN))


def press(card: Locator, name: str) -> None:
    card.get_by_role("button", name=name, exact=True).click()


_FOCUS = """() => {
    const focus = document.activeElement;
    const text = focus.getAttribute('aria-label') ?? focus.labels?.[0]?.textContent
        ?? focus.textContent;
    return focus.closest('.cn') ? text.trim() : '';
}"""


def tab_to(page: Page, name: str, most: int = 24) -> None:
    """Press Tab until a control of a card has the focus."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(_FOCUS))
        if passed[-1] == name:
            return
    raise AssertionError(f"{name} is not among {passed}")


def result(card: Locator) -> str:
    """Return what says how an answer fared, or nothing."""
    shown = card.locator(".cn-result").all_text_contents()
    return one_line(shown[0]) if shown else ""


def said(card: Locator) -> str:
    """Return what a form says of where its answer is, beside its buttons."""
    return one_line(" ".join(card.locator(".cn-said").all_text_contents()))


def reasons(card: Locator) -> list[str]:
    """Return the reasons of a form, at the options and below."""
    found = card.locator(".cn-why, .cn-reasons li").all_text_contents()
    return [one_line(text) for text in found]


def expect_result(card: Locator, text: str) -> None:
    """Wait until a form says something of how a press went."""
    eventually(
        card.page,
        lambda: text in f"{result(card)} {said(card)}",
        f"{text!r} is said; it says {result(card)!r} and {said(card)!r}",
    )


def expect_mark(card: Locator, given: Mark) -> None:
    """Wait until a form says how an answer fared and that it is saved, with every reason."""

    def told() -> bool:
        shown = result(card)
        fared = shown.startswith(headline(given)) and one_line(given.message) in shown
        return fared and said(card).startswith(("Saved", "Your answer, saved"))

    eventually(
        card.page,
        told,
        f"{headline(given)!r} and saved; it says {result(card)!r} and {said(card)!r}",
    )
    shown = " ".join(reasons(card))
    for feedback in given.feedback:
        assert one_line(feedback.reason) in shown
    if given.closing:
        assert one_line(given.closing) in result(card)
