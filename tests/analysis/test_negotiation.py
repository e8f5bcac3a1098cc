from __future__ import annotations

import os
import random

import pytest

from cybernorms.analysis.negotiation import (
    EVENINGS,
    Draft,
    answer,
    given_up,
    level,
    pointed,
    says_what,
    share,
)
from cybernorms.corpus.clauses import find_clause, load_clauses
from cybernorms.corpus.conducts import load_choices
from cybernorms.corpus.talks import (
    Extra,
    Reply,
    Role,
    Stake,
    load_objections,
    load_prices,
)

SIDES = ("us", "cn")
MANY = 1000 if os.environ.get("CYBERNORMS_ENDURANCE") else 60
LESSON = "08"


def drafted(*extras: str, **choices: str) -> Draft:
    """Return a draft with some choices by list; `mental_element` stands for its list."""
    named = {name.replace("_", " "): id for name, id in choices.items()}
    parts = [
        part
        for name, found in load_choices().items()
        for part in next(
            (each for each in found if each.id == named.get(name)),
            found[0],
        ).parts
    ]
    return Draft(tuple(parts), tuple(Extra.by_id()[each] for each in extras))


def lines_of(role: str) -> list[Reply]:
    return [each for each in Reply.rows() if each.role == role]


def stakes_of(role: str) -> list[Stake]:
    return [each for each in Stake.rows() if each.role.id == role]


DEAL = drafted(
    "x-requests", "x-dialogue", "x-experts", "x-report",
    actor="governments", modality="will-not", verb="conduct-or-support",
    mental_element="knowingly", object="secrets", purpose="advantage",
)  # fmt: skip


def chance_draft(chance: random.Random) -> Draft:
    choices = {name.replace(" ", "_"): chance.choice(found).id
               for name, found in load_choices().items()}  # fmt: skip
    extras = [each.id for each in Extra.rows() if chance.random() < 0.3]
    return drafted(*extras, **choices)


def test_both_sides_sign_what_they_signed() -> None:
    # Prevents counterparts that would have refused the deal of 25 September 2015.
    for role in SIDES:
        said: set[str] = set()
        for _ in EVENINGS:
            reply = answer(DEAL, lines_of(role), stakes_of(role), said)
            said.add(reply.id)
            if reply.kind == "accept":
                break
        assert reply.kind == "accept", reply.line


def test_the_deal_is_told_from_what_was_put_forward_in_seoul() -> None:
    # Prevents that the word knowingly makes no difference to anybody at the table.
    seoul = drafted(modality="should-not", verb="conduct-or-support", object="secrets",
                    purpose="gain")  # fmt: skip
    secrets = Stake.by_id()["us-trade-secrets"]
    assert level(secrets, seoul) == 2
    assert level(secrets, DEAL) == 1
    reply = answer(seoul, lines_of("cn"), stakes_of("cn"), ())
    assert reply.id == "cn-no-knowledge"


@pytest.mark.parametrize("seed", range(MANY))
def test_no_negotiation_ends_in_silence_or_repeats_a_line(seed: int) -> None:
    # Prevents a counterpart that has nothing to say, or says the same twice in one negotiation.
    chance = random.Random(seed)
    for role in SIDES:
        said: list[str] = []
        draft = chance_draft(chance)
        for _ in EVENINGS:
            reply = answer(draft, lines_of(role), stakes_of(role), said)
            said.append(reply.id)
            if reply.kind == "accept":
                break
            if chance.random() < 0.7:
                draft = chance_draft(chance)
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("role", SIDES)
def test_who_puts_the_same_text_again_meets_a_firm_no(role: str) -> None:
    # Prevents that patience alone wears a red line down.
    draft = drafted(modality="will")
    said: list[str] = []
    for _ in EVENINGS:
        said.append(answer(draft, lines_of(role), stakes_of(role), said).id)
    kinds = [next(each.kind for each in Reply.rows() if each.id == id) for id in said]
    assert kinds[0] == "object" and kinds[-1] in ("object", "firm") and "accept" not in kinds


def test_some_drafts_please_both_sides_and_some_neither() -> None:
    # Prevents a table at which anything, or nothing, is signed.
    chance = random.Random(2015)
    signed = dict.fromkeys(SIDES, 0)
    for _ in range(300):
        draft = chance_draft(chance)
        for role in SIDES:
            every = [each.id for each in lines_of(role) if each.kind == "trade"]
            kind = answer(draft, lines_of(role), stakes_of(role), every).kind
            signed[role] += kind == "accept"
    assert all(0 < count < 150 for count in signed.values()), signed


def test_a_draft_costs_a_role_what_its_words_say() -> None:
    # Prevents a price that stays away although the words are there.
    ids = {each.id for each in given_up("us", load_prices(), drafted("x-review"))}
    assert "us-look" in ids
    assert "us-knowingly" in {each.id for each in given_up("us", load_prices(), DEAL)}
    assert not given_up("us", load_prices(), Draft(()))


def test_a_share_goes_from_nothing_to_all() -> None:
    # Prevents weights that make the best draft look poor, or an empty one look good.
    for role in Role.rows():
        stakes = stakes_of(role.id)
        assert share(stakes, Draft(())) < 0.3
        best = max(share(stakes, chance_draft(random.Random(seed))) for seed in range(400))
        assert best > 0.55, role.id


@pytest.mark.parametrize("seed", range(20))
def test_three_questions_are_asked_of_every_draft(seed: int) -> None:
    # Prevents a defence with nothing to defend against.
    draft = chance_draft(random.Random(seed))
    asked = pointed(load_objections(), draft)
    assert len({each.id for each in asked}) == 3


def test_a_draft_covers_norm_k_when_it_spares_response_teams() -> None:
    # Prevents that the table of norms calls silent what the clause says in plain words.
    norm = find_clause("norm-13k1", lesson=LESSON)
    teams = drafted(verb="conduct", object="teams")
    assert says_what(norm.parts, teams) == 2
    assert says_what(norm.parts, drafted(verb="allow", object="teams")) == 1
    assert says_what(norm.parts, DEAL) == 0


def test_the_deal_says_what_its_commitments_say() -> None:
    # Prevents extras whose parts do not match the clauses that they stand for.
    deal = [each for each in load_clauses(lesson=LESSON) if each.id.startswith("us-china-")]
    levels = {each.id: says_what(each.parts, DEAL) for each in deal}
    assert set(levels.values()) == {2}, levels
