// The sentence that is retold: one lane for each hand. First the reader presses the word whose loss
// matters; passed on, the words of the lane above fall into the next, and what is lost stays struck.
import { h, holding, verdict, wordOf } from "./dom.js";

const MOVE = 1100; // milliseconds of the whole movement

const bare = word => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").toLowerCase();

/** Draw the lanes; `context.memory` keeps over redraws whether the sentence was passed on. */
export function drawRetold(part, context) {
  const { name, lanes, verdicts } = part;
  const asks = Object.keys(verdicts).length > 0;
  const source = lanes.findIndex(lane => lane.words?.length);
  const list = h("ol", { class: "cn-lanes" });
  const out = h("div", { class: "cn-word-said" });
  const told = h("p", { class: "cn-soft" });
  let chosen = "";

  function say(word) {
    const found = verdicts[bare(word)] ?? verdicts["*"];
    const box = h("div", { class: "cn-result", "data-v": found.look });
    box.append(h("p", {}, verdict(found.look, `${wordOf(found.look)}: “${word}”`)), holding("div", {}, found.html));
    out.replaceChildren(box);
    return found.look;
  }

  function mark() {
    for (const button of list.querySelectorAll(".cn-word")) {
      const pressed = button.value === chosen;
      button.setAttribute("aria-pressed", pressed);
      if (pressed) button.dataset.v = say(chosen);
      else delete button.dataset.v;
    }
    if (!chosen) out.replaceChildren();
  }

  function press(event) {
    chosen = event.currentTarget.value;
    mark();
    context.announce(out.textContent);
    context.changed();
    context.press("pick");
  }

  function passOn() {
    memory(true);
    list.classList.remove("is-moving");
    void list.offsetWidth; // so that the movement begins anew
    list.classList.add("is-moving");
    setTimeout(() => list.classList.remove("is-moving"), MOVE);
    context.announce(part.told);
  }

  function memory(is) {
    context.memory[`told ${name}`] = is;
    list.classList.toggle("is-told", is);
    told.textContent = is ? part.told : "";
    button.textContent = is ? "Pass it on again" : "Pass it on";
  }

  const ours = text => (text ? h("span", { class: "cn-ours" }, text) : null);
  const spaced = nodes => nodes.filter(Boolean).flatMap((node, at) => (at ? [" ", node] : [node]));

  function sentence(lane, at) {
    if (lane.told) return h("p", { class: "cn-soft" }, lane.told);
    if (at === source) {
      const words = lane.words.map((word, place) =>
        asks
          ? h("button", { type: "button", class: "cn-word", value: word, "aria-pressed": "false", "data-f": `${name}:${place}`, onclick: press }, word)
          : h("span", {}, word),
      );
      return h("p", { class: "cn-sentence" }, spaced([ours(lane.before), ...words, ours(lane.after)]));
    }
    let place = 0;
    const moved = (tag, word, more = {}) => {
      const node = h(tag, more, tag === "span" ? null : h("span", { class: "cn-hide" }, tag === "del" ? "gone: " : "new: "), word);
      node.style.setProperty("--i", place);
      place += 1;
      return node;
    };
    const pieces = (lane.pieces ?? []).flatMap(piece => {
      const words = piece.text.split(/\s+/).filter(Boolean);
      if (piece.kind === "kept") return words.map(word => moved("span", word));
      const tag = piece.kind === "lost" ? "del" : "ins";
      return words.map(word => moved(tag, word, { "data-key": tag === "del" && bare(word) === part.key }));
    });
    return h("p", { class: "cn-sentence cn-into" }, spaced([ours(lane.before), ...pieces, ours(lane.after)]));
  }

  lanes.forEach((lane, at) => {
    const hand = h("p", { class: "cn-hand" }, h("b", {}, lane.hand), h("span", {}, lane.when));
    list.append(h("li", {}, hand, sentence(lane, at)));
  });
  const button = h("button", { type: "button", class: "cn-btn", "data-f": `${name}:pass`, onclick: passOn }, "Pass it on");
  const moves = lanes.some(lane => lane.pieces?.length);
  const node = h(
    "fieldset",
    { class: "cn-ask cn-retold" },
    h("legend", {}, part.ask),
    list,
    out,
    moves ? h("p", { class: "cn-acts" }, button, context.saidNode()) : null,
    told,
  );
  memory(Boolean(context.memory[`told ${name}`]));
  return {
    node,
    read: () => chosen,
    write(value) {
      chosen = value ?? "";
      mark();
    },
  };
}
