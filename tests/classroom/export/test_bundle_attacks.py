"""An attacker who has the whole package and the public module, and wants the key of own questions.

The question sets are a teacher's own, for the keys of the module's questions are public.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import tomllib
import zipfile
from collections.abc import Iterator
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest

from cybernorms.classroom.export.bare_questions import toml_text
from cybernorms.classroom.export.bundle import GITIGNORE, Bundle, contents, write_bundle
from cybernorms.classroom.run.class_run import mark_class
from cybernorms.cli import main
from cybernorms.exercises.question_files import load_question_sets, read_question
from tests.classroom.factories import CREATED, hand_in, put, report, rows
from tests.factories import ANYTHING

FIRST, SECOND, THIRD = "It is meant by this.", "It is another thing.", "Nobody says so."
REASONS = {"correct": "Correct.", "incorrect": "Wrong."}
NOTEBOOK_SECRET = "b-is-what-is-meant"


def options(right: int) -> list[dict[str, Any]]:
    verdicts = ["correct" if place == right else "incorrect" for place in range(3)]
    return [
        {"id": id, "text": text, "verdict": verdict, "reason": REASONS[verdict]}
        for id, text, verdict in zip("abc", (FIRST, SECOND, THIRD), verdicts, strict=True)
    ]


def table(right: int, number: int = 1) -> dict[str, Any]:
    """Return a choice of which an attacker knows all but which option is right."""
    about = {"outcome": "O3", "minutes": 1, "points": 2, "sources": ["un-a-70-174"]}
    asked = {"prompt": f"Which is meant, {number}?", "hint": "Read all."}
    return {"id": f"own-{number}", "kind": "choice", **about, **asked, "option": options(right)}


def own_set(rights: list[int]) -> dict[str, Any]:
    tables = [table(right, number) for number, right in enumerate(rights, start=1)]
    return {"id": "90-own", "title": "Own", "question": tables}


def written(folder: Path, rights: list[int]) -> Path:
    """Write a set of choices, and a teacher's notebook in which the key has been left."""
    folder.mkdir()
    text = f"# {NOTEBOOK_SECRET}\n" + toml_text(own_set(rights))
    (folder / "90-own.toml").write_text(text, encoding="utf-8")
    asked = f'import cybernorms as cn\ncn.ask("own-1", "{NOTEBOOK_SECRET}")  # {NOTEBOOK_SECRET}'
    cell = {"cell_type": "code", "id": "a", "metadata": {"note": NOTEBOOK_SECRET}, "source": asked}
    shown = {"output_type": "stream", "name": "stdout", "text": NOTEBOOK_SECRET}
    notebook = {
        "cells": [cell | {"execution_count": 3, "outputs": [shown]}],
        "metadata": {"widgets": {"state": NOTEBOOK_SECRET}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / "90-own.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    folder = tmp_path_factory.mktemp("attacks")
    return write_bundle(folder / "student", written(folder / "own", [1, 0, 2]))


@pytest.fixture(scope="module")
def files(bundle: Bundle) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle.package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(folder: Path, rights: list[int]) -> dict[str, bytes]:
    return contents(written(folder, rights))[0]


def test_packages_of_different_keys_have_the_same_bytes(tmp_path: Path) -> None:
    """Prevents anything at all of a key from going along: order, size, hash or name."""
    one = package(tmp_path / "one", [0, 0, 0])
    assert all(package(tmp_path / f"{key}", [*key]) == one for key in [(1, 2, 0), (2, 2, 2)])


def test_the_order_in_which_options_are_written_does_not_go_along(tmp_path: Path) -> None:
    """Prevents a key from being told by an author who writes the right option first."""
    made = []
    for place, order in enumerate(permutations(range(3))):
        folder = written(tmp_path / f"{place}", [1])
        whole = own_set([1])
        [question] = whole["question"]
        question["option"] = [question["option"][index] for index in order]
        (folder / "90-own.toml").write_text(toml_text(whole), encoding="utf-8")
        made.append(contents(folder)[0]["exercises/questions/90-own.toml"])
    assert len(set(made)) == 1


def hashes_of(text: bytes, salts: list[bytes]) -> Iterator[str]:
    for name in ("sha256", "sha1", "md5", "blake2b"):
        yield hashlib.new(name, text).hexdigest()
        for salt in salts:
            yield hashlib.new(name, salt + text).hexdigest()
            yield hashlib.new(name, text + salt).hexdigest()
            yield hmac.new(salt, text, name).hexdigest()


def guesses(right: int) -> Iterator[bytes]:
    """Return what a hash may have been made of, if this were the right option."""
    full = table(right)
    for each in (full, full["option"], full["option"][right], own_set([right])):
        for indent, sort in product((None, 1), (True, False)):
            yield json.dumps(each, indent=indent, sort_keys=sort).encode()
    yield toml_text(full).encode()
    yield "abc"[right].encode()
    yield (FIRST, SECOND, THIRD)[right].encode()


def test_no_hash_in_the_package_tells_which_option_is_right(files: dict[str, bytes]) -> None:
    """Prevents three tries from naming the right one of three options."""
    own = b"\n".join(data for name, data in files.items() if "90-own" in name).decode()
    words = {word.lower() for word in re.findall(r"[0-9a-fA-F]{6,}", own)}
    salts = [each.encode() for each in ("own-1", "90-own", "cybernorms", *words)]
    for right in range(3):
        tried = [hash for text in guesses(right) for hash in hashes_of(text, salts)]
        assert len(tried) > 500
        assert not [word for word in words if any(hash.startswith(word) for hash in tried)]
        revision = read_question(table(right), "own.toml", ANYTHING).revision
        assert revision not in own


def test_the_search_for_hashes_finds_one() -> None:
    full = read_question(table(1), "own.toml", ANYTHING)
    tried = [hash for text in guesses(1) for hash in hashes_of(text, [b"own-1"])]
    assert any(hash.startswith(full.revision) for hash in tried)


def test_nothing_of_a_question_goes_along_but_its_open_part(files: dict[str, bytes]) -> None:
    text = files["cybernorms/exercises/questions/90-own.toml"].decode()
    for question in tomllib.loads(text)["question"]:
        assert set(question) == {
            *("id", "kind", "outcome", "minutes", "points", "prompt", "hint", "sources"),
            *("option", "key"),
        }
        assert all(set(option) == {"id", "text"} for option in question["option"])


def test_the_teachers_notebook_has_lost_what_she_left_in_it(files: dict[str, bytes]) -> None:
    assert not [name for name, data in files.items() if NOTEBOOK_SECRET.encode() in data]
    assert b'cn.ask(\\"own-1\\")' in files["cybernorms/exercises/90-own.ipynb"]


def test_times_and_rights_of_all_files_are_the_same(bundle: Bundle) -> None:
    """Prevents a file that was changed last from standing out."""
    with zipfile.ZipFile(bundle.package) as archive:
        entries = archive.infolist()
    assert len({(one.date_time, one.external_attr, one.create_system) for one in entries}) == 1
    assert not any(one.extra or one.comment for one in entries)
    assert [one.filename for one in entries] == sorted(one.filename for one in entries)


def test_what_lies_beside_the_module_does_not_go_along(files: dict[str, bytes]) -> None:
    hidden = [name for name in files if "/." in name]
    assert hidden == ["cybernorms/.gitattributes", "cybernorms/.gitignore"]
    assert files["cybernorms/.gitignore"].decode() == GITIGNORE


def test_marking_still_tells_which_revision_a_hand_in_answers(
    bundle: Bundle, tmp_path: Path
) -> None:
    """The revision of the package is known, that of a question that has changed is told."""
    keys = [one for each in load_question_sets(bundle.keys) for one in each.questions]
    own = {one.id: one for one in keys if one.id.startswith("own-")}
    revisions = [own["own-1"].open_revision, own["own-2"].revision, "12345678"]
    given = [
        {"question": id, "revision": revision, "response": response, "at": CREATED}
        for id, revision, response in zip(own, revisions, "bac", strict=True)
    ]
    hand_ins = put(tmp_path / "in", "ada.json", hand_in(answers=given))
    mark_class(hand_ins, tmp_path / "out", questions=bundle.keys, processes=1)
    [row] = rows(tmp_path / "out" / "students.csv")
    assert [row[id] for id in own] == ["1", "1", "1"]
    said = report(tmp_path / "out")
    assert "own-3 (own-3): 1 answer was to another version" in said
    assert "own-1" not in said and "own-2" not in said


def test_a_name_without_zip_gets_it_and_is_told(
    bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bundle.package.name == "student.zip"
    assert main(["bundle", "--to", str(tmp_path / "week.1")]) == 0
    assert f"Wrote {tmp_path / 'week.1.zip'}" in capsys.readouterr().out
    assert zipfile.is_zipfile(tmp_path / "week.1.zip")
    assert (tmp_path / "week.1-questions-with-keys").is_dir()


def test_ids_that_may_tell_the_key_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path / "own", [1])
    text = (folder / "90-own.toml").read_text(encoding="utf-8")
    told = text.replace('id = "b"', 'id = "the-right-one"')
    (folder / "90-own.toml").write_text(told, encoding="utf-8")
    package = ["--to", str(tmp_path / "student.zip")]
    assert main(["bundle", *package, "--questions", str(folder)]) == 0
    assert "may tell the key; rename them: own-1: the-right-one\n" in capsys.readouterr().out


def test_ids_that_say_nothing_are_not_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = ["--to", str(tmp_path / "student.zip")]
    own = written(tmp_path / "own", [1])
    assert main(["bundle", *package, "--questions", str(own)]) == 0
    assert "may tell" not in capsys.readouterr().out
