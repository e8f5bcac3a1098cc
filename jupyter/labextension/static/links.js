// A link from one lesson to another loads a page, so that the browser's Back leads back.

const FILES = /^files\//; // where the address of a file begins, behind that of the server

/** Return the file that a link leads to, and the place in it; JupyterLab marks it in two ways. */
function pathOf(link, base) {
  try {
    const given = JSON.parse(link.dataset.commandlinkerArgs ?? "{}");
    if (given.path) return { path: given.path, id: given.id ?? "" };
  } catch {
    // Another kind of link.
  }
  const { origin, pathname, hash } = new URL(link.href, location.href);
  const rest = pathname.startsWith(base) ? pathname.slice(base.length) : "";
  if (origin !== location.origin || !FILES.test(rest)) return { path: "", id: "" };
  return { path: decodeURIComponent(rest.replace(FILES, "")), id: hash };
}

/** Keep JupyterLab from writing folders into the browser's history, to which Back would lead. */
export function keepAddress() {
  const own = location.pathname;
  const write = history.replaceState.bind(history);
  const keep = (state, title, url) => {
    const { pathname } = new URL(url ?? location.href, location.href);
    write(state, title, pathname === own ? url : location.href);
  };
  history.pushState = keep;
  history.replaceState = keep;
}

/** Have links to other lessons load their pages. */
export function followLinks(panel, frame) {
  const follow = event => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.button !== 0) return;
    const { path, id } = pathOf(link, frame.server.base);
    if (!frame.entries.some(each => each.path === path) || path === frame.path) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const address = frame.server.page(path) + (id.startsWith("#") ? id : "");
    if (event.ctrlKey || event.metaKey || event.shiftKey) window.open(address);
    else location.assign(address);
  };
  panel.node.addEventListener("click", follow, { capture: true });
}
