"""What a question is, whatever its kind, and how a response to it is judged.

Each kind is a module of `kinds`, with everything that only this kind knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Self

from msgspec import Struct

from cybernorms.document import Block
from cybernorms.exercises.fields import Fields, Known

USES = ("graded", "practice", "entry")
TEACHER_MARKS = "Your teacher marks this."

Verdict = Literal["correct", "defensible", "partly correct", "incorrect", "missed", "open", ""]


class Feedback(Struct, frozen=True, cache_hash=True):
    """What is said about one part of a response.

    `label` names the part (an item, a clause part), `given` is what the learner chose, `verdict`
    is `open` where the learner left the part out, `missed` for a correct option that was not
    chosen, and empty where nothing is judged.
    """

    label: str
    given: str
    verdict: Verdict
    reason: str
    source: str = ""
    pinpoint: str = ""


class Judgement(Struct, frozen=True):
    """What the rule of a kind makes of a response.

    `credit` runs from 0 to 1; `chosen` are ids of `Question.offers`.
    """

    credit: float
    feedback: tuple[Feedback, ...]
    chosen: tuple[str, ...] = ()


class Offer(Struct, frozen=True):
    """Something that can come of a response, as it is counted over a class.

    `part` is the item or the clause part that it is chosen for; `reason` is empty where there is
    none that holds for everybody; `in_tables` is its text where nothing stands around it, if that
    is another.
    """

    part: str
    text: str
    verdict: str
    reason: str
    in_tables: str = ""

    @property
    def name(self) -> str:
        """Return the text, with the part before it."""
        return f"{self.part}: {self.text}" if self.part else self.text


class Question(Struct, frozen=True):
    """What all kinds share.

    `title` names it where its id would say nothing, and gives nothing of the answer away;
    `ordered` says that the order of its options has a meaning, so that it is the same for all;
    `points` is 0 for questions that are not graded; `minutes` is a learner's time; `sources` are
    ids of sources, `passages` ids of quotations that stand above the form; `revision` changes
    when anything in the question does, `open_revision` when anything does that students see where
    the key is withheld; `closing` is what to take away, shown after the reasons.
    Where `withheld` is true, the key stayed with the teacher: verdicts, reasons, answers and
    exemplar are empty.

    A kind whose responses have no right and wrong says `judged = False`; one that only a teacher
    can mark says `by_teacher = True`; one to which an empty list can be an answer says
    `may_be_empty = True`. `OPEN` are the fields of its own that students get where the key is
    withheld, as in `withheld.OPEN`.
    """

    judged: ClassVar[bool] = True
    by_teacher: ClassVar[bool] = False
    may_be_empty: ClassVar[bool] = False
    OPEN: ClassVar[Mapping[str, Any]] = {}

    id: str
    title: str
    kind: str
    use: str
    outcome: str
    minutes: float
    points: float
    prompt: str
    hint: str
    sources: tuple[str, ...]
    passages: tuple[str, ...]
    closing: str
    ordered: bool
    revision: str
    open_revision: str
    withheld: bool

    @property
    def revisions(self) -> tuple[str, str]:
        """Return the revisions that an answer to the question as it is now may name."""
        return self.revision, self.open_revision

    @property
    def name(self) -> str:
        """Return the title, or the id of a question without one."""
        return self.title or self.id

    @classmethod
    def read(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        """Return a question of this kind from its TOML table.

        Arguments:
            common: the fields that all kinds share.
            fields: the table, from which the kind takes its own fields.
            known: the ids that it may refer to.

        Raises:
            CyberNormsError: a field is missing or wrong.
        """
        raise NotImplementedError

    @classmethod
    def read_without_key(cls, common: dict[str, Any], fields: Fields, known: Known) -> Self:
        """Return a question of which the key is withheld, from its TOML table."""
        return cls.read(common, fields, known)

    def read_response(self, response: Any) -> Any:
        """Return a response in one form, with ids in place of texts; None where there is none.

        Raises:
            Unreadable: it cannot be understood as an answer to this question.
        """
        raise NotImplementedError

    def present_part(self, response: Any) -> Any:
        """Return a response to an earlier revision without what is not in the question any more.

        Raises:
            Unreadable: it is of another form.
        """
        return response

    def judge(self, given: Any) -> Judgement:
        """Return what a response brings, in the form that `read_response` gives it."""
        raise NotImplementedError

    def awaiting(self, given: Any) -> str:
        """Return what can be said of a response that a teacher has still to mark."""
        return TEACHER_MARKS

    def offers(self) -> dict[str, Offer]:
        """Return all that can come of a response by the ids in `Mark.chosen`, for statistics."""
        return {}

    def chances(self) -> Mapping[str, float]:
        """Return how likely a guesser is to choose each of `offers`, where that is a fixed number.

        Whoever guesses takes everything on offer to be equally likely.
        """
        return {}

    def credit_by_guessing(self) -> float | None:
        """Return the mean credit of guessers, or None where it is no fixed number."""
        return None

    def right_answers(self) -> Mapping[str, str]:
        """Return what was right by the label of the part, `""` where there are no parts."""
        found: dict[str, list[str]] = {}
        for offer in self.offers().values():
            if offer.verdict == "correct" and offer.reason:
                found.setdefault(offer.part, []).append(offer.in_tables or offer.text)
        return {part: "; ".join(texts) for part, texts in found.items()}

    def shuffled(self, seed: str) -> Self:
        """Return the question with its options in the order of one learner."""
        return self

    def in_its_order(self, response: Any) -> Any:
        """Return a form's response as the record keeps it, whatever the order on the screen."""
        return response

    def offer_blocks(self) -> list[Block]:
        """Return what there is to choose from, for pages without controls."""
        return []


class QuestionSet(Struct, frozen=True):
    """The questions of one lesson, in order, as one TOML file holds them."""

    id: str
    title: str
    revision: str
    questions: tuple[Question, ...]

    @property
    def points(self) -> float:
        """Return the points that the whole set can bring."""
        return sum(question.points for question in self.questions)


def verdict_of(credit: float, feedback: Sequence[Feedback]) -> Verdict:
    """Return the verdict on a whole response, by its credit."""
    if credit >= 1 - 1e-9:
        return "correct"
    if len(feedback) == 1:
        return feedback[0].verdict
    return "partly correct" if credit > 0 else "incorrect"


def awaiting_lines(filled: int, asked: int) -> str:
    """Return what can be said of a response of several lines that a teacher has still to mark."""
    if filled == asked:
        return TEACHER_MARKS
    return f"{TEACHER_MARKS} {filled} of {asked} lines are filled in."


def offers_by_outcome() -> dict[str, Offer]:
    """Return how a response can turn out where there is nothing to choose from."""
    verdicts = ("correct", "partly correct", "incorrect")
    return {verdict: Offer("", verdict, verdict, "") for verdict in verdicts}
