"""The incident sorter: code an incident against the norms, then see two reasoned readings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cybernorms.corpus.incidents import Incident, Judgement, load_incidents, reading as agreed
from cybernorms.corpus.lessons import LessonNumber, from_lesson
from cybernorms.corpus.norms import load_norms
from cybernorms.document import Aside, Block, Bullets, Inline, Paragraph, Section, Strong
from cybernorms.pages.attributions import incident_blocks, label
from cybernorms.pages.sheet import Sheet
from cybernorms.pages.sourcing import bracketed, quote

LESSON = "02"
TITLE = "Incident sorter"
CHOICES = {
    "engaged": "engaged: the norm speaks to this",
    "arguable": "arguable: it depends on a word or a fact",
    "not engaged": "not engaged: the norm does not reach this",
}


def judgement_line(judgements: tuple[Judgement, ...]) -> list[Block]:
    """Return what the passes say of a norm, and whether they differ."""
    outcome = agreed(judgements)
    if len(judgements) == 1:
        head = f"{outcome} (one reading so far)"
    elif outcome == "disputed":
        head = "the two readings differ"
    else:
        head = f"both readings: {outcome}"
    blocks: list[Block] = [Paragraph([Strong(f"Reading: {head}.")])]
    reasons: list[list[Inline]] = [
        [Strong(f"{each.judgement.capitalize()}. "), each.reason] for each in judgements
    ]
    return [*blocks, Bullets(reasons)]


def compared(chosen: str, judgements: tuple[Judgement, ...]) -> str:
    """Return how a choice stands to the readings, in words."""
    values = {each.judgement for each in judgements}
    if chosen in values:
        return "as a reading has it" if len(values) > 1 else "as the reading has it"
    return "otherwise than the reading; compare the reasons"


def look_of(incident: Incident) -> Callable[[str, str], str]:
    """Return the function that tells how a choice for a norm stands to the readings."""

    def look(line: str, choice: str) -> str:
        values = {each.judgement for each in incident.judgements[line]}
        if choice not in values:
            return "incorrect"
        return "correct" if len(values) == 1 else "defensible"

    return look


def one_of(incident: Incident) -> Callable[[str, str], list[Block]]:
    """Return the function that tells the readings of one norm beside a choice."""
    norms = {norm.id: norm for norm in load_norms(lesson=LESSON)}

    def one(line: str, choice: str) -> list[Block]:
        judgements = incident.judgements[line]
        yours = f"{choice}, {compared(choice, judgements)}."
        return [
            Paragraph([Strong("Your choice: "), yours]),
            *judgement_line(judgements),
            Aside("The words of the norm", [Paragraph(norms[line].quotation.text)]),
        ]

    return one


def reading_of(incident: Incident) -> Callable[[Mapping[str, str]], list[Block]]:
    """Return the function that tells the readings of one incident beside given choices."""
    norms = {norm.id: norm for norm in load_norms(lesson=LESSON)}

    def reading(chosen: Mapping[str, str]) -> list[Block]:
        sections: list[Block] = []
        for id, judgements in incident.judgements.items():
            blocks: list[Block] = []
            if id in chosen:
                choice = f"{chosen[id]}, {compared(chosen[id], judgements)}."
                blocks.append(Paragraph([Strong("Your choice: "), choice]))
            sections.append(
                Section(
                    f"Norm {norms[id].label}",
                    [
                        *blocks,
                        *judgement_line(judgements),
                        Aside("The words of the norm", [Paragraph(norms[id].quotation.text)]),
                    ],
                    4,
                )
            )
        return [*sections, *_answers(incident)]

    return reading


def _answers(incident: Incident) -> list[Block]:
    """Return who was named, and what the named State answered."""
    statements = incident.attributions
    if not statements:
        return [Paragraph("No public statement that names a culprit was found.")]
    lines: list[list[Inline]] = [
        [
            Strong(f"{label(each)}: "),
            each.wording,
            " ",
            *bracketed(each),
        ]
        for each in statements
    ]
    return [Section("Who was named, and the answer", [Bullets(lines)], 4)]


def incident_sheet(incident: Incident) -> Sheet:
    """Return the sheet for one incident: a line for each norm that was judged."""
    norms = {norm.id: norm for norm in load_norms(lesson=LESSON)}
    return Sheet(
        id=f"incident-{incident.id}",
        title=f"{incident.number}. {incident.name} ({incident.year_label})",
        intro=incident_blocks(incident),
        lines={id: norms[id].label for id in incident.judgements},
        categories=CHOICES,
        reading=reading_of(incident),
        unit="Norm",
        lead={
            id: [
                Paragraph([Strong(f"Norm {norms[id].label}")], "plain"),
                *quote(norms[id].quotation),
            ]
            for id in incident.judgements
        },
        one=one_of(incident),
        look=look_of(incident),
        ending=lambda chosen: _answers(incident),
    )


def sheets(lesson: LessonNumber) -> list[Sheet]:
    """Return a sheet for each incident.

    Raises:
        CyberNormsError: there is no such lesson, or no incident is open in it yet.
    """
    number = from_lesson(LESSON, lesson, "incident")
    return [incident_sheet(each) for each in load_incidents(lesson=number)]
