// What JupyterLab expects of a prebuilt extension: a container with `init` and `get`. Written by
// hand, since it needs no build; the files beside this one do the work.
"use strict";
(() => {
  const here = document.currentScript.src;
  const load = async name => import(new URL(name, here));

  // JupyterLab's own packages, such as `{ "@jupyterlab/notebook": { "4.6.6": { get, from } } }`.
  let scope = {};
  async function shared(name) {
    const offers = Object.values(scope[name] ?? {});
    const offer = offers.find(each => each.from === "CORE_FEDERATION") ?? offers[0];
    return offer ? (await offer.get())() : {};
  }

  async function plugins() {
    const [keys, desk, notebook] = await Promise.all([
      load("./keys.js"),
      load("./desk.js"),
      shared("@jupyterlab/notebook"),
    ]);
    return [
      {
        id: "cybernorms:keys",
        description: "Leaves plain keys to the forms and explorers that have the focus.",
        autoStart: true,
        activate: () => keys.leaveKeysToCards(),
      },
      {
        id: "cybernorms:presses",
        description: "Holds presses until earlier changes are through; says when a form is lost.",
        autoStart: true,
        requires: [notebook.INotebookTracker],
        activate: (_, tracker) => desk.watchNotebooks(tracker),
      },
    ];
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["cybernorms"] = {
    init: given => {
      scope = given;
    },
    get: async () => {
      const all = await plugins();
      return () => ({ __esModule: true, default: all });
    },
  };
})();
