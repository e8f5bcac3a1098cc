// One line at the top that says how things stand: starting, ready, kept, not kept and why.
import { h } from "./cards.js";

const WORDS = {
  starting: "You can read now. The questions come alive in a few seconds.",
  ready: "Ready. What you save is kept in this browser, on this device.",
  kept: "Saved in this browser, on this device.",
  full: "Not kept: this browser has no room left. Save your work to a file now (My work, at the top), then free some space.",
  forbidden:
    "This browser keeps nothing here, as in some private windows. You can answer, but it’s gone once you close this tab: save your work to a file, or write your hand-in, before you do.",
  broken: "The questions have stopped. What you saved is safe, and what you typed is kept. Load the page again to go on.",
  slow: "The questions couldn’t be started. Load the page again; if that doesn’t help, use a newer browser. You can still read everything.",
};
const BAD = ["full", "forbidden", "broken", "slow"];

export class State {
  constructor(node) {
    this.node = node;
  }

  /** Say how things stand; a worse word is not taken back by a better one that is less true. */
  set(name, ...more) {
    if (this.name === "forbidden" && ["ready", "kept"].includes(name)) return;
    this.name = name;
    this.say(WORDS[name], ...more);
    this.node.classList.toggle("cn-bad", BAD.includes(name));
  }

  say(text, ...more) {
    const parts = more.flatMap(each => [" ", each]);
    this.node.replaceChildren(h("span", {}, text), ...parts);
  }
}

/** Return a button that loads the page again. */
export const reloadButton = () =>
  h("button", { type: "button", class: "cn-btn", onclick: () => location.reload() }, "Load it again");
