// The deal game in numbers, and nothing drawn: the twin of analysis/deal_game.py and of the dice and
// histories of analysis/deal_histories.py, against which it is tested.

export const STAKES = { gain: 3, harm: 5, sanction: 0, detection: 0.6, false_names: 0.1 };
export const QUIET = 2; // what a round of restraint on both sides is worth in what is shown
export const BREAKS = 0;
export const HOLDS = 1;
export const VOID = 2;
const OF_BOTH = ["patience", "off"];

/** Return a deal between two States with the same at stake. */
export function equalDeal(player, { patience = 0.9, off = 3, biting = false } = {}) {
  const one = { ...STAKES, ...player };
  return { one, two: one, patience, off, biting };
}

/** Return what exploiting once brings the first State (0) or the second (1), and what it costs. */
export function balance(deal, whose = 0) {
  const [mine, other] = whose ? [deal.two, deal.one] : [deal.one, deal.two];
  const { gain, harm, sanction: k, detection: a, false_names: f } = mine;
  const d = deal.patience;
  const named = 1 - (1 - f) * (1 - other.false_names);
  const namedIf = 1 - (1 - a) * (1 - other.false_names);
  const fade = d ** deal.off;
  const broken = ((deal.biting ? harm - gain + a * k : harm - gain) * (1 - fade)) / (1 - d);
  const value = (-f * k - d * named * broken) / (1 - d * (1 - named) - named * d * fade);
  const peace = d * (namedIf - named) * (value * (1 - fade) + broken);
  const sanction = (a - f) * k;
  const cost = sanction + peace;
  return { named, namedIf, broken, value, gain, sanction, peace, cost, holds: gain <= cost + 1e-12 };
}

/** Return whether both States have reason to keep the promise. */
export function dealHolds(deal) {
  return balance(deal).holds && (deal.one === deal.two || balance(deal, 1).holds);
}

/** Return whether exploiting pays while the promise is off, so that the threat is believed. */
export function punishingIsCredible(deal) {
  const pays = each => each.gain >= (each.detection - each.false_names) * each.sanction;
  return !deal.biting || (pays(deal.one) && pays(deal.two));
}

/** Return the game of a single round: expected payoffs of the first and of the second State. */
export function oneShot(deal) {
  const stage = (mine, i, they) => mine.gain * i - mine.harm * they - mine.sanction * (i ? mine.detection : mine.false_names);
  const matrix = pay => [0, 1].map(row => [0, 1].map(column => pay(row, column)));
  return [matrix((row, column) => stage(deal.one, row, column)), matrix((row, column) => stage(deal.two, column, row))];
}

/** Return a deal with another number; of both States where they are equal, else of the first. */
export function setNumber(deal, name, value) {
  if (OF_BOTH.includes(name)) return { ...deal, [name]: value };
  const one = { ...deal.one, [name]: value };
  return { ...deal, one, two: deal.two === deal.one ? one : deal.two };
}

const isVoid = each => each.false_names > each.detection || each.gain >= each.harm;

/** Return what a point of the map is: it holds, it breaks, or the numbers contradict each other. */
export function pointOf(deal) {
  if (isVoid(deal.one) || isVoid(deal.two)) return VOID;
  return dealHolds(deal) ? HOLDS : BREAKS;
}

/** Return the middles of equal steps from `low` to `high`. */
export function axisPoints(low, high, points = 200) {
  return Array.from({ length: points }, (_, place) => low + ((high - low) * (place + 0.5)) / points);
}

/** Return where the promise holds when two of its numbers are moved: a row for each of `ys`. */
export function regionOf(deal, across, up, xs, ys) {
  const one = { ...deal.one };
  const two = deal.two === deal.one ? one : { ...deal.two };
  const moved = { ...deal, one, two };
  const put = (name, value) => ((OF_BOTH.includes(name) ? moved : one)[name] = value);
  return ys.map(y => {
    put(up, y);
    return xs.map(x => {
      put(across, x);
      return pointOf(moved);
    });
  });
}

/** Return a stream of numbers from 0 to 1, the same in Python and in the page (mulberry32). */
export function diceOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Return the chances of a name of the two States, by what they do. */
export function namedChances(deal, does) {
  return [deal.one, deal.two].map((each, at) => (does[at] ? each.detection : each.false_names));
}

/** Return one history; each round says whether the promise stood, who exploited, who was named. */
export function playOut(deal, does, rounds, dice) {
  const chances = namedChances(deal, does);
  let left = 0;
  return Array.from({ length: rounds }, () => {
    if (left) {
      left -= 1;
      return { stands: false, does: [true, true], named: [false, false] };
    }
    const named = chances.map(chance => dice() < chance);
    if (named[0] || named[1]) left = deal.off;
    return { stands: true, does: does.map(Boolean), named };
  });
}
