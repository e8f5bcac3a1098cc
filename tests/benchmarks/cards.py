"""Measure in a browser how soon a card shows what a control was set to, and how a press went.

Exits with 1 where the median of either is over its limit. The kernel is idle; both times are taken
in the page, from the event to the changed page. What of it the kernel needs itself is shown beside.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

CHANGES, PRESSES = 50, 30
LIMIT = 50  # milliseconds

# In a page: set each norm in turn; note how long the card takes to show it.
CHANGE = """async ([form, changes]) => {
    const body = form.querySelector('.cn-body');
    const times = [];
    for (let number = 1; number <= changes; number += 1) {
        const norm = [...form.querySelectorAll('.cn-fields > *')]
            .find(each => each.textContent.startsWith('Norm')); // it may have been drawn anew
        const inputs = [...norm.querySelectorAll('input')];
        const list = norm.querySelector('select');
        const many = list ? list.options.length : inputs.length;
        const changed = new Promise(done => {
            const observer = new MutationObserver(all => {
                if (!all.some(each => [...each.addedNodes].some(
                    node => node.classList?.contains('cn-html')))) return;
                observer.disconnect();
                done(performance.now());
            });
            observer.observe(body, { childList: true });
        });
        const begin = performance.now();
        const next = ((list?.selectedIndex ?? inputs.findIndex(each => each.checked)) + 1) % many;
        if (list) {
            list.selectedIndex = next;
            list.dispatchEvent(new Event('change', { bubbles: true }));
        } else inputs[next].click();
        times.push(await changed - begin);
        await new Promise(done => setTimeout(done, 50));
    }
    return times;
}"""

# In a page: answer, press, and note how long it takes until the card says that it is saved.
PRESS = """async ([form, presses]) => {
    const times = [];
    const options = form.querySelectorAll('.cn-opts input').length;
    for (let number = 0; number < presses; number += 1) {
        if (form.dataset.state === 'done') form.querySelector('[data-again]').click();
        form.querySelectorAll('.cn-opts input')[number % options].click();
        const told = new Promise(done => {
            const observer = new MutationObserver(() => {
                if (form.dataset.state !== 'done') return;
                observer.disconnect();
                done(performance.now());
            });
            observer.observe(form, { attributes: true });
        });
        const begin = performance.now();
        form.querySelector('.cn-do').click();
        times.push(await told - begin);
        await new Promise(done => setTimeout(done, 50));
    }
    return times;
}"""


def in_the_kernel() -> tuple[float, float]:
    """Return what the kernel itself needs for a change and for a press, in milliseconds."""
    from cybernorms.cards.explorer import ExplorerCard
    from cybernorms.cards.form import Form
    from cybernorms.exercises.question_files import find_question
    from cybernorms.exercises.record import Record
    from cybernorms.pages.norms import EXPLORER

    explorer = ExplorerCard(EXPLORER, EXPLORER.start("", "02"))
    field = next(each for each in EXPLORER.fields() if each.name == "letter")
    letters = [value for _, value in field.offers(explorer.state_shown)]
    with tempfile.TemporaryDirectory() as folder:
        question = find_question("un-voluntary")
        form = Form(question, Record(Path(folder)))
        values = [{"answer": each.id} for each in question.options]  # type: ignore[attr-defined]
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(CHANGES):
            letter = letters[(number + 1) % len(letters)]
            change = {"do": "change", "name": "letter", "values": {"letter": letter}}
            press = {"do": "press", "name": "check", "values": values[number % len(values)]}
            for card, message, each in ((explorer, change, times[0]), (form, press, times[1])):
                begin = perf_counter()
                card.receive(message)
                card.describe()
                each.append(1000 * (perf_counter() - begin))
    return statistics.median(times[0]), statistics.median(times[1])


def in_the_page() -> tuple[list[float], list[float]] | None:
    """Return the times of all changes and presses in a browser, None where there is none."""
    from playwright.sync_api import sync_playwright

    from tests.browser.lab import (
        BROWSER_ARGUMENTS,
        HOW_TO_GET_A_BROWSER,
        Desk,
        Lab,
        Notebook,
        find_browser,
        open_lab,
    )

    program = find_browser()
    if program is None:
        print(HOW_TO_GET_A_BROWSER)
        return None
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "root").mkdir()
        lab = Lab(Path(folder) / "own", Path(folder) / "root").start()
        try:
            browser = playwright.chromium.launch(executable_path=program, args=BROWSER_ARGUMENTS)
            page = browser.new_page(viewport={"width": 1366, "height": 900})
            path = f"{Desk(lab.root, 'bench').name}/notebooks/02-un-norms.ipynb"
            open_lab(page, lab, "bench", path)
            notebook = Notebook(page, path, opened=True).run_all()
            explorer = notebook.card("explorer").element_handle()
            form = notebook.card("ask-voluntary").element_handle()
            notebook.card("explorer").scroll_into_view_if_needed()
            changes: list[float] = page.evaluate(CHANGE, [explorer, CHANGES])
            notebook.card("ask-voluntary").scroll_into_view_if_needed()
            presses: list[float] = page.evaluate(PRESS, [form, PRESSES])
            notebook.discard_changes()
            browser.close()
        finally:
            lab.stop()
    return changes, presses


def main() -> int:
    """Print a line for each measurement, and return 0 where all hold."""
    measured = in_the_page()
    kernel = in_the_kernel()
    held = True
    names = ("control to screen", "press to verdict")
    for name, times, own in zip(names, measured or (), kernel, strict=False):
        median = statistics.median(times)
        late = sorted(times)[int(0.9 * len(times))]
        held = held and median <= LIMIT
        print(
            f"{name}: {median:.0f} ms at the median of {len(times)}, {late:.0f} ms at nine of ten "
            f"(limit {LIMIT} ms), of which the kernel's own {own:.1f} ms"
        )
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
