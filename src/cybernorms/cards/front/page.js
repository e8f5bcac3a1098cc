// What is done for a page that has cards: their style, keys, focus, and the readings between.
import { h } from "./dom.js";

/** Return the card that a reading waits for: the last one before it whose answer is kept. */
function cardBefore(reading) {
  let cell = reading.closest(".jp-Cell, [data-cell]");
  while ((cell = cell?.previousElementSibling)) {
    const cards = cell.querySelectorAll("form.cn[data-key]");
    if (cards.length) return cards[cards.length - 1];
    const notRun = cell.matches(".jp-CodeCell") && !cell.querySelector(".jp-OutputArea-child");
    if (notRun) return null; // its card may be the one
  }
  return null;
}

/** Open the readings whose card has its answer. */
export function openReadings(form) {
  const root = form.closest(".jp-Notebook, main") ?? document.body;
  for (const reading of root.querySelectorAll("details.cn-later:not([open])")) {
    if (cardBefore(reading)?.hasAttribute("data-answered")) reading.open = true;
  }
}

/** Return a name for a card that no other card on the page has: two of a kind are told apart. */
export function nameOf(form, label) {
  const others = [...document.querySelectorAll("form.cn")].filter(each => each !== form);
  const taken = others.map(each => each.getAttribute("aria-label"));
  let name = label;
  for (let number = 2; taken.includes(name); number += 1) name = `${label} (${number})`;
  return name;
}

/** Do something that may draw the element with the focus anew, and bring the focus back. */
export function keepFocus(form, act) {
  const active = document.activeElement;
  const inside = form.contains(active);
  const name = inside ? active.dataset.f : "";
  act();
  if (!inside || (document.activeElement === active && form.contains(active))) return;
  const again = name && [...form.querySelectorAll("[data-f]")].find(each => each.dataset.f === name);
  if (again) again.focus({ preventScroll: true });
}

/** Put the style of cards into the page. */
export function putStyle(css) {
  if (document.querySelector("style[data-cybernorms]")) return;
  const style = h("style", { "data-cybernorms": true });
  style.textContent = css;
  document.head.append(style);
}

/**
 * Leave plain keys to the cards that have the focus. In command mode JupyterLab takes them for
 * commands of its own: an arrow would leave the form, and an x would cut the cell. It looks for the
 * mark from the focused element upwards, and stops at the first one that a selector of its fits.
 */
export function leaveKeys() {
  if (window.cybernormsLeavesKeys) return;
  window.cybernormsLeavesKeys = true;
  window.addEventListener(
    "keydown",
    event => {
      const { target } = event;
      if (!(target instanceof Element) || !target.closest(".cn")) return;
      const command = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
      target.toggleAttribute("data-lm-suppress-shortcuts", !command);
    },
    { capture: true },
  );
}
