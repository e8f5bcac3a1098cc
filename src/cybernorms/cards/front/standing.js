// Where a card stands: its state, and the words beside its buttons. None is ever said of an answer
// that is not the one on the screen.
import { MOMENT } from "./trouble.js";

/** Return the state of a card: `open`, `chosen`, `wait`, `done`, `closed` or `lost`. */
export function stateOf(card) {
  const { keeps, state = "open" } = card.described;
  if (card.lost && card.lost !== "late") return "lost";
  if (isOnItsWay(card)) return "wait";
  if (card.edited && keeps) return "chosen";
  return card.reopened ? "open" : state;
}

const isOnItsWay = card => card.described.keeps && card.waiting.is && !card.superseded;

/** Return the look and the words of the line beside the buttons. */
export function sayingOf(card) {
  const { keeps, said = {} } = card.described;
  if (isOnItsWay(card)) return ["wait", "Your answer is on its way"];
  if (!keeps && card.turned > card.heard) {
    if (card.waiting.isSlow) return ["wait", MOMENT];
    if (said.at === "saved") return ["", ""]; // which was said of something else
  }
  if (card.waiting.is && card.waiting.isSlow && !keeps) return ["wait", MOMENT];
  if (card.edited && keeps) return sayingUnsaved(card);
  if (card.edited && !said.text && card.typed.here) return ["kept", HERE_KEPT];
  return card.reopened ? ["", ""] : [said.at ?? "", said.text ?? ""];
}

const HERE_KEPT = "Kept in this browser";

function sayingUnsaved(card) {
  const { at, text } = card.saidHere;
  if (card.heard >= card.edited && ["problem", "kept"].includes(at)) return [at, text];
  if (card.typed.here === false) return ["problem", "Not kept: this browser keeps nothing"];
  const verb = card.main?.label ?? "the button";
  const since = card.superseded
    ? `Changed since you pressed: press ${verb} again.`
    : card.described.answered
      ? "Changed, and not saved yet."
      : "";
  return ["kept", [since, card.typed.here && HERE_KEPT].filter(Boolean).join(" ")];
}

/** Show on the screen where a card stands. */
export function showStanding(card) {
  const state = stateOf(card);
  card.form.dataset.state = state;
  const off = state === "done" || state === "closed";
  for (const { node, controls } of card.drawn) {
    const fixed = Object.values(controls).some(each => !each.live);
    if (node.matches("fieldset") && fixed) node.disabled = off;
  }
  const button = card.main && card.form.querySelector(`[data-f="press:${card.main.name}"]`);
  if (button) {
    const waits = state === "wait";
    button.textContent = waits ? MOMENT : card.main.label;
    if (waits || card.main.off) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
  const [at, text] = sayingOf(card);
  for (const node of card.form.querySelectorAll(".cn-said")) {
    if (at) node.dataset.at = at;
    else delete node.dataset.at;
    if (node.textContent !== text) node.textContent = text;
  }
  const active = document.activeElement;
  if (off && button && active === button) card.form.querySelector("[data-again]")?.focus({ preventScroll: true });
}
