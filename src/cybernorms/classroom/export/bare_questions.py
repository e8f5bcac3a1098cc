"""Question sets as students get them in a package, written anew as TOML field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tomli

from cybernorms.exercises.questions import QuestionSet
from cybernorms.exercises.withheld import withhold

# An option whose id has one of these words, while others have none, may tell the key.
TELLING = {
    *("correct", "right", "true", "best", "key", "defensible"),
    *("incorrect", "wrong", "false", "distractor"),
}


def toml_text(table: Mapping[str, Any]) -> str:
    """Return a table of a question set as TOML.

    >>> print(toml_text({"id": "a", "option": [{"id": "b", "credit": 0.5}]}), end="")
    id = "a"
    <BLANKLINE>
    [[option]]
    id = "b"
    credit = 0.5
    """
    return "\n".join(_toml_lines(table, "")).lstrip("\n") + "\n"


def _is_array_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _toml_lines(table: Mapping[str, Any], path: str) -> Iterator[str]:
    arrays = {name: value for name, value in table.items() if _is_array_of_tables(value)}
    for name, value in table.items():
        if name not in arrays:
            yield f"{_toml_value(name) if not name.isidentifier() else name} = {_toml_value(value)}"
    for name, values in arrays.items():
        for value in values:
            yield ""
            yield f"[[{path}{name}]]"
            yield from _toml_lines(value, f"{path}{name}.")


def _toml_value(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{_toml_value(str(key))} = {_toml_value(each)}" for key, each in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml_value, value)) + "]"
    # The texts, numbers and truth values of TOML are those of JSON, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def without_keys(text: str, full: QuestionSet) -> str:
    """Return the TOML of a question set without the keys of its graded questions.

    Comments are gone too, for an author's comments may tell as much as a key.

    Arguments:
        text: TOML of the full set.
        full: the same set, as it was read.
    """
    table = tomli.loads(text)
    questions = [withhold(each) if _is_graded(each) else each for each in table["question"]]
    return toml_text({"id": full.id, "title": full.title, "question": questions})


def telling_ids(text: str) -> list[str]:
    """Return question and id of each option that may tell by its id whether it is right.

    >>> telling_ids('''question = [{ id = "a", option = [{ id = "right" }, { id = "b" }] }]''')
    ['a: right']
    """
    found = []
    for question in tomli.loads(text)["question"]:
        for options in _lists_of_options(question) if _is_graded(question) else []:
            telling = [each["id"] for each in options if TELLING & {*each["id"].split("-")}]
            if len(telling) < len(options):
                found += [f"{question['id']}: {id}" for id in telling]
    return found


def _lists_of_options(question: Mapping[str, Any]) -> Iterator[Sequence[Mapping[str, Any]]]:
    for table in (question, *question.get("part", [])):
        yield table.get("option", [])


def _is_graded(question: Mapping[str, Any]) -> bool:
    return bool(question.get("use", "graded") == "graded")
