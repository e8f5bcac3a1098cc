// The map of the deal game: where the promise holds when two of its numbers move, with a point on it.
import { h } from "./dom.js";
import { shownOn } from "./game-dials.js";
import { svg } from "./game-draw.js";
import { BREAKS, HOLDS, VOID, axisPoints, pointOf, regionOf, setNumber } from "./game-model.js";

const POINTS = 200;
const LEFT = 46; // of the frame, for the words beside it
const BELOW = 44;
let maps = 0;

/** Return where on the axis of a dial the promise turns, nearest to where it is now; or null. */
export function turningPoint(deal, dial) {
  const now = pointOf(deal);
  const value = deal[dial.name] ?? deal.one[dial.name];
  const [low, high] = [dial.low / dial.per, dial.high / dial.per];
  let best = null;
  for (let place = 0; place <= 400; place += 1) {
    const tried = dial.name === "off" ? Math.round(low + ((high - low) * place) / 400) : low + ((high - low) * place) / 400;
    const point = pointOf(setNumber(deal, dial.name, tried));
    if (point === VOID || point === now) continue;
    if (best === null || Math.abs(tried - value) < Math.abs(best - value)) best = tried;
  }
  return best;
}

/** The map; `move` is told the numbers of both axes, and the owner calls `draw` with the deal. */
export class RegionMap {
  constructor(say, dials, move) {
    this.say = say;
    this.dials = dials;
    this.move = move;
    this.hatch = `cn-hatch-${(maps += 1)}`;
    this.point = svg("g", { class: "cn-point", role: "slider", tabindex: 0, "data-f": "game:point", "aria-label": say("point"), "aria-valuemin": 0, "aria-valuemax": 100 });
    this.point.append(svg("circle", { class: "is-grip", r: 22 }), svg("circle", { r: 9 }));
    this.picture = svg("g");
    this.node = svg("svg", { class: "cn-region" }, this.picture, this.point);
    this.width = 0;
    this.listen();
    new ResizeObserver(() => this.node.clientWidth && this.node.clientWidth !== this.width && this.redraw()).observe(this.node);
  }

  listen() {
    let held = false;
    const take = event => {
      const box = this.node.getBoundingClientRect();
      this.moveTo(event.clientX - box.left, event.clientY - box.top);
    };
    this.node.addEventListener("pointerdown", event => {
      held = true;
      this.node.setPointerCapture(event.pointerId);
      event.preventDefault();
      this.point.focus({ preventScroll: true });
      take(event);
    });
    this.node.addEventListener("pointermove", event => held && take(event));
    for (const name of ["pointerup", "pointercancel"]) this.node.addEventListener(name, () => (held = false));
    this.point.addEventListener("keydown", event => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const values = [this.across, this.up].map((dial, at) => this.value(dial) + (step[at] * dial.leap) / dial.per);
      this.put(values);
    });
  }

  value(dial) {
    return this.deal[dial.name] ?? this.deal.one[dial.name];
  }

  /** Send values within the axes, in whole steps of their dials. */
  put(values) {
    const moved = [this.across, this.up].map((dial, at) => {
      const steps = Math.round((values[at] * dial.per) / dial.step) * dial.step;
      return Math.min(dial.high, Math.max(dial.low, Number(steps.toFixed(4)))) / dial.per;
    });
    this.move(this.across.name, moved[0], this.up.name, moved[1]);
  }

  moveTo(x, y) {
    const { size, high } = this.frame;
    const at = (dial, share) => (dial.low + (dial.high - dial.low) * Math.min(1, Math.max(0, share))) / dial.per;
    this.put([at(this.across, (x - LEFT) / size), at(this.up, (high + 8 - y) / high)]);
  }

  /** Draw the map of a deal, with the names of two dials as its axes. */
  draw(deal, across, up) {
    this.deal = deal;
    [this.across, this.up] = [across, up].map(name => this.dials.find(dial => dial.name === name));
    this.redraw();
  }

  redraw() {
    if (!this.deal) return;
    this.width = this.node.clientWidth;
    const wide = Math.max(260, this.width || 320);
    const size = Math.min(wide - LEFT - 6, 440);
    const high = Math.round(size * 0.8);
    this.frame = { size, high };
    this.node.setAttribute("viewBox", `0 0 ${wide} ${high + BELOW + 8}`);
    this.node.setAttribute("height", high + BELOW + 8);
    const span = dial => [dial.low / dial.per, dial.high / dial.per];
    const grid = regionOf(this.deal, this.across.name, this.up.name, axisPoints(...span(this.across), POINTS), axisPoints(...span(this.up), POINTS));
    const share = dial => (this.value(dial) * dial.per - dial.low) / (dial.high - dial.low);
    const [x, y] = [LEFT + share(this.across) * size, 8 + high - share(this.up) * high];
    this.picture.replaceChildren(...this.areas(grid), ...this.words(grid, x, y), ...this.threads(x, y));
    this.point.setAttribute("transform", `translate(${x} ${y})`);
    const holds = pointOf(this.deal) === HOLDS;
    this.point.setAttribute("class", holds ? "cn-point" : "cn-point is-out");
    this.point.setAttribute("aria-valuenow", Math.round(share(this.across) * 100));
    const where = [this.across, this.up].map(dial => `${dial.label}: ${shownOn(dial, this.value(dial))}`).join(". ");
    this.point.setAttribute("aria-valuetext", `${where}. ${this.say(holds ? "in_holds" : "in_breaks")}`);
  }

  areas(grid) {
    const { size, high } = this.frame;
    const [wide, tall] = [size / POINTS, high / POINTS];
    const path = { [HOLDS]: "", [VOID]: "" };
    let edge = "";
    grid.forEach((row, j) => {
      const top = 8 + high - (j + 1) * tall;
      let from = 0;
      for (let i = 1; i <= POINTS; i += 1) {
        if (i < POINTS && row[i] === row[from]) continue;
        const left = LEFT + from * wide;
        if (row[from] !== BREAKS) path[row[from]] += `M${left} ${top}h${(i - from) * wide + 0.2}v${tall + 0.2}H${left}z`;
        if (i < POINTS) edge += `M${LEFT + i * wide} ${top}v${tall}`;
        from = i;
      }
      if (j) row.forEach((point, i) => point !== grid[j - 1][i] && (edge += `M${LEFT + i * wide} ${top + tall}h${wide}`));
    });
    const pattern = svg("pattern", { id: this.hatch, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.append(svg("line", { class: "cn-hatch", x1: 0, x2: 0, y1: 0, y2: 8 }));
    return [
      svg("defs", {}, pattern),
      svg("path", { class: "cn-hold", d: path[HOLDS] }),
      svg("path", { d: path[VOID], fill: `url(#${this.hatch})` }),
      svg("path", { class: "cn-edge", d: edge }),
      svg("rect", { class: "cn-frame", x: LEFT, y: 8, width: size, height: high }),
    ];
  }

  /** Return the words in each area, where it is widest, and those at the axes. */
  words(grid, x, y) {
    const { size, high } = this.frame;
    const named = [[HOLDS, "in_holds"], [BREAKS, "in_breaks"], [VOID, "in_void"]];
    const inside = named.map(([kind, word]) => {
      const spot = this.spot(grid, kind, x, y);
      return spot && svg("text", { class: "is-in", x: spot[0], y: spot[1] + 5, "text-anchor": "middle" }, this.say(word));
    });
    const ends = dial => [dial.low, dial.high].map(String);
    const [left, right] = ends(this.across);
    const [bottom, top] = ends(this.up);
    return [
      ...inside.filter(Boolean),
      svg("text", { x: LEFT, y: high + 24 }, left),
      svg("text", { x: LEFT + size, y: high + 24, "text-anchor": "end" }, right),
      svg("text", { x: LEFT - 6, y: high + 6, "text-anchor": "end" }, bottom),
      svg("text", { x: LEFT - 6, y: 20, "text-anchor": "end" }, top),
      svg("text", { class: "is-in", x: LEFT + size / 2, y: high + 44, "text-anchor": "middle" }, `${this.across.label} \u2192`),
      svg("text", { class: "is-in", transform: `translate(16 ${8 + high / 2}) rotate(-90)`, "text-anchor": "middle" }, `${this.up.label} \u2192`),
    ];
  }

  spot(grid, kind, px, py) {
    const { size, high } = this.frame;
    const [wide, tall] = [size / POINTS, high / POINTS];
    const run = (i, j, di, dj) => {
      let n = 0;
      while (grid[j + dj * (n + 1)]?.[i + di * (n + 1)] === kind) n += 1;
      return n;
    };
    let best = null;
    for (let i = 5; i < POINTS; i += 10) {
      for (let j = 5; j < POINTS; j += 10) {
        if (grid[j][i] !== kind) continue;
        const [x, y] = [LEFT + (i + 0.5) * wide, 8 + high - (j + 0.5) * tall];
        const across = Math.min(run(i, j, 1, 0), run(i, j, -1, 0)) * wide;
        const up = Math.min(run(i, j, 0, 1), run(i, j, 0, -1)) * tall;
        const near = Math.abs(x - px) < 70 && Math.abs(y - py) < 30 ? 2 : 0;
        const room = Math.min(across / (kind === VOID ? 76 : 40), up / 14, 3) - near;
        if (!best || room > best[0]) best = [room, x, y];
      }
    }
    return best && best[0] > 0.9 ? best.slice(1) : null;
  }

  threads(x, y) {
    const { high } = this.frame;
    return [
      svg("line", { class: "cn-thread", x1: x, x2: x, y1: y, y2: 8 + high }),
      svg("line", { class: "cn-thread", x1: LEFT, x2: x, y1: y, y2: y }),
    ];
  }

  /** Return the map as a table: for some values across, where it holds going up. */
  table() {
    const { across, up, say, deal } = this;
    const ys = axisPoints(up.low / up.per, up.high / up.per, 100);
    const rows = [0, 0.25, 0.5, 0.75, 1].map(share => {
      const x = (across.low + (across.high - across.low) * share) / across.per;
      const good = ys.filter(y => pointOf(setNumber(setNumber(deal, across.name, x), up.name, y)) === HOLDS);
      const where = good.length ? say("table_from", { low: shownOn(up, good[0]), high: shownOn(up, good.at(-1)) }) : say("table_nowhere");
      return h("tr", {}, h("th", { scope: "row" }, shownOn(across, x)), h("td", {}, where));
    });
    const head = h("tr", {}, h("th", { scope: "col" }, across.label), h("th", { scope: "col" }, say("table_where", { name: up.label })));
    return h("table", {}, h("caption", {}, say("table")), h("thead", {}, head), h("tbody", {}, rows));
  }
}
