// One card: it draws what the kernel describes, sends each press with all that is on the screen, and
// never shows a word on an answer that is not the one on the screen.
import { h } from "./dom.js";
import { forgetTyped, keepTyped, readTyped } from "./keep.js";
import { drawPart, unanswered } from "./parts.js";

const SOON = 200; // milliseconds until what is typed is kept in the browser
const DRAFT = 1500; // … until the kernel hears of a text that is being written
const SLOW = 300; // … until a wait is shown where nothing is saved
const PATIENCE = 8000; // … until it is said that no answer comes

const MOMENT = "One moment …";
const AGAIN = "Run this lesson again";
const LOST = {
  gone: ["This card lost its connection.", "What you saved is safe."],
  late: ["No answer yet.", "The lesson is busy, or it has stopped."],
  away: ["Not connected just now.", "This goes on by itself once the connection is back."],
};
const STILL_HERE = "What you filled in is still here.";
const BY_HAND = "In the menu, choose Run, then Run All Cells. What you filled in will be put back.";

let cards = 0;

const same = (one, two) => JSON.stringify(one ?? null) === JSON.stringify(two ?? null);
const isEmpty = value =>
  value === null || value === undefined || value === "" || Object.keys(Object(value)).length === 0;

/** Return a moment as a reader would say it. */
function when(milliseconds) {
  const moment = new Date(milliseconds);
  const time = moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const today = moment.toDateString() === new Date().toDateString();
  return today ? time : `${moment.toLocaleDateString([], { day: "numeric", month: "long" })}, ${time}`;
}

export class Card {
  /**
   * @param {Element} root where the card is drawn.
   * @param {(message: object) => void} send takes a message to whoever answers.
   */
  constructor(root, send) {
    this.send = send;
    this.id = `cn${(cards += 1)}`;
    this.me = `${this.id}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
    this.count = 0; // of changes and messages
    this.edited = 0; // the last change that no reply has covered
    this.waiting = null; // the press that is not answered yet
    this.superseded = false; // something was changed between a press and its answer
    this.reopened = false; // for another answer
    this.lost = null;
    this.keptHere = null; // whether this browser has what is filled in
    this.keeping = Promise.resolve();
    this.timers = {};
    this.drawn = [];
    this.controls = {};
    this.aloud = h("p", { class: "cn-hide", role: "status" });
    this.body = h("div", { class: "cn-body" });
    this.offer = h("div", { class: "cn-offer", hidden: true });
    this.trouble = h("div", { class: "cn-lost", role: "alert", hidden: true });
    this.form = h(
      "form",
      {
        class: "cn",
        role: "group",
        novalidate: true,
        onsubmit: event => event.preventDefault(),
        onkeydown: event => this.key(event),
      },
      this.aloud,
      this.body,
      this.offer,
      this.trouble,
    );
    this.context = {
      id: this.id,
      memory: {},
      changed: () => this.change(),
      live: name => this.changeLive(name),
      press: (name, item) => this.press(name, item),
      again: () => this.reopen(),
      off: () => ["done", "closed"].includes(this.form.dataset.state),
      announce: text => this.announce(text),
      saidNode: () => h("span", { class: "cn-said" }),
      drawn: () => this.setState(),
    };
    this.listen();
    root.append(this.form);
  }

  listen() {
    const heard = new AbortController();
    const { signal } = heard;
    this.heard = heard;
    window.addEventListener(
      "cybernorms:kernel",
      ({ detail }) => detail.panel.contains(this.form) && this.lose(detail.state),
      { signal },
    );
    const hurry = () => this.timers.keep && this.keepNow();
    window.addEventListener("pagehide", hurry, { signal });
    document.addEventListener("visibilitychange", hurry, { signal });
  }

  remove() {
    if (this.timers.keep) this.keepNow();
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.heard.abort();
    this.form.remove();
  }

  // What the kernel says

  /** Show a description: the first, the answer to a message, or what another view has led to. */
  show(description) {
    const { sender = "", number = 0, saved = false } = description.reply ?? {};
    const mine = sender === this.me;
    const answers = mine && this.waiting !== null && number >= this.waiting;
    const before = this.described;
    this.described = description;
    if (mine) this.calm();
    if (answers) this.settle();
    if (this.edited && mine && number >= this.edited) {
      this.edited = 0;
      this.superseded = false;
      this.reopened = false;
      if (saved) this.forget();
    } else if (this.edited && answers && description.keeps) {
      this.superseded = true;
    } else if (answers) {
      this.reopened = false;
    }
    this.draw();
    if (answers) this.tell();
    if (mine && saved) this.dispatch("saved", { key: description.key });
    if (before?.store !== description.store) this.restore();
    openReadings(this.form);
  }

  draw() {
    const { described } = this;
    const newer = Boolean(this.edited || this.reopened);
    const held = newer ? this.read() : {};
    const parts = newer && described.keeps ? described.parts.map(unanswered) : described.parts;
    this.keepFocus(() => {
      this.place(parts.filter(Boolean));
      for (const [name, control] of Object.entries(this.controls)) {
        const value = name in held ? held[name] : described.values[name];
        if (!same(control.read(), value)) control.write(value);
        else if (control.key && !control.node.children.length) control.write(value);
      }
    });
    this.form.setAttribute("aria-label", described.label);
    this.form.classList.toggle("cn-wide", Boolean(described.wide));
    for (const name of ["key", "use"]) {
      if (described[name]) this.form.dataset[name] = described[name];
    }
    this.form.toggleAttribute("data-answered", Boolean(described.answered));
    this.setState();
  }

  /** Draw parts, and leave alone those that are as before. */
  place(parts) {
    const before = [...this.drawn];
    this.drawn = parts.map(part => {
      const json = JSON.stringify(part);
      const at = before.findIndex(each => each?.json === json);
      if (at < 0) return { json, ...drawPart(part, this.context) };
      const [kept] = before.splice(at, 1, null);
      return kept;
    });
    const nodes = this.drawn.map(each => each.node);
    for (const child of [...this.body.children]) if (!nodes.includes(child)) child.remove();
    nodes.forEach((node, at) => {
      if (this.body.children[at] !== node) this.body.insertBefore(node, this.body.children[at] ?? null);
    });
    this.controls = Object.assign({}, ...this.drawn.map(each => each.controls));
    this.main = this.drawn.find(each => each.main)?.main ?? null;
  }

  /** Do something that may draw the element with the focus anew, and bring the focus back. */
  keepFocus(act) {
    const active = document.activeElement;
    const inside = this.form.contains(active);
    const name = inside ? active.dataset.f : "";
    act();
    if (!inside || (document.activeElement === active && this.form.contains(active))) return;
    const again = name && [...this.form.querySelectorAll("[data-f]")].find(each => each.dataset.f === name);
    if (again) again.focus({ preventScroll: true });
  }

  // What the reader does

  /** Return all that is on the screen, by the names of the controls. */
  read() {
    return Object.fromEntries(Object.entries(this.controls).map(([name, each]) => [name, each.read()]));
  }

  post(message) {
    this.count += 1;
    this.message = { ...message, values: this.read(), sender: this.me, number: this.count };
    try {
      this.send(this.message);
    } catch (error) {
      console.warn("cybernorms: a message could not be sent", error);
      this.lose("gone");
    }
    return this.count;
  }

  /** Take note of a change that has to be saved. */
  change() {
    this.count += 1;
    this.edited = this.count;
    if (this.waiting !== null) this.superseded = this.described.keeps;
    if (this.described.keeps && this.form.querySelector(".cn-result, .cn-why")) this.draw();
    this.keepSoon();
    if (this.described.drafts) {
      this.timers.draft ??= setTimeout(() => {
        this.timers.draft = null;
        if (this.edited && !this.lost) this.post({ do: "draft" });
      }, DRAFT);
    }
    this.setState();
  }

  /** Take note of a change that has its effect at once. */
  changeLive(name) {
    if (this.lost) this.trouble.scrollIntoView({ block: "nearest" });
    this.count += 1;
    this.edited = this.count;
    this.wait(this.post({ do: "change", name }));
  }

  press(name, item = "") {
    if (this.lost) {
      this.trouble.scrollIntoView({ block: "nearest" });
      return;
    }
    const saves = this.described.keeps && name === this.main?.name;
    if (saves && this.waiting !== null && !this.superseded) return; // pressed twice
    this.superseded = false;
    clearTimeout(this.timers.draft); // kept later, it would pass for a newer text
    this.timers.draft = null;
    this.wait(this.post({ do: "press", name, item }));
    if (saves && this.edited) this.keepNow();
  }

  /** Open an answered question for another answer. */
  reopen() {
    this.reopened = true;
    this.draw();
    const first = this.form.querySelector("fieldset :is(:checked, input, select, button, textarea)");
    first?.focus({ preventScroll: true });
  }

  key(event) {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && target.matches("input[type=text]")) {
      event.preventDefault();
      if (this.main && !event.shiftKey) this.press(this.main.name);
    }
    if (!/^[1-9]$/.test(event.key) || target.matches("input:not([type=checkbox]), textarea, select")) return;
    const deck = Object.values(this.controls).find(each => each.key);
    if (deck?.key(Number(event.key))) event.preventDefault();
  }

  // Waiting

  wait(number) {
    this.waiting = number;
    clearTimeout(this.timers.late);
    this.timers.slow ??= setTimeout(() => {
      this.slow = true;
      this.setState();
    }, SLOW);
    this.timers.late = setTimeout(() => this.waiting !== null && this.lose("late"), PATIENCE);
    this.setState();
  }

  settle() {
    this.waiting = null;
    this.slow = false;
    clearTimeout(this.timers.late);
    clearTimeout(this.timers.slow);
    this.timers.slow = null;
  }

  /** Say aloud how a press went, and bring it into sight. */
  tell() {
    if (this.superseded) return;
    const [at, text] = this.saying();
    const result = this.form.querySelector(".cn-result");
    const word = result?.querySelector(".cn-v")?.textContent;
    this.announce([word, text].filter(Boolean).join(". "));
    const shown = at === "problem" ? this.form.querySelector(".cn-said") : result;
    shown?.scrollIntoView({ block: "nearest" });
  }

  announce(text) {
    this.aloud.textContent = "";
    clearTimeout(this.timers.aloud);
    this.timers.aloud = setTimeout(() => (this.aloud.textContent = text), 50);
  }

  // Where things stand

  /** Return the look and the words of the line beside the buttons. */
  saying() {
    const { keeps, said = {}, answered } = this.described;
    if (this.waiting !== null && !this.superseded) {
      if (keeps) return ["wait", "Your answer is on its way"];
      if (this.slow) return ["wait", MOMENT];
    }
    if (!this.edited || !keeps) return this.reopened ? ["", ""] : [said.at ?? "", said.text ?? ""];
    const verb = this.main?.label ?? "the button";
    const since = this.superseded
      ? `Changed since you pressed: press ${verb} again.`
      : answered
        ? "Changed, and not saved yet."
        : "";
    const here = { true: "Kept in this browser", false: "Not kept: this browser keeps nothing" }[this.keptHere];
    return [this.keptHere === false ? "problem" : "kept", [since, here].filter(Boolean).join(" ")];
  }

  stateNow() {
    const { keeps, state = "open" } = this.described;
    if (this.lost && this.lost !== "late") return "lost";
    if (this.waiting !== null && !this.superseded && keeps) return "wait";
    if (this.edited && keeps) return "chosen";
    return this.reopened ? "open" : state;
  }

  setState() {
    const state = this.stateNow();
    this.form.dataset.state = state;
    const off = state === "done" || state === "closed";
    for (const { node, controls } of this.drawn) {
      const fixed = Object.values(controls).some(each => !each.live);
      if (node.matches("fieldset") && fixed) node.disabled = off;
    }
    const button = this.main && this.form.querySelector(`[data-f="press:${this.main.name}"]`);
    if (button) {
      const waits = state === "wait";
      button.textContent = waits ? MOMENT : this.main.label;
      if (waits || this.main.off) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
    const [at, text] = this.saying();
    for (const node of this.form.querySelectorAll(".cn-said")) {
      if (at) node.dataset.at = at;
      else delete node.dataset.at;
      if (node.textContent !== text) node.textContent = text;
    }
    const active = document.activeElement;
    if (off && button && active === button) this.form.querySelector("[data-again]")?.focus({ preventScroll: true });
  }

  // When nobody answers

  /** Say that the kernel is gone, away or late, or that it can be reached again. */
  lose(state) {
    if (state === "alive") {
      if (this.lost !== "away") return;
      this.calm();
      if (this.waiting !== null) this.send(this.message); // it may have been lost on the way
      this.setState();
      return;
    }
    if (this.lost === "gone" || this.lost === state) return;
    this.lost = state;
    if (state === "gone") this.settle();
    if (this.edited) this.keepNow();
    const [bold, rest] = LOST[state];
    const here = this.described?.keeps && this.edited ? ` ${STILL_HERE}` : "";
    const button = h("button", { type: "button", class: "cn-btn", onclick: () => this.runAgain() }, AGAIN);
    this.trouble.replaceChildren(
      h("span", {}, h("b", {}, bold), ` ${rest}${here}`),
      ...(state === "away" ? [] : [button]),
    );
    this.trouble.hidden = false;
    this.setState();
  }

  /** Take back what was said of a kernel that answers after all. */
  calm() {
    this.lost = null;
    this.trouble.hidden = true;
  }

  runAgain() {
    if (this.dispatch("again", {})) this.trouble.replaceChildren(h("span", {}, BY_HAND));
  }

  dispatch(what, detail) {
    const about = { cancelable: true, detail: { ...detail, node: this.form } };
    return window.dispatchEvent(new CustomEvent(`cybernorms:${what}`, about));
  }

  // What the browser keeps

  keepSoon() {
    if (!this.described.keeps || !this.described.store) return;
    this.timers.keep ??= setTimeout(() => this.keepNow(), SOON);
  }

  keepNow() {
    clearTimeout(this.timers.keep);
    this.timers.keep = null;
    const { keeps, store } = this.described;
    if (!keeps || !store) return;
    const entry = { values: this.own(this.read()), at: Date.now() };
    this.keeping = this.keeping
      .then(() => keepTyped(store, entry))
      .then(
        () => (this.keptHere = true),
        () => (this.keptHere = false),
      )
      .then(() => this.setState());
  }

  /** Return the values that have to be saved, without those that have their effect at once. */
  own(values) {
    const names = Object.entries(this.controls).filter(([, each]) => !each.live);
    return Object.fromEntries(names.map(([name]) => [name, values[name] ?? null]));
  }

  forget() {
    clearTimeout(this.timers.keep);
    this.timers.keep = null;
    const { store } = this.described;
    this.offer.hidden = true;
    if (store) this.keeping = this.keeping.then(() => forgetTyped(store)).catch(() => undefined);
  }

  /** Bring back what this browser kept and the record has not, or offer it beside a later answer. */
  async restore() {
    const { keeps, store, kept = 0, state } = this.described;
    this.offer.hidden = true;
    if (!keeps || !store || state === "closed") return;
    const entry = await readTyped(store).catch(() => null);
    if (!entry || this.described.store !== store || this.edited) return;
    const recorded = this.own(this.described.values);
    if (same(this.own(entry.values), recorded) || Object.values(entry.values).every(isEmpty)) {
      this.forget();
      return;
    }
    if (entry.at > kept) this.fill(entry, recorded);
    else this.propose(entry, recorded);
  }

  /** Fill in what the browser kept. */
  fill(entry, recorded) {
    this.count += 1;
    this.edited = this.count;
    this.keptHere = true;
    this.draw();
    for (const [name, value] of Object.entries(entry.values)) this.controls[name]?.write(value);
    this.setState();
    if (Object.values(recorded).every(isEmpty)) this.say(`Filled in as you left it at ${when(entry.at)}.`);
    else
      this.say(`Filled in as you left it at ${when(entry.at)}; it was never saved.`, "Show what was saved", () => {
        this.edited = 0;
        this.draw();
        this.propose(entry, recorded);
      });
  }

  propose(entry, recorded) {
    this.say(`This browser also kept an answer of ${when(entry.at)} that was never saved.`, "Show it", () =>
      this.fill(entry, recorded),
    );
  }

  say(text, label, act) {
    const button = label && h("button", { type: "button", class: "cn-btn", onclick: act }, label);
    this.offer.replaceChildren(...[h("span", {}, text), button].filter(Boolean));
    this.offer.hidden = false;
  }
}

// Readings that wait for an answer

/** Return the card that a reading waits for: the last one before it whose answer is kept. */
function cardBefore(reading) {
  let cell = reading.closest(".jp-Cell, [data-cell]");
  while ((cell = cell?.previousElementSibling)) {
    const cards = cell.querySelectorAll("form.cn[data-key]");
    if (cards.length) return cards[cards.length - 1];
    const notRun = cell.matches(".jp-CodeCell") && !cell.querySelector(".jp-OutputArea-child");
    if (notRun) return null; // its card may be the one
  }
  return null;
}

function openReadings(form) {
  const root = form.closest(".jp-Notebook, main") ?? document.body;
  for (const reading of root.querySelectorAll("details.cn-later:not([open])")) {
    if (cardBefore(reading)?.hasAttribute("data-answered")) reading.open = true;
  }
}

// Once for a page

/** Put the style of cards into the page. */
export function putStyle(css) {
  if (document.querySelector("style[data-cybernorms]")) return;
  const style = h("style", { "data-cybernorms": true });
  style.textContent = css;
  document.head.append(style);
}

/**
 * Leave plain keys to the cards that have the focus. In command mode JupyterLab takes them for
 * commands of its own: an arrow would leave the form, and an x would cut the cell. It looks for the
 * mark from the focused element upwards, and stops at the first one that a selector of its fits.
 */
export function leaveKeys() {
  if (window.cybernormsLeavesKeys) return;
  window.cybernormsLeavesKeys = true;
  window.addEventListener(
    "keydown",
    event => {
      const { target } = event;
      if (!(target instanceof Element) || !target.closest(".cn")) return;
      const command = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
      target.toggleAttribute("data-lm-suppress-shortcuts", !command);
    },
    { capture: true },
  );
}
