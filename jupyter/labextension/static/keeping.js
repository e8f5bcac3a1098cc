// A lesson in the frame is never changed on the disk: no mark of unsaved changes, no question
// when it is left, and saving does nothing.

/** Keep the file of a notebook as it is, and JupyterLab from asking about it. */
export function keepFile(context, app) {
  context.model.dirty = false;
  // Cells set it on the shared model since JupyterLab 4.6, on the model before.
  for (const model of [context.model, context.model.sharedModel]) {
    Object.defineProperty(model, "dirty", {
      get: () => false,
      set: () => undefined,
      configurable: true,
    });
  }
  Object.defineProperty(context, "canSave", { get: () => false, configurable: true });
  context.save = async () => undefined;
  // Of a cell in which a learner has typed, JupyterLab hears in another way.
  Object.defineProperty(app.status, "isDirty", { get: () => false, configurable: true });
}

/** Keep JupyterLab from asking about a kernel that was restarted by itself: the frame says so. */
export function keepQuiet(panel) {
  const silent = { get: () => true, set: () => undefined, configurable: true };
  Object.defineProperty(panel, "_autorestarting", silent);
}
