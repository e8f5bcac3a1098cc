// Follows the kernel of each notebook, tells the cards what becomes of it, and runs a notebook
// again where a card asks for it. Active in every front end, also in plain JupyterLab.
import { pause } from "./dom.js";
import { runCells } from "./running.js";

const LOST = ["restarting", "autorestarting", "dead", "terminating"];
const UNREACHED = 4000; // milliseconds without a connection before it is said
const BUSY = 30000; // milliseconds in which one cell may keep the kernel busy
const PATIENCE = 60000; // milliseconds for a kernel to start

/** One notebook, and what is known of its kernel: "" before the first, "alive", "gone", "away". */
class Watched {
  constructor(panel, changed) {
    this.panel = panel;
    this.changed = changed;
    this.state = "";
    this.isBusy = false;
    const { sessionContext } = panel;
    sessionContext.statusChanged.connect((_, status) => this.onStatus(status));
    sessionContext.connectionStatusChanged.connect((_, status) => this.onConnection(status));
    sessionContext.kernelChanged.connect((_, change) => this.onKernel(change));
    this.look();
  }

  get kernel() {
    return this.panel.sessionContext.session?.kernel ?? null;
  }

  /** Whether the kernel takes what it is asked to run: before it is connected, it drops that. */
  get isUsable() {
    return this.kernel?.connectionStatus === "connected" && this.kernel.status === "idle";
  }

  set(state) {
    if (state === this.state || this.panel.isDisposed) return;
    this.state = state;
    this.panel.node.dataset.cnKernel = state;
    const detail = { panel: this.panel.node, state };
    window.dispatchEvent(new CustomEvent("cybernorms:kernel", { detail }));
    this.changed(this);
  }

  look() {
    if (this.isUsable) this.set("alive");
  }

  onStatus(status) {
    this.setBusy(status === "busy");
    if (this.state === "") return this.look(); // a first start says "starting" too
    if (LOST.includes(status)) {
      this.set("gone");
    } else if (status === "starting" && this.state === "alive") {
      // Another window restarted it; nothing more is heard of it until one connects again.
      this.set("gone");
      this.kernel?.reconnect().catch(() => this.set("away"));
    } else {
      this.look();
    }
  }

  onConnection(status) {
    clearTimeout(this.unreached);
    if (status === "connected") {
      if (this.state === "away") this.set("alive");
      else this.look();
    } else if (this.state === "alive") {
      const wait = status === "disconnected" ? 0 : UNREACHED;
      this.unreached = setTimeout(() => this.state === "alive" && this.set("away"), wait);
    }
  }

  onKernel({ oldValue, newValue }) {
    this.setBusy(false);
    if (this.state !== "" && oldValue?.id !== newValue?.id) this.set("gone");
    this.look();
  }

  setBusy(busy) {
    clearTimeout(this.tooLong);
    if (busy) this.tooLong = setTimeout(() => this.sayBusy(true), BUSY);
    else this.sayBusy(false);
  }

  sayBusy(busy) {
    if (busy === this.isBusy) return;
    this.isBusy = busy;
    this.changed(this);
  }

  /** Wait until the kernel is connected and idle. */
  async usable(patience = PATIENCE) {
    const until = Date.now() + patience;
    while (!this.isUsable) {
      if (Date.now() > until) throw new Error("The kernel did not get ready");
      await pause(30);
    }
    this.look();
  }
}

/** The kernels of all notebooks in this window. */
export class Kernels {
  constructor(manager, CodeCell) {
    this.manager = manager;
    this.CodeCell = CodeCell;
    this.all = new Set();
    this.listeners = [];
    this.runAgain = watched => this.again(watched);
  }

  watch(tracker) {
    const add = (_, panel) => {
      const watched = new Watched(panel, each => this.listeners.forEach(listen => listen(each)));
      this.all.add(watched);
      panel.disposed.connect(() => this.all.delete(watched));
    };
    tracker.forEach(panel => add(tracker, panel));
    tracker.widgetAdded.connect(add);
    window.addEventListener("cybernorms:again", event => {
      const watched = this.find(event.detail?.node);
      if (!watched) return;
      event.preventDefault();
      this.runAgain(watched).catch(error => console.error("cybernorms", error));
    });
  }

  find(node) {
    return [...this.all].find(each => node && each.panel.node.contains(node));
  }

  of(panel) {
    return [...this.all].find(each => each.panel === panel);
  }

  /** Note that the server cannot be reached. */
  loseServer() {
    for (const each of this.all) if (each.state === "alive") each.set("away");
  }

  /** Run all cells of a notebook again, in a kernel that is started if need be. */
  async again(watched, { afresh = false } = {}) {
    const { sessionContext } = watched.panel;
    const { kernel } = watched;
    // Where there is no server this fails at once; JupyterLab itself would go on trying.
    await fetch(`${this.manager.serverSettings.baseUrl}api`, { cache: "no-store" });
    await this.manager.kernels.refreshRunning();
    const running = [...this.manager.kernels.running()].some(each => each.id === kernel?.id);
    if (!kernel || !running || kernel.status === "dead") {
      // Else it connects to a session that is gone, and asks with a dialogue.
      await this.manager.sessions.refreshRunning();
      await sessionContext.changeKernel({ name: sessionContext.kernelPreference.name || "python3" });
    } else if (afresh) {
      await kernel.restart();
    } else if (kernel.connectionStatus !== "connected") {
      await kernel.reconnect();
    }
    await watched.usable();
    return runCells(watched.panel, this.CodeCell);
  }
}
