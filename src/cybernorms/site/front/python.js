// Python in a worker of the page, and the learner's files in the browser's private storage.
//
// "Saved" is said only once the browser has flushed the answer: Python waits for the disk (fsync),
// and here that writes the new bytes of the record into a file that is open for it alone. Two pages
// take turns under a lock, and each takes up first what the other has written.
const HOME = "/learner";
const WORK = `${HOME}/work`;
const RECORD = `${WORK}/answers.jsonl`;
const MERGED = "answers (merged).jsonl"; // read along by the next page, if this one dies on the way
const began = performance.now();
const marks = {};

let python = null;
let live = null;

/** The files of the learner, in Python and in the browser. */
class Store {
  constructor(name) {
    this.name = name;
    this.known = new Map(); // sizes and times of what the browser has, by path
    this.handle = null; // of the record, while a message is answered
  }

  async open() {
    const root = await navigator.storage.getDirectory();
    this.root = await root.getDirectoryHandle(this.name, { create: true });
  }

  /** Return what decides the order of options in this browser until the first answer. */
  async seed() {
    const made = [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(16).padStart(2, "0")).join("");
    if (!this.root) return made;
    return navigator.locks.request(this.name, async () => {
      const handle = await this.root.getFileHandle("seed", { create: true });
      const kept = await (await handle.getFile()).text();
      if (kept) return kept;
      await this.write(handle, new TextEncoder().encode(made));
      return made;
    });
  }

  async write(handle, bytes) {
    const access = await handle.createSyncAccessHandle();
    try {
      writeAll(access, bytes, 0);
      access.truncate(bytes.length);
      access.flush();
    } finally {
      access.close();
    }
  }

  async folder(path) {
    let at = this.root;
    for (const part of path.split("/").filter(Boolean)) at = await at.getDirectoryHandle(part, { create: true });
    return at;
  }

  /** Bring all files from the browser into Python. */
  async fetch(from = this.root, to = WORK) {
    python.FS.mkdirTree(to);
    for await (const [name, handle] of from.entries()) {
      const path = `${to}/${name}`;
      if (handle.kind === "directory") await this.fetch(handle, path);
      else if (path !== `${WORK}/seed`) {
        const file = await handle.getFile();
        python.FS.writeFile(path, new Uint8Array(await file.arrayBuffer()));
        python.FS.utime(path, file.lastModified, file.lastModified);
        this.remember(path);
      }
    }
  }

  /** Do something while no other page writes, with what others have written taken up. */
  async hold(act) {
    if (!this.root) return act();
    return navigator.locks.request(this.name, async () => {
      const file = await this.root.getFileHandle("answers.jsonl", { create: true });
      this.handle = await file.createSyncAccessHandle();
      try {
        this.takeUp();
        return await act();
      } finally {
        this.handle.close();
        this.handle = null;
      }
    });
  }

  takeUp() {
    const there = this.handle.getSize();
    const here = python.FS.analyzePath(RECORD).exists ? python.FS.stat(RECORD).size : 0;
    if (there === here) return;
    const bytes = new Uint8Array(there);
    this.handle.read(bytes, { at: 0 });
    python.FS.mkdirTree(WORK);
    python.FS.writeFile(RECORD, bytes);
  }

  /** Write what Python has added to an open file; returns the name of what hindered it, or "". */
  sync(number) {
    if (!this.root || python.FS.getStream(number)?.path !== RECORD) return "";
    const before = this.handle.getSize();
    try {
      writeAll(this.handle, python.FS.readFile(RECORD).subarray(before), before);
      this.handle.flush();
      return "";
    } catch (error) {
      this.handle.truncate(before);
      this.handle.flush();
      self.postMessage({ is: "unkept", why: error.name });
      return error.name;
    }
  }

  remember(path) {
    const { size, mtime } = python.FS.stat(path);
    this.known.set(path, `${size} ${+mtime}`);
  }

  /** Have the browser keep all other files that have changed; returns hand-ins that are new. */
  async keep() {
    const seen = new Set();
    const written = [];
    for (const path of filesIn(WORK)) {
      seen.add(path);
      const { size, mtime } = python.FS.stat(path);
      if (path === RECORD || this.known.get(path) === `${size} ${+mtime}`) continue;
      const within = path.slice(WORK.length + 1);
      const name = within.split("/").at(-1);
      const bytes = python.FS.readFile(path);
      const isNew = !this.known.has(path);
      if (isNew && within.startsWith("hand-ins/")) written.push({ is: "file", name, bytes });
      this.remember(path);
      if (!this.root) continue;
      const place = await this.folder(within.slice(0, -name.length));
      await this.write(await place.getFileHandle(name, { create: true }), bytes);
    }
    for (const path of this.known.keys()) if (!seen.has(path)) await this.forget(path);
    return written;
  }

  async forget(path) {
    this.known.delete(path);
    if (!this.root) return;
    const within = path.slice(WORK.length + 1);
    const name = within.split("/").at(-1);
    const place = await this.folder(within.slice(0, -name.length));
    await place.removeEntry(name).catch(() => {});
  }

  /** Put another record in the place of this one; nothing is lost if the page dies meanwhile. */
  async replace(bytes) {
    if (this.root) {
      await this.write(await this.root.getFileHandle(MERGED, { create: true }), bytes);
      writeAll(this.handle, bytes, 0);
      this.handle.truncate(bytes.length);
      this.handle.flush();
      await this.root.removeEntry(MERGED);
    }
    python.FS.mkdirTree(WORK);
    python.FS.writeFile(RECORD, bytes);
  }
}

function writeAll(access, bytes, at) {
  for (let done = 0; done < bytes.length; ) {
    const count = access.write(bytes.subarray(done), { at: at + done });
    if (!count) throw new DOMException("no room", "QuotaExceededError");
    done += count;
  }
}

function* filesIn(folder) {
  if (!python.FS.analyzePath(folder).exists) return;
  for (const name of python.FS.readdir(folder)) {
    if (name === "." || name === ".." || /\.(lock|part)$/.test(name)) continue;
    const path = `${folder}/${name}`;
    if (python.FS.isDir(python.FS.stat(path).mode)) yield* filesIn(path);
    else yield path;
  }
}

const bytesOf = async address => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return new Uint8Array(await response.arrayBuffer());
};
const mark = name => (marks[name] = Math.round(performance.now() - began));

let store = null;

async function start({ files, folder, pages, cells }) {
  const fetched = Promise.all([bytesOf(files.package), bytesOf(files.library)]);
  fetched.catch(() => {}); // said below, once it is waited for
  store = new Store(folder);
  await store.open().catch(error => self.postMessage({ is: "unkept", why: error.name }));
  const seed = await store.seed();
  const { loadPyodide } = await import(`${files.runtime}pyodide.mjs`);
  python = await loadPyodide({
    indexURL: files.runtime,
    env: { HOME, CYBERNORMS_WORK: WORK, CYBERNORMS_SEED: seed, CYBERNORMS_PLACE: "this browser" },
  });
  mark("python");
  const [code, library] = await fetched;
  const { purelib } = python.runPython("import sysconfig; sysconfig.get_paths()").toJs({ dict_converter: Object.fromEntries });
  python.unpackArchive(library, "wheel");
  python.unpackArchive(code, "zip", { extractDir: purelib });
  mark("unpacked");
  if (store.root) await navigator.locks.request(folder, () => store.fetch());
  const module = python.pyimport("cybernorms.site.live");
  mark("imported");
  module.begin(HOME, python.toPy(pages));
  live = module.Live(number => store.sync(number), Boolean(store.root));
  for (const { id, code: source } of cells) {
    const shown = await store.hold(() => live.run(id, source));
    self.postMessage({ is: "shown", ...JSON.parse(shown) });
    marks.first ??= JSON.parse(shown).views.length ? Math.round(performance.now() - began) : undefined;
  }
  await keep();
  mark("ready");
  self.postMessage({ is: "ready", marks });
}

/** Keep what was written, and hand on what the learner is to have; whatever fails is said. */
async function keep() {
  try {
    for (const file of await store.keep()) self.postMessage(file);
  } catch (error) {
    self.postMessage({ is: "unkept", why: error.name });
  }
}

async function message({ view, message: whole }) {
  const size = sizeOfRecord();
  const [views, answered] = await store.hold(() => {
    const told = live.receive(view, JSON.stringify(whole));
    return [told, sizeOfRecord() === size ? "null" : live.answered()];
  });
  await keep();
  self.postMessage({ is: "said", views: JSON.parse(views), answered: JSON.parse(answered) });
}

const sizeOfRecord = () => (python.FS.analyzePath(RECORD).exists ? python.FS.stat(RECORD).size : 0);

async function take({ bytes }) {
  const text = await store.hold(async () => {
    const [problem, merged] = live.merged(bytes).toJs();
    if (problem) return problem;
    const before = sizeOfRecord();
    await store.replace(merged);
    const added = sizeOfRecord() !== before;
    self.postMessage({ is: "said", views: JSON.parse(live.look_again()), answered: JSON.parse(live.answered()) });
    return added
      ? "Done. The answers in the file are here now, together with those that were here before."
      : "All answers in this file were here already.";
  });
  self.postMessage({ is: "taken", text });
}

async function save(_, [port]) {
  port.postMessage(await store.hold(() => (sizeOfRecord() ? python.FS.readFile(RECORD) : new Uint8Array())));
}

const DO = { start, message, take, save };
let queue = Promise.resolve();
self.onmessage = ({ data, ports }) => {
  queue = queue
    .then(() => DO[data.do](data, ports))
    .catch(error => self.postMessage({ is: "broken", text: String(error) }));
};
