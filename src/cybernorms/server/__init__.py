"""The module's part of the Jupyter server: lessons with progress, kept code, and files kept clean.

JupyterLab's page asks it; without the page it only keeps outputs out of saved lessons. It loads
neither pandas nor ipywidgets, and nothing of questions before the page asks for them.
"""

from __future__ import annotations

from typing import Any

from cybernorms.server.saving import Saving


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "cybernorms.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Answer the page of a lesson, and look at notebooks before they are saved."""
    from cybernorms.server.handlers import handlers

    saving = Saving(server.contents_manager)
    server.contents_manager.register_pre_save_hook(saving.keep_as_shipped)
    settings = server.web_app.settings
    server.web_app.add_handlers(".*$", handlers(settings["base_url"], server.contents_manager))
