"""A negotiation of two people on two computers: each move travels as a line of text to paste.

A move says what it is in words, and carries a code that another computer reads: the number of the
move, who makes it, the draft, a digest of the moves before it and one of the whole. Nothing in it
is executed; what doesn't fit is refused with a reason, and the game stays as it was.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from cybernorms.analysis.negotiation import EVENINGS
from cybernorms.corpus.conducts import load_choices
from cybernorms.corpus.talks import load_extras, load_roles
from cybernorms.errors import CyberNormsError
from cybernorms.pages.negotiation import LESSON, draft_lines, find_role

Kind = Literal["put", "accept", "leave"]
LETTERS: Mapping[Kind, str] = {"put": "p", "accept": "a", "leave": "x"}
MOST_MOVES = 2 * len(EVENINGS)
LONGEST = 20_000  # letters of a pasted text; a move has a few hundred
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODE = re.compile(
    r"CN8\.(?P<tables>[0-9a-f]{4})\.(?P<number>[1-9])\.(?P<role>[a-z]{2})\.(?P<kind>[pax])"
    r"\.(?P<choices>[0-9a-z]{0,12})\.(?P<extras>[0-9a-f]{0,8})"
    r"\.(?P<before>[0-9a-f]{8})\.(?P<check>[0-9a-f]{8})"
)
_PASTE_AGAIN = "Copy the whole text of the move, from its first word to its last, and paste it"


class Move(Struct, frozen=True):
    """One move: who makes it, and the draft that it puts, accepts or leaves behind."""

    role: str
    kind: Kind
    choices: Mapping[str, str] = {}
    extras: tuple[str, ...] = ()


class Game(Struct, frozen=True):
    """The moves so far, in turn."""

    moves: tuple[Move, ...] = ()

    @property
    def over(self) -> bool:
        """Return whether somebody has accepted or left, or no evening is left."""
        ended = bool(self.moves) and self.moves[-1].kind != "put"
        return ended or len(self.moves) == MOST_MOVES

    @property
    def agreed(self) -> bool:
        """Return whether the last draft was accepted."""
        return bool(self.moves) and self.moves[-1].kind == "accept"

    @property
    def on_the_table(self) -> Move | None:
        """Return the draft that was put last, or None before the first."""
        return next((each for each in reversed(self.moves) if each.kind == "put"), None)


def sides() -> tuple[str, ...]:
    """Return the ids of the roles that make moves; the chair makes none."""
    return tuple(each.id for each in load_roles(lesson=LESSON) if not each.chair)


def _extras() -> list[str]:
    return [each.id for each in load_extras(lesson=LESSON)]


def _digest(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"


def _tables() -> str:
    """Return a digest of what the numbers of a code count, which another version may not share."""
    names = [each.id for found in load_choices().values() for each in found]
    return _digest(" ".join([*names, *_extras()]))[:4]


def _before(moves: tuple[Move, ...]) -> str:
    return _digest("|".join(_body(moves[:number], each) for number, each in enumerate(moves)))


def _body(earlier: tuple[Move, ...], move: Move) -> str:
    """Return the code of a move, without the digest at its end."""
    choices = extras = ""
    if move.kind == "put":
        for name, found in load_choices().items():
            choices += _DIGITS[[each.id for each in found].index(move.choices[name])]
        there = sum(1 << place for place, id in enumerate(_extras()) if id in move.extras)
        extras = f"{there:x}"
    number = len(earlier) + 1
    before = _before(earlier)
    letter = LETTERS[move.kind]
    return f"CN8.{_tables()}.{number}.{move.role}.{letter}.{choices}.{extras}.{before}"


def write_move(game: Game, move: Move) -> str:
    """Return the text to send to the other side: what the move is in words, and its code.

    Raises:
        CyberNormsError: it isn't this side's turn, or there is nothing to accept.
    """
    _check_turn(game, move)
    body = _body(game.moves, move)
    name = find_role(move.role).name
    said = {
        "put": " ".join(draft_lines(move.choices, move.extras, LESSON)),
        "accept": "We accept your last text.",
        "leave": "We leave the table.",
    }[move.kind]
    return f"Move {len(game.moves) + 1}, {name}: {said}\n[{body}.{_digest(body)}]"


def read_move(game: Game, text: str) -> Move:
    """Return the move that a pasted text makes in a game.

    Line breaks, spaces and invisible signs that mail programs put into it are passed over.

    Raises:
        CyberNormsError: there is no move in it, it was damaged on the way, or it belongs elsewhere.
    """
    plain = _squeezed(text)
    found = _CODE.search(plain)
    if not found:
        what = "There is no move in this text" if "CN8" not in plain else "A part of it is missing"
        raise CyberNormsError(what, remedy=_PASTE_AGAIN)
    body, _, check = found[0].rpartition(".")
    if _digest(body) != check:
        raise CyberNormsError("This move was changed on the way", remedy=_PASTE_AGAIN)
    if found["tables"] != _tables():
        raise CyberNormsError(
            "The other side has another version of the module",
            remedy="Both of you need the same one: bring it up to date, and begin anew",
        )
    move = _move_of(found)
    _check_place(game, found, move)
    _check_turn(game, move)
    return move


def _squeezed(text: str) -> str:
    """Return pasted text without spaces, signs that have no width, and marks of quoted mail."""
    short = unicodedata.normalize("NFKC", text[:LONGEST])
    kept = (each for each in short if not each.isspace() and unicodedata.category(each) != "Cf")
    return "".join(kept).replace(">", "")


def _move_of(found: re.Match[str]) -> Move:
    damaged = CyberNormsError("This move can't be read", remedy=_PASTE_AGAIN)
    kind = next(name for name, letter in LETTERS.items() if letter == found["kind"])
    if found["role"] not in sides():
        raise damaged
    if kind != "put":
        return Move(found["role"], kind)
    lists = load_choices()
    try:
        places = [_DIGITS.index(each) for each in found["choices"]]
        choices = {
            name: offered[place].id
            for (name, offered), place in zip(lists.items(), places, strict=True)
        }
        there = int(found["extras"], 16)
    except (IndexError, ValueError):
        raise damaged from None
    if there >> len(_extras()):
        raise damaged
    extras = tuple(id for place, id in enumerate(_extras()) if there >> place & 1)
    return Move(found["role"], kind, choices, extras)


def _check_place(game: Game, found: re.Match[str], move: Move) -> None:
    """Raise an error where a move doesn't come next in a game."""
    number, expected = int(found["number"]), len(game.moves) + 1
    if number < expected and move == game.moves[number - 1]:
        raise CyberNormsError(
            f"You have move {number} already", remedy="Wait for the next one, or make yours"
        )
    if number != expected or found["before"] != _before(game.moves):
        raise CyberNormsError(
            f"This is move {number} of another game, or one before it is missing",
            remedy=f"Ask the other side for move {expected} of this game, or begin anew together",
        )


def _check_turn(game: Game, move: Move) -> None:
    if game.over:
        raise CyberNormsError("These talks are over", remedy="Begin anew to negotiate again")
    if game.moves and game.moves[-1].role == move.role:
        raise CyberNormsError(
            "The same side would move twice", remedy="Wait for the other side\u2019s move"
        )
    if move.kind == "accept" and game.on_the_table is None:
        raise CyberNormsError("There is no text to accept yet", remedy="Put one on the table")


def made(game: Game, move: Move) -> Game:
    """Return a game after a move.

    Raises:
        CyberNormsError: it isn't this side's turn, or there is nothing to accept.
    """
    _check_turn(game, move)
    return Game((*game.moves, move))


def kept_game(response: Any) -> Game:
    """Return the game that a record keeps, as far as it can be read."""
    game = Game()
    texts = response if isinstance(response, list) else []
    for text in texts[:MOST_MOVES]:
        try:
            game = made(game, read_move(game, text if isinstance(text, str) else ""))
        except CyberNormsError:
            break
    return game


def as_texts(game: Game) -> list[str]:
    """Return the moves of a game as texts, as a record keeps them."""
    return [write_move(Game(game.moves[:place]), each) for place, each in enumerate(game.moves)]
