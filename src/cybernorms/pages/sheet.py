"""A sheet to sort: things to put into categories first, then a reasoned reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from cybernorms.document import Block, Bullets, Heading, Paragraph
from cybernorms.exercises.record import History
from cybernorms.pages.kept import kept_mapping


class Sheet(Struct, frozen=True):
    """One sheet to sort.

    `id` names it in the record; `intro` stands above the lines; `lines` and `categories` are texts
    by id; `reading` returns the reasoned reading beside what the learner chose. `own` has the
    categories of lines that have others, and `above` what stands above a line, both by its id.

    For those who go through the lines one at a time, `unit` is what a line is called, `lead` has
    what to look at before it is sorted (its text if nothing else), `one` returns the reading of a
    line beside a choice, `look` whether a choice is `correct`, `defensible` or `incorrect`, and
    `ending` what is said once all of them are sorted.
    """

    id: str
    title: str
    intro: Sequence[Block]
    lines: Mapping[str, str]
    categories: Mapping[str, str]
    reading: Callable[[Mapping[str, str]], Sequence[Block]]
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    above: Mapping[str, Sequence[Block]] = field(default_factory=dict)
    unit: str = "Line"
    lead: Mapping[str, Sequence[Block]] = field(default_factory=dict)
    one: Callable[[str, str], Sequence[Block]] = lambda line, choice: ()
    look: Callable[[str, str], str] = lambda line, choice: ""
    ending: Callable[[Mapping[str, str]], Sequence[Block]] = lambda chosen: ()

    @property
    def key(self) -> str:
        """Return what the record calls the sheet."""
        return f"sorter-{self.id}"

    def choices(self, line: str) -> Mapping[str, str]:
        """Return the categories to choose from for a line."""
        return self.own.get(line, self.categories)

    def leading(self, line: str) -> Sequence[Block]:
        """Return what to look at before a line is sorted."""
        if line in self.lead:
            return self.lead[line]
        return [*self.above.get(line, ()), Paragraph(self.lines[line])]


def kept_choices(sheet: Sheet, history: History) -> dict[str, str]:
    """Return the choices that were kept last for a sheet, without those that no longer fit it."""
    return kept_mapping(history, sheet.key, {id: sheet.choices(id) for id in sheet.lines})


def sheet_blocks(title: str, sheet: Sheet, chosen: Mapping[str, str], *, read: bool) -> list[Block]:
    """Return a sheet as blocks: what there is to sort, the choices, and the reading if open."""
    blocks: list[Block] = [Heading(title), Heading(sheet.title, 4), *sheet.intro]
    lines: list[str] = []
    for id, text in sheet.lines.items():
        if id in sheet.above:
            blocks += [*_bullets(lines), *sheet.above[id]]
            lines = []
        lines.append(f"{text}: {sheet.choices(id)[chosen[id]]}" if id in chosen else text)
    blocks += _bullets(lines)
    for names in dict.fromkeys("; ".join(sheet.choices(id).values()) for id in sheet.lines):
        blocks.append(Paragraph(f"Categories: {names}."))
    return [*blocks, *sheet.reading(chosen)] if read else blocks


def all_blocks(title: str, sheets: Sequence[Sheet], history: History) -> list[Block]:
    """Return all sheets, those that were filled in with their choices and readings."""
    blocks: list[Block] = [Heading(title)]
    for sheet in sheets:
        chosen = kept_choices(sheet, history)
        read = len(chosen) == len(sheet.lines)
        blocks += sheet_blocks(title, sheet, chosen, read=read)[1:]
    return blocks


def _bullets(lines: Sequence[str]) -> list[Block]:
    return [Bullets(lines)] if lines else []
