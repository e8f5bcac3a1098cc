"""The explorers as notebooks call them: one function each, all with the same arguments."""

from __future__ import annotations

from collections.abc import Sequence

from cybernorms.corpus.lessons import LessonNumber, from_lesson
from cybernorms.document import to_text
from cybernorms.pages import (
    attributions,
    claims,
    clause_lab,
    coverage,
    documents,
    evidence,
    forecast_score,
    law,
    norms,
    proposed_agreed,
    rooms,
    spread,
    timeline,
    views,
    votes,
    wording,
)
from cybernorms.pages.explorer import Explorer, check_open
from cybernorms.widgets.claim_tracer import ClaimTracer
from cybernorms.widgets.clause_builder import ClauseLab
from cybernorms.widgets.explorer import ExplorerView
from cybernorms.widgets.scored_forecast import ForecastScore
from cybernorms.widgets.view import View, show
from cybernorms.widgets.weigher import Weigher
from cybernorms.widgets.workbench import Workbench


def show_claims(open: str = "", *, lesson: LessonNumber = "01", text: bool = False) -> None:
    """Show the claim tracer: walk each claim to the post, judge it, and read what it can be called.

    Arguments:
        open: the id of the claim to open with; "first-use" if not given.
        lesson: the number of the lesson; outcomes that open later stay closed.
        text: print everything as plain text instead, all claims with their readings.

    Raises:
        CyberNormsError: there is no such claim.
    """
    state = claims.start(open, lesson)
    if text:
        print(to_text(claims.all_blocks(state.lesson)))
    else:
        show(ClaimTracer(state))


def show_norms(
    open: str = "", compare: str = "", *, lesson: LessonNumber = "02", text: bool = False
) -> None:
    """Show the norm explorer: browse, filter, read and compare the eleven norms.

    Arguments:
        open: the letter of the norm to open with, `a` to `k`.
        compare: a second norm to put beside it; nothing for one norm alone.
        lesson: the number of the lesson; what opens later stays closed.
        text: print everything as plain text instead, all eleven norms one after the other.

    Raises:
        CyberNormsError: there is no norm of that letter.
    """
    state = norms.EXPLORER.start((open, compare), lesson)
    if text:
        print(to_text(norms.all_blocks(state.lesson)))
    else:
        show(ExplorerView(norms.EXPLORER, state))


def show_rooms(open: str = "", *, lesson: LessonNumber = "02", text: bool = False) -> None:
    """Show which State sat in which group of experts, by regional group and by outcome.

    Arguments:
        open: which States to list at first, such as "every"; all of them if not given.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such choice of States.
    """
    _explore(rooms.EXPLORER, open, lesson, text)


def show_votes(open: str = "", *, lesson: LessonNumber = "02", text: bool = False) -> None:
    """Show the resolutions since 1998, how they were adopted, and who stood where.

    Arguments:
        open: the number of the resolution to open with, such as "53/70".
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such resolution.
    """
    _explore(votes.EXPLORER, open, lesson, text)


def show_views(open: str = "", *, lesson: LessonNumber = "02", text: bool = False) -> None:
    """Show what States, groups and authors hold on a topic, in their own words.

    Arguments:
        open: the topic to open with, such as "attribution"; all of them in brief if not given.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such topic in this lesson.
    """
    _explore(views.EXPLORER, open, lesson, text)


def show_law(open: str = "", *, lesson: LessonNumber = "03", text: bool = False) -> None:
    """Show the rules of law on what a State answers for, whom each binds, and who disputes it.

    Arguments:
        open: the id of the rule to open with, such as "organs"; the first one if not given.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such rule, or it is too early for the rules.
    """
    _explore(law.EXPLORER, open, lesson, text)


def show_attributions(open: str = "", *, lesson: LessonNumber = "03", text: bool = False) -> None:
    """Show statements that attribute incidents to somebody, two of them side by side.

    Arguments:
        open: the id of the incident to open with; the first one if not given.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such incident with statements in this lesson.
    """
    _explore(attributions.EXPLORER, open, lesson, text)


def show_documents(open: str = "", *, lesson: LessonNumber = "04", text: bool = False) -> None:
    """Show policy documents by topic, with their passages and where those stand.

    Arguments:
        open: the id of the document to open with; the oldest one if not given.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such document in this lesson.
    """
    _explore(documents.EXPLORER, open, lesson, text)


def show_timeline(open: str = "", *, lesson: LessonNumber = "04", text: bool = False) -> None:
    """Show events from 1998 on by one axis at a time, as a figure and as a table.

    Arguments:
        open: the id of the event to read about; none if not given.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such event in this lesson.
    """
    _explore(timeline.EXPLORER, open, lesson, text)


def show_wording(
    open: str | Sequence[str] = "", *, lesson: LessonNumber = "05", text: bool = False
) -> None:
    """Show two or three clauses side by side, with their differences by slot and by word.

    Arguments:
        open: the ids of the clauses to open with, two or three.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such clause in this lesson, or they are not two or three.
    """
    _explore(wording.EXPLORER, open, lesson, text)


def show_coverage(open: str = "", *, lesson: LessonNumber = "05", text: bool = False) -> None:
    """Show how far each text covers each norm and each stated interest, with the reasons.

    Arguments:
        open: `norms`, `interests`, or nothing for both.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there are no such rows.
    """
    _explore(coverage.EXPLORER, open, lesson, text)


def show_clause_lab(open: str = "", *, lesson: LessonNumber = "05", text: bool = False) -> None:
    """Show the clause lab: build a clause, and see which conduct it would reach or miss, and why.

    Arguments:
        open: the id of a real clause to test first, or of a case to look at closely; nothing for
            the clause that the learner builds.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such clause or case in this lesson.
    """
    _show(ClauseLab(clause_lab.start(open, lesson)), text)


def show_spread(open: str = "", *, lesson: LessonNumber = "06", text: bool = False) -> None:
    """Show who took up the promise on trade secrets, when, and with which wording.

    Arguments:
        open: the id of the text to open with; the deal of 2015 if not given.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such text in this lesson.
    """
    _explore(spread.EXPLORER, open, lesson, text)


def show_evidence(open: str = "", *, lesson: LessonNumber = "06", text: bool = False) -> None:
    """Show the evidence on the promise of 2015, to be weighed against five explanations.

    Arguments:
        open: the id of the item to open with; the first one if not given.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such item in this lesson.
    """
    _show(Weigher(evidence.check(open, lesson)), text)


def show_proposed_agreed(
    open: str = "", *, lesson: LessonNumber = "06", text: bool = False
) -> None:
    """Show the elements of the deal as proposed, with a guess to make before what was agreed.

    Arguments:
        open: the id of the element to open with; the first one if not given.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: there is no such element in this lesson.
    """
    _show(Workbench(proposed_agreed.check(open, lesson)), text)


def show_forecast_score(open: str = "", *, lesson: LessonNumber = "06", text: bool = False) -> None:
    """Show the learner's forecast scored beside those of 2015, once the outcomes are opened.

    Arguments:
        open: nothing; the statements stand one below the other.
        lesson: the number of the lesson; what opens later stays closed.
        text: print it as plain text instead.

    Raises:
        CyberNormsError: something is to be opened, or it is too early for the outcomes.
    """
    check_open(open, (), "part of the score")
    from_lesson(forecast_score.LESSON, lesson, "outcome of a forecast")
    _show(ForecastScore(), text)


def _explore(
    explorer: Explorer, open: str | Sequence[str], lesson: LessonNumber, text: bool
) -> None:
    """Show an explorer, or print what it opens with."""
    state, _ = explorer.settle(explorer.start(open, lesson))
    if text:
        print(to_text(explorer.blocks(state)))
    else:
        show(ExplorerView(explorer, state))


def _show(view: View, text: bool) -> None:
    """Show a view, or print what it says now."""
    if text:
        print(view.text())
    else:
        show(view)
