"""The files of the site: names that change with the content, and pages that ask nobody else."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from cybernorms.cli import main
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.shipped import shipped_notebooks
from cybernorms.site.build import (
    Built,
    build,
    cards_module,
    digest_of,
    page_module,
    put_assets,
    write_site,
)
from cybernorms.site.package import archive
from cybernorms.site.runtime import FILES, LOCK, Runtime, read_runtime

RUNTIME = Runtime({**dict.fromkeys(FILES, b"made up"), LOCK: b"{}"}, b"a wheel")


@pytest.fixture(scope="module")
def built() -> Built:
    return build(RUNTIME, address="https://example.org/course")


def test_every_lesson_and_set_has_a_page_that_says_what_it_is(built: Built) -> None:
    """Prevents a link to the course that shows nothing when it is shared."""
    for path in shipped_notebooks():
        html = built.files[path.replace(".ipynb", ".html")].decode()
        assert '<html lang="en">' in html and "<title>" in html
        assert re.search(r'<meta name="description" content="[^"]{20,}">', html)
        assert 'property="og:image" content="https://example.org/course/files/preview-' in html


def test_pages_ask_for_files_of_this_site_alone(built: Built) -> None:
    """Prevents a page that tells another host who reads it."""
    for name, content in built.files.items():
        if not name.endswith(".html") or name == "404.html":
            continue
        html = content.decode()
        assert "default-src 'none'" in html and "unsafe-eval'" in html.replace(
            "wasm-unsafe-eval'", "unsafe-eval'"
        )
        assert " 'unsafe-eval'" not in html
        for asked in re.findall(r'<(?:script|link|img)[^>]*?(?:src|href)="([^"]*)"', html):
            base = "/".join(name.split("/")[:-1])
            target = (
                asked.removeprefix("../")
                if asked.startswith("../")
                else f"{base}/{asked}".lstrip("/")
            )
            assert target in built.files, asked


def test_names_of_files_change_with_their_content(built: Built) -> None:
    """Prevents an old file from being used by a new page."""
    for name, content in built.files.items():
        if found := re.fullmatch(r"files/[a-z]+-([0-9a-f]{12})\.[a-z]+", name):
            assert found[1] == digest_of(content)
    other: dict[str, bytes] = {}
    put_assets(other, Runtime({**RUNTIME.files, FILES[0]: b"other"}, b"a wheel"), b"a package")
    assert not any(name.startswith("files/pyodide") and name in built.files for name in other)


def test_the_joined_scripts_name_nothing_twice_and_import_what_is_there() -> None:
    """Prevents a page whose script stops in its first line."""
    for source in (cards_module(), page_module("cards-0.js")):
        scopes = re.findall(r"^const \{ (.*) \} = \(\(\) => \{$", source, re.MULTILINE)
        names = [name for scope in scopes for name in scope.split(", ")]
        assert names and sorted(set(names)) == sorted(names)
        assert re.findall(r'^import .* from "(.*)";', source, re.M) in ([], ["./cards-0.js"])


def test_the_package_of_a_page_has_no_tools_of_teachers_and_no_jupyter() -> None:
    """Prevents a page that is twice as heavy as it has to be."""
    names = zipfile.ZipFile(io.BytesIO(archive())).namelist()
    assert "cybernorms/site/live.py" in names and "cybernorms/_questions/02-un-norms.toml" in names
    assert not [each for each in names if "/classroom/" in each or "carrying" in each]
    assert archive() == archive()


def test_the_offline_script_keeps_every_page(built: Built) -> None:
    """Prevents a course that stops in a train."""
    listed = json.loads(
        re.search(r"const FILES = (\[.*?\]);", built.files["offline.js"].decode())[1]
    )  # type: ignore[index]
    assert set(listed) == built.files.keys() - {".nojekyll", "offline.js"}


def test_a_site_is_written_over_an_older_one_and_nothing_else(built: Built, tmp_path: Path) -> None:
    """Prevents files of old versions from piling up, and other files from being lost."""
    to = tmp_path / "site"
    write_site(built, to)
    (to / "files" / "page-000000000000.js").write_text("old")
    write_site(built, to)
    assert not (to / "files" / "page-000000000000.js").exists()
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CyberNormsError, match="something else"):
        write_site(built, tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_what_is_missing_of_pyodide_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a site that can be read and never comes alive."""
    for name in FILES[1:]:
        (tmp_path / name).write_bytes(b"")
    assert main(["site", "--to", str(tmp_path / "to"), "--pyodide", str(tmp_path)]) == 1
    assert f"{FILES[0]} is missing" in capsys.readouterr().err
    (tmp_path / FILES[0]).write_bytes(b"")
    (tmp_path / LOCK).write_text('{"packages": {"numpy": {}}, "info": {}}')
    with pytest.raises(CyberNormsError, match="msgspec"):
        read_runtime(tmp_path)
    (tmp_path / "msgspec-1-cp314-cp314-pyemscripten_2026_0_wasm32.whl").write_bytes(b"")
    assert json.loads(read_runtime(tmp_path).files[LOCK])["packages"] == {}


def test_without_npm_it_is_said_what_to_get(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Prevents a traceback as the first thing that a teacher sees of the site."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["site", "--to", str(tmp_path / "to")]) == 1
    assert "Install Node.js" in capsys.readouterr().err
