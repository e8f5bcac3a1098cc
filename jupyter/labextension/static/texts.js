// Typed text is kept in the browser until the learner's record has it, so that neither a restart
// of the kernel nor a reload of the page can lose it.
const FORM = ".cn-form";
const FIELDS = "textarea, input[type=text]";
const KEY = "cn-key-"; // the class that names the answers of a form
const KEPT = "cn-kept-"; // the class that says when the record last got one, in milliseconds
const DRAFT = 5000; // milliseconds that a draft may be younger than the text in it

function named(node, start) {
  const found = [...node.classList].find(each => each.startsWith(start));
  return found?.slice(start.length);
}

function nameOf(path, node, field) {
  const form = node.closest(FORM);
  const key = form && named(form, KEY);
  const label = field.closest(".jupyter-widgets")?.querySelector(".widget-label");
  return key && `cybernorms:${path}:${key}:${label?.textContent}`;
}

/** Return the fields of a form whose text is kept. */
export function textFields(node) {
  return named(node, KEY) ? [...node.querySelectorAll(FIELDS)] : [];
}

/** Keep what stands in a field. */
export function keepText(path, node, field) {
  const name = field.matches(FIELDS) && nameOf(path, node, field);
  if (!name) return;
  try {
    sessionStorage.setItem(name, JSON.stringify({ text: field.value, at: Date.now() }));
  } catch (error) {
    console.warn("cybernorms: the browser keeps no text", error);
  }
}

/** Forget the texts of a form that its kernel has saved. */
export function forgetTexts(path, node) {
  if (node.querySelector(".cn-result.cn-problem")) return;
  for (const field of textFields(node)) sessionStorage.removeItem(nameOf(path, node, field));
}

function putBack(path, field) {
  const form = field.closest(FORM);
  const name = form && path && nameOf(path, form, field);
  const kept = name && JSON.parse(sessionStorage.getItem(name) ?? "null");
  if (!kept || kept.text === field.value) return;
  if (kept.at + DRAFT < Number(named(form, KEPT) ?? 0)) {
    sessionStorage.removeItem(name); // saved elsewhere since
    return;
  }
  field.value = kept.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Put kept texts into fields when their forms are drawn again. */
export function putTextsBack(pathOf) {
  const seen = new WeakSet();
  new MutationObserver(changes => {
    for (const { addedNodes } of changes) {
      for (const added of addedNodes) {
        if (!(added instanceof Element)) continue;
        for (const field of added.matches(FIELDS) ? [added] : added.querySelectorAll(FIELDS)) {
          if (!seen.has(field) && field.closest(FORM)) {
            seen.add(field);
            putBack(pathOf(field), field);
          }
        }
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
}
