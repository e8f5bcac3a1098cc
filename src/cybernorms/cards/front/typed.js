// What is filled in in one view of a card and not saved yet: it is kept in the browser, filled in
// again, and offered beside a later answer. Nothing that was typed is ever written over by another
// text: what gives way to another text stays in a place of its own.
import { h } from "./dom.js";
import { forgetTyped, isHere, keepTyped, newPlace, readTyped } from "./keep.js";

const SOON = 200; // milliseconds until what is typed is kept in the browser

const views = new Set();

export const same = (one, two) => JSON.stringify(one ?? null) === JSON.stringify(two ?? null);
const isEmpty = value =>
  value === null || value === undefined || value === "" || Object.keys(Object(value)).length === 0;
const areEmpty = values => Object.values(values).every(isEmpty);

/** Return whether values go on with texts where others end. */
const goesOn = (values, others) =>
  Object.entries(values).every(
    ([name, value]) => typeof value === "string" && typeof others[name] === "string" && value.startsWith(others[name]),
  );

/** Return a moment as a reader would say it. */
function when(milliseconds) {
  const moment = new Date(milliseconds);
  const time = moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const today = moment.toDateString() === new Date().toDateString();
  return today ? time : `${moment.toLocaleDateString([], { day: "numeric", month: "long" })}, ${time}`;
}

const button = (label, act) => h("button", { type: "button", class: "cn-btn", onclick: act }, label);

export class Typed {
  /** @param {Card} card whose `own()` values are kept. */
  constructor(card) {
    this.card = card;
    this.place = newPlace();
    this.at = 0; // when it was last changed
    this.here = null; // whether this browser has it
    this.timer = null;
    this.filled = null; // what was filled in again, with what the record had
    this.others = []; // what else is kept
    this.node = h("div", { class: "cn-offer", hidden: true });
    views.add(this);
  }

  leave() {
    this.flush();
    views.delete(this);
  }

  /** Keep what is filled in, in a moment. */
  soon() {
    this.at = Date.now();
    this.timer ??= setTimeout(() => this.now(), SOON);
  }

  flush() {
    if (this.timer) this.now();
  }

  /** Keep what is filled in, instead of entries that it takes over. */
  now(instead = []) {
    clearTimeout(this.timer);
    this.timer = null;
    const { store } = this.card.described;
    if (!this.card.isKept || !store) return;
    keepTyped(store, this.place, { values: this.card.own(), at: this.at || Date.now() }, instead)
      .then(
        () => (this.here = true),
        () => (this.here = false),
      )
      .then(() => this.card.setState());
  }

  /** Forget what the record has now. */
  forget() {
    clearTimeout(this.timer);
    this.timer = null;
    this.here = this.filled = null;
    const values = this.card.own();
    const useless = this.others.filter(each => !each.lives && same(each.values, values));
    this.others = this.others.filter(each => !useless.includes(each));
    this.drop([this.place, ...useless.map(each => each.place)]);
    this.tell();
  }

  drop(all) {
    const { store } = this.card.described;
    if (store) forgetTyped(store, all).catch(() => undefined);
  }

  /** Bring back what this browser kept and the record has not, or offer it beside a later answer. */
  async restore() {
    const { keeps, store, kept = 0, state } = this.card.described;
    this.filled = null;
    this.others = [];
    this.tell();
    if (!this.card.isKept || !store || state === "closed") return;
    for (const view of views) if (!view.card.form.isConnected) view.flush();
    const found = await readTyped(store).catch(() => []);
    const { described, edited } = this.card;
    if (described.store !== store) return;
    const { earlier } = described; // a draft of the kernel is filled in, and this was saved before
    const recorded = edited ? this.card.recorded() : this.card.own();
    const entries = found
      .filter(each => each.place !== this.place || !edited)
      .map(each => ({ ...each, lives: each.lives && this.isOpen(each.place) }));
    // What has its effect at once is known to the kernel, and yet to be saved.
    const onlyKnown = entries.find(each => !keeps && !each.lives && each.at > kept && same(each.values, recorded));
    if (onlyKnown && !edited) return this.takeOver(onlyKnown);
    const useless = entries.filter(each => areEmpty(each.values) || same(each.values, recorded));
    this.drop(useless.filter(each => !each.lives).map(each => each.place));
    this.others = entries.filter(each => !useless.includes(each)).sort((one, two) => two.at - one.at);
    const newer = this.others.find(
      each => !each.lives && (each.at > kept || (keeps && !described.answered && goesOn(each.values, recorded))),
    );
    if (edited) this.tell();
    else if (newer) this.fill(newer, earlier ?? recorded);
    else {
      if (earlier) this.filled = { at: kept, recorded: earlier };
      this.tell();
    }
  }

  /** Keep on for another view what is on the screen already. */
  takeOver(entry) {
    this.card.edited = this.card.count += 1;
    this.at = entry.at;
    this.now([entry.place]);
  }

  /** Return whether a place belongs to a view that is open, on a page that is. */
  isOpen(place) {
    if (!isHere(place)) return true;
    return [...views].some(view => view !== this && view.place === place && view.card.form.isConnected);
  }

  /** Fill in what the browser kept. */
  fill(entry, recorded) {
    if (this.card.edited) this.setAside();
    this.others = this.others.filter(each => each !== entry);
    this.filled = { at: entry.at, recorded };
    this.card.edit(entry.values);
    this.at = entry.at;
    this.now(entry.lives ? [] : [entry.place]);
    this.tell();
  }

  /** Put what is on the screen aside: another text takes its place. */
  setAside() {
    this.now();
    this.others.unshift({ values: this.card.own(), at: this.at, place: this.place, lives: false });
    this.place = newPlace();
    this.here = this.filled = null;
  }

  showSaved() {
    const { keeps } = this.card.described;
    const earlier = keeps ? this.card.described.earlier : this.filled.recorded;
    this.setAside();
    if (earlier) this.card.edit(earlier, { isNew: false });
    else this.card.takeBack();
    this.tell();
  }

  /** Say what is kept, with what can be done about it. */
  tell() {
    const [other] = this.others;
    const rows = [...(this.filled ? this.tellFilled(this.filled) : []), ...(other ? this.tellOther(other) : [])];
    this.node.replaceChildren(...rows);
    this.node.hidden = !rows.length;
  }

  tellFilled({ at, recorded }) {
    const text = `Filled in as you left it at ${when(at)}`;
    const { keeps, kept } = this.card.described;
    if (areEmpty(recorded) || (!keeps && !kept)) return [h("span", {}, `${text}.`)];
    return [h("span", {}, `${text}; it was never saved.`), button("Show what was saved", () => this.showSaved())];
  }

  tellOther(other) {
    const show = button("Show it", () => {
      this.fill(other, this.card.edited ? this.card.recorded() : this.card.own());
    });
    if (other.lives) {
      return [h("span", {}, `Another window has an answer of ${when(other.at)} that isn't saved yet.`), show];
    }
    const drop = button("Throw it away", () => {
      this.others = this.others.filter(each => each !== other);
      this.drop([other.place]);
      this.tell();
    });
    return [h("span", {}, `This browser also kept an answer of ${when(other.at)} that was never saved.`), show, drop];
  }
}
