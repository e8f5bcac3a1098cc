"""A step of the deal game as a card: it plays in the page, and keeps what was played."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import to_builtins

from cybernorms.cards.card import Card, Values
from cybernorms.cards.parts import Fold, Game, GameGap, Part
from cybernorms.document import Block, to_html
from cybernorms.exercises.record import Record
from cybernorms.pages import game, game_note, game_settings as settings
from cybernorms.pages.kept import history_of

NAME, PLAYED = "game", "played"


class GameStep(Card):
    """A step of the deal game.

    Arguments:
        step: the id of the step.
        record: where it's kept what was played; the learner's own record if not given.
    """

    wide = True

    def __init__(self, step: str, record: Record | None = None) -> None:
        super().__init__(record)
        self.step = game.find_step(step)
        self.label = self.step.title
        self.refresh()

    @property
    def key(self) -> str:  # type: ignore[override]
        return f"game-{self.step.id}"

    @property
    def answered(self) -> bool:
        return self.played is not None

    def refresh(self) -> None:
        """Fill in what was played last."""
        last = history_of(self.record).last(self.key)
        self.played = game.as_kept(self.step, last.response) if last else None

    def blocks(self) -> Sequence[Block]:
        return game.game_blocks(self.step.id)

    def values(self) -> Values:
        return {NAME: self.played}

    def press(self, name: str, values: Values, item: str) -> None:
        """Keep what was played."""
        played = game.as_kept(self.step, values.get(NAME))
        if name != PLAYED or played is None:
            return
        with self.errors_said():
            self.record.append(self.key, "", played)
            self.played = played
            self.say_saved()

    def parts(self) -> list[Part]:
        parts: list[Part] = [self._game()]
        if self.step.id == "map":
            parts.append(Fold(game_note.TITLE, to_html(game_note.note_blocks(3))))
        return parts

    def _game(self) -> Game:
        names = {
            "rules": settings.RULE_DIALS,
            "map": settings.MAP_DIALS,
            "sandbox": tuple(settings.LOOSE),
        }
        is_crowd = self.step.id == "crowd"
        return Game(
            NAME,
            self.step.id,
            self.step.title,
            self.step.words,
            dials=[settings.DIALS[name] for name in names.get(self.step.id, ())],
            axes=settings.AXES if self.step.id in ("map", "sandbox") else (),
            start={"map": settings.START, "sandbox": settings.LOOSE}.get(self.step.id, {}),
            presets=settings.PRESETS if self.step.id == "sandbox" else (),
            habits=[_habit(each) for each in settings.KNOWN_HABITS] if is_crowd else (),
            fogs=settings.FOGS if is_crowd else (),
            sentences=[_gap(each) for each in settings.GAPS] if is_crowd else (),
        )


def _habit(each: settings.KnownHabit) -> dict[str, object]:
    return {**to_builtins(each), "habit": to_builtins(each.habit)}


def _gap(gap: settings.Gap) -> GameGap:
    options = [{"text": text, "value": value} for text, value in gap.options]
    return GameGap(gap.name, gap.before, options, gap.after)
