// Cells in which learners write code: what is typed is kept with the answers and put back, and
// nothing but the learner runs it.
import { element } from "./dom.js";

const SOON = 500; // milliseconds after the last key until it is kept

export class OwnCode {
  constructor(panel, entry, server, lesson) {
    Object.assign(this, { panel, entry, server, lesson });
    this.CodeCell = lesson.kernels.CodeCell;
    this.cells = panel.content.widgets.filter(each => entry.code.includes(each.model.id));
  }

  async open() {
    this.panel.node.addEventListener("keydown", event => this.onKey(event), { capture: true });
    if (!this.cells.length) return;
    let kept = {};
    try {
      kept = await this.server.get("code", { at: this.entry.path });
    } catch (error) {
      console.error("cybernorms", error);
    }
    for (const cell of this.cells) this.adopt(cell, kept[cell.model.id]);
  }

  adopt(cell, kept) {
    const model = cell.model.sharedModel;
    cell.addClass("cn-own");
    if (kept?.trim()) model.setSource(kept);
    const own = { cell, shown: kept ?? "", timer: null, line: element("output", { class: "cn-said" }) };
    const run = element("button", { class: "cn-btn", type: "button", onclick: () => this.run(own) }, "Run");
    cell.ready.then(() => cell.inputArea.node.append(element("div", { class: "cn-run" }, run, own.line)));
    model.changed.connect((_, change) => change.sourceChange && this.later(own));
    window.addEventListener("pagehide", () => own.timer && this.keep(own, { keepalive: true }));
  }

  later(own) {
    clearTimeout(own.timer);
    own.timer = setTimeout(() => this.keep(own), SOON);
  }

  async keep(own, more = {}) {
    clearTimeout(own.timer);
    own.timer = null;
    const text = own.cell.model.sharedModel.getSource();
    const body = { at: this.entry.path, cell: own.cell.model.id, text, shown: own.shown };
    try {
      await (own.sending = (own.sending ?? Promise.resolve()).then(() =>
        this.server.put("code", { ...body, shown: own.shown }, more)));
      own.shown = text;
      own.line.textContent = "Kept";
    } catch {
      own.sending = null;
      own.line.textContent = "Not kept. Change it again when the lesson is back.";
    }
  }

  async run(own) {
    if (own.timer) this.keep(own);
    await this.execute(own.cell);
  }

  async execute(cell) {
    const { watched } = this.lesson;
    if (watched?.state !== "alive") return this.lesson.tell();
    await this.CodeCell.execute(cell, this.panel.sessionContext);
    await this.lesson.frame.refresh();
  }

  /** Shift+Enter and Ctrl+Enter run the cell in which they are pressed. */
  onKey(event) {
    if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    const node = event.target instanceof Element ? event.target.closest(".jp-CodeCell .jp-InputArea") : null;
    const cell = node && this.panel.content.widgets.find(each => each.node.contains(node));
    if (!cell) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.execute(cell);
  }
}
