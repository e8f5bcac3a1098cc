// One card: it draws what the kernel describes, sends each press with all that is on the screen, and
// never shows a word on an answer that is not the one on the screen.
import { h } from "./dom.js";
import { nameOf, openReadings } from "./page.js";
import { drawPart, unanswered } from "./parts.js";
import { Typed, same } from "./typed.js";

const DRAFT = 1500; // milliseconds until the kernel hears of a text that is being written
const SLOW = 300; // … until a wait is shown where nothing is saved
const PATIENCE = 8000; // … until it is said that no answer comes
const RUNNING = 10000; // … until *Run this lesson again* can be pressed again

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
    this.edited = 0; // the last change that the record has not
    this.turned = 0; // the last change that has its effect at once
    this.heard = 0; // the last message that was answered
    this.saidHere = {}; // what was said in that answer
    this.waiting = null; // the press that is not answered yet
    this.superseded = false; // something was changed between a press and its answer
    this.reopened = false; // for another answer
    this.lost = null;
    this.timers = {};
    this.drawn = [];
    this.controls = {};
    this.typed = new Typed(this);
    this.aloud = h("p", { class: "cn-hide", role: "status" });
    this.body = h("div", { class: "cn-body" });
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
      this.typed.node,
      this.trouble,
    );
    this.context = {
      id: this.id,
      memory: {},
      changed: () => this.change(),
      saved: name => this.described.values[name],
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
    this.listening = heard;
    window.addEventListener(
      "cybernorms:kernel",
      ({ detail }) => detail.panel.contains(this.form) && this.lose(detail.state),
      { signal },
    );
    const hurry = () => this.typed.flush();
    window.addEventListener("pagehide", hurry, { signal });
    document.addEventListener("visibilitychange", hurry, { signal });
  }

  remove() {
    this.typed.leave();
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.listening.abort();
    this.form.remove();
  }

  // What the kernel says

  /** Show a description: the first, the answer to a message, or what another view has led to. */
  show(description) {
    const before = this.described;
    const { sender = "", number = 0, saved = false } = description.reply ?? {};
    const mine = sender === this.me;
    const answers = mine && this.waiting !== null && number >= this.waiting;
    if (before && before.store !== description.store) this.leaveStore();
    this.described = description;
    if (mine) {
      this.heard = Math.max(this.heard, number);
      this.saidHere = description.said ?? {};
      this.calm();
    }
    if (answers) this.settle();
    if (this.isSaved(description)) this.takeBack({ forget: true });
    else if (answers) this.superseded = description.keeps && this.edited > number;
    if (answers && !this.edited) this.reopened = false;
    this.draw();
    if (answers) this.tell();
    if (mine && saved) this.dispatch("saved", { key: description.key });
    if (before?.store !== description.store) this.typed.restore();
    openReadings(this.form);
    if (!before) requestAnimationFrame(() => this.form.closest("[data-cn-kernel='away']") && this.lose("away"));
  }

  /** Return whether the record has what is filled in, by what a description says. */
  isSaved({ keeps, reply }) {
    if (!this.edited || !keeps || !reply?.saved) return false;
    if (reply.sender === this.me && reply.number >= this.edited) return true;
    return same(this.own(), this.recorded());
  }

  /** Go back from what is filled in to what the record has. */
  takeBack({ forget = false } = {}) {
    this.edited = 0;
    this.superseded = false;
    this.reopened = false;
    if (forget) this.typed.forget();
    else this.draw();
  }

  /** Leave what is filled in where it is kept: something else is shown now. */
  leaveStore() {
    this.typed.flush();
    this.edited = 0;
    this.superseded = false;
    this.reopened = false;
  }

  draw() {
    const { described } = this;
    const newer = Boolean(this.edited || this.reopened);
    const held = this.read();
    const parts = newer && described.keeps ? described.parts.map(unanswered) : described.parts;
    this.keepFocus(() => {
      this.place(parts.filter(Boolean));
      for (const [name, control] of Object.entries(this.controls)) {
        const holds = name in held && this.holds(control);
        const value = holds ? held[name] : described.values[name];
        if (!same(control.read(), value)) control.write(value);
        else if (control.key && !control.node.children.length) control.write(value);
        else control.settle?.();
      }
    });
    this.form.setAttribute("aria-label", nameOf(this.form, described.label));
    this.form.classList.toggle("cn-wide", Boolean(described.wide));
    for (const name of ["key", "use"]) {
      if (described[name]) this.form.dataset[name] = described[name];
    }
    this.form.toggleAttribute("data-answered", Boolean(described.answered));
    this.setState();
  }

  /** Return whether a control shows something newer than what the kernel says. */
  holds(control) {
    if (control.live || !this.described.keeps) return this.turned > this.heard;
    return Boolean(this.edited || this.reopened);
  }

  /** Draw parts, and leave alone those that are as before. */
  place(parts) {
    const before = [...this.drawn];
    this.drawn = parts.map(part => {
      const json = JSON.stringify(part);
      let at = before.findIndex(each => each?.json === json);
      if (at < 0) at = before.findIndex(each => each?.update?.(part));
      if (at < 0) return { json, ...drawPart(part, this.context) };
      const [kept] = before.splice(at, 1, null);
      return { ...kept, json };
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

  /** Return the values that have to be saved, without those that have their effect at once. */
  own(values = this.read()) {
    const names = Object.entries(this.controls).filter(([, each]) => !each.live);
    return Object.fromEntries(names.map(([name]) => [name, values[name] ?? null]));
  }

  /** Return what the kernel has for them. */
  recorded() {
    return this.own(this.described.values);
  }

  post(message) {
    this.count += 1;
    const whole = { ...message, values: this.read(), sender: this.me, number: this.count };
    this.sendOff(whole);
    return whole;
  }

  sendOff(message) {
    try {
      this.send(message);
    } catch (error) {
      console.warn("cybernorms: a message could not be sent", error);
      this.lose("gone");
    }
  }

  /** Take note of a change that has to be saved. */
  change() {
    this.count += 1;
    if (this.described.keeps) {
      const before = this.edited;
      this.edited = this.count;
      if (this.waiting !== null) this.superseded = true;
      if (!before) this.draw(); // what was said was said of another answer
      this.typed.soon();
      this.draftSoon();
    } else {
      this.turned = this.count;
    }
    this.setState();
  }

  /** Fill in what was kept in the browser, or saved before. */
  edit(values, { isNew = true } = {}) {
    this.count += 1;
    this.edited = this.count;
    this.draw();
    for (const [name, value] of Object.entries(values)) this.controls[name]?.write(value);
    if (isNew) this.draftSoon();
    this.setState();
  }

  /** Let the kernel hear of a text that is being written. */
  draftSoon() {
    if (!this.described.drafts) return;
    this.timers.draft ??= setTimeout(() => {
      this.timers.draft = null;
      if (this.edited && !this.lost) this.post({ do: "draft" });
    }, DRAFT);
  }

  /** Take note of a change that has its effect at once. */
  changeLive(name) {
    this.count += 1;
    this.turned = this.count;
    if (this.isGone()) return;
    this.wait(this.post({ do: "change", name }));
  }

  press(name, item = "") {
    if (this.isGone()) return;
    const saves = this.described.keeps && name === this.main?.name;
    if (saves && this.waiting !== null && !this.superseded) return; // pressed twice
    this.superseded = false;
    clearTimeout(this.timers.draft); // kept later, it would pass for a newer text
    this.timers.draft = null;
    if (saves && this.edited) this.typed.now();
    this.wait(this.post({ do: "press", name, item }));
  }

  /** Return whether nobody answers any more, and bring into sight what is said of that. */
  isGone() {
    if (this.lost !== "gone") return false;
    this.setState();
    this.trouble.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** Open an answered question for another answer. */
  reopen() {
    this.reopened = true;
    this.draw();
    const chosen = this.form.querySelector("fieldset :checked:is(input)");
    const first = chosen ?? this.form.querySelector("fieldset :is(input, select, button, textarea)");
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

  wait(message) {
    if (this.lost === "gone") return; // it could not be sent
    this.waiting = message.number;
    this.message = message;
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
    const { keeps, said = {} } = this.described;
    if (keeps && this.waiting !== null && !this.superseded) return ["wait", "Your answer is on its way"];
    if (!keeps && this.turned > this.heard) {
      if (this.slow) return ["wait", MOMENT];
      if (said.at === "saved") return ["", ""]; // which was said of something else
    }
    if (this.waiting !== null && this.slow && !keeps) return ["wait", MOMENT];
    if (this.edited && keeps) return this.sayingUnsaved();
    return this.reopened ? ["", ""] : [said.at ?? "", said.text ?? ""];
  }

  sayingUnsaved() {
    const { at, text } = this.saidHere;
    if (this.heard >= this.edited && ["problem", "kept"].includes(at)) return [at, text];
    if (this.typed.here === false) return ["problem", "Not kept: this browser keeps nothing"];
    const verb = this.main?.label ?? "the button";
    const since = this.superseded
      ? `Changed since you pressed: press ${verb} again.`
      : this.described.answered
        ? "Changed, and not saved yet."
        : "";
    return ["kept", [since, this.typed.here && "Kept in this browser"].filter(Boolean).join(" ")];
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
      if (this.waiting !== null) this.sendOff(this.message); // it may have been lost on the way
      this.setState();
      return;
    }
    const said = this.lost && (this.lost === "gone" || this.lost === state || state === "late");
    if (said) return;
    this.lost = state;
    if (state === "gone") this.settle();
    if (this.edited) this.typed.now();
    const [bold, rest] = LOST[state];
    const here = this.described?.keeps && this.edited ? ` ${STILL_HERE}` : "";
    this.sayLost = () => {
      const button = h("button", { type: "button", class: "cn-btn", onclick: () => this.runAgain() }, AGAIN);
      this.trouble.replaceChildren(h("span", {}, h("b", {}, bold), ` ${rest}${here}`), button);
    };
    this.sayLost();
    this.trouble.hidden = false;
    this.setState();
  }

  /** Take back what was said of a kernel that answers after all. */
  calm() {
    this.lost = null;
    this.trouble.hidden = true;
    clearTimeout(this.timers.again);
  }

  runAgain() {
    this.typed.flush();
    const taken = !this.dispatch("again", {});
    this.trouble.replaceChildren(h("span", {}, taken ? MOMENT : BY_HAND));
    if (taken) this.timers.again = setTimeout(() => this.sayLost(), RUNNING);
  }

  dispatch(what, detail) {
    const about = { cancelable: true, detail: { ...detail, node: this.form } };
    return window.dispatchEvent(new CustomEvent(`cybernorms:${what}`, about));
  }
}
