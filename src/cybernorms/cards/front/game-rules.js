// The deal game, step 3: the player writes the rules, and both governments do the sum.
import { h } from "./dom.js";
import { balanceBars, drawDials, reasonsOf } from "./game-dials.js";
import { figure, flagShape, gameButton, inWords, sayNode, sayer, svg, tell, upper } from "./game-draw.js";
import { QUIET, balance, diceOf, equalDeal, playOut, setNumber } from "./game-model.js";

const FORTY = 40;
const WANTED = 30;
const NARROW = 600; // pixels of a window, below which forty seasons take two rows

/** Return forty seasons as a picture: what was taken and who was named. */
export function manySeasons(seasons, say) {
  const rows = window.innerWidth < NARROW ? 2 : 1;
  const across = seasons.length / rows;
  const pitch = 16;
  const node = svg("svg", { class: "cn-strip cn-forty", viewBox: `0 0 ${across * pitch} ${rows * 92}`, role: "img" });
  seasons.forEach(({ stands, does, named }, at) => {
    const x = ((at % across) + 0.5) * pitch;
    const y = 46 + 92 * Math.floor(at / across);
    const quiet = stands && !does[0];
    const group = svg("g", { class: "cn-pop" });
    group.style.setProperty("--wait", `${at * 30}ms`);
    group.append(svg("line", { class: quiet ? "cn-stand" : "cn-off", x1: x - pitch / 2, x2: x + pitch / 2, y1: y, y2: y }));
    [-1, 1].forEach((up, whose) => {
      const look = whose ? "" : "is-me";
      if (does[whose]) group.append(svg("g", { class: look }, svg("rect", { class: "cn-took", x: x - 5, y: y + up * 14 - 5, width: 10, height: 10 })));
      if (named[whose]) group.append(flagShape(x - 4, y + up * 20, up, 1, does[whose] ? "" : "is-false", 10));
    });
    node.append(group);
  });
  const names = seasons.reduce((sum, each) => sum + each.named[0] + each.named[1], 0);
  const quiet = seasons.filter(each => each.stands && !each.does[0]).length;
  node.setAttribute("aria-label", say("strip", { quiet, n: names }));
  return { node, names, quiet };
}

/** Draw step 3. */
export function drawRules(part, keep) {
  const say = sayer(part.words);
  let deal = equalDeal({});
  const tried = [];
  const bars = h("div", {});
  const verdict = h("p", { "aria-live": "polite" });
  const strip = h("div", {});
  const said = sayNode();
  const end = h("div", { class: "cn-reveal", hidden: true });
  const tries = h("div", { class: "cn-scroll", tabindex: "0", role: "group", "aria-label": say("tries"), hidden: true });
  const seed = { next: 7 };
  const play = gameButton(say("play"), "forty", run, true);
  const get = name => deal[name] ?? deal.one[name];
  const put = (name, value) => {
    deal = setNumber(deal, name, name === "off" ? Math.round(value) : value);
    draw();
    return "";
  };
  const dials = drawDials(part.dials, get, put, say);

  function draw() {
    const found = balance(deal);
    bars.replaceChildren(balanceBars(found, say));
    const why = reasonsOf(found, say);
    verdict.textContent = say(found.holds ? "holds" : "breaks", { why, gain: figure(found.gain) });
    return found;
  }

  function namesTold(names) {
    if (!names) return say("no_names");
    return names === 1 ? say("one_false") : upper(say("all_false", { n: inWords(names) }));
  }

  function run() {
    const { holds } = draw();
    seed.next += 7;
    const drawn = manySeasons(playOut(deal, [!holds, !holds], FORTY, diceOf(seed.next)), say);
    const { quiet, names } = drawn;
    strip.replaceChildren(drawn.node);
    play.textContent = say("more");
    tell(said, "", holds ? say("quiet", { quiet, names: namesTold(names) }) : say("noisy", { n: names }));
    tried.unshift({ sanction: deal.one.sanction, off: deal.off, patience: deal.patience, quiet });
    listTries();
    if (holds) explain(quiet, names);
    keep({ sanction: deal.one.sanction, off: deal.off, patience: deal.patience, quiet });
  }

  function listTries() {
    const head = h("thead", {}, h("tr", {}, part.words.columns.map(text => h("th", { scope: "col" }, text))));
    const body = tried.slice(0, 4).map(each => {
      const cells = [figure(each.sanction), each.off, `${Math.round(each.patience * 100)} %`, `${each.quiet} / ${FORTY}`];
      return h("tr", {}, cells.map(text => h("td", {}, String(text))));
    });
    tries.replaceChildren(h("table", {}, h("caption", {}, say("tries")), head, h("tbody", {}, body)));
    tries.hidden = false;
  }

  function explain(quiet, names) {
    const long = quiet < WANTED;
    const heading = names > 1 ? upper(say("false_h", { n: inWords(names) })) : namesTold(names);
    const texts = [say("false_p"), long ? say("long_p", { off: inWords(deal.off) }) : say("done_p")];
    end.replaceChildren(h("h3", {}, long ? say("long_h") : heading), ...(long ? texts.reverse() : texts).map(each => h("p", {}, each)));
    end.hidden = false;
  }

  const copied = balance(equalDeal({}));
  const each = (chance, sum) => figure(sum / (1 + chance * deal.off));
  const ask = h("p", { class: "cn-scene" }, say("ask", { takes: each(copied.namedIf, QUIET + 3), keeps: each(copied.named, QUIET) }));
  draw();
  tell(said, "", say("waiting"));
  const kicker = h("p", { class: "cn-kicker" }, h("b", {}, part.label));
  return {
    nodes: [kicker, ask, dials.node, bars, verdict, h("p", { class: "cn-acts" }, play), strip, said, end, tries],
    restore(value) {
      for (const name of ["sanction", "off", "patience"]) if (name in value) deal = setNumber(deal, name, value[name]);
      dials.show();
      draw();
    },
  };
}
