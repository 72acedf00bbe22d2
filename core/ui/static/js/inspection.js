// A round is kept item by item, as it is judged; what could not be sent stays in the form's draft and is sent again.
import { settle } from "./drafts.js";
import { smaller } from "./round-photo.js";
import { fill } from "./text.js";

const SOON = 300; // milliseconds after an answer, and after the last key
const TYPED = 1200;
const AGAIN = 5_000;
const LONGEST = 20_000;
const LARGEST_PHOTO = 3_000_000; // bytes

class Round {
  constructor(form) {
    this.form = form;
    this.changed = new Map(); // fieldset -> number of the change
    this.count = 0;
    this.busy = false;
  }

  note(item, wait) {
    this.changed.set(item, ++this.count);
    this.soon(wait);
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  say(message) {
    this.form.querySelector("[data-look-said]").textContent = message;
  }

  async body(items) {
    const data = new FormData();
    data.set("csrf_token", this.form.elements.namedItem("csrf_token").value);
    data.set("do", "keep");
    for (const each of items.flatMap((item) => [...item.elements])) {
      if (each.type === "radio" ? each.checked : each.name && each.type !== "file") data.set(each.name, each.value);
      for (const file of each.type === "file" ? each.files : []) {
        const small = await smaller(file, LARGEST_PHOTO);
        data.append(each.name, small ?? file, small ? `${file.name.replace(/\.\w+$/, "")}.jpg` : file.name);
      }
    }
    return data;
  }

  async send() {
    if (this.busy || !this.changed.size || this.form.dataset.sent) return;
    const sent = new Map(this.changed);
    this.busy = true;
    this.say(this.form.dataset.keeping);
    try {
      const body = await this.body([...sent.keys()]);
      const answer = await fetch(this.form.getAttribute("action") ?? location.href, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(LONGEST) });
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (isJson) this.answered(answer.ok, await answer.json(), sent);
      else this.later(this.form.dataset.loggedOut);
    } catch {
      this.later(this.form.dataset.notKept);
    }
    this.busy = false;
    if (this.changed.size) this.soon(AGAIN);
  }

  later(message) {
    this.say(message);
  }

  answered(isKept, said, sent) {
    for (const [item, number] of sent) {
      const wrong = !isKept && (!said.item || item.dataset.lookItem === said.item) ? said.error : "";
      item.querySelector("[data-look-error]").textContent = wrong;
      item.toggleAttribute("data-wrong", Boolean(wrong));
      if (this.changed.get(item) === number && (isKept || wrong)) this.changed.delete(item);
      if (isKept) this.photos(item, said.photos[item.dataset.lookItem]);
    }
    this.say(isKept ? said.text : said.error);
    if (!isKept) return;
    const progress = fill(this.form.dataset.progress, { done: said.done, all: said.every });
    this.form.querySelector("[data-look-progress]").textContent = progress;
    if (!this.changed.size) settle(this.form);
  }

  photos(item, count) {
    if (this.changed.has(item)) return; // another photo was chosen meanwhile
    for (const each of item.querySelectorAll('[type="file"]')) each.value = "";
    if (count) item.querySelector("[data-look-photos]").textContent = ` ${fill(this.form.dataset.photos, { num: count })}`;
  }
}

export function startInspection() {
  const form = document.querySelector("form[data-look]");
  if (!form) return;
  const round = new Round(form);
  const itemOf = (event) => event.target.closest("[data-look-item]");
  form.addEventListener("change", (event) => itemOf(event) && round.note(itemOf(event), SOON));
  form.addEventListener("input", (event) => event.target.matches("textarea") && round.note(itemOf(event), TYPED));
  form.addEventListener("click", (event) => {
    // What a draft brings back has to be sent as well.
    if (event.target.closest("[data-draft-bring]")) setTimeout(() => form.querySelectorAll("[data-look-item]").forEach((item) => round.note(item, SOON)));
  });
  addEventListener("online", () => round.soon(0));
}
