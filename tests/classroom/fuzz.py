"""Make hand-ins and zips in which anything can be wrong, the same for the same seed."""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Callable
from typing import Any

from tests.classroom.factories import as_file, best, graded, hand_in
from tests.classroom.zips import Member, packed

ODD_TEXTS = (
    *(
        "",
        " ",
        "\0",
        "\ud800",
        "\u202e",
        "\u3164",
        "=1+1",
        "<script>",
        "../../x",
        "C:\\x",
        "a" * 9_000,
    ),
    *(
        "\u0130",
        "\ufdfa" * 20,
        "e\u0301" * 50,
        "$x$",
        "{{x}}",
        "1e999",
        "-0",
        "٣",
        "½",
        "NaN",
        "a\nb",
    ),
)
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1e308, 10**300, 2**63, -0.0, 0.1, float("nan"), float("inf")),
    *([], {}, [[]], {"": {}}, [None] * 50, {"a": [{"b": [1, {"c": None}]}]}),
    *ODD_TEXTS,
)
NAMES = (
    *("h.json", "h.JSON", "h", "h.txt", "h.json.txt", "h.jsonl", ".h.json", "h (1).json", "h.pdf"),
    *(
        "a/b/h.json",
        "a\\b\\h.json",
        "./h.json",
        "//h.json",
        "../h.json",
        "/h.json",
        "C:h.json",
        "h/",
    ),
    *(
        "",
        ".",
        "..",
        "/",
        "\0",
        "a\0.json",
        "\u202eh.json",
        "=h.json",
        "h\n.json",
        "CON",
        "x" * 250,
    ),
    *("x_9001_assignsubmission_file_h.json", "ada_1_2_h.json", "anon_AbCd5_3_h.json", "_1_2_"),
    *("__MACOSX/h.json", ".DS_Store", "Thumbs.db", "work/hand-ins/h.json", "drafts/x.txt", "h.zip"),
)


def any_value(chance: random.Random, depth: int = 3) -> Any:
    kind = chance.randrange(8)
    if kind == 0 and depth:
        return [any_value(chance, depth - 1) for _ in range(chance.randrange(4))]
    if kind == 1 and depth:
        return {
            str(chance.choice(ODD_TEXTS))[:20]: any_value(chance, depth - 1)
            for _ in range(chance.randrange(4))
        }
    return chance.choice(ODD_VALUES)


def changed(value: Any, chance: random.Random) -> Any:
    """Return JSON in which one thing, at any depth, has been changed, left out or doubled."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(list(value))
        way = chance.randrange(6)
        if way == 0:
            return {name: each for name, each in value.items() if name != key}
        if way == 1:
            return value | {chance.choice(ODD_TEXTS): any_value(chance)}
        return value | {key: changed(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        way = chance.randrange(6)
        if way == 0:
            return value[:at] + value[at + 1 :]
        if way == 1:
            return value + [value[at]] * chance.choice([1, 2, 300])
        return [*value[:at], changed(value[at], chance), *value[at + 1 :]]
    return any_value(chance)


def as_bytes(value: Any, chance: random.Random) -> bytes:
    content = json.dumps(value, ensure_ascii=chance.random() < 0.7).encode("utf-8", "surrogatepass")
    way = chance.randrange(12)
    if way == 0:
        return content[: chance.randrange(len(content) + 1)]
    if way == 1:
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 9)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        return bytes(damaged)
    if way == 2:
        return content.decode("utf-8", "replace").encode(
            chance.choice(["utf-16", "utf-32", "utf-8-sig"])
        )
    if way == 3:
        return content.replace(
            b":", b":" + chance.choice([b"[" * 3_000, b"1" * 9_000, b" " * 99_999]), 1
        )
    if way == 4:  # a name twice, once with an escape
        return content.replace(b'"name":', b'"na\\u006de": "x", "name":', 1)
    if way == 5:
        return b"\n".join([content] * 3)
    return content


def record_lines(chance: random.Random) -> bytes:
    """Return a learner's record in which lines are odd."""
    lines = [json.dumps({"format": 1, **each}) for each in best()]
    lines = [json.dumps(changed(json.loads(line), chance)) for line in lines]
    return as_bytes({}, chance).join(line.encode() + b"\n" for line in lines)


def hand_in_file(chance: random.Random, name: str) -> bytes:
    """Return a hand-in of which up to ten things have been changed."""
    if chance.random() < 0.1:
        return record_lines(chance)
    made: Any = hand_in(name, best(chance.choice(["02-un-norms", "03-norms-and-law"])))
    for question in graded():
        if chance.random() < 0.2:
            made["answers"].append(
                {"question": question.id, "response": any_value(chance), "at": any_value(chance)}
            )
    for _ in range(chance.randrange(10)):
        made = changed(made, chance)
    return as_bytes(made, chance)


def any_file(chance: random.Random, name: str) -> bytes:
    """Return bytes of any kind, mostly a hand-in."""
    makers: list[Callable[[], bytes]] = [
        lambda: hand_in_file(chance, name),
        lambda: hand_in_file(chance, name),
        lambda: chance.randbytes(chance.randrange(200)),
        lambda: chance.choice([b" ", b"\0", b"[]", b"9"]) * chance.choice([1, 600, 2_100_000]),
        lambda: as_file(hand_in(name)) + b"\0" * chance.choice([1, 5_000]),
    ]
    return chance.choice(makers)()


def zip_file(chance: random.Random, name: str, depth: int = 0) -> bytes:
    """Return a zip with lying headers, members that overlap, names of all kinds, zips in it."""
    members = []
    for _ in range(chance.choice([0, 1, 1, 2, 3, 8, 60])):
        inner = depth < 2 and chance.random() < 0.15
        content = zip_file(chance, name, depth + 1) if inner else any_file(chance, name)
        member = Member(chance.choice(NAMES) if chance.random() < 0.7 else "h.json", content)
        if chance.random() < 0.3:
            lie = chance.choice(
                ["size", "packed", "checksum", "offset", "flags", "way", "mode", "day"]
            )
            member = member.lying(lie, chance.choice([0, 1, 8, 9, 12, 0xFFFF, 2**31, 2**32 - 1]))
        members.append(member)
    overlapping = chance.random() < 0.1
    content = packed(members, overlapping=overlapping)
    way = chance.randrange(10)
    if way == 0:
        return content[: chance.randrange(len(content) + 1)]
    if way == 1:
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        return bytes(damaged)
    if way == 2:
        return chance.randbytes(chance.randrange(100)) + content
    if way == 3:  # the end, with another number of files, size or place of the listing
        at = len(content) - 22 + chance.choice([8, 10, 12, 16])
        return (
            content[:at]
            + struct.pack("<L", chance.choice([0, 1, 0x06054B50, 2**32 - 1]))
            + content[at + 4 :]
        )
    return content
