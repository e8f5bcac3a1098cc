// The parts of a card, from top to bottom: each is drawn anew where its description has changed.
import { drawClause } from "./clause.js";
import { CONTROLS, drawField } from "./controls.js";
import { drawDays } from "./days.js";
import { drawDeck } from "./deck.js";
import { h, holding, verdict } from "./dom.js";
import { drawOpened } from "./forecast.js";
import { drawGame } from "./game.js";
import { drawCoders, drawScales } from "./scales.js";
import { drawRetold } from "./retold.js";
import { drawBallots, drawSeats } from "./seats.js";

function drawResult(result) {
  if (!result) return null;
  const box = h("div", { class: "cn-result", "data-v": result.look });
  box.append(h("p", {}, verdict(result.look, result.word)));
  if (result.html) box.append(holding("div", {}, result.html));
  return box;
}

/** Leave folds as the reader left them, by the words on them, when they are drawn anew. */
function keepFolds(node, context) {
  const folds = (context.memory.folds ??= {});
  for (const fold of node.querySelectorAll("details")) {
    const name = fold.querySelector("summary").textContent;
    if (name in folds) fold.open = folds[name];
    fold.addEventListener("toggle", () => (folds[name] = fold.open));
  }
  return node;
}

const DRAW = {
  html(part, context) {
    const node = keepFolds(holding("div", { class: "cn-html" }, part.html), context);
    if (part.live) node.setAttribute("aria-live", "polite");
    return { node };
  },

  kicker(part) {
    const name = part.name ? h("b", {}, part.name) : null;
    return { node: h("p", { class: "cn-kicker" }, name, h("span", {}, part.kind ?? "")) };
  },

  fold(part, context) {
    const body = holding("div", {}, part.html);
    const summary = h("summary", { "data-f": `fold:${part.summary}` }, part.summary);
    const fold = h("details", { class: "cn-fold", open: Boolean(part.open) }, summary, body);
    return { node: keepFolds(h("div", {}, fold), context) };
  },

  ask(part, context) {
    const { name } = part.control;
    const changed = event => (part.live ? context.live(name, event) : context.changed(event));
    const control = CONTROLS[part.control.is](part.control, { ...context, changed });
    const node = h(
      "fieldset",
      { class: "cn-ask" },
      h("legend", {}, part.legend),
      part.lead ? holding("div", { class: "cn-lead" }, part.lead) : null,
      control.node,
    );
    const withoutResult = JSON.stringify({ ...part, result: undefined });
    let result = null;
    /** Show another result, and leave the control alone, in which somebody may be writing. */
    const update = next => {
      if (JSON.stringify({ ...next, result: undefined }) !== withoutResult) return false;
      result?.remove();
      result = drawResult(next.result);
      if (result) control.node.before(result);
      return true;
    };
    update(part);
    return { node, controls: { [name]: { ...control, live: Boolean(part.live) } }, update };
  },

  fields(part, context) {
    const controls = {};
    const node = h("div", { class: "cn-fields" });
    for (const field of part.fields) {
      controls[field.name] = { ...drawField(field, context), live: true };
      node.append(controls[field.name].node);
    }
    return { node, controls };
  },

  actions(part, context) {
    const buttons = part.buttons.map(button =>
      h(
        "button",
        {
          type: "button",
          class: button.main ? "cn-btn cn-do" : "cn-btn",
          "data-f": `press:${button.name}`,
          "data-again": Boolean(button.again),
          "aria-disabled": button.off ? "true" : null,
          onclick: event => {
            if (event.currentTarget.getAttribute("aria-disabled") === "true") return;
            if (button.again) context.again();
            else context.press(button.name);
          },
        },
        button.label,
      ),
    );
    const said = part.said ? context.saidNode() : null;
    return { node: h("p", { class: "cn-acts" }, buttons, said), main: part.buttons.find(each => each.main) };
  },

  deck(part, context) {
    const deck = drawDeck(part, { ...context, changed: () => context.changed(part.name) });
    return { node: deck.node, controls: { [part.name]: { ...deck, live: true } } };
  },

  days(part, context) {
    return drawDays(part, context);
  },

  opened(part, context) {
    return drawOpened(part, context);
  },

  coders(part, context) {
    return drawCoders(part, context);
  },

  scales(part) {
    return drawScales(part);
  },

  retold(part, context) {
    const lanes = drawRetold(part, { ...context, changed: () => context.changed(part.name) });
    return { node: lanes.node, controls: { [part.name]: { ...lanes, live: true } } };
  },

  seats(part, context) {
    return { node: drawSeats(part, context) };
  },

  ballots(part, context) {
    return { node: drawBallots(part, context) };
  },

  clause(part, context) {
    return drawClause(part, context);
  },

  game(part, context) {
    const game = drawGame(part, context);
    return { node: game.node, controls: { [part.name]: { ...game, live: true } } };
  },
};

/** Draw a part; returns its `node`, and its `controls` by name. */
export function drawPart(part, context) {
  return { controls: {}, ...DRAW[part.is](part, context) };
}

/** Return a part without what belongs to an answer that is no longer on the screen. */
export function unanswered(part) {
  if (part.answered) return null;
  if (part.is !== "ask") return part;
  const bare = list => list?.map(({ why, ...rest }) => rest);
  const { result, ...rest } = part;
  const control = { ...part.control };
  for (const field of ["options", "lines", "items"]) {
    if (control[field]) control[field] = bare(control[field]);
  }
  return { ...rest, control }; // in the order of before, or it would be drawn anew
}
