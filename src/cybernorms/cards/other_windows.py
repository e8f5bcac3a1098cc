"""What is said of texts and answers that came from another window on the same question."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from cybernorms.errors import CyberNormsError
from cybernorms.exercises.drafts import Draft
from cybernorms.exercises.hand_in import format_path
from cybernorms.exercises.kinds import Written
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Answer, Record


def format_moment(moment: str) -> str:
    """Return a time of the record as the learner's clock shows it."""
    try:
        local = datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone()
    except ValueError:
        return "earlier"
    return f"on {local.day} {local:%B %Y} at {local:%H:%M}"


def other_drafts(record: Record, key: str, mine: Draft | None) -> str:
    """Say where other windows keep drafts of a text, if there are any.

    Arguments:
        record: where they are kept.
        key: the name of the answers in the record.
        mine: the draft of this window.
    """
    path, text = (mine.path, mine.text) if mine else (None, "")
    others = [each for each in record.drafts.all(key) if each.path != path and each.text != text]
    if not others:
        return ""
    length = "a longer" if len(others[0].text) > len(text) else "another"
    where = " and ".join(format_path(each.path) for each in others)
    return (
        f"Another window has {length} draft of this text; both are kept. The other is in {where}: "
        "open it there, and delete it when you no longer need it."
    )


def keep_both(record: Record, question: Question, other: Answer, verb: str) -> str:
    """Say that another answer was saved in another window, and how to get at it.

    A text is kept as a draft, so that it can be read.

    Arguments:
        record: where answers are kept.
        question: what was answered.
        other: the answer of the other window.
        verb: what stands on the button.
    """
    both = (
        f"Another window had saved another answer {format_moment(other.time)}; both are kept, and "
    )
    if isinstance(question, Written) and isinstance(other.response, str):
        with suppress(CyberNormsError):
            kept = record.drafts.keep(other.question, other.response)
            return f"{both}this one counts. The other text is in {format_path(kept.path)}."
    return f"{both}the last one counts: to choose the other, press {verb} there again."
