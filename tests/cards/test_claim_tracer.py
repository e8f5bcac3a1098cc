"""The claim tracer keeps a judgement before its reading opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms import show_claims
from cybernorms.corpus.claims import JUDGEMENTS, load_claims
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import to_html
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.pages.claims import (
    WHOLE,
    TracerState,
    find_claim,
)
from cybernorms.widgets.claim_tracer import ClaimTracer, key_of

# The way


def test_steps_go_on_and_back_and_stop_at_both_ends() -> None:
    """Prevents a button that leads past the last step."""
    tracer = ClaimTracer()
    assert tracer.state.step == WHOLE
    seen = []
    for _ in range(4):
        tracer.next.click()
        seen.append(tracer.state.step)
    assert seen == [1, 2, 3, 3]
    for _ in range(3):
        tracer.previous.click()
    assert tracer.state.step == 1
    tracer.whole.click()
    assert tracer.state.step == WHOLE
    tracer.previous.click()
    assert tracer.state.step == 3


# The list


def test_a_claim_that_a_filter_hides_gives_way_to_the_first_that_it_shows() -> None:
    """Prevents a page on a claim that is not in the list."""
    tracer = ClaimTracer()
    tracer.kind.value = "quotation"
    assert find_claim(tracer.state.claim, lesson=EVERYTHING).kind == "quotation"
    assert tracer.claim.value == tracer.state.claim


def test_filters_that_no_claim_fits_say_so() -> None:
    """Prevents an empty page without a word, and an error."""
    tracer = ClaimTracer()
    tracer.kind.value, tracer.subject.value = "quotation", "people and places"
    assert "No claim fits both filters" in tracer.text()
    tracer.kind.value = ""
    assert "Step 1 of" in tracer.text()


def test_an_unknown_claim_is_told_with_those_that_there_are() -> None:
    """Prevents a traceback for a misspelt name."""
    with pytest.raises(CyberNormsError, match="no claim called 'first'") as caught:
        show_claims("first")
    assert "first-use" in str(caught.value)


# The judgement


def test_a_judgement_is_kept_before_the_reading_opens() -> None:
    """Prevents a reading that is looked at before anything was decided."""
    tracer = ClaimTracer()
    tracer.save.click()
    assert "Choose a judgement first" in tracer._status.value and not tracer._reading.value
    tracer.judgement.value = "surer"
    assert "Not saved yet" in tracer._status.value and not tracer._reading.value
    tracer.save.click()
    last = Record().read().last("claim-first-use")
    assert last is not None and last.response == "surer"
    assert "Best reading" in tracer._reading.value and "This is defensible" in tracer._reading.value


def test_each_claim_has_a_judgement_of_its_own_and_all_come_back() -> None:
    """Prevents one judgement from overwriting another, or from being asked for twice."""
    tracer = ClaimTracer()
    ids = list(JUDGEMENTS)
    chosen = {claim.id: ids[n % len(ids)] for n, claim in enumerate(load_claims(lesson=EVERYTHING))}
    for claim, judgement in chosen.items():
        tracer.claim.value = claim
        tracer.judgement.value = judgement
        tracer.submit()
    again = ClaimTracer()
    for claim, judgement in chosen.items():
        again.claim.value = claim
        assert again.judgement.value == judgement and again._reading.value
    assert "22 of 22 judged" in again.text()
    assert again.claim.label.endswith(", judged")


def test_a_choice_that_is_not_saved_waits_while_another_claim_is_open() -> None:
    """Prevents a choice from being lost by a look at another claim."""
    tracer = ClaimTracer()
    tracer.judgement.value = "different"
    tracer.claim.value = "web-page"
    assert tracer.judgement.value is None
    tracer.claim.value = "first-use"
    assert tracer.judgement.value == "different" and "Not saved yet" in tracer._status.value
    assert Record().read().last("claim-first-use") is None


def test_a_changed_judgement_closes_the_reading_until_it_is_saved() -> None:
    """Prevents a reading that stands beside another judgement."""
    tracer = ClaimTracer()
    tracer.judgement.value = "surer"
    tracer.submit()
    tracer.judgement.value = "own"
    assert not tracer._reading.value and "module\u2019s reading" not in tracer.text()
    tracer.submit()
    assert "hard to defend here" in tracer._reading.value


def test_what_cannot_be_saved_is_told_and_stays(tmp_path: Path) -> None:
    """Prevents a reading for a judgement that is lost."""
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    tracer = ClaimTracer(record=Record(blocked / "work"))
    tracer.judgement.value = "own"
    tracer.submit()
    assert "Not saved" in tracer._status.value and not tracer._reading.value
    assert tracer.judgement.value == "own"


@pytest.mark.parametrize("response", ["nonsense", 7, None, {"a": "b"}])
def test_a_judgement_that_cannot_be_read_is_left_alone(response: object) -> None:
    """Prevents a hand-edited record from breaking the lesson."""
    Record().append(key_of("first-use"), "", response)
    tracer = ClaimTracer()
    assert tracer.judgement.value is None and not tracer._reading.value


# The outcome


def test_the_view_of_lesson_06_shows_the_outcome_and_that_of_01_does_not() -> None:
    """Prevents a view that forgets in which lesson it stands when a filter changes."""
    for lesson, shown in (("01", False), ("06", True)):
        tracer = ClaimTracer(TracerState(lesson=lesson))
        tracer.subject.value = "crime and trade"
        tracer.claim.value = "ip-theft-left-out"
        assert ("This prediction did not hold." in tracer.text()) is shown
        assert ("This prediction did not hold." in tracer._outcome.value) is shown


# The text


def test_the_tracer_has_a_still_form_and_a_text_of_the_same_content() -> None:
    """Prevents printed pages and screen readers from getting less than the screen."""
    tracer = ClaimTracer()
    tracer.judgement.value = "different"
    tracer.submit()
    assert to_html(tracer.blocks()) in tracer.static_html()
    for panel in (tracer._claim, tracer._way, tracer._reading, tracer._outcome):
        assert panel.value in tracer.static_html()


def test_all_claims_can_be_read_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Prevents a tracer for those alone who can use its controls."""
    show_claims(text=True)
    printed = " ".join(capsys.readouterr().out.split())
    for claim in load_claims(lesson=EVERYTHING):
        assert f"Claim {claim.number}: {claim.name}" in printed
    assert printed.count("The module\u2019s reading") == len(load_claims(lesson=EVERYTHING))
