"""Figures of agreement: published examples, sums by hand, and what cannot be computed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies as st
from nltk.metrics.agreement import AnnotationTask

from cybernorms.analysis.agreement import (
    Codes,
    Measure,
    cohens_kappa,
    equal_items,
    krippendorffs_alpha,
    percent_agreement,
    percent_by_chance,
    shared_items,
)


def coded(values: str) -> Codes:
    """Return codings from a line of values; a dot is a gap."""
    return {str(item): value for item, value in enumerate(values.split()) if value != "."}


def square(both_yes: int, yes_no: int, no_yes: int, both_no: int) -> tuple[Codes, Codes]:
    """Return two coders from a table of two by two."""
    counts = (both_yes, yes_no, no_yes, both_no)

    def values(signs: str) -> Iterator[str]:
        for sign, count in zip(signs, counts, strict=True):
            yield from sign * count

    return tuple(coded(" ".join(values(signs))) for signs in ("yynn", "ynyn"))


# Krippendorff's own examples: four observers with gaps, two with five values, two with yes and no.
FOUR = [
    coded("1 2 3 3 2 1 4 1 2 . . ."),
    coded("1 2 3 3 2 2 4 1 2 5 . 3"),
    coded(". 3 3 3 2 3 4 2 2 5 1 ."),
    coded("1 2 3 3 2 4 4 1 2 5 1 ."),
]
MANY_VALUES = [coded("a a b b d c c c e d d a"), coded("b a b b b c c c e d d d")]
YES_AND_NO = [coded("0 1 0 0 0 0 0 0 1 0"), coded("1 1 1 0 0 1 0 0 0 0")]


@pytest.mark.parametrize(
    ("coders", "alpha"), [(FOUR, 0.743), (MANY_VALUES, 0.692), (YES_AND_NO, 0.095)]
)
def test_alpha_is_what_krippendorff_prints(coders: list[Codes], alpha: float) -> None:
    """Prevents a figure that is called alpha and is something else."""
    assert krippendorffs_alpha(coders).value == pytest.approx(alpha, abs=0.0005)


def test_alpha_counts_only_items_that_two_or_more_coded() -> None:
    """Prevents a lone coding from passing for agreement."""
    assert krippendorffs_alpha(FOUR).items == 11  # the last was coded by one observer


@pytest.mark.parametrize(
    ("table", "agreement", "chance", "kappa"),
    [
        ((40, 9, 6, 45), 85, 50, 0.70),
        ((80, 10, 5, 5), 85, 78, 0.32),
        ((20, 5, 10, 15), 70, 50, 0.40),
    ],
)
def test_equal_agreement_can_go_with_quite_different_kappas(
    table: tuple[int, int, int, int], agreement: float, chance: float, kappa: float
) -> None:
    """The first two tables are those of Feinstein and Cicchetti (1990), printed to two places."""
    one, two = square(*table)
    assert percent_agreement(one, two).value == pytest.approx(agreement)
    assert percent_by_chance(one, two).value == pytest.approx(chance, abs=0.6)
    assert cohens_kappa(one, two).value == pytest.approx(kappa, abs=0.005)


def test_kappa_by_hand() -> None:
    """Two of three agree; chance is 2/3 * 1/3 + 1/3 * 2/3 = 4/9; (6/9 - 4/9) / (5/9) = 2/5."""
    one, two = coded("x x y"), coded("x y y")
    assert percent_agreement(one, two).value == pytest.approx(200 / 3)
    assert percent_by_chance(one, two).value == pytest.approx(400 / 9)
    assert cohens_kappa(one, two).value == pytest.approx(0.4)


def test_alpha_by_hand() -> None:
    """Of six values three are x: chance disagrees in 18 of 30 pairs, the coders in 1 of 3."""
    alpha = krippendorffs_alpha([coded("x x y"), coded("x y y")])
    assert alpha.value == pytest.approx(1 - (1 / 3) / (18 / 30))


def test_full_agreement_is_one_and_contradiction_throughout_is_below_nothing() -> None:
    """Prevents figures on a scale of their own."""
    one, two = coded("x y x y"), coded("y x y x")
    assert cohens_kappa(one, one).value == krippendorffs_alpha([one, one]).value == 1
    assert cohens_kappa(one, two).value == pytest.approx(-1)
    alpha = krippendorffs_alpha([one, two]).value
    assert alpha is not None and alpha < 0


def test_without_any_variation_nothing_beyond_chance_can_be_computed() -> None:
    """Prevents NaN, a division by zero, and full marks for coders who never had to choose."""
    one = coded("x x x")
    assert percent_agreement(one, one) == Measure(100, 3)
    for figure in (cohens_kappa(one, one), krippendorffs_alpha([one, one, one])):
        assert figure.value is None and figure.items == 3
        assert "all codings have the same value" in figure.why


def test_variation_on_items_that_only_one_coded_is_none() -> None:
    """Prevents a figure from codings that nobody else made."""
    one, two = coded("x x y ."), coded("x x . y")
    assert cohens_kappa(one, two).value is None
    assert krippendorffs_alpha([one, two]).value is None


def test_one_coder_who_never_varies_has_a_kappa_of_zero_however_many_agree() -> None:
    """Prevents a surprise: the figure is right, and says little."""
    one, two = coded("x x x x"), coded("x x x y")
    assert percent_agreement(one, two).value == 75
    assert cohens_kappa(one, two).value == pytest.approx(0)


def test_one_item_is_either_not_enough_or_no_better_than_chance() -> None:
    """Prevents a traceback over the first passage that is coded."""
    assert cohens_kappa(coded("x"), coded("x")).value is None
    assert krippendorffs_alpha([coded("x"), coded("x")]).value is None
    assert cohens_kappa(coded("x"), coded("y")).value == pytest.approx(0)
    assert krippendorffs_alpha([coded("x"), coded("y")]).value == pytest.approx(0)


@pytest.mark.parametrize(
    ("one", "two"), [("x y .", ". . x"), ("x", "."), (".", ".")], ids=["apart", "alone", "none"]
)
def test_coders_who_share_no_item_are_told_so(one: str, two: str) -> None:
    """Prevents an agreement of nothing out of nothing."""
    pair = coded(one), coded(two)
    for figure in (
        percent_agreement(*pair),
        percent_by_chance(*pair),
        cohens_kappa(*pair),
        krippendorffs_alpha(pair),
    ):
        assert figure == Measure(None, 0, "no item was coded by two coders")
    assert krippendorffs_alpha([]).value is None


def test_items_that_one_coder_left_out_change_neither_kappa_nor_agreement() -> None:
    """Prevents a gap from counting as a disagreement."""
    full, gaps = (coded("x x y"), coded("x y y")), (coded("x x y y ."), coded("x y y . x"))
    assert percent_agreement(*gaps) == percent_agreement(*full)
    assert cohens_kappa(*gaps) == cohens_kappa(*full)
    assert shared_items(*gaps) == ["0", "1", "2"] and equal_items(*gaps) == ["0", "2"]


def test_the_order_of_coders_does_not_matter() -> None:
    """Prevents a figure that depends on who is named first."""
    one, two = MANY_VALUES
    assert cohens_kappa(one, two).value == pytest.approx(cohens_kappa(two, one).value)
    assert krippendorffs_alpha([one, two]) == krippendorffs_alpha([two, one])


@st.composite
def codings(draw: st.DrawFn) -> list[Codes]:
    """Return two to four coders of up to fifteen items, with gaps."""
    items = [f"item {number}" for number in range(draw(st.integers(2, 15)))]
    values = st.sampled_from(["a", "b", "c", None])
    coders = draw(st.integers(2, 4))
    drawn = [{item: draw(values) for item in items} for _ in range(coders)]
    return [{item: each for item, each in codes.items() if each} for codes in drawn]


def peer(coders: list[Codes]) -> AnnotationTask:
    """Return the same codings as the library has them; Cohen's figures need shared items."""
    triples = [
        (f"{at}", item, value) for at, each in enumerate(coders) for item, value in each.items()
    ]
    return AnnotationTask(triples)


@settings(max_examples=60, deadline=None)
@given(codings())
def test_all_figures_are_those_of_a_library(coders: list[Codes]) -> None:
    """Prevents a slip in our own sums that no published example happens to touch."""
    one, two = coders[:2]
    shared = shared_items(one, two)
    pair = peer([{item: codes[item] for item in shared} for codes in (one, two)])
    if (chance := percent_by_chance(one, two)).value is not None:
        assert chance.value == pytest.approx(100 * pair.Ae_kappa("0", "1"), abs=1e-10)
    if (kappa := cohens_kappa(one, two)).value is not None:
        assert kappa.value == pytest.approx(pair.kappa(), abs=1e-12)
    if (alpha := krippendorffs_alpha(coders)).value is not None:
        paired = [
            item for item in {i for c in coders for i in c} if sum(item in c for c in coders) > 1
        ]
        whole = peer([{item: c[item] for item in paired if item in c} for c in coders])
        assert alpha.value == pytest.approx(whole.alpha(), abs=1e-12)
