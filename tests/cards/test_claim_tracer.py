"""The claim tracer keeps a judgement before its reading opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cybernorms.cards.claim_tracer import ClaimTracer
from cybernorms.corpus.claims import JUDGEMENTS, load_claims
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_html
from cybernorms.exercises.record import Record
from cybernorms.pages.claims import TracerState, find_claim, key_of
from tests.cards.messages import at, buttons_of, change, flat, parts_of, press, said, seen

READING = "The module\u2019s reading"


def judge(tracer: ClaimTracer, judgement: str | None) -> dict[str, Any]:
    """Choose a judgement for the claim on the screen and press the button."""
    claim = tracer.values()["claim"]
    return press(tracer, "save", **{f"judgement-{claim}": judgement})


def judgement_in(tracer: ClaimTracer) -> Any:
    values = tracer.values()
    return values[f"judgement-{values['claim']}"]


def reading_in(tracer: ClaimTracer) -> str:
    """Return the reading, as far as it is open."""
    return flat(" ".join(each["html"] for each in parts_of(tracer, "html") if each.get("answered")))


def fields_of(tracer: ClaimTracer) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for part in parts_of(tracer, "fields") for each in part["fields"]}


# The way


def step_in(tracer: ClaimTracer) -> str:
    """Return which step is in sight, by the buttons that lead no further."""
    off = {name for name, each in buttons_of(tracer).items() if each.get("off")}
    return " ".join(sorted(off))


def test_steps_go_on_and_back_and_stop_at_both_ends() -> None:
    """Prevents a button that leads past the last step."""
    tracer = ClaimTracer()
    assert step_in(tracer) == "whole"
    seen_steps = []
    for _ in range(4):
        press(tracer, "next")
        seen_steps.append((step_in(tracer), "Step 3" in tracer.text()))
    assert seen_steps == [("previous", False), ("", False), ("next", True), ("next", True)]
    for _ in range(3):
        press(tracer, "previous")
    assert step_in(tracer) == "previous" and "Step 1 of 3" in tracer.text()
    press(tracer, "whole")
    assert step_in(tracer) == "whole"
    press(tracer, "previous")
    assert step_in(tracer) == "next"


# The list


def test_a_claim_that_a_filter_hides_gives_way_to_the_first_that_it_shows() -> None:
    """Prevents a page on a claim that is not in the list."""
    tracer = ClaimTracer()
    values = change(tracer, kind="quotation")["values"]
    assert find_claim(values["claim"], lesson=EVERYTHING).kind == "quotation"
    offered = [each["value"] for each in fields_of(tracer)["claim"]["options"]]
    assert values["claim"] == offered[0]


def test_filters_that_no_claim_fits_say_so() -> None:
    """Prevents an empty page without a word, and an error."""
    tracer = ClaimTracer()
    change(tracer, kind="quotation")
    change(tracer, subject="people and places")
    assert "No claim fits both filters" in tracer.text()
    assert "No claim fits both filters" in seen(tracer) and not buttons_of(tracer)
    change(tracer, kind="")
    assert "Step 1 of" in tracer.text() and buttons_of(tracer)


def test_what_no_list_offers_changes_nothing() -> None:
    """Prevents a claim that is not there from being judged under its name."""
    tracer = ClaimTracer()
    before = tracer.values()
    for name in ("kind", "subject", "claim"):
        change(tracer, **{name: "zzz"})
        assert tracer.values() == before


# The judgement


def test_a_judgement_is_kept_before_the_reading_opens() -> None:
    """Prevents a reading that is looked at before anything was decided."""
    tracer = ClaimTracer()
    assert tracer.describe()["keeps"] and not tracer.describe().get("answered")
    judge(tracer, None)
    assert "Choose a judgement first" in said(tracer) and at(tracer) == "problem"
    assert not reading_in(tracer) and not Record().read().answers
    described = judge(tracer, "surer")
    assert described["reply"]["saved"] and described["answered"] and at(tracer) == "saved"
    last = Record().read().last("claim-first-use")
    assert last is not None and last.response == "surer"
    assert "Best reading" in reading_in(tracer) and "This is defensible" in reading_in(tracer)


def test_each_claim_has_a_judgement_of_its_own_and_all_come_back() -> None:
    """Prevents one judgement from overwriting another, or from being asked for twice."""
    tracer = ClaimTracer()
    ids = list(JUDGEMENTS)
    chosen = {claim.id: ids[n % len(ids)] for n, claim in enumerate(load_claims(lesson=EVERYTHING))}
    for claim, judgement in chosen.items():
        change(tracer, claim=claim)
        judge(tracer, judgement)
    again = ClaimTracer()
    for claim, judgement in chosen.items():
        change(again, claim=claim)
        assert judgement_in(again) == judgement and reading_in(again)
        assert "saved and filled in" in said(again)
    assert "22 of 22 judged" in again.text() and "22 of 22 judged" in seen(again)
    assert all(each["text"].endswith(", judged") for each in fields_of(again)["claim"]["options"])


def test_a_choice_that_is_not_saved_is_not_taken_to_another_claim() -> None:
    """Prevents one claim from being judged by what was chosen for another.

    What waits unsaved is kept in the browser, by a control that has the claim in its name.
    """
    tracer = ClaimTracer()
    tracer.receive(
        {
            "do": "change",
            "name": "claim",
            "values": {**tracer.values(), "claim": "web-page", "judgement-first-use": "different"},
        }
    )
    assert tracer.values()["claim"] == "web-page" and judgement_in(tracer) is None
    press(tracer, "save")
    assert "Choose a judgement first" in said(tracer)
    assert not Record().read().answers


def test_a_changed_judgement_takes_the_place_of_the_one_before() -> None:
    """Prevents a reading that stands beside another judgement."""
    tracer = ClaimTracer()
    judge(tracer, "surer")
    judge(tracer, "own")
    assert "hard to defend here" in reading_in(tracer)
    assert "hard to defend here" in flat(tracer.text())
    last = Record().read().last("claim-first-use")
    assert last is not None and last.response == "own"


def test_what_cannot_be_saved_is_told(tmp_path: Path) -> None:
    """Prevents a reading for a judgement that is lost."""
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    tracer = ClaimTracer(record=Record(blocked / "work"))
    described = judge(tracer, "own")
    assert "Not saved" in said(tracer) and at(tracer) == "problem" and not reading_in(tracer)
    # Nothing was saved, so the front end leaves the choice as it is on the screen.
    assert not described["reply"].get("saved")


@pytest.mark.parametrize("response", ["nonsense", 7, None, {"a": "b"}])
def test_a_judgement_that_cannot_be_read_is_left_alone(response: object) -> None:
    """Prevents a hand-edited record from breaking the lesson."""
    Record().append(key_of("first-use"), "", response)
    tracer = ClaimTracer()
    assert judgement_in(tracer) is None and not reading_in(tracer)


# The outcome


def test_the_view_of_lesson_06_shows_the_outcome_and_that_of_01_does_not() -> None:
    """Prevents a view that forgets in which lesson it stands when a filter changes."""
    for lesson, shown in (("01", False), ("06", True)):
        tracer = ClaimTracer(TracerState(lesson=lesson))
        change(tracer, subject="crime and trade")
        change(tracer, claim="ip-theft-left-out")
        assert ("This prediction did not hold." in tracer.text()) is shown
        assert ("This prediction did not hold." in seen(tracer)) is shown


# The text


def test_the_text_of_the_tracer_has_all_that_is_on_the_screen() -> None:
    """Prevents printed pages and screen readers from getting less than the screen."""
    tracer = ClaimTracer()
    judge(tracer, "different")
    page = flat(to_html(tracer.blocks()))
    shown = [flat(each["html"]) for each in parts_of(tracer, "html")]
    assert len([text for text in shown if text]) >= 5
    for text in shown:
        assert text in page
    assert READING in tracer.text()
