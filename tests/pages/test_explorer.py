"""The controls of every explorer are data for any front end."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from msgspec.structs import fields

from cybernorms.errors import CyberNormsError
from cybernorms.pages.explorer import Explorer, check_open
from tests.explorers import PAGES


@pytest.mark.parametrize("page", PAGES)
def test_every_control_sets_a_field_of_the_state_and_offers_what_it_has(page: str) -> None:
    """Prevents a control that another front end cannot draw, or that changes nothing."""
    module: Any = import_module(f"cybernorms.pages.{page}")
    explorer: Explorer = module.EXPLORER
    state, offered = explorer.settle(explorer.start("", "06"))
    assert {field.name for field in explorer.fields()} <= {each.name for each in fields(state)}
    for field in explorer.fields():
        boxed = field.kind == "check box"
        values = [False, True] if boxed else [value for _, value in offered[field.name]]
        assert getattr(state, field.name) in values and len(values) == len(set(values)) > 1
        assert boxed or all(isinstance(text, str) and text for text, _ in offered[field.name])
    assert explorer.settle(state)[0] == state


def test_what_there_is_to_open_is_listed() -> None:
    """Prevents an error that leaves a learner to guess."""
    assert check_open("", ["a", "b"], "letter") == ""
    assert check_open("b", ["a", "b"], "letter") == "b"
    with pytest.raises(CyberNormsError, match=r"no letter called 'c'.*Choose one of: a, b"):
        check_open("c", ["a", "b"], "letter")
