"""The texts that an explorer of a lesson shows, to be read on paper with line numbers.

What an explorer tells only after a guess is not among them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from cybernorms.corpus.claims import Claim
from cybernorms.corpus.clauses import find_clause
from cybernorms.corpus.documents import load_documents
from cybernorms.corpus.law import load_rules
from cybernorms.corpus.norms import Norm, find_norm, load_norms
from cybernorms.corpus.sources import Fact, Quotation, short_name
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.questions import Question
from cybernorms.kit.lessons import Shown, TaughtLesson
from cybernorms.kit.paper import Run
from cybernorms.pages import retold, wording

MOST_CLAIMS = 5


class Passage(Struct, frozen=True):
    """A text in the order in which it is read: whose it is, where it stands, its words.

    `source` names it below a sheet, where `where` says less.
    """

    title: str
    where: str
    sentences: Sequence[Sequence[Run]]
    source: str = ""

    @property
    def words(self) -> str:
        """Return all its words."""
        spoken = " ".join(text for sentence in self.sentences for text, _ in sentence)
        return " ".join(spoken.split())


def where_of(fact: Fact) -> str:
    """Return where a fact stands, and how well that was checked where it is not primary."""
    name = ", ".join(part for part in (short_name(fact.source), fact.pinpoint) if part)
    return name if fact.status == "primary" else f"{name} ({fact.status})"


def texts_of(lesson: TaughtLesson) -> list[Passage]:
    """Return the texts that a lesson opens, each once; those that it opens by name come first."""
    found: dict[str, Passage] = {}
    for shown in sorted(lesson.shown(), key=lambda each: not each.open):
        for passage in _TEXTS[shown.name](shown) if shown.name in _TEXTS else ():
            if not any(passage.words in each.words for each in found.values()):
                found.setdefault(passage.words, passage)
    return list(found.values())


def sentence_to_mark(lesson: TaughtLesson) -> Claim | None:
    """Return the claim whose sentence lost a word that matters, if the lesson follows one."""
    for shown in lesson.shown():
        if shown.name in ("show_retold", "show_claims"):
            claim = (*shown.open, retold.FIRST_USE)[0]
            if retold.key_word(claim):
                return retold.find_sentence(claim, lesson=shown.lesson)
    return None


def quoted_passages(question: Question, quotations: Mapping[str, Quotation]) -> list[Passage]:
    """Return the quotations that stand above a question."""
    return [of_quotation(quotations[id]) for id in question.passages]


def of_quotation(quotation: Quotation, title: str = "") -> Passage:
    """Return a quotation as a text."""
    name = title or short_name(quotation.source)
    return Passage(name, where_of(quotation), [[(quotation.text, True)]])


def _norms(shown: Shown) -> list[Passage]:
    norms: Sequence[Norm] = load_norms(lesson=shown.lesson)
    if shown.open:
        norms = [find_norm(letter, lesson=shown.lesson) for letter in shown.open]
    return [of_quotation(norm.quotation, f"Norm ({norm.letter})") for norm in norms]


def _retold(shown: Shown) -> list[Passage]:
    claim = retold.find_sentence((*shown.open, retold.FIRST_USE)[0], lesson=shown.lesson)
    return _in_hands([claim])


def _claims(shown: Shown) -> list[Passage]:
    """Return what several claims say in the two hands through which the opened one went."""
    claims = retold.sentences(shown.lesson)
    first = [each for each in claims if each.id in shown.open]
    if not first:
        return []
    return _in_hands([*first, *(each for each in claims if each not in first)][:MOST_CLAIMS])


def _in_hands(claims: Sequence[Claim]) -> list[Passage]:
    """Return the last two hands of the first claim, with what each says in all of them."""
    spoken = [
        {lane.hand: (lane, step) for lane, step in zip(retold.lanes(one), one.steps, strict=True)}
        for one in claims
    ]
    hands = [hand for hand, (lane, _) in spoken[0].items() if lane.words][-2:]
    both = [each for each in spoken if all(hand in each and each[hand][0].words for hand in hands)]
    passages = []
    for hand in hands:
        said = [each[hand] for each in both if each[hands[0]][0].before or each[hand][0].before]
        sentences = [
            [(lane.before, False), (lane.words, True), (lane.after, False)] for lane, _ in said
        ]
        lane, step = both[0][hand]
        passages.append(Passage(hand, lane.when, sentences, where_of(step)))
    return passages


def _clauses(shown: Shown) -> list[Passage]:
    opened = wording.WordingState(lesson=shown.lesson)
    ids = shown.open or tuple(each.id for each in wording.clauses_of(opened))
    found = []
    for id in ids:
        try:
            clause = find_clause(id, lesson=shown.lesson)
        except CyberNormsError:  # the lab opens with a case as well
            continue
        before, _, after = clause.wording.partition(clause.quotation.text)
        runs = [(before, False), (clause.quotation.text, True), (after, False)]
        found.append(Passage(clause.label, where_of(clause), [runs]))
    return found


def _rules(shown: Shown) -> list[Passage]:
    rules = [each for each in load_rules() if each.id in shown.open]
    return [of_quotation(each.quotation, each.name) for each in rules if each.quotation]


def _documents(shown: Shown) -> list[Passage]:
    found = [each for each in load_documents(lesson=shown.lesson) if each.id in shown.open]
    return [
        Passage(
            document.short_name,
            where_of(document),
            [
                [(f"{passage.pinpoint}:", False), (passage.quotation.text, True)]
                for passage in document.passages
                if passage.quotation
            ],
        )
        for document in found
        if any(passage.quotation for passage in document.passages)
    ]


_TEXTS: Mapping[str, Callable[[Shown], list[Passage]]] = {
    "show_retold": _retold,
    "show_claims": _claims,
    "show_norms": _norms,
    "show_wording": _clauses,
    "show_clause_lab": _clauses,
    "show_law": _rules,
    "show_documents": _documents,
}
