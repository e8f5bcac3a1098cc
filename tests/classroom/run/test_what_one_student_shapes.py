"""What one student can shape changes nobody else's points, wherever it lies."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.classroom.factories import (
    as_file,
    best,
    hand_in,
    marked,
    put,
    report,
    rows,
    worst,
)

NAMES = ("Ada Lovelace", "Bo Li", "Cyd Kern")
CANVAS = ("lovelaceada_9001_101_h.json", "libo_9002_102_h.json", "kerncyd_9003_103_h.json")
MOODLE = tuple(f"{name}_{9001 + n}_assignsubmission_file" for n, name in enumerate(NAMES))
MOODLE_FOLDERS = tuple(f"{each}_/h.json" for each in MOODLE)
LATER = (2026, 3, 2, 10, 0, 0)
ROSTER = "Student,ID\n    Points Possible,\n" + "".join(
    f"{name},{9001 + number}\n" for number, name in enumerate((*NAMES, "Mal Lory"))
)


Moment = tuple[int, int, int, int, int, int]


def zipped(members: Mapping[str, bytes], when: Moment = (2026, 3, 1, 10, 0, 0)) -> bytes:
    """Return a zip; what is in it has one time, since the clock decides what counts as newest."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, when), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def honest(name: str) -> bytes:
    return as_file(hand_in(name, best()))


def forged(name: str, number: int) -> bytes:
    """Return a hand-in with one blank answer in somebody's name, made later."""
    answers = [{**best()[0], "response": None, "at": "2098-01-01T00:00:00Z"}]
    return as_file(hand_in(name, answers, created=f"2099-01-0{number}T00:00:00Z"))


def points(results: Path) -> dict[str, str]:
    found = {row["student"]: row["points"] for row in rows(results / "gradebook.csv")}
    return {name: found.get(name, "") for name in NAMES}


@pytest.fixture(params=[False, True], ids=["no roster", "roster"])
def roster(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Path]:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return {"roster": path} if request.param else {}


def before(tmp_path: Path, files: Mapping[str, bytes], roster: dict[str, Path]) -> dict[str, str]:
    for name, content in files.items():
        put(tmp_path / "before" / "in", name, content)
    results, _ = marked(tmp_path / "before" / "in", **roster)
    found = points(results)
    assert all(found.values())
    return found


@pytest.mark.parametrize(
    "own",
    [
        {"lovelaceada_9001_999_h.json": forged("x", 1)},
        {"Ada Lovelace_9001_assignsubmission_file_h.json": forged("x", 1)},
        {"s.zip": zipped({name: forged("x", 2) for name in CANVAS[:2]})},
    ],
    ids=["Canvas", "Moodle", "zip"],
)
def test_a_folder_for_each_student_is_that_students(
    tmp_path: Path, roster: dict[str, Path], own: Mapping[str, bytes]
) -> None:
    files = {f"{name}/h.json": honest(name) for name in NAMES}
    wanted = before(tmp_path, files, roster)
    for name, content in {
        **files,
        **{f"mallory/{name}": each for name, each in own.items()},
    }.items():
        put(tmp_path / "in", name, content)
    results, _ = marked(tmp_path / "in", **roster)
    assert points(results) == wanted


@pytest.mark.parametrize("name", ["mall-ory_9666_200_h.json", "Mallory_9666_200_h.json", "x.json"])
def test_in_an_lms_zip_a_name_inside_is_believed_of_nobody(
    tmp_path: Path, roster: dict[str, Path], name: str
) -> None:
    files = {canvas: honest(one) for canvas, one in zip(CANVAS, NAMES, strict=True)}
    wanted = before(tmp_path, files, roster)
    put(tmp_path / "in", "all.zip", zipped({**files, name: forged("Ada Lovelace", 1)}))
    results, _ = marked(tmp_path / "in", **roster)
    assert points(results) == wanted
    assert f"{name} lies among files that an LMS has packed" in report(results)


@pytest.mark.parametrize("way", ["of an LMS", "of a teacher"])
@pytest.mark.parametrize(
    "own",
    [
        {"zeros.zip": zipped({"z.json": bytes(60_000_000)})},
        {f"{n}.zip": zipped({f"{i}.txt": b"" for i in range(990)}, LATER) for n in range(60)},
        {f"{n}.zip": zipped({"x.json": b"[]" * 250_000}, LATER) for n in range(60)},
    ],
    ids=["60 MB of zeros", "60 zips of 990", "60 zips of a large file"],
)
def test_zips_of_one_student_leave_those_of_others_open(
    tmp_path: Path, way: str, own: Mapping[str, bytes]
) -> None:
    names = CANVAS if way == "of an LMS" else [f"{name}.json" for name in NAMES]
    files = {
        f"{each}.zip": zipped({"h.json": honest(name)})
        for each, name in zip((each.removesuffix(".json") for each in names), NAMES, strict=True)
    }
    mine = {
        f"aamal_9000_{number}_{name}" if way == "of an LMS" else f"a-{name}": content
        for number, (name, content) in enumerate(own.items(), start=1)
    }
    folder = put(tmp_path / "in", "all.zip", zipped({**mine, **files}))
    results, _ = marked(folder)
    assert all(points(results).values())  # whoever packed last, for the newest are read first


@pytest.mark.parametrize("name", ["hand-ins", "drafts"])
def test_a_zip_called_like_a_folder_of_ours_hides_nobodys_record(tmp_path: Path, name: str) -> None:
    put(tmp_path / "in", "ada.json", honest("Ada Lovelace"))
    put(tmp_path / "in", name, zipped({"h.json": honest("Mal Lory")}))
    line = b'{"format": "cybernorms-record", "version": 1}\n'
    put(tmp_path / "in", "bo.jsonl", line)
    results, _ = marked(tmp_path / "in")
    assert "beside 1 other file" not in report(results)


def test_twenty_files_of_one_student_make_no_folder_that_of_an_lms(
    tmp_path: Path, roster: dict[str, Path]
) -> None:
    """Prevents files called as those of a classmate from counting for that classmate."""
    files = {f"{name}.json": honest(name) for name in NAMES}
    wanted = before(tmp_path, files, roster)
    own = {f"lovelaceada_9001_{n}_h.json": forged("Mal Lory", 1) for n in range(900, 920)}
    for name, content in {**files, **own}.items():
        put(tmp_path / "in", name, content)
    results, _ = marked(tmp_path / "in", **roster)
    assert points(results) == wanted


@pytest.mark.parametrize("size", [1, 400_000])
def test_newer_files_of_one_student_in_a_teachers_zip_close_it_for_nobody(
    tmp_path: Path, size: int
) -> None:
    """Prevents a class without marks, where the newest files of a zip are all of one student."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, name in enumerate((*NAMES, *["Mal Lory"] * 60)):
            when = LATER if number >= len(NAMES) else (2026, 3, 1, 10, 0, 0)
            content = honest(name) + b" " * (size if number >= len(NAMES) else 0)
            archive.writestr(zipfile.ZipInfo(f"{number:02}.json", when), content, 8)
    put(tmp_path / "in", "all.zip", packed.getvalue())
    results, _ = marked(tmp_path / "in")
    assert all(points(results).values())


def crowd(*names: str, later: int = 2) -> bytes:
    return zipped({f"{n}.json": forged(name, later) for n, name in enumerate(names)})


@pytest.mark.parametrize("canvas", [False, True], ids=["names inside", "names of Canvas"])
@pytest.mark.parametrize("zips", [1, 10])
def test_zips_of_one_student_beside_a_hand_in_take_nothing_from_it(
    tmp_path: Path, roster: dict[str, Path], zips: int, *, canvas: bool
) -> None:
    """Prevents one student, or many zips of one, from handing in for those who came by mail."""
    mailed = {f"{name}.json": honest(name) for name in NAMES}
    forms = dict(zip(CANVAS, (forged(name, 2) for name in NAMES), strict=True))
    own = {f"mal-{n}.zip": zipped(forms) if canvas else crowd(*NAMES) for n in range(zips)}
    wanted = before(tmp_path, mailed, roster)
    for name, content in {**mailed, **own}.items():
        put(tmp_path / "in", name, content)
    results, outcome = marked(tmp_path / "in", **roster)
    assert points(results) == wanted
    assert "was taken as packed by an LMS or by you" in report(results) or zips == 1
    assert bool(outcome.loud)


def test_a_hand_in_by_mail_beside_the_zip_of_an_lms_leaves_that_zip_open(
    tmp_path: Path, roster: dict[str, Path]
) -> None:
    """Prevents one file, or one zip, that came by mail from closing the zip of a whole class."""
    download = zipped({form: honest(name) for form, name in zip(CANVAS, NAMES, strict=True)})
    wanted = before(tmp_path, {"all.zip": download}, roster)
    for number, mine in enumerate(("mal.json", "mal.zip")):
        content = honest("Mal Lory")
        folder = tmp_path / str(number) / "in"
        put(folder, "all.zip", download)
        put(folder, mine, content if mine == "mal.json" else zipped({"h.json": content}))
        results, _ = marked(folder, **roster)
        assert points(results) == wanted


@pytest.mark.parametrize("forms", [CANVAS, MOODLE_FOLDERS], ids=["canvas", "moodle"])
@pytest.mark.parametrize("mailed", [("Ada Lovelace",), ("Dee Roe", "Eve Moe")])
def test_files_by_mail_beside_the_zip_of_an_lms_change_nobody_in_it(
    tmp_path: Path, roster: dict[str, Path], forms: tuple[str, ...], mailed: tuple[str, ...]
) -> None:
    """Prevents a class from becoming one student, and one of it from being another."""
    files = {"all.zip": zipped({f: honest(name) for f, name in zip(forms, NAMES, strict=True)})}
    wanted = before(tmp_path, files, roster)
    files |= {f"{number}.json": forged(name, 1) for number, name in enumerate(mailed)}
    for name, content in files.items():
        put(tmp_path / "in", name, content)
    results, outcome = marked(tmp_path / "in", **roster)
    assert points(results) == wanted
    assert outcome.loud


def forged_numbers(count: int) -> dict[str, bytes]:
    """Return hand-ins of one student, with the numbers of as many people of Canvas."""
    names = ["malmal", "lovelaceada", "x", "libo"]
    return {
        f"{names[n % 4]}{n // 4 or ''}_9{n:03}_7{n:03}_h.json": forged(NAMES[n % 3], 2)
        for n in range(count)
    }


@pytest.mark.parametrize("where", ["", "m/", "zip"])
@pytest.mark.parametrize("form", ["folders", "flat", "zip"])
def test_many_numbers_as_those_of_canvas_outvote_no_small_class_of_moodle(
    tmp_path: Path, roster: dict[str, Path], form: str, where: str
) -> None:
    """Prevents one student, by many files, from taking the names of Moodle from a class."""
    names = [f"{each}_h.json" for each in MOODLE] if form == "flat" else MOODLE_FOLDERS
    files = {f"{each}": honest(name) for each, name in zip(names, NAMES, strict=True)}
    files = {"d/all.zip": zipped(files)} if form == "zip" else files
    if roster:
        lines = [f"Participant {9001 + n},{name},100" for n, name in enumerate(NAMES)]
        text = "\n".join(["Identifier,Full name,Maximum Grade", *lines])
        roster["roster"].write_text(text, encoding="utf-8")
    wanted = before(tmp_path, files, roster)
    own = forged_numbers(20)
    own = {"m.zip": zipped(own)} if where == "zip" else {f"{where}{k}": v for k, v in own.items()}
    for name, content in {**files, **own}.items():
        put(tmp_path / "in", name, content)
    results, _ = marked(tmp_path / "in", **roster)
    assert points(results) == wanted
    ids = {row["student"]: row["lms id"] for row in rows(results / "gradebook.csv")}
    assert [ids[name] for name in NAMES] == ["9001", "9002", "9003"]


def test_many_files_of_one_student_close_no_zip_that_a_teacher_packed(tmp_path: Path) -> None:
    """Prevents files beside the teacher's zips from making of each zip one student's."""
    for section in range(3):
        packed = {f"{n}.json": honest(f"{name} {section}") for n, name in enumerate(NAMES)}
        put(tmp_path / "in", f"section {section}.zip", zipped(packed))
    for number in range(10):
        put(tmp_path / "in", f"mal-{number}.json", honest("Mal Lory"))
    results, _ = marked(tmp_path / "in")
    assert len(rows(results / "gradebook.csv")) == 3 * len(NAMES) + 1


SHOWN = {
    # What an LMS makes of a name that its owner has edited to end in the number of a classmate.
    "canvas": (CANVAS, ["mal_9001_9004_200_h.json", "lovelaceada_9001_9004_200_h.json"]),
    "moodle": (
        [f"{each}_h.json" for each in MOODLE],
        [
            "Mal_9001_assignsubmission_file_9004_assignsubmission_file_h.json",
            "Ada Lovelace_9001_assignsubmission_file_x_9004_assignsubmission_file_h.json",
            "lovelaceada_9001_77_x_9004_assignsubmission_file_h.json",
        ],
    ),
    "moodle folders": (
        [f"{each}_/h.json" for each in MOODLE],
        [
            "Mal_9001_assignsubmission_file_9004_assignsubmission_file_/h.json",
            "Ada Lovelace_9001_assignsubmission_file_x_9004_assignsubmission_file_/h.json",
        ],
    ),
}


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize(
    ("system", "number"),
    [(system, n) for system, (_, own) in SHOWN.items() for n in range(len(own))],
)
def test_a_shown_name_that_ends_in_a_classmates_number_moves_no_marks(
    tmp_path: Path, roster: dict[str, Path], system: str, number: int, *, packed: bool
) -> None:
    """Prevents a student from becoming another one by editing the name that an LMS shows."""
    forms, own = SHOWN[system]
    files = {form: honest(name) for form, name in zip(forms, NAMES, strict=True)}
    if "moodle" in system and roster:
        text = "".join(f"Participant {9001 + n},{name},100\n" for n, name in enumerate(NAMES))
        head = "Identifier,Full name,Maximum Grade\n"
        roster["roster"].write_text(f"{head}{text}Participant 9004,Mal Lory,100\n", "utf-8")
    wanted = before(tmp_path, files, roster)
    files |= {own[number]: forged("Ada Lovelace", 1)}
    if packed:
        put(tmp_path / "in", "all.zip", zipped(files))
    for name, content in files.items() if not packed else ():
        put(tmp_path / "in", name, content)
    results, _ = marked(tmp_path / "in", **roster)
    assert points(results) == wanted
    told = report(results)
    assert "can be read as that of number" in told or "_77_" in own[number]


def test_weeks_and_places_in_a_list_make_one_of_nobody(tmp_path: Path) -> None:
    """Prevents two people from becoming one, where files by mail are called week_3_1_ada.json."""
    for week in (3, 4):
        for number, name in enumerate(NAMES, start=1):
            put(tmp_path / "in", f"week_{week}_{number}_{name[:3]}.json", honest(name))
    results, _ = marked(tmp_path / "in")
    assert {row["student"] for row in rows(results / "gradebook.csv")} == {*NAMES}
    assert "several people would have one number" in report(results)


def test_a_shown_name_that_is_none_of_canvas_lets_no_name_inside_count(
    tmp_path: Path, roster: dict[str, Path]
) -> None:
    """Prevents a student from being taken for one who came by mail, and wrote any name inside."""
    files = {form: honest(name) for form, name in zip(CANVAS, NAMES, strict=True)}
    wanted = before(tmp_path, files, roster)
    for name, content in {**files, "x-1-2_9004_200_h.json": forged("Ada Lovelace", 1)}.items():
        put(tmp_path / "in", name, content)
    results, _ = marked(tmp_path / "in", **roster)
    assert points(results) == wanted
    assert "x-1-2_9004_200_h.json lies among files" in report(results)


@pytest.mark.parametrize("own", ["blank", "the whole set", "another set", "every second"])
@pytest.mark.parametrize("forms", [CANVAS, MOODLE_FOLDERS], ids=["canvas", "moodle"])
def test_a_file_by_mail_takes_no_place_of_that_of_the_lms(
    tmp_path: Path, roster: dict[str, Path], forms: tuple[str, ...], own: str
) -> None:
    """Prevents a file by mail, with a classmate's name typed in it, from counting for her."""
    files = {form: honest(name) for form, name in zip(forms, NAMES, strict=True)}
    wanted = before(tmp_path, files, roster)
    later = "2099-01-01T00:00:00Z"
    first = best()[0]
    guesses = [{**first, "at": f"2026-03-01T09:{n // 60:02}:{n % 60:02}Z"} for n in range(3_600)]
    mailed = {
        "blank": forged(NAMES[0], 1),
        "the whole set": as_file(hand_in(NAMES[0], worst(), created=later)),
        "another set": as_file(hand_in(NAMES[0], worst("02-un-norms"), created=later)),
        "every second": as_file(hand_in(NAMES[0], [*guesses, *worst()], created=later)),
    }
    for name, content in {**files, "by mail.json": mailed[own]}.items():
        put(tmp_path / "in", name, content)
    results, outcome = marked(tmp_path / "in", **roster)
    assert points(results) == wanted
    assert outcome.loud[0].startswith("1 file by mail has the name of a student whose file the LMS")
    assert "kept apart and counts for nobody" in report(results)


def test_a_number_under_another_name_takes_nothing_from_whoever_mailed(
    tmp_path: Path, roster: dict[str, Path]
) -> None:
    """Prevents files named with the number of a classmate, who has mailed hers, from counting."""
    files = {form: honest(name) for form, name in zip(CANVAS[1:], NAMES[1:], strict=True)}
    files["by mail/ada.json"] = honest(NAMES[0])
    wanted = before(tmp_path, files, roster)
    for name, content in {**files, "m/malmal_9001_77000_h.json": forged("x", 1)}.items():
        put(tmp_path / "in", name, content)
    results, outcome = marked(tmp_path / "in", **roster)
    assert points(results) == wanted
    assert any("whom the roster calls otherwise" in line for line in outcome.loud) == bool(roster)


def test_a_set_that_a_class_hands_in_by_mail_counts_beside_one_in_the_lms(
    tmp_path: Path, roster: dict[str, Path]
) -> None:
    """Prevents a class from losing a set for which there was no assignment in the LMS."""
    for form, name in zip(CANVAS, NAMES, strict=True):
        put(tmp_path / "in", form, honest(name))
        put(tmp_path / "in", f"by mail/{name}.json", hand_in(name, best("02-un-norms")))
    # One student hands in everything through the LMS.
    put(
        tmp_path / "in",
        "lorymal_9004_104_h.json",
        hand_in("Mal Lory", [*best(), *best("02-un-norms")]),
    )
    results, outcome = marked(tmp_path / "in", **roster)
    assert outcome.students == 4
    assert not outcome.loud
    found = rows(results / "gradebook.csv")
    assert len({row["02-un-norms points"] for row in found}) == 1


def test_a_group_has_what_the_lms_has_whatever_is_mailed_in_the_name_of_a_member(
    tmp_path: Path,
) -> None:
    """Prevents a file by mail from counting for all of a group by the name of one of them."""
    policy = tmp_path / "policy.toml"
    policy.write_text('[group]\nred = ["Ada Lovelace", "Bo Li"]\n', encoding="utf-8")
    files = {CANVAS[0]: honest(NAMES[0]), CANVAS[2]: honest(NAMES[2])}
    before(tmp_path, {**files, CANVAS[1]: honest(NAMES[0])}, {"policy": policy})
    for number, name in enumerate(("Bo Li", "red")):
        folder = tmp_path / str(number) / "in"
        for path, content in {**files, "by mail.json": forged(name, 1)}.items():
            put(folder, path, content)
        results, _ = marked(folder, policy=policy)
        assert set(points(results).values()) == {"8"}


def test_files_without_a_name_close_no_zip_that_a_teacher_packed(tmp_path: Path) -> None:
    packed = {f"{n}.json": honest(name) for n, name in enumerate(NAMES)}
    put(tmp_path / "in", "all.zip", zipped(packed))
    for number in range(9):
        put(tmp_path / "in", f"mal-{number}.json", honest(""))
    results, _ = marked(tmp_path / "in")
    assert all(points(results).values())
