"""Weigh evidence for and against explanations: a device for thinking, and no measurement.

Each explanation starts from how likely a reader holds it before looking, and each item moves it by
steps. Two steps double or halve the odds that the explanation played a part: an item that speaks
strongly for it is taken to be twice as likely if it played one, an item that speaks for it 1.4
times. That is Bayes' rule in odds, taken in logarithms; source: I. J. Good, Probability and the
Weighing of Evidence (1950). The size of a step is a convention of this module.

Three limits. Explanations are weighed one by one, since several can hold at once. Items are taken
to be independent, which those of one family are not; `once_each` counts a family as one item. And
no sum is better than the judgements that go into it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from cybernorms.corpus.evidence import Bearing

STEPS = {"strongly for": 2, "for": 1, "neutral": 0, "against": -1, "strongly against": -2}
STEPS_THAT_DOUBLE = 2
MOST_ODDS = 30  # above that the sum would claim a precision that it has not


class Weighing(Struct, frozen=True):
    """What a reader brings along.

    Arguments:
        weights: how much each item counts, by its id, from 0; an item that is missing counts 0.
        priors: steps that each explanation starts with, by its id; 0 where it is missing.
        once_each: whether all items of one family count as a single one.
    """

    weights: Mapping[str, float]
    priors: Mapping[str, float]
    once_each: bool = False


def scores(
    bearings: Sequence[Bearing], families: Mapping[str, str], weighing: Weighing
) -> dict[str, float]:
    """Return the steps that each explanation ends with, by its id.

    Arguments:
        bearings: how each item bears on each explanation.
        families: the family of each item, by its id.
        weighing: what the reader brings along.

    A family that counts once moves an explanation by the mean of its items that bear on it, by
    weight, times the greatest weight among them.

    >>> from cybernorms.corpus.evidence import load_bearings
    >>> from msgspec.structs import replace
    >>> some = load_bearings(lesson="06")[0]
    >>> bearings = [replace(some, evidence="a", explanation="deal", weight="strongly for"),
    ...             replace(some, evidence="b", explanation="deal", weight="against")]
    >>> scores(bearings, {"a": "x", "b": "y"}, Weighing({"a": 1, "b": 1}, {}))
    {'deal': 1.0}
    >>> scores(bearings, {"a": "x", "b": "x"}, Weighing({"a": 1, "b": 1}, {}, once_each=True))
    {'deal': 0.5}
    """
    grouped: dict[str, dict[str, list[tuple[float, int]]]] = {}
    for each in bearings:
        groups = grouped.setdefault(each.explanation, defaultdict(list))
        group = families[each.evidence] if weighing.once_each else each.evidence
        if STEPS[each.weight]:
            weight = weighing.weights.get(each.evidence, 0)
            groups[group].append((weight, STEPS[each.weight]))
    return {
        explanation: float(weighing.priors.get(explanation, 0))
        + sum(_steps(items) for items in groups.values())
        for explanation, groups in grouped.items()
    }


def _steps(items: Sequence[tuple[float, int]]) -> float:
    """Return the steps of items that count as one: the weighted mean, times the greatest weight."""
    total = sum(weight for weight, _ in items)
    if not total:
        return 0.0
    mean = sum(weight * steps for weight, steps in items) / total
    return mean * max(weight for weight, _ in items)


def apart_from(one: Bearing, others: Sequence[Bearing]) -> list[Bearing]:
    """Return the judgements of the same item and explanation that give it another weight.

    >>> from cybernorms.corpus.evidence import load_bearings
    >>> from msgspec.structs import replace
    >>> one = replace(load_bearings(lesson="06")[0], weight="for")
    >>> other = replace(one, coder="B", weight="neutral")
    >>> apart_from(one, [one, other]) == [other]
    True
    """
    pair = (one.evidence, one.explanation)
    return [
        each
        for each in others
        if (each.evidence, each.explanation) == pair and each.weight != one.weight
    ]


def leaders(found: Mapping[str, float]) -> frozenset[str]:
    """Return the explanations with the most steps; several where they are level."""
    top = max(found.values())
    return frozenset(id for id, steps in found.items() if abs(steps - top) < 1e-9)


class Change(Struct, frozen=True):
    """A single item whose removal or doubling would put other explanations in front."""

    evidence: str
    deed: str
    leaders: frozenset[str]


def what_would_change(
    bearings: Sequence[Bearing], families: Mapping[str, str], weighing: Weighing
) -> list[Change]:
    """Return each single item that would change which explanations lead, removed or doubled."""
    now = leaders(scores(bearings, families, weighing))
    found = []
    for item, weight in weighing.weights.items():
        if not weight:
            continue
        for deed, changed in (("removed", 0.0), ("doubled", 2 * weight)):
            other = Weighing(
                {**weighing.weights, item: changed}, weighing.priors, weighing.once_each
            )
            then = leaders(scores(bearings, families, other))
            if then != now:
                found.append(Change(item, deed, then))
    return found


def odds_in_words(steps: float) -> str:
    """Return steps as odds that an explanation played a part.

    >>> odds_in_words(4), odds_in_words(-2), odds_in_words(1), odds_in_words(0.2)
    ('about 4 to 1 for', 'about 2 to 1 against', 'slightly for', 'about even')
    """
    if abs(steps) < 0.5:
        return "about even"
    side = "for" if steps > 0 else "against"
    odds = round(2 ** (abs(steps) / STEPS_THAT_DOUBLE))
    if odds < 2:
        return f"slightly {side}"
    return f"about {odds} to 1 {side}" if odds <= MOST_ODDS else f"above {MOST_ODDS} to 1 {side}"


class Story(Struct, frozen=True):
    """A way in which the number seen could have fallen: done, and share of it that was seen."""

    name: str
    done_before: float
    share_before: float
    done_after: float
    share_after: float

    @property
    def seen_before(self) -> float:
        """Return how many were seen at first."""
        return self.done_before * self.share_before

    @property
    def seen_after(self) -> float:
        """Return how many were seen in the end."""
        return self.done_after * self.share_after


def same_fall(seen_before: float, seen_after: float, share: float) -> list[Story]:
    """Return three stories that give the same fall in what is seen: restraint, stealth, and both.

    Arguments:
        seen_before, seen_after: how many were seen at first and in the end.
        share: the share of all that is done which was seen at first, above 0 and up to 1.

    Raises:
        ValueError: the share is out of range, or nothing was seen.

    >>> [round(story.done_after) for story in same_fall(60, 5, 0.5)]
    [10, 120, 35]
    """
    if not 0 < share <= 1 or seen_before <= 0 or seen_after <= 0:
        raise ValueError("a share above 0 and up to 1, and numbers above 0")
    done = seen_before / share
    fall = seen_after / seen_before
    half = fall**0.5
    return [
        Story("Restraint: less is done", done, share, done * fall, share),
        Story("Better hiding: less is seen", done, share, done, share * fall),
        Story("Half of each", done, share, done * half, share * half),
    ]
