// A lesson opened by itself (`/doc/tree/…`) as a course and not as an IDE. In JupyterLab with its
// tabs, and in Notebook 7, nothing of this file acts.
import { Bar } from "./bar.js";
import { Contents } from "./contents.js";
import { element, scroller } from "./dom.js";
import { keepFile, keepQuiet } from "./keeping.js";
import { Lesson } from "./lesson.js";
import { followLinks, keepAddress } from "./links.js";
import { Server } from "./server.js";

const NARROW = 62.5; // times the size of letters: below that the contents fold
const BIG = "cybernorms-big";
const BARS = ["jp-menu-panel", "jp-top-panel", "jp-bottom-panel"];
const NOTEBOOK = /(^|\/)(notebooks|exercises)\/[^/]+\.ipynb$/;
const IN_ADDRESS = /\/doc(?:\/workspaces\/[^/]+)?\/tree\/(.+)$/;
const SERVER_GONE =
  "The module can't be reached. If you closed the window in which you started it, start it again; what you saved is kept.";

/** Return the path of the notebook in the address, "" where this is not the quiet page of one. */
export function framedPath() {
  // When plugins are activated, the shell's own mode still says "multiple-document".
  const data = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  const found = data.mode === "single-document" && IN_ADDRESS.exec(location.pathname);
  const path = found ? decodeURIComponent(found[1]) : "";
  return NOTEBOOK.test(path) ? path : "";
}

export class Frame {
  constructor(app, shell, tracker, kernels, modules) {
    Object.assign(this, { app, shell, tracker, kernels });
    this.server = new Server(app.serviceManager.serverSettings, modules.services.ServerConnection);
    this.bar = new Bar(modules.lumino.Widget, this.server, this);
    this.contents = new Contents(modules.lumino.Widget);
    this.lesson = null;
    this.entries = [];
  }

  /** Draw the frame around the notebook in the address, if it is one of ours. */
  async start(path) {
    this.quiet(true);
    this.app.restored.then(() => this.lesson !== "none" && this.quiet(true));
    try {
      this.entries = await this.server.get("lessons", { at: path });
    } catch (error) {
      console.error("cybernorms", error);
    }
    const here = this.entries.find(each => each.path === path);
    if (!here) {
      this.lesson = "none";
      this.quiet(false);
      return;
    }
    this.path = path;
    keepAddress();
    this.shell.add(this.bar.widget, "header", { rank: 1 });
    this.draw();
    this.watch();
    await this.app.restored;
    this.shell.add(this.contents.widget, "left", { rank: 1 });
    this.shell.activateById(this.contents.widget.id);
    this.fold();
  }

  get here() {
    return this.entries.find(each => each.path === this.path);
  }

  watch() {
    window.addEventListener("keydown", event => event.key === "Tab" && document.body.classList.add("cn-keys"));
    window.addEventListener("pointerdown", () => document.body.classList.remove("cn-keys"));
    const meet = (_, panel) => this.meet(panel);
    this.tracker.forEach(panel => meet(null, panel));
    this.tracker.widgetAdded.connect(meet);
    this.kernels.listeners.push(watched => watched.panel === this.lesson?.panel && this.lesson.tell());
    window.addEventListener("cybernorms:saved", () => this.refresh());
    window.addEventListener("resize", () => this.fold());
    this.setBig(sessionStorage.getItem(BIG) === "yes");
    this.kernels.runAgain = watched =>
      watched.panel === this.lesson?.panel ? this.lesson.again() : this.kernels.again(watched);
  }

  async meet(panel) {
    await panel.context.ready;
    if (panel.context.path !== this.path || this.lesson) return;
    keepQuiet(panel);
    keepFile(panel.context, this.app);
    followLinks(panel, this);
    this.contents.fill(panel);
    this.lesson = new Lesson(panel, this);
    await this.lesson.open();
  }

  /** Hide what is JupyterLab's own, or show it again. Lumino does the layout: hide its widgets. */
  quiet(hide) {
    document.body.classList.toggle("cn-frame", hide);
    for (const widget of this.shell.layout.widgets) {
      if (BARS.includes(widget.id)) widget.setHidden(hide);
    }
    for (const side of ["left", "right"]) {
      if (this.shell.isSideTabBarVisible(side) === hide) this.shell.toggleSideTabBarVisibility(side);
    }
    if (hide) this.shell.collapseRight();
  }

  draw() {
    this.bar.draw(this.entries, this.here);
    this.fold();
    document.title = this.here.title;
  }

  async refresh() {
    try {
      this.entries = await this.server.get("lessons", { at: this.path });
    } catch {
      return; // What is gone is said elsewhere.
    }
    this.draw();
  }

  /** Say that the server cannot be reached, in place of JupyterLab's dialogue. */
  loseServer() {
    if (!this.here) return false;
    this.bar.say(SERVER_GONE, "Try again", () => this.lesson?.again());
    return true;
  }

  get isNarrow() {
    const letters = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return window.innerWidth < NARROW * letters || document.body.classList.contains("cn-big");
  }

  /** Show the contents beside the text where there is room, else in a menu. */
  fold() {
    const menu = document.getElementById("cn-contents-menu");
    if (!menu) return;
    document.body.classList.toggle("cn-narrow", this.isNarrow);
    this.contents.moveTo(this.isNarrow ? menu : this.contents.widget.node);
    if (this.isNarrow === this.shell.leftCollapsed) return;
    if (this.isNarrow) this.shell.collapseLeft();
    else this.shell.expandLeft(this.contents.widget.id);
  }

  // What the buttons of the bar do.

  skip() {
    if (this.lesson?.panel) scroller(this.lesson.panel).focus();
  }

  code(button) {
    const shown = this.lesson.panel.node.classList.toggle("cn-code");
    button.setAttribute("aria-pressed", `${shown}`);
  }

  isBig() {
    return document.body.classList.contains("cn-big");
  }

  big(button) {
    this.setBig(!this.isBig());
    button.setAttribute("aria-pressed", `${this.isBig()}`);
  }

  setBig(big) {
    document.body.classList.toggle("cn-big", big);
    sessionStorage.setItem(BIG, big ? "yes" : "no");
    this.fold();
    this.bar.fit();
  }

  print() {
    const page = window.open(this.server.url("answers", { at: this.path }));
    page?.addEventListener("load", () => page.print());
  }
}

/** Load the styles of the frame, which say nothing outside it. */
export function loadStyles(base) {
  document.head.append(element("link", { rel: "stylesheet", href: new URL("./frame.css", base) }));
}
