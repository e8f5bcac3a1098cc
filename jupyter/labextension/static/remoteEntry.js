// What JupyterLab expects of a prebuilt extension: a container with `init` and `get`. Written by
// hand, since it needs no build; the files beside this one do the work.
"use strict";
(() => {
  const here = document.currentScript.src;
  const load = async name => import(new URL(name, here));

  async function plugins() {
    const keys = await load("./keys.js");
    return [
      {
        id: "cybernorms:keys",
        description: "Leaves plain keys to the forms and explorers that have the focus.",
        autoStart: true,
        activate: () => keys.leaveKeysToCards(),
      },
    ];
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["cybernorms"] = {
    init: () => undefined,
    get: async () => {
      const all = await plugins();
      return () => ({ __esModule: true, default: all });
    },
  };
})();
