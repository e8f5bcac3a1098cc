"""The norm explorer: browse, filter, read and compare the eleven norms."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as w
from msgspec import Struct
from msgspec.structs import replace

from cybernorms.analysis.norms import filter_norms, split_clause
from cybernorms.corpus.lessons import LessonNumber, read_lesson
from cybernorms.corpus.norms import (
    DUTIES,
    WORDINGS,
    Norm,
    find_norm,
    load_norms,
    load_themes,
)
from cybernorms.corpus.sources import STATUS_NOTES
from cybernorms.document import (
    Aside,
    Block,
    Columns,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Quote,
    Section,
    Strong,
    to_html,
)
from cybernorms.widgets.sourcing import bracketed, place
from cybernorms.widgets.view import View, bar, button, controls, html, plain_looks, show


class NormState(Struct, frozen=True):
    """What the explorer shows: a norm, perhaps a second one, and the filters of the list.

    `lesson` is the number of the lesson that shows it; related texts that open later stay closed.
    """

    letter: str = "a"
    compare: str = ""
    wording: str = ""
    duty: str = ""
    theme: str = ""
    lesson: str = "02"


def listed(state: NormState) -> list[Norm]:
    """Return the norms that pass the filters of a state."""
    return filter_norms(
        load_norms(lesson=state.lesson),
        wording=state.wording,
        duty=state.duty,
        theme=state.theme,
    )


def _clause(text: str) -> list[Inline]:
    """Return the words of a norm with its modal verbs set off."""
    return [Strong(piece) if part == "modal" else piece for piece, part in split_clause(text)]


def _readings(norm: Norm, axis: str) -> list[Block]:
    blocks: list[Block] = []
    for reading in norm.readings:
        if reading.axis == axis:
            also = "" if reading.verdict == "correct" else " (can also be argued)"
            blocks.append(
                Paragraph([Strong(f"{reading.value.capitalize()}{also}. "), reading.reason])
            )
    return blocks


def norm_section(norm: Norm) -> Section:
    """Return everything the module says about a norm, as far as it was loaded for a lesson."""
    qualifiers = [piece for piece, part in split_clause(norm.quotation.text) if part == "qualifier"]
    blocks: list[Block] = [
        Quote(
            _clause(norm.quotation.text),
            place(norm.quotation.source, norm.quotation.pinpoint, norm.quotation.status),
        ),
        Paragraph([Strong("In plain words. "), norm.plain], "plain"),
        Facts(
            [
                ("Wording", ", ".join(norm.values("wording"))),
                ("Duty", _values(norm, "duty")),
                ("Qualifiers", ", ".join(dict.fromkeys(qualifiers)) or "none marked"),
                ("Themes", ", ".join(theme.name for theme in norm.themes)),
            ]
        ),
        Section(
            "Common misreading",
            [
                block
                for each in norm.misreadings
                for block in (
                    Paragraph([Strong("\u201c" + each.misreading.rstrip(".") + ".\u201d")]),
                    Paragraph(
                        [each.reply, " ", *bracketed(each.source, each.pinpoint, each.status)]
                    ),
                )
            ],
            5,
        ),
        Aside(
            "What the report of 2021 added",
            [
                Paragraph([each.text, " ", *bracketed(each.source, each.pinpoint, each.status)])
                for each in norm.guidance
            ]
            + [Paragraph(STATUS_NOTES["secondary"], "note")],
        ),
        Aside("Why it is sorted this way", [*_readings(norm, "wording"), *_readings(norm, "duty")]),
        Aside("Related paragraphs", _related(norm)),
    ]
    return Section(f"Norm {norm.label}", blocks, 4)


def _values(norm: Norm, axis: str) -> str:
    told = [
        reading.value if reading.verdict == "correct" else f"{reading.value} (arguable)"
        for reading in norm.readings
        if reading.axis == axis
    ]
    return ", ".join(told)


def _main(norm: Norm, axis: str) -> list[str]:
    return [r.value for r in norm.readings if r.axis == axis and r.verdict == "correct"]


def _related(norm: Norm) -> list[Block]:
    blocks: list[Block] = []
    for each in norm.relations:
        title = f"{each.label} ({each.relation}). "
        blocks.append(
            Paragraph(
                [Strong(title), each.text, " ", *bracketed(each.source, each.pinpoint, each.status)]
            )
        )
        if each.quotation:
            quoted = each.quotation
            blocks.append(Quote(quoted.text, place(quoted.source, quoted.pinpoint, quoted.status)))
    return blocks


def _shared(one: Norm, two: Norm) -> Paragraph:
    """Say in a line what two norms have in common and where they part."""

    def told(axis: str) -> str:
        first, second = _main(one, axis), _main(two, axis)
        if same := [value for value in first if value in second]:
            return f"same {axis}: {', '.join(same)}"
        parted = f"{axis}: {', '.join(first)} against {', '.join(second)}"
        both = [value for value in one.values(axis) if value in two.values(axis)]
        return f"{parted}, though {', '.join(both)} can be argued for both" if both else parted

    themes = [theme.name for theme in one.themes if theme in two.themes]
    common = f"shared themes: {', '.join(themes)}" if themes else "no shared theme"
    return Paragraph(
        [Strong("Side by side. "), f"{told('wording')}; {told('duty')}; {common}.".capitalize()]
    )


def explorer_blocks(state: NormState) -> list[Block]:
    """Return what the explorer shows for a state: one norm, or two side by side."""
    norms = listed(state)
    if not norms:
        return [
            Paragraph([Strong("No norm fits all of these filters. "), "Set one of them to All."])
        ]
    norm = find_norm(state.letter, lesson=state.lesson)
    if not state.compare or state.compare == state.letter:
        return [norm_section(norm)]
    other = find_norm(state.compare, lesson=state.lesson)
    return [
        _shared(norm, other),
        Columns([norm_section(each) for each in (norm, other)]),
    ]


def count_line(state: NormState) -> str:
    """Return how many of the norms the filters let pass, and which."""
    norms = listed(state)
    letters = ", ".join(f"({norm.letter})" for norm in norms)
    total = len(load_norms(lesson=state.lesson))
    return f"{len(norms)} of {total} norms: {letters}" if norms else f"0 of {total} norms"


ALL = "All"


class NormExplorer(View):
    """Controls bound to a NormState, and the page for it."""

    def __init__(self, state: NormState | None = None) -> None:
        self.state = state or NormState()
        themes = load_themes()
        self.wording = self._filter("Wording", {each: each for each in WORDINGS})
        self.duty = self._filter("Duty", {each: each for each in DUTIES})
        self.theme = self._filter("Theme", {id: theme.name for id, theme in themes.items()})
        self.norm = w.Dropdown(**plain_looks(), description="Norm")
        self.compare = w.Dropdown(**plain_looks(), description="Compare with")
        self.previous, self.next = button("Previous norm"), button("Next norm")
        self.clear = button("Clear the filters")
        self._count = html("")
        self._page = html("")
        filters = controls(self.wording, self.duty, self.theme)
        choice = controls(self.norm, self.compare)
        buttons = bar(self.previous, self.next, self.clear)
        super().__init__(
            [
                html(to_html([Heading("Norm explorer")])),
                filters,
                self._count,
                choice,
                buttons,
                self._page,
            ],
            "cn-explorer",
        )
        self._setting = False
        self._set(self.state)
        for name in ("wording", "duty", "theme", "norm", "compare"):
            getattr(self, name).observe(self._read, names="value")
        self.previous.on_click(lambda _: self._step(-1))
        self.next.on_click(lambda _: self._step(1))
        self.clear.on_click(
            lambda _: self._set(NormState(letter=self.state.letter, lesson=self.state.lesson))
        )

    def _filter(self, label: str, values: dict[str, str]) -> w.Dropdown:
        options = [(ALL, ""), *((text, id) for id, text in values.items())]
        return w.Dropdown(**plain_looks(), description=label, options=options)

    def blocks(self) -> Sequence[Block]:
        return [
            Heading("Norm explorer"),
            Paragraph(count_line(self.state)),
            *explorer_blocks(self.state),
        ]

    def _read(self, _change: object) -> None:
        """Take the state from the controls."""
        if not self._setting:
            self._set(
                NormState(
                    letter=self.norm.value or self.state.letter,
                    compare=self.compare.value or "",
                    wording=self.wording.value,
                    duty=self.duty.value,
                    theme=self.theme.value,
                    lesson=self.state.lesson,
                )
            )

    def _step(self, step: int) -> None:
        letters = [norm.letter for norm in listed(self.state)]
        if letters:
            place = (letters.index(self.state.letter) + step) % len(letters)
            self._set(replace(self.state, letter=letters[place]))

    def _set(self, state: NormState) -> None:
        """Bring controls and page into a state, the norm moved into the filtered list."""
        norms = listed(state)
        letters = [norm.letter for norm in norms]
        if letters and state.letter not in letters:
            state = replace(state, letter=letters[0])
        self.state = state
        self._setting = True
        try:
            with self.hold_sync():
                self.wording.value, self.duty.value = state.wording, state.duty
                self.theme.value = state.theme
                self._fill(self.norm, [(norm.label, norm.letter) for norm in norms], state.letter)
                others = [
                    (norm.label, norm.letter)
                    for norm in load_norms(lesson=state.lesson)
                    if norm.letter != state.letter
                ]
                compare = state.compare if state.compare != state.letter else ""
                self._fill(self.compare, [("Nothing", ""), *others], compare)
        finally:
            self._setting = False
        self._count.value = f"<p class='cn-note' role='status'>{count_line(state)}</p>"
        self._page.value = to_html(explorer_blocks(state))

    @staticmethod
    def _fill(field: w.Dropdown, options: list[tuple[str, str]], value: str) -> None:
        if list(field.options) != options:
            field.options = options
        if options and field.value != value:
            field.value = value


def show_norms(
    letter: str = "a", compare: str = "", *, lesson: LessonNumber = "02", text: bool = False
) -> None:
    """Show the norm explorer.

    Arguments:
        letter: the norm to open with, `a` to `k`.
        compare: a second norm to put beside it; nothing for one norm alone.
        lesson: the number of the lesson; what opens later stays closed.
        text: print everything as plain text instead, all eleven norms one after the other.

    Raises:
        CyberNormsError: there is no norm of that letter, or no such lesson.
    """
    number = read_lesson(lesson)
    other = find_norm(compare, lesson=number).letter if compare else ""
    state = NormState(find_norm(letter, lesson=number).letter, other, lesson=number)
    if text:
        from cybernorms.document import to_text

        print(to_text([norm_section(norm) for norm in load_norms(lesson=number)]))
    else:
        show(NormExplorer(state))
