"""The front end of cards: files of plain JavaScript that Python joins into one module.

Each file is a module that imports the ones before it; joined, they need no bundler, and work where
only one module can be sent, as in a notebook.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
IMPORT = re.compile(r'^import [^;]*? from "\./[^"]*";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|let|class|(?:async )?function\*?) (\w+))", re.MULTILINE)
# In the order in which they need one another; `jupyter.js` is the transport of notebooks.
FILES = (
    "dom.js",
    "keep.js",
    "typed.js",
    "page.js",
    "controls.js",
    "deck.js",
    "retold.js",
    "forecast.js",
    "days.js",
    "scales.js",
    "seats.js",
    "clause.js",
    "game-model.js",
    "game-crowd-model.js",
    "game-draw.js",
    "game-dials.js",
    "game-play.js",
    "game-rules.js",
    "game-map.js",
    "game-region.js",
    "game-crowd.js",
    "game.js",
    "parts.js",
    "trouble.js",
    "waiting.js",
    "standing.js",
    "card.js",
    "jupyter.js",
)
STYLES = (
    "card.css",
    "forecast.css",
    "days.css",
    "scales.css",
    "seats.css",
    "clause.css",
    "game.css",
)


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def join(sources: list[str]) -> str:
    """Return modules as one: without their imports of each other, and with the exports of the last.

    Each of the others has a scope of its own, of which only its exports are seen outside, so that
    two files can have helpers of one name.

    >>> print(join(["export const a = 1;\\n", 'import { a } from "./a.js";\\nexport { a };\\n']))
    const { a } = (() => {
    const a = 1;
    return { a };
    })();
    export { a };
    <BLANKLINE>
    """
    *first, last = [IMPORT.sub("", source) for source in sources]
    joined = []
    for source in first:
        names = ", ".join(EXPORT.findall(source))
        joined.append(f"const {{ {names} }} = (() => {{\n{EXPORT.sub('', source)}")
        joined.append(f"return {{ {names} }};\n}})();\n")
    return "".join([*joined, last])


@cache
def style() -> str:
    """Return the stylesheet of cards, without comments and indentation."""
    css = "".join(_read(name) for name in STYLES)
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", css).strip()


@cache
def module() -> str:
    """Return the whole front end for notebooks as one module, which brings its own style."""
    css = f"const STYLE = {json.dumps(style())};\n"
    return css + join([_read(name) for name in FILES])


@cache
def starter() -> str:
    """Return the small module that each card of a notebook has: it waits for the whole one."""
    digest = hashlib.sha256(module().encode()).hexdigest()[:12]
    return _read("starter.js").replace("NAME_OF_THE_MODULE", digest)


@cache
def still_style() -> str:
    """Return the style of still pictures of cards, as an element."""
    return f"<style>{' '.join(_read('still.css').split())}</style>"
