"""The course around a notebook: its lessons and exercise sets, and where the learner stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from msgspec import Struct

from cybernorms.exercises.own_folders import is_own
from cybernorms.exercises.shipped import Kind, Shipped, kind_of, number_of, shipped_notebooks
from cybernorms.paths import lessons_dir, module_folder, work_dir
from cybernorms.server.progress import Progress
from cybernorms.shadowing import has_code_beside


class Entry(Struct, frozen=True):
    """A lesson or exercise set, as the page is told of it.

    `path` and its neighbours `back` and `next` lie below the folder that the server shows; `open`
    are the names of its open questions, in order, and `code` the cells in which learners write
    code. `own` says that it lies in a folder of this module, so that it may run by itself if its
    digest is `sha256`.
    """

    path: str
    number: str
    title: str
    kind: Kind
    sha256: str
    own: bool
    answered: int
    questions: int
    open: tuple[str, ...]
    code: tuple[str, ...]
    back: str
    next: str


class Course(Struct, frozen=True):
    """A folder with lessons and exercises, and its path below the folder that the server shows."""

    folder: Path
    below: str

    @property
    def shipped(self) -> Mapping[str, Shipped]:
        """Return the notebooks of the module that lie here, by their path in the folder."""
        known = shipped_notebooks()
        return {path: each for path, each in known.items() if (self.folder / path).is_file()}

    def work(self) -> Path:
        """Return the folder of the record to which the kernels of the lessons write.

        Raises:
            CyberNormsError: there is none.
        """
        return work_dir(self.folder / "notebooks")

    def entries(self, progress: Progress) -> list[Entry]:
        """Return all lessons and exercise sets, in the order in which they are worked through."""
        shipped = self.shipped
        standings = progress.standings(self.work(), {key: shipped[key].asks for key in shipped})
        in_order = [path for path in shipped if number_of(path)]
        own = {name: self._may_run(name) for name in ("notebooks", "exercises")}
        found = []
        for path, each in shipped.items():
            at = in_order.index(path) if path in in_order else -2
            standing = standings[path]
            found.append(
                Entry(
                    path=self.below + path,
                    number=number_of(path),
                    title=each.title,
                    kind=kind_of(path),
                    sha256=each.sha256,
                    own=own[path.split("/")[0]],
                    answered=standing.answered,
                    questions=standing.questions,
                    open=standing.open,
                    code=each.code,
                    back=self._at(in_order, at - 1),
                    next=self._at(in_order, at + 1),
                )
            )
        return found

    def _at(self, paths: list[str], place: int) -> str:
        return self.below + paths[place] if 0 <= place < len(paths) else ""

    def _may_run(self, name: str) -> bool:
        """Return whether lessons in one of the folders may run without being asked for it."""
        return is_own(self.folder) and not has_code_beside(self.folder / name)


class Found(NamedTuple):
    """A course, and the path in its folder of the notebook that was asked for."""

    course: Course
    path: str


def find_course(contents: Any, path: str) -> Found | None:
    """Return the course in which a notebook lies, None where it lies in none.

    Arguments:
        contents: the contents manager.
        path: of the notebook, below the folder that the server shows; "" for the module itself.
    """
    shown = getattr(contents, "root_dir", "")
    if not isinstance(shown, str) or not shown:
        return None
    root = Path(shown).absolute()
    parts = PurePosixPath(path).parts
    if any(part in ("..", "/") or "\\" in part or ":" in part for part in parts):
        return None
    target = root.joinpath(*parts)
    folder = module_folder(target.parent if path else root)
    if folder is None and not path:
        folder = lessons_dir()
    if folder is None or not folder.is_relative_to(root):
        return None
    below = folder.relative_to(root).as_posix()
    within = target.relative_to(folder).as_posix() if path else ""
    return Found(Course(folder, "" if below == "." else f"{below}/"), within)
