from tests.browser.lab import Desk, Lab, Notebook


def test_look(lab: Lab, shared_page) -> None:
    desk = Desk(lab.root, "look")
    page = shared_page
    page.set_viewport_size({"width": 1366, "height": 900})
    lesson = Notebook(page, f"{desk.name}/notebooks/02-un-norms.ipynb").run_all()
    page.wait_for_timeout(1500)
    open("/tmp/w/l2shots/text.txt", "w").write(lesson.panel.inner_text())
    outer = page.locator(".jp-WindowedPanel-outer").last
    h = outer.evaluate("e=>[e.scrollHeight,e.clientHeight]")
    print(h)
    import json

    tops = outer.evaluate(
        "e=>[...e.querySelectorAll('.jp-Cell')].map(c=>[c.getBoundingClientRect().height, c.textContent.slice(0,40)])"
    )
    open("/tmp/w/l2shots/heights.txt", "w").write(json.dumps([h] + tops, indent=0))
    y = 0
    i = 0
    while y < h[0] and i < 60:
        outer.evaluate(f"e=>e.scrollTop={y}")
        page.wait_for_timeout(150)
        page.screenshot(path=f"/tmp/w/l2shots/s{i:02}.png")
        y += h[1] - 40
        i += 1
