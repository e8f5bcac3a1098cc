"""Drafts: none takes the place of one that its window has not shown."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

from cybernorms import files
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.drafts import Drafts
from cybernorms.exercises.record import Record


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Record(tmp_path / "work").drafts


def texts(drafts: Drafts, question: str = "q") -> list[str]:
    return [draft.text for draft in drafts.all(question)]


@settings(max_examples=40, deadline=None)
@given(written=st.lists(st.text(), min_size=1, max_size=3))
@example(written=["a\r\nb\rc\n"])
def test_the_last_draft_of_a_window_replaces_those_before(
    tmp_path_factory: pytest.TempPathFactory, written: list[str]
) -> None:
    """Prevents a restart from bringing back an older draft, or from changing its line ends."""
    drafts = Record(tmp_path_factory.mktemp("work")).drafts
    kept = None
    for text in written:
        kept = drafts.keep("q", text, kept)
    assert kept is not None and kept.text == written[-1]
    assert kept.path.read_bytes() == written[-1].encode()
    assert texts(drafts) == ([written[-1]] if written[-1].strip() else [])
    assert len(list(drafts.folder.iterdir())) == 1


def test_a_text_that_nobody_here_has_shown_keeps_its_place(drafts: Drafts) -> None:
    """Prevents one letter in a second tab from replacing the work of forty minutes."""
    long = drafts.keep("q", "The work of forty minutes.")
    short = drafts.keep("q", "x")
    assert texts(drafts) == ["The work of forty minutes.", "x"]
    drafts.keep("q", "The work of forty-one minutes.", long)
    drafts.keep("q", "xy", short)
    assert texts(drafts) == ["The work of forty-one minutes.", "xy"]


def test_a_text_that_has_changed_since_it_was_shown_keeps_its_place(drafts: Drafts) -> None:
    shown = drafts.keep("q", "as both windows showed it")
    drafts.keep("q", "as one window has changed it", shown)
    drafts.keep("q", "as the other has", shown)
    assert texts(drafts) == ["as one window has changed it", "as the other has"]


def test_an_equal_or_empty_text_needs_no_second_place(drafts: Drafts) -> None:
    drafts.keep("q", "text")
    drafts.keep("q", "text")
    drafts.keep("other", " ")
    drafts.keep("other", "text")
    assert (texts(drafts), texts(drafts, "other")) == (["text"], ["text"])
    assert len(list(drafts.folder.iterdir())) == 2


@pytest.mark.parametrize(
    "name",
    [
        "un-minister (1).txt",
        "un-minister 2.txt",
        "un-minister-LAPTOP-7Q2.txt",
        "un-minister.sync-conflict-20261120-101010-7Q2ABCD.txt",
        "un-minister (Ada's conflicted copy 2026-11-20).txt",
        "un-minister_conflict-20261120-101010.txt",
    ],
)
def test_a_draft_that_a_sync_service_renamed_is_found(drafts: Drafts, name: str) -> None:
    drafts.keep("un-minister", "text")
    (drafts.folder / name).write_text("the text of another computer", encoding="utf-8")
    drafts.keep("un-minister-again", "another question")
    assert texts(drafts, "un-minister") == ["the text of another computer", "text"]


def test_a_draft_with_half_a_character_is_kept_without_it(drafts: Drafts) -> None:
    """Prevents half an emoji from stopping a draft from being kept."""
    drafts.keep("q", "text \ud83d more")
    assert texts(drafts) == ["text ? more"]


def test_a_dropped_draft_is_gone_and_may_be_dropped_again(drafts: Drafts) -> None:
    """Prevents an old draft from covering the answer that was saved."""
    kept = drafts.keep("q", "text")
    drafts.keep("other", "stays")
    drafts.drop(kept)
    drafts.drop(kept)
    assert (texts(drafts), texts(drafts, "other")) == ([], ["stays"])


def test_a_draft_that_another_window_has_changed_is_not_dropped(drafts: Drafts) -> None:
    kept = drafts.keep("q", "text")
    drafts.keep("q", "text of another window", kept)
    drafts.drop(kept)
    assert texts(drafts) == ["text of another window"]


@pytest.mark.parametrize(
    "id", ["", "../../escape", "/etc/passwd", "a\\b", "a:b", "a\x00b", "\ud800", "\u202e", "x" * 50]
)
def test_a_draft_of_an_odd_id_stays_in_its_folder(drafts: Drafts, id: str) -> None:
    """Prevents an id from naming a file outside the learner's folder."""
    drafts.keep(id, "text")
    assert texts(drafts, id) == ["text"]
    (kept,) = drafts.folder.parent.rglob("*.txt")
    assert kept.parent == drafts.folder


def test_a_draft_that_fails_leaves_the_last_one(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a full disk from costing the draft before."""
    first = drafts.keep("q", "first")

    def fsync(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", fsync)
    with pytest.raises(CyberNormsError, match="disk is full"):
        drafts.keep("q", "second", first)
    assert texts(drafts) == ["first"]
    assert [path.name for path in drafts.folder.iterdir()] == ["q.txt"]
