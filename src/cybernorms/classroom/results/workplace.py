"""The folder of results: made beside its place, and moved there only when it is complete."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from tempfile import mkdtemp

from cybernorms.classroom.results.lock import lock_folder, locked, plain_errors, undisturbed
from cybernorms.classroom.results.secret import SECRET
from cybernorms.errors import CyberNormsError

MARK = "about-results.txt"
OURS = {
    MARK,
    "blind-ids.csv",
    "canvas-without-essays.csv",
    "canvas.csv",
    "class-report.html",
    "gradebook.csv",
    "gradebook.xlsx",
    "items.csv",
    "moodle-feedback.zip",
    "moodle-without-essays.csv",
    "moodle.csv",
    "options-by-section.csv",
    "options.csv",
    "pages",
    "report.html",
    "report.txt",
    "rubric.csv",
    "rubric.xlsx",
    "rubric-marks.csv",
    SECRET,
    "students.csv",
    "written",
}
_ABOUT = (
    "Results of cybernorms mark. When the class is marked again, this folder is replaced;\n"
    "files of your own in it come along.\n"
)
_LONGEST = 100  # letters of a name, so that what is made of it is one that every system takes
_LONGEST_MARK = 200  # bytes
WAIT = 3.0  # seconds; keeping a mark takes far less


def is_ours(name: str) -> bool:
    """Return whether a run, or a report on it, writes a file of this name, and replaces it."""
    # One for each of several assignments or sections.
    several = ("moodle-feedback-*.zip", "class-report-*.html")
    return name in OURS or any(fnmatch(name, each) for each in several)


class Workplace:
    """The hidden folder beside the results in which a run works; its name cannot be known before.

    `new` becomes the results, and `before` are the old ones while they are exchanged. `lock` is
    the folder of the lock.
    """

    def __init__(self, results: Path, folder: Path) -> None:
        self.results = results
        self.folder = folder
        self.lock = lock_folder(results)
        self.new = self.folder / "new"
        self.before = self.folder / "before"


@contextlib.contextmanager
def workplace(results: Path, hand_ins: Path | None = None) -> Iterator[Workplace]:
    """Hold a fresh workplace, whose `new` folder replaces the results when all has gone well.

    What a run left that was killed is cleared away first. Files of the old results that no run
    writes, such as a teacher's notes, come along.

    Arguments:
        results: the folder to be written or replaced.
        hand_ins: what is marked, among which no earlier results are looked for.

    Raises:
        CyberNormsError: the folder holds other things than results, cannot be written to, is
            full, or another run is at work on it.
    """
    with _held(results, WAIT) as place:
        _must_be_replaceable(place, hand_ins)
        work = None
        try:
            with undisturbed():
                work = Workplace(place, new_place(place))
                work.new.mkdir()
            yield work
            _carry_over(work)
            # Elsewhere the mark is the same each time, as all other files are.
            number = work.new.stat().st_ino if _is_among(place, hand_ins) else 0
            (work.new / MARK).write_text(f"{_ABOUT}{number}\n", encoding="ascii")
            with undisturbed():
                _swap(work)
        finally:
            if work:
                with undisturbed():
                    _clear_up(work)


@contextlib.contextmanager
def holding(
    results: Path, wait: float | None = None, again: str = "run it again"
) -> Iterator[None]:
    """Hold the results, so that nothing else changes them meanwhile.

    Arguments:
        results: the folder.
        wait: how long to wait for another run to end, in seconds; some, if not given.
        again: what to do once a cause of failure is gone.

    Raises:
        CyberNormsError: it cannot be written to, is full, or another run is still at work on it.
    """
    with _held(results, WAIT if wait is None else wait, again):
        yield


@contextlib.contextmanager
def _held(results: Path, wait: float, again: str = "run it again") -> Iterator[Path]:
    with plain_errors(results, again):
        if results.is_symlink():
            raise CyberNormsError(
                "The folder of the results is a link",
                where=str(results),
                remedy=f"Name the folder that it leads to: {results.resolve()}",
            )
        results = results.resolve()
        with locked(results, wait):
            for place in _left_places(results):
                _clear_up(Workplace(results, place))
            for path in results.glob(".rubric*.csv.*.part"):  # as files.py calls what is half done
                path.unlink()
            yield results


def new_place(results: Path) -> Path:
    """Make a folder to work in, with the mark by which it is known as ours."""
    place = Path(mkdtemp(".part", f".{results.name[:_LONGEST]}.", results.parent))
    try:
        (place / MARK).write_text(str(place.stat().st_ino), encoding="ascii")
    except OSError:  # without its mark nothing would clear it away
        shutil.rmtree(place, ignore_errors=True)
        raise
    return place


def _left_places(results: Path) -> list[Path]:
    """Return the places of work that runs left which were killed.

    Anybody can make a folder of such a name. In ours stands the number that the disk gave it,
    which nobody who made one elsewhere can know; and it's of this account, and closed to others,
    which no folder is that another account made here.
    """
    start = f".{results.name[:_LONGEST]}."
    found = []
    with contextlib.suppress(OSError), os.scandir(results.parent) as entries:
        for entry in entries:
            if not (entry.name.startswith(start) and entry.name.endswith(".part")):
                continue
            about = entry.stat(follow_symlinks=False)
            mine = stat.S_ISDIR(about.st_mode) and _is_closed(about)
            if mine and _marked_number(Path(entry)) == str(about.st_ino):
                found.append(Path(entry))
    return sorted(found)


def _is_closed(about: os.stat_result) -> bool:
    """Return whether a folder is of this account alone, where the system knows of accounts."""
    if not hasattr(os, "getuid"):
        return True
    return about.st_uid == os.getuid() and not about.st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _marked_number(folder: Path) -> str:
    """Return the last line of the mark of a folder, or nothing where there is none."""
    path = folder / MARK
    try:
        if path.is_symlink() or path.stat().st_size > _LONGEST_MARK:
            return ""
        return path.read_text(encoding="ascii").strip().rpartition("\n")[2]
    except (OSError, ValueError):
        return ""


def _clear_up(work: Workplace) -> None:
    """Undo what was half done: put the old results back, and remove the place of work."""
    if work.before.is_dir() and not work.before.is_symlink() and not work.results.exists():
        work.before.rename(work.results)
    # Of a folder that a teacher protected something may stay; the next run tries again.
    shutil.rmtree(work.folder, ignore_errors=True)


def is_results(folder: Path) -> bool:
    """Return whether a folder holds results of a run, which its mark says."""
    return _marked_number(folder).isdigit() and (folder / "gradebook.csv").is_file()


def _is_among(results: Path, hand_ins: Path | None) -> bool:
    return hand_ins is not None and hand_ins.resolve() in results.parents


def _must_be_replaceable(results: Path, hand_ins: Path | None) -> None:
    """See that a folder that will be replaced holds results of an earlier run, or nothing."""
    if not results.exists():
        return
    if not results.is_dir():
        raise CyberNormsError(
            "There is a file where the folder of the results should be",
            where=str(results),
            remedy="Name another folder",
        )
    above = [] if hand_ins is None else [hand_ins.resolve(), *hand_ins.resolve().parents]
    if results in above:
        raise CyberNormsError(
            "The hand-ins lie in the folder for the results, which is replaced as a whole",
            where=str(results),
            remedy=f"Name another folder, such as --to {results.with_name('results')}",
        )
    names = {path.name for path in results.iterdir()}
    if names - {SECRET} and not is_results(results):
        raise CyberNormsError(
            "This folder holds other things than results, and would be replaced",
            where=str(results),
            remedy="Name a new folder for the results",
        )
    if (
        names
        and _is_among(results, hand_ins)
        and _marked_number(results) != str(results.stat().st_ino)
    ):
        raise CyberNormsError(
            "This folder lies among the hand-ins and was not made here, so a student may have "
            "handed it in",
            where=str(results),
            remedy="Name a new folder; results that you copied here can be moved out of the "
            "hand-ins and named there",
        )


def _carry_over(work: Workplace) -> None:
    if work.results.is_dir():
        for path in sorted(work.results.iterdir()):
            target = work.new / path.name
            if is_ours(path.name) or target.exists():
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.copytree(path, target, symlinks=True)
            else:  # a link stays a link
                shutil.copy2(path, target, follow_symlinks=False)


def _swap(work: Workplace) -> None:
    if work.results.exists():
        work.results.rename(work.before)
    work.new.rename(work.results)
