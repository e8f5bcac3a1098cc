// One card: it draws what the kernel describes, sends each press with all that is on the screen, and
// never shows a word on an answer that is not the one on the screen.
import { h } from "./dom.js";
import { keepFocus, nameOf, openReadings } from "./page.js";
import { drawPart, unanswered } from "./parts.js";
import { sayingOf, showStanding } from "./standing.js";
import { Trouble } from "./trouble.js";
import { Typed, same } from "./typed.js";
import { Waiting } from "./waiting.js";

const DRAFT = 1500; // milliseconds until the kernel hears of a text that is being written

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
    this.superseded = false; // something was changed between a press and its answer
    this.reopened = false; // for another answer
    this.drawn = [];
    this.controls = {};
    this.typed = new Typed(this);
    this.trouble = new Trouble(this);
    this.waiting = new Waiting({ slow: () => this.setState(), late: () => this.lose("late") });
    this.aloud = h("p", { class: "cn-hide", role: "status" });
    this.body = h("div", { class: "cn-body" });
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
      this.trouble.node,
    );
    this.context = {
      id: this.id,
      memory: {},
      changed: name => this.change(name),
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
    this.waiting.end();
    this.trouble.calm();
    clearTimeout(this.draftTimer);
    clearTimeout(this.aloudTimer);
    this.listening.abort();
    this.form.remove();
  }

  // What the kernel says

  /** Show a description: the first, the answer to a message, or what another view has led to. */
  show(description) {
    const before = this.described;
    const { sender = "", number = 0, saved = false } = description.reply ?? {};
    const mine = sender === this.me;
    const answers = mine && this.waiting.endsWith(number);
    if (before && before.store !== description.store) this.leaveStore();
    this.described = description;
    if (mine) {
      this.heard = Math.max(this.heard, number);
      this.saidHere = description.said ?? {};
      this.trouble.calm();
    }
    if (answers) this.waiting.end();
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
  isSaved({ reply }) {
    if (!this.edited || !this.isKept || !reply?.saved) return false;
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
    keepFocus(this.form, () => {
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

  // What the reader does

  /** Return all that is on the screen, by the names of the controls. */
  read() {
    return Object.fromEntries(Object.entries(this.controls).map(([name, each]) => [name, each.read()]));
  }

  /** Return whether this browser keeps what is filled in until the record has it. */
  get isKept() {
    const { keeps, holds = [] } = this.described ?? {};
    return Boolean(keeps || holds.length);
  }

  /** Return whether something is filled in that the record has not. */
  get isUnsaved() {
    return this.isKept && Boolean(this.edited);
  }

  /** Return whether a control with its effect at once has to be saved all the same. */
  isHeld(name) {
    return (this.described.holds ?? []).includes(name);
  }

  /** Return the values that have to be saved, without those that only have their effect at once. */
  own(values = this.read()) {
    const names = Object.entries(this.controls).filter(([name, each]) => !each.live || this.isHeld(name));
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

  /** Take note of a change that has to be saved; in a deck, of the one of this `name`. */
  change(name) {
    this.count += 1;
    if (this.described.keeps) {
      const before = this.edited;
      this.edited = this.count;
      if (this.waiting.is) this.superseded = true;
      if (!before) this.draw(); // what was said was said of another answer
      this.typed.soon();
      this.draftSoon();
    } else {
      this.turned = this.count;
      this.hold(name);
    }
    this.setState();
  }

  /** Keep a change in the browser until the record has it. */
  hold(name) {
    if (!this.isHeld(name)) return;
    this.edited = this.count;
    this.typed.soon();
  }

  /** Fill in what was kept in the browser, or saved before. */
  edit(values, { isNew = true } = {}) {
    this.count += 1;
    this.edited = this.count;
    this.draw();
    const news = Object.keys(values).filter(name => this.controls[name] && !same(this.controls[name].read(), values[name]));
    for (const name of news) this.controls[name].write(values[name]);
    for (const name of news) if (this.isHeld(name)) this.changeLive(name);
    if (isNew) this.draftSoon();
    this.setState();
  }

  /** Let the kernel hear of a text that is being written. */
  draftSoon() {
    if (!this.described.drafts) return;
    this.draftTimer ??= setTimeout(() => {
      this.draftTimer = null;
      if (this.edited && !this.lost) this.post({ do: "draft" });
    }, DRAFT);
  }

  /** Take note of a change that has its effect at once. */
  changeLive(name) {
    this.count += 1;
    this.turned = this.count;
    this.hold(name);
    if (this.isGone()) return;
    this.wait(this.post({ do: "change", name }));
  }

  press(name, item = "") {
    if (this.isGone()) return;
    const saves = this.described.keeps && name === this.main?.name;
    if (saves && this.waiting.is && !this.superseded) return; // pressed twice
    this.superseded = false;
    clearTimeout(this.draftTimer); // kept later, it would pass for a newer text
    this.draftTimer = null;
    if (saves && this.edited) this.typed.now();
    this.wait(this.post({ do: "press", name, item }));
  }

  /** Return whether nobody answers any more, and bring into sight what is said of that. */
  isGone() {
    if (this.lost !== "gone") return false;
    this.setState();
    this.trouble.show();
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

  // What comes of it

  wait(message) {
    if (this.lost === "gone") return; // it could not be sent
    this.waiting.begin(message);
    this.setState();
  }

  /** Say aloud how a press went, and bring it into sight. */
  tell() {
    if (this.superseded) return;
    const [at, text] = sayingOf(this);
    const result = this.form.querySelector(".cn-result");
    const word = result?.querySelector(".cn-v")?.textContent;
    this.announce([word, text].filter(Boolean).join(". "));
    const shown = at === "problem" ? this.form.querySelector(".cn-said") : result;
    shown?.scrollIntoView({ block: "nearest" });
  }

  announce(text) {
    this.aloud.textContent = "";
    clearTimeout(this.aloudTimer);
    this.aloudTimer = setTimeout(() => (this.aloud.textContent = text), 50);
  }

  setState() {
    showStanding(this);
  }

  get lost() {
    return this.trouble.kind;
  }

  /** Say that the kernel is gone, away or late, or that it can be reached again. */
  lose(state) {
    if (state === "alive") return this.find();
    if (!this.trouble.say(state)) return;
    if (state === "gone") this.waiting.end();
    if (this.edited) this.typed.now();
    this.setState();
  }

  /** Go on with a kernel that was away; what was sent may have been lost on the way. */
  find() {
    if (this.lost !== "away") return;
    this.trouble.calm();
    if (this.waiting.is) this.sendOff(this.waiting.message);
    this.setState();
  }

  dispatch(what, detail) {
    const about = { cancelable: true, detail: { ...detail, node: this.form } };
    return window.dispatchEvent(new CustomEvent(`cybernorms:${what}`, about));
  }
}
