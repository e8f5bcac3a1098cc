// The clause that is edited in place: each slot is a word that opens its choices, and every case
// lights, half-lights or dims at the press. What a clause reaches is worked out here by the rules of
// analysis/reach.py, with the same findings; a test compares the two on every choice.
import { h, holding } from "./dom.js";

const RANKS = { met: 0, arguable: 1, missed: 2 };
const ALTERNATIVES = ["verb", "object"];
const REACH_WORDS = { met: "reached", arguable: "arguable", missed: "missed" };
const MIND = "mental element";
const NUMBERS = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split(" ");

/** Return the weakest verdict of some findings, "met" where there are none. */
function weakestOf(findings) {
  return findings.reduce((worst, each) => (RANKS[each.verdict] > RANKS[worst] ? each.verdict : worst), "met");
}

/** Return what one part finds in a case, a finding for each attribute that it asks about. */
function findingsOf(part, attributes) {
  return Object.entries(part.asks).map(([attribute, byValue]) => {
    const [verdict, reason, counter] = byValue[attributes[attribute]] ?? byValue.other;
    return { about: part.label, verdict, reason, counter };
  });
}

/** Return the findings of the alternative that goes furthest, or all that miss where none holds. */
function bestOf(alternatives) {
  const least = alternatives.map(weakestOf).reduce((a, b) => (RANKS[b] < RANKS[a] ? b : a));
  if (least === "missed") return alternatives.flat().filter(each => each.verdict === "missed");
  return alternatives.find(each => weakestOf(each) === least);
}

/** Return the verdict of a clause on a case, and the findings on which it rests. */
export function reachOf(parts, attributes) {
  const bySlot = new Map();
  for (const part of parts) {
    if (!bySlot.has(part.slot)) bySlot.set(part.slot, []);
    bySlot.get(part.slot).push(findingsOf(part, attributes));
  }
  const findings = [...bySlot].flatMap(([slot, found]) => (ALTERNATIVES.includes(slot) ? bestOf(found) : found.flat()));
  const verdict = weakestOf(findings);
  return { verdict, deciding: findings.filter(each => each.verdict === verdict) };
}

/** Return the sentence as pieces `[slot, text]`; a piece without text is an empty slot. */
export function clausePieces(chosen) {
  const minds = chosen[MIND].brings ?? [];
  const knowing = minds.includes("k-knowingly") ? "knowingly" : "";
  const intent = minds.includes("k-intentionally");
  const pieces = [
    ["actor", chosen.actor.text[0].toUpperCase() + chosen.actor.text.slice(1)],
    ["modality", chosen.modality.text],
  ];
  const [before, after] = chosen.verb.text.split("{mind}");
  if (before) pieces.push(["verb", before.trim()]);
  if (knowing || !intent) pieces.push([MIND, knowing]);
  pieces.push(["verb", after]);
  const [left, right] = chosen.object.text.split("{intent}");
  if (right === undefined) {
    if (intent) pieces.push([MIND, "intended"]);
    pieces.push(["object", left]);
  } else {
    pieces.push(["object", intent ? left.trim() : left + right]);
    if (intent) pieces.push([MIND, "intentionally"], ["object", right]);
  }
  for (const slot of ["purpose", "limit", "exception"]) pieces.push([slot, chosen[slot].text ?? ""]);
  return pieces;
}

const plural = (count, word) => `${NUMBERS[count] ?? count} ${word}${count === 1 ? "" : "s"}`;

/** Return in words what a change has done to the cases: `[what, which]`. */
export function changeOf(before, now) {
  const turned = test => now.map((_, at) => at).filter(at => test(RANKS[now[at]] - RANKS[before[at]]));
  const lost = turned(by => by > 0);
  const won = turned(by => by < 0);
  const listed = places => places.map(at => at + 1).join(", ");
  const argued = places => {
    const half = places.filter(at => now[at] === "arguable");
    return half.length ? `, of which ${listed(half)} can be argued` : "";
  };
  const found = [];
  if (lost.length) found.push([`${plural(lost.length, "case")} lost`, `${listed(lost)}${argued(lost)}.`]);
  if (won.length) found.push([`${plural(won.length, "case")} won`, `${listed(won)}${argued(won)}.`]);
  return found;
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };

/** Move through tiles by arrow keys: all of them are one stop on the way of the Tab key. */
function walkTiles(event, nodes) {
  const at = nodes.indexOf(event.target);
  const ends = { Home: 0, End: nodes.length - 1 };
  const next = ends[event.key] ?? at + (STEPS[event.key] ?? 0);
  if (at < 0 || !(event.key in STEPS || event.key in ends)) return;
  event.preventDefault();
  if (!nodes[next]) return;
  nodes[at].tabIndex = -1;
  nodes[next].tabIndex = 0;
  nodes[next].focus();
}

/** Draw the tiles of one board; `press` is told which of them was pressed. */
function drawTiles(part, name, press) {
  const tiles = part.cases.map((tile, at) => {
    const word = h("em", {});
    const head = h("b", {}, `${at + 1} `, word);
    const node = h(
      "button",
      { type: "button", class: "cn-tile", tabindex: at ? "-1" : "0", "data-f": `${name}:${at}`, "aria-pressed": "false", onclick: () => press(at) },
      head,
      " ",
      h("span", {}, tile.short),
    );
    return { node, word };
  });
  return {
    node: h(
      "div",
      { class: "cn-tiles", role: "group", "aria-label": name, onkeydown: event => walkTiles(event, tiles.map(each => each.node)) },
      tiles.map(each => each.node),
    ),
    show(now, before, apart, seen) {
      tiles.forEach(({ node, word }, at) => {
        const by = before ? RANKS[now[at]] - RANKS[before[at]] : 0;
        node.dataset.to = now[at];
        node.toggleAttribute("data-was", by !== 0);
        node.toggleAttribute("data-apart", Boolean(apart && apart[at] !== now[at]));
        node.setAttribute("aria-pressed", seen === at);
        const half = now[at] === "arguable" ? "half " : "";
        word.textContent = by > 0 ? `${half}lost` : by < 0 ? `${half}won` : REACH_WORDS[now[at]];
      });
    },
  };
}

/** Return one case, with what decided its verdict under a clause. */
function caseLines(part, at, found, whose) {
  const tile = part.cases[at];
  const reasons = [...new Map(found.deciding.map(each => [each.reason, each])).values()];
  const told = found.verdict === "met" ? reasons : reasons.slice(0, 3);
  const lines = told.map(each =>
    h("li", {}, h("b", {}, `${each.about}: `), each.counter ? `For: ${each.reason} Against: ${each.counter}` : each.reason),
  );
  return [
    h("p", {}, h("b", {}, `${at + 1}. ${tile.label}. ${whose}: ${REACH_WORDS[found.verdict]}. `), tile.story),
    h("ul", { class: "cn-reasons" }, lines.length ? lines : h("li", {}, "The clause asks nothing of this case.")),
  ];
}

class Clause {
  constructor(part, context) {
    Object.assign(this, { part, context, open: "", last: "", before: null, now: {} });
    const firsts = part.slots.map(slot => [slot.name, context.saved(slot.name) ?? slot.choices[0].value]);
    for (const [name, value] of firsts) this.now[name] = value;
    this.sentence = h("p", { class: "cn-clause", onkeydown: event => this.slotKey(event) });
    this.choices = h("fieldset", { class: "cn-choices", hidden: true, onkeydown: event => this.choiceKey(event) });
    this.change = h("p", { class: "cn-change", "aria-live": "polite" });
    this.mine = drawTiles(part, "Cases under your clause", at => this.press(at));
    this.other = drawTiles(part, "Cases under the real clause", at => this.press(at));
    this.real = h("div", { class: "cn-real" });
    this.detail = h("div", { class: "cn-case", "aria-live": "polite" });
    this.pair = h("div", { class: "cn-pair" }, h("div", { class: "cn-half" }, this.change, this.mine.node), this.real);
    this.node = h("div", { class: "cn-edited" }, this.sentence, this.choices, this.pair, this.detail);
    this.found = this.reached(this.parts());
    this.draw();
  }

  chosen() {
    return Object.fromEntries(
      this.part.slots.map(slot => [slot.name, slot.choices.find(each => each.value === this.now[slot.name]) ?? slot.choices[0]]),
    );
  }

  parts() {
    return Object.values(this.chosen()).flatMap(each => (each.brings ?? []).map(id => this.part.asking[id]));
  }

  reached(parts) {
    return this.part.cases.map(each => reachOf(parts, each.attributes));
  }

  drawSentence() {
    const seen = new Set();
    const nodes = clausePieces(this.chosen()).flatMap(([name, text]) => {
      const slot = this.part.slots.find(each => each.name === name);
      const again = seen.has(name);
      seen.add(name);
      const node = h(
        "a",
        {
          href: "#",
          role: "button",
          class: text ? "cn-slot" : "cn-slot is-empty",
          tabindex: again ? "-1" : "0",
          "aria-expanded": String(this.open === name),
          "aria-label": text ? `${text}. ${slot.ask}` : `${slot.ask} Nothing yet`,
          "data-f": `slot:${name}${again ? ":2" : ""}`,
          "data-slot": name,
          "data-value": this.now[name],
          onclick: event => {
            event.preventDefault();
            this.toggle(name);
          },
        },
        text || slot.empty,
      );
      return name === "exception" ? [text ? ", " : " ", node] : [" ", node];
    });
    this.sentence.replaceChildren(...nodes.slice(1), ".");
  }

  toggle(name) {
    this.open = this.open === name ? "" : name;
    this.draw();
    this.focus(this.open ? "choice" : "slot", name);
  }

  focus(what, name) {
    const found = what === "choice" ? this.choices.querySelector("input:checked") : this.sentence.querySelector(`[data-f="slot:${name}"]`);
    found?.focus({ preventScroll: true });
    if (what === "choice") this.choices.scrollIntoView({ block: "nearest" });
  }

  drawChoices() {
    const slot = this.part.slots.find(each => each.name === this.open);
    this.choices.hidden = !slot;
    if (!slot || this.choices.dataset.slot === slot.name) {
      for (const input of this.choices.querySelectorAll("input")) input.checked = input.value === this.now[this.open];
      if (!slot) delete this.choices.dataset.slot;
      return;
    }
    this.choices.dataset.slot = slot.name;
    const chips = slot.choices.map(each => {
      const input = h("input", {
        type: "radio",
        name: `${this.context.id}-${slot.name}`,
        value: each.value,
        "data-f": `choice:${slot.name}:${each.value}`,
        onchange: () => this.choose(slot.name, each.value),
      });
      input.checked = this.now[slot.name] === each.value;
      return h("label", { class: "cn-chip" }, input, h("span", {}, each.label));
    });
    const close = h("button", { type: "button", class: "cn-btn", onclick: () => this.toggle(slot.name) }, "Close");
    this.choices.replaceChildren(h("legend", {}, slot.ask), h("div", { class: "cn-chips" }, chips, close));
  }

  slotKey(event) {
    if (event.key !== " " || !event.target.matches(".cn-slot")) return;
    event.preventDefault();
    event.target.click();
  }

  choiceKey(event) {
    if (event.key === "Escape" || event.key === "Enter") {
      if (event.target.matches("button") && event.key === "Enter") return;
      event.preventDefault();
      this.toggle(this.open);
    }
  }

  choose(name, value) {
    this.before = this.found.map(each => each.verdict);
    this.now[name] = value;
    this.last = name;
    this.found = this.reached(this.parts());
    this.draw();
    this.context.live(name);
  }

  write(name, value) {
    if (this.now[name] === value || !value) return;
    this.now[name] = value;
    this.before = null;
    this.found = this.reached(this.parts());
    this.draw();
  }

  press(at) {
    this.context.memory.tile = this.context.memory.tile === at ? undefined : at;
    this.draw();
  }

  drawChange(now) {
    const count = verdict => now.filter(each => each === verdict).length;
    const all = `It reaches ${count("met")} of ${now.length} cases, and ${count("arguable")} can be argued.`;
    const turned = this.before ? changeOf(this.before, now) : [];
    const word = this.last ? this.chosen()[this.last].text.replace(/\{\w+\}/g, "") || "nothing there" : "";
    const nodes = turned.flatMap(([what, which]) => [h("b", {}, `${what}: `), h("i", {}, word), `. ${which} `]);
    const none = this.before && !turned.length ? [h("b", {}, "No case turns. ")] : [];
    this.change.replaceChildren(h("b", { class: "cn-whose" }, this.part.beside ? "Yours. " : ""), ...nodes, ...none, all);
  }

  draw() {
    const { beside } = this.part;
    const now = this.found.map(each => each.verdict);
    const there = beside ? this.reached(Object.values(beside.asking)) : null;
    const theirs = there?.map(each => each.verdict);
    const seen = this.context.memory.tile;
    this.drawSentence();
    this.drawChoices();
    this.drawChange(now);
    this.mine.show(now, this.before, theirs, seen);
    this.pair.classList.toggle("is-two", Boolean(beside));
    this.real.hidden = !beside;
    if (beside) {
      const apart = now.map((_, at) => at).filter(at => now[at] !== theirs[at]);
      const told = apart.length ? `${plural(apart.length, "case")} apart: ${apart.map(at => at + 1).join(", ")}. ` : "No case apart. ";
      const count = verdict => theirs.filter(each => each === verdict).length;
      const turned = this.theirs ? changeOf(this.theirs, theirs) : [];
      const since = turned.map(([what, which]) => `${what} since the last: ${which} `);
      const line = h("p", { class: "cn-change" }, h("b", {}, `${beside.label}. ${told}`), ...since, `It reaches ${count("met")} of ${now.length} cases, and ${count("arguable")} can be argued.`);
      this.real.replaceChildren(line, this.other.node, holding("div", { class: "cn-html" }, beside.html));
      this.other.show(theirs, this.theirs, now, seen);
    }
    const lines = seen === undefined ? [h("p", { class: "cn-soft" }, "Press a case to read it, and why.")] : caseLines(this.part, seen, this.found[seen], "Your clause");
    if (seen !== undefined && there) lines.push(...caseLines(this.part, seen, there[seen], "The real clause").map((each, at) => (at ? each : h("p", {}, h("b", {}, `The real clause: ${REACH_WORDS[theirs[seen]]}.`)))));
    this.detail.replaceChildren(...lines);
  }

  update(next) {
    if (JSON.stringify({ ...next, beside: null }) !== JSON.stringify({ ...this.part, beside: null })) return false;
    const { beside } = this.part;
    this.theirs = beside ? this.reached(Object.values(beside.asking)).map(each => each.verdict) : null;
    this.part = next;
    this.draw();
    this.theirs = null; // told once
    return true;
  }
}

/** Draw a clause with its board; its values are the choices, by the names of the slots. */
export function drawClause(part, context) {
  const clause = new Clause(part, context);
  const controls = Object.fromEntries(
    part.slots.map(({ name }) => [
      name,
      { node: clause.node, live: true, read: () => clause.now[name], write: value => clause.write(name, value) },
    ]),
  );
  return { node: clause.node, controls, update: next => clause.update(next) };
}
