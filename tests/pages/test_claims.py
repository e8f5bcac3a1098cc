"""The claim tracer shows the way of each claim, with the outcome where it may be told."""

from __future__ import annotations

import pytest

from cybernorms.analysis.wording import kept_share
from cybernorms.corpus.claims import KINDS, SUBJECTS, load_claims
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import line_text, to_html
from cybernorms.pages.claims import (
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


def test_wordings_that_share_little_are_not_marked_word_by_word() -> None:
    """Prevents marks on words that happen to be in both of two different sentences."""
    claim = find_claim("bulk-of-conduct", lesson=EVERYTHING)
    assert kept_share(claim.steps[0].wording, claim.steps[2].wording) < 0.35
    told = flat(way_blocks(claim, 3))
    assert "[-" not in told and "Compare the sense with step 1" in told


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


# The list


def test_filters_leave_the_claims_that_they_name() -> None:
    """Prevents a filter that hides a claim or lets another through."""
    for kind in KINDS:
        assert {claim.kind for claim in listed(TracerState(kind=kind))} == {kind}
    parts = [listed(TracerState(subject=subject)) for subject in SUBJECTS]
    assert sum(map(len, parts)) == len(load_claims(lesson=EVERYTHING))


# The judgement


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
