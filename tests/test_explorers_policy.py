"""The explorers of lesson 04 show what their controls say, and say the same as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cybernorms import show_documents
from cybernorms.corpus.codings import AXES, find_codings, load_coders, values_of
from cybernorms.corpus.documents import (
    coded_passages,
    find_document,
    load_conflicting_figures,
    load_documents,
    load_topics,
    load_unfound_quotations,
)
from cybernorms.corpus.events import load_events
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.document import Table, line_text, to_html, to_text
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.record import Record
from cybernorms.pages.conflicts import (
    BEST,
    WHAT_TO_WRITE,
    bare,
    by_question,
    differs,
    sheets as conflict_sheets,
)
from cybernorms.pages.documents import (
    NONE,
    DocumentState,
    document_blocks,
    listed as listed_documents,
    matrix,
    on_topic,
)
from cybernorms.pages.kept import history_of
from cybernorms.pages.policy_coder import (
    MOST_ON_A_SHEET,
    YOU,
    coders_on,
    codes_on,
    deal,
    describe_pair,
    line_id,
    reading,
    sheets,
)
from cybernorms.pages.sheet import kept_choices
from cybernorms.pages.timeline import (
    PERIODS,
    TimelineState,
    event_section,
    figure_of,
    listed as listed_events,
    open_events,
    timeline_blocks,
    values_on,
)
from cybernorms.widgets.sorter import Sorter
from cybernorms.widgets.view import View
from tests.explorers import explore


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))


def one_line(text: str) -> str:
    return " ".join(text.split())


def told(text: str) -> str:
    """Return text of a table as it stands on a page, in one line."""
    return one_line(line_text(text))


# The documents


def test_the_matrix_counts_every_passage_on_every_topic() -> None:
    """Prevents a passage that is there and cannot be found."""
    topics = load_topics()
    table = matrix(load_documents(lesson=EVERYTHING), topics)
    counted = sum(int(str(cell)) for row in table.rows for cell in row[1:] if cell != NONE)
    passages = [
        each for document in load_documents(lesson=EVERYTHING) for each in document.passages
    ]
    assert counted == sum(len(each.topics) for each in passages)
    assert all(each.topics for each in passages)


def test_every_cell_of_the_matrix_opens_as_many_passages_as_it_counts() -> None:
    """Prevents a count that leads nowhere."""
    for document in load_documents(lesson=EVERYTHING):
        for topic in load_topics():
            found = on_topic(document, topic.id)
            text = one_line(to_text(document_blocks(DocumentState(document.id, topic.id))))
            for passage in found:
                assert told(passage.paraphrase) in text
            assert ("No passage on this topic" in text) is not bool(found)


def test_words_that_were_not_found_say_so_on_the_page() -> None:
    """Prevents a quotation of the post from passing for words of its source."""
    missing = [
        (document, passage)
        for document in load_documents(lesson=EVERYTHING)
        for passage in document.passages
        if passage.status == "not found"
    ]
    assert missing
    for document, passage in missing:
        assert passage.quotation is None
        text = one_line(to_text(document_blocks(DocumentState(document.id))))
        assert "(not found)" in text


def test_the_filter_parts_the_documents_that_the_post_cites_from_the_others() -> None:
    """Prevents a filter that lets some document through twice or not at all."""
    kinds = [listed_documents(DocumentState("", which=which)) for which in ("cited", "not cited")]
    assert all(kinds)
    assert {each.id for kind in kinds for each in kind} == {
        each.id for each in load_documents(lesson=EVERYTHING)
    }
    assert "kerry-2015" not in {each.id for each in kinds[0]}


def test_a_document_outside_the_filter_makes_room_for_the_first_inside() -> None:
    """Prevents an open page that the list does not hold."""
    reader = explore("documents", "kerry-2015")
    reader.fields["which"].value = "cited"
    assert find_document(reader.state.document, lesson=EVERYTHING).cited_by_post
    reader.fields["which"].value = ""
    assert reader.text() == to_text(reader.blocks())


def test_a_document_that_is_not_there_is_told_plainly() -> None:
    """Prevents a traceback over a slip of the pen."""
    with pytest.raises(CyberNormsError, match="kerry"):
        show_documents("kerry-2051")


def test_documents_stay_closed_in_the_lessons_before_theirs() -> None:
    """Prevents policy texts from being shown where learners are still to forecast."""
    assert listed_documents(DocumentState("", lesson="03")) == []
    with pytest.raises(CyberNormsError, match="lesson 03"):
        show_documents(lesson="03")


# The coder


def chosen_as(coder: str, passages: list) -> dict[str, str]:
    """Return the choices of somebody who codes as one of the coders did."""
    return {
        line_id(passage.id, axis): find_codings(item=passage.id, axis=axis, coder=coder)[0].value
        for passage in passages
        for axis in AXES
    }


def test_every_coded_passage_is_dealt_once_in_sheets_of_four_to_six() -> None:
    """Prevents passages that nobody meets, and sheets that nobody finishes."""
    dealt = deal(coded_passages(lesson=EVERYTHING))
    ids = [passage.id for sheet in dealt for passage in sheet]
    assert sorted(ids) == sorted(each.id for each in coded_passages(lesson=EVERYTHING))
    assert all(4 <= len(sheet) <= MOST_ON_A_SHEET for sheet in dealt)
    assert all(len({each.document for each in sheet}) > 1 for sheet in dealt)


def test_whoever_codes_as_coder_a_agrees_fully_with_coder_a() -> None:
    """Prevents figures that compare something else than they say."""
    passages = list(coded_passages(lesson=EVERYTHING))
    first = load_coders()[0]
    chosen = chosen_as(first, passages)
    for axis in AXES:
        codes = coders_on(axis, chosen)
        line = describe_pair(codes[YOU], codes[f"Coder {first}"])
        assert line.startswith(f"{len(passages)} of {len(passages)} (100 per cent)")
        assert line.endswith("kappa 1.00")


def test_figures_are_of_the_passages_that_the_learner_has_coded() -> None:
    """Prevents the agreement of two others from passing for the learner's."""
    sheet = deal(coded_passages(lesson=EVERYTHING))[0]
    chosen = chosen_as(load_coders()[0], sheet)
    table = next(block for block in reading(sheet, chosen, {}) if isinstance(block, Table))
    assert table.caption == f"Agreement on the passages that you have coded ({len(sheet)})"
    for row in table.rows:
        assert all(f"of {len(sheet)} (" in str(cell) for cell in row[1:-1])


def test_a_passage_on_which_somebody_differs_shows_the_reasons_of_all() -> None:
    """Prevents a difference from being counted and not explained."""
    sheet = deal(coded_passages(lesson=EVERYTHING))[0]
    chosen = chosen_as(load_coders()[0], sheet)
    line = line_id(sheet[0].id, "subject")
    chosen[line] = next(
        each.value for each in values_of("subject") if each.value not in values_on_passage(sheet[0])
    )
    text = one_line(to_text(reading(sheet, chosen, {})))
    for coding in find_codings(item=sheet[0].id, axis="subject"):
        assert told(coding.reason) in text
    assert f"You: {chosen[line]}" in text


def values_on_passage(passage: object) -> set[str]:
    return {each.value for each in find_codings(item=passage.id, axis="subject")}  # type: ignore[attr-defined]


def test_a_sheet_where_all_agree_says_so() -> None:
    """Prevents an empty section."""
    agreed = [
        each
        for each in coded_passages(lesson=EVERYTHING)
        if all(len({c.value for c in find_codings(item=each.id, axis=axis)}) == 1 for axis in AXES)
    ][:2]
    text = one_line(to_text(reading(agreed, chosen_as(load_coders()[0], agreed), {})))
    assert "Passages 1, 2: all of you say the same." in text


def test_nothing_is_shown_before_a_sheet_is_full_and_kept() -> None:
    """Prevents learners from reading the coders' choices before they have made their own."""
    record = Record()
    coder = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
    coder.submit()
    assert "lines are still open" in coder._status.value and not coder._reading.value
    assert find_codings(item=coded_passages(lesson=EVERYTHING)[0].id)[0].reason not in coder.text()
    for field in coder.fields.values():
        field.value = field.options[1][1]
    coder.submit()
    assert "Agreement on the passages" in coder._reading.value


def test_earlier_codings_are_filled_in_and_count_with_those_of_other_sheets() -> None:
    """Prevents a lesson of two evenings from starting over."""
    record = Record()
    for number in (0, 1):
        coder = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
        coder.sheet.value = coder.sheet.options[number][1]
        for field in coder.fields.values():
            field.value = field.options[1][1]
        coder.submit()
    dealt = deal(coded_passages(lesson=EVERYTHING))
    both = len(dealt[0]) + len(dealt[1])
    again = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
    assert len(again.chosen()) == len(again.fields)
    assert f"that you have coded ({both})" in again._reading.value
    kept = kept_choices(again.current, history_of(record))
    assert kept == again.chosen() and len(codes_on("subject", kept)) == len(dealt[0])


def test_a_record_that_cannot_be_read_leaves_the_sheet_empty(tmp_path: Path) -> None:
    """Prevents a traceback where the file of answers is a folder."""
    (tmp_path / "work" / "answers.jsonl").mkdir(parents=True)
    record = Record(tmp_path / "work")
    coder = Sorter("Policy coder", sheets(record), choose="Sheet", record=record)
    assert coder.chosen() == {} and not coder._reading.value


@pytest.mark.parametrize("response", ["crime", ["crime"], {"gone:subject": "crime"}, None])
def test_choices_that_no_longer_fit_a_sheet_are_left_out(response: object) -> None:
    """Prevents a record of another version from filling in what is not on offer."""
    record = Record()
    sheet = sheets(record)[0]
    record.append("sorter-policy-1", "", response)
    assert kept_choices(sheet, history_of(record)) == {}
    line = next(iter(sheet.lines))
    record.append("sorter-policy-1", "", {line: "multistakeholder", "gone:subject": "crime"})
    assert kept_choices(sheet, history_of(record)) == {line: "multistakeholder"}


def test_the_text_of_a_sheet_has_passages_lines_and_the_values_of_each_axis() -> None:
    """Prevents a printed sheet that cannot be filled in."""
    record = Record()
    text = one_line(Sorter("Policy coder", sheets(record), choose="Sheet", record=record).text())
    for place, passage in enumerate(deal(coded_passages(lesson=EVERYTHING))[0], start=1):
        assert f"Passage {place}. {told(passage.paraphrase)}" in text
        assert all(f"- Passage {place}: {axis}" in text for axis in AXES)
    for axis in AXES:
        assert f"Categories: {'; '.join(each.value for each in values_of(axis))}." in text


# The timeline


def test_every_open_event_stands_in_the_table_and_no_closed_one_anywhere() -> None:
    """Prevents what was agreed on 25 September 2015 from being told before lesson 06."""
    text = one_line(explore("timeline").text())
    closed = {each.id for each in load_events(lesson=EVERYTHING)} - {
        each.id for each in open_events("04")
    }
    assert closed
    for event in load_events(lesson=EVERYTHING):
        assert (one_line(event.name) in text) is (event.id not in closed)
    assert len(open_events("06")) == len(load_events(lesson=EVERYTHING))


@pytest.mark.parametrize("axis", AXES)
def test_values_of_an_axis_let_every_coded_event_through_at_least_once(axis: str) -> None:
    """Prevents a filter that forgets somebody."""
    found = {
        event.id
        for value in values_of(axis)
        for event in listed_events(TimelineState(axis=axis, value=value.value))
    }
    assert found == {each.id for each in open_events("04") if values_on(each.id, axis)}


def test_periods_part_the_events_without_overlap() -> None:
    """Prevents an event that is told twice, or falls between two periods."""
    parts = [listed_events(TimelineState(period=period)) for period in PERIODS if period]
    ids = [event.id for part in parts for event in part]
    assert sorted(ids) == sorted(each.id for each in open_events("04"))


def test_an_event_on_which_coders_differ_says_so_with_both_reasons() -> None:
    """Prevents one reading from passing for the only one."""
    split = [
        (event, axis)
        for event in open_events("04")
        for axis in AXES
        if len(values_on(event.id, axis)) > 1
    ]
    assert split
    for event, axis in split:
        text = one_line(to_text([event_section(event)]))
        for coding in find_codings(item=event.id, axis=axis):
            assert f"{coding.value}: {told(coding.reason)}" in text
        table = one_line(to_text(timeline_blocks(TimelineState(axis=axis))))
        assert f"coders differ: {' or '.join(values_on(event.id, axis))}" in table


def test_the_figure_tells_as_many_events_as_the_table() -> None:
    """Prevents a figure and a table that say different things."""
    for state in (TimelineState(), TimelineState("number", "bilateral")):
        events = listed_events(state)
        assert figure_of(state).alt.startswith(f"{len(events)} events")


def test_filters_that_nothing_passes_say_so() -> None:
    """Prevents an empty page without a word."""
    state = TimelineState(forum="Internet Governance Forum", period="1998 to 2008", value="crime")
    assert "No event fits" in to_text(timeline_blocks(state))
    assert "no event fits" in figure_of(state).alt


def test_a_change_of_axis_offers_its_values_and_forgets_the_old_one() -> None:
    """Prevents a filter by a value that the axis does not have."""
    timeline = explore("timeline")
    timeline.fields["value"].value = "crime"
    timeline.fields["axis"].value = "number"
    assert timeline.state.value == ""
    assert [value for _, value in timeline.fields["value"].options][1:] == [
        each.value for each in values_of("number")
    ]


def test_an_open_event_that_the_filters_hide_is_closed() -> None:
    """Prevents a page on an event that the table does not list."""
    timeline = explore("timeline")
    timeline.fields["event"].value = open_events("04")[0].id
    timeline.fields["period"].value = "after the day of the post"
    assert timeline.state.event == ""


# Figures and lost words


def test_every_figure_in_conflict_stands_on_exactly_one_sheet() -> None:
    """Prevents a count that nobody meets."""
    lines = [line for sheet in conflict_sheets() for line in sheet.lines]
    assert len(lines) == len(set(lines))
    asked = {each.id for each in load_unfound_quotations()}
    for figures in by_question("04").values():
        if differs(figures):
            asked |= {each.id for each in figures}
    assert set(lines) == asked


def test_figures_that_count_the_same_are_told_in_the_reading() -> None:
    """Prevents a plain mistake of a page from getting lost because there is nothing to choose."""
    text = one_line(" ".join(to_text(sheet.reading({})) for sheet in conflict_sheets()))
    for each in load_conflicting_figures(lesson="04"):
        assert told(each.figure) in text and told(each.note) in text


def test_a_line_does_not_say_what_its_figure_counts() -> None:
    """Prevents an exercise that answers itself."""
    assert bare("89 signed") == "89" and bare("4.2 million") == "4.2 million"
    assert bare("552, among them 66 States") == "552, among them 66 States"
    for sheet in conflict_sheets():
        for id, line in sheet.lines.items():
            assert sheet.choices(id).get(id, "nothing") not in line


def test_choosing_what_the_sources_have_is_counted_as_such() -> None:
    """Prevents right choices from being called wrong."""
    for sheet in conflict_sheets():
        if sheet.id == "unfound":
            right = {each.id: BEST[each.kind] for each in load_unfound_quotations()}
        else:
            counted = {
                e.id: e.counted.rstrip(".") for e in load_conflicting_figures(lesson=EVERYTHING)
            }
            right = {
                line: next(id for id, text in sheet.choices(line).items() if text == counted[line])
                for line in sheet.lines
            }
        total = len(sheet.lines)
        text = one_line(to_text(sheet.reading(right)))
        assert f"{total} of {total} as " in text
        assert text.count("Your choice: ") == text.count("Your choice: the same")


def test_only_figures_that_were_asked_about_have_a_choice_beside_them() -> None:
    """Prevents an empty column for a choice that nobody was offered."""
    for sheet in conflict_sheets():
        for table in (each for each in sheet.reading({}) if isinstance(each, Table)):
            asked = differs(by_question("04")[table.caption])
            assert ("Your choice" in table.columns) is asked


@pytest.mark.parametrize("choice", WHAT_TO_WRITE)
def test_every_other_sentence_on_lost_words_is_answered_with_a_reason(choice: str) -> None:
    """Prevents a choice that is called wrong without a why."""
    sheet = conflict_sheets()[-1]
    text = one_line(to_text(sheet.reading(dict.fromkeys(sheet.lines, choice))))
    others = sum(BEST[each.kind] != choice for each in load_unfound_quotations())
    assert text.count("Your choice: ") == others
    assert text.count("Found instead: ") == len(sheet.lines)


def test_a_pair_of_lists_keeps_its_own_choices_after_a_restart() -> None:
    """Prevents choices of one question from filling the lists of another."""
    pairs = next(sheet for sheet in conflict_sheets() if sheet.id == "figures-pairs")
    sorter = Sorter("Figures", [pairs])
    for id, field in sorter.fields.items():
        field.value = list(pairs.choices(id))[-1]
    sorter.submit()
    assert Sorter("Figures", [pairs]).chosen() == sorter.chosen()


@pytest.mark.parametrize(
    "view",
    [lambda: explore("documents", "kerry-2015"), lambda: explore("timeline")],
    ids=["documents", "timeline"],
)
def test_each_explorer_has_a_still_form_and_a_text_of_the_same_content(
    view: Callable[[], View],
) -> None:
    """Prevents printed pages and screen readers from getting less than the screen."""
    shown = view()
    assert to_html(shown.blocks()) in shown.static_html()
    assert shown.text() == to_text(shown.blocks())
    assert len(shown.text()) > 300
