// ipywidgets holds back the second change of a field until the kernel has acknowledged the first,
// and does not hold back a press, which so would overtake it: the answer saved would not be the
// one on the screen. ipykernel, too, may deal with two messages in another order than they were
// sent in. So a press is held until all that was sent before it is answered.
import { CARD, Card } from "./card.js";
import { forgetTexts, keepText, putTextsBack } from "./texts.js";

const BUTTON = "button.jupyter-button";
const FIELD = "input, select, textarea";
const MOVES = "cn-moves"; // a button that changes the answer, as a field does
const TEXT = "textarea";
const TICKS = "input[type=radio], input[type=checkbox]";
const PICKS = ".cn-list"; // a list that only says which line such a button moves
const UNREACHED = 4000; // milliseconds without a connection before it is said
const PATIENCE = 8000; // milliseconds without an answer before the kernel is asked whether it lives
const ENDS = ["restarting", "autorestarting", "starting", "terminating", "dead"];

/** One notebook: what was sent to its kernel, the presses that wait, and its cards. */
class Desk {
  constructor(panel) {
    this.panel = panel;
    this.cards = new WeakMap();
    this.waiting = new Set();
    this.unanswered = new Set();
    this.held = [];
    this.letting = null;
    this.listen();
    const { sessionContext } = panel;
    sessionContext.kernelChanged.connect((_, { oldValue }) => {
      if (oldValue) this.lose();
      this.listen();
    });
    sessionContext.statusChanged.connect((_, status) => {
      if (ENDS.includes(status)) this.lose();
    });
    sessionContext.connectionStatusChanged.connect((_, status) => this.connection(status));
  }

  get path() {
    return this.panel.context.path;
  }

  /** Follow what is sent to the kernel, and what it has dealt with. */
  listen() {
    const kernel = this.panel.sessionContext.session?.kernel;
    if (!kernel || kernel === this.kernel) return;
    this.kernel = kernel;
    kernel.anyMessage.connect((_, { msg, direction }) => {
      if (direction === "send" && msg.header.msg_type === "comm_msg") {
        this.unanswered.add(msg.header.msg_id);
      }
    });
    // Sent after all who wait for the message were told: a change that was held back is sent by
    // then, so that there is no moment in between at which nothing is unanswered.
    kernel.iopubMessage.connect((_, msg) => {
      const idle = msg.header.msg_type === "status" && msg.content.execution_state === "idle";
      if (idle && this.unanswered.delete(msg.parent_header.msg_id)) this.go();
    });
  }

  card(node) {
    if (!this.cards.has(node)) this.cards.set(node, new Card(node));
    return this.cards.get(node);
  }

  liveCards() {
    return this.panel.content.widgets.flatMap(cell =>
      [...cell.node.querySelectorAll(CARD)].map(node => this.card(node)),
    );
  }

  wait(card, pressed) {
    this.waiting.add(card);
    card.wait(pressed);
    setTimeout(() => this.go()); // Where nothing was sent, nothing will be answered.
    this.patience ??= setTimeout(() => this.ask(), PATIENCE);
  }

  /** Ask whether the kernel lives: if it does, answers that are still out were lost on the way. */
  async ask() {
    const late = [...this.unanswered];
    try {
      await this.kernel.requestKernelInfo();
    } catch {
      return; // It does not; that is told elsewhere.
    }
    for (const id of late) this.unanswered.delete(id);
    this.patience = null;
    this.go();
  }

  changed(event, card, field) {
    keepText(this.path, card.node, field);
    if (card.lost) {
      card.outdate();
      return;
    }
    const isHeld = this.held.includes(card.press);
    // Text that is typed on while its press waits is saved by that press, and so is none lost.
    if (card.press && !field.closest(PICKS) && !(isHeld && field.matches(TEXT))) {
      if (!isHeld && !field.matches(TICKS)) card.keep(event, field);
      card.changedSince = true;
      this.held = this.held.filter(each => each !== card.press);
    }
    this.wait(card, false);
  }

  /** A tick shows at once; where it follows a press that is on its way, it is sent behind it. */
  ticked(event, card, field) {
    if (card.press && !card.lost && !this.held.includes(card.press)) card.keep(event, field);
  }

  pressed(event, card, button) {
    if (button === this.letting) return;
    const hold = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (card.lost) {
      hold();
      card.node.querySelector(".cn-moment").scrollIntoView({ block: "nearest" });
      return;
    }
    if (button === card.main) {
      if (card.press && !card.changedSince) {
        hold(); // pressed twice
        return;
      }
      card.take(button);
    } else if (card.press && button.classList.contains(MOVES)) {
      card.changedSince = true;
    }
    if (this.held.length || this.unanswered.size) {
      hold();
      this.held.push(button);
    }
    this.wait(card, true);
  }

  /** Let presses go, one after the other, once nothing sent before is unanswered. */
  go() {
    while (this.held.length && !this.unanswered.size) {
      this.letting = this.held.shift();
      this.letting.click();
      this.letting = null;
    }
    if (this.held.length || this.unanswered.size) return;
    for (const card of this.waiting) {
      const saved = card.press && !card.changedSince;
      card.settle();
      if (saved) forgetTexts(this.path, card.node);
    }
    const settled = [...this.waiting];
    this.rest();
    for (const card of settled) card.sendKept();
  }

  rest() {
    this.waiting.clear();
    clearTimeout(this.patience);
    this.patience = null;
  }

  lose() {
    for (const card of this.liveCards()) card.lose();
    this.held = [];
    this.unanswered.clear();
    this.rest();
  }

  connection(status) {
    clearTimeout(this.timer);
    if (status === "disconnected") this.lose();
    else if (status === "connected") this.reached(true);
    else this.timer = setTimeout(() => this.reached(false), UNREACHED);
  }

  reached(now) {
    for (const card of this.liveCards()) card.unreached(!now);
  }
}

/** Watch every notebook that is open or will be. */
export function watchNotebooks(tracker) {
  const desks = new Map();
  const add = (_, panel) => {
    panel.sessionContext.ready.then(() => {
      desks.set(panel, new Desk(panel));
      panel.disposed.connect(() => desks.delete(panel));
    });
  };
  tracker.forEach(panel => add(tracker, panel));
  tracker.widgetAdded.connect(add);

  const find = (event, kind, then) => {
    const part = event.target instanceof Element ? event.target.closest(kind) : null;
    const node = part?.closest(CARD);
    const desk = node && [...desks.values()].find(each => each.panel.node.contains(node));
    if (desk) then(desk, desk.card(node), part);
  };
  const capture = { capture: true };
  for (const kind of ["input", "change"]) {
    window.addEventListener(
      kind,
      event => find(event, FIELD, (desk, card, field) => desk.changed(event, card, field)),
      capture,
    );
  }
  window.addEventListener(
    "click",
    event => find(event, TICKS, (desk, card, field) => desk.ticked(event, card, field)),
    capture,
  );
  window.addEventListener(
    "click",
    event => find(event, BUTTON, (desk, card, button) => desk.pressed(event, card, button)),
    capture,
  );
  putTextsBack(node => [...desks.values()].find(each => each.panel.node.contains(node))?.path);
}
