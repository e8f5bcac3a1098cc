"""What a policy says of some students alone is read strictly, with the place of every mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from cybernorms.classroom.intake.answers import read_time
from cybernorms.classroom.scoring.policy import Policy
from cybernorms.classroom.scoring.policy_file import read_policy
from cybernorms.classroom.scoring.rules import Override
from cybernorms.errors import CyberNormsError
from cybernorms.exercises.question_files import load_question_sets
from tests.paths import ROOT

SETS = load_question_sets()
NORMS, LAW = "02-un-norms", "03-norms-and-law"
DEADLINES = 'time_zone = "UTC"\n[deadline]\n02 = 2026-03-01\n03 = 2026-03-08\n'


def policy_of(tmp_path: Path, text: str) -> Policy:
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return read_policy(path, SETS)


def test_every_example_in_the_example_policy_can_be_used(tmp_path: Path) -> None:
    """Prevents an example that is refused once its "#" is taken away."""
    text = (ROOT / "exercises" / "policy-example.toml").read_text(encoding="utf-8")
    lines = [
        line[1:] if line.startswith("#") and line[1:2] not in ("", " ") else line
        for line in text.splitlines()
    ]
    named = policy_of(tmp_path, "\n".join(lines)).named
    assert set(named.extensions) == {"Ada Lovelace", "40102"}
    assert named.extensions["Ada Lovelace"] == dict.fromkeys(
        (NORMS, LAW), read_time("2026-12-15T23:59:59+01:00")
    )
    assert named.extensions["40102"] == {LAW: read_time("2026-12-20T12:00:00+01:00")}
    assert named.excused == {"ada@example.org": (NORMS,)}
    assert named.overrides["Ada Lovelace"]["un-minister"].points == 1.5
    assert named.overrides["Ada Lovelace"][NORMS].points == 12
    assert named.groups["Team 3"] == ("Ada Lovelace", "40102", "Zoë Müller")
    assert named.sections == {"Monday": ("Ada Lovelace", "40102")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[late]\nper_cent_a_day = 10", "There is no deadline .policy.toml, field 'late'"),
        ("[deadline]\n02 = 2026-03-01\n02-un-norms = 2026-03-02", "second deadline"),
        ('[extension]\n"Ada" = 2026-03-01', "There is no deadline to extend"),
        (f'{DEADLINES}[extension]\n"Ada" = "soon"', "A date with a time is expected"),
        (
            f'{DEADLINES}[extension."Ada"]\n04 = 2026-03-09',
            "04-us-policy-documents has no deadline",
        ),
        (f'{DEADLINES}[extension."Ada"]\n03-norms-and-lw = 2026-03-09', "Did you mean '03-norms"),
        (
            f'{DEADLINES}[extension."Ada"]\n02 = 2026-03-09\n02-un-norms = 2026-03-08',
            "stands twice",
        ),
        ('[excused]\n"Ada" = "02"', r"A list of sets is expected .*\[\"02\", \"03\"\]"),
        ('[excused]\n"Ada" = ["12"]', "There is no question set '12'"),
        (
            '[override."Ada"]\nun-ministr = { points = 1, reason = "x" }',
            "Did you mean 'un-minister'",
        ),
        ('[override."Ada"]\nun-minister = { points = 1 }', "'reason'.*|This field is missing"),
        ('[override."Ada"]\nun-minister = { points = 9, reason = "x" }', "from 0 to 3"),
        ('[override."Ada"]\nun-minister = { point = 1, reason = "x" }', "'points'"),
        ('[override."Ada"]\nun-minister = 1', "A table is expected here"),
        ('[override]\n"Ada" = 1', "A table is expected here .policy.toml, override.Ada"),
        ('[override."Ada"]\n02 = { points = 19, reason = "x" }', "from 0 to 18"),
        (
            '[override."Ada"]\n02 = { points = 1, reason = "x" }\n'
            '02-un-norms = { points = 1, reason = "x" }',
            "stands twice",
        ),
        (
            'sets = ["03"]\n[override."Ada"]\nun-minister = { points = 1, reason = "x" }',
            "'Ada' has points by hand for 'un-minister', whose set does not count",
        ),
        ('drop = ["un-ministr"]', "Did you mean 'un-minister'"),
        ('drop = "un-minister"', "A list of texts is expected"),
        ('full_marks = ["start-source"]', "brings no points anyway"),
        ('drop = ["un-minister"]\nfull_marks = ["un-minister"]', "brings no points anyway"),
        ('[group]\n"Team 3" = "Ada"', "A list of names or ids is expected"),
        ('[group]\n"Team 3" = []', "A list of names or ids is expected"),
        ('[group]\n"Team 3" = [40102]', "40102 is no name or id"),
        ('[section]\n"Monday" = [""]', "'' is no name or id"),
        ('[extensions]\n"Ada" = 2026-03-01', "Did you mean 'extension'"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    zone = "" if "time_zone" in text else 'time_zone = "UTC"\n'
    with pytest.raises(CyberNormsError, match=told):
        policy_of(tmp_path, zone + text)


def test_an_override_is_out_of_what_can_still_be_had(tmp_path: Path) -> None:
    text = 'drop = ["un-minister"]\n[override."Ada"]\n02 = { points = 16, reason = "x" }'
    with pytest.raises(CyberNormsError, match="from 0 to 15"):
        policy_of(tmp_path, text)
    named = policy_of(tmp_path, text.replace("16", "15")).named
    assert named.overrides == {"Ada": {NORMS: Override(15.0, "x")}}


def test_a_deadline_in_an_hour_that_comes_twice_is_the_second(tmp_path: Path) -> None:
    text = 'time_zone = "Europe/Berlin"\n[deadline]\n02 = 2026-10-25T02:30:00'
    assert policy_of(tmp_path, text).deadlines[NORMS] == read_time("2026-10-25T01:30:00Z")


def test_of_two_deadlines_the_later_one_counts() -> None:
    policy = Policy(deadlines={NORMS: 100.0, LAW: 100.0})
    assert policy.with_extensions({NORMS: 200.0, LAW: 50.0}).deadlines == {NORMS: 200.0, LAW: 100.0}


def test_deadlines_with_an_offset_are_counted_and_told_in_it(tmp_path: Path) -> None:
    late = "\n[late]\nper_cent_a_day = 10"
    policy = policy_of(tmp_path, f"[deadline]\n02 = 2026-10-24T20:00:00+02:00{late}")
    assert str(policy.zone) == "UTC+02:00"
    # The clocks of Berlin would give an hour more.
    assert policy.penalty(NORMS, read_time("2026-10-25T19:30:00+01:00")) == pytest.approx(0.2)
    two = "[deadline]\n02 = 2026-10-24T20:00:00+02:00\n03 = 2026-10-31T20:00:00+01:00"
    assert policy_of(tmp_path, two).zone is None


ODD = (
    *("0", "-1", "1e400", "nan", "true", '""', '"x"', "[]", "[[]]", '[""]', "[1]", "{}"),
    *("{ x = 1 }", "07:30:00", "0001-01-01", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00"),
    *('{ points = nan, reason = "x" }', '{ points = "1", reason = 1 }', "{ 03 = [] }", '["02"]'),
)
LINES = (
    *("drop = {}", "full_marks = {}", "sets = {}", "time_zone = {}", "deadline = {}", "late = {}"),
    *("[deadline]\n03 = {}", '[extension]\n"Ada" = {}', '[extension."Ada"]\n03 = {}'),
    *("extension = {}", '[excused]\n"Ada" = {}', "excused = {}", '[override]\n"Ada" = {}'),
    *('[override."Ada"]\n03 = {}', '[group]\n"A" = {}', "group = {}", '[section]\n"" = {}'),
)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("odd", ODD)
def test_any_value_anywhere_is_read_or_refused_with_its_place(
    tmp_path: Path, line: str, odd: str
) -> None:
    zone = "" if "time_zone" in line else 'time_zone = "Europe/Berlin"\n'
    deadlines = "" if "deadline" in line else "[deadline]\n02 = 2026-03-01\n"
    top, below = ("", line) if line.startswith("[") else (line, "")
    text = "\n".join([zone, top.replace("{}", odd), deadlines, below.replace("{}", odd)])
    try:
        policy = policy_of(tmp_path, text)
    except CyberNormsError as error:
        assert "policy.toml" in str(error)
        assert "Cannot declare" not in str(error)
        return
    for when in (0.0, 1e9, 4e9):
        assert 0 <= policy.penalty(LAW, when) <= 1
