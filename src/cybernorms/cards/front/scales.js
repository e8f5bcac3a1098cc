// Explanations as bars that move with every item: the needle is where one stands, the marker runs
// from where it stood before, and the number says how far the item moved it.
import { h } from "./dom.js";

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
