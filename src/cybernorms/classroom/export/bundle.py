"""The package for students: the module without the keys of graded questions, as one zip.

Nothing is copied by leaving something out: what goes in is listed, questions are written anew
field by field, and notebooks lose their outputs and answers. Beside the zip, for the teacher
alone, lies a folder with the same question sets in full, by which hand-ins are marked.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli

from cybernorms.classroom.export.exports import zip_of
from cybernorms.corpus.leaked import without_leaked
from cybernorms.corpus.tables import read_whole
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.masters import Notebook, student_notebook, to_json
from cybernorms.exercises.question_files import load_question_sets, read_question_set
from cybernorms.exercises.questions import QuestionSet
from cybernorms.exercises.withheld import must_have_keys, withhold
from cybernorms.files import write_whole
from cybernorms.paths import questions_dir

TOP = "cybernorms"
FILES = (
    *("start.py", "pyproject.toml", "requirements.lock", "requirements-dev.lock"),
    *("environment.yml", "LICENSE", "LICENSE-CONTENT", "CITATION.cff"),
)
FOLDERS = {
    "data": ("*.csv", "*.json"),
    "jupyter": ("*.json", "*.js"),
    "src": ("*.py", "*.pyi", "py.typed", "*.css"),
}
KEYS = "questions-with-keys"

README = """\
# cybernorms, for students

A teaching module on international cyber norms, in Jupyter notebooks.
You need Python 3.11 or newer; nobody needs to program.
In this folder, type

    python3 start.py

(on Windows: `py start.py`), and your browser opens with the first lesson.

Your answers are kept in the folder `work/` beside this file.
In this copy, graded questions save your answer and say no more: your teacher marks them.
Practice questions in the lessons give their reasons at once.
"""

NOTE = (
    "**In this copy, graded questions save your answer and say no more.**\n"
    "Press **Save**; you may answer again, and your teacher marks what you hand in."
)


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
    questions = [
        withhold(each) if each.get("use", "graded") == "graded" else each
        for each in table["question"]
    ]
    return toml_text({"id": full.id, "title": full.title, "question": questions})


def exercise_notebook(each: QuestionSet) -> Notebook:
    """Return a notebook that asks the questions of a set, for sets that come without one."""
    cells = [
        _cell("title", f"# {each.title}\n\nAnswer and press the button below each question."),
        _cell("setup", "from cybernorms import ask, check, data, progress", code=True),
    ]
    cells += [_cell(one.id, f'ask("{one.id}")', code=True) for one in each.questions]
    cells.append(_cell("progress", "progress()", code=True))
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _cell(id: str, source: str, *, code: bool = False) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": "code" if code else "markdown",
        "id": id,
        "metadata": {"deletable": False, "editable": False},
        "source": source.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if code else {})


def _with_note(notebook: Notebook) -> Notebook:
    """Return an exercise notebook that says that it saves and does not explain."""
    first, *rest = notebook["cells"]
    return {**notebook, "cells": [first, _cell("keys-withheld", NOTE), *rest]}


def _module_folder() -> Path:
    folder = questions_dir().parent.parent
    if not all((folder / name).is_file() for name in ("start.py", "pyproject.toml")):
        raise CyberNormsError(
            "A package for students is made from the folder of the module, and it is not here",
            where=str(folder),
            remedy="Download the module as a folder, and run the command in it",
        )
    return folder


def _texts(folder: Path | None, ending: str) -> dict[str, str]:
    """Return name and text of the files of a kind in a folder."""
    paths = sorted(folder.glob(f"*{ending}")) if folder else []
    return {path.name: path.read_text(encoding="utf-8-sig") for path in paths}


def _notebooks(module: Path, own: Path | None, sets: Mapping[str, QuestionSet]) -> dict[str, str]:
    """Return path and text of all notebooks, without outputs and answers."""
    exercises = {**_texts(module / "exercises", ".ipynb"), **_texts(own, ".ipynb")}
    made = {
        f"exercises/{name}": to_json(_with_note(student_notebook(_read(name, text))))
        for name, text in exercises.items()
    }
    for name in _texts(own, ".toml"):
        path = f"exercises/{Path(name).stem}.ipynb"
        if path not in made:
            made[path] = to_json(_with_note(exercise_notebook(sets[name])))
    for name, text in _texts(module / "notebooks", ".ipynb").items():
        made[f"notebooks/{name}"] = to_json(student_notebook(_read(name, text)))
    return made


def _read(name: str, text: str) -> Notebook:
    try:
        notebook: Notebook = json.loads(text)
    except ValueError:
        raise CyberNormsError(
            "This notebook cannot be read", where=name, remedy="Restore it from a fresh copy"
        ) from None
    return notebook


def _write_questions(folder: Path, texts: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _table(path: Path, *, leaked: bool) -> bytes:
    """Return a table as it goes to students."""
    content = path.read_bytes()
    rows = read_whole(path.stem)
    kept = rows if leaked else without_leaked(path.stem, rows, read_whole)
    if kept == rows:
        return content
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    return text.getvalue().encode("utf-8")


def contents(
    own: Path | None = None, *, leaked: bool = True
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return what goes to students, by path, and the full question sets that stay, by name.

    Arguments:
        own: a folder with the teacher's own question sets, and notebooks if there are any; a set
            whose file has the name of one of the module's takes its place.
        leaked: whether rows that rest on leaked texts go along.

    Raises:
        CyberNormsError: a question set is wrong, or keys are withheld here already.
    """
    module = _module_folder()
    if own and not _texts(own, ".toml"):
        raise CyberNormsError(
            "There are no question sets in this folder", where=str(own), remedy="Name another one"
        )
    full = {**_texts(module / "exercises" / "questions", ".toml"), **_texts(own, ".toml")}
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write_questions(folder, full)
        sets = dict(zip(sorted(full), load_question_sets(folder), strict=True))
        must_have_keys(list(sets.values()), "A package for students cannot be made")
        bare = {file: without_keys(text, sets[file]) for file, text in full.items()}
        _write_questions(folder / "bare", bare)
        for file in bare:
            read_question_set(folder / "bare" / file)
    texts = {f"exercises/questions/{file}": text for file, text in bare.items()}
    texts |= _notebooks(module, own, sets)
    texts["README.md"] = README
    packed = {path: text.encode("utf-8") for path, text in texts.items()}
    for file in FILES:
        packed[file] = (module / file).read_bytes()
    for folder_name, patterns in FOLDERS.items():
        for pattern in patterns:
            for path in (module / folder_name).rglob(pattern):
                table = path.suffix == ".csv"
                content = _table(path, leaked=leaked) if table else path.read_bytes()
                packed[path.relative_to(module).as_posix()] = content
    return packed, full


def write_bundle(path: Path, own: Path | None = None, *, leaked: bool = True) -> Path:
    """Write the package for students and, beside it, the question sets with keys.

    Arguments:
        path: the zip to write.
        own: a folder with the teacher's own question sets, or None.
        leaked: whether rows that rest on leaked texts go along.

    Returns:
        The folder of the question sets with keys, by which hand-ins are marked.

    Raises:
        CyberNormsError: as `contents`, or there is a folder of that name.
    """
    if path.is_dir():
        raise CyberNormsError(
            "There is a folder where the package should be",
            where=str(path),
            remedy="Name a file, such as student.zip",
        )
    packed, full = contents(own, leaked=leaked)
    write_whole(path, zip_of({f"{TOP}/{name}": content for name, content in packed.items()}))
    keys = path.with_name(f"{path.stem}-{KEYS}")
    for old in keys.glob("*.toml"):
        old.unlink()
    _write_questions(keys, full)
    return keys
