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

  async function modules() {
    const names = {
      application: "@jupyterlab/application",
      cells: "@jupyterlab/cells",
      lumino: "@lumino/widgets",
      notebook: "@jupyterlab/notebook",
      services: "@jupyterlab/services",
    };
    const found = await Promise.all(Object.values(names).map(shared));
    return Object.fromEntries(Object.keys(names).map((name, index) => [name, found[index]]));
  }

  function frames({ Kernels }, { Frame, framedPath, loadStyles }, own) {
    let kernels = null;
    let frame = null;
    const path = framedPath();
    const watch = {
      id: "cybernorms:kernels",
      description: "Tells forms and explorers what becomes of their kernel, and runs them again.",
      autoStart: true,
      requires: [own.notebook.INotebookTracker],
      optional: [own.application.ILabShell],
      activate: (app, tracker, shell) => {
        kernels = new Kernels(app.serviceManager, own.cells.CodeCell);
        kernels.watch(tracker);
        if (!path || !shell) return;
        loadStyles(here);
        frame = new Frame(app, shell, tracker, kernels, own);
        frame.start(path).catch(error => console.error("cybernorms", error));
      },
    };
    const lost = {
      id: "cybernorms:connection-lost",
      description: "Says in the page of a lesson that the server is gone, in place of a dialogue.",
      autoStart: true,
      provides: own.application.IConnectionLost,
      activate: () => (manager, error, translator) => {
        kernels?.loseServer();
        if (frame?.loseServer()) return undefined;
        return own.application.ConnectionLost(manager, error, translator);
      },
    };
    return own.application.IConnectionLost ? [watch, lost] : [watch];
  }

  async function plugins() {
    const names = ["./kernels.js", "./frame.js"];
    const [own, kernels, frame] = await Promise.all([modules(), ...names.map(load)]);
    return frames(kernels, frame, own);
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
