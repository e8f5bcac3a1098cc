// The transport of a page with one card: it asks the program that has opened it.
import { Card } from "../cards/front/card.js";

const { body } = document;
const cover = document.querySelector("#cover");
const place = document.querySelector("#card");
const LARGEST = 4;

async function ask(path, message) {
  const headers = { "Content-Type": "application/json", "X-XSRFToken": body.dataset.token };
  const more = message ? { method: "POST", headers, body: JSON.stringify(message) } : {};
  const answer = await fetch(path, { credentials: "same-origin", ...more });
  if (!answer.ok) throw new Error(path);
  return answer.json();
}

function lose() {
  document.querySelector("#lost").hidden = false;
}

let turn = Promise.resolve(); // one message after the other, as a kernel answers them
const card = new Card(place, message => {
  turn = turn
    .then(() => ask("/message", message))
    .then(described => card.show(described))
    .catch(lose);
});

function showCard(shown) {
  cover.hidden = shown;
  place.hidden = !shown;
  (shown ? place.querySelector("button, input, select, a[href], [tabindex]") : cover.querySelector("button"))?.focus();
}

function resize(by) {
  body.dataset.size = Math.min(LARGEST, Math.max(0, Number(body.dataset.size) + by));
}

function isTyping(target) {
  return target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=range])");
}

document.querySelector("#open").addEventListener("click", () => showCard(true));
window.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const keys = { b: () => showCard(place.hidden), "+": () => resize(1), "=": () => resize(1), "-": () => resize(-1) };
  const action = keys[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  action();
});

ask("/card").then(described => {
  document.querySelector("#wait").remove();
  card.show(described);
}, lose);
export { showCard };
