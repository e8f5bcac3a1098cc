"""The blocks of a page as the HTML of a card, with long tables behind *Show the numbers*."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from cybernorms.document import Aside, Block, Columns, Section, Table, to_html

MOST_ROWS = 6
NUMBERS = "Show the numbers"


def page_html(blocks: Sequence[Block]) -> str:
    """Return blocks as HTML, with long tables folded."""
    return to_html([_folded(each) for each in blocks])


def _folded(block: Block) -> Block:
    """Return a block with the tables in it folded that are long, but for what is folded already."""
    match block:
        case Table() if block.fold or (block.fold is None and len(block.rows) > MOST_ROWS):
            return Aside(f"{NUMBERS}: {block.caption}", [block])
        case Section():
            return replace(block, blocks=[_folded(each) for each in block.blocks])
        case Columns():
            sections = [
                replace(each, blocks=[_folded(one) for one in each.blocks])
                for each in block.sections
            ]
            return replace(block, sections=sections)
    return block
