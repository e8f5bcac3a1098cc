"""The server extension keeps still forms, and touches nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from cybernorms.server import (
    WIDGET,
    _jupyter_server_extension_points,
    _load_jupyter_server_extension,
    keep_still_forms,
)

VIEW = {"model_id": "0", "version_major": 2, "version_minor": 0}
STILL = '<div class="cn-still"><p>A question</p></div>'


def output(**data: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": data}


def widget(still: Any = STILL) -> dict[str, Any]:
    return output(**{WIDGET: VIEW, "text/html": still, "text/plain": "A question"})


def notebook(*outputs: dict[str, Any]) -> dict[str, Any]:
    cell = {"cell_type": "code", "source": 'ask("x")', "outputs": list(outputs)}
    text = {"cell_type": "markdown", "source": "Text"}
    return {"type": "notebook", "content": {"cells": [text, cell], "nbformat": 4}}


def saved(model: dict[str, Any]) -> list[dict[str, Any]]:
    keep_still_forms(model, path="lesson.ipynb", contents_manager=None)
    return model["content"]["cells"][1]["outputs"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("still", [STILL, ["<style></style>\n", STILL]], ids=["text", "lines"])
def test_a_widget_with_a_still_form_keeps_only_that(still: Any) -> None:
    # Else the notebook says "model not found" when it is opened again.
    (kept,) = saved(notebook(widget(still)))
    assert kept["data"] == {"text/html": still, "text/plain": "A question"}


@pytest.mark.parametrize(
    "other",
    [
        output(**{WIDGET: VIEW, "text/plain": "IntSlider(value=3)"}),
        output(**{WIDGET: VIEW, "text/html": "<p>somebody else's widget</p>"}),
        output(**{"text/html": STILL}),
        {"output_type": "stream", "name": "stdout", "text": "cn-still"},
        {"output_type": "error", "ename": "NameError", "evalue": "ask", "traceback": []},
    ],
    ids=["no still form", "not ours", "a page", "printed text", "an error"],
)
def test_every_other_output_is_left_alone(other: dict[str, Any]) -> None:
    before = copy.deepcopy(other)
    assert saved(notebook(other, widget()))[0] == before


@pytest.mark.parametrize(
    "model",
    [
        {"type": "file", "format": "text", "content": f"{WIDGET} {STILL}"},
        {"type": "directory", "content": None},
        {"type": "notebook", "content": None},
        {"type": "notebook", "content": {}},
    ],
    ids=["a file", "a folder", "a notebook without content", "an empty notebook"],
)
def test_what_is_no_full_notebook_is_left_alone(model: dict[str, Any]) -> None:
    # An exception in a hook would be told to a learner as "save failed".
    before = copy.deepcopy(model)
    keep_still_forms(model)
    assert model == before


def test_the_server_calls_it_before_each_save() -> None:
    hooks = []

    class Contents:
        def register_pre_save_hook(self, hook: Any) -> None:
            hooks.append(hook)

    class Server:
        contents_manager = Contents()

    _load_jupyter_server_extension(Server())
    assert hooks == [keep_still_forms]
    assert _jupyter_server_extension_points() == [{"module": "cybernorms.server"}]
