// Small helpers to build elements. Text is always text; HTML comes from the module's own blocks
// only, in which everything is escaped.

/** Return an element with attributes, listeners (`onclick`, …) and children. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter(each => each !== null && each !== undefined));
  return node;
}

/** Return an element that holds the module's own HTML. */
export function holding(tag, attributes, content) {
  const node = h(tag, attributes);
  node.innerHTML = content;
  return node;
}

/** Return the verdict mark for a look, with its word. */
export function verdict(look, word) {
  return h("span", { class: "cn-v", "data-v": look }, word);
}

const WORDS = {
  correct: "Correct",
  defensible: "Defensible",
  partly: "Partly",
  incorrect: "Not this one",
};

/** Return the word for a look, or nothing. */
export function wordOf(look) {
  return WORDS[look] ?? "";
}

/** Return an element of SVG. */
export function shape(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}
