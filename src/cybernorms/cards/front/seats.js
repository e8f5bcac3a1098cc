// Who sat in the room, and how States voted: tiles that fill from round to round, dots that move
// from vote to vote, and the whole story of each State that is pressed. All of it is sent along, so
// nothing here waits for the kernel.
import { h, holding, shape } from "./dom.js";

const FIELDS = { yes: "Yes", abstain: "Abstained", no: "No", rest: "No vote in the record" };
const MEMBERS = 193; // dots; as many as there have been Member States since July 2011
const CELL = 16; // units of the drawing: a dot with the room around it
const ROOM = 26; // … above the dots of a field, for its name
const NARROW = 560; // pixels

/** Return a place where the story of a State opens, and what opens it. */
function storyteller(part, context) {
  const box = h("div", { class: "cn-story", role: "group", "aria-label": "The story of one State", hidden: true });
  let told = "";
  let from = null;

  function close() {
    told = "";
    box.hidden = true;
    mark();
    from?.focus({ preventScroll: true });
  }

  function mark() {
    const root = box.closest(".cn-assembly");
    for (const button of root?.querySelectorAll("[data-state-id]") ?? []) {
      button.setAttribute("aria-expanded", button.dataset.stateId === told);
    }
  }

  /** Tell the story of a State, below `after`; a second press closes it. */
  function tell(id, button, after) {
    if (id === told) return close();
    const found = part.stories.find(each => each.id === id);
    if (!found) return;
    told = id;
    from = button;
    const shut = h("button", { type: "button", class: "cn-btn", "data-f": `${part.name}:close`, onclick: close }, "Close");
    box.replaceChildren(h("header", {}, h("h4", {}, found.name), shut), holding("div", {}, found.html));
    box.hidden = false;
    after.after(box);
    mark();
    context.announce(box.textContent.replace(/\s+/g, " ").slice(0, 400));
    box.scrollIntoView({ block: "nearest" });
  }

  /** Return a State’s name as a button that opens its story. */
  function nameButton(id, after) {
    const name = part.stories.find(each => each.id === id)?.name ?? id;
    const press = event => tell(id, event.currentTarget, after());
    return h("button", { type: "button", class: "cn-state", "data-state-id": id, "aria-expanded": "false", "data-f": `${part.name}:name:${id}`, onclick: press }, name);
  }

  return { box, tell, nameButton, told: () => told };
}

/** Go from tile to tile with the arrow keys; the Tab key reaches one of them only. */
function roving(root, selector) {
  const all = () => [...root.querySelectorAll(selector)];
  const hold = node => all().forEach(each => (each.tabIndex = each === node ? 0 : -1));
  const centre = node => {
    const { left, top, width } = node.getBoundingClientRect();
    return { x: left + width / 2, y: top };
  };
  function beside(node, way) {
    const at = centre(node);
    const there = all()
      .map(each => ({ each, ...centre(each) }))
      .filter(({ y }) => (way > 0 ? y > at.y + 4 : y < at.y - 4));
    const row = there.reduce((found, { y }) => (way > 0 ? Math.min(found, y) : Math.max(found, y)), way > 0 ? Infinity : -Infinity);
    const near = there.filter(({ y }) => Math.abs(y - row) < 4);
    return near.sort((a, b) => Math.abs(a.x - at.x) - Math.abs(b.x - at.x))[0]?.each;
  }
  root.addEventListener("keydown", event => {
    const node = event.target.closest(selector);
    if (!node) return;
    const list = all();
    const at = list.indexOf(node);
    const to = {
      ArrowRight: () => list[at + 1],
      ArrowLeft: () => list[at - 1],
      ArrowDown: () => beside(node, 1),
      ArrowUp: () => beside(node, -1),
      Home: () => list[0],
      End: () => list.at(-1),
    }[event.key]?.();
    if (!to) return;
    event.preventDefault();
    hold(to);
    to.focus();
  });
  root.addEventListener("focusin", event => event.target.matches(selector) && hold(event.target));
  hold(all()[0]);
}

/** Give the card the room that a board needs, once it is on the page. */
function broad(node) {
  requestAnimationFrame(() => node.closest(".cn")?.classList.add("cn-broad"));
  return node;
}

// Seats

const CHECKED = { guess: ", from general knowledge", read: "" };

/** Return the small squares of a State: one a round, full where it sat. */
function pips(id, rounds) {
  const kinds = rounds.map(round => h("i", { class: round.sat[id] ? `is-${round.sat[id]}` : "" }));
  return h("span", { class: "cn-six", "aria-hidden": "true" }, kinds);
}

/** Draw the tiles of all States that ever sat, and step through the rounds. */
export function drawSeats(part, context) {
  const { name, rounds, regions } = part;
  const closed = rounds.filter(round => !round.every);
  const memory = (context.memory[name] ??= { at: 0 });
  const told = storyteller(part, context);
  const tiles = new Map();
  const counts = [];
  let before = null;

  function tile(state) {
    const press = event => told.tell(state.value, event.currentTarget, event.currentTarget.closest(".cn-region"));
    const plate = h("span", { class: "cn-plate", "data-n": state.text }, state.text);
    const said = h("span", { class: "cn-hide" });
    const moved = h("span", { class: "cn-moved" });
    const button = h(
      "button",
      { type: "button", class: "cn-seat", "data-state-id": state.value, "aria-expanded": "false", "data-f": `${name}:${state.value}`, onclick: press },
      plate, said, pips(state.value, closed), moved,
    );
    tiles.set(state.value, { button, said, moved, pips: [...button.querySelectorAll(".cn-six i")] });
    return h("li", {}, button);
  }

  const board = h("div", { class: "cn-seats" });
  for (const region of regions) {
    const count = h("small", {});
    counts.push([region, count]);
    board.append(h("section", { class: "cn-region" }, h("h4", {}, region.name, " ", count), h("ul", {}, region.states.map(tile))));
  }
  const radios = rounds.map((round, at) =>
    h("input", { type: "radio", name: `${context.id}-${name}`, value: String(at), "data-f": `${name}:round:${at}`, onchange: () => go(at) }),
  );
  const chips = rounds.map((round, at) =>
    h("label", { class: "cn-chip" }, radios[at], h("span", {}, h("b", {}, round.years), h("span", {}, round.chairs), h("em", { class: "cn-table", "data-o": round.ended }, round.word))),
  );
  const head = h("div", { class: "cn-now" });
  const next = h("button", { type: "button", class: "cn-btn cn-do cn-step", "data-f": `${name}:next`, onclick: () => go((memory.at + 1) % rounds.length) });
  const outside = h("p", {});
  const crowd = h("span", { class: "cn-crowd", "aria-hidden": "true" }, Array.from({ length: part.outside }, () => h("i", {})));

  function go(at) {
    memory.at = at;
    draw();
    context.announce(`${rounds[at].years}. ${head.textContent}`);
  }

  function draw() {
    const round = rounds[memory.at];
    const found = round;
    const sits = id => round.every || id in round.sat;
    radios[memory.at].checked = true;
    head.replaceChildren(holding("div", {}, found.html));
    for (const [id, each] of tiles) {
      const now = sits(id);
      const was = before?.(id);
      const guess = round.sat[id] === "guess";
      each.button.classList.toggle("is-in", now);
      each.button.classList.toggle("is-guess", guess);
      const words = `, ${now ? "in the room" : "not in the room"}${CHECKED[round.sat[id]] ?? ""}${round.chair === id ? ", in the chair" : ""}`;
      if (each.said.textContent !== words) each.said.textContent = words;
      const moved = round.chair === id ? "chair" : round.every || was === undefined || was === now ? "" : now ? "new" : "left";
      if (each.moved.textContent !== moved) each.moved.textContent = moved;
      each.pips.forEach((pip, place) => pip.classList.toggle("now", closed[place] === round));
    }
    for (const [region, count] of counts) {
      const here = region.states.filter(state => sits(state.value)).length;
      count.textContent = `${here} of ${region.states.length}`;
    }
    crowd.classList.toggle("is-in", round.every);
    outside.textContent = `${part.outside} other Member States: ${round.every ? "all may take part" : "not in the room, now or in any of the six"}`;
    next.textContent = memory.at + 1 < rounds.length ? "Next round →" : "From the start";
    before = sits;
  }

  const node = h(
    "fieldset",
    { class: "cn-ask cn-assembly" },
    h("legend", {}, part.ask),
    h("div", { class: "cn-rounds", role: "radiogroup", "aria-label": "Round" }, chips),
    h("div", { class: "cn-verdict" }, head, next),
    board,
    told.box,
    h("div", { class: "cn-others" }, outside, crowd),
  );
  roving(board, ".cn-seat");
  draw();
  return broad(node);
}

// Votes

/** Return where the dots of each field begin and how many rows it has, for a width in dots. */
function fieldsOf(ballots, across) {
  let y = 0;
  return Object.keys(FIELDS).map(kind => {
    const most = Math.max(1, ...ballots.map(each => (kind === "rest" ? each.rest : each.counts[kind]) ?? 0));
    const field = { kind, y: y + ROOM, rows: Math.ceil(most / across) };
    y += ROOM + field.rows * CELL + 6;
    return field;
  });
}

/** Draw the votes as dots in fields, with one State followed from vote to vote. */
export function drawBallots(part, context) {
  const { name, ballots } = part;
  const known = id => ballots.findIndex(each => each.id === id);
  const memory = (context.memory[name] ??= { at: Math.max(0, known(part.open)), follow: part.follow });
  const told = storyteller(part, context);
  const dots = Array.from({ length: MEMBERS }, () => shape("rect", { class: "cn-dot", width: 11, height: 11 }));
  const mine = shape("rect", { class: "cn-dot is-mine", width: 15, height: 15 });
  const label = shape("text", { class: "cn-whose" });
  const names = Object.keys(FIELDS).map(() => shape("text", { class: "cn-field" }));
  const picture = shape("svg", { role: "img" }, ...names, ...dots, mine, label);
  const blank = h("p", { class: "cn-blank" });
  const head = h("div", { class: "cn-now" });
  const named = h("div", { class: "cn-named" });
  const said = h("p", { class: "cn-followed" });
  let across = 0; // unknown until the picture has a width

  const pick = (text, id, options, change) =>
    h("label", { class: "cn-field-of" }, h("span", {}, text), h("select", { "data-f": `${name}:${id}`, onchange: change }, options));
  const vote = pick("Vote", "vote", ballots.map((each, at) => h("option", { value: at }, each.label)), event => go(Number(event.target.value)));
  const voters = part.stories.filter(each => ballots.some(ballot => each.id in ballot.named));
  const follow = pick("Follow", "follow", voters.map(each => h("option", { value: each.id }, each.name)), event => {
    memory.follow = event.target.value;
    draw();
    context.announce(said.textContent);
  });
  const step = (text, by, main) =>
    h("button", { type: "button", class: main ? "cn-btn cn-do" : "cn-btn", "data-f": `${name}:${by}`, onclick: () => go((memory.at + by + ballots.length) % ballots.length) }, text);

  function go(at) {
    memory.at = at;
    draw();
    context.announce(`${ballots[at].told} ${said.textContent}`);
  }

  const nameOf = id => part.stories.find(each => each.id === id)?.name ?? "";

  /** Move a dot, and touch nothing of one that stays as it is. */
  function set(dot, kind, x, y, size) {
    const now = `${kind} ${x} ${y}`;
    if (dot.now === now) return;
    dot.now = now;
    dot.style.opacity = kind ? 1 : 0;
    if (!kind) return;
    dot.style.transform = `translate(${x}px, ${y}px)`;
    if (dot.kind === kind) return;
    dot.kind = kind;
    dot.setAttribute("data-b", kind);
    dot.setAttribute("rx", kind === "no" ? 0 : size / 2);
  }

  function put(dot, kind, field, slot, size) {
    const x = (slot % across) * CELL + (CELL - size) / 2;
    const y = field.y + Math.floor(slot / across) * CELL + (CELL - size) / 2;
    set(dot, kind, x, y, size);
    return { x, y };
  }

  function drawDots(ballot) {
    const fields = fieldsOf(ballots, across);
    const last = fields.at(-1);
    const height = last.y + last.rows * CELL + 4;
    picture.setAttribute("viewBox", `0 0 ${across * CELL} ${height}`);
    picture.setAttribute("aria-label", ballot.told);
    const own = ballot.named[memory.follow];
    label.style.opacity = 0;
    if (!own) set(mine, "");
    let next = 0;
    fields.forEach((field, place) => {
      const count = (field.kind === "rest" ? ballot.rest : ballot.counts[field.kind]) ?? 0;
      const counted = Object.keys(ballot.counts).length > 0;
      names[place].textContent = counted && (count || field.kind !== "rest") ? `${FIELDS[field.kind]}: ${count}` : "";
      names[place].setAttribute("y", field.y - 8);
      const others = own === field.kind ? count - 1 : count;
      for (let slot = 0; slot < others; slot += 1) put(dots[next++], field.kind, field, slot, 11);
      if (own !== field.kind || !count) return;
      const { x, y } = put(mine, own, field, others, 15);
      const right = x > across * CELL * 0.7;
      label.textContent = nameOf(memory.follow);
      label.setAttribute("text-anchor", right ? "end" : "start");
      // Beside the dot, or above the field where it would lie on others.
      label.style.transform = right ? `translate(${x + 15}px, ${field.y - 8}px)` : `translate(${x + 21}px, ${y + 12.5}px)`;
      label.style.opacity = 1;
    });
    for (; next < MEMBERS; next += 1) set(dots[next], "");
  }

  function drawNamed(ballot) {
    const lines = ["yes", "abstain", "no"].map(kind => {
      const ids = Object.keys(ballot.named).filter(id => ballot.named[id] === kind);
      if (!ids.length) return null;
      const buttons = ids.map(id => told.nameButton(id, () => named)).flatMap((each, at) => (at ? [", ", each] : [each]));
      return h("p", {}, h("b", { class: "cn-ballot", "data-b": kind }, FIELDS[kind]), " ", buttons);
    });
    const none = lines.every(each => !each) ? h("p", { class: "cn-soft" }, "Our sources name no single State’s vote here.") : null;
    const open = told.told();
    named.replaceChildren(h("p", { class: "cn-soft" }, "Named in our sources; press one for its story."), ...lines.filter(Boolean), none ?? "");
    if (open) named.querySelector(`[data-state-id="${open}"]`)?.setAttribute("aria-expanded", "true");
  }

  function draw() {
    const found = ballots[memory.at];
    const ballot = found;
    const own = ballot.named[memory.follow];
    vote.lastChild.value = String(memory.at);
    follow.lastChild.value = memory.follow;
    head.replaceChildren(holding("div", {}, found.html));
    blank.textContent = ballot.blank;
    blank.hidden = !ballot.blank;
    picture.classList.toggle("is-blank", Boolean(ballot.blank));
    if (across) drawDots(ballot);
    drawNamed(ballot);
    said.textContent = own
      ? `${nameOf(memory.follow)}: ${own === "abstain" ? "abstained" : own}.`
      : `${nameOf(memory.follow)}: our sources don’t name its vote on this one, so it isn’t drawn.`;
  }

  const fields = h("div", { class: "cn-dots-of" }, picture, blank);
  // The dots are drawn once there is room for them, apart from all else on the page.
  new ResizeObserver(([{ contentRect }]) => {
    const wanted = contentRect.width < NARROW ? 20 : 50;
    if (wanted === across || !contentRect.width) return;
    across = wanted;
    drawDots(ballots[memory.at]);
  }).observe(fields);
  draw();
  const node = h(
    "fieldset",
    { class: "cn-ask cn-assembly" },
    h("legend", {}, part.ask),
    h("div", { class: "cn-pick" }, vote, follow),
    head,
    fields,
    said,
    h("p", { class: "cn-acts" }, step("← Earlier", -1), step("Next vote →", 1, true)),
    named,
    told.box,
  );
  return broad(node);
}
