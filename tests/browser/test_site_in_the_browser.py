"""The course by a link: read, answered, kept, handed in and marked, with nothing installed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, Route, expect

from cybernorms.classroom.run.class_run import mark_class
from cybernorms.exercises.marking import mark
from cybernorms.exercises.question_files import find_question
from cybernorms.exercises.shipped import shipped_notebooks
from cybernorms.site.build import build, write_site
from cybernorms.site.runtime import read_runtime
from tests.answers import best_answer, worst_answer
from tests.browser.forms import expect_mark, fill_in, press, read_form
from tests.browser.lab import ALL
from tests.browser.visit import ALIVE, COURSE, Visit, card, served, state
from tests.site.runtime import runtime_folder

SET = "exercises/03-norms-and-law"
QUESTION = find_question("law-untouched")
NAME = "Your name, as your teacher knows it"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    write_site(build(read_runtime(runtime_folder())), folder / COURSE)
    with served(folder) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    expect.set_options(timeout=ALIVE)
    visit = Visit(browser, address)
    yield visit
    visit.close()


def asked(path: str) -> list[str]:
    """Return the keys of the questions of a page that are answered in forms."""
    keys = shipped_notebooks()[f"{path}.ipynb"].asks
    return [key for key in keys if find_question(key.split(":")[0]).kind != "value"]


def answer(page: Page, key: str, response: object) -> None:
    """Answer a question and wait until it says that it is saved."""
    form, question = card(page, key), find_question(key)
    fill_in(form, question, response)
    press(form, "Save" if question.kind == "written" else "Check")
    expect_mark(form, mark(question, response))


def hand_in(page: Page, to: Path) -> Path:
    """Write the hand-in and return where its download was put."""
    form = card(page, "hand-in")
    form.get_by_role("textbox", name=NAME, exact=True).fill("Ada Lovelace")
    with page.expect_download() as download:
        press(form, "Write the file")
    path = to / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_an_answer_is_kept_handed_in_and_marked_as_shown(visit: Visit, tmp_path: Path) -> None:
    """Prevents work that is said to be saved from being gone, or marked to other points."""
    page = visit.open(f"{SET}.html")
    answer(page, QUESTION.id, best_answer(QUESTION))
    assert "Saved in this browser" in state(page)
    assert "1 of 11" in (page.locator(".cn-count").text_content() or "")
    page.close()

    page = visit.open(f"{SET}.html")
    form = card(page, QUESTION.id)
    assert read_form(form, QUESTION) == best_answer(QUESTION)
    expect(form.locator(".cn-said").first).to_contain_text("Your answer, saved")
    path = hand_in(page, tmp_path)
    assert json.loads(path.read_bytes())["name"] == "Ada Lovelace"
    mark_class(path, tmp_path / "results", processes=1)
    [line] = (tmp_path / "results" / "gradebook.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert "Ada Lovelace" in line

    assert not visit.complaints
    assert all(url.startswith((visit.address, "blob:", "data:")) for url in visit.asked)


@pytest.mark.endurance
@pytest.mark.parametrize("path", [p for p in shipped_notebooks() if p.startswith("exercises/")])
def test_every_question_of_a_set_is_answered_and_restored(
    path: str, visit: Visit, tmp_path: Path
) -> None:
    """Prevents a kind of question that can't be answered, or comes back as something else."""
    if not ALL:
        pytest.skip("make endurance")
    name = path.removesuffix(".ipynb")
    page = visit.open(f"{name}.html")
    given = {}
    for at, key in enumerate(asked(name)):
        question = find_question(key)
        wrong = at % 3 == 2 and question.kind != "written"
        given[key] = (worst_answer if wrong else best_answer)(question)
        answer(page, key, given[key])
    page.close()
    page = visit.open(f"{name}.html")
    for key, response in given.items():
        question = find_question(key)
        assert mark(question, read_form(card(page, key), question)) == mark(question, response)
    made = hand_in(page, tmp_path)
    mark_class(made, tmp_path / "results", processes=1)
    points = sum(mark(find_question(key), each).points or 0 for key, each in given.items())
    gradebook = (tmp_path / "results" / "gradebook.csv").read_text(encoding="utf-8")
    assert f"{points:g}" in gradebook
    assert not visit.complaints


PAGES = [path.removesuffix(".ipynb") + ".html" for path in shipped_notebooks()]
# A card is a form with the role of a group, so that twenty of them aren't twenty landmarks.
RULES = {"rules": {"aria-allowed-role": {"enabled": False}}}
RECORD = """async name => {
    const root = await navigator.storage.getDirectory();
    const file = await (await root.getDirectoryHandle(name)).getFileHandle("answers.jsonl");
    return (await file.getFile()).text();
}"""


def record_of(page: Page) -> list[dict[str, object]]:
    """Return the lines of the record as the browser has it on its disk."""
    folder = "cybernorms " + quote(f"/{COURSE}/", safe="")
    lines = page.evaluate(RECORD, folder).splitlines()
    return [json.loads(line) for line in lines if line]


def kill(page: Page) -> None:
    """Have the process of a page die at once, with no time to clear up."""
    with contextlib.suppress(Error):
        page.goto("chrome://crash", timeout=5_000)


def test_two_tabs_and_a_killed_one_lose_nothing(visit: Visit) -> None:
    """Prevents "Saved" from meaning less than that: killed at once, and with a tab beside it."""
    one, two = visit.open(f"{SET}.html"), visit.open(f"{SET}.html")
    turns = [(one, 0), (two, 1), (one, 2), (two, 3)]
    keys = [key for key in asked(SET) if find_question(key).kind in ("choice", "several")]
    for page, at in turns:
        page.bring_to_front()
        answer(page, keys[at % len(keys)], best_answer(find_question(keys[at % len(keys)])))
    kill(two)
    lines = record_of(one)
    assert [line["question"] for line in lines] == [keys[at % len(keys)] for _, at in turns]
    assert len({line["seed"] for line in lines if "seed" in line}) == 1


def test_what_cannot_be_kept_is_said_and_a_file_brings_it_back(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    """Prevents answers that are called saved where there is no room, and work that can't move."""
    expect.set_options(timeout=ALIVE)
    visit = Visit(browser, address, profile=tmp_path / "profile")
    page = visit.open(f"{SET}.html")
    first, second = [key for key in asked(SET) if find_question(key).kind == "several"][:2]
    answer(page, first, best_answer(find_question(first)))
    cdp = visit.context.new_cdp_session(page)
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": origin(visit), "quotaSize": 1})
    form, question = card(page, second), find_question(second)
    fill_in(form, question, best_answer(question))
    press(form, "Check")
    expect(form.locator(".cn-said").first).to_contain_text("Not saved")
    assert "no room left" in state(page)
    assert [line["question"] for line in record_of(page)] == [first]
    page.locator(".cn-work > summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my work to a file").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    visit.close()
    other = Visit(browser, address)
    page = other.open("index.html", alive=False)
    page.locator(".cn-work > summary").click()
    page.get_by_label("Take it from a file").set_input_files(saved)
    expect(page.locator(".cn-workbox [role=status]")).to_contain_text("are here now")
    assert [line["question"] for line in record_of(page)] == [first]
    expect(page.locator("#cn-go-on")).to_contain_text("Go on with")
    other.close()


def origin(visit: Visit) -> str:
    return "/".join(visit.address.split("/")[:3])


def test_where_the_browser_keeps_nothing_that_is_said(visit: Visit) -> None:
    """Prevents a private window from promising what it forgets."""
    error = "new DOMException('', 'SecurityError')"
    refuse = f"navigator.storage.getDirectory = () => Promise.reject({error});"

    def answer_with(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=refuse + response.text())

    visit.context.route("**/files/python-*.js", answer_with)
    page = visit.open(f"{SET}.html")
    assert "This browser keeps nothing here" in state(page)
    form = card(page, QUESTION.id)
    fill_in(form, QUESTION, best_answer(QUESTION))
    press(form, "Check")
    expect(form.locator(".cn-said").first).to_contain_text("until you close this tab")


def test_without_scripts_every_page_can_be_read(browser: Browser, address: str) -> None:
    """Prevents a course that is blank for whoever blocks scripts."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in [*PAGES, "index.html"]:
        page.goto(address + path)
        assert len(page.inner_text("main").split()) > 200
        assert "turn JavaScript on" in page.inner_text("body")
    page.goto(f"{address}{SET}.html")
    assert page.get_by_text(QUESTION.prompt).is_visible()
    context.close()


BLOCKED = """address => new Promise(done => {
    const code = `fetch(${JSON.stringify(address)}).then(() => postMessage("let through"),
        error => postMessage(error.name))`;
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    worker.onmessage = ({ data }) => done(data);
})"""


def test_a_page_is_bound_to_its_own_host_and_can_be_used_by_all(
    visit: Visit, tmp_path: Path
) -> None:
    """Prevents a worker that can tell another host, and a page that some can't use."""
    page = visit.open("notebooks/02-un-norms.html")
    assert page.evaluate(BLOCKED, f"{visit.address}index.html") == "let through"
    with served(tmp_path) as elsewhere:
        other = elsewhere.removesuffix(f"{COURSE}/")
        assert page.request.get(other).ok
        assert page.evaluate(BLOCKED, other) == "TypeError"
        assert (
            page.evaluate("other => fetch(other).catch(error => error.name)", other) == "TypeError"
        )
    visit.complaints.clear()  # of the tries
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{visit.address}index.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_options_never_change_their_order_under_a_reader(visit: Visit) -> None:
    """Prevents a click from landing on another option than the one that was read."""
    page = visit.open(f"{SET}.html", alive=False)
    orders = """() => [...document.querySelectorAll("[data-key='law-untouched'] .cn-opts input")]
        .map(each => [getComputedStyle(each).visibility, each.value].join(" "))"""
    page.wait_for_selector("form.cn[data-key='law-untouched']")
    seen = [page.evaluate(orders)]
    while not page.locator("html[data-alive]").count():
        seen.append(page.evaluate(orders))
        page.wait_for_timeout(50)
    visible = {tuple(each) for each in [*seen, page.evaluate(orders)] if "visible" in str(each)}
    assert len(visible) == 1
    assert any("hidden" in str(each) for each in seen)


@pytest.mark.endurance
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_alive_without_a_finding(path: str, visit: Visit) -> None:
    """Prevents a page that some can't use, or in which a card stays still."""
    if not ALL:
        pytest.skip("make endurance")
    page = visit.open(path)
    assert not page.locator("form.cn[aria-busy]").count()
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not visit.complaints


def test_the_course_opens_without_a_connection(browser: Browser, tmp_path: Path) -> None:
    """Prevents a course that stops in a train, and a new version that never arrives."""
    built = build(read_runtime(runtime_folder()))
    write_site(built, tmp_path / COURSE)
    with served(tmp_path) as address:
        visit = Visit(browser, address, offline=True)
        page = visit.open("index.html", alive=False)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        changed = built.files["index.html"].replace(b"one sentence lost", b"a sentence lost")
        (tmp_path / COURSE / "index.html").write_bytes(changed)
        page.reload()
        expect(page.locator("h1")).to_contain_text("a sentence lost")
    page.goto(f"{address}{SET}.html#law-code")
    page.wait_for_selector("html[data-alive]", state="attached")
    answer(page, QUESTION.id, best_answer(QUESTION))
    visit.close()
