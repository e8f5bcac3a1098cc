// The deal game, step 4, the map found by moving one thing at a time, and step 6, everything loose.
import { h } from "./dom.js";
import { balanceBars, drawDials, reasonsOf, shownOn } from "./game-dials.js";
import { figure, gameButton, sayer, tell, upper } from "./game-draw.js";
import { RegionMap, turningPoint } from "./game-map.js";
import { balance, dealHolds, equalDeal, punishingIsCredible, setNumber } from "./game-model.js";

const OWN = ["gain", "harm", "sanction", "detection", "false_names"];
const COMMON = ["patience", "off"];

/** Return a deal that has the numbers of a setting such as a preset. */
function dealOf(setting) {
  const own = prefix => Object.fromEntries(OWN.filter(name => `${prefix}${name}` in setting).map(name => [name, setting[`${prefix}${name}`]]));
  const deal = equalDeal(own(""), { patience: setting.patience, off: setting.off, biting: Boolean(setting.biting) });
  return setting.differ ? { ...deal, two: { ...deal.one, ...own("two_") } } : deal;
}

function settingOf(deal) {
  const setting = { patience: deal.patience, off: deal.off, biting: deal.biting, differ: deal.two !== deal.one };
  for (const name of OWN) {
    setting[name] = deal.one[name];
    if (setting.differ) setting[`two_${name}`] = deal.two[name];
  }
  return setting;
}

/** Draw what both steps share: dials, map, balance, sentence and table. */
function mapView(part, changed) {
  const say = sayer(part.words);
  const byName = Object.fromEntries(part.dials.map(dial => [dial.name, dial]));
  const view = { say, deal: dealOf(part.start), axes: part.axes[0], byName };
  const verdict = h("p", { class: "cn-say", "aria-live": "polite" });
  const bars = h("div", {});
  const table = h("div", { class: "cn-scroll" });
  const map = new RegionMap(say, part.dials, (across, x, up, y) => {
    let deal = setNumber(setNumber(view.deal, across, x), up, y);
    const { false_names: f, detection: a } = deal.one;
    if (f > a) deal = setNumber(deal, "false_names", a);
    view.set(deal);
  });

  view.get = name => (name.startsWith("two_") ? view.deal.two[name.slice(4)] : (view.deal[name] ?? view.deal.one[name]));
  view.put = (name, value) => {
    const exact = name === "off" ? Math.round(value) : value;
    const isTheirs = name.startsWith("two_");
    const two = isTheirs ? { ...view.deal.two, [name.slice(4)]: exact } : null;
    const deal = isTheirs ? { ...view.deal, two } : setNumber(view.deal, name, exact);
    for (const each of [deal.one, deal.two]) {
      if (each.false_names > each.detection) return say("clash_names");
      if (each.gain >= each.harm) return say("clash_harm");
    }
    view.deal = deal;
    view.draw();
    return "";
  };
  /** Take a whole deal, and show its numbers on the dials. */
  view.set = deal => {
    view.deal = deal;
    for (const dials of view.dials) dials.show();
    view.draw();
  };

  function sentence() {
    const { deal } = view;
    const found = balance(deal);
    const holds = dealHolds(deal);
    const gaps = each => ({ gain: figure(each.gain), cost: figure(Math.max(0, each.cost), 2), why: reasonsOf(each, say) });
    const parts = [say(found.holds ? "holds" : "breaks", gaps(found))];
    if (deal.two !== deal.one) {
      const theirs = balance(deal, 1);
      parts.push(say("twice", gaps(theirs)));
      if (!holds) parts.push(say("only", { who: say(found.holds ? "theirs" : theirs.holds ? "mine" : "both") }));
    }
    if (holds) parts.push(say("quiet", { n: Math.round(100 / (1 + found.named * deal.off)) }));
    const tips = view.axes.map(name => [name, turningPoint(deal, byName[name])]).filter(([, value]) => value !== null);
    const what = tips.map(([name, value]) => say(`when_${name}`, { v: shownOn(byName[name], value) })).join(say("if"));
    parts.push(tips.length ? say("tips", { turn: say(holds ? "turn_break" : "turn_hold"), what }) : say("tips_none"));
    if (!punishingIsCredible(deal)) parts.push(say("incredible"));
    return parts;
  }

  view.draw = () => {
    const { deal } = view;
    map.draw(deal, ...view.axes);
    const whole = sentence();
    const [first, ...rest] = whole[0].split(". ");
    tell(verdict, `${first}.`, rest.join(". "), ...whole.slice(1));
    bars.replaceChildren(balanceBars(balance(deal), say));
    table.replaceChildren(map.table());
    changed?.(view);
  };
  const axes = h(
    "div",
    { class: "cn-fields" },
    h("label", { class: "cn-field" }, h("span", {}, say("axes")), axesList()),
  );
  const folded = h("details", { class: "cn-fold" }, h("summary", { "data-f": "game:table" }, say("table")), table);

  function axesList() {
    const list = h("select", {
      "data-f": "game:axes",
      onchange: event => {
        view.axes = part.axes[event.currentTarget.selectedIndex];
        view.draw();
      },
    });
    for (const [across, up] of part.axes) list.append(h("option", {}, `${byName[across].label} \u00d7 ${byName[up].label.toLowerCase()}`));
    return list;
  }

  view.parts = { map: map.node, verdict, bars, folded, axes };
  return view;
}

/** Draw step 4. */
export function drawMap(part, keep) {
  const start = dealOf(part.start);
  const found = new Map();
  const list = h("p", { "aria-live": "polite" });
  const end = h("div", { class: "cn-reveal", hidden: true });
  const view = mapView(part, look);
  const { say, parts, byName } = view;
  const names = [...OWN, ...COMMON].filter(name => byName[name]);
  view.dials = [drawDials(part.dials, view.get, view.put, say)];
  const back = gameButton(say("start"), "start", () => view.set(start));

  function look({ deal }) {
    const value = (of, name) => of[name] ?? of.one[name];
    const moved = names.filter(name => Math.abs(value(deal, name) - value(start, name)) > 1e-9);
    if (moved.length === 1 && dealHolds(deal)) {
      found.set(moved[0], value(deal, moved[0]));
      keep({ found: [...found].map(([name, at]) => `${name}=${Number(at.toFixed(4))}`).join(" ") });
    }
    const many = moved.length > 1 ? ` ${say("two_things")}` : "";
    list.textContent = told() + many;
    if (found.size > 1 && found.has("false_names")) explain();
  }

  function told() {
    if (!found.size) return say("found_none");
    const each = [...found].map(([name, value]) => say(`found_${name}`, { v: shownOn(byName[name], value) }));
    return `${say("found")} ${each.join("; ")}.`;
  }

  function explain() {
    if (!end.hidden) return;
    end.replaceChildren(h("h3", {}, say("reveal_h")), h("p", {}, say("reveal_p")), h("p", {}, say("reveal_patience")));
    end.hidden = false;
  }

  view.draw();
  const kicker = h("p", { class: "cn-kicker" }, h("b", {}, part.label));
  const ask = h("p", { class: "cn-scene" }, say("ask"));
  const acts = h("p", { class: "cn-acts" }, back, list);
  const side = h("div", { class: "cn-side" }, h("div", {}, parts.axes, parts.map), h("div", {}, parts.verdict, parts.bars, acts));
  return {
    nodes: [kicker, ask, view.dials[0].node, side, end, parts.folded],
    restore(value) {
      for (const each of String(value.found ?? "").split(" ")) {
        const [name, at] = each.split("=");
        if (byName[name] && !found.has(name)) found.set(name, Number(at));
      }
      view.draw();
    },
  };
}

/** Draw step 6: every number, two States that differ, and moments with invented numbers. */
export function drawSandbox(part, keep) {
  let ready = false;
  let timer;
  const view = mapView(part, ({ deal }) => {
    if (!ready) return;
    clearTimeout(timer);
    timer = setTimeout(() => keep(settingOf(deal)), 700);
  });
  const { say, parts } = view;
  const said = h("p", { class: "cn-soft", role: "status" });
  const own = part.dials.filter(dial => OWN.includes(dial.name));
  const mine = drawDials(own, view.get, view.put, say);
  const both = drawDials(part.dials.filter(dial => COMMON.includes(dial.name)), view.get, view.put, say);
  let theirs = null;
  const theirBox = h("section", { hidden: true });
  view.dials = [mine, both];

  const presets = part.presets.map((preset, at) =>
    gameButton(preset.name, `preset-${at}`, () => {
      said.textContent = say("preset", preset);
      view.set(dealOf({ ...part.start, ...preset.numbers }));
      showTheirs();
    }),
  );
  const tick = (name, get, put) => {
    const box = h("input", { type: "checkbox", "data-f": `game:${name}`, onchange: () => put(box.checked) });
    return { node: h("label", { class: "cn-check" }, box, h("span", {}, say(name))), show: () => (box.checked = get()) };
  };
  const differ = tick("differ", () => view.deal.two !== view.deal.one, on => {
    view.deal = { ...view.deal, two: on ? { ...view.deal.one } : view.deal.one };
    showTheirs();
    view.draw();
  });
  const biting = tick("biting", () => view.deal.biting, on => {
    view.deal = { ...view.deal, biting: on };
    view.draw();
  });

  function showTheirs() {
    differ.show();
    biting.show();
    const on = view.deal.two !== view.deal.one;
    theirBox.hidden = !on;
    if (!on) {
      view.dials = [mine, both];
      return;
    }
    theirs = drawDials(own.map(dial => ({ ...dial, name: `two_${dial.name}` })), view.get, view.put, say);
    theirBox.replaceChildren(h("h4", {}, upper(say("theirs"))), theirs.node);
    view.dials = [mine, both, theirs];
  }

  view.draw();
  showTheirs();
  ready = true;
  const kicker = h("p", { class: "cn-kicker" }, h("b", {}, part.label));
  const group = h("fieldset", { class: "cn-ask" }, h("legend", {}, say("presets")), h("p", { class: "cn-acts" }, presets), said);
  const side = h("div", { class: "cn-side" }, h("div", {}, parts.axes, parts.map), h("div", {}, parts.verdict, parts.bars));
  return {
    nodes: [kicker, h("p", { class: "cn-scene" }, say("ask")), group, mine.node, both.node, h("div", { class: "cn-checks" }, differ.node, biting.node), theirBox, side, parts.folded],
    restore(value) {
      ready = false;
      view.set(dealOf({ ...part.start, ...value }));
      showTheirs();
      ready = true;
    },
  };
}
