// How far the learner has come: in the bar, in the list of pages and on the map.
import { h } from "./cards.js";

const countOf = (page, answered) => page.asks.filter(key => answered.has(key)).length;

function words(page, done) {
  if (!page.asks.length) return "";
  return done === page.asks.length ? "Finished" : `${done} of ${page.asks.length} answered`;
}

/** Show progress wherever this page has a place for it. */
export function showProgress(about, answered) {
  for (const page of about.course) {
    const done = countOf(page, answered);
    for (const link of document.querySelectorAll(`a[data-page="${page.path}"]`)) {
      link.querySelector("small.cn-done")?.remove();
      if (done) link.append(h("small", { class: "cn-done" }, words(page, done)));
    }
  }
  const here = about.course.find(page => page.path === about.page);
  if (here?.asks.length) showHere(here, countOf(here, answered));
  if (!about.page && answered.size) goOn(about, answered);
}

function showHere(page, done) {
  const bar = document.querySelector(".cn-top progress");
  bar.hidden = false;
  bar.max = page.asks.length;
  bar.value = done;
  document.querySelector(".cn-count").textContent = words(page, done);
}

function goOn(about, answered) {
  const begun = about.course.filter(page => countOf(page, answered) > 0);
  const open = begun.filter(page => countOf(page, answered) < page.asks.length);
  const next = open.at(-1) ?? about.course.find(page => page.asks.length && !countOf(page, answered));
  const link = document.getElementById("cn-go-on");
  if (!next || !link) return;
  link.href = about.base + next.href;
  link.textContent = `Go on with ${next.name}`;
  const done = countOf(next, answered);
  document.getElementById("cn-how-far").textContent = done ? words(next, done) : "";
}
