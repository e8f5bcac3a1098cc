// The slim bar at the top: lessons with progress, back and next, what can be done with this page,
// and below it one sentence with a button where something has happened.
import { element } from "./dom.js";

const WHERE =
  "The questions and explorers on this page are drawn by short lines of code, which are folded away.";

function nameOf(entry) {
  if (entry.kind === "exercises") return `Exercises ${entry.number}`;
  return entry.number ? `Lesson ${entry.number}` : "In class";
}

/** The bar. `act` has what its buttons do. */
export class Bar {
  constructor(Widget, server, act) {
    this.server = server;
    this.act = act;
    this.widget = new Widget();
    this.widget.id = "cn-bar";
    this.widget.addClass("cn-bar");
    this.row = element("div", { class: "cn-top", role: "banner" });
    this.note = element("div", { class: "cn-word-above", role: "status" });
    this.inner = element("div", {}, this.row, this.note);
    this.widget.node.append(this.inner);
    // Lumino reads the least height of a widget from its style, and again when it is asked.
    new ResizeObserver(() => this.fit()).observe(this.inner);
    window.addEventListener("resize", () => this.fit());
  }

  fit() {
    const height = `${Math.ceil(this.inner.getBoundingClientRect().height)}px`;
    if (this.widget.node.style.minHeight === height) return;
    this.widget.node.style.minHeight = height;
    this.widget.parent?.fit();
  }

  /** Say something, perhaps with a button; nothing takes back what was said. */
  say(words = "", label = "", press = null) {
    const button = label && element("button", { class: "cn-btn", type: "button", onclick: press }, label);
    this.note.replaceChildren(...(words ? [element("span", {}, words), " ", button || ""] : []));
    this.fit();
  }

  /** Draw the bar for one lesson. */
  draw(entries, here) {
    const focused = this.row.contains(document.activeElement) && document.activeElement.dataset.cnName;
    if (this.row.querySelector(":popover-open")) {
      this.count(here);
      return;
    }
    this.row.replaceChildren(
      element("a", { class: "cn-skip", href: "#cn-lesson", onclick: event => this.skip(event) }, "Skip to the lesson"),
      this.nav(entries, here),
      this.here(here),
      this.tools(here),
    );
    this.count(here);
    if (focused) this.row.querySelector(`[data-cn-name="${focused}"]`)?.focus();
  }

  skip(event) {
    event.preventDefault();
    this.act.skip();
  }

  button(name, words, more) {
    return element("button", { type: "button", "data-cn-name": name, ...more }, words);
  }

  nav(entries, here) {
    const menu = element("div", { id: "cn-menu", class: "cn-pop", popover: "auto" });
    menu.append(element("ol", {}, ...entries.map(each => element("li", {}, this.entry(each, here)))));
    const button = this.button("menu", "Lessons", { popovertarget: "cn-menu", "aria-haspopup": "true" });
    this.under(menu, button);
    const side = element("div", { id: "cn-contents-menu", class: "cn-pop", popover: "auto" });
    const contents = this.button("contents", "Contents", { class: "cn-contents", popovertarget: side.id, "aria-haspopup": "true" });
    this.under(side, contents);
    return element("nav", { "aria-label": "Lessons", class: "cn-nav" }, button, menu, contents, side);
  }

  entry(entry, here) {
    const answered = entry.questions ? `${entry.answered} of ${entry.questions}` : "";
    return element(
      "a",
      {
        href: this.server.page(entry.path),
        class: `cn-${entry.kind}`,
        "aria-current": entry.path === here.path ? "page" : null,
      },
      element("b", {}, nameOf(entry)),
      element("span", {}, entry.title),
      element("small", {}, answered),
    );
  }

  here(here) {
    const name = here.number ? nameOf(here) : "";
    const progress = here.questions
      ? element("progress", { max: here.questions, "aria-label": "Questions answered" })
      : null;
    return element(
      "p",
      { class: "cn-here" },
      element("b", {}, element("span", { class: "cn-soft" }, name), " ", here.title),
      here.questions ? element("span", { class: "cn-count" }) : null,
      progress,
    );
  }

  count(here) {
    const count = this.row.querySelector(".cn-count");
    if (!count) return;
    count.replaceChildren(element("span", {}, "Answered "), `${here.answered} of ${here.questions}`);
    this.row.querySelector("progress").value = here.answered;
  }

  tools(here) {
    const page = element("div", { id: "cn-page-menu", class: "cn-pop", popover: "auto" });
    const tools = [
      element("p", {}, WHERE),
      this.button("code", "Show the code", { "aria-pressed": "false", onclick: event => this.act.code(event.target) }),
      this.button("big", "Larger type", { "aria-pressed": `${this.act.isBig()}`, onclick: event => this.act.big(event.target) }),
      this.button("print", "Print my answers", { onclick: () => this.act.print() }),
    ];
    page.append(...(here.questions ? tools : tools.slice(0, 3)));
    const button = this.button("page", "This page", { popovertarget: page.id, "aria-haspopup": "true" });
    this.under(page, button);
    const go = (path, words, arrow) =>
      path &&
      element("a", { href: this.server.page(path), class: "cn-go", "data-cn-name": words }, ...arrow);
    const label = words => element("span", {}, words);
    return element(
      "nav",
      { "aria-label": "This page", class: "cn-nav" },
      button,
      page,
      go(here.back, "Back", ["← ", label("Back")]),
      go(here.next, "Next", [label("Next"), " →"]),
    );
  }

  /** Open a menu under its button, inside the window. */
  under(menu, button) {
    menu.addEventListener("toggle", event => {
      button.setAttribute("aria-expanded", `${event.newState === "open"}`);
      if (event.newState !== "open") return;
      const at = button.getBoundingClientRect();
      const left = Math.min(at.left, window.innerWidth - menu.offsetWidth - 8);
      menu.style.top = `${at.bottom + 4}px`;
      menu.style.left = `${Math.max(8, left)}px`;
      menu.style.maxHeight = `${window.innerHeight - at.bottom - 16}px`;
      menu.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    });
  }
}
