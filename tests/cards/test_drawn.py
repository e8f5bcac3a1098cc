"""Parts with a drawing of their own, as they are sent."""

from __future__ import annotations

from msgspec import to_builtins

from cybernorms.cards.drawn import Bar, Day, Forecasted, Opened, Panel, Scales


def test_what_is_not_told_yet_is_not_sent_at_all() -> None:
    """Prevents an empty outcome whose very place in the page tells that there is one."""
    closed = Panel("A promise", "…", [Forecasted("You", "me", 60)])
    assert set(to_builtins(Opened("lines", [closed]))["panels"][0]) == {"title", "text", "marks"}
    told = to_builtins(Panel("A promise", "…", [], happened=False, outcome="<b>No</b>"))
    assert told["happened"] is False and told["outcome"]


def test_a_part_says_what_draws_it() -> None:
    """Prevents a part that the front end passes over."""
    assert to_builtins(Scales([Bar("The deal", 0.5, 0, "+4", "even")]))["is"] == "scales"
    assert to_builtins(Day("Tue", "22")) == {"weekday": "Tue", "day": "22"}
