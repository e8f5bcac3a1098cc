"""What a screen reader meets in each kind of card, in order: the accessibility tree of Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Locator

from cybernorms.cards.card import Card
from cybernorms.cards.forecast_form import ForecastForm
from cybernorms.cards.form import Form
from cybernorms.cards.hand_in import HandIn
from cybernorms.exercises.question_files import find_question, load_question_sets
from tests.answers import best_answer, worst_answer
from tests.browser.lab import ROOT
from tests.browser.stand import Stand, cards_of

QUIET = {"none", "generic", "StaticText", "InlineTextBox", "LineBreak", "ListMarker", "paragraph"}


@pytest.fixture(scope="module")
def stand(context: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CYBERNORMS_WORK", str(tmp_path_factory.mktemp("work")))
        patch.chdir(ROOT / "notebooks")
        page = context.new_page()
        yield Stand(page)
        page.close()


def heard(card: Locator) -> list[tuple[str, str]]:
    """Return what is met in a card from top to bottom: role and name, or text and its words."""
    session: CDPSession = card.page.context.new_cdp_session(card.page)
    handle: Any = session.send(
        "Runtime.evaluate",
        {"expression": "[...document.querySelectorAll('form.cn')].at(-1)"},
    )
    object_id = handle["result"]["objectId"]
    tree: Any = session.send("Accessibility.getFullAXTree")
    node: Any = session.send("DOM.describeNode", {"objectId": object_id})
    by_id = {each["nodeId"]: each for each in tree["nodes"]}
    backend = node["node"]["backendNodeId"]
    top = next(each for each in tree["nodes"] if each.get("backendDOMNodeId") == backend)
    session.detach()
    found: list[tuple[str, str]] = []

    def walk(each: Any) -> None:
        role = each.get("role", {}).get("value", "")
        name = " ".join(each.get("name", {}).get("value", "").split())
        if not each.get("ignored"):
            if role == "StaticText":
                found.append(("text", name))
                return
            if role not in QUIET:
                found.append((role, name))
        for child in each.get("childIds", []):
            if child in by_id:
                walk(by_id[child])

    walk(top)
    return found


def places(found: list[tuple[str, str]], *wanted: tuple[str, str]) -> list[int]:
    """Return where each of some things is first met after the one before it."""
    at, result = 0, []
    for role, start in wanted:
        match = [
            place
            for place in range(at, len(found))
            if found[place][0] == role and found[place][1].startswith(start)
        ]
        assert match, f"after {result}: no {role} called {start!r} among {found[at:]}"
        at = match[0] + 1
        result.append(match[0])
    return result


def first_of(kind: str) -> Any:
    """Return the first practice question of a kind."""
    return next(
        each
        for every in load_question_sets()
        for each in every.questions
        if each.kind == kind and each.use != "entry"
    )


def fill(card: Card, answer: Any) -> None:
    card.receive({"do": "press", "name": "check", "values": {"answer": answer}, "number": 1})


@pytest.mark.parametrize("kind", ["choice", "several", "match", "order", "clause", "number"])
def test_a_question_is_heard_before_its_verdict_and_that_before_its_answers(
    kind: str, stand: Stand
) -> None:
    """Prevents that a verdict is met only after all answers, or without the question it is on."""
    question = first_of(kind)
    form = Form(question)
    fill(form, worst_answer(question) if kind != "number" else str(best_answer(question)))
    found = heard(stand.put(form))
    result = form.result
    assert result is not None
    inputs = {
        "choice": "radio",
        "several": "checkbox",
        "order": "list",
        "number": "textbox",
    }
    control = next(
        role
        for role, _ in found
        if role in (inputs.get(kind, ""), "radio", "combobox", "MenuListPopup")
    )
    after_verdict = [("group", ""), ("radio", "")] if control == "radio" else [(control, "")]
    wanted = [
        ("group", form.label),
        ("group", question.prompt[:40].strip()),
        ("text", result.word),
        *(after_verdict if kind in ("match", "clause") else [(control, "")]),
        ("button", "Answer again"),
        ("text", "Saved"),
    ]
    places(found, *wanted)


def test_a_text_is_heard_with_its_question_and_how_it_is_marked(stand: Stand) -> None:
    question = first_of("written")
    found = heard(stand.put(Form(question)))
    places(
        found,
        ("group", question.name),
        ("group", question.prompt[:30]),
        ("textbox", ""),
        ("button", "Save"),
    )


def test_a_forecast_is_heard_number_by_number(stand: Stand) -> None:
    question: Any = find_question("report-forecast")
    found = heard(stand.put(ForecastForm(question)))
    lines = [
        (role, text)
        for each in question.statements
        for role, text in (("slider", "Slider: " + each.text), ("textbox", each.text))
    ]
    places(found, ("group", question.prompt[:30]), *lines, ("button", "Save"))


def shown(stand: Stand, lesson: str, cell: str) -> list[tuple[str, str]]:
    """Return what is heard of the card of a cell."""
    (notebook,) = (ROOT / "notebooks").glob(f"{lesson}-*.ipynb")
    return heard(stand.put(cards_of(str(notebook.relative_to(ROOT)))[cell][0], cell))


def test_an_explorer_is_heard_from_its_name_over_its_controls_to_its_page(stand: Stand) -> None:
    places(
        shown(stand, "02", "explorer"),
        ("group", "Norm explorer"),
        ("heading", "Norm explorer"),
        ("group", "Wording"),
        ("radio", "All"),
        ("group", "Norm"),
        ("radio", "a Cooperate for stability"),
        ("combobox", "Compare with"),
        ("button", "Previous norm"),
        ("heading", "Norm (a)"),
        ("blockquote", ""),
        ("link", "A/70/174"),
        ("text", "primary"),
        ("text", "voluntary"),
    )


def test_a_deck_is_heard_from_its_place_over_the_passage_to_its_buttons(stand: Stand) -> None:
    places(
        shown(stand, "03", "law-or-norm"),
        ("group", "Law or norm"),
        ("text", "Passage 1 of 10"),
        ("image", "0 of 10 judged"),
        ("blockquote", ""),
        ("group", "Your reading"),
        ("button", "Restates law"),
        ("button", "Neither"),
        ("button", "Next passage"),
    )


def test_a_tracer_is_heard_from_the_claim_over_its_way_to_the_judgement(stand: Stand) -> None:
    places(
        shown(stand, "01", "claims"),
        ("group", "Claim tracer"),
        ("combobox", "Claim"),
        ("heading", "Claim 3"),
        ("button", "Next step"),
        ("heading", "Step 1 of 3"),
        ("group", "What is this claim"),
        ("radio", "says what its source says"),
        ("button", "Save my judgement"),
    )


@pytest.mark.parametrize(
    ("lesson", "cell", "wanted"),
    [
        (
            "05",
            "clause-lab",
            [
                ("heading", "Clause lab"),
                ("button", "Each of the two States. Who?"),
                ("group", "Cases under your clause"),
                ("button", "Keep this clause"),
                ("combobox", "A real clause beside it"),
            ],
        ),
        (
            "06",
            "workbench",
            [
                ("combobox", "Element"),
                ("heading", "Until 22 September 2015"),
                ("group", "My guess"),
                ("radio", "It came in"),
                ("button", "Save and open"),
            ],
        ),
        (
            "06",
            "weigher",
            [
                ("group", "How likely"),
                ("group", "The deal"),
                ("text", "Item 1 of"),
                ("group", "It counts"),
                ("button", "not at all"),
            ],
        ),
        ("06", "score", [("heading", ""), ("button", "Open the outcomes")]),
        (
            "02",
            "rooms",
            [
                ("radio", "2004"),
                ("button", "Next round"),
                ("button", "Egypt"),
                ("DisclosureTriangle", "Show the numbers"),
            ],
        ),
        ("00", "map", [("heading", "The module at a glance"), ("table", ""), ("button", "Look")]),
    ],
)
def test_other_cards_are_heard_in_order(
    lesson: str, cell: str, wanted: list[tuple[str, str]], stand: Stand
) -> None:
    places(shown(stand, lesson, cell), ("group", ""), *wanted)


def test_handing_in_is_heard_from_what_it_holds_to_the_button(stand: Stand) -> None:
    found = heard(stand.put(HandIn("", load_question_sets())))
    places(found, ("group", "Hand in"), ("textbox", "Your name"), ("button", "Write the file"))


def test_only_one_thing_on_a_card_announces_a_press(stand: Stand) -> None:
    """Prevents that a screen reader hears the same word twice."""
    card = stand.put(Form(first_of("choice")))
    assert card.get_by_role("status").count() == 1
