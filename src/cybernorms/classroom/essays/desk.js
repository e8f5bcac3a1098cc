// The desk: one text, its rubric, and presses that are saved one after the other.
"use strict";

const $ = id => document.getElementById(id);
const XSRF = document.querySelector("meta[name=xsrf]").content;
const RETRY = 2500; // milliseconds until a press that was not saved is tried again
const TYPING = 500; // milliseconds without a key until a comment is saved
const PHRASES = 4; // earlier comments on offer
const NO_USE = new Set([400, 403, 404, 405, 413, 415]); // answers that do not change by themselves

let questions = new Map(); // by id
let texts = []; // of all questions, in order
let version = "";
let shown = null; // the text on the desk
let now = 0; // the criterion in hand
let keysOn = localStorage.getItem("essays-keys") !== "off";
const words = new Map(); // of texts, by key
const pending = new Map(); // presses that are not saved yet, the latest of each kind
const phrases = new Map(); // comments by question, the latest last
let sending = false, typing = 0, over = false;

const keyOf = text => `${text.question} ${text.id}`;
const criteria = () => questions.get(shown.question).criteria;
const markOf = (text, criterion) => text.marks[criterion.id] || { level: null, points: null, worth: null, comment: "" };
const left = text => questions.get(text.question).criteria.filter(each => markOf(text, each).points === null).length;
const isWhole = text => left(text) === 0;
const chosen = () => texts.filter(text => !$("filter").value || text.question === $("filter").value);

function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

async function ask(address, body) {
  const options = { headers: {}, credentials: "same-origin" };
  if (body !== undefined) {
    options.method = "POST";
    options.headers = { "Content-Type": "application/json", "X-XSRFToken": XSRF };
    options.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw Object.assign(new Error("The program has stopped. Start cybernorms essays again; it opens a new page."), { gone: true });
  }
  const answer = await response.json().catch(() => ({ error: "The program's answer cannot be read." }));
  if (!response.ok) throw Object.assign(new Error(answer.error), { status: response.status });
  return answer;
}

// Saving: one press at a time, each until the disk has it.

function press(change) {
  const kind = "level" in change ? "level" : "comment";
  const body = { question: shown.question, text: shown.id, ...change };
  const key = `${keyOf(shown)} ${change.criterion} ${kind}`;
  pending.delete(key); // so that the order is that of the presses
  pending.set(key, body);
  apply(shown, change);
  say("wait", "Saving …");
  send();
}

function apply(text, change) {
  const criterion = questions.get(text.question).criteria.find(each => each.id === change.criterion);
  if (!criterion) return;
  const mark = { ...markOf(text, criterion) };
  if ("level" in change) {
    mark.level = change.level;
    const worth = change.level === null ? null : Number(criterion.points) * [1, 2 / 3, 1 / 3, 0][change.level];
    mark.worth = worth;
    mark.points = worth === null ? null : format(worth);
  }
  if ("comment" in change) mark.comment = change.comment;
  text.marks = { ...text.marks, [criterion.id]: mark };
}

const format = points => points.toFixed(2).replace(/\.?0+$/, "");

async function send() {
  if (sending) return;
  sending = true;
  try {
    while (pending.size) {
      const [key, body] = pending.entries().next().value;
      const slow = setTimeout(() => say("wait", "Saving … Another run is at work on the results, or the disk is slow."), 2000);
      let answer;
      try {
        answer = await ask("/mark", body);
      } finally {
        clearTimeout(slow);
      }
      if (pending.get(key) === body) pending.delete(key);
      take(body, answer);
    }
  } catch (error) {
    const waiting = pending.size === 1 ? "1 press waits" : `${pending.size} presses wait`;
    say("lost", `Not saved: ${error.message} (${waiting} in this page.)`);
    if (error.gone || !NO_USE.has(error.status)) setTimeout(send, RETRY);
  } finally {
    sending = false;
  }
}

function take(body, answer) {
  const text = texts.find(each => each.question === body.question && each.id === body.text);
  if (text) {
    text.marks = answer.marks;
    for (const each of pending.values()) if (each.question === text.question && each.text === text.id) apply(text, each);
  }
  if (!pending.size) say("saved", `Saved, ${answer.at}`);
  count();
  if (text === shown) draw();
  if (answer.version !== version) refresh();
}

function say(at, what) {
  const said = $("said");
  if (said.textContent === what && said.dataset.at === at) return;
  said.dataset.at = at;
  said.textContent = what;
}

addEventListener("beforeunload", event => { if (pending.size && !over) event.preventDefault(); });

// What is on the desk

async function load() {
  const found = await ask("/overview");
  version = found.version;
  questions = new Map(found.questions.map(each => [each.id, each]));
  texts = found.texts;
  for (const body of pending.values()) {
    const text = texts.find(each => each.question === body.question && each.id === body.text);
    if (text) apply(text, body);
  }
  for (const text of texts) for (const mark of Object.values(text.marks)) remember(text.question, mark.comment);
}

async function refresh() { // another run has put new results in their place
  const before = shown && keyOf(shown);
  try {
    await load();
  } catch {
    return;
  }
  words.clear();
  filters();
  const same = texts.find(each => keyOf(each) === before);
  if (same) { shown = same; draw(); } else if (texts.length) show(start());
  count();
}

const start = () => chosen().find(text => !isWhole(text)) || chosen()[0];

function filters() {
  const select = $("filter"), before = select.value;
  select.replaceChildren(make("option", { value: "" }), ...[...questions.values()].map(each => make("option", { value: each.id })));
  select.value = questions.has(before) ? before : "";
  select.parentElement.hidden = questions.size < 2;
}

function count() {
  for (const option of $("filter").options) {
    const of = texts.filter(text => !option.value || text.question === option.value);
    const name = option.value ? questions.get(option.value).name : "All questions";
    option.textContent = `${name}: ${of.filter(isWhole).length} of ${of.length}`;
  }
  const of = chosen(), marked = of.filter(isWhole).length;
  $("count").textContent = `${marked} of ${of.length} marked`;
  $("progress").max = of.length;
  $("progress").value = marked;
}

async function wordsOf(text) {
  const key = keyOf(text);
  if (!words.has(key)) {
    const address = `/text?question=${encodeURIComponent(text.question)}&text=${encodeURIComponent(text.id)}`;
    words.set(key, await ask(address));
  }
  return words.get(key);
}

async function show(text) {
  keepComment();
  const changes = !shown || shown.question !== text.question;
  shown = text;
  if (changes) build();
  now = Math.max(0, criteria().findIndex(each => markOf(text, each).points === null));
  $("end").hidden = true;
  $("desk").hidden = false;
  $("name").textContent = text.id;
  const [least, most] = questions.get(text.question).words;
  const several = text.students > 1 ? `, from ${text.students} students` : "";
  $("words").textContent = `${text.words} words, asked for ${least} to ${most}${several}`;
  for (const each of $("asked").children) each.hidden = each.dataset.question !== text.question;
  $("text").textContent = "";
  $("more").hidden = true;
  $("comment").value = markOf(text, criteria()[0]).comment;
  $("back").hidden = chosen()[0] === text;
  draw();
  offer();
  count();
  if (!pending.size) say("", "");
  try {
    const found = await wordsOf(text);
    if (shown === text) {
      $("text").textContent = found.text;
      $("more").textContent = `${found.more.toLocaleString("en")} letters more, in the packet in written/`;
      $("more").hidden = !found.more;
      $("text").scrollTop = 0;
    }
    const after = chosen()[chosen().indexOf(text) + 1];
    if (after) wordsOf(after).catch(() => {});
  } catch (error) {
    if (shown === text) $("text").textContent = error.message;
  }
}

function build() { // the rubric of a question
  $("criteria").replaceChildren(...criteria().map((criterion, index) => {
    const buttons = criterion.levels.map((level, at) => {
      const button = make("button", { type: "button", class: "cn-level", "aria-pressed": "false", "aria-describedby": `level-${index}-${at}`, "data-level": at },
        make("span", {}, level.name), make("kbd", { "aria-hidden": "true" }, String(at + 1)));
      button.addEventListener("click", event => once(event, index, at));
      return button;
    });
    const lines = criterion.levels.map((level, at) => {
      const line = make("li", { id: `level-${index}-${at}` }, make("b", {}, level.name), make("span", {}, level.text));
      line.addEventListener("click", event => once(event, index, at));
      return line;
    });
    const points = `${criterion.points} ${criterion.points === "1" ? "point" : "points"}`;
    const fieldset = make("fieldset", { class: "cn-criterion" },
      make("legend", {}, make("span", {}, criterion.name), make("span", {}, points)),
      make("div", { class: "cn-levels" }, ...buttons),
      make("ol", { class: "cn-desc" }, ...lines),
      make("p", { class: "cn-own" }));
    fieldset.addEventListener("focusin", () => { if (now !== index) { now = index; draw(); } });
    return fieldset;
  }));
}

function draw() { // the marks of the text on the desk
  const fieldsets = [...$("criteria").children];
  criteria().forEach((criterion, index) => {
    const mark = markOf(shown, criterion), fieldset = fieldsets[index];
    fieldset.classList.toggle("is-now", index === now);
    fieldset.querySelectorAll(".cn-level").forEach((button, at) => button.setAttribute("aria-pressed", String(mark.level === at)));
    fieldset.querySelectorAll(".cn-desc li").forEach((line, at) => line.classList.toggle("is-on", mark.level === at));
    const own = fieldset.querySelector(".cn-own");
    own.replaceChildren();
    if (mark.level === null && mark.points !== null) own.append(make("b", {}, `${mark.points} points`), " given in the table. ");
    if (index && mark.comment) own.append(make("b", {}, "Comment: "), make("span", { dir: "auto" }, mark.comment), " ");
    if (index === now && mark.points !== null) {
      const back = make("button", { type: "button", class: "cn-link" }, "Take back");
      back.addEventListener("click", () => { takeBack(); levels(index)[0].focus(); });
      own.append(back);
    }
    own.hidden = !own.childNodes.length;
  });
  const open = left(shown), all = criteria().length;
  const sum = criteria().reduce((total, each) => total + (markOf(shown, each).worth || 0), 0);
  $("where").textContent = open === all ? "not marked yet" : open ? `${open} of ${all} to go` : `${format(sum)} of ${questions.get(shown.question).points} points`;
  if (document.activeElement !== $("comment")) $("comment").value = markOf(shown, criteria()[0]).comment;
  $("next").textContent = unfinishedElsewhere() || chosen().indexOf(shown) + 1 < chosen().length ? "Next text →" : "That’s all →";
}

const unfinishedElsewhere = () => chosen().find(text => text !== shown && !isWhole(text));
const levels = index => [...$("criteria").children[index].querySelectorAll(".cn-level")];

function once(event, index, level) { // the second click of two lands where the page has moved on
  if (event.detail < 2) choose(index, level);
}

function choose(index, level) {
  const inside = document.activeElement?.closest(".cn-criterion");
  press({ criterion: criteria()[index].id, level });
  now = Math.min(criteria().length - 1, index + 1);
  if (inside) levels(now)[0].focus({ preventScroll: true });
  draw();
  count();
  $("criteria").children[now].scrollIntoView({ block: "nearest" });
}

function takeBack() {
  if (markOf(shown, criteria()[now]).points === null) return;
  press({ criterion: criteria()[now].id, level: null });
  draw();
  count();
}

function move(step) {
  now = Math.min(criteria().length - 1, Math.max(0, now + step));
  draw();
  const buttons = levels(now);
  (buttons.find(each => each.getAttribute("aria-pressed") === "true") || buttons[0]).focus();
}

function go(step) {
  keepComment();
  const of = chosen(), at = of.indexOf(shown) + step;
  if (at < 0) return;
  const next = of[at] || (step > 0 && unfinishedElsewhere());
  if (!next) return finish();
  show(next).then(() => {});
  scrollTo(0, 0);
  $("text").focus({ preventScroll: true });
}

function finish() { // behind the last text
  const open = chosen().filter(text => !isWhole(text)).length;
  const rest = texts.filter(text => !isWhole(text)).length;
  const end = $("end");
  const what = open ? `${open} of ${chosen().length} texts are not finished.` : rest ? "All texts of this question are marked." : "All texts are marked.";
  const then = open || rest ? "Go on, or come back later: what is saved stays." : "Press I’m done, then give the command cybernorms mark again as before: it adds these points to every total.";
  const back = make("button", { type: "button", class: "cn-btn" }, "← Back to the texts");
  back.addEventListener("click", () => { if (!open && rest) $("filter").value = ""; show(open || rest ? start() : shown); $("text").focus(); });
  end.replaceChildren(make("h2", {}, what), make("p", {}, then), make("p", {}, back));
  end.hidden = false;
  $("desk").hidden = true;
  end.focus();
}

// The sentence for the student is the comment on the first criterion.

function keepComment() {
  clearTimeout(typing);
  typing = 0;
  if (!shown) return;
  const first = criteria()[0], given = $("comment").value.replace(/\s+/g, " ").trim();
  if (given === markOf(shown, first).comment) return;
  press({ criterion: first.id, comment: given });
}

function remember(question, comment) {
  if (!comment) return;
  const known = phrases.get(question) || new Set();
  known.delete(comment);
  known.add(comment);
  phrases.set(question, known);
}

function offer() {
  const used = [...(phrases.get(shown.question) || [])].filter(each => each !== $("comment").value.trim()).slice(-PHRASES).reverse();
  $("phrases").replaceChildren(...used.map(phrase => {
    const button = make("button", { type: "button", class: "cn-btn", title: phrase, dir: "auto" }, phrase.length > 60 ? `${phrase.slice(0, 58)} …` : phrase);
    button.addEventListener("click", () => {
      const before = $("comment").value.trim();
      $("comment").value = before ? `${before} ${phrase}` : phrase;
      keepComment();
      offer();
      $("comment").focus();
    });
    return button;
  }));
}

$("comment").addEventListener("input", () => {
  say("wait", "Typing …");
  clearTimeout(typing);
  typing = setTimeout(keepComment, TYPING);
});
$("comment").addEventListener("focus", () => $("comment").scrollIntoView({ block: "nearest" })); // from under the buttons
$("comment").addEventListener("blur", () => {
  keepComment();
  remember(shown.question, $("comment").value.replace(/\s+/g, " ").trim());
});

// Keys work everywhere but where text is typed or chosen.

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open || !shown || $("desk").hidden) return;
  if (event.target === $("comment")) {
    if (event.key === "Escape") { $("text").focus({ preventScroll: true }); event.preventDefault(); }
    return;
  }
  if (event.target.matches("select, input, summary") && event.key !== "?") return;
  if (!keysOn) return;
  const level = "1234".indexOf(event.key);
  const act = {
    ArrowDown: () => move(1), ArrowUp: () => move(-1), "0": takeBack, Backspace: takeBack, Delete: takeBack,
    n: () => go(1), p: () => go(-1), "?": openKeys,
    c: () => $("comment").focus(),
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (event.target === $("text") && event.key.startsWith("Arrow") && $("text").scrollHeight > $("text").clientHeight + 1) return;
  if (level >= 0 && !event.repeat && event.key !== "" && level < criteria()[now].levels.length) choose(now, level);
  else if (act && !(event.repeat && !event.key.startsWith("Arrow"))) act();
  else return;
  event.preventDefault();
}

function openKeys() { $("keys").showModal(); }

document.addEventListener("keydown", onKey);
$("help").addEventListener("click", openKeys);
$("close").addEventListener("click", () => $("keys").close());
$("keys-on").addEventListener("change", event => {
  keysOn = event.target.checked;
  localStorage.setItem("essays-keys", keysOn ? "on" : "off");
  hint();
});
$("next").addEventListener("click", () => go(1));
$("back").addEventListener("click", () => go(-1));
$("filter").addEventListener("change", () => { const first = start(); if (first) show(first); });
$("rubric").addEventListener("submit", event => event.preventDefault());

function hint() {
  $("keys-on").checked = keysOn;
  $("short").textContent = keysOn ? "1 to 4 a level, ↑ ↓ the criterion, C the sentence, Esc out of it, N next, P back" : "are off";
}

$("done").addEventListener("click", async () => {
  if (shown) keepComment();
  if (pending.size) return send();
  try {
    const answer = await ask("/done", {});
    over = true;
    const end = $("end");
    end.replaceChildren(make("h2", {}, "Done"), make("p", {}, answer.said), make("p", {}, "You can close this page."));
    end.hidden = false;
    for (const id of ["desk", "done"]) $(id).hidden = true;
    end.focus();
  } catch (error) {
    note(error.message);
  }
});

function note(what) {
  $("note").textContent = what;
  $("note").hidden = !what;
}

hint();
load().then(() => {
  filters();
  const first = start();
  if (first) return show(first);
}).catch(error => note(error.message));
