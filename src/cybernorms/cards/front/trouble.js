// When nobody answers: what a card says then, with one button that runs the lesson again.
import { h } from "./dom.js";

const RUNNING = 10000; // milliseconds until *Run this lesson again* can be pressed again
const AGAIN = "Run this lesson again";
const LOST = {
  gone: ["This card lost its connection.", "What you saved is safe."],
  late: ["No answer yet.", "The lesson is busy, or it has stopped."],
  away: ["Not connected just now.", "This goes on by itself once the connection is back."],
};
const STILL_HERE = "What you filled in is still here.";
const BY_HAND = "In the menu, choose Run, then Run All Cells. What you filled in will be put back.";

export const MOMENT = "One moment …";

export class Trouble {
  /** @param {Card} card that may lose whoever answers it. */
  constructor(card) {
    this.card = card;
    this.kind = null; // `gone`, `late` or `away`
    this.timer = null;
    this.node = h("div", { class: "cn-lost", role: "alert", hidden: true });
  }

  /** Say how it stands, unless that or worse has been said; return whether it is new. */
  say(kind) {
    const isSaid = this.kind && (this.kind === "gone" || this.kind === kind || kind === "late");
    if (isSaid) return false;
    this.kind = kind;
    this.draw();
    this.node.hidden = false;
    return true;
  }

  draw() {
    const [bold, rest] = LOST[this.kind];
    const here = this.card.isUnsaved ? ` ${STILL_HERE}` : "";
    const button = h("button", { type: "button", class: "cn-btn", onclick: () => this.runAgain() }, AGAIN);
    this.node.replaceChildren(h("span", {}, h("b", {}, bold), ` ${rest}${here}`), button);
  }

  /** Take back what was said: somebody answers after all. */
  calm() {
    this.kind = null;
    this.node.hidden = true;
    this.stop();
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
  }

  /** Bring into sight what is said, by now perhaps of something that was filled in since. */
  show() {
    if (!this.timer) this.draw();
    this.node.scrollIntoView({ block: "nearest" });
  }

  runAgain() {
    this.card.typed.flush();
    const taken = !this.card.dispatch("again", {});
    this.node.replaceChildren(h("span", {}, taken ? MOMENT : BY_HAND));
    if (!taken) return;
    this.timer = setTimeout(() => {
      this.stop();
      if (this.kind) this.draw();
    }, RUNNING);
  }
}
