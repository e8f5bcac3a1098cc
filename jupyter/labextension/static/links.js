// A link from one lesson to another loads a page, so that the browser's Back leads back.

function pathOf(link) {
  try {
    const given = JSON.parse(link.dataset.commandlinkerArgs ?? "{}"); // JupyterLab's own mark
    if (given.path) return { path: given.path, id: given.id ?? "" };
  } catch {
    // Another kind of link.
  }
  return { path: "", id: "" };
}

/** Have links to other lessons load their pages. */
export function followLinks(panel, frame) {
  const follow = event => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.button !== 0) return;
    const { path, id } = pathOf(link);
    if (!frame.entries.some(each => each.path === path) || path === frame.path) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const address = frame.server.page(path) + (id.startsWith("#") ? id : "");
    if (event.ctrlKey || event.metaKey || event.shiftKey) window.open(address);
    else location.assign(address);
  };
  panel.node.addEventListener("click", follow, { capture: true });
}
