// A timeline to scroll and to press: the ten days of September 2015, one step a day, and around them
// the years. Each event opens where it stands; what a lesson may not tell is not here at all.
import { h, holding } from "./dom.js";

/** Draw the timeline; `context.memory` keeps over redraws which event is open, and days or years. */
export function drawDays(part, context) {
  const memory = (context.memory[part.name] ??= { open: part.open ?? "", years: false });
  const stage = h("div", { class: "cn-stage" });
  const place = h("span", { class: "cn-soft" });
  const back = step("← Back", -1);
  const next = step("Next →", 1);
  const views = part.years.length ? [view("Ten days", false), view("1998 to 2026", true)] : [];

  function step(label, by) {
    return h("button", { type: "button", class: "cn-btn", "data-f": `${part.name}:${label}`, onclick: () => move(by) }, label);
  }

  function view(label, years) {
    const button = h("button", { type: "button", class: "cn-btn", "data-f": `${part.name}:${label}`, onclick: () => zoom(years) }, label);
    return { button, years };
  }

  function zoom(years) {
    memory.years = years;
    memory.open = "";
    draw();
    stage.classList.remove("is-zoomed");
    void stage.offsetWidth; // so that the movement begins anew
    stage.classList.add("is-zoomed");
    context.announce(years ? "1998 to 2026" : "Ten days in September 2015");
  }

  const events = () => [...stage.querySelectorAll(".cn-event")];

  /** Open the event before or after the one that is open, and close that one. */
  function move(by) {
    const all = events();
    const now = all.findIndex(each => each.dataset.id === memory.open);
    const to = now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by;
    if (!all[to]) return;
    open(all[to].dataset.id);
    all[to].scrollIntoView({ block: "nearest" });
    context.announce(all[to].textContent);
  }

  function open(id) {
    memory.open = id;
    for (const each of events()) each.open = each.dataset.id === id;
    tell();
  }

  function tell() {
    const all = events();
    const now = all.findIndex(each => each.dataset.id === memory.open);
    place.textContent = now < 0 ? `${all.length} events` : `${now + 1} of ${all.length}`;
    for (const [button, off] of [[back, now <= 0], [next, now === all.length - 1]]) {
      if (off) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
    for (const { button, years } of views) button.setAttribute("aria-pressed", String(years === memory.years));
  }

  function event(happening, lane) {
    const word = lane ? h("span", { class: "cn-lane-word" }, `${lane}: `) : null;
    const who = happening.who ? h("small", {}, word, happening.who) : null;
    const summary = h("summary", { "data-f": `${part.name}:${happening.id}` }, h("b", {}, happening.name), who);
    const node = h("details", { class: "cn-event", "data-id": happening.id, open: memory.open === happening.id }, summary, holding("div", {}, happening.html));
    node.addEventListener("toggle", () => {
      if (node.open && memory.open !== happening.id) open(happening.id);
      else if (!node.open && memory.open === happening.id) open("");
    });
    return node;
  }

  function day(each) {
    const lanes = [each.print ?? [], each.governments ?? []];
    const happened = lanes.flat();
    const looks = each.look ? ` is-${each.look}` : "";
    const grown = happened.some(one => one.new) ? " is-new" : "";
    const here = each.look === "here" ? h("p", { class: "cn-here-word" }, part.here) : null;
    const cells = happened.length
      ? lanes.map((one, at) => h("div", {}, one.map(happening => event(happening, part.lanes[at])), at === 0 ? here : null))
      : [h("p", {}, part.still), h("div", {})];
    const label = h("p", { class: "cn-date" }, each.weekday, " ", h("b", {}, each.day));
    return h("li", { class: `cn-day${looks}${grown}` }, label, h("i", { "aria-hidden": "true" }), cells);
  }

  function drawnDays() {
    const closed = part.closed
      ? h("li", { class: "cn-day is-closed" }, h("p", { class: "cn-date" }), h("i", { "aria-hidden": "true" }), h("p", { class: "cn-shut" }, part.closed))
      : null;
    const head = h("p", { class: "cn-days-head", "aria-hidden": "true" }, h("span", {}), h("i", {}), part.lanes.map(lane => h("span", {}, lane)));
    return h("div", { class: "cn-days" }, head, h("ol", {}, part.days.map(day), closed));
  }

  function year(each) {
    const list = (each.events ?? []).map(one => h("li", {}, event(one, "")));
    const ten = each.ten
      ? h("li", {}, h("button", { type: "button", class: "cn-btn", "data-f": `${part.name}:ten`, onclick: () => zoom(false) }, "The ten days of September"))
      : null;
    const still = list.length || ten ? "" : " is-still";
    const label = h("p", { class: "cn-date" }, h("b", {}, each.year));
    return h("li", { class: `cn-day${still}` }, label, h("i", { "aria-hidden": "true" }), h("ul", { class: "cn-names" }, list, ten));
  }

  const drawn = {}; // each view is drawn once
  const drawYears = () => (drawn.years ??= h("div", { class: "cn-days cn-years" }, h("ol", {}, part.years.map(year))));

  function draw() {
    stage.replaceChildren(memory.years ? drawYears() : (drawn.days ??= drawnDays()));
    for (const each of events()) each.open = each.dataset.id === memory.open;
    tell();
  }

  draw();
  if (views.length) setTimeout(drawYears, 500); // before they are asked for
  const chips = views.length ? h("div", { class: "cn-views", role: "group", "aria-label": "How far back" }, views.map(each => each.button)) : null;
  return { node: h("div", { class: "cn-timeline" }, chips, stage, h("p", { class: "cn-acts" }, back, next, place)) };
}
