// The learner's record as the browser keeps it, read without Python.
const RECORD = "answers.jsonl";

/** Return the name of the folder, in the browser's private storage, of the site at an address. */
export const folderOf = site => `cybernorms ${encodeURIComponent(new URL(site).pathname)}`;

/** Return the bytes of the record, none where there is no record, null where nothing can be kept. */
export async function readRecord(folder) {
  try {
    const root = await navigator.storage.getDirectory();
    return await navigator.locks.request(folder, async () => {
      try {
        const place = await root.getDirectoryHandle(folder);
        const file = await (await place.getFileHandle(RECORD)).getFile();
        return new Uint8Array(await file.arrayBuffer());
      } catch (error) {
        if (error.name === "NotFoundError") return new Uint8Array();
        throw error;
      }
    });
  } catch (error) {
    console.warn("cybernorms: this browser keeps nothing", error);
    return null;
  }
}

/** Return the names of all questions that have an answer in a record. */
export function answeredIn(bytes) {
  const found = new Set();
  for (const line of new TextDecoder().decode(bytes).split("\n")) {
    try {
      const entry = JSON.parse(line);
      if (typeof entry.question === "string") found.add(entry.question);
    } catch {
      // a torn line loses only itself
    }
  }
  return found;
}
