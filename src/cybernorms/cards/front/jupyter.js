// The transport of notebooks: a card speaks to its kernel over the comm of its widget.
import { Card } from "./card.js";
import { leaveKeys, putStyle } from "./page.js";

/** Draw the card of a widget; returns how to take it down. */
export function render({ model, el }) {
  putStyle(STYLE);
  leaveKeys();
  const card = new Card(el, message => model.send(message));
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
