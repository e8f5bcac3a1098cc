// The transport of pages without Jupyter: a card speaks to Python in a worker of the page.
import { Card } from "./card.js";
import { h } from "./dom.js";

export { h }; // for the page around the cards, which is a module of its own

/** A card whose Python may still be starting: what is pressed meanwhile waits for it. */
class PageCard extends Card {
  lose(state) {
    if (state !== "late" || this.isAlive) super.lose(state);
  }
}

/** The cards of one page, each drawn from what it shows at first until the worker knows better. */
export class PageCards {
  /**
   * @param {(message: object) => void} post hands a message to the worker.
   * @param {string} scope tells this page's cards from those of other pages in the same browser.
   */
  constructor(post, scope) {
    this.post = post;
    this.scope = scope;
    this.cards = new Map();
    this.held = [];
  }

  /** Draw a card into an element, as it is for someone who has answered nothing. */
  put(root, view, { shuffled = false, ...described }) {
    const card = new PageCard(root, message => this.send(view, message));
    this.cards.set(view, card);
    card.form.classList.toggle("cn-unordered", shuffled);
    card.form.setAttribute("aria-busy", "true");
    card.show(this.stored(described));
  }

  send(view, message) {
    const whole = { do: "message", view, message };
    if (this.cards.get(view)?.isAlive) this.post(whole);
    else this.held.push(whole);
  }

  stored(described) {
    return { ...described, store: described.key ? `${this.scope}:${described.key}` : "" };
  }

  /** Show what Python says of some views, and send what has waited for them. */
  tell(views) {
    for (const { view, card: described } of views) {
      const card = this.cards.get(view);
      if (!card) continue;
      const first = !card.isAlive;
      card.isAlive = true;
      card.show(this.stored(described));
      if (!first) continue;
      card.form.classList.remove("cn-unordered");
      card.form.removeAttribute("aria-busy");
      const mine = this.held.filter(each => each.view === view);
      this.held = this.held.filter(each => each.view !== view);
      mine.forEach(each => this.post(each));
    }
  }

  /** Say on all cards that nobody answers any more. */
  lose() {
    for (const card of this.cards.values()) card.lose("gone");
  }
}
