"""What gives a key away is found, and the module's own questions give little away."""

from __future__ import annotations

from collections import Counter

import pytest

from cybernorms.exercises.kinds import Choice, Several
from cybernorms.exercises.lint import Finding, findings, strategy_points, surface_share
from cybernorms.exercises.options import Option
from cybernorms.exercises.question_files import load_question_sets
from cybernorms.exercises.questions import QuestionSet

SETS = load_question_sets()
CHOICES = [q for each in SETS for q in each.questions if isinstance(q, Choice)]


def option(id: str, text: str, verdict: str) -> Option:
    credit = {"correct": 1.0, "defensible": 0.5, "incorrect": 0.0}[verdict]
    return Option(id, text, verdict, credit, "Why.", "a-source", "p. 1")


def choice(id: str, texts: list[str], key: int, use: str = "graded") -> Choice:
    """Return a choice between texts, of which the one at `key` is correct."""
    options = tuple(
        option(f"option-{i}", text, "correct" if i == key else "incorrect")
        for i, text in enumerate(texts)
    )
    return Choice(
        id=id, kind="choice", use=use, outcome="O1", minutes=1, points=1, prompt="Which?",
        hint="", sources=(), passages=(), closing="", title="", ordered=False, revision="",
        open_revision="", withheld=False, options=options,
    )  # fmt: skip


def planted(key: str, other: str, count: int = 12) -> QuestionSet:
    """Return a set in which keys are worded in one way and all other options in another."""
    questions = []
    for i in range(count):
        texts = [f"{other} {'abcd'[place]}" for place in range(4)]
        texts[i % 4] = f"{key} {'abcd'[i % 4]}"
        questions.append(choice(f"q-{i}", texts, i % 4))
    return QuestionSet("planted", "Planted", "", tuple(questions))


def messages(*sets: QuestionSet) -> str:
    return "\n".join(each.message for each in findings(sets))


@pytest.mark.parametrize(
    ("key", "other", "told"),
    [
        ("It ends; it begins", "It ends as it began", "have a semicolon or colon"),
        ("A thing that is so", "A thing, as is seen", "have a clause that argues"),
        ("A thing that is it", "It is always a one", "have an absolute word"),
        ("A thing that may be", "A thing that is it", "have a hedge"),
        ("One thing, then two", "One thing then two.", "have two halves"),
        ("A thing that goes on and on and on", "A thing that is", "the key is the longest option"),
        ("A thing that is", "A thing that goes on and on and on", "the key is the shortest option"),
    ],
)
def test_a_cue_that_only_keys_have_or_lack_is_found(key: str, other: str, told: str) -> None:
    """Prevents keys that a reader of surfaces can tell from the rest."""
    found = findings([planted(key, other)])
    assert any(told in each.message for each in found)
    assert all(each.set == "planted" and each.remedy for each in found)
    assert any(told in each.message and each.question and each.option for each in found)


def test_a_cue_on_both_sides_is_no_finding() -> None:
    """Prevents a check that cries wolf."""
    assert findings([planted("It ends; it begins", "It goes; it ceases")]) == []
    assert findings([]) == []


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["It is so; it was", "It is it", "It was it", "It will be it"], "only the key has"),
        (
            ["It is so", "Not, as it is", "No, because it is", "No, since it was"],
            "every option but the key",
        ),
    ],
)
def test_one_question_can_give_its_key_away(texts: list[str], told: str) -> None:
    """Prevents a cue that is too rare to count and plain to see."""
    [found] = findings([QuestionSet("one", "One", "", (choice("q", texts, 0),))])
    assert (found.set, found.question, found.option) == ("one", "q", "option-0")
    assert told in found.message


def test_keys_at_one_place_are_found() -> None:
    """Prevents a set in which clicking the second option passes."""
    texts = ["It is a", "It is b", "It is c", "It is d"]
    questions = tuple(choice(f"q-{i}", texts, 1) for i in range(24))
    told = messages(QuestionSet("places", "Places", "", questions))
    assert "the key stands at place 2 in 24 of 24" in told
    assert "the key stands at place 1 in only 0 of 24" in told


def test_what_only_all_sets_together_show_is_told_of_all_sets() -> None:
    """Prevents a habit that hides because each set has little of it."""
    sets = [planted("It ends; it begins", "It ends as it did", count=2) for _ in range(6)]
    named = [QuestionSet(f"set-{i}", "", "", each.questions) for i, each in enumerate(sets)]
    assert "12 of 12 keys and 0 of 36 other options in all sets" in messages(*named)


def test_the_surface_model_finds_planted_keys_and_needs_twenty_choices() -> None:
    """Prevents a model that learns nothing, and one that speaks from nothing."""
    assert surface_share([planted("It ends; it begins", "It ends as it did", 20)]) == 1
    even = surface_share([planted("It is one of them", "It is one of them", 24)])
    assert even == pytest.approx(0.25)
    with pytest.raises(ValueError, match="too few"):
        surface_share([planted("It is so", "It is not so", 4)])


def test_strategies_earn_what_the_options_let_them() -> None:
    """Prevents a comparison with chance that is none."""
    long = strategy_points([planted("It goes on and on, and then some", "It goes on")])
    assert (long["longest"], long["chance"]) == (100, pytest.approx(25))
    hedged = strategy_points([planted("It may be the one", "It is always the one")])
    assert hedged["hedged"] == 100
    options = tuple(option(id, text, verdict) for id, text, verdict in (
        ("a", "A long one, and right", "correct"), ("b", "Short", "incorrect"),
        ("c", "Short", "incorrect"), ("d", "A long one, and right", "correct"),
    ))  # fmt: skip
    q = choice("q", ["a", "b"], 0)
    several = Several(
        **{name: getattr(q, name) for name in q.__struct_fields__ if name != "options"},
        options=options,
    )
    earned = strategy_points([QuestionSet("s", "S", "", (several,))])
    assert earned["longest"] == 100
    # Of the six pairs one has both keys, one has none, and four have one of each.
    assert earned["chance"] == pytest.approx(100 / 6)
    assert strategy_points([]) == {"chance": 0, "longest": 0, "hedged": 0}


def test_withheld_questions_say_nothing() -> None:
    """Prevents a crash on a bundle, whose keys stayed with the teacher."""
    texts = ["It is a", "It is b", "It is c", "It is d"]
    plain = choice("q", texts, 0)
    fields = {name: getattr(plain, name) for name in plain.__struct_fields__}
    blank = tuple(Option(each.id, each.text, "", 0, "", "", "") for each in plain.options)
    withheld = Choice(**fields | {"withheld": True, "options": blank})
    one = QuestionSet("one", "One", "", (withheld,))
    assert findings([one]) == []
    assert strategy_points([one])["chance"] == 0


# The module's own questions


def test_no_cue_is_left_in_the_questions() -> None:
    """Prevents a semicolon, a "because" or a length from telling keys from the rest."""
    found: list[Finding] = findings(SETS)
    assert found == [], "\n".join(f"{each.question}: {each.message}" for each in found)


def test_a_reader_of_surfaces_does_little_better_than_chance() -> None:
    """Prevents keys that can be found without reading."""
    assert surface_share(SETS) <= 0.33
    earned = strategy_points(SETS)
    assert earned["longest"] <= earned["chance"] + 3
    assert earned["hedged"] <= earned["chance"] + 3


def test_keys_are_spread_over_the_places() -> None:
    """Prevents a file order in which a place is never right."""
    places = Counter(
        [each.verdict for each in question.options].index("correct") for question in CHOICES
    )
    assert max(places.values()) - min(places.values()) <= 2


def test_a_third_of_the_choices_have_no_defensible_option_or_two() -> None:
    """Prevents a pattern, one key and one near miss, that lets learners strike out two."""
    near = [sum(each.verdict == "defensible" for each in q.options) for q in CHOICES]
    assert sum(count != 1 for count in near) >= len(CHOICES) / 3
