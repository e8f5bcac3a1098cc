"""A small extension of the Jupyter server that keeps saved notebooks readable.

A widget lives in the kernel. Saved in a notebook and opened again later, it can only say "model
not found". So when a notebook is saved, each widget that has a still form keeps only that form.
"""

from __future__ import annotations

from typing import Any

WIDGET = "application/vnd.jupyter.widget-view+json"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "cybernorms.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Have the contents manager call `keep_still_forms` before each save."""
    server.contents_manager.register_pre_save_hook(keep_still_forms)


def keep_still_forms(model: dict[str, Any], **_: Any) -> None:
    """Drop widgets from the outputs of a notebook where an HTML form stands beside them.

    Arguments:
        model: what Jupyter is about to save; anything but a notebook is left alone.
    """
    content = model.get("content")
    if model.get("type") != "notebook" or not isinstance(content, dict):
        return
    for cell in content.get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if WIDGET in data and "cn-still" in "".join(data.get("text/html", "")):
                del data[WIDGET]
