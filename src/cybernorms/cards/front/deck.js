// Things to judge one at a time: a passage, a few large buttons, the reason at once, and at the end
// a summary. Which of them is on the screen is the reader's own matter and stays in the browser.
import { h, holding, verdict, wordOf } from "./dom.js";

/** Draw a deck; `context.memory` keeps its place over redraws. */
export function drawDeck(part, context) {
  const { items, options, name } = part;
  const unit = part.unit.toLowerCase();
  const judged = {};
  const isDone = item => item.options === undefined || item.options === null || item.id in judged;
  const isSaved = item => item.id in judged && context.saved(name)?.[item.id] === judged[item.id];
  const lookOf = item => (isSaved(item) ? item.look : "");
  const memory = context.memory;
  let place;
  const node = h("div", { class: "cn-deck" });

  const textOf = item => options[item.options]?.find(each => each.value === judged[item.id])?.text;

  function dots() {
    const many = items.filter(each => each.id in judged).length;
    const all = items.filter(each => each.options !== undefined && each.options !== null).length;
    const marks = items.map((item, at) => {
      const look = at === place ? "now" : isSaved(item) ? item.look || "saved" : null;
      return h("span", { class: "cn-v", "data-v": look });
    });
    return h("span", { class: "cn-dots", role: "img", "aria-label": `${many} of ${all} judged` }, marks);
  }

  function go(to, focus = true) {
    place = memory[name] = to;
    draw();
    if (focus) node.querySelector("[tabindex='-1']")?.focus({ preventScroll: true });
    context.announce(place < items.length ? `${part.unit} ${place + 1} of ${items.length}` : "Summary");
  }

  function choose(value) {
    const item = items[place];
    if (!item || context.off()) return;
    judged[item.id] = value;
    context.changed();
    context.press("pick", item.id);
    for (const button of node.querySelectorAll(".cn-big .cn-btn")) {
      button.setAttribute("aria-pressed", button.value === value);
      if (button.value !== value) button.removeAttribute("data-v");
    }
    node.querySelector(".cn-reading")?.remove();
  }

  function buttons(item) {
    const drawn = options[item.options].map((option, at) => {
      const pressed = judged[item.id] === option.value;
      return h(
        "button",
        {
          type: "button",
          class: "cn-btn",
          value: option.value,
          "aria-pressed": String(pressed),
          "data-v": pressed && lookOf(item) ? item.look : null,
          "data-f": `${name}:${item.id}:${option.value}`,
          onclick: () => choose(option.value),
        },
        at < 9 ? h("kbd", { "aria-hidden": "true" }, at + 1) : null,
        h("span", {}, option.text, option.small ? h("small", {}, option.small) : null),
      );
    });
    const label = part.ask || "Your reading";
    return h("div", { class: "cn-big", role: "group", "aria-label": label }, drawn);
  }

  function reading(item) {
    if (!item.reading || !isSaved(item)) return null;
    const box = h("div", { class: "cn-result cn-reading", "data-v": item.look || "saved" });
    if (wordOf(item.look)) box.append(h("p", {}, verdict(item.look, wordOf(item.look))));
    box.append(holding("div", {}, item.reading));
    return box;
  }

  function move(label, to, main = false) {
    const kind = main ? "cn-btn cn-do" : "cn-btn";
    return h("button", { type: "button", class: kind, "data-f": `${name}:${label}`, onclick: () => go(to) }, label);
  }

  function drawItem(item) {
    const last = place === items.length - 1;
    const next = last ? "See them all →" : `Next ${unit} →`;
    return [
      h("div", { class: "cn-kicker" }, h("b", { tabindex: "-1", "data-f": `${name}:place` }, `${part.unit} ${place + 1} of ${items.length}`), dots()),
      holding("div", { class: "cn-lead" }, item.lead),
      item.options === undefined || item.options === null ? null : buttons(item),
      reading(item),
      h(
        "p",
        { class: "cn-acts" },
        place ? move("← Back", place - 1) : null,
        move(next, place + 1, isDone(item)),
        context.saidNode(),
      ),
    ];
  }

  function drawSummary() {
    const rows = items
      .filter(each => each.options !== undefined && each.options !== null)
      .map(item =>
        h(
          "li",
          {},
          h("span", {}, item.name),
          h("span", {}, textOf(item) ?? "still open", " ", lookOf(item) ? verdict(item.look, wordOf(item.look)) : null),
        ),
      );
    const open = items.filter(each => !isDone(each)).length;
    return [
      h("div", { class: "cn-kicker" }, h("b", { tabindex: "-1", "data-f": `${name}:place` }, open ? `${open} still open` : "All judged"), dots()),
      part.summary ? holding("div", { class: "cn-lead" }, part.summary) : null,
      h("ol", { class: "cn-sum" }, rows),
      h("p", { class: "cn-acts" }, move("← Back", items.length - 1), move("From the start", 0), context.saidNode()),
    ];
  }

  function draw() {
    const drawn = place < items.length ? drawItem(items[place]) : drawSummary();
    node.replaceChildren(...drawn.filter(Boolean));
    context.drawn();
  }

  function first() {
    const open = items.findIndex(each => !isDone(each));
    if (open < 0) return items.length;
    return items.some(each => each.id in judged) ? open : 0;
  }

  return {
    node,
    read: () => ({ ...judged }),
    write(value) {
      for (const id of Object.keys(judged)) delete judged[id];
      Object.assign(judged, value ?? {});
      place = memory[name] ??= first();
      draw();
    },
    /** Bring back a reading that the answer to a press has left as it was before. */
    settle() {
      const item = items[place];
      if (item?.reading && isSaved(item) && !node.querySelector(".cn-reading")) draw();
    },
    /** Take a key: a digit chooses what has that number. */
    key(digit) {
      const chosen = place < items.length && options[items[place].options]?.[digit - 1];
      if (chosen) choose(chosen.value);
      return Boolean(chosen);
    },
  };
}
