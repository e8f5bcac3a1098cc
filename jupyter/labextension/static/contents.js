// The contents of a lesson: beside the text where there is room, else in a menu of the bar.
import { element, scroller } from "./dom.js";

const HEADING = /^##\s+(.+)$/;
const MINUTES = /^(.*?)\s*\(([^()]*)\)$/; // such as "The eleven norms (core, 14 minutes)"
const BELOW = 96; // pixels from the top within which a heading counts as reached
const ABOVE = 16; // pixels left above a heading that one goes to

/** Return a heading without the marks of Markdown. */
export function plain(text) {
  return text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*`_]/g, "").trim();
}

function headingsOf(cell) {
  let fenced = false;
  const lines = cell.model.type === "markdown" ? cell.model.sharedModel.getSource().split("\n") : [];
  return lines.flatMap(line => {
    if (line.startsWith("```")) fenced = !fenced;
    const found = fenced ? null : HEADING.exec(line);
    return found ? [plain(found[1])] : [];
  });
}

export class Contents {
  constructor(Widget) {
    this.list = element("ol", { class: "cn-toc" });
    this.nav = element("nav", { "aria-label": "Contents" }, element("h2", {}, "Contents"), this.list);
    this.widget = new Widget();
    this.widget.id = "cn-contents";
    this.widget.title.label = "Contents";
    this.widget.addClass("cn-side");
    this.widget.node.append(this.nav);
  }

  /** List the headings of a notebook, and follow where the reader is. */
  fill(panel) {
    this.panel = panel;
    this.items = panel.content.widgets.flatMap((cell, index) =>
      headingsOf(cell).map((text, nth) => ({ cell, index, nth, text })));
    for (const item of this.items) {
      const [, name, minutes] = MINUTES.exec(item.text) ?? [null, item.text, ""];
      const small = minutes && element("small", {}, minutes);
      const go = event => {
        event.preventDefault();
        this.go(item);
      };
      item.link = element("a", { href: "#", onclick: go }, element("span", {}, name), small || "");
    }
    this.list.replaceChildren(...this.items.map(each => element("li", {}, each.link)));
    const outer = scroller(panel);
    let asked = 0;
    outer.addEventListener("scroll", () => {
      asked ||= requestAnimationFrame(() => {
        asked = 0;
        this.mark();
      });
    });
    this.mark();
  }

  /** Put the list into the side panel, or into an element of the bar. */
  moveTo(node) {
    if (this.nav.parentElement !== node) node.append(this.nav);
  }

  heading({ cell, nth }) {
    return cell.node.querySelectorAll(".jp-MarkdownOutput h2")[nth];
  }

  async go(item) {
    this.nav.closest("[popover]")?.hidePopover();
    if (!this.heading(item)) await this.panel.content.scrollToItem(item.index, "start");
    const heading = this.heading(item);
    if (!heading) return;
    const outer = scroller(this.panel);
    outer.scrollTop += heading.getBoundingClientRect().top - outer.getBoundingClientRect().top - ABOVE;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  mark() {
    const edge = scroller(this.panel).getBoundingClientRect().top + BELOW;
    const reached = this.items.filter(each => {
      const heading = this.heading(each);
      return heading && heading.getBoundingClientRect().top < edge;
    });
    const current = reached.at(-1);
    for (const each of this.items) {
      if (each === current) each.link.setAttribute("aria-current", "true");
      else each.link.removeAttribute("aria-current");
    }
  }
}
