"""A whole page of blocks that opens in any browser, runs nothing and loads nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from html import escape

from cybernorms.document.blocks import Block
from cybernorms.document.html import to_html

STYLE = """
:root { color-scheme: light dark; --line: #b9bec5; --soft: #f3f4f6; --good: #1b6e38;
  --arguable: #7a4f00; --bad: #a3221b; }
@media (prefers-color-scheme: dark) { :root { --line: #555b63; --soft: #26292e; --good: #7fd39b;
  --arguable: #e6bd6a; --bad: #f0a29c; } }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem;
  overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.3rem; margin-top: 2.2rem; }
h3 { font-size: 1.05rem; margin: 1.6rem 0 0.3rem; }
table { border-collapse: collapse; margin: 0.8rem 0; }
caption { text-align: left; font-weight: 600; padding: 0.2rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.9rem 0.3rem 0;
  border-bottom: 1px solid var(--line); }
ul { padding-left: 1.2rem; } li { margin: 0.35rem 0; }
figure { margin: 0.8rem 0; } figure img { max-width: 100%; background: white; }
figcaption, .cn-note, .cn-place { font-size: 0.9rem; } .cn-scroll { overflow-x: auto; }
details { margin: 0.4rem 0; } summary { cursor: pointer; }
.cn-result { font-weight: 600; margin: 0.3rem 0; padding: 0.3rem 0.7rem; background: var(--soft);
  border-left: 4px solid var(--line); }
.cn-correct { color: var(--good); } .cn-defensible, .cn-partly { color: var(--arguable); }
.cn-incorrect { color: var(--bad); }
.cn-typed { white-space: pre-wrap; background: var(--soft); margin: 0.5rem 0;
  padding: 0.6rem 0.9rem; }
.cn-closing { border-top: 1px solid var(--line); padding-top: 0.4rem; }
@media print { section { break-inside: avoid; } }
"""


@cache
def _head(images: bool) -> str:
    """Return what stands in the head of every page; nothing but this style may be used on it."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    sources = f"{'img-src data:; ' if images else ''}style-src 'sha256-{digest}'"
    rule = f"default-src 'none'; {sources}; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{rule}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<style>{STYLE}</style>\n"
    )


def page(title: str, blocks: Sequence[Block], *, images: bool = False) -> str:
    """Return a whole page.

    Arguments:
        title: of the page, which is its first heading too.
        blocks: what stands on it.
        images: whether figures may stand on it.
    """
    top, bottom = page_frame(title, images=images)
    return top + to_html(blocks) + bottom


def page_frame(title: str, *, images: bool = False) -> tuple[str, str]:
    """Return what stands above and below the blocks of a page."""
    name = escape(title)
    top = f"{_head(images)}<title>{name}</title>\n</head>\n<body>\n<main>\n<h1>{name}</h1>\n"
    return top, "\n</main>\n</body>\n</html>\n"
