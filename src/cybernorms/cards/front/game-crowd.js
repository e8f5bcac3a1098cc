// The deal game, step 5: habits that meet in fog, one of them the player's, and losers that learn.
// And two worlds of which only the names are seen.
import { h } from "./dom.js";
import { averageOf, learned, playTournament } from "./game-crowd-model.js";
import { figure, flagShape, gameButton, inWords, legendOf, reveal, sayNode, sayer, svg, tell, upper } from "./game-draw.js";
import { diceOf } from "./game-model.js";

const EACH = 4;
const [LEAST, MOST, PEACE] = [-3, 5, 2]; // payoffs of a season
const SORTING = 600; // milliseconds
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const quoted = name => `\u201c${name}\u201d`;
const picked = list => list.options[list.selectedIndex].textContent;

/** Return the sentences of the player's own habit, with a list in each gap. */
function builder(sentences) {
  const lists = {};
  const rows = sentences.map(({ name, before, after, options }) => {
    const list = h("select", { "data-f": `habit:${name}`, "aria-label": `${before} \u2026 ${after}` });
    for (const { text, value } of options) list.append(h("option", { value }, text));
    lists[name] = list;
    return h("p", {}, `${before} `, list, after.startsWith(".") ? after : ` ${after}`);
  });
  const read = () => Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.value]));
  const habit = () => ({
    begins: lists.begins.value === "1",
    answer: Number(lists.answer.value),
    forgives: Number(lists.forgives.value),
    contrite: lists.contrite.value === "1",
    waits: 3,
    tries: Number(lists.tries.value),
  });
  const write = value => Object.entries(lists).forEach(([name, list]) => name in value && (list.value = value[name]));
  return { node: h("div", { class: "cn-build" }, rows), read, write, habit };
}

/** Draw step 5. */
export function drawCrowd(part, keep) {
  const say = sayer(part.words);
  const own = builder(part.sentences);
  const names = [...part.habits.map(each => each.name), say("own")];
  const said = sayNode();
  const rows = h("ol", { class: "cn-scores" });
  const table = h("div", { class: "cn-scroll" });
  const year = h("span", {});
  const bet = h("select", { "data-f": "game:bet" }, h("option", { value: "" }, say("no_bet")), names.map((name, at) => h("option", { value: at }, name)));
  const fogs = part.words.fogs.map((text, at) =>
    h("label", { class: "cn-chip" }, h("input", { type: "radio", name: `${part.name}-fog`, value: at, checked: at === 0, "data-f": `fog:${at}` }), h("span", {}, text)),
  );
  const learn = gameButton(say("learn"), "learn", learnOn);
  const folded = h("details", { class: "cn-fold" }, h("summary", { "data-f": "game:table" }, say("table")), table);
  const shown = h("div", { hidden: true }); // filled by the first game
  let seed = 0;
  let game = null;

  const means = () => names.map((_, at) => averageOf(game.table, game.crowd, at));
  const fogNow = () => part.fogs[Number(node.querySelector("input:checked").value)];

  function run() {
    seed += 1;
    const habits = [...part.habits.map(each => each.habit), own.habit()];
    if (shown.hidden) shown.append(h("p", { class: "cn-acts" }, learn, year), rows, h("p", { class: "cn-soft" }, say("marks")), folded);
    shown.hidden = false;
    game = { table: playTournament(habits, fogNow(), diceOf(seed)), crowd: names.map(() => EACH), years: 0 };
    const found = draw();
    const best = found.indexOf(Math.max(...found));
    const parts = [];
    if (part.habits[best]?.id === "takes") parts.push(say("lives_off"));
    if (bet.value) parts.push(Number(bet.value) === best ? say("bet_right") : say("bet_wrong", { name: quoted(picked(bet)) }));
    tell(said, say("wins", { name: quoted(names[best]), v: figure(found[best]) }), ...parts);
    settle(false);
    keep({ ...own.read(), fog: node.querySelector("input:checked").value });
  }

  function settle(done) {
    learn.textContent = say(done ? "stays" : "learn");
    learn.setAttribute("aria-disabled", String(done));
  }

  function learnOn() {
    if (learn.getAttribute("aria-disabled") === "true") return;
    const before = game.crowd;
    game.crowd = learned(game.table, before);
    game.years += 8;
    draw();
    const alive = names.map((_, at) => at).filter(at => game.crowd[at]);
    const still = before.every((count, at) => count === game.crowd[at]);
    if (alive.length === 1) {
      const takes = part.habits[alive[0]]?.id === "takes";
      tell(said, say("left_one", { name: quoted(names[alive[0]]) }), takes ? say("left_takes") : "");
    } else if (still) tell(said, "", say("left_many"));
    else {
      const grown = game.crowd.map((count, at) => count - before[at]);
      const gone = names.filter((_, at) => before[at] && !game.crowd[at]);
      const thief = part.habits.findIndex(each => each.id === "takes");
      const fed = gone.includes(names[0]) && game.crowd[thief] > 0;
      tell(said, say("spreads", { name: quoted(names[grown.indexOf(Math.max(...grown))]) }), gone.length ? say("gone", { names: gone.map(quoted).join(", ") }) : "", fed ? say("fed") : "");
    }
    settle(still || alive.length === 1);
  }

  function draw() {
    const found = means();
    const order = names.map((_, at) => at).sort((x, y) => (Number.isNaN(found[y]) ? -9 : found[y]) - (Number.isNaN(found[x]) ? -9 : found[x]));
    const before = new Map([...rows.children].map(row => [row.dataset.at, row.getBoundingClientRect().top]));
    rows.replaceChildren(...order.map(at => row(at, found)));
    if (!calm()) slide(before);
    year.textContent = game.years ? say("after", { n: game.years }) : say("first");
    const head = ["", ...names, say("average"), say("states")].map(text => (text ? h("th", { scope: "col" }, text) : h("td", {})));
    const body = order.map(at => {
      const cells = [...game.table[at].map(value => figure(value)), Number.isNaN(found[at]) ? "\u2013" : figure(found[at]), String(game.crowd[at])];
      return h("tr", {}, h("th", { scope: "row" }, names[at]), cells.map(text => h("td", {}, text)));
    });
    table.replaceChildren(h("table", {}, h("caption", {}, say("table")), h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)));
    return found;
  }

  function row(at, found) {
    const many = game.crowd[at];
    const told = Number.isNaN(found[at]) ? say("died") : say("row", { v: figure(found[at]), n: many });
    const wide = 400;
    const x = value => 8 + ((value - LEAST) / (MOST - LEAST)) * (wide - 16);
    const picture = svg("svg", { viewBox: `0 0 ${wide} 40`, role: "img", "aria-label": told });
    picture.append(svg("line", { class: "cn-scale", x1: x(LEAST), x2: x(MOST), y1: 13, y2: 13 }), svg("line", { class: "cn-peace", x1: x(PEACE), x2: x(PEACE), y1: 3, y2: 23 }));
    game.table[at].forEach((value, other) => {
      if (many && game.crowd[other] - (other === at ? 1 : 0) > 0) picture.append(svg("circle", { class: "cn-small", cx: x(value), cy: 13, r: 4 }));
    });
    if (many) picture.append(svg("circle", { class: "cn-mark", cx: x(found[at]), cy: 13, r: 7 }));
    for (let n = 0; n < many; n += 1) picture.append(svg("rect", { class: "cn-took", x: 8 + n * 15, y: 29, width: 8, height: 8 }));
    const small = at < part.habits.length ? part.habits[at].note : "";
    const value = Number.isNaN(found[at]) ? say("died") : figure(found[at]);
    const isMine = at === part.habits.length;
    return h("li", { class: isMine ? "is-me" : null, "data-at": at }, h("span", {}, h("b", {}, names[at]), small ? h("small", {}, small) : null), picture, h("b", { class: "cn-score" }, value));
  }

  /** Let rows glide from where they were. */
  function slide(before) {
    for (const line of rows.children) {
      const was = before.get(line.dataset.at);
      if (was === undefined) continue;
      const move = was - line.getBoundingClientRect().top;
      if (move) line.animate([{ transform: `translateY(${move}px)` }, { transform: "none" }], { duration: SORTING, easing: "ease-out" });
    }
  }

  const label = h("label", { class: "cn-field" }, h("span", {}, say("bet")), bet);
  const fog = h("fieldset", { class: "cn-ask" }, h("legend", {}, say("fog")), h("div", { class: "cn-chips" }, fogs));
  const kicker = h("p", { class: "cn-kicker" }, h("b", {}, part.label));
  const node = h("div", { class: "cn-crowd" }, own.node, fog, h("div", { class: "cn-fields" }, label), h("p", { class: "cn-acts" }, gameButton(say("play"), "play", run, true)), said, shown);
  return { nodes: [kicker, h("p", { class: "cn-scene" }, say("ask")), node], restore: value => own.write(value) };
}

const QUARTERS = 12;
const CHANGE = 4; // quarters after which one world stops and the other hides
const SEEN = [0.85, 0.1]; // the chance of a name each, for a thief and for an honest State or a thief who hides
const SERVICES = 4; // on both sides together

/** Draw two worlds: names first, and then what was behind them. */
export function drawWorlds(part, keep) {
  const say = sayer(part.words);
  const said = sayNode();
  const need = h("span", { class: "cn-soft", role: "status" });
  const end = h("div", { class: "cn-reveal", hidden: true });
  const pictures = h("div", { class: "cn-columns" });
  const options = part.words.options.map((text, at) =>
    h("label", { class: "cn-chip" }, h("input", { type: "radio", name: `${part.name}-world`, value: at, "data-f": `world:${at}` }), h("span", {}, text)),
  );
  const asked = h("fieldset", { class: "cn-ask" }, h("legend", {}, say("question")), h("div", { class: "cn-chips" }, options));
  const look = gameButton(say("look"), "look", lift, true);
  const acts = h("p", { class: "cn-acts" }, look, need);
  let seed = 0;
  let names = [];
  let stopped = 0; // the world in which they stopped

  function start() {
    seed += 1;
    const dice = diceOf(Math.floor(Math.random() * 2 ** 31) + seed);
    stopped = dice() < 0.5 ? 0 : 1;
    names = Array.from({ length: QUARTERS }, (_, at) => {
      const chance = at < CHANGE ? SEEN[0] : SEEN[1];
      return Array.from({ length: SERVICES }, () => dice() < chance).filter(Boolean).length;
    });
    draw(false);
    for (const box of asked.querySelectorAll("input")) box.checked = false;
    end.hidden = true;
    acts.hidden = asked.hidden = false;
    tell(said, "");
    need.textContent = "";
  }

  function draw(behind) {
    pictures.replaceChildren(...["A", "B"].map((name, world) => one(name, world, behind)));
  }

  function one(name, world, behind) {
    const [wide, step] = [312, 25];
    const high = behind ? 104 : 78;
    const told = say("names", { name, counts: names.join(", ") });
    const taken = QUARTERS - (world === stopped ? QUARTERS - CHANGE : 0);
    const picture = svg("svg", { class: "cn-strip is-lifted", viewBox: `0 0 ${wide} ${high}`, role: "img", "aria-label": behind ? `${told}. ${say("behind", { name, n: taken })}` : told });
    names.forEach((count, at) => {
      const x = 8 + at * step;
      picture.append(svg("line", { class: "cn-scale", x1: x - 4, x2: x + 16, y1: 74, y2: 74 }));
      for (let flag = 0; flag < count; flag += 1) picture.append(flagShape(x, 72 - flag * 17, -1, 1, "is-open", 11));
      if (!behind) return;
      const took = at < CHANGE || world !== stopped;
      picture.append(took ? svg("rect", { class: "cn-took", x: x, y: 86, width: 12, height: 12 }) : svg("circle", { class: "cn-kept", cx: x + 6, cy: 92, r: 6 }));
    });
    return h("figure", {}, h("figcaption", {}, h("b", {}, say("world", { name }))), picture);
  }

  function lift() {
    const chosen = asked.querySelector("input:checked");
    if (!chosen) {
      need.textContent = say("first");
      asked.querySelector("input").focus();
      return;
    }
    draw(true);
    const guess = part.words.options[Number(chosen.value)];
    tell(said, say("told", { name: "AB"[stopped] }), say(chosen.value === "2" ? "right" : "wrong", { guess: guess.toLowerCase().replace(/\b([ab])$/, each => each.toUpperCase()) }));
    acts.hidden = asked.hidden = true;
    const again = gameButton(say("again"), "again", () => {
      start();
      asked.querySelector("input").focus();
    });
    reveal(end, say("told_h"), [say("told_p")], legendOf([["took", say("key_took")], ["kept", say("key_kept")]]), h("p", { class: "cn-acts" }, again));
    keep({ guess: chosen.value });
  }

  start();
  const kicker = h("p", { class: "cn-kicker" }, h("b", {}, part.label));
  return { nodes: [kicker, h("p", { class: "cn-scene" }, say("ask")), pictures, asked, acts, said, end] };
}
