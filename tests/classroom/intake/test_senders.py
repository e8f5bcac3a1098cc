"""Who sent a file: decided from the outside in, once for a class."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, strategies as st

from cybernorms.classroom.intake.names import loose_key, name_key, spells
from cybernorms.classroom.intake.senders import Sender, find_senders, readings_of


def ids_of(*paths: str, **more: object) -> list[str]:
    """Return the id of each sender; `in:` marks the step into a zip."""
    steps = [tuple(path.split("in:")) for path in paths]
    return [f"{one.lms} {one.id}".strip() for one in find_senders(steps, **more).senders]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "lms", "id", "late"),
    [
        ("lovelaceada_12345_67890_hand-in.json", "canvas", "12345", False),
        ("lovelaceada_LATE_12345_67890_hand-in.json", "canvas", "12345", True),
        ("in.zipin:lovelaceada_12345_67890_my_file_1_2.json", "canvas", "12345", False),
        ("in:lovelaceada_12345_67890_my_file_1_2.json", "canvas", "12345", False),
        ("in:submissions/lovelaceada_12345_67890_x.json", "canvas", "12345", False),
        ("राम_7_8_x.json", "canvas", "7", False),
        ("team_3_LATE_12347_67892_x.json", "canvas", "12347", True),
        ("anon_Ab3Xk_67890_x.json", "canvas anonymous", "Ab3Xk", False),
        ("LATE_anon_Ab3Xk_67890_x.json", "canvas anonymous", "Ab3Xk", True),
        ("Ada Lovelace_1234567_assignsubmission_file_/x.json", "moodle", "1234567", False),
        ("Ada Lovelace_1234567_assignsubmission_file/x.json", "moodle", "1234567", False),
        ("Ada Lovelace_1234567_assignsubmission_file_x.json", "moodle", "1234567", False),
        ("Ada Lovelace_7_assignsubmission_file (1)/x.json", "moodle", "7", False),
        ("Ada Lovelace_7_assignsubmission_file - Kopie/x.json", "moodle", "7", False),
        ("Ada Lovelace_7_assignsubmission_files/x.json", "", "", False),
        ("week 3/Ada Lovelace_7_assignsubmission_file_/x.json", "moodle", "7", False),
        ("in:./Ada Lovelace_7_assignsubmission_file_/x.json", "moodle", "7", False),
        ("hand-in-ada-lovelace-20260301T101500Z.json", "", "", False),
        ("essay_2_final.json", "", "", False),
        ("Ada_2_3_x.json", "", "", False),
        ("ada lovelace_2_3_x.json", "", "", False),
        ("section_2026_11_x/hand-in.json", "", "", False),
        ("lovelaceada_1_2_x/hand-in.json", "", "", False),
    ],
)
def test_a_sender_is_known_by_the_name_that_the_lms_gave(
    name: str, lms: str, id: str, late: bool
) -> None:
    [found] = find_senders([tuple(name.split("in:"))]).senders
    assert (found.lms, found.id, found.late) == (lms, id, late)


def test_what_stands_behind_the_lms_s_own_part_is_never_looked_at() -> None:
    # A student who names her upload as an LMS does would hand in for a classmate.
    assert ids_of(
        "in:mallmallory_9666_200_x_9777_assignsubmission_file_.json", "in:liubo_9777_201_x.json"
    ) == ["canvas 9666", "canvas 9777"]
    assert ids_of(
        "in:Mallory Mall_9666_assignsubmission_file_x_9001_assignsubmission_file_y.json",
        "in:Ada Lovelace_9001_assignsubmission_file_x.json",
    ) == ["moodle 9666", "moodle 9001"]
    assert ids_of("in:lovelaceada_1_2_work.zipin:babbagecharles_99_98_x.json") == ["canvas 1"]
    assert ids_of(
        "in:Ada Lovelace_1_assignsubmission_file_/Bo Li_2_assignsubmission_file_/x.json"
    ) == ["moodle 1"]


def test_two_forms_in_one_name_are_told() -> None:
    name = "Mallory Mall_9666_assignsubmission_file_x_9001_assignsubmission_file_y.json"
    assert "two names of an LMS" in find_senders([("", name)]).remarks[0]


@pytest.mark.parametrize("forged", ["x_9001_99_h.json", "x_9001_assignsubmission_file_h.json"])
@pytest.mark.parametrize("at_top", [True, False])
def test_among_files_with_any_names_a_name_of_an_lms_proves_nothing(
    forged: str, at_top: bool
) -> None:
    beside = ["ada.json", "bo.json", "cleo.json"]
    path = forged if at_top else f"mallory.zipin:{forged}"
    found = find_senders([tuple(each.split("in:")) for each in [path, *beside]])
    assert {each.id for each in found.senders} == {""}
    assert bool(found.remarks) == at_top


def test_a_zip_of_names_of_the_whole_class_is_not_the_lms_s_beside_loose_files() -> None:
    forged = [f"mallory.zipin:student{n}_900{n}_{70 + n}_x.json" for n in range(8)]
    honest = [f"student{n}.json" for n in range(8)]
    assert set(ids_of(*forged, *honest)) == {""}
    # Nor where every student has sent a zip.
    honest = [f"student{n}.zipin:hand-in.json" for n in range(8)]
    assert set(ids_of(*forged, *honest)) == {""}


def test_two_downloads_in_one_folder_are_both_the_lms_s() -> None:
    paths = ["set-02.zipin:liubo_1_10_x.json", "set-03.zipin:liubo_1_20_x.json"]
    assert ids_of(*paths) == ["canvas 1", "canvas 1"]
    paths = [
        "02.zipin:Bo Li_5_assignsubmission_file_/x.json",
        "03.zipin:Bo Li_8_assignsubmission_file_/x.json",
    ]
    assert ids_of(*paths) == ["moodle 5", "moodle 8"]


def test_a_zip_of_downloads_is_a_folder_of_them() -> None:
    paths = [
        "in:set-02.zipin:liubo_1_10_x.json",
        "in:set-02.zipin:lovelaceada_2_11_x.json",
        "in:set-03.zipin:liubo_1_20_x.json",
    ]
    assert ids_of(*paths) == ["canvas 1", "canvas 2", "canvas 1"]
    # A student's zip in a download stays the student's.
    paths = [
        "in:liubo_1_10_work.zipin:lovelaceada_2_11_x.json",
        "in:lovelaceada_2_12_x.json",
    ]
    assert ids_of(*paths) == ["canvas 1", "canvas 2"]
    # So does one beside hand-ins that came by mail, whatever it holds.
    forged = [f"in:mallory.zipin:student{n}_900{n}_{70 + n}_x.json" for n in range(8)]
    assert set(ids_of(*forged, *(f"in:student{n}.json" for n in range(8)))) == {""}


def test_a_file_that_does_not_fit_disowns_nobody_else() -> None:
    paths = ["liubo_1_10_x.json", "lovelaceada_2_11_x.json", "by mail.json", "by-mail/ada.json"]
    assert ids_of(*paths) == ["canvas 1", "canvas 2", "", ""]
    assert ids_of("", *paths[:2])[1:] == ["canvas 1", "canvas 2"]


@pytest.mark.parametrize(
    "form",
    [
        *("{}_2026_11_28.json", "{}_28_11_2026.json", "{}_2026_11_28_final.json"),
        *("{}_28_11_26.json", "{}_11_28_26.json", "{}_26_11_28_final.json"),
        *("2026_11_28_{}.json", "28_11_2026_{}.json", "28_11_26_{}.json", "11_28_2026_{}.json"),
    ],
)
def test_dates_are_no_numbers_of_an_lms(form: str) -> None:
    assert set(ids_of(*(form.format(name) for name in ("ada", "bo", "cleo")))) == {""}
    assert set(ids_of(form.format("ada"), form.replace("28", "5").format("bo"))) == {""}


@pytest.mark.parametrize("form", ["set_02_1_{}.json", "week_3_02_{}.json", "{}_02_03_x.json"])
def test_no_number_of_canvas_begins_with_a_zero(form: str) -> None:
    assert set(ids_of(*(form.format(name) for name in ("ada", "bo", "cleo")))) == {""}


@pytest.mark.parametrize(
    "paths",
    [
        ["week_3_1_ada.json", "week_3_2_bo.json", "week_4_1_ada.json", "week_4_2_bo.json"],
        ["law_301_1_ada.json", "law_301_2_bo.json"],
        ["in:set_2_1_ada.json", "in:set_2_2_bo.json", "in:set_3_1_ada.json", "in:set_3_2_bo.json"],
    ],
)
def test_numbers_that_would_make_one_of_several_people_are_none(paths: list[str]) -> None:
    typed = [("Ada King", "Bo Li")["bo" in path] for path in paths]
    found = find_senders([tuple(path.split("in:")) for path in paths], typed=typed)
    assert {each.id for each in found.senders} == {""}
    assert "several people would have one number" in found.remarks[0]


def test_typed_names_prove_nothing_where_one_is_like_the_name_of_its_sender() -> None:
    # Whoever types other people's names gets rid of no number, neither her own nor theirs.
    paths = ["mallmallory_6_1_a.json", "mallmallory_6_2_b.json", "liubo_7_3_x.json"]
    assert ids_of(*paths, typed=["Ada King", "Cleo Doe", "Bo Liu"]) == ["canvas 6"] * 2 + [
        "canvas 7"
    ]
    known = {"6"}
    assert (
        ids_of(*paths[:2], typed=["Ada King", "Cleo Doe"], is_person=lambda id, name: id in known)
        == ["canvas 6"] * 2
    )


def test_where_most_names_contradict_each_other_none_is_one() -> None:
    paths = ["ada_28_11_x.json", "bo_28_12_x.json", "cleo_29_11_x.json"]
    assert ids_of(*paths) == ["", "", ""]


def test_a_number_of_moodle_is_another_person_s_in_another_assignment() -> None:
    form = "{}.zipin:{}_{}_assignsubmission_file_/x.json"
    people = [("02", "Ada King", 1), ("02", "Bo Li", 2), ("03", "Bo Li", 1), ("03", "Ada King", 2)]
    assert ids_of(*(form.format(*each) for each in people)) == [
        f"moodle {number}" for *_, number in people
    ]


def test_one_number_with_several_names_is_believed_of_none() -> None:
    # Names such as ada_1_2_final.json would make one student of a class.
    found = find_senders([(f"{name}_1_2_final.json",) for name in ("ada", "bo")])
    assert {each.id for each in found.senders} == {""}
    assert "several names have the number 1" in found.remarks[0]
    # Also where each lies in a folder of its own.
    assert set(ids_of("a/ada_1_2_x.json", "b/bo_1_2_x.json")) == {""}


def test_the_name_that_the_list_has_keeps_the_number_that_two_names_claim() -> None:
    def known(id: str, name: str) -> bool:
        return id == "9001" and name in ("", "lovelaceada")

    paths = ["lovelaceada_9001_10_x.json", "mallory_9001_11_x.json", "liubo_9002_12_x.json"]
    assert ids_of(*paths, is_person=known) == ["canvas 9001", "", "canvas 9002"]


def test_a_name_may_have_several_numbers() -> None:
    assert ids_of("jane_1_10_x.json", "jane_2_11_x.json") == ["canvas 1", "canvas 2"]


def test_a_group_in_front_of_a_name_is_no_other_name() -> None:
    paths = [
        "02.zipin:Group 1-Bo Li_5_assignsubmission_file_/x.json",
        "03.zipin:Bo Li_5_assignsubmission_file_/x.json",
    ]
    assert ids_of(*paths) == ["moodle 5", "moodle 5"]


def test_a_name_that_ends_in_a_number_is_read_as_the_list_has_it() -> None:
    paths = ["team_3_12347_67892_x.json", "team_4_12348_67893_x.json"]
    known = {"12347", "12348"}
    found = ids_of(*paths, is_person=lambda id, name: id in known, lms="canvas")
    assert found == ["canvas 12347", "canvas 12348"]
    # Without a list: Canvas numbers each file, so 12347 is no file if two files have it.
    paths = ["team_3_12347_67892_a.json", "team_3_12347_67893_b.json"]
    assert ids_of(*paths) == ["canvas 12347", "canvas 12347"]


def test_the_lms_of_most_names_is_that_of_the_class() -> None:
    paths = [f"Bo {n}_1{n}_assignsubmission_file_/x.json" for n in range(3)]
    found = find_senders([*((each,) for each in paths), ("liubo_7_8_x.json",)])
    assert [each.lms for each in found.senders] == ["moodle", "moodle", "moodle", ""]
    assert "not those of that system" in found.remarks[3]


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=5))
def test_any_paths_have_senders_or_none(paths: list[tuple[str, str]]) -> None:
    assert len(find_senders(paths).senders) == len(paths)


NAMES = (
    *("Ada Lovelace", "Li, Bo", "राम कुमार", "मीरा कुमार", "สุดา ใจดี", "สีดา ใจดี", "王 小明"),
    *("Zoë Ünal", "Núñez de la Peña, José", "О’Хара Анна", "محمد علي", "김 민수", "O'Neil, Tess"),
)


@pytest.mark.parametrize("seed", range(20))
def test_the_names_of_a_real_class_are_believed_and_stay_apart(seed: int) -> None:
    """Names are written as Canvas writes them: run together, small, without signs."""
    luck = random.Random(seed)
    people = luck.sample(NAMES, 8)
    paths, wanted = [], []
    for person in people:
        user = luck.randint(1, 10**8)
        run = "".join(each for each in person.lower() if each.isalnum() or each in "ािीुूัีืึ")
        late = "_LATE" if luck.random() < 0.2 else ""
        for _ in range(luck.randint(1, 3)):
            file = luck.randint(10**3, 10**9)
            name = luck.choice(
                ["hand-in.json", "x_1_2.json", "2026_11_28.json", "a_9_assignsubmission_file_.json"]
            )
            paths.append(f"{run}{late}_{user}_{file}_{name}")
            wanted.append(f"canvas {user}")
    assert ids_of(*(f"in:{path}" for path in paths)) == wanted


# --- Names -----------------------------------------------------------------------------------


def test_one_name_written_in_two_ways_is_one_name() -> None:
    assert name_key("Ångström-Müller, Élodie") == name_key("élodie ångström-müller")
    assert name_key("A\u030angstro\u0308m") == name_key("ångström")
    assert name_key("Ada Lovelace") != name_key("Ada King")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("राम कुमार", "मीरा कुमार"),
        ("สุดา ใจดี", "สีดา ใจดี"),
        ("కమల", "కమలా"),
        ("José", "Jose"),
        ("שָׁלוֹם", "שלום"),
        ("کریم", "کریمه"),
        ("がく", "かく"),
        ("Ілля", "Iлля"),
        ("Йосип", "Иосип"),
    ],
)
def test_marks_belong_to_their_letters_in_every_script(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_accents_of_latin_letters_count_for_nothing_on_a_list_and_others_do() -> None:
    assert loose_key("José Müller") == loose_key("Jose Muller")
    assert loose_key("Łukasz Ørsted") == loose_key("lukasz orsted")
    assert loose_key("राम") != loose_key("रम")
    assert loose_key("Йосип") != loose_key("Иосип")


@pytest.mark.parametrize(
    ("name", "run", "fits"),
    [
        ("Ada Lovelace", "lovelaceada", True),
        ("José Núñez de la Peña", "nunezdelapeñajosé", True),
        ("O'Neil, Tess", "oneiltess", True),
        ("Al Li", "liualice", False),
        ("Ada", "lovelaceada", False),
        ("", "lovelaceada", False),
        ("a b c d e f g h i j", "jihgfedcba", True),
        ("राम कुमार", "कुमारराम", True),
    ],
)
def test_a_name_spells_what_canvas_ran_together_only_with_all_of_its_letters(
    name: str, run: str, fits: bool
) -> None:
    assert spells(name, run) == fits


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_compared_as_names(one: str, other: str) -> None:
    assert name_key(one) == name_key(f" {one} ")
    assert loose_key(one) == loose_key(one)
    assert spells(one, other) in (True, False)


@given(st.text(max_size=60))
def test_any_name_of_a_file_can_be_read_or_not(name: str) -> None:
    assert all(isinstance(each, Sender) and each.id for each in readings_of(name))


# --- One person with many files ---------------------------------------------------------------


def test_many_files_of_one_number_are_one_name_beside_those_of_other_forms() -> None:
    """Prevents one student from making a folder of hand-ins by mail that of an LMS."""
    honest = ["ada.json", "bo.json", "cyd.json"]
    for form in ("lovelaceada_9001_{}_h.json", "Ada_9001_assignsubmission_file_{}.json"):
        assert set(ids_of(*(form.format(n) for n in range(11, 31)), *honest)) == {""}


def test_many_files_of_one_number_are_one_person_of_the_lms_of_a_class() -> None:
    """Prevents files by mail, called as those of another LMS, from disowning the whole class."""
    honest = [
        f"set-02.zipin:{name}_7{n}_assignsubmission_file_/h.json"
        for n, name in enumerate(("Ada King", "Bo Li", "Cyd Kern"))
    ]
    forged = [f"week 1/malmal_9666_{n}_h.json" for n in range(11, 31)]
    assert ids_of(*honest, *forged)[:3] == ["moodle 70", "moodle 71", "moodle 72"]


def test_one_number_with_two_names_and_many_files_contradicts_nobody_else() -> None:
    """Prevents a student who changes her name from taking all others their numbers."""
    honest = ["kingada_1_10_h.json", "libo_2_11_h.json", "kerncyd_3_12_h.json"]
    own = ["malmal_6_20_h.json", *(f"lorymal_6_{n}_h.json" for n in range(21, 41))]
    assert ids_of(*honest, *own)[:3] == ["canvas 1", "canvas 2", "canvas 3"]


# --- Names that can be read in two ways -------------------------------------------------------


def test_a_file_that_can_be_of_two_people_of_the_class_is_nobodys() -> None:
    paths = [("lovelaceada_9001_70101_h.json",), ("lovelaceada_9001_9004_70104_h.json",)]
    found = find_senders(paths)
    assert [each.id for each in found.senders] == ["9001", ""]
    assert found.senders[1].is_nobodys
    assert "that of number 9001 or 9004" in found.remarks[1]
    found = find_senders(paths[1:], lambda id, name: id in ("9001", "9004"))
    assert found.senders[0].is_nobodys


def test_numbers_that_people_begin_the_names_of_files_with_are_no_second_number() -> None:
    """Prevents an honest file from being kept apart, as each of a class with such names would."""
    names = ["1_h.json", "2_h.json", "2026_h.json", "2026_11_28.json"]
    paths = [f"lovelaceada_9001_7010{n}_{name}" for n, name in enumerate(names)]
    assert ids_of(*paths) == ["canvas 9001"] * 4


def test_a_number_on_the_list_is_the_one() -> None:
    paths = ["lovelaceada_9001_70101_70001_h.json", "team_3_12347_67892_x.json"]
    known = {"9001", "12347"}
    assert ids_of(*paths, is_person=lambda id, name: id in known) == [
        "canvas 9001",
        "canvas 12347",
    ]
