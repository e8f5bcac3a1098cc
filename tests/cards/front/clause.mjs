// Answer what the front end makes of clauses: a JSON of {module, board, builds, reals} on stdin.
import { readFileSync } from "node:fs";

const { module, board, builds, reals } = JSON.parse(readFileSync(0, "utf-8"));
const { clausePieces, changeOf, reachOf } = await import(module);

const chosen = build => Object.fromEntries(board.slots.map(slot => [slot.name, { text: "", ...slot.choices.find(each => each.value === build[slot.name]) }]));
const partsOf = choices => Object.values(choices).flatMap(each => (each.brings ?? []).map(id => board.asking[id]));
const verdicts = parts => board.cases.map(each => reachOf(parts, each.attributes)).map(({ verdict, deciding }) => [verdict, deciding.map(each => each.reason)]);
const read = pieces =>
  pieces
    .filter(([, text]) => text)
    .map(([slot, text]) => (slot === "exception" ? `, ${text}` : ` ${text}`))
    .join("")
    .trim();

console.log(
  JSON.stringify({
    builds: builds.map(build => {
      const choices = chosen(build);
      return { sentence: `${read(clausePieces(choices))}.`, reach: verdicts(partsOf(choices)) };
    }),
    reals: reals.map(real => verdicts(Object.values(real))),
    changes: [
      changeOf(["met", "met", "met", "missed"], ["missed", "arguable", "missed", "missed"]),
      changeOf(["missed", "met"], ["arguable", "met"]),
      changeOf(["met"], ["met"]),
    ],
  }),
);
