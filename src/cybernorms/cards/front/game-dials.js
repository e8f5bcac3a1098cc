// Dials of the deal game: a field and a slider that say the same. Nonsense stays in its field, which
// says what is allowed; the last good numbers, and so the last good picture, stay as they are.
import { h } from "./dom.js";
import { barRows, figure } from "./game-draw.js";

/** Return the number that a text says, or NaN. */
const numberIn = text => (/^\s*[-+]?\d*[.,]?\d+\s*$/.test(text) ? Number(text.replace(",", ".")) : NaN);
let dialled = 0;

/**
 * Draw dials for numbers.
 *
 * @param {object[]} dials each with `name`, `label`, `unit`, `low`, `high`, `step` and `per`.
 * @param {(name: string) => number} get returns a number as the model has it.
 * @param {(name: string, value: number) => string} put takes one, or returns why it cannot be.
 * @param {(name: string, gaps?: object) => string} say the sentences of the card.
 */
export function drawDials(dials, get, put, say) {
  const rows = new Map();

  function draw(dial) {
    const id = `cn-dial-${(dialled += 1)}`;
    const { low, high, step } = dial;
    const problem = h("em", { id: `${id}-why`, role: "status" });
    const entry = h("input", { type: "text", inputmode: "decimal", id, "aria-describedby": `${id}-why`, "data-f": `dial:${dial.name}`, autocomplete: "off" });
    const slider = h("input", { type: "range", min: low, max: high, step, "aria-label": `${dial.label}, ${dial.unit}`, "data-f": `slide:${dial.name}` });
    const refuse = why => {
      entry.setAttribute("aria-invalid", "true");
      problem.textContent = why;
    };
    const accept = () => {
      entry.removeAttribute("aria-invalid");
      problem.textContent = "";
    };
    const take = (text, other) => {
      const shown = numberIn(text);
      if (!(shown >= low && shown <= high)) return refuse(say(Number.isNaN(shown) ? "empty" : "range", { low, high }));
      const why = put(dial.name, shown / dial.per);
      if (why) {
        if (other === entry) entry.value = figure(shown, 2);
        return refuse(why);
      }
      if (other === entry) entry.value = figure(shown, 2);
      else slider.value = shown;
      for (const row of rows.values()) row.settle();
      return accept();
    };
    entry.addEventListener("input", () => take(entry.value, slider));
    slider.addEventListener("input", () => take(slider.value, entry));
    const label = h("label", { for: id }, dial.label, h("small", {}, dial.unit));
    const node = h("div", { class: "cn-dial" }, label, entry, slider, problem);
    const show = () => {
      const shown = get(dial.name) * dial.per;
      entry.value = figure(shown, 2).replace("\u2212", "-");
      slider.value = shown;
      accept();
    };
    /** Take back a complaint that a change elsewhere has answered. */
    const settle = () => {
      if (!entry.hasAttribute("aria-invalid")) return;
      const shown = numberIn(entry.value);
      if (shown >= low && shown <= high && !put(dial.name, shown / dial.per)) accept();
    };
    rows.set(dial.name, { show, settle });
    show();
    return node;
  }

  const node = h("div", { class: "cn-dials" }, dials.map(draw));
  return { node, show: () => rows.forEach(row => row.show()) };
}

/** Return a number of a dial as it is read in a sentence. */
export function shownOn(dial, value) {
  const shown = figure(value * dial.per, dial.name === "off" ? 0 : 1);
  return dial.reads.replace("{v}", shown).replace("{s}", shown === "1" ? "" : "s");
}

/** Return what taking brings beside what it costs, as bars. */
export function balanceBars(found, say) {
  const peace = Math.max(0, found.peace);
  const most = Math.max(found.gain, found.sanction + peace, 4.5);
  return barRows(
    [
      { label: say("bar_gain"), parts: [[found.gain, ""]], text: figure(found.gain) },
      { label: say("bar_cost"), note: say("bar_note"), parts: [[found.sanction, ""], [peace, "is-soft"]], text: figure(found.cost, 2) },
    ],
    most,
  );
}

export function reasonsOf(found, say) {
  return say("reasons", { sanction: figure(Math.max(0, found.sanction), 2), peace: figure(Math.max(0, found.peace), 2) });
}
