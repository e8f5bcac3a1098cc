"""The policy coder as a card: passages to code, and then two coders as two columns."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.cards.drawn import CodedItem, CoderPair, Coders
from cybernorms.cards.page import page_html
from cybernorms.cards.parts import Fold, Html, Part
from cybernorms.cards.sorter import Sorter
from cybernorms.corpus.codings import load_coders
from cybernorms.document import Block, Heading, Paragraph, curly, line_html, to_html
from cybernorms.pages import two_coders
from cybernorms.pages.policy_coder import LESSON, named
from cybernorms.pages.two_coders import Coded, Pair


class PolicyCoder(Sorter):
    """A sorter that shows two coders side by side once a sheet is coded."""

    def blocks(self) -> Sequence[Block]:
        blocks = list(super().blocks())
        return [*blocks, *two_coders.pair_blocks(LESSON)] if self.answered else blocks

    def parts(self) -> list[Part]:
        parts = super().parts()
        if not self.answered:
            return parts
        head: list[Block] = [Heading(two_coders.TITLE, 4), Paragraph(two_coders.INTRO)]
        pairs = two_coders.pairs(LESSON)
        tables = to_html([two_coders.apart_table(each) for each in pairs])
        return [
            *parts,
            Html(page_html(head)),
            Coders([named(each) for each in load_coders()], [_drawn(each) for each in pairs]),
            Fold("Show where they part as a table", tables),
        ]


def _drawn(pair: Pair) -> CoderPair:
    return CoderPair(
        pair.name,
        curly(pair.question),
        list(pair.values),
        [_item(each) for each in pair.items],
        two_coders.headline(pair),
        curly(two_coders.chance_line(pair)),
        round(pair.chance, 4),
        "" if pair.kappa is None else f"{pair.kappa:.2f}".replace("-", "\u2212"),
    )


def _item(item: Coded) -> CodedItem:
    """Return an item; its name and its reasons only where the two part."""
    if item.one == item.two:
        return CodedItem(item.one, item.two)
    html = "".join(
        f"<p>{line_html([f'{value}. {reason}'])}</p>"
        for value, reason in zip((item.one, item.two), item.reasons, strict=True)
    )
    return CodedItem(item.one, item.two, curly(item.name), html)
