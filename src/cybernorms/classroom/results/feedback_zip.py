"""Pages of feedback in the zip in which Moodle takes them back, one for each assignment.

Moodle's import (`assignfeedback_file`) takes a name apart at its underscores: somebody's name,
their number, the kind and the name of a plugin, as in the zip of submissions that came. What lies
in a folder called so becomes a file of feedback for that person.
"""

from __future__ import annotations

import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cybernorms.classroom.intake.file_names import Sender
from cybernorms.exercises.hand_in import slug

FEEDBACK_ZIP = "moodle-feedback.zip"
FILE = "feedback.html"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can have
_QUICK = 1  # pages are much alike, so that more effort saves little
# Bytes of pages that are packed small; those of larger classes are stored, since packing them
# would take longer than marking.
MOST_PACKED = 16_000_000


class Page(NamedTuple):
    """A page for one who handed in through Moodle: the download, Moodle's folder, the page."""

    download: str
    folder: str
    page: str


def pages_for(student: Sender, senders: Iterable[Sender], page: str) -> list[Page]:
    """Return where the page of a student goes, in each assignment handed in through Moodle.

    Arguments:
        student: as whom the LMS knows the student.
        senders: of the files that count for the student, some of which others may have handed in.
        page: the name of the page.
    """
    found = {
        Page(each.folder, each.label, page)
        for each in senders
        if each.system == "moodle" and each.label
        if each.id == student.id or (each.name == student.name and not each.is_anonymous)
    }
    return sorted(found)


def write_feedback_zips(results: Path, pages: Sequence[Page]) -> list[str]:
    """Write a zip for each assignment, the same bytes whenever it is made; return their names.

    A folder of a group with several pages is left out, for Moodle would give one member's page to
    all of them.

    Arguments:
        results: the folder of the results, with the pages in `pages/`.
        pages: of the whole class.
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in pages:
        found[each.download][each.folder].add(each.page)
    names = _names(sorted(found))
    size = sum((results / "pages" / each.page).stat().st_size for each in pages)
    how = zipfile.ZIP_DEFLATED if size <= MOST_PACKED else zipfile.ZIP_STORED
    for download, name in names.items():
        with zipfile.ZipFile(results / name, "w") as archive:
            for folder, several in sorted(found[download].items()):
                if len(several) == 1:
                    [page] = several
                    info = zipfile.ZipInfo(f"{folder}/{FILE}", _LONG_AGO)
                    info.create_system, info.external_attr = 3, 0o644 << 16
                    content = (results / "pages" / page).read_bytes()
                    archive.writestr(info, content, how, _QUICK)
    return list(names.values())


def _names(downloads: Sequence[str]) -> dict[str, str]:
    """Return a name for the zip of each download, by what it was called itself."""
    if len(downloads) < 2:
        return dict.fromkeys(downloads, FEEDBACK_ZIP)
    names, seen = {}, Counter[str]()
    for download in downloads:
        last = slug(PurePosixPath(download).name.removesuffix(".zip")) or "download"
        seen[last] += 1
        more = f"-{seen[last]}" if seen[last] > 1 else ""
        names[download] = f"moodle-feedback-{last}{more}.zip"
    return names


def describe_zips(names: Sequence[str]) -> list[str]:
    """Return what to do with the zips, one line for all of them."""
    if not names:
        return []
    return [
        f"{' and '.join(names)}: the page of each student, for Moodle to give out. In the "
        "assignment choose Submissions, Actions, Upload multiple feedback files in a zip; if it "
        "is not offered, turn on Feedback files in the settings of the assignment. If Moodle finds "
        "one too large, unpack it and pack its folders in several zips."
    ]
