"""What conda, Binder, pip and start.py install agrees, and names no address."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from rattler import MatchSpec, Version as CondaVersion, VersionSpec
from yaml import safe_load

import cybernorms
import start
from cybernorms.version import __version__
from tests.paths import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


PROJECT = tomllib.loads(read("pyproject.toml"))
ENVIRONMENT = safe_load(read("environment.yml"))
SPECS = [spec for spec in ENVIRONMENT["dependencies"] if isinstance(spec, str)]


def blocks(lock: str) -> list[tuple[str, list[str]]]:
    """Return each pin of a lock's text with the lines of its hashes."""
    found: list[tuple[str, list[str]]] = []
    for line in lock.splitlines():
        if line.startswith("    --hash="):
            found[-1][1].append(line.strip(" \\"))
        elif line and not line.lstrip().startswith("#"):
            found.append((line.rstrip(" \\"), []))
    return found


def pins(lock: str) -> dict[str, set[Version]]:
    """Return the versions that a lock's text pins for each name; Pythons may need several."""
    found: dict[str, set[Version]] = {}
    for pin, _ in blocks(lock):
        requirement = Requirement(pin)
        (only,) = requirement.specifier
        found.setdefault(canonicalize_name(requirement.name), set()).add(Version(only.version))
    return found


def admits(spec: str, version: Version) -> bool:
    """Say whether a conda range admits a version."""
    wanted = MatchSpec(spec).version
    return wanted is None or VersionSpec(str(wanted)).matches(CondaVersion(str(version)))


@pytest.mark.parametrize(
    ("spec", "version", "expected"),
    [
        ("jupyterlab>=4.4,<5", "4.6.6", True),
        ("jupyterlab>=4.4,<5", "5.0", False),
        ("python=3.12", "3.12.4", True),
        ("python=3.12", "3.13", False),
        ("pip", "26.1", True),
    ],
)
def test_ranges_are_read_as_conda_reads_them(spec: str, version: str, expected: bool) -> None:
    assert admits(spec, Version(version)) == expected


@pytest.mark.parametrize("spec", SPECS)
def test_conda_ranges_admit_what_the_lock_pins(spec: str) -> None:
    # Conda users would learn with other versions than the tests ran with.
    name = MatchSpec(spec).name
    assert name is not None
    locked = pins(read("requirements-dev.lock")).get(name.normalized, set())
    assert locked or name.normalized in ("python", "pip")
    assert all(admits(spec, version) for version in locked)


def test_conda_has_every_library_that_the_module_needs() -> None:
    # What is missing here would come by pip instead, beside conda's own copy of its needs.
    needed = {
        canonicalize_name(Requirement(text).name) for text in PROJECT["project"]["dependencies"]
    }
    given = {name.normalized for spec in SPECS if (name := MatchSpec(spec).name)}
    assert needed <= given


@pytest.mark.parametrize("text", PROJECT["project"]["dependencies"])
def test_conda_and_pip_ask_for_the_same_range(text: str) -> None:
    wanted = Requirement(text)
    (spec,) = [spec for spec in SPECS if re.split(r"[<>=! ]", spec)[0] == wanted.name]
    assert {*spec.removeprefix(wanted.name).split(",")} == {str(part) for part in wanted.specifier}


def test_conda_installs_the_module_itself_and_from_conda_forge_only() -> None:
    # Anaconda's own channel asks larger organisations for money, and mixing channels breaks.
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    assert {"pip": ["-e .[exports]"]} in ENVIRONMENT["dependencies"]


def test_the_python_of_conda_is_one_that_the_module_allows() -> None:
    (spec,) = [spec for spec in SPECS if spec.startswith("python=")]
    oldest = SpecifierSet(PROJECT["project"]["requires-python"])
    assert oldest.contains(spec.removeprefix("python="))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    # An address would send every learner to the place where the lock happened to be made.
    lock = read(name)
    for word in ("://", "--index-url", "--extra-index-url", "--find-links", "--trusted-host"):
        assert word not in lock
    assert not re.search(r"(?:^|\s)(?:/|[A-Z]:\\)\w", lock, re.MULTILINE), "a path of a machine"


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    found = blocks(read(name))
    assert len(found) > 50
    for pin, hashes in found:
        assert hashes, pin
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), pin


def test_the_lock_for_testing_holds_all_of_the_lock_for_learning() -> None:
    # Lab after test would otherwise take away or change what test installed.
    learning, testing = (dict(blocks(read(name))) for name in LOCKS)
    assert all(testing.get(pin) == hashes for pin, hashes in learning.items())


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements.lock", PROJECT["project"]["optional-dependencies"]["bootstrap"]),
        ("requirements.lock", PROJECT["project"]["optional-dependencies"]["exports"]),
        ("requirements-dev.lock", PROJECT["dependency-groups"]["dev"]),
    ],
    ids=["what learners need", "what start.py needs", "what exports need", "what tests need"],
)
def test_a_lock_holds_what_the_project_asks_for(name: str, listed: list[str]) -> None:
    # A dependency added without `make lock` would be missing on every machine but one.
    locked = pins(read(name))
    for text in listed:
        wanted = Requirement(text)
        versions = locked.get(canonicalize_name(wanted.name), set())
        assert versions, f"{text}: run make lock"
        assert all(wanted.specifier.contains(version) for version in versions), text


def test_the_lock_has_what_builds_the_module() -> None:
    # start.py builds it without fetching anything more.
    locked = pins(read("requirements.lock"))
    for text in PROJECT["build-system"]["requires"]:
        assert canonicalize_name(Requirement(text).name) in locked


def test_everything_names_the_version_of_the_module() -> None:
    # A release would be cited, or installed for JupyterLab, under the number of another one.
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "src/cybernorms/version.py"
    assert cybernorms.__version__ == __version__
    assert safe_load(read("CITATION.cff"))["version"] == __version__
    assert json.loads(read("jupyter/labextension/package.json"))["version"] == __version__


def test_everything_names_the_same_oldest_python() -> None:
    oldest = ".".join(map(str, start.OLDEST_PYTHON))
    assert PROJECT["project"]["requires-python"] == f">={oldest}"
    assert f"Python {oldest} or newer" in read("README.md")
    assert f"--python-version {oldest} " in read("Makefile")
    workflow = safe_load(read(".github/workflows/test.yml"))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"][0] == oldest


def test_conda_has_jupyter_trust_no_folder() -> None:
    """Prevents a file beside a lesson from being run in the place of a library."""
    assert str(ENVIRONMENT["variables"]["PYTHONSAFEPATH"]) == "1"
    ipython = pins(read("requirements.lock"))["ipython"]
    assert all(version >= Version("9.7") for version in ipython)  # older ones look there anyway
