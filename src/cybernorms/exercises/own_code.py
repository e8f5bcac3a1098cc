"""The code that a learner writes in an exercise notebook, kept beside the answers.

Notebooks stay as they were shipped, so what is typed in their cells is kept here. A cell has one
text; where two windows write different ones, each has a file of its own, as with drafts.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.disk import explained, make_private, other_kind
from cybernorms.exercises.drafts import Draft, Drafts

LOCK = "code.lock"
LOCK_SECONDS = 5.0
LONGEST = 100_000


class OwnCode:
    """The code of one notebook.

    Arguments:
        folder: the folder of the record.
        notebook: the name of the notebook, such as `02-un-norms`.
    """

    def __init__(self, folder: Path, notebook: str) -> None:
        self.notebook = notebook
        self._drafts = Drafts(folder)

    def read(self, cells: Sequence[str]) -> dict[str, str]:
        """Return the text that was kept last for each cell that has one."""
        found = {cell: self._all(cell) for cell in cells}
        return {
            cell: max(drafts, key=lambda each: each.time).text
            for cell, drafts in found.items()
            if drafts
        }

    def keep(self, cell: str, text: str, shown: str = "") -> str:
        """Keep the text of a cell, and return it as it was kept.

        Arguments:
            cell: the id of the cell.
            text: what stands in it.
            shown: what the window that sends it has shown or sent last; a text that it has not
                shown is another window's, and is left where it is.

        Raises:
            CyberNormsError: it is too long, or cannot be written.
        """
        if len(text) > LONGEST:
            raise CyberNormsError(
                f"This is longer than {LONGEST:,} characters", remedy="Shorten it to have it kept"
            )
        with explained(self._drafts.folder.parent):
            make_private(self._drafts.folder.parent)
            make_private(self._drafts.folder)
            with self._alone():
                known = next((each for each in self._all(cell) if each.text == shown), None)
                return self._drafts.keep(self._key(cell), text, known).text

    def _key(self, cell: str) -> str:
        return f"code-{self.notebook}-{cell}"

    def _all(self, cell: str) -> list[Draft]:
        return self._drafts.all(self._key(cell))

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other servers out; one that is killed lets go of the lock by itself."""
        from filelock import FileLock, Timeout

        lock = self._drafts.folder / LOCK
        if kind := other_kind(lock):
            raise CyberNormsError(
                f"Not kept: {LOCK} is not a file but {kind}",
                where=str(lock),
                remedy="Move it to another folder",
            )
        held = FileLock(lock, timeout=LOCK_SECONDS, mode=0o600)
        try:
            held.acquire()
        except Timeout:
            raise CyberNormsError(
                "Not kept: another program is writing there",
                where=str(lock),
                remedy="Wait a moment, then change the text again",
            ) from None
        except NotImplementedError:
            pass  # a disk without locks: better kept there than not at all
        try:
            yield
        finally:
            held.release()
