// A page of the course: it draws its cards at once, starts Python, and brings the cards to life.
import { showProgress } from "./course.js";
import { State, reloadButton } from "./state.js";
import { answeredIn, folderOf, readRecord } from "./storage.js";
import { Work, download } from "./work.js";
import { PageCards, h } from "./cards.js";

const about = JSON.parse(document.getElementById("cn-about").textContent);
const cells = JSON.parse(document.getElementById("cn-cells")?.textContent ?? "[]");
const site = new URL(about.base || "./", location.href).href;
const folder = folderOf(site);
const SETTLED = 5000; // milliseconds until a page without Python has the course kept: who goes on is not slowed
const addressOf = name => new URL(about.files[name], site).href;

class Page {
  constructor() {
    this.state = new State(document.querySelector(".cn-state"));
    this.cards = new PageCards(message => this.post(message), `${folder} ${about.page}`);
    this.work = new Work(document.querySelector(".cn-workbox"), {
      record: () => this.record(),
      take: bytes => this.post({ do: "take", bytes }),
      renew: () => renew(),
    });
    this.sent = 0;
    this.answered = new Set();
  }

  /** Put each card in the place of its still form. */
  draw() {
    for (const { id, shown } of cells) {
      const cell = document.getElementById(id);
      if (!cell || !shown.views.length) continue;
      const roots = shown.views.map(() => h("div"));
      cell.replaceChildren(...roots);
      shown.views.forEach(({ view, card }, at) => this.cards.put(roots[at], view, card));
    }
    window.cybernormsDrawn = true;
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }

  async begin() {
    if (cells.length) this.start(); // first of all, since it takes longest
    else setTimeout(offline, SETTLED);
    this.draw();
    const bytes = await readRecord(folder);
    if (bytes && !this.answered.size) this.progress(answeredIn(bytes));
  }

  /** Start the worker; made from a blob, it is bound by the policy of this page. */
  async start() {
    if (this.starting) return this.starting;
    this.state.set("starting");
    this.starting = (async () => {
      const code = await (await fetch(addressOf("python"))).text();
      const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
      this.worker = new Worker(address, { type: "module" });
      this.worker.onmessage = ({ data }) => this.hear(data);
      this.worker.onerror = event => this.fail(event.message);
      this.worker.postMessage({
        do: "start",
        files: { runtime: addressOf("runtime"), package: addressOf("package"), library: addressOf("library") },
        folder,
        pages: [about.page || about.course[0].path, ...about.course.map(each => each.path)],
        cells: cells.map(({ id, code }) => ({ id, code })),
      });
    })().catch(error => this.fail(error));
    return this.starting;
  }

  post(message) {
    this.start().then(() => this.worker?.postMessage(message));
  }

  hear(data) {
    const hearing = {
      shown: () => this.show(data),
      ready: () => this.ready(data),
      said: () => this.said(data),
      file: () => this.file(data),
      unkept: () => this.state.set(data.why === "QuotaExceededError" ? "full" : "forbidden"),
      taken: () => this.work.say(data.text),
      broken: () => this.fail(data.text),
    };
    hearing[data.is]?.();
  }

  show({ cell, views, text, problem }) {
    this.cards.tell(views);
    const said = [text && h("pre", {}, text), problem && h("p", { class: "cn-problem" }, problem)].filter(Boolean);
    if (said.length) document.getElementById(cell)?.append(...said);
  }

  ready({ marks }) {
    if (this.state.name === "starting") this.state.set("ready");
    document.documentElement.dataset.alive = JSON.stringify(marks);
    offline();
  }

  said({ views, answered }) {
    this.cards.tell(views);
    if (!answered) return;
    if (this.state.name !== "full") this.state.set("kept");
    this.progress(new Set(answered));
    this.askToStay();
  }

  /** Ask the browser not to clear this away when space runs short. */
  askToStay() {
    if (this.asked) return;
    this.asked = true;
    navigator.storage?.persist?.().catch(() => false);
  }

  progress(answered) {
    this.answered = answered;
    showProgress(about, answered);
  }

  file({ name, bytes }) {
    const address = download(name, bytes);
    this.work.offer(name, address);
    const link = h("a", { href: address, download: name }, "Download it again");
    this.state.say(`${name} is among what your browser has downloaded.`, link);
  }

  async record() {
    if (!this.worker) return readRecord(folder);
    return new Promise(done => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => done(data);
      this.worker.postMessage({ do: "save" }, [port2]);
    });
  }

  fail(error) {
    console.error("cybernorms:", error);
    const alive = document.documentElement.dataset.alive;
    this.state.set(alive ? "broken" : "slow", reloadButton());
    this.cards.lose();
  }
}

/** Have the browser keep the whole course, so that it opens without a connection. */
async function offline() {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  await navigator.serviceWorker.register(new URL("offline.js", site)).catch(error => {
    console.warn("cybernorms: the pages cannot be kept for later", error);
  });
}

/** Forget all kept pages, but none of the learner's work, and load this one anew. */
async function renew() {
  for (const each of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
    if (each.scope === site) await each.unregister();
  }
  for (const name of await caches.keys()) if (name.startsWith(`${folder} `)) await caches.delete(name);
  location.reload();
}

addEventListener("cybernorms:again", event => {
  event.preventDefault();
  location.reload();
});
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details.cn-pop[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
});
document.addEventListener("keydown", ({ key }) => {
  const menu = key === "Escape" && document.querySelector("details.cn-pop[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Where there is room beside the text, the contents are open from the start.
const contents = document.querySelector(".cn-toc details");
if (contents) contents.open = matchMedia("(min-width: 70rem)").matches;

const page = new Page();
page.begin().catch(error => page.fail(error));
