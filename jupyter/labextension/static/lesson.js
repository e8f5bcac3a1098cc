// One lesson in the frame: it runs by itself, says in a sentence what has happened, and brings
// learners back to where they were.
import { OwnCode } from "./code.js";
import { pause, scroller } from "./dom.js";
import { runCells } from "./running.js";

const WORDS = {
  changed: "This notebook isn't as it came with the module, so it doesn't run by itself.",
  elsewhere: "This notebook lies in a folder that wasn't laid out on this computer for you, so it doesn't run by itself.",
  failed: "A part of this page couldn't be shown. The rest works.",
  gone: "This lesson was interrupted. What you saved is kept.",
  away: "The lesson can't be reached just now. What you saved is kept.",
  busy: "The computer has been working on this page for half a minute.",
  starting: "One moment …",
  never: "This lesson couldn't be started. If you closed the window in which you started the module, start it again, then try once more.",
};
const AGAIN = "Run this lesson again";
const TOUCHES = ["wheel", "pointerdown", "keydown", "touchstart"];
const DRAWN = 8000; // milliseconds in which the first open question is drawn
const SETTLING = 2500; // milliseconds until nothing above it moves any more
const ABOVE = 16; // pixels above it

export class Lesson {
  constructor(panel, frame) {
    this.panel = panel;
    this.frame = frame;
    this.bar = frame.bar;
    this.kernels = frame.kernels;
    this.hasRun = false;
    this.told = "";
  }

  get entry() {
    return this.frame.here;
  }

  get watched() {
    return this.kernels.of(this.panel);
  }

  async open() {
    this.dress();
    this.notice();
    const code = new OwnCode(this.panel, this.entry, this.frame.server, this);
    await code.open();
    const asShipped = this.panel.context.contentsModel?.hash === this.entry.sha256;
    if (asShipped && this.entry.own) return this.run();
    const words = asShipped ? WORDS.elsewhere : WORDS.changed;
    this.bar.say(words, "Run it", () => this.run());
  }

  /** Give the panel the looks of a lesson; what could change it by accident is left out. */
  dress() {
    const { panel } = this;
    panel.addClass("cn-lesson");
    panel.toolbar.hide();
    const outer = scroller(panel);
    outer.classList.add("cn-page");
    outer.id ||= "cn-lesson";
    outer.tabIndex = -1;
    // JupyterLab calls it a feed, which has to hold articles and here does not.
    panel.content.node.querySelector("[role=feed]")?.setAttribute("role", "group");
    window.addEventListener("keydown", event => this.keepKeys(event), { capture: true });
    const leave = event => event.stopPropagation();
    panel.node.addEventListener("contextmenu", leave, { capture: true });
    const open = event => event.target.closest(".jp-MarkdownCell") && leave(event);
    panel.node.addEventListener("dblclick", open, { capture: true });
    for (const cell of panel.content.widgets) {
      if (cell.model.type !== "code") continue;
      const isOwn = this.entry.code.includes(cell.model.id);
      if (!isOwn) cell.readOnly = true;
      const name = isOwn ? "Your code" : "Code of this lesson";
      cell.ready.then(() => cell.node.querySelector(".cm-content")?.setAttribute("aria-label", name));
    }
  }

  /** Keep JupyterLab's shortcuts away, which cut, insert and split cells; it looks for the mark on
   *  the element with the focus. Nothing is to be saved, by JupyterLab or by the browser. */
  keepKeys(event) {
    const { target } = event;
    if (target instanceof Element && this.panel.node.contains(target)) {
      target.setAttribute("data-lm-suppress-shortcuts", "");
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
  }

  /** Note whether the reader has begun to move. */
  notice() {
    this.touched = Boolean(location.hash);
    const touch = () => {
      this.touched = true;
    };
    for (const kind of TOUCHES) this.panel.node.addEventListener(kind, touch, { capture: true, once: true });
  }

  async run() {
    this.bar.say();
    try {
      await this.watched.usable();
      await this.shown(await runCells(this.panel, this.kernels.CodeCell));
    } catch (error) {
      this.fail(error);
    }
  }

  async shown(failed) {
    const first = !this.hasRun;
    this.hasRun = true;
    this.told = "";
    this.bar.say();
    this.tell();
    if (failed.length) this.bar.say(WORDS.failed, "Try again", () => this.run());
    await this.frame.refresh();
    if (first) await this.goOn();
  }

  fail(error) {
    console.error("cybernorms", error);
    this.bar.say(WORDS.never, "Try again", () => this.again());
  }

  /** Run everything again, in a new kernel if the old one is gone. */
  async again(how = {}) {
    if (this.isComingBack) return;
    this.isComingBack = true;
    this.bar.say(WORDS.starting);
    try {
      const failed = await this.kernels.again(this.watched, how);
      this.isComingBack = false;
      await this.shown(failed);
    } catch (error) {
      this.fail(error);
    } finally {
      this.isComingBack = false;
    }
  }

  /** Say what has become of the kernel. */
  tell() {
    const { watched } = this;
    if (!this.hasRun || this.isComingBack || !watched) return;
    const kind = watched.state === "alive" ? (watched.isBusy ? "busy" : "") : watched.state;
    const act = {
      away: ["Try again", () => this.again()],
      gone: [AGAIN, () => this.again()],
      busy: ["Stop and run it again", () => this.again({ afresh: true })],
    }[kind];
    // What was lost stays lost when a new kernel is there; what was only away is back with it.
    if (act) this.bar.say(WORDS[kind], ...act);
    else if (["away", "busy"].includes(this.told)) this.bar.say();
    this.told = kind || (this.told === "gone" ? "gone" : "");
  }

  /** Go to the first open question if some are answered already and the reader has not moved. */
  async goOn() {
    const { answered, open } = this.entry;
    if (!answered || !open.length) return;
    const until = Date.now() + DRAWN;
    while (!this.touched && Date.now() < until) {
      const card = this.firstOpen(open);
      if (card) return this.stayAt(card);
      await pause(50);
    }
  }

  /** Go to a card, and stay there while what is above it gets its height. */
  stayAt(card) {
    const outer = scroller(this.panel);
    const until = Date.now() + SETTLING;
    const stay = () => {
      if (this.touched || !card.isConnected) return;
      outer.scrollTop += card.getBoundingClientRect().top - outer.getBoundingClientRect().top - ABOVE;
      if (Date.now() < until) requestAnimationFrame(stay);
    };
    stay();
  }

  firstOpen(open) {
    const forms = [...this.panel.node.querySelectorAll("form.cn[data-key]")];
    return forms.find(each => open.includes(each.dataset.key) && each.offsetHeight);
  }
}
