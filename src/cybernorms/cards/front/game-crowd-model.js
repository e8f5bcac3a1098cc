// A crowd of States with habits, in numbers: the twin of analysis/deal_crowd.py.
import { QUIET, STAKES } from "./game-model.js";

const STILL = 0.02;

/** Return whether a State with a habit exploits in this round. */
function decides(habit, memory, dice) {
  if (memory.number === 0) return habit.begins;
  const pardoned = habit.contrite && memory.pardon;
  if (memory.theyWereNamed && !pardoned && (!habit.forgives || dice() >= habit.forgives)) {
    memory.left = Math.max(memory.left, habit.answer);
  }
  if (memory.left > 0) {
    memory.left -= 1;
    return true;
  }
  if (!habit.tries || memory.quiet < habit.waits) return false;
  return habit.tries >= 1 || dice() < habit.tries;
}

/** Return what a round brings each of two States on average; `fog` has the chances of a name. */
export function playMatch(one, two, fog, rounds, dice) {
  const habits = [one, two];
  const memories = habits.map(() => ({ number: 0, left: 0, theyWereNamed: false, quiet: 0, wronged: false, pardon: false }));
  const sums = [0, 0];
  for (let number = 0; number < rounds; number += 1) {
    const does = habits.map((habit, at) => {
      memories[at].number = number;
      return decides(habit, memories[at], dice);
    });
    const named = does.map(did => dice() < fog[did ? 0 : 1]);
    memories.forEach((memory, at) => {
      sums[at] += QUIET + STAKES.gain * does[at] - STAKES.harm * does[1 - at];
      memory.pardon = memory.wronged;
      memory.wronged = named[at] && !does[at];
      memory.theyWereNamed = named[1 - at];
      memory.quiet = named[0] || named[1] ? 0 : memory.quiet + 1;
    });
  }
  return sums.map(sum => sum / rounds);
}

/** Return what each habit makes in a round against each, itself too: row against column. */
export function playTournament(habits, fog, dice, rounds = 200, times = 12) {
  const table = habits.map(() => habits.map(() => 0));
  for (let i = 0; i < habits.length; i += 1) {
    for (let j = i; j < habits.length; j += 1) {
      for (let time = 0; time < times; time += 1) {
        const [mine, theirs] = playMatch(habits[i], habits[j], fog, rounds, dice);
        if (i === j) table[i][i] += (mine + theirs) / 2 / times;
        else {
          table[i][j] += mine / times;
          table[j][i] += theirs / times;
        }
      }
    }
  }
  return table;
}

/** Return what a State with a habit makes in a round against all others; NaN where there is none. */
export function averageOf(table, crowd, which) {
  const met = crowd.map((count, place) => count - (place === which ? 1 : 0));
  const many = met.reduce((sum, count) => sum + count, 0);
  if (!crowd[which] || !many) return NaN;
  return table[which].reduce((sum, value, place) => sum + value * met[place], 0) / many;
}

/** Return a crowd after some years in each of which the worst-off State copies the best-off. */
export function learned(table, crowd, years = 8) {
  const now = [...crowd];
  for (let year = 0; year < years; year += 1) {
    const alive = now.map((_, place) => place).filter(place => now[place]);
    const means = now.map((_, place) => averageOf(table, now, place));
    const worst = alive.reduce((least, place) => (means[place] < means[least] ? place : least));
    const best = alive.reduce((most, place) => (means[place] > means[most] ? place : most));
    if (!(means[best] - means[worst] >= STILL)) break;
    now[worst] -= 1;
    now[best] += 1;
  }
  return now;
}
