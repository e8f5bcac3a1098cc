"""One card of each kind, and a form for each kind of question, all with a record of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from cybernorms.cards.card import Card
from cybernorms.cards.claim_tracer import ClaimTracer
from cybernorms.cards.clause_lab import ClauseInPlace, ClauseLab
from cybernorms.cards.days import TenDays
from cybernorms.cards.forecast_form import ForecastForm
from cybernorms.cards.forecast_score import ForecastScore
from cybernorms.cards.form import Form
from cybernorms.cards.form_again import FormAgain
from cybernorms.cards.game import GameStep
from cybernorms.cards.hand_in import HandIn
from cybernorms.cards.negotiation_table import NegotiationTable
from cybernorms.cards.pair import PairTable
from cybernorms.cards.policy_coder import PolicyCoder
from cybernorms.cards.reading import Reading
from cybernorms.cards.self_marking import SelfMarking
from cybernorms.cards.sorter import Sorter
from cybernorms.cards.weigher import Weigher
from cybernorms.cards.workbench import Workbench
from cybernorms.document import Paragraph
from cybernorms.exercises.kinds import KINDS
from cybernorms.exercises.question_files import find_question, load_question_sets, read_question
from cybernorms.exercises.record import Record
from cybernorms.exercises.withheld import withhold
from cybernorms.pages import conflicts, error_hunt, incidents, law_or_norm, policy_coder
from cybernorms.pages.clause_lab import LabState
from cybernorms.pages.forecast import QUESTION
from cybernorms.pages.game import step_ids
from tests.explorers import PAGES, explore
from tests.factories import ANYTHING, made_up, made_up_table

Make = Callable[[Record], Card]
FORMS = [kind for kind in KINDS if kind != "value"]


def _form(kind: str) -> Make:
    return lambda record: Form(made_up(kind, passages=[]), record)


def _withheld(kind: str) -> Make:
    def make(record: Record) -> Card:
        table = withhold(made_up_table(kind, passages=[]))
        return Form(read_question(table, "made_up.toml", ANYTHING), record)

    return make


def _explorer(page: str) -> Make:
    return lambda record: explore(page, lesson="06")


def _sorter(sheets: Callable[[Record], Any]) -> Make:
    return lambda record: Sorter("Sorter", sheets(record), record=record)


SORTERS: Mapping[str, Make] = {
    "law or norm": _sorter(lambda record: [law_or_norm.sheet()]),
    "incidents": _sorter(lambda record: incidents.sheets("06")),
    "error hunt": _sorter(lambda record: error_hunt.hunt_sheets()),
    "policy coder": lambda record: PolicyCoder(
        "Sorter", policy_coder.sheets(record), record=record
    ),
    "conflicts": _sorter(lambda record: conflicts.sheets()),
}
OTHERS: Mapping[str, Make] = {
    "asked again": lambda record: FormAgain(find_question("start-source"), record),
    "forecast form": lambda record: ForecastForm(find_question(QUESTION), record),
    "forecast score": ForecastScore,
    "claim tracer": lambda record: ClaimTracer(record=record),
    "clause": lambda record: ClauseInPlace(LabState()),
    "clause lab": lambda record: ClauseLab(record=record),
    **{f"game, {step}": partial(GameStep, step) for step in step_ids()},
    "workbench": lambda record: Workbench(record=record),
    "ten days": lambda record: TenDays("06"),
    "weigher": lambda record: Weigher(record=record),
    "hand in": lambda record: HandIn("Ada", load_question_sets(), record),
    "negotiation": lambda record: NegotiationTable(record=record),
    "pair": lambda record: PairTable(record=record),
    "self-marking": lambda record: SelfMarking(made_up("written"), record),
    "a page": lambda record: Reading("A page", lambda: [Paragraph("Text")], changes=True),
}
EVERY_CARD: Mapping[str, Make] = {
    **{f"form of kind {kind}": _form(kind) for kind in FORMS},
    **{f"withheld {kind}": _withheld(kind) for kind in FORMS},
    **{f"explorer {page}": _explorer(page) for page in PAGES},
    **SORTERS,
    **OTHERS,
}
