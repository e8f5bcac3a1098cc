"""The claim tracer shows the way of each claim, and opens its reading for a judgement only."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms import show_claims
from cybernorms.analysis.wording import changes, kept_share
from cybernorms.corpus.claims import JUDGEMENTS, KINDS, SUBJECTS, load_claims
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import line_text, to_html
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.pages.claims import (
    WHOLE,
    TracerState,
    changed_words,
    claim_blocks,
    find_claim,
    listed,
    marked,
    outcome_blocks,
    reading_blocks,
    tracer_blocks,
    way_blocks,
)
from cybernorms.widgets.claim_tracer import ClaimTracer, key_of
from tests.texts import flat

each_claim = pytest.mark.parametrize(
    "claim", load_claims(lesson=EVERYTHING), ids=lambda claim: claim.id
)


# The words


def test_the_lost_not_is_marked_by_signs_and_named_in_a_line() -> None:
    """Prevents a loss that only those who see colours can find."""
    newspaper, post = find_claim("first-use", lesson=EVERYTHING).steps[1:]
    told = line_text(marked(newspaper.wording, post.wording))
    assert "[-that it will not-][+to+] be the first" in told
    words = changed_words(newspaper.wording, post.wording)
    assert "Gone: \u201cthat it will not\u201d" in words and "\u201ctake down\u201d" in words
    html = to_html(way_blocks(find_claim("first-use", lesson=EVERYTHING)))
    assert "<del>that it will not</del>" in html and "<ins>take down</ins>" in html


def test_a_run_of_changed_words_is_one_change() -> None:
    """Prevents a sentence that is cut into crumbs at each space."""
    before, after = "not, at least at first, protect against theft", "not likely address theft"
    assert [text for text, what in changes(before, after) if what == "lost"] == [
        ", at least at first, protect against"
    ]


def test_wordings_that_share_little_are_not_marked_word_by_word() -> None:
    """Prevents marks on words that happen to be in both of two different sentences."""
    claim = find_claim("bulk-of-conduct", lesson=EVERYTHING)
    assert kept_share(claim.steps[0].wording, claim.steps[2].wording) < 0.35
    told = flat(way_blocks(claim, 3))
    assert "[-" not in told and "Compare the sense with step 1" in told


@pytest.mark.parametrize(
    ("before", "after", "share"), [("a b c", "a b c", 1.0), ("a b", "c d", 0.0), ("", "", 1.0)]
)
def test_the_share_of_kept_words_runs_from_none_to_all(
    before: str, after: str, share: float
) -> None:
    """Prevents a threshold that nothing, or everything, passes."""
    assert kept_share(before, after) == share


# The way


@each_claim
def test_the_whole_way_has_every_step_with_speaker_day_and_status(claim) -> None:
    """Prevents a chain with a hidden link, and an unread text that looks like a read one."""
    text = flat(way_blocks(claim))
    for step in claim.steps:
        assert f"Step {step.position} of {len(claim.steps)}: {step.speaker}" in text
        if step.status in ("not found", "unverified"):
            assert f"({step.status})" in text and "No words to read." in text
    assert sum(text.count(f"Step {n} of") for n in (1, 2, 3, 4)) == len(claim.steps)


@each_claim
def test_a_claim_says_its_kind_its_subject_its_stage_and_its_force(claim) -> None:
    """Prevents a deal that was only reported from passing for one that was made."""
    text = flat(claim_blocks(claim))
    assert f"Kind of claim: {claim.kind}" in text and f"Subject: {claim.subject}" in text
    stage = f"Stage of the text or deal: {claim.quoted_stage} Force of the text or deal:"
    assert (stage in text) is bool(claim.quoted_stage)


def test_own_words_and_paraphrase_are_told_apart() -> None:
    """Prevents words of this module from being quoted as words of the newspaper."""
    text = flat(way_blocks(find_claim("ip-theft-left-out", lesson=EVERYTHING)))
    assert "Word for word: \u201cat least in its first version\u201d." in text
    assert "In other words." in flat(way_blocks(find_claim("sepulveda-office", lesson=EVERYTHING)))


def test_a_change_is_explained_only_after_the_judgement() -> None:
    """Prevents a judgement that is read off the page instead of made."""
    for claim in load_claims(lesson=EVERYTHING):
        before = flat(tracer_blocks(TracerState(claim.id)))
        after = flat(tracer_blocks(TracerState(claim.id), "own"))
        for step in claim.steps[1:]:
            told = " ".join(line_text(step.change).split())
            assert told in after
            assert told not in before
        assert not claim.note or " ".join(line_text(claim.note).split()) in after
        assert not claim.note or " ".join(line_text(claim.note).split()) not in before


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


def test_filters_leave_the_claims_that_they_name() -> None:
    """Prevents a filter that hides a claim or lets another through."""
    for kind in KINDS:
        assert {claim.kind for claim in listed(TracerState(kind=kind))} == {kind}
    parts = [listed(TracerState(subject=subject)) for subject in SUBJECTS]
    assert sum(map(len, parts)) == len(load_claims(lesson=EVERYTHING))


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


@each_claim
def test_every_reading_has_all_its_reasons(claim) -> None:
    """Prevents a defensible reading from being kept from those who chose it."""
    text = flat(reading_blocks(claim, "own"))
    for each in claim.readings:
        assert flat([*reading_blocks(claim)]).count(f", {each.judgement}.") == 1
        assert " ".join(line_text(each.reason).split()) in text


# The outcome


@pytest.mark.parametrize("lesson", ["00", "01", "05"])
def test_no_outcome_is_shown_before_lesson_06(lesson: str) -> None:
    """Prevents an end that is told before the learner has forecast it."""
    for claim in load_claims(lesson=EVERYTHING):
        text = flat(tracer_blocks(TracerState(claim.id, lesson=lesson), "own"))
        assert not claim.outcome or " ".join(line_text(claim.outcome).split()) not in text
        opens = "What came of it opens in lesson 06."
        assert (opens in text) is bool(claim.outcome)
        assert "What came of it -" not in text and "prediction held" not in text


def test_lesson_06_gives_predictions_that_held_their_due() -> None:
    """Prevents a lesson that counts only failures."""
    told = {claim.id: flat(outcome_blocks(claim)) for claim in load_claims(lesson=EVERYTHING)}
    assert "This prediction held." in told["no-explicit-prohibition"]
    assert "This prediction held." in told["code-of-conduct"]
    assert "This prediction held in part." in told["negotiate-during-visit"]
    assert "This prediction did not hold." in told["ip-theft-left-out"]
    assert told["julie-zeller"] == ""


def test_an_outcome_has_its_source_and_says_how_far_it_was_checked() -> None:
    """Prevents an outcome that learners must take on trust."""
    for claim in load_claims(lesson=EVERYTHING):
        if claim.outcome_source:
            text = flat(outcome_blocks(claim))
            assert claim.outcome_pinpoint in text
            assert (f"({claim.outcome_status})" in text) is (claim.outcome_status != "primary")


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
