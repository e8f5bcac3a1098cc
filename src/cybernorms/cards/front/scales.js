// Explanations as bars that move with every item: the needle is where one stands, the marker runs
// from where it stood before, and the number says how far the item moved it.
import { h, holding, shape } from "./dom.js";

function setBar(row, bar) {
  const { at, before } = bar;
  const from = Math.min(at, before);
  row.track.style.setProperty("--v", at);
  row.track.style.setProperty("--p", from);
  row.track.style.setProperty("--d", Math.abs(at - before));
  row.by.textContent = bar.by;
  row.odds.textContent = bar.odds;
}

function drawBar(bar) {
  const track = h("span", { class: "cn-track", "aria-hidden": "true" }, h("span", { class: "cn-delta" }), h("span", { class: "cn-bar" }), h("span", { class: "cn-needle" }));
  const by = h("span", { class: "cn-by" });
  const odds = h("span", { class: "cn-odds" });
  const row = { name: bar.name, track, by, odds, node: h("li", {}, h("b", {}, bar.name), track, h("span", {}, odds, by)) };
  setBar(row, bar);
  return row;
}

/** Draw the bars; another description of the same bars moves them. */
export function drawScales(part) {
  const rows = part.bars.map(drawBar);
  const moved = h("p", { class: "cn-soft" });
  const tell = next => (moved.textContent = next.moved ? `Moved last by: ${next.moved}` : "");
  tell(part);
  const ends = h("p", { class: "cn-ends", "aria-hidden": "true" }, h("span", {}, "against it"), h("span", {}, "for it"));
  const node = h("section", { class: "cn-balance", "aria-label": "Where each explanation stands" }, moved, ends, h("ol", { class: "cn-scales" }, rows.map(each => each.node)));
  return {
    node,
    update(next) {
      const alike = next.is === "scales" && next.bars.length === rows.length;
      if (!alike) return false;
      node.classList.add("is-ready"); // from now on changes are seen to move
      next.bars.forEach((bar, place) => setBar(rows[place], bar));
      tell(next);
      return true;
    },
  };
}

// Two coders as two columns of squares, one square for each item. Level lines agree, crossing lines
// are marked and numbered; below, the room that chance leaves, and the share of it that is agreement.

const STEP = 6; // from one square to the next, in units of the drawing
const GAP = 26; // between values
const SIDES = { one: 150, two: 470 };
const WHOLE = 620;

/** Place every item on both sides: those on which the two agree stand level. */
function layOut(pair) {
  const rows = [];
  const groups = [];
  let top = 24;
  for (const value of pair.values) {
    const both = pair.items.filter(each => each.one === value && each.two === value);
    const ones = pair.items.filter(each => each.one === value && each.two !== value);
    const twos = pair.items.filter(each => each.two === value && each.one !== value);
    [...both, ...ones].forEach((item, at) => rows.push({ item, side: "one", y: top + STEP * at }));
    [...both, ...twos].forEach((item, at) => rows.push({ item, side: "two", y: top + STEP * at }));
    groups.push({ value, top, one: both.length + ones.length, two: both.length + twos.length });
    top += STEP * (both.length + Math.max(ones.length, twos.length)) + GAP;
  }
  return { rows, groups, height: top };
}

function columns(part, pair) {
  const { rows, groups, height } = layOut(pair);
  const y = (item, side) => rows.find(each => each.item === item && each.side === side).y;
  const picture = shape("svg", { class: "cn-pair", viewBox: `0 0 ${WHOLE} ${height}`, role: "img", "aria-label": `${pair.name}. ${pair.headline}` });
  picture.append(
    shape("text", { x: SIDES.one, y: 12, "text-anchor": "middle" }, part.names[0]),
    shape("text", { x: SIDES.two, y: 12, "text-anchor": "middle" }, part.names[1]),
  );
  const apart = pair.items.filter(each => each.one !== each.two);
  const ordered = [...pair.items.filter(each => each.one === each.two), ...apart];
  for (const item of ordered) {
    const d = `M${SIDES.one + 6} ${y(item, "one")}L${SIDES.two - 6} ${y(item, "two")}`;
    picture.append(shape("path", { class: item.one === item.two ? "cn-same" : "cn-cross", d }));
  }
  for (const { side, y: top } of rows) {
    picture.append(shape("rect", { class: "cn-one", x: SIDES[side] - 4, y: top - 2, width: 8, height: 4 }));
  }
  for (const { value, top, one, two } of groups) {
    if (one) picture.append(shape("text", { x: SIDES.one - 14, y: top + 4, "text-anchor": "end" }, `${value} ${one}`));
    if (two) picture.append(shape("text", { x: SIDES.two + 14, y: top + 4 }, `${two} ${value}`));
  }
  apart.forEach((item, at) => {
    const part = (at + 1) / (apart.length + 1);
    const x = SIDES.one + (SIDES.two - SIDES.one) * part;
    const middle = y(item, "one") + (y(item, "two") - y(item, "one")) * part;
    picture.append(shape("circle", { class: "cn-number-at", cx: x, cy: middle, r: 9 }), shape("text", { x, y: middle + 4, "text-anchor": "middle" }, at + 1));
  });
  return { picture, apart };
}

function share(name, size, text) {
  const node = h("span", { class: name }, text ? h("span", { class: "cn-hide" }, text) : null);
  node.style.setProperty("--f", size);
  return node;
}

function kappa(pair) {
  const all = pair.items.length;
  const agreed = pair.items.filter(each => each.one === each.two).length / all;
  const { chance } = pair;
  const room = 1 - chance;
  if (!pair.kappa || room <= 0) return h("p", {}, "Both used one value only, so there is nothing left to measure.");
  const beyond = Math.max(0, agreed - chance);
  const filled = Math.max(0, Math.min(1, beyond / room));
  return h(
    "div",
    { class: "cn-kappa" },
    h("p", {}, pair.chance_line),
    h("div", { class: "cn-kbar", "aria-hidden": "true" }, share("is-chance", chance), share("is-beyond", beyond), share("is-apart", 1 - Math.max(agreed, chance))),
    h("p", { class: "cn-soft" }, `About ${Math.round(chance * all)} by chance alone, then what they agree on beyond it, then the ${all - Math.round(agreed * all)} on which they part.`),
    h("div", { class: "cn-kbar", "aria-hidden": "true" }, share("is-beyond", filled), share("is-apart", 1 - filled)),
    h("p", { class: "cn-soft" }, "The room that chance leaves, enlarged. The share of it that is agreement is kappa."),
    h("p", { class: "cn-kappa-is" }, `κ = ${pair.kappa}`),
  );
}

/** Draw two coders; `context.memory` keeps over redraws which axis is shown. */
export function drawCoders(part, context) {
  const stage = h("div", { class: "cn-coders-stage" });
  const buttons = part.pairs.map((pair, place) =>
    h("button", { type: "button", class: "cn-btn", "data-f": `coders:${place}`, onclick: () => show(place) }, pair.name),
  );
  function show(place) {
    context.memory.coders = place;
    const pair = part.pairs[place];
    buttons.forEach((button, at) => button.setAttribute("aria-pressed", String(at === place)));
    const { picture, apart } = columns(part, pair);
    const list = h("ol", { class: "cn-differ" }, apart.map((item, at) => h("li", {}, h("details", {}, h("summary", {}, `${at + 1}. ${item.name}`), holding("div", {}, item.html)))));
    stage.replaceChildren(h("p", {}, h("b", {}, pair.headline), ` ${pair.question}`), picture, list, h("h4", {}, "Is that a lot of agreement?"), kappa(pair));
    context.announce(`${pair.name}. ${pair.headline}`);
  }
  show(context.memory.coders ?? 0);
  return { node: h("div", { class: "cn-coders" }, h("div", { class: "cn-views", role: "group", "aria-label": "Axis" }, buttons), stage) };
}
