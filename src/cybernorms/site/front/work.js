// My work: save it to a file, take it from one, and have again the files that were written here.
import { h } from "./cards.js";


/** Have the browser save a file; returns its address, for a link that does it again. */
export function download(name, bytes) {
  const type = name.endsWith(".json") ? "application/json" : "application/octet-stream";
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  return address;
}

export class Work {
  /**
   * @param {Element} box where it stands.
   * @param {object} act `folder` of the record, `take(bytes)`, `renew()`.
   */
  constructor(box, act) {
    this.act = act;
    this.said = h("p", { role: "status" });
    this.files = h("ul", { class: "cn-files" });
    this.input = h("input", { type: "file", accept: ".jsonl,.json,.txt", id: "cn-take", onchange: () => this.take() });
    const button = (label, press) => h("button", { type: "button", class: "cn-btn", onclick: press }, label);
    box.replaceChildren(
      h("p", {}, "Your answers are in this browser, on this device."),
      button("Save my work to a file", () => this.save()),
      h("label", { for: "cn-take" }, "Take it from a file"),
      this.input,
      this.said,
      this.files,
      h("p", { class: "cn-soft" }, "Does something look old or broken? Your work stays as it is."),
      button("Load the newest pages", () => act.renew()),
    );
  }

  say(text) {
    this.said.textContent = text;
  }

  async save() {
    const bytes = await this.act.record();
    if (!bytes?.length) return this.say("There is nothing saved yet.");
    const day = new Date().toISOString().slice(0, 10);
    const name = `my-cybernorms-work-${day}.jsonl`;
    this.offer(name, download(name, bytes));
    return this.say(`Your browser saves ${name} where it saves what you download.`);
  }

  async take() {
    const [file] = this.input.files;
    if (!file) return;
    this.say("One moment …");
    this.act.take(new Uint8Array(await file.arrayBuffer()));
    this.input.value = "";
  }

  /** Offer a file once more. */
  offer(name, address) {
    this.files.prepend(h("li", {}, h("a", { href: address, download: name }, name)));
  }
}


