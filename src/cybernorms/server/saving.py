"""Save lessons as they were shipped: without outputs, counts and what a kernel says of itself.

A lesson that somebody has run would else differ from the shipped one, and an update would stop
there. What a person has changed in the text of its cells is saved as it is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# What Jupyter itself writes into the metadata of a cell when it is run or trusted.
_OF_RUNNING = ("execution", "trusted", "collapsed", "scrolled", "ExecuteTime")


class Saving:
    """What is done to a notebook before it is saved.

    Arguments:
        contents: the contents manager, which knows the folder that the server shows.
    """

    def __init__(self, contents: Any) -> None:
        self._contents = contents

    def keep_as_shipped(self, model: dict[str, Any], path: str = "", **_: Any) -> None:
        """Drop from a lesson or exercise notebook what running it has added.

        Arguments:
            model: what Jupyter is about to save; anything but one of our notebooks is left alone.
            path: where to, below the folder that the server shows.
        """
        from cybernorms.server.course import find_course

        content = model.get("content")
        if model.get("type") != "notebook" or not isinstance(content, dict):
            return
        found = find_course(self._contents, path)
        if found is None or found.path not in found.course.shipped:
            return
        before = _read(found.course.folder / found.path)
        if before is not None and _ours(before, content):
            without_outputs(content, before.get("metadata", {}))


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _ours(before: dict[str, Any], content: dict[str, Any]) -> bool:
    """Return whether a notebook is one of ours still: most of its cells have the ids of before."""
    ids = [_ids(each) for each in (before, content)]
    return len(ids[0] & ids[1]) * 2 > len(ids[1])


def _ids(content: dict[str, Any]) -> set[str]:
    cells = content.get("cells")
    found = [each for each in cells if isinstance(each, dict)] if isinstance(cells, list) else []
    return {each["id"] for each in found if isinstance(each.get("id"), str)}


def without_outputs(content: dict[str, Any], metadata: dict[str, Any]) -> None:
    """Take outputs, counts and the kernel's metadata out of a notebook.

    Arguments:
        content: the notebook, which is changed.
        metadata: that of the notebook as it lies on the disk, which is put back.
    """
    content["metadata"] = metadata
    for cell in content.get("cells", []):
        if not isinstance(cell, dict):
            continue
        if isinstance(own := cell.get("metadata"), dict):
            for name in _OF_RUNNING:
                own.pop(name, None)
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
