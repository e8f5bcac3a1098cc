"""The role-play set: what each delegation gets, and what it must not see."""

from __future__ import annotations

import html

from cybernorms.corpus.talks import load_roles, load_stakes
from cybernorms.kit.role_play import role_play
from cybernorms.kit.web import web_page
from tests.kit.kit import lesson, lessons


def straight(page: str) -> str:
    return html.unescape(page).replace("\u2019", "'")


def test_the_set_has_plan_briefs_placards_and_a_page_for_the_board() -> None:
    # Prevents a teacher who finds out in class that one delegation has no brief.
    names = [each.name for each in role_play(lessons())]
    briefs = [f"role-play-brief-{role.id}" for role in load_roles(lesson="08")]
    assert names == ["role-play-plan", *briefs, "role-play-placards", "role-play-board"]
    assert role_play([lesson("01")]) == []


def test_a_brief_tells_its_own_interests_and_not_those_of_the_others() -> None:
    # Prevents that a delegation reads in its brief what the other side can give.
    stakes = load_stakes(lesson="08")
    for sheet in role_play(lessons()):
        if not sheet.name.startswith("role-play-brief-"):
            continue
        own = sheet.name.removeprefix("role-play-brief-")
        text = straight(web_page(sheet))
        for each in stakes:
            assert (each.name in text) is (each.role.id == own), each.id
