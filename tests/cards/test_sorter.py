"""What is sorted is kept line by line, and its reading opens behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.cards.sorter import Sorter
from cybernorms.corpus.incidents import load_incidents
from cybernorms.corpus.lessons import EVERYTHING
from cybernorms.exercises.record import Record
from cybernorms.pages.incidents import incident_sheet
from cybernorms.pages.law_or_norm import sheet as law_sheet
from tests.cards.keeping import cannot_write
from tests.cards.messages import at, change, deck_of, said, seen, sort

KEY = "sorter-law-or-norm"


def law_or_norm() -> Sorter:
    return Sorter("Law or norm", [law_sheet()])


def incident_sorter() -> Sorter:
    return Sorter(
        "Incident sorter", [incident_sheet(each) for each in load_incidents(lesson=EVERYTHING)]
    )


def sort_all(sorter: Sorter, choice: str) -> None:
    for item in deck_of(sorter)["items"]:
        sort(sorter, item["id"], choice)


def chosen(sorter: Sorter) -> dict[str, str]:
    return dict(sorter.values()[deck_of(sorter)["name"]])


def readings(sorter: Sorter) -> list[str]:
    """Return the ids of all lines whose reading is open."""
    return [each["id"] for each in deck_of(sorter)["items"] if each.get("reading")]


def kept(key: str = KEY) -> object:
    last = Record().read().last(key)
    return last and last.response


def test_a_reading_opens_once_its_line_is_sorted_and_kept_and_no_other_does() -> None:
    """Prevents readings that are looked at before anything was decided."""
    sorter = law_or_norm()
    line = deck_of(sorter)["items"][3]["id"]
    assert not readings(sorter) and kept() is None
    described = sort(sorter, line, "law")
    assert described["reply"]["saved"] and at(sorter) == "saved" and kept() == {line: "law"}
    assert readings(sorter) == [line]
    assert not deck_of(sorter).get("summary") and not described.get("answered")


def test_a_sheet_is_summed_up_only_when_it_is_full_and_comes_back() -> None:
    """Prevents a sum over half a sheet, and a sheet that has to be sorted twice."""
    sorter = law_or_norm()
    sort_all(sorter, "law")
    assert deck_of(sorter)["summary"] and sorter.describe()["answered"]
    assert "Best reading" in sorter.text()
    again = law_or_norm()
    assert chosen(again) == chosen(sorter) == kept()
    assert deck_of(again) == deck_of(sorter) and again.text() == sorter.text()


def test_a_line_that_is_sorted_anew_gets_the_reading_of_the_new_choice() -> None:
    """Prevents a reading that stands beside another choice."""
    sorter = law_or_norm()
    line = deck_of(sorter)["items"][0]["id"]
    looks = []
    for choice in ("law", "norm"):
        sort(sorter, line, choice)
        looks.append((kept()[line], deck_of(sorter)["items"][0]["look"]))  # type: ignore[index]
    assert [choice for choice, _ in looks] == ["law", "norm"] and looks[0][1] != looks[1][1]


def test_no_reading_is_sent_before_its_line_is_sorted() -> None:
    """Prevents a key that is found in what the browser holds."""
    full, fresh = law_or_norm(), law_or_norm()
    sort_all(full, "law")
    shown = seen(fresh)
    for item in deck_of(full)["items"]:
        assert item["reading"] and item["reading"] not in shown


def test_what_cannot_be_saved_is_told_and_opens_nothing(tmp_path: Path) -> None:
    """Prevents a reading for choices that are lost."""
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    sorter = Sorter("Law or norm", [law_sheet()], record=Record(blocked / "work"))
    described = sort(sorter, deck_of(sorter)["items"][0]["id"], "law")
    assert "Not saved" in said(sorter) and at(sorter) == "problem" and not readings(sorter)
    assert not described["reply"].get("saved") and not chosen(sorter)


def test_a_line_that_cannot_be_saved_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents a disk that fills up from taking what was kept before."""
    sorter = law_or_norm()
    first, second = (each["id"] for each in deck_of(sorter)["items"][:2])
    sort(sorter, first, "law")
    cannot_write(monkeypatch)
    sort(sorter, second, "law")
    assert chosen(sorter) == {first: "law"} == kept() and readings(sorter) == [first]


def test_switching_the_case_shows_its_own_lines_and_choices() -> None:
    """Prevents choices for one incident from being kept for another."""
    sorter = incident_sorter()
    first, second = list(sorter.describe()["parts"][1]["fields"][0]["options"])[:2]
    sort_all(sorter, "arguable")
    change(sorter, sheet=second["value"])
    assert not chosen(sorter) and not readings(sorter) and not said(sorter)
    change(sorter, sheet=first["value"])
    assert set(chosen(sorter).values()) == {"arguable"} and readings(sorter)
    change(sorter, sheet="zzz")
    assert sorter.values()["sheet"] == first["value"]


def test_a_press_on_one_sheet_is_never_kept_for_another() -> None:
    """Prevents a press that was under way while the case was switched from being misplaced."""
    sorter = incident_sorter()
    name, line = deck_of(sorter)["name"], deck_of(sorter)["items"][0]["id"]
    change(sorter, sheet=sorter.describe()["parts"][1]["fields"][0]["options"][1]["value"])
    sorter.receive({"do": "press", "name": "pick", "item": line, "values": {name: {line: "fits"}}})
    assert kept(sorter.key) is None and not chosen(sorter)


def test_two_windows_on_a_sheet_keep_what_the_other_sorted() -> None:
    """Prevents an old window from taking back what was sorted in a newer one."""
    one, two = law_or_norm(), law_or_norm()
    first, second = (each["id"] for each in deck_of(one)["items"][:2])
    sort(one, first, "law")
    sort(two, second, "norm")
    assert kept() == {first: "law", second: "norm"} == chosen(two)


def test_a_category_has_its_explanation_in_smaller_type() -> None:
    """Prevents buttons with a sentence on them."""
    for choices in deck_of(law_or_norm())["options"]:
        for each in choices:
            assert ":" not in each["text"] and each["text"][0].isupper()


def test_choices_that_a_browser_kept_are_taken_over_and_saved() -> None:
    """Prevents a judgement that is lost because its kernel had gone when it was made."""
    sorter = law_or_norm()
    first, second = (each["id"] for each in deck_of(sorter)["items"][:2])
    name = deck_of(sorter)["name"]
    assert sorter.describe()["holds"] == [name] and not sorter.describe().get("kept")
    sort(sorter, first, "law")
    values = {first: "law", second: "norm", "zzz": "law"}
    described = change(sorter, **{name: values})
    assert described["reply"]["saved"] and kept() == {first: "law", second: "norm"}
    change(sorter, **{name: {second: "zzz"}})
    assert kept() == {first: "law", second: "norm"}
    assert law_or_norm().describe()["kept"] > 1e12, "a browser tells by it which is later"
