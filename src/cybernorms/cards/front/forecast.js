// Forecasts on lines from 0 to 100. Opened, each distance to what happened unfolds into a square,
// whose area is what the forecast costs. Which outcomes are open is the reader's own matter.
import { h, holding, shape } from "./dom.js";

const LEFT = 10; // where 0 is, in units of the drawing
const SIDE = 200; // from 0 to 100
const LINE = 34; // the height of the line, below which the squares stand
const VIEW = { open: "0 -8 220 246", closed: "0 -8 220 56" };
const APART = 15; // marks closer than this stand above each other

/** Return the sign of a forecaster: a disc, a square or a triangle. */
function signOf(kind, x, y) {
  if (kind === "me") return shape("circle", { class: "cn-mark is-me", cx: x, cy: y, r: 7 });
  if (kind === "news") return shape("rect", { class: "cn-mark", x: x - 6.5, y: y - 6.5, width: 13, height: 13 });
  return shape("path", { class: "cn-mark", d: `M${x - 8} ${y + 6}L${x} ${y - 8}L${x + 8} ${y + 6}Z` });
}

const at = percent => LEFT + (SIDE * percent) / 100;

function squares(panel) {
  const found = panel.marks.map(mark => {
    const side = Math.abs(at(mark.percent) - at(panel.happened ? 100 : 0));
    const x = panel.happened ? LEFT + SIDE - side : LEFT;
    return { side, node: shape("rect", { class: `cn-sq is-${mark.shape}`, x, y: LINE, width: side, height: side }) };
  });
  return found.sort((one, other) => other.side - one.side).map(each => each.node);
}

function signs(panel) {
  const taken = [];
  return [...panel.marks].reverse().map(mark => { // the reader's own is drawn last
    const x = at(mark.percent);
    const above = taken.filter(other => Math.abs(other - x) < APART).length;
    taken.push(x);
    return signOf(mark.shape, x, LINE - APART * above);
  });
}

const isKnown = panel => panel.happened !== undefined;
const given = mark => `${mark.who} ${Math.round(mark.percent)}`;

function drawing(panel) {
  const picture = shape("svg", { viewBox: VIEW.closed, role: "img" });
  picture.append(
    shape("rect", { class: "cn-unit", x: LEFT, y: LINE, width: SIDE, height: SIDE }),
    ...(isKnown(panel) ? squares(panel) : []),
    shape("path", { class: "cn-axis", d: `M${LEFT} ${LINE}H${LEFT + SIDE}` }),
    ...Array.from({ length: 11 }, (_, ten) => shape("circle", { class: "cn-tick", cx: at(10 * ten), cy: LINE, r: 2.5 })),
    shape("text", { x: LEFT, y: 0 }, "0"),
    shape("text", { x: LEFT + SIDE, y: 0, "text-anchor": "end" }, "100"),
  );
  if (isKnown(panel)) {
    const end = at(panel.happened ? 100 : 0);
    picture.append(shape("path", { class: "cn-truth", d: `M${end} ${LINE - 14}V${LINE + 14}` }));
  }
  picture.append(...signs(panel));
  return picture;
}

function key(panel) {
  const rows = panel.marks.map(mark => {
    const sign = shape("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, signOf(mark.shape, 9, 10));
    const cost = mark.cost ? h("span", { class: "cn-cost" }, `costs ${mark.cost}`) : h("span", {});
    return h("li", {}, sign, h("span", {}, mark.who), h("b", {}, Math.round(mark.percent)), cost);
  });
  return h("ul", { class: "cn-key" }, rows);
}

function drawPanel(panel) {
  const picture = drawing(panel);
  const outcome = isKnown(panel) ? holding("p", { class: "cn-outcome" }, panel.outcome) : h("p", { class: "cn-outcome" });
  const node = h("li", { class: "cn-panel" }, h("p", { title: panel.text }, h("b", {}, panel.title)), picture, outcome, key(panel));
  const set = open => {
    node.classList.toggle("is-open", open);
    picture.setAttribute("viewBox", open ? VIEW.open : VIEW.closed);
    const costs = mark => (open && mark.cost ? `${given(mark)}, costs ${mark.cost}` : given(mark));
    const came = open ? (panel.happened ? " It happened." : " It didn’t happen.") : " Not opened yet.";
    picture.setAttribute("aria-label", `${panel.title}. ${panel.marks.map(costs).join("; ") || "No forecast"}.${came}`);
    outcome.hidden = !open;
  };
  return { node, set, panel };
}

/** Draw the lines; `context.memory` keeps over redraws how many outcomes are open. */
export function drawOpened(part, context) {
  const panels = part.panels.map(drawPanel);
  const list = h("ol", { class: "cn-panels" }, panels.map(each => each.node));
  const all = panels.length;
  const name = `outcomes ${part.name}`;
  if (!isKnown(part.panels[0])) {
    context.memory[name] = 1; // the press that opens them opens the first one
    for (const each of panels) each.set(false);
    return { node: h("div", { class: "cn-opened" }, list) };
  }
  const after = holding("div", { class: "cn-html" }, part.after);
  const count = h("p", { class: "cn-soft" });
  const button = h("button", { type: "button", class: "cn-btn cn-do", "data-f": "press:open" });
  const show = (many, latest = -1) => {
    context.memory[name] = many;
    panels.forEach((each, place) => {
      each.set(place < many);
      each.node.classList.toggle("is-new", place === latest);
    });
    const done = many === all;
    after.hidden = !done;
    count.textContent = `${many} of ${all} opened. The smaller the square, the better the forecast.`;
    button.textContent = done ? "Open them again, one by one" : "Open the next one";
  };
  button.addEventListener("click", () => {
    const many = context.memory[name];
    const next = many === all ? 0 : many;
    show(next + 1, next);
    const { node, panel } = panels[next];
    node.scrollIntoView({ block: "nearest" });
    context.announce(`${panel.title}. ${node.querySelector(".cn-outcome").textContent}`);
  });
  const first = name in context.memory ? context.memory[name] : all;
  show(first, first < all ? first - 1 : -1);
  return { node: h("div", { class: "cn-opened" }, count, list, h("p", { class: "cn-acts" }, button, context.saidNode()), after) };
}
