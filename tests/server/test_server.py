"""The server loads our part of it, quickly and without what kernels need."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

from cybernorms.server import _jupyter_server_extension_points, _load_jupyter_server_extension
from tests.paths import SOURCE


def test_it_looks_at_each_save_and_answers_the_page() -> None:
    """Prevents a part of the server that is installed and never asked."""
    hooks, routes = [], []
    contents = SimpleNamespace(register_pre_save_hook=hooks.append)
    app = SimpleNamespace(
        settings={"base_url": "/user/x/"},
        add_handlers=lambda host, given: routes.extend(each[0] for each in given),
    )
    _load_jupyter_server_extension(SimpleNamespace(contents_manager=contents, web_app=app))
    assert [hook.__name__ for hook in hooks] == ["keep_as_shipped"]
    assert routes == [f"/user/x/cybernorms/{each}" for each in ("lessons", "answers", "code")]
    assert _jupyter_server_extension_points() == [{"module": "cybernorms.server"}]


def test_the_server_needs_neither_pandas_nor_widgets() -> None:
    """Prevents a server that starts seconds later and takes the memory of a kernel."""
    code = """
import sys
from types import SimpleNamespace
import cybernorms.server.handlers, cybernorms.pages.my_answers
from cybernorms.server.course import find_course
from cybernorms.server.progress import Progress
found = find_course(SimpleNamespace(root_dir=sys.argv[1]), "notebooks/02-un-norms.ipynb")
assert found.course.entries(Progress())
print(*sorted({"pandas", "ipywidgets", "matplotlib", "IPython"} & sys.modules.keys()))
"""
    settings: dict[str, Any] = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", code, str(SOURCE.parent)]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
