from __future__ import annotations

import os
import random
import re
import string

import pytest

from cybernorms.corpus.conducts import load_choices
from cybernorms.corpus.talks import Extra
from cybernorms.errors import CyberNormsError
from cybernorms.pages.clause_lab import START
from cybernorms.pages.moves import (
    LONGEST,
    MOST_MOVES,
    Game,
    Move,
    as_texts,
    kept_game,
    made,
    read_move,
    write_move,
)

FUZZED = 4000 if os.environ.get("CYBERNORMS_ENDURANCE") else 200


def chance_move(chance: random.Random, role: str) -> Move:
    choices = {name: chance.choice(found).id for name, found in load_choices().items()}
    extras = tuple(each.id for each in Extra.rows() if chance.random() < 0.4)
    return Move(role, "put", choices, extras)


FIRST = Move("us", "put", dict(START), ("x-requests",))


@pytest.mark.parametrize("seed", range(20))
def test_two_computers_hold_the_same_game_after_each_move(seed: int) -> None:
    # Prevents that one side negotiates about a text that the other never sent.
    chance = random.Random(seed)
    here = there = Game()
    for number in range(MOST_MOVES):
        move = chance_move(chance, ("us", "cn")[number % 2])
        text = write_move(here, move)
        here, there = made(here, move), made(there, read_move(there, text))
        assert here == there
    assert here.over and not here.agreed


def test_a_move_survives_what_mail_programs_do_to_it() -> None:
    # Prevents that a wrapped line, a quotation sign or a soft hyphen ends a game.
    text = write_move(Game(), FIRST)
    wrapped = "\n> ".join(text[place : place + 30] for place in range(0, len(text), 30))
    for changed in (
        f"Hi Bo,\n\n{text}\n\nBest, Ada",
        text.replace(".", ".\u200b"),
        text.replace("\n", "\r\n\t "),
        "\n".join(text[place : place + 40] for place in range(0, len(text), 40)),
        wrapped,
    ):
        assert read_move(Game(), changed) == FIRST


@pytest.mark.parametrize(("text", "said"), [
    ("", "no move in this text"),
    ("We accept.", "no move in this text"),
    ("[CN8.12.us", "part of it is missing"),
    (write_move(Game(), FIRST)[:-3], "part of it is missing"),
    (write_move(Game(), FIRST).replace("us.p", "cn.p"), "changed on the way"),
])  # fmt: skip
def test_what_is_no_move_is_refused_with_what_to_do(text: str, said: str) -> None:
    # Prevents an error that leaves a student without a next step.
    with pytest.raises(CyberNormsError, match=f"{said}.*Copy the whole text"):
        read_move(Game(), text)


def test_a_move_of_another_game_or_out_of_turn_is_refused() -> None:
    # Prevents that games are mixed up when a student negotiates with two others.
    game = made(Game(), FIRST)
    other = made(Game(), chance_move(random.Random(1), "us"))
    second = write_move(other, Move("cn", "accept"))
    with pytest.raises(CyberNormsError, match="another game"):
        read_move(game, second)
    with pytest.raises(CyberNormsError, match="already"):
        read_move(game, write_move(Game(), FIRST))
    with pytest.raises(CyberNormsError, match="twice"):
        made(game, FIRST)
    with pytest.raises(CyberNormsError, match="no text to accept"):
        write_move(Game(), Move("us", "accept"))
    over = made(game, Move("cn", "accept"))
    assert over.agreed
    with pytest.raises(CyberNormsError, match="over"):
        made(over, FIRST)


def test_another_version_of_the_tables_is_told() -> None:
    # Prevents that a number means another word on the other computer.
    text = write_move(Game(), FIRST)
    body = re.search(r"\[(CN8\..*)\.[0-9a-f]{8}\]", text)
    assert body
    older = re.sub(r"CN8\.[0-9a-f]{4}", "CN8.0000", body[1])
    from cybernorms.pages.moves import _digest

    with pytest.raises(CyberNormsError, match="another version"):
        read_move(Game(), f"[{older}.{_digest(older)}]")


@pytest.mark.parametrize("seed", range(FUZZED // 50))
def test_no_pasted_text_does_more_than_be_refused(seed: int) -> None:
    # Prevents that a hostile text hangs the card, ends it with an error or makes a move.
    chance = random.Random(seed)
    good = write_move(Game(), FIRST)
    for _ in range(50):
        letters = list(good)
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(letters))
            letters[place] = chance.choice(string.printable + "\u200b\u0661\U0001f600\x00")
        text = "".join(letters) * chance.choice([1, 1, 1, 300])
        try:
            assert read_move(Game(), text) == FIRST  # where only the words before it changed
        except CyberNormsError as error:
            assert len(str(error)) < 300
    with pytest.raises(CyberNormsError):
        read_move(Game(), "CN8." * LONGEST)


@pytest.mark.parametrize("response", [None, "text", 7, [1, None], {"a": 1}, ["CN8"], [[]]])
def test_a_record_that_was_edited_by_hand_gives_an_empty_game(response: object) -> None:
    # Prevents a lesson that cannot be opened after a slip in the record.
    assert kept_game(response) == Game()


def test_a_kept_game_comes_back_whole() -> None:
    # Prevents that an evening's negotiation is gone with the kernel.
    game = made(made(Game(), FIRST), chance_move(random.Random(3), "cn"))
    assert kept_game(as_texts(game)) == game
