// The deal game: a step of it is a part of a card. It plays without a kernel, and tells it at the end
// of a step what was played, so that the reading opens and the settings come back.
import { h } from "./dom.js";
import { drawCrowd, drawWorlds } from "./game-crowd.js";
import { drawDaylight, drawFog } from "./game-play.js";
import { drawMap, drawSandbox } from "./game-region.js";
import { drawRules } from "./game-rules.js";

const STEPS = {
  daylight: drawDaylight,
  fog: drawFog,
  rules: drawRules,
  map: drawMap,
  crowd: drawCrowd,
  worlds: drawWorlds,
  sandbox: drawSandbox,
};

/** Draw a step of the game. */
export function drawGame(part, context) {
  let held = null;
  const keep = value => {
    if (JSON.stringify(value) === JSON.stringify(held)) return;
    held = value;
    context.changed();
    context.press("played");
  };
  const step = STEPS[part.step](part, keep);
  const node = h("div", { class: "cn-game", "data-step": part.step }, step.nodes, h("p", { class: "cn-kept-line" }, context.saidNode()));
  return {
    node,
    read: () => held,
    write(value) {
      held = value ?? null;
      if (held) step.restore?.(held);
    },
    key: digit => Boolean(step.key?.(digit)),
  };
}
