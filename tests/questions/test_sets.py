"""The question sets in `exercises/questions/`: each rule says which failure it prevents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from cybernorms.corpus.assembly import find_resolution, load_members, load_positions
from cybernorms.corpus.incidents import find_incident
from cybernorms.corpus.instruments import find_instrument
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.corpus.process import load_outcomes
from cybernorms.corpus.sources import load_sources
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.kinds import Choice, Clause, Match, Number, Order, Several, Value, Written
from cybernorms.exercises.marking import mark
from cybernorms.exercises.options import Option
from cybernorms.exercises.question_files import find_question, load_question_sets
from cybernorms.exercises.questions import Question, QuestionSet
from cybernorms.exercises.responses import count_words
from cybernorms.paths import questions_dir
from tests.answers import best_answer, blank_answers, credit, malformed_answers, worst_answer
from tests.paths import ROOT

SETS = load_question_sets()
QUESTIONS = [question for each in SETS for question in each.questions]
GRADED_KINDS = {"choice", "several", "match", "order", "number", "clause", "written"}

each_set = pytest.mark.parametrize("questions", SETS, ids=lambda each: each.id)
each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)


def find_set(id: str) -> QuestionSet:
    return next(each for each in SETS if each.id == id)


def used(questions: QuestionSet, use: str) -> list[Question]:
    return [question for question in questions.questions if question.use == use]


def offers(question: Question) -> list[tuple[Option, ...]]:
    """Return each group of options from which a learner chooses one or several."""
    if isinstance(question, Choice | Several):
        return [question.options]
    if isinstance(question, Clause):
        return [part.options for part in question.parts]
    return []


def placements(question: Question) -> list[Option]:
    items = question.items if isinstance(question, Match) else ()
    return [option for item in items for option in item.placements.values()]


def judged(question: Question) -> list[Option]:
    """Return everything in a question that has a verdict."""
    return [option for group in offers(question) for option in group] + placements(question)


def reasons(question: Question) -> list[str]:
    """Return everything that a learner may be told about an answer."""
    found = [option.reason for option in judged(question)]
    match question:
        case Match():
            found += [item.otherwise for item in question.items if item.otherwise]
        case Order():
            found += [item.reason for item in question.items]
        case Number():
            found += [question.reason, question.otherwise]
            found += [mistake.reason for mistake in question.mistakes]
            found += [question.wide_reason] if question.wide_tolerance is not None else []
        case Value():
            found += [text for check in question.checks for text in (check.passed, check.failed)]
    return found


def shown(question: Question) -> Iterator[str]:
    """Yield every text of a question that can reach a learner."""
    yield from (question.prompt, question.hint, question.closing)
    yield from reasons(question)
    yield from (option.text for option in judged(question))
    if isinstance(question, Match | Order):
        yield from (item.text for item in question.items)
    if isinstance(question, Written):
        yield question.exemplar
        for criterion in question.criteria:
            yield criterion.name
            yield from (level.text for level in criterion.levels)


def references(question: Question) -> Iterator[tuple[str, str]]:
    """Yield source and pinpoint of everything in a question that names a source."""
    for option in judged(question):
        yield option.source, option.pinpoint
    if isinstance(question, Match | Order):
        yield from ((item.source, item.pinpoint) for item in question.items)
    if isinstance(question, Number | Value):
        yield question.source, question.pinpoint


# Every question


@each_question
def test_the_best_answer_of_the_key_gets_full_credit(question):
    # Prevents a key that contradicts itself, and checks of a value that cannot all hold.
    marked = mark(question, best_answer(question))
    if isinstance(question, Written):
        assert marked.state == "awaiting teacher"
    else:
        assert (marked.state, marked.credit) == ("marked", pytest.approx(1))
        assert marked.points == pytest.approx(question.points)


@each_question
def test_a_wrong_answer_gets_less_than_full_credit(question):
    # Prevents a question in which anything is right.
    if not isinstance(question, Written):
        assert credit(question, worst_answer(question)) < 0.5


@each_question
def test_a_blank_answer_is_blank_and_not_wrong(question):
    # Prevents a silent zero for a form that nobody has filled in.
    for response in blank_answers(question):
        marked = mark(question, response)
        assert (marked.state, marked.credit) == ("blank", None), response


@each_question
def test_a_malformed_answer_is_turned_away_as_unreadable(question):
    # Prevents a crash, or a mark, for something that is no answer to this question.
    for response in malformed_answers(question):
        marked = mark(question, response)
        assert (marked.state, marked.credit) == ("unreadable", None), repr(response)[:80]


@each_question
def test_every_reason_says_why(question):
    # Prevents feedback that tells a learner only whether an answer is right.
    bare = r"(?:(?:that is |this is |not )?(?:correct|right|wrong|incorrect)|yes|no|well done)"
    for reason in reasons(question):
        assert len(reason) >= 40, reason
        assert not re.fullmatch(rf"{bare}\W*", reason, re.IGNORECASE), reason


@each_question
def test_no_two_answers_share_a_reason(question):
    # Prevents feedback that was copied from one option to the next.
    told = reasons(question)
    assert len(told) == len(set(told))


@each_question
def test_options_are_of_like_length(question):
    # Prevents a key that is found by its length.
    for options in offers(question):
        lengths = [len(option.text) for option in options]
        if max(lengths) > 30:
            assert max(lengths) <= 2.2 * min(lengths), lengths


@each_question
def test_what_is_chosen_has_no_full_stop_or_comma_at_its_end(question):
    # Prevents feedback such as "in the log.: (b)", where the text stands inside a sentence.
    chosen = [option.text for options in offers(question) for option in options]
    chosen += [item.text for item in question.items] if isinstance(question, Match | Order) else []
    assert [text for text in chosen if text[-1] in ".,:;"] == []


@each_question
def test_a_match_cannot_be_solved_by_elimination(question):
    # Prevents a last item whose category is the only one left.
    if isinstance(question, Match):
        assert Counter(best_answer(question).values()) != Counter(question.categories.keys())


@each_question
def test_no_option_stands_for_other_options(question):
    # Prevents "all of the above", which rewards those who recognize two options.
    for options in offers(question):
        for option in options:
            assert not re.search(r"\b(all|none|both|any) of (the|these|them)\b", option.text, re.I)


@each_question
def test_there_is_something_wrong_to_choose(question):
    # Prevents a question without a misconception, which tells a teacher nothing.
    for options in offers(question):
        assert any(option.verdict == "incorrect" for option in options)
    if isinstance(question, Number):
        assert question.mistakes
        key, full = question.answer, question.tolerance
        assert all(abs(mistake.value - key) > full for mistake in question.mistakes)


@each_question
def test_the_hint_does_not_give_the_answer_away(question):
    # Prevents a hint that is the answer.
    for option in judged(question):
        if option.verdict == "correct" and len(option.text) > 10:
            assert option.text.casefold() not in question.hint.casefold()


@each_question
def test_whatever_names_a_source_names_the_place_in_it(question):
    # Prevents a reference that a learner cannot look up.
    assert question.sources
    for source, pinpoint in references(question):
        assert source, question.id
        assert pinpoint, (question.id, source)


@each_question
def test_a_learner_is_told_what_to_take_away(question):
    # Prevents a question that ends with a mark.
    assert question.closing.endswith(".")
    assert question.closing not in reasons(question)


# Every set


def test_the_readme_counts_questions_and_points_as_they_are():
    # Prevents a front page that promises what is not there, or hides what is.
    graded = sum(len(used(each, "graded")) for each in SETS)
    points = sum(each.points for each in SETS)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"{graded} graded questions for {points:g} points" in readme


@each_set
def test_a_third_of_the_graded_questions_have_a_defensible_option(questions):
    # Prevents a set that treats law and policy as if every question had one answer.
    graded = [q for q in used(questions, "graded") if not isinstance(q, Written)]
    having = [q for q in graded if any(option.verdict == "defensible" for option in judged(q))]
    assert 3 * len(having) >= len(graded)


@each_set
def test_the_correct_option_is_found_neither_by_its_place_nor_by_its_length(questions):
    # Prevents a set in which clicking the longest option, or the second, passes.
    places, longest = Counter(), 0
    choices = [question for question in questions.questions if isinstance(question, Choice)]
    for question in choices:
        best = best_answer(question)
        places[[option.id for option in question.options].index(best)] += 1
        longest += max(question.options, key=lambda option: len(option.text)).id == best
    assert max(places.values(), default=0) <= max(2, len(choices) / 2)
    assert longest <= max(2, len(choices) / 2)


@each_set
def test_every_graded_question_brings_points_and_takes_time(questions):
    # Prevents a question that costs a learner time and brings nothing.
    for question in used(questions, "graded"):
        assert question.points > 0
        assert question.minutes > 0
        assert question.hint


@each_set
def test_every_exemplar_keeps_to_its_own_length(questions):
    # Prevents an example that a learner would be blamed for following.
    for question in questions.questions:
        if isinstance(question, Written):
            least, most = question.words
            assert least <= count_words(question.exemplar) <= most, question.id
            told = mark(question, question.exemplar).message
            assert "within" in told


# 00 Start here


def entry_questions():
    return [question for question in find_set("00-start-here").questions if question.use == "entry"]


def test_the_entry_questions_are_eight_one_for_each_outcome():
    # Prevents an outcome that is taught and not compared at the end.
    asked = entry_questions()
    assert [question.outcome for question in asked] == sorted(load_outcomes())
    assert all(question.id.startswith("start-") for question in asked)


def test_the_entry_questions_take_ten_minutes_at_most():
    # Prevents a first lesson that is an examination.
    assert sum(question.minutes for question in entry_questions()) <= 10


# What tells what came after the day on which lessons 00 and 01 stand.
LATER = (
    r"\b(201[6-9]|20[2-9]\d)\b",
    r"\b2[3-9] September\b",
    r"\b(October|November|December) 2015\b",
    r"\b(was|were|been|finally|later) agreed\b",
    r"\bagreed (on|that|with|to)\b",
    r"\b(fact sheet|G20|Antalya|joint statement|Global Mechanism|state visit)\b",
    r"\b(Xi|Obama|Chin(a|ese)|Beijing)\b",
    r"\bturned out\b",
)


def test_no_entry_question_tells_what_came_after_22_september_2015():
    # Prevents an outcome that learners know before they have made their own forecast.
    for question in find_set("00-start-here").questions:
        for text in shown(question):
            for pattern in LATER:
                assert not re.search(pattern, text), (question.id, pattern, text)


def test_no_entry_question_refers_to_a_later_source():
    # Prevents a link below a reason from telling what the reason keeps to itself.
    sources = load_sources()
    for question in find_set("00-start-here").questions:
        named = {*question.sources, *(source for source, _ in references(question))}
        for source in named - {"cybernorms-readings"}:
            assert sources[source].date[:10] <= "2015-09-22", (question.id, source)


# 02 The UN norms


def test_the_norms_have_practice_for_every_kind_but_forecast():
    # Prevents a kind of question that learners first meet when it brings points.
    norms = find_set("02-un-norms")
    kinds = {question.kind for question in norms.questions}
    assert kinds == GRADED_KINDS | {"value"}
    practice = used(norms, "practice")
    assert len(practice) >= 7
    assert {"choice", "several", "match", "order", "number"} <= {q.kind for q in practice}


def test_the_graded_questions_on_the_norms_bring_eighteen_points():
    # Prevents a gradebook that does not add up to what the lesson promises.
    norms = find_set("02-un-norms")
    graded = used(norms, "graded")
    assert norms.points == 18
    assert len(graded) >= 15
    assert {question.kind for question in graded} == GRADED_KINDS
    assert all(question.id.startswith("un-") for question in norms.questions)


@pytest.mark.parametrize("id", ["02-un-norms", "03-norms-and-law"])
def test_the_questions_on_norms_and_law_keep_what_was_agreed_closed(id):
    # Prevents lessons 02 and 03 from telling what opens in lesson 06.
    later = r"\b(25 September|fact sheet|G20|Antalya|G7|Ise-Shima)\b"
    for question in find_set(id).questions:
        for text in shown(question):
            assert not re.search(later, text), (question.id, text)


def test_the_table_of_duties_is_what_the_data_gives():
    # Prevents an answer in the key that the tables no longer bear out.
    pytest.importorskip("pandas")
    from cybernorms.corpus.frames import frame

    question = find_question("un-duty-table")
    readings = frame("norm_readings")
    duties = readings[readings["axis"] == "duty"]
    correct = duties[duties["verdict"] == "correct"]
    assert credit(question, correct["value"].value_counts()) == pytest.approx(1)
    assert credit(question, correct.groupby("value").size()) == pytest.approx(1)
    assert 0 < credit(question, duties["value"].value_counts()) < 0.5
    assert credit(question, readings["value"].value_counts()) == 0


def test_the_table_of_seats_is_what_the_data_gives():
    # Prevents a count of seats that a corrected list of members has overtaken.
    pytest.importorskip("pandas")
    from cybernorms.corpus.frames import frame

    question = find_question("un-room-table")
    members = frame("members")
    assert credit(question, members["state"].value_counts()) == pytest.approx(1)
    assert credit(question, members.groupby("state").size()) == pytest.approx(1)
    assert credit(question, members["session"].value_counts()) == 0
    checked = members[members["status"] != "unverified"]
    assert credit(question, checked["state"].value_counts()) == 0
    assert f"With {len(members)} lines" in question.checks[0].failed
    in_one_group = (members["state"].value_counts() == 1).sum()
    assert (in_one_group, "nineteen in one only" in question.closing) == (19, True)


# What the members and the votes bear out


def members_of(session: str) -> set[str]:
    return {each.state.name for each in load_members() if each.session.id == session}


def answered(id: str, verdict: str) -> set[str]:
    """Return the texts of the options of a question that have a verdict."""
    options = offers(find_question(id))[0]
    return {option.text for option in options if option.verdict == verdict}


def test_the_questions_on_the_room_follow_the_lists_of_members():
    # Prevents a key that a corrected list of members has overtaken.
    assert answered("un-who-sat", "correct") <= members_of("gge-2014")
    assert not answered("un-who-sat", "incorrect") & members_of("gge-2014")
    groups = {each.session.id for each in load_members()}
    always = set.intersection(*(members_of(group) for group in groups))
    assert len(groups) == len(always) == 6
    assert answered("un-in-every-group", "correct") <= always
    assert not answered("un-in-every-group", "incorrect") & always


def test_the_questions_on_the_votes_follow_the_tables():
    # Prevents a key that a corrected vote has overtaken.
    against = {each.state.name for each in load_positions() if each.resolution.number == "60/45"}
    assert {f"The {name}" for name in against} == answered("un-lone-no", "correct")
    both = [find_resolution("73/27").tally, find_resolution("73/266").tally]
    assert sum(tally.yes for tally in both) - 193 == 64
    assert find_resolution("75/240").tally is None
    assert str(find_resolution("75/240").committee_tally) == "104-50-20"


READ_AS = {"engaged": "engaged", "arguable": "arguable", "not engaged": "not-engaged"}
SORTED = {
    "ukraine-grid": "ukraine-grid-2015",
    "wannacry": "wannacry-2017",
    "solarwinds": "solarwinds-2020",
    "colonial": "colonial-2021",
    "viasat": "viasat-2022",
    "volt-typhoon": "volt-typhoon-2023",
}


def test_whatever_a_pass_judged_is_given_credit_when_learners_sort_by_norm_f():
    # Prevents a key that calls a reading wrong which the module itself puts forward.
    question = find_question("un-sort-f")
    for item in question.items:
        for judgement in find_incident(SORTED[item.id], lesson=EVERYTHING).judgements[
            "un-a-70-174:13f"
        ]:
            placement = item.placements.get(READ_AS[judgement.judgement])
            assert placement and placement.credit > 0, (item.id, judgement)


# 03 Norms and law


def test_the_graded_questions_on_norms_and_law_bring_ten_points():
    # Prevents a gradebook that does not add up to what the lesson promises.
    law = find_set("03-norms-and-law")
    graded = used(law, "graded")
    assert law.points == 10
    assert len(graded) >= 9
    assert len({question.kind for question in graded}) >= 6
    assert sum(isinstance(question, Written) for question in graded) == 1
    assert all(question.id.startswith("law-") for question in law.questions)


def test_norms_and_law_has_practice_around_its_explorers():
    # Prevents a lesson in which learners look before they have thought.
    practice = used(find_set("03-norms-and-law"), "practice")
    assert len(practice) >= 7
    assert {"choice", "several", "match", "order", "value"} <= {q.kind for q in practice}


def test_texts_are_placed_by_stage_and_force_as_in_the_table_of_instruments():
    # Prevents a key that contradicts the explorer.
    described = {
        "budapest": ("budapest-convention", "in force", "binding on its parties"),
        "un-convention": (
            "un-convention-cybercrime",
            "adopted or agreed",
            "binding on its parties",
        ),
        "code": ("un-a-69-723", "proposed", "none"),
        "paris": ("paris-call-2018", "adopted or agreed", "political commitment"),
        "gcsc": ("gcsc-2019", "adopted or agreed", "expert opinion"),
        "tallinn": ("tallinn-2", "adopted or agreed", "expert opinion"),
    }
    assert set(described) == {item.id for item in find_question("law-stage-and-force").items}
    for id, stage, force in described.values():
        instrument = find_instrument(id, lesson=EVERYTHING)
        assert (instrument.stage, instrument.force) == (stage, force), id


def test_the_table_of_instruments_is_what_the_data_gives():
    # Prevents a count that a new instrument has overtaken.
    pytest.importorskip("pandas")
    from cybernorms.corpus.frames import frame

    question = find_question("law-instruments-table")
    instruments = frame("instruments")
    assert credit(question, instruments["force"].value_counts()) == pytest.approx(1)
    assert credit(question, instruments["stage"].value_counts()) == 0
    in_force = instruments[instruments["stage"] == "in force"]
    assert credit(question, in_force["force"].value_counts()) == 0
    assert f"With {len(instruments)} lines" in question.checks[0].failed


def test_a_broken_set_does_not_take_down_the_questions_of_another(tmp_path):
    # Prevents one bad line in one file from closing every form of every lesson.
    (tmp_path / "good.toml").write_text(
        (questions_dir() / "02-un-norms.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "zz-broken.toml").write_text("id = ", encoding="utf-8")
    assert find_question("un-restraint", tmp_path).id == "un-restraint"
    with pytest.raises(CyberNormsError, match="zz-broken"):
        find_question("un-nothing", tmp_path)
