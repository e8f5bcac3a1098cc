"""The names that Canvas and Moodle give files: how one can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from unicodedata import category

from msgspec import Struct

_BETWEEN = r"_assignsubmission_(?:file|onlinetext)(?=[_ (-]|\Z)"
_BEHIND = rf"_(?P<id>\d{{1,18}}){_BETWEEN}"
_MOODLE = re.compile(rf"(?P<name>.*?){_BEHIND}", re.DOTALL)
# As Canvas composes it: the name in small letters, LATE, the user's number, that of the file. A
# name can end in one more number, as in team_3, since Canvas takes out others. It numbers without
# zeros in front, as people number sets and weeks.
_NUMBERS = r"_(?P<id>[1-9]\d{0,17})_(?P<file>[1-9]\d{0,17})_(?P<rest>.)"
_CANVAS = re.compile(rf"(?P<name>.*?)(?P<late>_LATE)?{_NUMBERS}", re.DOTALL)
_LATER_IN_CANVAS = re.compile(rf"(?={_NUMBERS})", re.DOTALL)
_MOODLE_AFTER_MOODLE = re.compile(rf"(?P<name>.*_\d{{1,18}}{_BETWEEN}.*){_BEHIND}", re.DOTALL)
_ANONYMOUS = re.compile(r"(?P<late>LATE_)?anon_(?P<id>[A-Za-z0-9]{5})_(?P<file>\d{1,18})_.")
MOST_READINGS = 4  # of one name as that of Canvas
MOST_COUNTED = 31  # sets, weeks, days, which people put in front of the names of their files


class Sender(Struct, frozen=True):
    """Who handed a file in, as the LMS says in its name: the LMS's number, or nothing.

    `file` is the number that Canvas gives each file, later ones larger; `folder` is the folder or
    zip in which the name stands, one for each assignment that was downloaded; `label` is the name
    of the folder that Moodle gave, with what it put in front of the person's. `is_nobodys` says
    that the file lies in an LMS's zip, without a name of the LMS, or can be of two people;
    `in_doubt` that the zip around it may be one student's as well.
    """

    lms: str = ""
    id: str = ""
    name: str = ""
    late: bool = False
    file: int = 0
    folder: str = ""
    label: str = ""
    is_nobodys: bool = False
    in_doubt: bool = False

    @property
    def system(self) -> str:
        """Return the LMS alone, "canvas" or "moodle"."""
        return self.lms.partition(" ")[0]

    @property
    def is_anonymous(self) -> bool:
        """Return whether the LMS keeps back who this is."""
        return self.lms.endswith(" anonymous")


def readings_of(name: str, *, is_file: bool = True) -> list[Sender]:
    """Return how a name can be read as one that an LMS has given, the likelier reading first.

    >>> readings_of("lovelaceada_LATE_12345_67890_hand-in.json")[0].id
    '12345'
    >>> readings_of("Ada Lovelace_1234567_assignsubmission_file_", is_file=False)[0].name
    'Ada Lovelace'
    >>> readings_of("ada_2026_11_28.json")
    []
    """
    if "_" not in name:
        return []
    if is_file and (anonymous := _ANONYMOUS.match(name)):
        late, number = anonymous["late"] is not None, int(anonymous["file"])
        return [Sender("canvas anonymous", anonymous["id"], "", late, number)]
    forms = (_MOODLE, _MOODLE_AFTER_MOODLE) if "_assignsubmission_" in name else ()
    moodle = [_moodle(match) for form in forms if (match := form.match(name))]
    canvas = list(_canvas(name)) if is_file else []
    # The form that is complete first is likelier the LMS's, and what follows the student's. But
    # people can have an LMS show a name that ends as such a form does.
    first = bool(moodle and canvas) and len(moodle[0].name) < len(canvas[0].name)
    return list(dict.fromkeys([*moodle, *canvas] if first else [*canvas, *moodle]))


def _canvas(name: str) -> Iterator[Sender]:
    """Yield how a name can be read as one of Canvas, first by the numbers that come first.

    Canvas takes `_12_` out of what people call themselves, and only then every sign but letters,
    digits and underscores, hyphens too. So `x_12-_34-_y` becomes `x_12_34_y`, with numbers of its
    own. The name that a student gave the file stays as it is, but for signs of paths.
    """
    match = _CANVAS.match(name)
    if not match:
        return
    if _is_canvas_name(match["name"]) and not _is_date(match, name):
        late = match["late"] is not None
        yield Sender("canvas", match["id"], match["name"], late, int(match["file"]))
    for each in islice(_LATER_IN_CANVAS.finditer(name, match.start("id")), MOST_READINGS):
        before = name[: each.start()]
        person = before.removesuffix("_LATE")
        if not _is_canvas_name(person) or _is_date(each, name) or _is_of_student(each["file"]):
            continue
        yield Sender("canvas", each["id"], person, person != before, int(each["file"]))


def may_be_of_canvas(name: str) -> bool:
    """Return whether a name has two numbers as those of Canvas, whatever stands before them.

    Canvas takes out some signs of a name that is shown, and people choose what is shown.
    """
    match = _CANVAS.match(name)
    return match is not None and not _is_date(match, name)


def _moodle(match: re.Match[str]) -> Sender:
    label = f"{match['name']}_{match['id']}_assignsubmission_file"
    return Sender("moodle", match["id"], match["name"], label=label)


def _is_canvas_name(name: str) -> bool:
    """Return whether Canvas can have made this of a name: small letters, digits and underscores."""
    return name == name.lower() and all(
        letter in "_\u200c\u200d" or category(letter)[0] in "LM" or category(letter) == "Nd"
        for letter in name
    )


def _is_date(match: re.Match[str], name: str) -> bool:
    """Return whether the numbers are a date, which people put into the names of files."""
    third = re.match(r"\d{1,4}(?!\d)", name[match.start("rest") :])
    before = name[: match.start("id") - 1].removesuffix("_LATE")
    numbers = [before, match["id"], match["file"], third[0] if third else ""]
    return _can_be_date(numbers[:3]) or _can_be_date(numbers[1:])


def _can_be_date(numbers: Sequence[str]) -> bool:
    """Return whether three numbers are a day, a month and a year, of which the month is second.

    In America the day is second, and the year last.
    """
    if not all(re.fullmatch(r"\d{1,4}", each) for each in numbers):
        return False
    first, second, third = numbers
    year_first = _is_year(first) and 1 <= int(second) <= 31 and 1 <= int(third) <= 31
    year_last = _is_year(third) and 1 <= int(second) <= 31 and 1 <= int(first) <= 31
    return year_first or year_last


def _is_of_student(number: str) -> bool:
    """Return whether a number is one that people begin the name of a file with: 2_x, 2026_x."""
    return int(number) <= MOST_COUNTED or (len(number) == 4 and _is_year(number))


def _is_year(number: str) -> bool:
    return len(number) == 2 or 1900 <= int(number) <= 2100
