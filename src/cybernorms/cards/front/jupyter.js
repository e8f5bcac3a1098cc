// The transport of notebooks: a card speaks to its kernel over the comm of its widget.
import { Card } from "./card.js";
import { leaveKeys, putStyle } from "./page.js";

const TRIES = 20;

/**
 * Send a message to the kernel. JupyterLab sends those of widgets to a subshell, so that they are
 * answered while a cell computes; of a kernel that was restarted from elsewhere it has the subshell
 * of before, and each message would be lost. Then they go the way that cells go.
 */
function send(model, message, tries = TRIES) {
  const reply = ({ content }) => {
    const kernel = model.widget_manager?.kernel;
    if (content.ename !== "UnknownSubshellError" || !kernel || !tries) return;
    kernel.commsOverSubshells = "disabled";
    setTimeout(() => send(model, message, tries - 1), 50);
  };
  model.send(message, { shell: { reply } });
}

/** Draw the card of a widget; returns how to take it down. */
export function render({ model, el }) {
  putStyle(STYLE);
  leaveKeys();
  const card = new Card(el, message => send(model, message));
  const show = () => card.show(model.get("description"));
  const lost = () => card.lose("gone");
  model.on("change:description", show);
  model.on("comm_live_update", lost);
  show();
  return () => {
    model.off("change:description", show);
    model.off("comm_live_update", lost);
    card.remove();
  };
}
