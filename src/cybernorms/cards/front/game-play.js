// The deal game, steps 1 and 2: a promise played season by season, in daylight and in fog.
import { h } from "./dom.js";
import { Strip, barRows, figure, gameButton, inWords, legendOf, reveal, sayNode, sayer, tell, timesInWords, upper } from "./game-draw.js";
import { QUIET, STAKES, diceOf } from "./game-model.js";

const OFF = 3;
const SHORTEST = 8; // seasons in daylight; up to three more
const IN_FOG = 12;
const NAMED = [0.1, 0.6]; // the chance of a name, by whether one took
// The first dice in fog are ours, so that an honest player meets both kinds of false name.
const OURS = [[0.72, 0.5], [0.31, 0.84], [0.04, 0.66], [0.55, 0.35], [0.81, 0.06], [0.45, 0.77], [0.9, 0.4], [0.66, 0.3]];

const worth = (mine, theirs) => QUIET + STAKES.gain * mine - STAKES.harm * theirs;
const times = (list, n) => list[n % list.length];

/** Return what both games share: the offer, the strip, the two buttons, the log. */
function table(part, play, fog) {
  const say = sayer(part.words);
  const strip = new Strip(say, { fog });
  const score = h("span", {});
  const ask = h("p", { class: "cn-scene" });
  const said = sayNode();
  const log = h("ol", { class: "cn-log" });
  const choice = (name, took, digit) =>
    h(
      "button",
      { type: "button", class: "cn-btn", "data-f": `game:${name}`, onclick: () => play(took) },
      h("kbd", { "aria-hidden": "true" }, digit),
      h("span", {}, say(name), h("small", {}, say(`${name}_small`))),
    );
  const buttons = h("div", { class: "cn-big", role: "group", "aria-label": part.label }, choice("leave", 0, 1), choice("take", 1, 2));
  const end = h("div", { class: "cn-reveal", hidden: true });
  const seasons = h("details", { class: "cn-fold" }, h("summary", { "data-f": "game:log" }, say("log")), log);
  const marks = [["kept", say("key_kept")], ["took", say("key_took")], ["stands", say("key_stands")], ["off", say("key_off")]];
  if (fog) marks.push(["named", say("key_named")], ["false", say("key_false")]);
  const kicker = h("p", { class: "cn-kicker" }, h("b", {}, part.label), score);
  const nodes = [kicker, ask, strip.node, said, buttons, end, legendOf(marks), seasons];
  const add = (season, number, text) => {
    strip.add({ ...season, told: `${say("season", { n: number })} ${text}` });
    log.append(h("li", {}, h("b", {}, say("season", { n: number })), ` ${text}`));
  };
  const clear = () => {
    strip.clear();
    log.replaceChildren();
    end.hidden = true;
    buttons.hidden = false;
  };
  return { say, strip, score, ask, said, buttons, end, nodes, add, clear };
}

/** Draw step 1: everybody sees everything, and nobody knows which season is the last. */
export function drawDaylight(part, keep) {
  const view = table(part, play, false);
  const { say, ask, said, end, buttons, score } = view;
  let game;

  function start() {
    game = { number: 0, off: 0, me: 0, they: 0, stole: 0, end: SHORTEST + Math.floor(Math.random() * 4) };
    view.clear();
    tell(said, "", say("start"));
    next();
  }

  function next() {
    ask.textContent = game.off ? say("off", {}, OFF - game.off) : say("offer", {}, game.number);
    score.textContent = say("score", { me: figure(game.me), they: figure(game.they) });
  }

  function outcome(stands, took) {
    if (stands) return took ? say("took") : times(part.words.kept, game.number - 1);
    return took ? say("both") : say("lost");
  }

  function play(took) {
    const stands = !game.off;
    const theirs = stands ? 0 : 1;
    game.number += 1;
    game.me += worth(took, theirs);
    game.they += worth(theirs, took);
    let text = outcome(stands, took);
    if (stands && took) {
      game.stole += 1;
      game.off = OFF;
    } else if (game.off) {
      game.off -= 1;
      if (!game.off) text += ` ${say("back")}`;
    }
    view.add({ stands, does: [took, theirs], named: [false, false], broke: stands && took }, game.number, text);
    tell(said, say("season", { n: game.number }), text);
    next();
    if (game.number >= game.end) finish();
  }

  function ending(good) {
    const cost = good - game.me;
    if (!game.stole) return [say("never_h"), say("never_p", { good })];
    if (cost <= 0) return [say("ahead_h"), say("ahead_p", { seasons: inWords(game.number) })];
    return [say(game.stole > 1 ? "often_h" : "once_h"), say("cost_p", { cost: figure(cost) })];
  }

  function finish() {
    const good = QUIET * game.number;
    buttons.hidden = true;
    ask.textContent = say("last", { n: inWords(game.number) });
    const [heading, text] = ending(good);
    const rows = [
      { label: say("bar_me"), parts: [[game.me, "is-me"]], text: figure(game.me) },
      { label: say("bar_good"), parts: [[good, "is-me"]], text: figure(good) },
      { label: say("bar_they"), parts: [[game.they, ""]], text: figure(game.they) },
    ];
    const why = h("details", { class: "cn-fold" }, h("summary", { "data-f": "game:why" }, say("why")), h("p", {}, say("why_p")));
    const again = gameButton(say(game.stole ? "again" : "dirty"), "again", restart, !game.stole);
    reveal(end, heading, [text], barRows(rows, Math.max(...rows.map(row => row.parts[0][0]))), why, h("p", { class: "cn-acts" }, again));
    keep({ seasons: game.number, stole: game.stole });
  }

  function restart() {
    start();
    buttons.firstChild.focus();
  }

  start();
  return { nodes: view.nodes, key: digit => !buttons.hidden && digit <= 2 && (buttons.children[digit - 1].click(), true) };
}

/** Draw step 2: names, true or false, break the promise for three seasons. */
export function drawFog(part, keep) {
  const view = table(part, play, true);
  const { say, ask, said, end, buttons, score, strip } = view;
  const sitButton = gameButton(say("sit"), "sit", sit, true);
  const sitting = h("p", { class: "cn-acts", hidden: true }, sitButton);
  view.nodes.splice(view.nodes.indexOf(buttons) + 1, 0, sitting);
  let games = 0;
  let game;
  let dice;

  function start() {
    const ours = games === 0;
    games += 1;
    const fresh = diceOf(Math.floor(Math.random() * 2 ** 31));
    let thrown = 0;
    dice = () => (ours && thrown < OURS.length ? OURS[thrown++] : [fresh(), fresh()]);
    game = { number: 0, rounds: 0, me: 0, they: 0, stole: 0, unseen: 0, fake: 0, breaks: 0, honest: 0 };
    view.clear();
    show(false);
    tell(said, "", say("start"));
    next();
  }

  function show(isOff) {
    buttons.hidden = isOff;
    sitting.hidden = !isOff;
  }

  function next() {
    ask.textContent = say("offer", {}, game.rounds);
    score.textContent = say("counted");
  }

  function outcome(took, named) {
    if (named[0] && named[1]) return [say("both_named"), say("is_off")];
    if (named[0]) return [say(took ? "me_true" : "me_false"), say("is_off")];
    if (named[1]) return [say("they_named"), say("is_off")];
    return [took ? say("none_took") : times(part.words.none_kept, game.rounds - 1)];
  }

  function play(took) {
    const [mine, theirs] = dice();
    const named = [mine < NAMED[took], theirs < NAMED[0]];
    game.number += 1;
    game.rounds += 1;
    game.me += worth(took, 0);
    game.they += worth(0, took);
    game.stole += took;
    game.unseen += took && !named[0] ? 1 : 0;
    const broke = named[0] || named[1];
    game.fake += (named[0] && !took ? 1 : 0) + (named[1] ? 1 : 0);
    game.breaks += broke ? 1 : 0;
    game.honest += broke && !(named[0] && took) ? 1 : 0; // broken by a false name alone
    const text = outcome(took, named);
    view.add({ stands: true, does: [took, 0], named }, game.number, text.join(" "));
    tell(said, say("season", { n: game.number }), ...text);
    if (broke) {
      show(true);
      ask.textContent = say(named[0] && !took ? "sit_false" : "sit_other");
      sitButton.focus();
    } else if (game.number >= IN_FOG) guess();
    else next();
  }

  function sit() {
    const from = game.number + 1;
    for (let place = 0; place < OFF; place += 1) {
      game.number += 1;
      view.add({ stands: false, does: [1, 1], named: [false, false], wait: place * 250 }, game.number, say("sat_log"));
    }
    tell(said, "", say("sat", { from, to: game.number }));
    show(false);
    if (game.number >= IN_FOG) guess();
    else {
      next();
      buttons.firstChild.focus();
    }
  }

  function guess() {
    buttons.hidden = true;
    ask.textContent = say("before");
    const need = h("span", { class: "cn-soft", role: "status" });
    const options = part.words.guesses.map(text =>
      h("label", { class: "cn-chip" }, h("input", { type: "radio", name: `${part.name}-guess`, value: text }), h("span", {}, text)),
    );
    const lift = () => {
      const chosen = end.querySelector("input:checked");
      if (chosen) lifted(chosen.value);
      else {
        need.textContent = say("guess_first");
        end.querySelector("input").focus();
      }
    };
    const asked = h("fieldset", { class: "cn-ask" }, h("legend", { tabindex: "-1" }, say("guess")), h("div", { class: "cn-chips" }, options));
    end.replaceChildren(asked, h("p", { class: "cn-acts" }, gameButton(say("lift"), "lift", lift, true), need));
    end.hidden = false;
    end.querySelector("input").focus();
  }

  function ending() {
    const { breaks, honest } = game;
    if (!breaks) return [say("kind_h"), say("kind_p")];
    if (!honest) return [say("true_h", { times: timesInWords(breaks) }), say("true_p")];
    if (honest === breaks) return [say("false_h", { times: timesInWords(breaks) }), say("false_p")];
    const gaps = { times: timesInWords(breaks), real: timesInWords(breaks - honest), fake: timesInWords(honest) };
    return [say("mixed_h", gaps), say("false_p")];
  }

  function lifted(guessed) {
    strip.lift();
    ask.textContent = say("lifted");
    score.textContent = say("score", { me: figure(game.me), they: figure(game.they) });
    const right = guessed === part.words.guesses[0];
    tell(said, "", say(right ? "never_right" : "never_wrong", { guess: guessed.toLowerCase() }));
    const [heading, text] = ending();
    const stolen = !game.stole ? "" : say("unseen", { stole: inWords(game.stole), unseen: inWords(game.unseen) });
    const mine = game.stole === 1 ? say(game.unseen ? "unseen_one" : "seen_one") : stolen;
    const again = gameButton(say("fresh"), "again", () => {
      start();
      buttons.firstChild.focus();
    });
    reveal(end, heading, [text, upper(mine)], h("p", { class: "cn-acts" }, again));
    keep({ seasons: game.number, stole: game.stole, false: game.fake });
  }

  start();
  return { nodes: view.nodes, key: digit => !buttons.hidden && digit <= 2 && (buttons.children[digit - 1].click(), true) };
}
