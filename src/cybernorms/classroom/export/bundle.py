"""The package for students: the module without the keys of graded questions, as one zip.

Nothing is copied by leaving something out: what goes in is listed, questions are written anew
field by field, and notebooks lose their outputs and answers. Beside the zip, for the teacher
alone, lies a folder with the same question sets in full, by which hand-ins are marked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cybernorms.classroom.export.bare_notebooks import (
    bare_notebook,
    exercise_notebook,
    read_notebook,
    with_note,
)
from cybernorms.classroom.export.bare_questions import telling_ids, without_keys
from cybernorms.classroom.export.exports import zip_of
from cybernorms.corpus.leaked import without_leaked
from cybernorms.corpus.process import load_lessons
from cybernorms.corpus.tables import read_whole
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.masters import to_json
from cybernorms.exercises.question_files import load_question_sets, read_question_set
from cybernorms.exercises.questions import QuestionSet
from cybernorms.exercises.shipped import FILE as SHIPPED_FILE, manifest_of
from cybernorms.exercises.withheld import must_have_keys
from cybernorms.files import write_whole
from cybernorms.paths import questions_dir

TOP = "cybernorms"
FILES = (
    *("start.py", "pyproject.toml", "requirements.lock", "requirements-dev.lock"),
    *("environment.yml", "LICENSE", "LICENSE-CONTENT", "CITATION.cff", ".gitattributes"),
)
FOLDERS = {
    "data": ("*.csv", "*.json"),
    "jupyter": ("*.json", "*.js", "*.css"),
    "src": ("*.py", "*.pyi", "py.typed", "*.css", "*.js", "*.html"),
}
SHIPPED = f"src/cybernorms/{SHIPPED_FILE.name}"
KEYS = "questions-with-keys"
PATHS = {"one-class-path.ipynb"}  # notebooks that are read beside the lessons

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

GITIGNORE = """\
work/
.venv/
__pycache__/
.ipynb_checkpoints/
"""


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
    return {path.name: _text(path) for path in paths}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CyberNormsError(
            "This file is not text in UTF-8", where=str(path), remedy="Save it as UTF-8"
        ) from None


def _notebooks(module: Path, own: Path | None, sets: Mapping[str, QuestionSet]) -> dict[str, str]:
    """Return path and text of all notebooks, without outputs and answers."""
    ids = {one.id for each in sets.values() for one in each.questions if one.use == "graded"}
    names = {Path(file).stem: each for file, each in sets.items()}
    ours = _texts(module / "exercises", ".ipynb")
    exercises = {name: text for name, text in ours.items() if Path(name).stem in names}
    made = {
        f"exercises/{name}": with_note(bare_notebook(read_notebook(text, name), name, ids))
        for name, text in (exercises | _texts(own, ".ipynb")).items()
    }
    for name in _texts(own, ".toml"):
        path = f"exercises/{Path(name).stem}.ipynb"
        if path not in made:
            made[path] = with_note(exercise_notebook(sets[name]))
    known = PATHS | {lesson.notebook for lesson in load_lessons()}
    for name, text in _texts(module / "notebooks", ".ipynb").items():
        if name in known:
            notebook = read_notebook(text, name)
            made[f"notebooks/{name}"] = bare_notebook(notebook, name, ids, notes=True)
    return {path: to_json(notebook) for path, notebook in made.items()}


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
    texts |= {"README.md": README, ".gitignore": GITIGNORE}
    packed = {path: text.encode("utf-8") for path, text in texts.items()}
    for file in FILES:
        packed[file] = (module / file).read_bytes()
    # Lessons run by themselves where they are as this package brings them.
    packed[SHIPPED] = manifest_of(packed)
    return packed | _folders(module, leaked=leaked), full


def _folders(module: Path, *, leaked: bool) -> dict[str, bytes]:
    """Return path and content of what goes along as it is, and of tables."""
    found = {}
    for folder, patterns in FOLDERS.items():
        for path in (path for pattern in patterns for path in (module / folder).rglob(pattern)):
            inside = path.relative_to(module)
            if not any(part.startswith(".") for part in inside.parts):
                table = path.suffix == ".csv"
                content = _table(path, leaked=leaked) if table else path.read_bytes()
                found[inside.as_posix()] = content
    return found


class Bundle(NamedTuple):
    """What was written: the package, and the folder of the question sets with keys.

    `telling` names options of own sets of which the id may tell whether they are right.
    """

    package: Path
    keys: Path
    telling: list[str]


def write_bundle(path: Path, own: Path | None = None, *, leaked: bool = True) -> Bundle:
    """Write the package for students and, beside it, the question sets with keys.

    Arguments:
        path: the zip to write; `.zip` is added where it ends otherwise.
        own: a folder with the teacher's own question sets, or None.
        leaked: whether rows that rest on leaked texts go along.

    Raises:
        CyberNormsError: as `contents`, or there is a folder of that name.
    """
    package = path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")
    if path.is_dir() or package.is_dir():
        raise CyberNormsError(
            "There is a folder where the package should be",
            where=str(path),
            remedy="Name a file, such as student.zip",
        )
    packed, full = contents(own, leaked=leaked)
    write_whole(package, zip_of({f"{TOP}/{name}": content for name, content in packed.items()}))
    keys = package.with_name(f"{package.stem}-{KEYS}")
    for old in keys.glob("*.toml"):
        old.unlink()
    _write_questions(keys, full)
    mine = _texts(own, ".toml").values()
    return Bundle(package, keys, [id for text in mine for id in telling_ids(text)])
