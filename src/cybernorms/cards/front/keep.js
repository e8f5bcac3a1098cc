// What is filled in and not saved yet, kept in the browser: over a dead kernel, a closed tab and a
// crashed browser. IndexedDB and not localStorage, whose last seconds a crash can take.
const DATABASE = "cybernorms";
const TYPED = "typed";

let opening = null;

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
    const request = act(transaction.objectStore(TYPED));
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => fail(transaction.error);
  });
}

/** Keep an entry, `{ values, at }`, under the name of a card; done once the disk has it. */
export const keepTyped = (name, entry) => run("readwrite", typed => typed.put(entry, name));

/** Return the entry of a card, if there is one. */
export const readTyped = name => run("readonly", typed => typed.get(name));

/** Forget the entry of a card, since the record has what was in it. */
export const forgetTyped = name => run("readwrite", typed => typed.delete(name));
