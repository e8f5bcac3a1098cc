// Runs the cells of a notebook without moving the focus or the reader's place.
import { scroller } from "./dom.js";

const GOING_ON = { tags: ["raises-exception"] }; // what follows a cell that fails is run too
const SETTLING = 1000; // milliseconds in which cards are still being drawn after the last cell
const NEAR_TOP = 20; // pixels: who is there sees the top grow

/** Return whether learners write code in a cell; it is run by nobody else. */
export function isLearners(cell) {
  return cell.model.type === "code" && (cell.model.getMetadata("tags") ?? []).includes("learner-code");
}

/** Run all code cells but those in which learners write; return those that failed. */
export async function runCells(panel, CodeCell) {
  const code = each => each.model.type === "code" && !isLearners(each);
  const cells = panel.content.widgets.filter(code);
  const letGo = holdPlace(scroller(panel));
  try {
    const runs = cells.map(each => CodeCell.execute(each, panel.sessionContext, GOING_ON));
    const replies = await Promise.allSettled(runs);
    return cells.filter((_, index) => replies[index].value?.content.status === "error"
      || replies[index].status === "rejected");
  } finally {
    letGo();
  }
}

/** Keep what is being read where it is on the screen while cards above it are drawn. */
function holdPlace(outer) {
  let held = null;
  let own = outer.scrollTop;
  let going = true;
  const pick = () => {
    const top = outer.getBoundingClientRect().top;
    const cells = [...outer.querySelectorAll(".jp-Cell")];
    const cell = cells.find(each => each.offsetHeight && each.getBoundingClientRect().bottom > top + 1);
    held = cell && outer.scrollTop > NEAR_TOP ? { cell, top: cell.getBoundingClientRect().top } : null;
  };
  const scrolled = () => {
    if (Math.abs(outer.scrollTop - own) <= 1) return;
    own = outer.scrollTop;
    pick();
  };
  const tick = () => {
    const moved = held?.cell.isConnected ? held.cell.getBoundingClientRect().top - held.top : 0;
    if (Math.abs(moved) > 1) {
      outer.scrollTop += moved;
      own = outer.scrollTop;
    }
    if (going) requestAnimationFrame(tick);
  };
  outer.addEventListener("scroll", scrolled);
  pick();
  tick();
  return () =>
    setTimeout(() => {
      going = false;
      outer.removeEventListener("scroll", scrolled);
    }, SETTLING);
}
