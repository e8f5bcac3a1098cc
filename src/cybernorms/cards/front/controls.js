// The controls of questions, in native HTML. Each has `node`, `read()`, which returns what is on the
// screen, and `write(value)`, which shows a value without that being a change by the learner.
import { h, holding } from "./dom.js";

const OPEN = "Choose …";
const ARROW = 28; // pixels that the arrow of a list takes, at most

/** What is said of a choice below it, once it is answered. */
function why(content, id) {
  return content ? holding("p", { class: "cn-why", id }, content) : null;
}

function letterOf(place) {
  return h("b", { class: "cn-letter" }, String.fromCharCode(65 + place));
}

/** Rows to choose one of, or several. */
function options(control, context) {
  const type = control.several ? "checkbox" : "radio";
  const inputs = [];
  const rows = control.options.map((option, place) => {
    const id = `${context.id}-${control.name}-${place}`;
    const input = h("input", {
      type,
      name: `${context.id}-${control.name}`,
      value: option.value,
      "data-f": `${control.name}:${option.value}`,
      "aria-describedby": option.why ? `${id}-why` : null,
    });
    inputs.push(input);
    const text = h("span", {}, control.letters ? letterOf(place) : null, option.text);
    return h("li", {}, h("label", { class: "cn-opt" }, input, text), why(option.why, `${id}-why`));
  });
  return {
    node: h("ul", { class: "cn-opts", onchange: context.changed }, rows),
    read() {
      const chosen = inputs.filter(each => each.checked).map(each => each.value);
      return control.several ? chosen : (chosen[0] ?? null);
    },
    write(value) {
      const chosen = control.several ? (value ?? []) : [value];
      for (const input of inputs) input.checked = chosen.includes(input.value);
    },
  };
}

function chips(name, label, choices, context, field) {
  const inputs = choices.map(choice =>
    h("input", {
      type: "radio",
      name: `${context.id}-${field}`,
      value: choice.value,
      "data-f": `${field}:${choice.value}`,
    }),
  );
  const drawn = choices.map((choice, place) =>
    h(
      "label",
      { class: "cn-chip", title: choice.small },
      inputs[place],
      h("span", {}, choice.text, choice.small ? h("span", { class: "cn-hide" }, ` ${choice.small}`) : null),
    ),
  );
  return {
    node: h("fieldset", {}, h("legend", {}, label), h("div", { class: "cn-chips" }, drawn)),
    read: () => inputs.find(each => each.checked)?.value ?? null, // "" is a choice: all of them
    write(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}

/** Return a line for below a list, and how to write there the whole of a text that is cut in it. */
function chosenWhole(select) {
  const line = h("p", { class: "cn-chosen", "aria-hidden": "true", hidden: true });
  const pen = document.createElement("canvas").getContext("2d");
  const tell = () => {
    const text = select.selectedOptions[0]?.textContent ?? "";
    const { font, paddingLeft, paddingRight } = getComputedStyle(select);
    pen.font = font;
    const room = select.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - ARROW;
    line.hidden = room <= 0 || pen.measureText(text).width <= room;
    line.textContent = line.hidden ? "" : text;
  };
  new ResizeObserver(tell).observe(select);
  select.addEventListener("change", tell);
  return { line, tell };
}

function list(name, label, choices, context, field, first = OPEN) {
  const id = `${context.id}-${field}`;
  const select = h(
    "select",
    { id, "data-f": field },
    first === null ? null : h("option", { value: "" }, first),
    choices.map(choice => h("option", { value: choice.value }, choice.text)),
  );
  const whole = chosenWhole(select);
  return {
    node: h("div", { class: "cn-line" }, h("label", { for: id }, label), select, whole.line),
    read: () => select.value,
    write(value) {
      select.value = value ?? "";
      whole.tell();
    },
  };
}

/** One choice for each of several lines. */
function lines(control, context) {
  const draw = control.chips ? chips : list;
  const fields = control.lines.map(line => {
    const choices = line.options?.length ? line.options : control.options;
    const field = draw(control.name, line.text, choices, context, `${control.name}:${line.id}`);
    return { line, choices, ...field };
  });
  const sentence = control.sentence ? h("p", {}) : null;
  const read = () =>
    Object.fromEntries(fields.map(each => [each.line.id, each.read()]).filter(each => each[1]));
  const tell = () => {
    if (!sentence) return;
    const texts = fields.map(each => each.choices.find(one => one.value === each.read())?.text);
    sentence.textContent = texts.map(each => each ?? "…").join(" ");
  };
  const node = h(
    "div",
    {
      class: control.chips ? "cn-rows" : "cn-rows cn-lists",
      onchange: event => {
        tell();
        context.changed(event);
      },
    },
    fields.map(({ line, node: field }) => [
      line.above ? holding("div", {}, line.above) : null,
      field,
      why(line.why),
    ]).flat(),
    sentence && h("div", { class: "cn-preview" }, h("p", { class: "cn-soft" }, control.sentence), sentence),
  );
  tell();
  return {
    node,
    read,
    write(value) {
      for (const each of fields) each.write(value?.[each.line.id] ?? "");
      tell();
    },
  };
}

/** Items to put in order, by dragging or by buttons. */
function ranking(control, context) {
  const node = h("ol", { class: "cn-order" });
  let moved = false;
  const rows = () => [...node.children];
  const number = () =>
    rows().forEach((row, place) => (row.querySelector("b").textContent = place + 1));
  const told = row => {
    moved = true;
    number();
    const place = rows().indexOf(row) + 1;
    context.announce(`${row.dataset.text}: ${place} of ${rows().length}`);
    context.changed();
  };
  const arrow = (row, item, up) =>
    h(
      "button",
      {
        type: "button",
        class: "cn-btn",
        "aria-label": `${up ? "Up" : "Down"}: ${item.text}`,
        "data-f": `${control.name}:${item.value}:${up ? "up" : "down"}`,
        onclick: event => {
          if (context.off()) return;
          const other = up ? row().previousElementSibling : row().nextElementSibling;
          if (!other) return;
          if (up) other.before(row());
          else other.after(row());
          event.currentTarget.focus({ preventScroll: true });
          told(row());
        },
      },
      up ? "↑" : "↓",
    );
  for (const item of control.items) {
    const row = h("li", { "data-value": item.value, "data-text": item.text });
    row.append(
      h("b", {}),
      h("span", {}, item.text),
      h("span", { class: "cn-arrows" }, arrow(() => row, item, true), arrow(() => row, item, false)),
    );
    if (item.why) row.append(why(item.why));
    node.append(row);
  }
  number();
  dragRows(node, context, told);
  return {
    node,
    read: () => (moved ? rows().map(row => row.dataset.value) : null),
    write(value) {
      moved = Array.isArray(value);
      for (const id of value ?? control.items.map(each => each.value)) {
        const row = rows().find(each => each.dataset.value === id);
        if (row) node.append(row);
      }
      number();
    },
  };
}

/** Let rows be dragged: with the mouse anywhere on them, with a finger by their number. */
function dragRows(node, context, told) {
  let held = null;
  let before = "";
  const order = () => [...node.children].map(row => row.dataset.value).join(" ");
  node.addEventListener("pointerdown", event => {
    const row = event.target.closest("li");
    if (!row || context.off() || event.button || event.target.closest("button")) return;
    if (event.pointerType !== "mouse" && !event.target.closest("b")) return;
    event.preventDefault();
    held = row;
    before = order();
    node.setPointerCapture(event.pointerId);
    row.classList.add("is-held");
  });
  node.addEventListener("pointermove", event => {
    if (!held) return;
    const others = [...node.children].filter(row => row !== held);
    const next = others.find(row => {
      const box = row.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    if (next === held.nextElementSibling) return;
    if (next) next.before(held);
    else node.append(held);
  });
  const drop = () => {
    if (!held) return;
    const row = held;
    held = null;
    row.classList.remove("is-held");
    if (order() !== before) told(row);
  };
  node.addEventListener("pointerup", drop);
  node.addEventListener("pointercancel", drop);
}

/** A field for a line of text or a number. */
function entry(control, context) {
  const id = `${context.id}-${control.name}`;
  const input = h("input", {
    id,
    type: "text",
    inputmode: control.number ? "decimal" : null,
    autocomplete: "off",
    class: control.number ? "cn-number" : "cn-wide-entry",
    "data-f": control.name,
    oninput: context.changed,
  });
  const unit = control.number && control.unit ? h("span", { "aria-hidden": "true" }, control.unit) : null;
  const label = h("label", { for: id, class: "cn-hide" }, control.label);
  return {
    node: h("p", { class: "cn-entry" }, label, input, unit),
    read: () => input.value,
    write(value) {
      input.value = value ?? "";
    },
  };
}

const asPercent = typed => {
  const number = Number(typed.trim().replace(/\s*%$/, "").replace(",", "."));
  return typed.trim() && number >= 0 && number <= 100 ? number : null;
};

/** A probability for each statement: a number, and a slider beside it. */
function percents(control, context) {
  const fields = control.lines.map(line => {
    const field = `${control.name}:${line.id}`;
    const id = `${context.id}-${field}`;
    const typed = h("input", { id, type: "text", inputmode: "decimal", class: "cn-number", autocomplete: "off", "data-f": field });
    const slider = h("input", { type: "range", min: 0, max: 100, step: 5, "aria-label": `Slider: ${line.text}`, "data-f": `${field}:slider` });
    const words = h("output", { for: id, class: "cn-soft" });
    const dots = Array.from({ length: 10 }, () => h("i", {}));
    const tell = () => {
      const percent = asPercent(typed.value);
      slider.value = percent ?? 50;
      slider.classList.toggle("is-unset", percent === null);
      slider.setAttribute("aria-valuetext", percent === null ? "no number yet" : `${percent} per cent`);
      dots.forEach((dot, place) => dot.classList.toggle("on", percent !== null && place < Math.round(percent / 10)));
      const whole = percent !== null && Number.isInteger(percent);
      words.textContent = whole ? control.words[percent] : typed.value.trim() && percent === null ? "Write a number from 0 to 100." : "";
    };
    typed.addEventListener("input", event => {
      tell();
      context.changed(event);
    });
    slider.addEventListener("input", event => {
      typed.value = slider.value;
      tell();
      context.changed(event);
    });
    const node = h(
      "div",
      { class: "cn-percent" },
      h("label", { for: id }, line.text),
      h("div", { class: "cn-slide" }, slider, h("span", { class: "cn-entry" }, typed, h("span", { "aria-hidden": "true" }, "%"))),
      h("p", {}, h("span", { class: "cn-ten", "aria-hidden": "true" }, dots), " ", words),
      why(line.why),
    );
    tell();
    return { id: line.id, node, typed, tell };
  });
  return {
    node: h("div", { class: "cn-percents" }, fields.map(each => each.node)),
    read: () => Object.fromEntries(fields.map(each => [each.id, each.typed.value]).filter(each => each[1].trim())),
    write(value) {
      for (const each of fields) {
        each.typed.value = value?.[each.id] ?? "";
        each.tell();
      }
    },
  };
}

/** Return the number of words, as it is counted where the text is marked. */
export function countWords(text) {
  return (text.match(/\S+/gu) ?? []).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
}

/** A field for a text. */
function text(control, context) {
  const area = h("textarea", { "aria-label": control.label, "data-f": control.name, dir: "auto", spellcheck: "true" });
  const bar = h("progress", { max: control.most, "aria-hidden": "true" });
  const count = h("b", {});
  const tell = () => {
    const words = countWords(area.value);
    bar.value = Math.min(words, control.most);
    count.textContent = `${words} ${words === 1 ? "word" : "words"}`;
  };
  area.addEventListener("input", event => {
    tell();
    context.changed(event);
  });
  tell();
  const words = h("div", { class: "cn-words" }, bar, h("span", {}, count, ` of ${control.least} to ${control.most}`));
  words.style.setProperty("--lo", control.least / control.most);
  return {
    node: h("div", { class: "cn-writing" }, area, words),
    read: () => area.value,
    write(value) {
      if (area.value !== (value ?? "")) area.value = value ?? "";
      tell();
    },
  };
}

/** How each control is drawn, by what it is called in a description. */
export const CONTROLS = { options, lines, ranking, entry, percents, text };

/** Draw a field that has its effect at once. */
export function drawField(field, context) {
  const changed = event => context.live(field.name, event);
  if (field.look === "check") {
    const box = h("input", { type: "checkbox", "data-f": field.name, disabled: field.off, onchange: changed });
    return {
      node: h("label", { class: "cn-check" }, box, h("span", {}, field.label)),
      read: () => box.checked,
      write: value => (box.checked = Boolean(value)),
    };
  }
  const draw = field.look === "tabs" ? chips : list;
  const drawn = draw(field.name, field.label, field.options ?? [], context, field.name, null);
  drawn.node.classList.add(field.look === "tabs" ? "cn-tabs" : "cn-listed");
  drawn.node.classList.toggle("cn-whole", Boolean(field.wide));
  drawn.node.addEventListener("change", changed);
  if (field.off) for (const each of drawn.node.querySelectorAll("select, input")) each.disabled = true;
  return drawn;
}
