// What the steps of the deal game draw with: sentences from the card, SVG, the strip of seasons.
import { h } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const SEASONS = 15; // that a strip has room for

/** Return an SVG element with attributes and children. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter(each => each !== null && each !== undefined));
  return node;
}

/** Return a number in words up to twelve. */
export const inWords = n => NUMBERS[n] ?? String(n);
export const timesInWords = n => ["never", "once", "twice"][n] ?? `${inWords(n)} times`;
export const upper = text => text.charAt(0).toUpperCase() + text.slice(1);

/** Return a number as it is read: a true minus, and no needless decimals. */
export function figure(value, decimals = 1) {
  const rounded = Number(value.toFixed(decimals));
  return String(rounded === 0 ? 0 : rounded).replace("-", "\u2212");
}

/** Return what says a sentence of the card, with its gaps filled; lists are gone through. */
export function sayer(words) {
  return (name, gaps = {}, turn = 0) => {
    const list = words[name];
    return list[Math.min(turn, list.length - 1)].replace(/\{(\w+)\}/g, (gap, key) => gaps[key] ?? gap);
  };
}

/** Return an element that says one thing after the other, aloud too. */
export function sayNode() {
  return h("p", { class: "cn-say", "aria-live": "polite" });
}

/** Put a sentence with a bold beginning into an element. */
export function tell(node, bold, ...rest) {
  const after = rest.filter(Boolean).join(" ");
  node.replaceChildren(...(bold ? [h("b", {}, bold), after ? ` ${after}` : ""] : [after]));
}

export function gameButton(label, name, onclick, main = false) {
  return h("button", { type: "button", class: main ? "cn-btn cn-do" : "cn-btn", "data-f": `game:${name}`, onclick }, label);
}

/** Return what opens at the end of a step; its heading takes the focus. */
export function reveal(node, heading, paragraphs, ...more) {
  const title = h("h3", { tabindex: "-1" }, heading);
  node.replaceChildren(title, ...paragraphs.filter(Boolean).map(each => h("p", {}, each)), ...more.filter(Boolean));
  node.hidden = false;
  title.focus();
}

/** Return horizontal bars: a label, and parts each with a value and a class. */
export function barRows(rows, most) {
  const top = Math.max(most, 0.001);
  return h(
    "div",
    { class: "cn-bars" },
    rows.flatMap(({ label, note, parts, text }) => [
      h("span", {}, label, note ? h("small", {}, note) : null),
      h(
        "div",
        {},
        parts.map(([value, look]) => {
          const bar = h("i", { class: look || null });
          bar.style.width = `${(Math.max(0, value) / top) * 72}%`;
          return bar;
        }),
        h("b", {}, text),
      ),
    ]),
  );
}

/** Return small drawings with the words for what they mean. */
export function legendOf(entries) {
  const shapes = {
    kept: () => svg("circle", { class: "cn-kept", cx: 9, cy: 9, r: 6 }),
    took: () => svg("rect", { class: "cn-took", x: 3, y: 3, width: 12, height: 12 }),
    stands: () => svg("path", { class: "cn-stand", d: "M0 9h18" }),
    off: () => svg("path", { class: "cn-off", d: "M1 9h17" }),
    named: () => flagShape(4, 17, -1, 1, "", 11),
    false: () => flagShape(4, 17, -1, 1, "is-false", 11),
  };
  return h(
    "ul",
    { class: "cn-shapes" },
    entries.map(([shape, words]) => h("li", {}, svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, shapes[shape]()), ` ${words}`)),
  );
}

/** Return a flag on a pole; `look` is `is-false` or `is-open`. */
export function flagShape(x, y, up, side, look, size = 13) {
  const tip = y + up * (size + 4);
  const cloth = `M${x} ${tip}h${side * size}l${side * -3} ${-up * 4}l${side * 3} ${-up * 4}h${side * -size}z`;
  return svg("g", {}, svg("path", { class: "cn-pole", d: `M${x} ${y}V${tip}` }), svg("path", { class: `cn-flag ${look}`, d: cloth }));
}

/** A strip of seasons: your lane, the promise, their lane. Each season is drawn as it happens. */
export class Strip {
  /**
   * @param {(name: string, gaps?: object) => string} say the sentences of the card.
   * @param {{fog?: boolean}} options whether the other lane is hidden until the fog lifts.
   */
  constructor(say, { fog = false } = {}) {
    this.say = say;
    this.fog = fog;
    this.node = svg("svg", { class: "cn-strip", role: "img" });
    this.seasons = [];
    this.width = 0;
    new ResizeObserver(() => this.node.clientWidth && this.node.clientWidth !== this.width && this.draw()).observe(this.node);
    this.draw();
  }

  clear() {
    this.seasons = [];
    this.node.classList.remove("is-lifted");
    this.draw();
  }

  draw() {
    this.width = this.node.clientWidth;
    const wide = Math.max(280, this.width || 320);
    const high = this.fog ? 190 : 150;
    this.middle = high / 2;
    this.pitch = Math.min(58, (wide - 12) / SEASONS);
    this.node.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    this.node.setAttribute("height", high);
    this.line = svg("g");
    this.marks = svg("g");
    const labels = [
      svg("text", { x: 0, y: 11, class: "is-me" }, this.say("you")),
      svg("text", { x: 0, y: high - 3 }, this.say("they")),
    ];
    this.node.replaceChildren(this.line, this.marks, ...labels);
    if (!this.seasons.length) {
      this.line.append(
        svg("line", { class: "cn-stand", x1: 0, x2: 14, y1: this.middle, y2: this.middle }),
        svg("text", { x: 22, y: this.middle + 4 }, this.say("promise")),
      );
    }
    const seasons = this.seasons;
    this.seasons = [];
    for (const season of seasons) this.add(season, false);
    this.describe();
  }

  describe() {
    const told = this.seasons.map(each => each.told).filter(Boolean).join(" ");
    this.node.setAttribute("aria-label", told || this.say("promise"));
  }

  /** Add a season: `stands`, `does` and `named` of both, `told` in words; `wait` delays it. */
  add(season, moves = true) {
    if (!this.seasons.length) this.line.replaceChildren();
    const at = this.seasons.length;
    this.seasons.push(season);
    const { pitch, middle } = this;
    const x = 6 + (at + 0.5) * pitch;
    const group = svg("g", { class: moves ? "is-new" : null });
    if (season.wait) group.style.setProperty("--wait", `${season.wait}ms`);
    const [mine, theirs] = [middle - 42, middle + 42];
    const broke = season.stands && (season.named[0] || season.named[1] || season.broke);
    const from = at ? x - pitch / 2 : 0;
    const to = broke ? x + 2 : x + pitch / 2;
    this.line.append(svg("line", { class: season.stands ? "cn-stand" : "cn-off", x1: from, x2: to, y1: middle, y2: middle }));
    const hidden = this.fog && season.stands;
    if (season.does[0]) group.append(this.sheet(x, theirs, mine, season.does[1] ? -1 : 0));
    if (season.does[1]) group.append(this.sheet(x, mine, theirs, season.does[0] ? 1 : 0, hidden));
    group.append(this.mark(x, mine, season.does[0], "is-me"));
    if (hidden) {
      const half = pitch / 2;
      group.append(svg("g", { class: "cn-behind" }, this.mark(x, theirs, season.does[1], "")));
      group.append(svg("rect", { class: "cn-fog", x: x - half, y: theirs - 18, width: pitch, height: 36 }));
      group.append(svg("text", { class: "cn-asked", x, y: theirs + 5 }, "?"));
    } else group.append(this.mark(x, theirs, season.does[1], ""));
    if (season.named[0]) group.append(this.flag(x, mine - 9, -1, season.does[0] ? "" : "is-false"));
    if (season.named[1]) {
      const open = this.flag(x, theirs + 19, 1, "is-open");
      open.classList.add("cn-asked");
      const seen = svg("g", { class: "cn-behind" }, this.flag(x, theirs + 19, 1, season.does[1] ? "" : "is-false"));
      group.append(open, seen);
    }
    if (broke) group.append(this.snap(x));
    this.marks.append(group);
    if (moves) this.describe();
  }

  get size() {
    return this.pitch > 32 ? 8 : 5.5;
  }

  mark(x, y, took, whose) {
    const size = this.size;
    const shape = took
      ? svg("rect", { class: "cn-took", x: x - size, y: y - size, width: 2 * size, height: 2 * size })
      : svg("circle", { class: "cn-kept", cx: x, cy: y, r: size });
    return svg("g", { class: `cn-pop ${whose}` }, shape);
  }

  /** Draw what was carried off, from one lane to the other. */
  sheet(x, from, to, side, hidden = false) {
    const up = to < from ? -1 : 1;
    const end = to - up * 17;
    const left = x + side * 7 - 4;
    const node = svg("g", { class: hidden ? "cn-sheet cn-behind" : "cn-sheet" }, svg("path", { d: `M${left} ${end - 5}h5l3 3v8h-8z` }));
    node.style.setProperty("--from", `${from - to + up * 34}px`);
    return node;
  }

  flag(x, y, up, look) {
    const node = flagShape(x, y, up, 1, look, this.pitch > 32 ? 13 : 8);
    node.classList.add("cn-raised");
    return node;
  }

  snap(x) {
    const y = this.middle;
    const mark = svg("rect", { class: "cn-snap", x: x - 2, y: y - 12, width: 15, height: 24 });
    return svg("g", { class: "cn-late" }, mark, svg("path", { class: "cn-cut", d: `M${x + 1} ${y + 9}l5 -18M${x + 6} ${y + 9}l5 -18` }));
  }

  lift() {
    this.node.classList.add("is-lifted");
  }
}
