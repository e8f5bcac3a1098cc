"""Quick hands: a seeded learner who changes fields and presses while the kernel is busy.

What a press should save is noted in the page at the press, before its message leaves, by an eye
that reads the screen and knows no card. What a card claims is noted at each change of the page.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from cybernorms.corpus.claims import JUDGEMENTS
from cybernorms.exercises.feedback import headline
from cybernorms.exercises.hand_in import AGAIN
from cybernorms.exercises.kinds import (
    Choice,
    Clause,
    Forecast,
    Match,
    Number,
    Order,
    Several,
    Value,
    Written,
)
from cybernorms.exercises.marking import Mark, mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.questions import Question
from cybernorms.exercises.record import Record
from cybernorms.pages import clause_lab, conflicts, error_hunt, evidence, incidents, law_or_norm
from cybernorms.pages.proposed_agreed import GUESSES
from cybernorms.pages.sheet import Sheet
from tests.browser.forms import SCREEN, response_of
from tests.browser.lab import Notebook
from tests.paths import ROOT

LONGEST_GAP = 1000
LOOP = "import time\nend = time.time() + 2\nwhile time.time() < end: sum(range(1000))"

Step = tuple[str, int, Any]
"""What is done to a card: the deed, to which field, and how."""

# In a page: note what cards claim, at each change of it.
_WATCH = (
    "const screenOf = "
    + SCREEN
    + """;
    window.cnClaims = [];
    window.cnPresses = [];
    const seen = new Set();
    const look = form => {
        if (!form.isConnected || !form.dataset.use) return;
        const line = form.querySelector('.cn-said');
        const word = form.querySelector('.cn-result .cn-v')?.textContent ?? '';
        const saved = line?.dataset.at === 'saved' ? line.textContent : '';
        const whys = form.querySelectorAll('.cn-why').length;
        if (!word && !saved && !whys) return;
        const claim = { key: form.dataset.key, screen: screenOf(form), word, saved, whys };
        const text = JSON.stringify(claim);
        if (!seen.has(text)) { seen.add(text); window.cnClaims.push(claim); }
    };
    const at = node => (node instanceof Element ? node : node.parentElement)?.closest('form.cn');
    window.cnWatch?.disconnect();
    window.cnWatch = new MutationObserver(changes => {
        for (const form of new Set(changes.map(each => at(each.target)))) if (form) look(form);
    });
    window.cnWatch.observe(notebook.node,
        { subtree: true, childList: true, characterData: true, attributes: true });
    for (const kind of ['input', 'change', 'click'])
        notebook.node.addEventListener(kind, event => {
            const form = at(event.target);
            if (form) setTimeout(() => look(form));
        });
"""
)

# In a page: do the steps on each card, all cards at the same time, each step after its gap.
_ACT = (
    "const screenOf = "
    + SCREEN
    + """;
    const soon = milliseconds => new Promise(done => setTimeout(done, milliseconds));
    const cells = notebook.content.widgets;
    const tell = (field, kind) => field.dispatchEvent(new Event(kind, { bubbles: true }));
    async function drawn(seat) {
        for (let tries = 0; tries < 6000; tries += 1) {
            const cell = cells.find(each => each.model.id === seat.cell).node;
            const form = cell.querySelectorAll('form.cn')[seat.at];
            if (form?.querySelector('.cn-body > *')) return form;
            await soon(5);
        }
        throw new Error(`no card in ${seat.cell}`);
    }
    const FIELDS = '.cn-fields select, .cn-fields fieldset';
    const isSeen = node => node && node.checkVisibility();
    const note = (form, seat, what) => window.cnPresses.push({
        seat: seat.number, key: form.dataset.key, screen: screenOf(form),
        fields: [...form.querySelectorAll(FIELDS)].map(
            each => each.querySelector(':checked')?.value ?? each.value),
        slots: Object.fromEntries([...form.querySelectorAll('.cn-slot')].map(
            each => [each.dataset.slot, each.dataset.value])),
        state: form.dataset.state, ...what });
    async function act(seat) {
        for (const [gap, [deed, at, how]] of seat.steps) {
            if (gap) await soon(gap);
            const form = await drawn(seat);
            const again = form.querySelector('[data-again]');
            if (deed !== 'press' && isSeen(again)) again.click();
            const ask = form.querySelector('.cn-ask');
            if (deed === 'tick') ask?.querySelectorAll('.cn-opts input')[at].click();
            if (deed === 'line') {
                const list = ask.querySelectorAll('select')[at];
                const chips = ask.querySelectorAll('.cn-rows fieldset')[at];
                if (list) { list.selectedIndex = how + 1; tell(list, 'change'); }
                else chips.querySelectorAll('input')[how].click();
            }
            if (deed === 'type') {
                const field = ask.querySelectorAll('input[type=text], textarea')[at];
                field.value = how;
                tell(field, 'input');
            }
            if (deed === 'slide') {
                const field = ask.querySelectorAll('input[type=range]')[at];
                field.value = how;
                tell(field, 'input');
            }
            if (deed === 'move') {
                const rows = ask.querySelectorAll('.cn-order > li');
                rows[at].querySelectorAll('.cn-arrows button')[how].click();
            }
            if (deed === 'field') {
                const field = [...form.querySelectorAll(FIELDS)].at(at);
                const many = field.options ?? field.querySelectorAll('input');
                if (!field.options) many[how % many.length].click();
                else { field.selectedIndex = how % many.length; tell(field, 'change'); }
            }
            if (deed === 'slot') {
                const slots = [...form.querySelectorAll('.cn-slot:not([tabindex="-1"])')];
                slots[at].click();
                const choices = form.querySelectorAll('.cn-choices input');
                choices[how % choices.length]?.click();
            }
            if (deed === 'pick') {
                const button = form.querySelectorAll('.cn-deck .cn-big .cn-btn')[how];
                if (!button) continue;
                const place = Number(form.querySelector('.cn-deck .cn-kicker b').textContent
                    .match(/(\\d+) of/)[1]);
                note(form, seat, { place, value: button.value });
                button.click();
            }
            if (deed === 'go') {
                const buttons = [...form.querySelectorAll('.cn-acts .cn-btn')];
                buttons.find(each => each.textContent.startsWith(how))?.click();
            }
            if (deed === 'press') {
                const button = form.querySelector('.cn-do');
                if (!isSeen(button) || button.getAttribute('aria-disabled') === 'true') continue;
                note(form, seat, {});
                button.click();
            }
        }
    }
    await Promise.all(argument.map(act));
    return window.cnPresses.splice(0);
"""
)

RUN_ALL = (
    "window.jupyterapp.shell.activateById(notebook.id);"
    "window.jupyterapp.commands.execute('notebook:run-all-cells');"
)
COMPUTE = f"notebook.sessionContext.session.kernel.requestExecute({{ code: {LOOP!r} }});"
BUSY = {"idle": "", "run all": RUN_ALL, "a cell computes": COMPUTE}


def _another(generator: random.Random, many: int, *but: int) -> int:
    return generator.choice([each for each in range(many) if each not in but])


def _lines(counts: Sequence[int], generator: random.Random) -> list[Step]:
    """Return a choice in every line, and two more in the last one."""
    steps: list[Step] = [("line", at, generator.randrange(many)) for at, many in enumerate(counts)]
    at, last = len(counts) - 1, steps[-1][2]
    other = _another(generator, counts[-1], last)
    return [*steps, ("line", at, other), ("line", at, last)]


def _typed(at: int, text: str) -> list[Step]:
    return [("type", at, text[:end]) for end in range(1, len(text) + 1)]


def changes_of(question: Question, generator: random.Random) -> list[Step]:
    """Return changes that a learner might make, the same field more than once among them."""
    match question:
        case Choice():
            many = len(question.options)
            first = generator.randrange(many)
            return [("tick", first, None), ("tick", _another(generator, many, first), None)]
        case Several():
            boxes = generator.sample(range(len(question.options)), 3)
            return [("tick", box, None) for box in (*boxes, boxes[-1], boxes[-1])]
        case Match():
            return _lines([len(question.categories)] * len(question.items), generator)
        case Clause():
            return _lines([len(each.options) for each in question.parts], generator)
        case Order():
            rows = [generator.randrange(1, len(question.items) - 1) for _ in range(3)]
            return [("move", row, generator.randrange(2)) for row in rows]
        case Number():
            return _typed(0, str(generator.randrange(100, 10_000)))
        case Forecast():
            steps: list[Step] = []
            for at in range(len(question.statements)):
                steps += _typed(at, str(generator.randrange(10, 100)))
            return [*steps, ("slide", 0, 5 * generator.randrange(21))]
        case Written():
            words = generator.sample(question.exemplar.split(), 12)
            return [("type", 0, " ".join(words[:end])) for end in (4, 5, 6, 9, 12)]
    raise TypeError(f"nobody knows how to change a {question.kind}")


PRESS: Step = ("press", 0, None)


@dataclass
class Seat:
    """A card to work at: in which cell, and which of the cards there."""

    cell: str
    at: int = 0
    kind = ""

    def steps(self, generator: random.Random) -> list[Step]:
        """Return changes and presses that a learner might make."""
        raise NotImplementedError

    def wanted(self, press: Mapping[str, Any]) -> Any:
        """Return what a press has to save, by what the screen showed; None for nothing."""
        raise NotImplementedError

    def agrees(self, saved: Any, wanted: Any) -> bool:
        return bool(saved == wanted)


@dataclass
class FormSeat(Seat):
    """A question."""

    question: Question = field(default_factory=lambda: find_question("start-source"))

    @property
    def kind(self) -> str:  # type: ignore[override]
        return self.question.kind

    def steps(self, generator: random.Random) -> list[Step]:
        changes = changes_of(self.question, generator)
        after = changes_of(self.question, generator)
        match generator.randrange(4):
            case 0:  # changed after the press
                return [*changes, PRESS, after[-1]]
            case 1:  # pressed twice, for two answers
                return [*changes, PRESS, *after, PRESS]
            case 2:
                return [*changes, PRESS, PRESS]
        return [*changes, PRESS]

    def wanted(self, press: Mapping[str, Any]) -> Any:
        response = response_of(self.question, press["screen"])
        return response if is_kept(mark(self.question, response)) else None

    def agrees(self, saved: Any, wanted: Any) -> bool:
        return same_answer(self.question, saved, wanted)


def is_kept(given: Mark) -> bool:
    return given.state in ("marked", "awaiting teacher")


def same_answer(question: Question, one: Any, other: Any) -> bool:
    """Return whether two responses are the same, in whatever order several are listed."""
    if isinstance(question, Several):
        return sorted(one or ()) == sorted(other or ())
    return bool(one == other)


@dataclass
class DeckSeat(Seat):
    """A sheet to sort: each press of a large button is kept."""

    sheet: Sheet = field(default_factory=law_or_norm.sheet)
    kind = "deck"

    def steps(self, generator: random.Random) -> list[Step]:
        many = min(len(each) for each in map(self.sheet.choices, self.sheet.lines))
        steps: list[Step] = [("go", 0, "From the start")]
        for _ in range(generator.randrange(2, 5)):
            picks = [
                ("pick", 0, generator.randrange(many)) for _ in range(generator.choice([1, 2]))
            ]
            steps += [*picks, ("go", 0, generator.choice(["Next", "Next", "← Back"]))]
        return steps

    def wanted(self, press: Mapping[str, Any]) -> Any:
        return list(self.sheet.lines)[press["place"] - 1], press["value"]

    def agrees(self, saved: Any, wanted: Any) -> bool:
        item, value = wanted
        return bool(saved[item] == value)


@dataclass
class WeigherSeat(DeckSeat):
    """The evidence weigher, which is a deck too."""

    kind = "weigher"

    def steps(self, generator: random.Random) -> list[Step]:
        many = len([each for each in evidence.WEIGHTS if each])
        steps: list[Step] = [("go", 0, "From the start")]
        for _ in range(4):
            steps += [("pick", 0, generator.randrange(many)), ("go", 0, "Next")]
        return steps

    def wanted(self, press: Mapping[str, Any]) -> Any:
        return evidence.item_ids()[press["place"] - 1], press["value"]

    def agrees(self, saved: Any, wanted: Any) -> bool:
        item, value = wanted
        return float(saved["items"][item]) == float(value)


@dataclass
class JudgedSeat(Seat):
    """The claim tracer: a judgement of each of several claims."""

    texts: Mapping[str, str] = field(default_factory=lambda: JUDGEMENTS)
    kind = "tracer"

    def steps(self, generator: random.Random) -> list[Step]:
        many = len(self.texts)
        steps: list[Step] = []
        for _ in range(2):
            ticks = [("tick", generator.randrange(many), None) for _ in range(2)]
            steps += [("field", -1, generator.randrange(8)), *ticks, PRESS]
            if generator.random() < 0.5:
                steps += [("go", 0, "Next step"), ("tick", generator.randrange(many), None), PRESS]
        return steps

    def wanted(self, press: Mapping[str, Any]) -> Any:
        chosen = press["screen"]
        if not chosen:
            return None
        return next(id for id, text in self.texts.items() if text == chosen[0])


@dataclass
class WorkbenchSeat(JudgedSeat):
    """The workbench: a guess for each element, the first of which stays."""

    guessed: set[str] = field(default_factory=set)
    kind = "workbench"

    def wanted(self, press: Mapping[str, Any]) -> Any:
        want = super().wanted(press)
        if press["key"] in self.guessed:
            return None
        if want is not None:
            self.guessed.add(press["key"])
        return want

    def steps(self, generator: random.Random) -> list[Step]:
        many = len(self.texts)
        steps: list[Step] = []
        for _ in range(2):
            ticks = [("tick", generator.randrange(many), None) for _ in range(2)]
            steps += [*ticks, PRESS, ("go", 0, "Next element")]
        return steps


@dataclass
class LabSeat(Seat):
    """The clause lab: a clause that is edited in place, and a button that keeps it."""

    kind = "clause lab"

    def steps(self, generator: random.Random) -> list[Step]:
        many = len(clause_lab.choice_fields())
        changes = [("slot", generator.randrange(many), generator.randrange(3)) for _ in range(3)]
        return [*changes, PRESS]

    def wanted(self, press: Mapping[str, Any]) -> Any:
        return press["slots"]


_MAKERS: dict[str, Any] = {
    "show_forecast()": lambda cell: FormSeat(cell, 0, find_question("report-forecast")),
    "show_claims": lambda cell: JudgedSeat(cell),
    "show_law_or_norm": lambda cell: DeckSeat(cell, 0, law_or_norm.sheet()),
    "show_error_hunt": lambda cell: DeckSeat(cell, 0, error_hunt.hunt_sheets()[0]),
    "show_incidents": lambda cell: DeckSeat(cell, 0, incidents.sheets("02")[0]),
    "show_conflicts": lambda cell: DeckSeat(cell, 0, conflicts.sheets()[0]),
    "show_evidence": lambda cell: WeigherSeat(cell),
    "show_proposed_agreed": lambda cell: WorkbenchSeat(cell, 0, GUESSES),
    "show_clause_lab": lambda cell: LabSeat(cell),
}


def seats_of(path: str) -> list[Seat]:
    """Return the cards of a notebook that save something at a press."""
    found: list[Seat] = []
    for cell in json.loads((ROOT / path).read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or "import" in source:
            continue
        for at, id in enumerate(re.findall(r'^ask\("([^"]+)"', source, re.MULTILINE)):
            question = find_question(id)
            if not isinstance(question, Value):
                found.append(FormSeat(cell["id"], at, question))
        found += [make(cell["id"]) for call, make in _MAKERS.items() if source.startswith(call)]
    return found


def gaps_for(many: int, generator: random.Random) -> list[int]:
    """Return waits before each step: all of them short in half of the tries, as hands are."""
    longest = generator.choice([0, 60, 300, LONGEST_GAP])
    return [generator.randrange(longest + 1) for _ in range(many)]


def settle(notebook: Notebook) -> None:
    """Wait until the kernel is idle, and no card waits for an answer or has just been redrawn."""
    calm = 0
    for _ in range(600):
        notebook.wait_ready()
        waits = notebook.panel.locator("form.cn[data-state=wait], .cn-said[data-at=wait]").count()
        calm = 0 if waits else calm + 1
        if calm == 4:
            return
        notebook.page.wait_for_timeout(100)
    raise AssertionError("the cards never come to rest")


class Round:
    """Steps at several cards of a notebook at the same time, and what came of them."""

    def __init__(self, notebook: Notebook, record: Record, seats: Sequence[Seat]) -> None:
        self.notebook, self.record, self.seats = notebook, record, seats
        self.saved = 0

    def play(self, busy: str, seed: int) -> list[str]:
        """Do seeded steps while the kernel is busy with something; return what went wrong."""
        history = self.record.read()
        begun = len(history.answers)
        for seat in self.seats:
            if isinstance(seat, WorkbenchSeat):
                seat.guessed = {each.question for each in history.answers}
        plan = []
        for number, seat in enumerate(self.seats):
            generator = random.Random(1000 * seed + number)
            steps = seat.steps(generator)
            gaps = gaps_for(len(steps), generator)
            timed = list(zip(gaps, steps, strict=True))
            plan.append({"number": number, "cell": seat.cell, "at": seat.at, "steps": timed})
        self.notebook._ask(_WATCH)
        presses = self.notebook._ask(BUSY[busy] + _ACT, plan)
        settle(self.notebook)
        claims = self.notebook.page.evaluate("window.cnClaims")
        wrong = [*self._wrong_answers(presses, begun), *self._wrong_claims(claims)]
        return [f"{busy}, seed {seed}: {each}" for each in [*wrong, *self._wrong_rest()]]

    def _wrong_answers(self, presses: Sequence[Mapping[str, Any]], begun: int) -> list[str]:
        """Compare what was saved with what was on the screen at each press, in order."""
        wrong = []
        answers = self.record.read().answers[begun:]
        wanted: dict[str, list[tuple[Seat, Any]]] = {}
        for press in presses:
            seat = self.seats[press["seat"]]
            if (want := seat.wanted(press)) is not None:
                wanted.setdefault(press["key"], []).append((seat, want))
        for key, each in wanted.items():
            saved = [answer.response for answer in answers if answer.question == key]
            self.saved += len(each)
            shown = [want for _, want in each]
            if len(saved) != len(shown):
                wrong.append(f"{key}: pressed for {shown!r}, saved {saved!r}")
                continue
            for one, (seat, want) in zip(saved, each, strict=True):
                if not seat.agrees(one, want):
                    wrong.append(f"{key}: the screen showed {want!r}, saved is {one!r}")
        return wrong

    def _forms(self) -> dict[str, FormSeat]:
        found = {}
        for seat in self.seats:
            if isinstance(seat, FormSeat):
                again = AGAIN if seat.cell.startswith("again") else ""
                found[seat.question.id + again] = seat
        return found

    def _wrong_claims(self, claims: Sequence[Mapping[str, Any]]) -> list[str]:
        """Return each moment in which something was claimed of another answer than a saved one."""
        wrong = []
        history = self.record.read()
        for claim in claims:
            seat = self._forms().get(claim["key"])
            if seat is None:
                continue
            response = response_of(seat.question, claim["screen"])
            saved = [each.response for each in history.answers if each.question == claim["key"]]
            if not any(seat.agrees(each, response) for each in saved):
                wrong.append(f"claimed of what was never saved: {claim!r}, saved {saved!r}")
            fared = headline(mark(seat.question, response))
            if claim["word"] and not fared.startswith(claim["word"].partition(":")[0]):
                wrong.append(f"the verdict on another answer: {claim!r}, not {fared!r}")
        return wrong

    def _wrong_rest(self) -> list[str]:
        """Return the forms that say "Saved" at rest over another answer than the last one."""
        wrong = []
        history = self.record.read()
        for key, seat in self._forms().items():
            form = self.notebook.cell(seat.cell).locator("form.cn").nth(seat.at)
            at = form.locator(".cn-said").first.get_attribute("data-at")
            last = history.last(key)
            if at != "saved":
                continue
            screen = response_of(seat.question, form.evaluate(SCREEN))
            if last is None or not seat.agrees(last.response, screen):
                wrong.append(f"{key} says it is saved: {screen!r}, the record has {last!r}")
        return wrong


def slow_down(page: Page, times: int) -> None:
    """Have a page run so many times slower than it could."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
