"""Leaked texts: a warning before each, and one switch that takes them out of everything."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

import cybernorms
from cybernorms.classroom.export.bundle import contents
from cybernorms.cli import main
from cybernorms.corpus.documents import find_document, load_documents
from cybernorms.corpus.frames import data
from cybernorms.corpus.leaked import SWITCH
from cybernorms.corpus.sources import load_quotations, load_sources
from cybernorms.corpus.tables import read_table, read_whole, table_names
from cybernorms.errors import CyberNormsError
from cybernorms.pages.documents import WARNING, DocumentState, document_blocks
from tests.cards.messages import change
from tests.data.tables import rows
from tests.explorers import explore

LEAKED = {"us-review-2009-annex-e", "us-ppd-20"}
SHOWN = [name for name in cybernorms.__all__ if name.startswith("show_")]
WORDS = ("Appendix E", "PPD-20", "Prioritize multi lateral forums", "single countries ranked")


@pytest.fixture
def off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SWITCH, "off")
    monkeypatch.setenv("CYBERNORMS_WORK", str(tmp_path))


def test_the_table_says_which_documents_were_leaked() -> None:
    """Prevents a switch that overlooks one."""
    marked = {row["id"] for row in rows("documents") if row["leaked"] == "yes"}
    assert marked == LEAKED == {r["id"] for r in rows("documents") if "leaked" in r["note"]}


# The warning


def test_a_warning_stands_before_a_leaked_document() -> None:
    """Prevents somebody who may not read a secret paper from having read it."""
    reader = explore("documents", "us-ppd-20")
    assert WARNING in " ".join(reader.text().split())
    assert "top secret" not in reader.text()
    change(reader, leaked=True)
    assert "top secret" in reader.text()


def test_other_documents_open_without_a_warning() -> None:
    """Prevents a warning that everybody learns to overlook."""
    for document in load_documents(lesson="04"):
        blocks = document_blocks(DocumentState(document.id))
        assert (WARNING in str(blocks)) == document.leaked, document.id


# The switch


@pytest.mark.parametrize("word", ["off", "OFF", " no ", "0"])
def test_the_switch_takes_the_rows_of_leaked_texts_out(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a switch that works in one view and not in the next."""
    monkeypatch.setenv(SWITCH, word)
    for table in table_names():
        kept, whole = read_table(table, []), read_whole(table)
        if table == "sources":
            assert [row["id"] for row in kept] == [row["id"] for row in whole]
        else:
            assert [row for row in kept if row.get("source") in LEAKED] == [], table
        if table not in ("sources", "document_passage_topics", "codings"):
            assert len(whole) - len(kept) == len([r for r in whole if r.get("source") in LEAKED])


def test_without_the_switch_every_row_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents texts that go missing by default."""
    monkeypatch.delenv(SWITCH, raising=False)
    assert all(read_table(table, []) == read_whole(table) for table in table_names())


def test_no_row_names_one_that_is_gone(off: None) -> None:
    """Prevents a coding of a passage that nobody can open."""
    passages = {row["id"] for row in read_table("document_passages", [])}
    assert {row["passage"] for row in read_table("document_passage_topics", [])} <= passages
    events = {row["id"] for row in read_table("events", [])}
    assert {row["item"] for row in read_table("codings", [])} <= passages | events


def test_loaders_and_frames_obey(off: None) -> None:
    """Prevents a text that is hidden in the explorers and open in the tables."""
    assert not LEAKED & {each.id for each in load_documents(lesson="04")}
    assert not LEAKED & {each.source.id for each in load_quotations().values()}
    assert not LEAKED & set(data("documents")["id"])
    assert all(not load_sources()[id].checked_at for id in LEAKED)
    with pytest.raises(CyberNormsError, match="us-ppd-20"):
        find_document("us-ppd-20", lesson="04")


@pytest.mark.parametrize("name", SHOWN)
def test_every_explorer_works_without_them(
    name: str, off: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents an explorer that fails, or shows them all the same."""
    getattr(cybernorms, name)(text=True)
    printed = " ".join(capsys.readouterr().out.split())
    assert len(printed) > 200
    assert [words for words in WORDS if words in printed] == []


def test_the_words_to_look_for_are_there_with_the_switch_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a search that would find nothing anyway."""
    monkeypatch.delenv(SWITCH, raising=False)
    cybernorms.show_documents("us-review-2009-annex-e", text=True)
    assert "Appendix E" in " ".join(capsys.readouterr().out.split())


# The package for students


def test_a_bundle_without_leaked_texts_has_none_in_its_tables(tmp_path: Path) -> None:
    """Prevents a file that a student opens by hand."""
    packed, _ = contents(leaked=False)
    tables = {name: text for name, text in packed.items() if name.endswith(".csv")}
    assert len(tables) == len(table_names())
    for name, content in tables.items():
        found = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
        if not name.endswith("sources.csv"):
            assert [row for row in found if row.get("source") in LEAKED] == [], name
        assert b"Prioritize multi lateral" not in content


def test_a_bundle_has_the_other_tables_byte_by_byte() -> None:
    """Prevents a table that is changed on the way for no reason."""
    with_them, _ = contents()
    without, _ = contents(leaked=False)
    changed = {name for name in with_them if with_them[name] != without[name]}
    assert changed == {
        "data/module/quotations.csv",
        "data/module/sources.csv",
        "data/policy/codings.csv",
        "data/policy/document_passage_topics.csv",
        "data/policy/document_passages.csv",
        "data/policy/documents.csv",
        "data/report/discrepancies.csv",
    }


@pytest.mark.parametrize("by", ["option", "environment"])
def test_the_command_leaves_them_out(
    by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents a teacher who set the switch and hands the texts out all the same."""
    import zipfile

    if by == "environment":
        monkeypatch.setenv(SWITCH, "off")
    option = ["--without-leaked"] if by == "option" else []
    assert main(["bundle", "--to", str(tmp_path / "student.zip"), *option]) == 0
    with zipfile.ZipFile(tmp_path / "student.zip") as file:
        text = file.read("cybernorms/data/policy/documents.csv").decode("utf-8")
    assert not any(f"\n{id}," in text for id in LEAKED)
