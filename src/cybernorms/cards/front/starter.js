// Each card of a notebook has this: it waits for the front end, which comes with one of them, and
// says in words where that can't be drawn.
const NAME = "NAME_OF_THE_MODULE";
const PATIENCE = 1500; // milliseconds until the kernel is asked for it
const LATE = 10000; // … until it is said that it doesn't come
const BROKEN =
  "This card can't be drawn: the browser could not load what draws it. Reload the page. If that doesn't help, " +
  "open the lesson in an up-to-date Chrome, Edge, Firefox or Safari.";
const MISSING =
  "This card is still waiting for what draws it. If it stays so, choose Run, then Run All Cells, or reload the page.";
const SAFE = " What you saved is safe.";
const ends = (globalThis.cybernormsFrontEnds ??= new Map());

function frontEnd() {
  if (!ends.has(NAME)) {
    const end = {};
    end.promise = new Promise((done, fail) => Object.assign(end, { done, fail }));
    end.promise.catch(() => undefined); // each card says it for itself
    ends.set(NAME, end);
  }
  return ends.get(NAME);
}

async function take(model) {
  const code = model.get("code");
  const end = frontEnd();
  if (!code || end.taken) return;
  end.taken = true;
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    end.done(await import(address));
  } catch (error) {
    end.fail(error);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Say something in the place of a card. */
function say(el, words) {
  const note = document.createElement("p");
  note.setAttribute("role", "alert");
  note.style.cssText = "max-width: 42rem; padding: .75rem 1rem; border: 1.5px dashed; line-height: 1.5";
  note.textContent = words;
  el.replaceChildren(note);
}

export default {
  initialize({ model }) {
    take(model);
    model.on("change:code", () => take(model));
  },
  async render({ model, el }) {
    const asked = setTimeout(() => model.send({ do: "code" }), PATIENCE);
    const late = setTimeout(() => say(el, MISSING + SAFE), LATE);
    try {
      const { render } = await frontEnd().promise;
      el.replaceChildren();
      return render({ model, el });
    } catch (error) {
      console.error("cybernorms", error);
      say(el, `${BROKEN}${SAFE} For your teacher: ${error}`);
      return undefined;
    } finally {
      clearTimeout(asked);
      clearTimeout(late);
    }
  },
};
