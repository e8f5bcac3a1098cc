// What is filled in and not saved yet, kept in the browser: over a dead kernel, a closed tab and a
// crashed browser. IndexedDB and not localStorage, whose last seconds a crash can take. Each view of
// a card writes in a place of its own, so that two windows never write over one another.
const DATABASE = "cybernorms";
const TYPED = "typed";
const PAGE = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
const LOCK = "cybernorms page ";
let places = 0;
let opening = null;

// What is on its way to the disk, by its key: a card that is drawn anew must not wait for that.
const onTheWay = new Map();

// A page that lives holds a lock of its name; the browser takes it back when the page has gone.
globalThis.navigator?.locks?.request(LOCK + PAGE, () => new Promise(() => {})).catch(() => {});

function open() {
  opening ??= new Promise((done, fail) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TYPED);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  }).catch(error => {
    opening = null; // another try may do better
    throw error;
  });
  return opening;
}

async function run(mode, act) {
  const database = await open();
  return new Promise((done, fail) => {
    const transaction = database.transaction(TYPED, mode, { durability: "strict" });
    const result = act(transaction.objectStore(TYPED));
    transaction.oncomplete = () => done(result);
    transaction.onabort = () => fail(transaction.error);
  });
}

const keyOf = (store, place) => JSON.stringify([store, place]);
const rangeOf = store => IDBKeyRange.bound([store], [store, []]);

/** Return a place for a view of a card to keep things in. */
export const newPlace = () => `${PAGE} ${(places += 1)}`;

/** Return whether a place belongs to this page. */
export const isHere = place => place.split(" ")[0] === PAGE;

/** Keep an entry, `{ values, at }`, of a card instead of others; done once the disk has it. */
export async function keepTyped(store, place, entry, instead = []) {
  const key = keyOf(store, place);
  onTheWay.set(key, entry);
  await run("readwrite", typed => {
    typed.put(entry, [store, place]);
    for (const other of instead) if (other !== place) typed.delete([store, other]);
  });
  if (onTheWay.get(key) === entry) onTheWay.delete(key);
}

/** Return the entries of a card, each with its `place` and whether the page it is of `lives`. */
export async function readTyped(store) {
  const found = new Map();
  const pages = await livingPages();
  await run("readonly", typed => {
    typed.openCursor(rangeOf(store)).onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      found.set(cursor.key[1], cursor.value);
      cursor.continue();
    };
  }).catch(error => console.warn("cybernorms: this browser keeps nothing", error));
  for (const [key, entry] of onTheWay) {
    const [name, place] = JSON.parse(key);
    if (name === store) found.set(place, entry);
  }
  return [...found].map(([place, entry]) => ({ ...entry, place, lives: pages.has(place.split(" ")[0]) }));
}

/** Forget entries of a card. */
export async function forgetTyped(store, all) {
  for (const place of all) onTheWay.delete(keyOf(store, place));
  if (all.length) await run("readwrite", typed => all.forEach(place => typed.delete([store, place])));
}

/** Return the pages of this browser that are open; without locks, none but this is known. */
async function livingPages() {
  const { held = [] } = (await globalThis.navigator?.locks?.query().catch(() => null)) ?? {};
  return new Set([PAGE, ...held.map(lock => lock.name.replace(LOCK, ""))]);
}
