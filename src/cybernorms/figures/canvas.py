"""How every figure looks, and how it becomes an image that carries its text."""

from __future__ import annotations

import base64
import gc
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cybernorms.document import Picture

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, SOFT, BLUE, GREY = "#1f2328", "#57606a", "#14568f", "#c9d1d9"

_LOOK = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 1.2,
    "figure.facecolor": "white",
    "svg.hashsalt": "cybernorms",
}


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Leave out garbage collection: loading matplotlib and drawing make objects that stay.

    Looking through all of them again and again would slow the first figures of a lesson.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _elsewhere() -> Iterator[None]:
    """Leave the current folder, in which matplotlib looks for settings as it is loaded.

    Among hand-ins these would be a student's, and they can have LaTeX run.
    """
    try:
        before = Path.cwd()
    except OSError:  # it was deleted
        yield
        return
    os.chdir(Path(__file__).parent)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def drawing(
    width: float, height: float, margins: tuple[float, float, float, float]
) -> Iterator[Figure]:
    """Give a figure in the module's look, without pyplot and its global state.

    Margins are given and not found by a layout engine, which would draw everything twice.

    Arguments:
        width, height: inches.
        margins: left, bottom, right and top, in inches.
    """
    with _not_collecting():
        with _elsewhere():
            import matplotlib
            from matplotlib.figure import Figure

        with matplotlib.rc_context(_LOOK):  # type: ignore[arg-type]
            figure = Figure(figsize=(width, height))
            left, bottom, right, top = margins
            figure.subplots_adjust(
                left / width, bottom / height, 1 - right / width, 1 - top / height
            )
            yield figure


def picture(figure: Figure, alt: str, caption: str) -> Picture:
    """Return a figure as an image of 110 dots an inch with its alternative text."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110, metadata={"Software": None})
    encoded = base64.b64encode(buffer.getvalue()).decode("ascii")
    return Picture(f"data:image/png;base64,{encoded}", alt, caption)
