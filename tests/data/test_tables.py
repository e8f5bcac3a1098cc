"""The tables in `data/`: each rule says which failure it prevents."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from tests.data.tables import (
    PATHS,
    TABLES,
    cells,
    first_and_last_day,
    ids,
    linked,
    package,
    rows,
    sources_named,
)
from tests.paths import DATA

STATUSES = {"primary", "secondary", "unverified", "not found", "judgement"}
EARLIEST = date(1945, 6, 26)  # the Charter of the United Nations is signed


def norms_with(table: str, **wanted: str) -> set[str]:
    return {
        row["norm"] for row in rows(table) if all(row[key] == text for key, text in wanted.items())
    }


# The package


@pytest.mark.slow
def test_frictionless_finds_the_package_valid():
    # Prevents tables that break the types, keys and links which datapackage.json promises.
    import frictionless

    report = frictionless.validate(str(DATA / "datapackage.json"))
    errors = report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert report.valid, errors


def test_every_table_is_described_and_every_description_has_its_table():
    # Prevents a table that nobody documented, and a description of a table that is gone.
    assert sorted(resource["path"] for resource in package()["resources"]) == sorted(
        path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv")
    )


def test_each_table_lies_once_in_the_folder_of_a_subject():
    # Prevents two tables of one name, of which only one is read, and one that no reader finds.
    subjects = {"module", "un", "law", "report", "policy", "deal", "after"}
    paths = [path.relative_to(DATA) for path in DATA.rglob("*.*") if path.is_file()]
    assert len(PATHS) == len([path for path in paths if path.suffix == ".csv"])
    assert {path.parts[0] for path in paths if len(path.parts) == 2} == subjects
    assert [path.name for path in paths if len(path.parts) != 2] == ["datapackage.json"]


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_in_the_order_of_the_table(table):
    # Prevents columns whose meaning a user of the data has to guess.
    (resource,) = [r for r in package()["resources"] if Path(r["path"]).stem == table]
    fields = resource["schema"]["fields"]
    with PATHS[table].open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert [field["name"] for field in fields] == header
    assert [field["name"] for field in fields if not field["description"].endswith(".")] == []


def test_every_column_that_names_another_row_is_declared_as_a_link():
    # Prevents links that frictionless does not check because nobody declared them.
    targets = {"quotation": "quotations", "norm": "norms", "theme": "themes"}
    targets |= {"session": "sessions", "state": "states"}
    targets |= {"resolution": "resolutions", "instrument": "instruments"}
    for resource in package()["resources"]:
        schema = resource["schema"]
        declared = {
            key["fields"]: key["reference"]["resource"] for key in schema.get("foreignKeys", [])
        }
        for field in schema["fields"]:
            a_source = f"_{field['name']}".endswith("_source")
            if target := "sources" if a_source else targets.get(field["name"]):
                assert declared.get(field["name"]) == target, (resource["path"], field["name"])


# Files


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.*")), ids=lambda path: path.name)
def test_files_are_plain_utf_8_with_unix_line_ends(path):
    # Prevents files that change in every commit because two systems save them differently.
    raw = path.read_bytes()
    raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf"), "byte order mark"
    assert b"\r" not in raw
    assert raw.endswith(b"\n") and not raw.endswith(b"\n\n")


@pytest.mark.parametrize("table", TABLES)
def test_no_row_has_too_many_or_too_few_cells(table):
    # Prevents a comma without quotation marks that moves all later cells one column on.
    with PATHS[table].open(encoding="utf-8", newline="") as file:
        lengths = {len(cells) for cells in csv.reader(file, strict=True)}
    assert len(lengths) == 1


@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_empty(table):
    # Prevents a lesson that silently shows nothing.
    assert rows(table)


# Text


def test_no_cell_has_odd_or_double_spaces():
    # Prevents text that looks right and matches nothing when it is searched or compared.
    odd = re.compile(r"^\s|\s$|  |[\t\r\n\v\f\u00a0\u00ad\u2000-\u200f\u2028-\u202f\ufeff]")
    assert [place for place, _, text in cells() if odd.search(text)] == []


def test_all_quotation_marks_are_straight():
    # Prevents two spellings of one quotation, of which a check of quotations finds only one.
    assert [place for place, _, text in cells() if re.search("[‘’‚‛“”„‟«»]", text)] == []


def test_quotation_marks_come_in_pairs():
    # Prevents a quotation whose end the reader cannot see.
    assert [place for place, _, text in cells() if text.count('"') % 2] == []


def test_no_em_dashes_and_en_dashes_only_between_numbers():
    # Prevents ranges and asides written in three ways.
    wrong = re.compile("[\u2012\u2014\u2015]|(?<!\\d)\u2013|\u2013(?!\\d)")
    ours = [(place, text) for place, _, text in cells() if not place.startswith("quotations")]
    assert [place for place, text in ours if wrong.search(text)] == []


def test_prose_ends_with_a_full_stop_and_never_shouts():
    # Prevents sentences that were cut off, and exclamation marks.
    prose = {"plain", "reason", "reply", "misreading", "summary", "definition", "promise", "heart"}
    prose_tables = {"norm_guidance": "text", "norm_relations": "text", "outcomes": "text"}
    for table in TABLES:
        for row in rows(table):
            for column in prose | {prose_tables.get(table, "plain")}:
                if text := row.get(column):
                    assert text.endswith((".", "?")), (table, column, text)
                    assert "!" not in text, (table, column, text)


# Links and statuses


def test_every_source_that_is_named_exists():
    # Prevents a fact whose source cannot be shown.
    assert sources_named() - ids("sources") == set()


def test_no_source_is_unused():
    # Prevents a bibliography that lists texts on which nothing rests.
    assert ids("sources") - sources_named() == set()


def test_every_quotation_norm_and_theme_that_is_named_exists():
    # Prevents an explorer that fails on one norm only.
    assert linked("quotation") - ids("quotations") == set()
    assert linked("norm") - ids("norms") == set()
    assert linked("theme") == ids("themes")


def test_only_five_statuses_are_used():
    # Prevents a sixth word that no legend explains.
    used = {text for _, column, text in cells() if f"_{column}".endswith("_status") and text}
    assert used <= STATUSES


def test_a_row_with_a_source_has_a_pinpoint_and_a_status():
    # Prevents a source that the reader would have to search from start to end.
    for table in TABLES:
        for row in rows(table):
            if row.get("source"):
                assert row["pinpoint"] and row["status"], (table, row)


def test_what_was_checked_says_where():
    # Prevents a row that claims to be checked and cannot be checked again.
    for table in TABLES:
        for row in rows(table):
            if "checked_at" in row and row.get("status") in {"primary", "secondary"}:
                assert row["checked_at"], (table, row)


def test_own_readings_are_never_passed_off_as_found():
    # Prevents a judgement of this module that carries the status of a fact.
    for table in TABLES:
        for row in rows(table):
            if row.get("source") == "cybernorms-readings":
                assert row["status"] == "judgement", (table, row)


def test_a_quotation_id_begins_with_its_source():
    # Prevents a quotation that is filed under another text.
    assert [
        row["id"] for row in rows("quotations") if row["id"].split(":")[0] != row["source"]
    ] == []


def test_a_related_text_and_its_quotation_have_one_source():
    # Prevents words of one text shown under the name of another.
    source_of = {row["id"]: row["source"] for row in rows("quotations")}
    for row in rows("norm_relations"):
        if row["quotation"]:
            assert source_of[row["quotation"]] == row["source"], row["label"]


# Addresses and dates


def test_every_un_symbol_has_its_official_address():
    # Prevents a learner who is sent to a mirror, or to another document.
    for row in rows("sources"):
        if row["symbol"] or row["id"].startswith("un-"):
            assert row["address"] == f"https://docs.un.org/en/{row['symbol']}"
            assert row["id"] == f"un-{row['symbol'].lower().replace('/', '-').replace('.', '-')}"


def test_mandates_and_reports_name_the_document_that_they_link_to():
    # Prevents a link under one symbol that opens another document.
    symbol = {row["id"]: row["symbol"] for row in rows("sources")} | {"": ""}
    for row in rows("sessions"):
        assert symbol[row["mandate_source"]] == row["mandate"], row["id"]
        assert symbol[row["report_source"]] == row["report"], row["id"]


def test_every_date_is_possible():
    # Prevents 30 February, the year 2105 for 2015, and days that have not come.
    checked = max(first_and_last_day(row["checked_on"])[1] for row in rows("sources"))
    for place, column, text in cells():
        if column in {"date", "checked_on", "judged_on", "start", "end", "as_of"} and text:
            assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text), place
            assert EARLIEST <= first_and_last_day(text)[0] <= checked, place


def test_no_group_ends_before_it_starts():
    # Prevents two dates in each other's column.
    for row in rows("sessions"):
        if row["end"]:
            assert first_and_last_day(row["start"])[0] <= first_and_last_day(row["end"])[1], row[
                "id"
            ]


# The norms


def test_there_are_eleven_norms_from_a_to_k_in_order():
    # Prevents the thirteen norms that some pages report, and a list out of order.
    found = [(row["id"], row["letter"], row["quotation"]) for row in rows("norms")]
    assert found == [(f"un-a-70-174:13{c}", c, f"un-a-70-174:13{c}") for c in "abcdefghijk"]


def test_every_norm_text_begins_as_a_norm_does():
    # Prevents a norm that lost its first words.
    text = {row["id"]: row["text"] for row in rows("quotations")}
    openings = ("States", "A State", "Consistent with", "In case of")
    assert [
        row["id"] for row in rows("norms") if not text[row["quotation"]].startswith(openings)
    ] == []


def test_exactly_three_norms_say_should_not():
    # Prevents the mix of wording and duty: norm (c) works as due diligence, but says "should not".
    text = {row["id"]: row["text"] for row in rows("quotations")}
    worded = {row["id"] for row in rows("norms") if "should not" in text[row["quotation"]]}
    assert worded == {f"un-a-70-174:13{letter}" for letter in "cfk"}
    assert norms_with("norm_readings", axis="wording", value="should not") == worded


def test_every_norm_has_one_wording_and_one_best_duty():
    # Prevents a sorting exercise without a key, or with two.
    for axis in ("wording", "duty"):
        best = [
            r["norm"]
            for r in rows("norm_readings")
            if (r["axis"], r["verdict"]) == (axis, "correct")
        ]
        assert sorted(best) == sorted(ids("norms")), axis
    assert norms_with("norm_readings", axis="wording", verdict="defensible") == set()


def test_each_axis_has_its_own_values():
    # Prevents a duty that is filed as wording.
    wording = {"should", "should not"}
    for row in rows("norm_readings"):
        assert (row["value"] in wording) == (row["axis"] == "wording"), row


def test_norm_c_can_be_read_both_ways():
    # Prevents a key that marks a well-argued reading of norm (c) as wrong.
    duty = {
        row["value"]: row["verdict"]
        for row in rows("norm_readings")
        if row["norm"].endswith("13c") and row["axis"] == "duty"
    }
    assert duty == {"due diligence": "correct", "restraint": "defensible"}


def test_plain_versions_keep_should_and_the_qualifiers():
    # Prevents a plain version that says more than the norm does.
    plain = {row["letter"]: row["plain"] for row in rows("norms")}
    for letter, text in plain.items():
        assert "should" in text and "must" not in text, letter
    for letter in "cfk":
        assert "should not" in plain[letter] and "knowingly" in plain[letter], letter
    assert "contrary to its obligations under international law" in plain["f"]


@pytest.mark.parametrize(
    "table", ["norm_guidance", "norm_misreadings", "norm_relations", "norm_themes"]
)
def test_every_norm_has_its_guidance_misreading_relation_and_theme(table):
    # Prevents an empty panel in the norm explorer.
    assert norms_with(table) == ids("norms")


@pytest.mark.parametrize("table", ["norm_guidance", "norm_relations"])
def test_positions_count_from_one_within_each_norm(table):
    # Prevents rows that change places each time they are sorted.
    for norm in ids("norms"):
        positions = [int(row["position"]) for row in rows(table) if row["norm"] == norm]
        assert positions == list(range(1, len(positions) + 1)), norm


def test_a_reason_quotes_only_words_of_its_norm():
    # Prevents a reason that rests on words which the norm does not have.
    text = {row["id"]: row["text"].lower() for row in rows("quotations")}
    for table, column in (("norm_readings", "reason"), ("norm_themes", "reason")):
        for row in rows(table):
            for words in re.findall(r'"([^"]+)"', row[column]):
                wanted = words.lower().rstrip(".,")
                assert wanted in text[row["norm"]] or wanted == "not", (table, row["norm"], words)


# The groups


def test_the_groups_of_experts_had_15_15_15_20_25_and_25_members():
    # Prevents the common error that every group had 25 experts.
    experts = [row["experts"] for row in rows("sessions") if row["kind"] == "group of experts"]
    assert experts == ["15", "15", "15", "20", "25", "25"]


def test_only_groups_of_experts_count_experts():
    # Prevents a number for a group that every Member State could join.
    for row in rows("sessions"):
        named = row["kind"] == "group of experts"
        assert bool(row["experts"]) == named, row["id"]
        assert (row["open_to"] == "named experts") == named, row["id"]


def test_six_groups_two_working_groups_and_one_mechanism_in_order_of_start():
    # Prevents a group that is missing or out of its place in the timeline.
    table = rows("sessions")
    kinds = [row["kind"] for row in table]
    assert kinds.count("group of experts") == 6
    assert kinds.count("open-ended working group") == 2
    assert kinds.count("permanent mechanism") == 1
    starts = [first_and_last_day(row["start"])[0] for row in table]
    assert starts == sorted(starts)


def test_only_what_goes_on_has_no_end_and_it_says_as_of_when():
    # Prevents a state of affairs that is shown long after it has changed.
    for row in rows("sessions"):
        goes_on = row["outcome"] == "ongoing"
        assert (not row["end"]) == goes_on, row["id"]
        assert bool(row["as_of"]) or not goes_on, row["id"]


# The lessons


def test_nine_lessons_with_100_points_and_core_within_the_whole():
    # Prevents a course whose marks do not add up.
    lessons = rows("lessons")
    assert [row["number"] for row in lessons] == [f"{number:02}" for number in range(9)]
    assert sum(int(row["points"] or 0) for row in lessons) == 100
    for row in lessons:
        assert int(row["core_minutes"]) <= int(row["minutes"]), row["id"]
        assert bool(row["points"]) == bool(row["exercises"]), row["id"]
        assert row["notebook"] == f"{row['number']}-{row['id']}.ipynb"


def test_there_are_eight_outcomes_in_order():
    # Prevents a question that serves an outcome nobody stated.
    assert [row["id"] for row in rows("outcomes")] == [f"O{number}" for number in range(1, 9)]


def test_the_glossary_is_in_alphabetical_order():
    # Prevents a term that is added twice because it was not found.
    terms = [row["term"].casefold() for row in rows("glossary")]
    assert terms == sorted(terms)
