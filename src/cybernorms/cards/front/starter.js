// Each card of a notebook has this: it waits for the front end, which comes with one of them.
const NAME = "NAME_OF_THE_MODULE";
const PATIENCE = 1500; // milliseconds until the kernel is asked for it
const ends = (globalThis.cybernormsFrontEnds ??= new Map());

function frontEnd() {
  if (!ends.has(NAME)) {
    const end = {};
    end.promise = new Promise(done => (end.done = done));
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
  end.done(await import(address));
  URL.revokeObjectURL(address);
}

export default {
  initialize({ model }) {
    take(model);
    model.on("change:code", () => take(model));
  },
  async render({ model, el }) {
    const late = setTimeout(() => model.send({ do: "code" }), PATIENCE);
    const { render } = await frontEnd().promise;
    clearTimeout(late);
    return render({ model, el });
  },
};
