// What is said in a card by the page itself: "One moment …", or that its kernel is gone.
import { textFields } from "./texts.js";

export const CARD = ".cn-card.jupyter-widgets";
const MAIN = "button.cn-main";
const SOON = 300; // milliseconds until a wait is noticed

const MOMENT = "One moment …";
const AGAIN = "choose Run, then Run All Cells.";
const KEPT = "What you saved is kept: to go on, ";
const TEXT = "Your text is still here, and comes back when you run the lesson again: ";
const HERE = "Your text is still here. ";
const UNREACHED = "If this lasts, start the module again, reload this page, and ";

/** The state of one card that waits for its kernel, or has lost it. */
export class Card {
  constructor(node) {
    this.node = node;
  }

  /** The button whose press is not answered yet, if it is one that saves. */
  press = null;
  changedSince = false;
  kept = new Map();
  waits = false;
  pressed = false;
  timer = null;
  away = false;

  get main() {
    return this.node.querySelector(MAIN);
  }

  get lost() {
    return this.node.classList.contains("cn-lost");
  }

  /** Begin to wait; what is said below the buttons may be out of date until the kernel answers. */
  wait(pressed) {
    this.waits = true;
    this.pressed ||= pressed;
    if (this.node.classList.contains("cn-waiting")) this.notice();
    else this.timer ??= setTimeout(() => this.notice(), SOON);
  }

  notice() {
    this.node.classList.add("cn-waiting");
    if (this.pressed && !this.away) this.say(MOMENT);
  }

  /** End the wait: all that was sent is answered. */
  settle() {
    clearTimeout(this.timer);
    this.timer = this.press = null;
    this.waits = this.pressed = false;
    this.node.classList.remove("cn-waiting");
    if (this.changedSince) {
      this.node.classList.add("cn-changed-since");
      this.say(`Changed since you pressed. Press ${this.main.textContent.trim()} again.`);
    } else if (!this.node.classList.contains("cn-changed-since")) {
      this.say("");
    }
  }

  /** Take a press of the button that saves: it is about what is on the screen now. */
  take(button) {
    this.press = button;
    this.changedSince = false;
    this.node.classList.remove("cn-changed-since");
    this.say("");
  }

  /** Keep a change from being sent; the field shows it already. */
  keep(event, field) {
    event.stopImmediatePropagation();
    if (!this.kept.has(field)) this.kept.set(field, { type: event.type, was: !field.checked });
  }

  /** Send what was changed since the press, as if it were changed now. */
  sendKept() {
    const kept = [...this.kept];
    this.kept.clear();
    for (const [field, { type, was }] of kept) {
      if (field.type === "checkbox" && field.checked === was) continue; // ticked and taken back
      const how = { bubbles: true };
      field.dispatchEvent(type === "click" ? new MouseEvent(type, how) : new Event(type, how));
    }
  }

  /** Say for good that the kernel which this card spoke to is gone. */
  lose() {
    if (this.lost) return;
    if (this.waits) this.node.classList.add("cn-outdated");
    this.changedSince = false;
    this.kept.clear();
    this.settle();
    this.node.classList.remove("cn-changed-since");
    this.node.classList.add("cn-lost");
    const what = this.node.matches(".cn-form") ? "This form" : "This part of the page";
    this.say(`${what} has lost its connection. ${this.keepsText ? TEXT : KEPT}${AGAIN}`, "alert");
  }

  /** Say that the kernel cannot be reached, or take it back. */
  unreached(now) {
    if (this.lost || now === this.away) return;
    this.away = now;
    const words = `Not connected just now. ${this.keepsText ? HERE : ""}${UNREACHED}${AGAIN}`;
    this.say(now ? words : this.waits && this.pressed ? MOMENT : "");
  }

  /** Note a change in a card whose kernel is gone: what was said of the answer holds no more. */
  outdate() {
    this.node.classList.add("cn-outdated");
  }

  get keepsText() {
    return textFields(this.node).length > 0;
  }

  say(words, role = "status") {
    let line = this.node.querySelector(":scope .cn-moment");
    if (!line && words) {
      line = document.createElement("span");
      line.className = "cn-moment";
      (this.main?.parentElement ?? this.node).append(line);
    }
    if (line && line.textContent !== words) {
      line.setAttribute("role", role);
      line.textContent = words;
    }
  }
}
