"""Find what gives the key of a question away to a reader who has learned nothing.

A cue is a mark on the surface of an option: its punctuation, a word such as "because", its
length, its place. One option with a cue means nothing. A cue that keys have and other options
lack, or the other way round, lets a reader of surfaces pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from math import sqrt
from statistics import fmean
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from cybernorms.exercises.kinds import Choice, Clause, Several
from cybernorms.exercises.options import Option
from cybernorms.exercises.questions import QuestionSet

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

ALL_SETS = "all sets"
FEWEST_ITEMS = 20  # below this, a model of ten features says nothing
FEWEST_CUES = 3
SMALLEST_SET = 6  # below this, one item more or less would make the difference
UNBALANCED = 1.96  # the difference of two shares, in standard errors
RIDGE = 0.5
NEWTON_STEPS = 25


class Finding(Struct, frozen=True):
    """Something that gives a key away, where it is, and what to do about it.

    `set` is the id of a set, or "all sets" where only the sets together show the cue; `question`
    and `option` say what to change first, and `option` is empty where the question as a whole is
    meant.
    """

    set: str
    question: str
    option: str
    message: str
    remedy: str


class Cue(Struct, frozen=True):
    """A mark on the surface of an option, how it is found, and how to take it away."""

    name: str
    pattern: re.Pattern[str]
    remedy: str


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text.replace(' ', '|')})\b", re.IGNORECASE)


PUNCTUATION = Cue("a semicolon or colon", re.compile("[;:]"), "Use a comma or two plain halves")
ARGUMENT = Cue(
    "a clause that argues",
    re.compile(
        r"\b(?:because|since|therefore|so that)\b|, (?:as|so|which|who|whose|if|when)\b", re.I
    ),
    "Move the reason into the feedback, or let other options argue too",
)
ABSOLUTE = Cue(
    "an absolute word",
    _words("all always every must never nothing whole"),
    "Say it less sweepingly, or let other options sweep too",
)
HEDGE = Cue(
    "a hedge",
    _words(
        "according can could depending depends less likely many may might reported reports says "
        "some"
    ),
    "Drop the hedge, or hedge other options too",
)
CONTRAST = Cue(
    "two halves, joined or set against each other",
    re.compile(r"\b(?:and|but|while|whereas|although|though|yet)\b|, ", re.I),
    "Make it one plain statement, or balance other options the same way",
)
CUES = (PUNCTUATION, ARGUMENT, ABSOLUTE, HEDGE, CONTRAST)

_NEGATION = _words("cannot neither never no nobody none nor not nothing without")
_QUOTATION = re.compile("[“”]")
_DIGIT = re.compile(r"\d")


class _Item(Struct, frozen=True):
    """A choice, and the set that it belongs to."""

    set: str
    question: Choice

    @property
    def options(self) -> tuple[Option, ...]:
        return self.question.options

    @property
    def key(self) -> int:
        """Return the place of the key, from 0."""
        return next(i for i, each in enumerate(self.options) if each.verdict == "correct")


def _items(sets: Iterable[QuestionSet]) -> list[_Item]:
    """Return the choices of some sets, without those whose key stayed with the teacher."""
    return [
        _Item(each.id, question)
        for each in sets
        for question in each.questions
        if isinstance(question, Choice) and not question.withheld
    ]


# Cues, by verdict


def _unbalanced(cue: Cue, items: list[_Item]) -> tuple[Literal["keys", "others"], str] | None:
    """Return on which side a cue is too common, and the counts; None where it's in balance."""
    keys = [item.options[item.key].text for item in items]
    others = [each.text for item in items for each in item.options if each.verdict != "correct"]
    with_cue = [sum(bool(cue.pattern.search(text)) for text in side) for side in (keys, others)]
    total = len(keys) + len(others)
    pooled = sum(with_cue) / total if total else 0
    error = sqrt(pooled * (1 - pooled) * (1 / len(keys) + 1 / len(others))) if pooled else 0
    if sum(with_cue) < FEWEST_CUES or error == 0:
        return None
    apart = with_cue[0] / len(keys) - with_cue[1] / len(others)
    if abs(apart) <= UNBALANCED * error:
        return None
    counts = f"{with_cue[0]} of {len(keys)} keys and {with_cue[1]} of {len(others)} other options"
    return ("keys" if apart > 0 else "others"), counts


def _cue_findings(scope: str, items: list[_Item]) -> Iterator[Finding]:
    """Yield a finding for each option that makes a cue more common on its side."""
    for cue in CUES:
        found = _unbalanced(cue, items)
        if found is None:
            continue
        side, counts = found
        message = f"{counts} in {scope} have {cue.name}"
        for item in items:
            for option in item.options:
                on_side = (option.verdict == "correct") == (side == "keys")
                if on_side and cue.pattern.search(option.text):
                    yield Finding(item.set, item.question.id, option.id, message, cue.remedy)


def _only_the_key(items: list[_Item]) -> Iterator[Finding]:
    """Yield the items in which only the key has a semicolon, or only the key doesn't argue."""
    for item in items:
        key = item.options[item.key]
        others = [each.text for each in item.options if each.verdict != "correct"]
        found = PUNCTUATION.pattern.search
        if found(key.text) and not any(map(found, others)):
            message = f"only the key has {PUNCTUATION.name}"
            yield Finding(item.set, item.question.id, key.id, message, PUNCTUATION.remedy)
        found = ARGUMENT.pattern.search
        if not found(key.text) and len(others) > 1 and all(map(found, others)):
            message = f"every option but the key has {ARGUMENT.name}"
            yield Finding(item.set, item.question.id, key.id, message, ARGUMENT.remedy)


# Length and position


def _length_findings(scope: str, items: list[_Item]) -> Iterator[Finding]:
    """Yield the items whose key is the longest, or the shortest, where too many are."""
    for name, pick in (("longest", max), ("shortest", min)):
        keyed = []
        for item in items:
            lengths = [len(each.text) for each in item.options]
            if lengths[item.key] == pick(lengths) and lengths.count(pick(lengths)) == 1:
                keyed.append(item)
        if _too_many(len(keyed), items):
            message = f"the key is the {name} option in {len(keyed)} of {len(items)} in {scope}"
            for item in keyed:
                option = item.options[item.key].id
                remedy = f"Make another option the {name}"
                yield Finding(item.set, item.question.id, option, message, remedy)


def _position_findings(scope: str, items: list[_Item]) -> Iterator[Finding]:
    """Yield the items whose key stands where too many keys stand, or too few."""
    for place in range(4):
        here = [item for item in items if item.key == place]
        expected, error = _expected(items)
        if len(items) >= FEWEST_ITEMS and expected - len(here) > UNBALANCED * error:
            message = f"the key stands at place {place + 1} in only {len(here)} of {len(items)}"
            yield Finding(scope, "", "", message, "Move some keys to that place")
        if _too_many(len(here), items):
            message = f"the key stands at place {place + 1} in {len(here)} of {len(items)}"
            for item in here:
                option = item.options[place].id
                yield Finding(item.set, item.question.id, option, message, "Move the key")


def _expected(items: list[_Item]) -> tuple[float, float]:
    """Return how many keys chance would put in one of the places, and its standard error."""
    shares = [1 / len(item.options) for item in items]
    return sum(shares), sqrt(sum(share * (1 - share) for share in shares))


def _too_many(count: int, items: list[_Item]) -> bool:
    expected, error = _expected(items)
    return count >= FEWEST_CUES and count - expected > UNBALANCED * error


def findings(sets: Iterable[QuestionSet]) -> list[Finding]:
    """Return what gives keys away in some sets: in one question, in a set, and in all of them."""
    by_set = {each.id: _items([each]) for each in sets}
    together = [item for items in by_set.values() for item in items]
    scopes = {id: items for id, items in by_set.items() if len(items) >= SMALLEST_SET}
    if len(by_set) > 1 and len(together) >= SMALLEST_SET:
        scopes[ALL_SETS] = together
    found = list(_only_the_key(together))
    for scope, items in scopes.items():
        for look in (_cue_findings, _length_findings, _position_findings):
            found += look(scope, items)
    return found


# The surface model


def _features(options: Sequence[Option]) -> list[list[float]]:
    """Return ten numbers for each option that say nothing of what it means."""
    lengths = [len(option.text) for option in options]
    mean, longest = fmean(lengths), max(lengths)
    patterns = [*(cue.pattern for cue in CUES), _NEGATION, _QUOTATION, _DIGIT]
    return [
        [
            length / mean - 1,
            float(length == longest),
            *(float(bool(pattern.search(option.text))) for pattern in patterns),
        ]
        for option, length in zip(options, lengths, strict=True)
    ]


def surface_share(sets: Iterable[QuestionSet]) -> float:
    """Return in what share of the choices a reader of surfaces finds the key; chance is 0.25.

    A conditional logit over ten features of the options, with a light ridge, is fitted to all
    choices but one and guesses the key of the one left out. Options that it can't tell apart
    share the guess.
    Source: D. McFadden, Conditional Logit Analysis of Qualitative Choice Behavior, in P. Zarembka
    (ed.), Frontiers in Econometrics, 1974, 105-142.

    Raises:
        ValueError: there are fewer than 20 choices.
    """
    import numpy

    items = _items(sets)
    if len(items) < FEWEST_ITEMS:
        raise ValueError(f"{len(items)} choices are too few for the surface model")
    raw = [numpy.array(_features(item.options)) for item in items]
    spread = numpy.concatenate(raw).std(axis=0)
    features = [each / numpy.where(spread > 0, spread, 1) for each in raw]
    keys = [item.key for item in items]
    hits = 0.0
    for left_out, (options, key) in enumerate(zip(features, keys, strict=True)):
        rest = [each for each in range(len(items)) if each != left_out]
        values = options @ _fit([features[each] for each in rest], [keys[each] for each in rest])
        best = numpy.flatnonzero(values > values.max() - 1e-9)
        hits += float(key in best) / len(best)
    return hits / len(items)


def _fit(features: list[NDArray[float64]], keys: list[int]) -> NDArray[float64]:
    """Return the weights of a conditional logit with a ridge, by Newton's method.

    Arguments:
        features: for each choice, a row for each option and a column for each feature.
        keys: for each choice, the row of its key.
    """
    import numpy

    width = features[0].shape[1]
    weights = numpy.zeros(width)
    for _ in range(NEWTON_STEPS):
        slope = -RIDGE * weights
        curve = RIDGE * numpy.eye(width)
        for options, key in zip(features, keys, strict=True):
            values = options @ weights
            chances = numpy.exp(values - values.max())
            chances /= chances.sum()
            expected = chances @ options
            slope += options[key] - expected
            curve += (options * chances[:, None]).T @ options - numpy.outer(expected, expected)
        step = numpy.linalg.solve(curve, slope)
        weights += step
        if numpy.abs(step).max() < 1e-6:
            break
    return weights


# What a strategy earns


def strategy_points(sets: Iterable[QuestionSet]) -> dict[str, float]:
    """Return what three ways to answer unread earn in the graded questions with options, of 100.

    `chance` picks at random, `longest` the longest option, `hedged` the one with most hedges and
    fewest absolute words. Where several may be chosen, each picks half of the options.
    """
    earned = dict.fromkeys(("chance", "longest", "hedged"), 0.0)
    out_of = 0.0
    ways: dict[str, Callable[[Option], float]] = {
        "chance": lambda option: 0,
        "longest": lambda option: len(option.text),
        "hedged": _hedging,
    }
    for question in (each for one in sets for each in one.questions if each.use == "graded"):
        if not isinstance(question, Choice | Several | Clause) or question.withheld:
            continue
        out_of += question.points
        for name, liking in ways.items():
            earned[name] += question.points * _credit(question, liking)
    return {name: 100 * points / out_of if out_of else 0.0 for name, points in earned.items()}


def _hedging(option: Option) -> float:
    hedges = len(HEDGE.pattern.findall(option.text))
    return hedges - len(ABSOLUTE.pattern.findall(option.text))


def _credit(question: Choice | Several | Clause, liking: Callable[[Option], float]) -> float:
    """Return the credit that picking what one likes best brings, on average where it's a tie."""
    if isinstance(question, Clause):
        return fmean(_credit_of_best(part.options, liking) for part in question.parts)
    if isinstance(question, Choice):
        return _credit_of_best(question.options, liking)
    correct = sum(each.verdict == "correct" for each in question.options)
    value = {"correct": 1, "defensible": 0, "incorrect": -1}
    picks = list(combinations(question.options, len(question.options) // 2))
    liked = [sum(map(liking, pick)) for pick in picks]
    return fmean(
        max(0.0, sum(value[each.verdict] for each in pick) / correct)
        for pick, sum_of_liking in zip(picks, liked, strict=True)
        if sum_of_liking == max(liked)
    )


def _credit_of_best(options: Sequence[Option], liking: Callable[[Option], float]) -> float:
    most = max(map(liking, options))
    return fmean(each.credit for each in options if liking(each) == most)
