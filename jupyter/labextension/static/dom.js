// Small helpers for drawing by hand.

/** Return a new element with attributes, listeners (`onclick`) and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.filter(each => each != null && each !== ""));
  return made;
}

/** Return what scrolls the cells of a notebook. */
export function scroller(panel) {
  return panel.content.node.querySelector(".jp-WindowedPanel-outer") ?? panel.content.node;
}

/** Return a promise that is kept after some milliseconds. */
export function pause(milliseconds) {
  return new Promise(done => setTimeout(done, milliseconds));
}
