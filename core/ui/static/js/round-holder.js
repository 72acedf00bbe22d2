// Whose phone this is now. Who comes after somebody else finds none of their stops; what is not sent waits for its owner.
import { lookBegun } from "./round-begun.js";
import { countUnsent, forgetOthers } from "./round-store.js";
import { recall, remember } from "./store.js";
import { fill } from "./text.js";

const WALKED = "rounds"; // set where a round was opened once: other browsers are spared the look
const HOLDER = "rounds.holder";

export function holder() {
  return recall(HOLDER) || "";
}

// Take note of the person; their stops stay, everybody else's go, and so does the kept screen in another's language.
export async function hold(person) {
  remember(WALKED, "1");
  if (holder() === person) return;
  remember(HOLDER, person);
  for (const name of "caches" in window ? await caches.keys() : []) {
    if (name.startsWith("zhidu-round-")) await caches.delete(name);
  }
  await forgetOthers(person);
  await lookBegun();
}

async function warnBeforeLogOut(person) {
  const form = document.querySelector("form[data-text-unsent]");
  if (!form) return;
  const count = await countUnsent(person);
  if (count) form.dataset.confirm = fill(form.dataset.textUnsent, { count });
  else delete form.dataset.confirm;
}

// Pages say in data-holder whose they are; that of the log-in says nobody's.
export async function startHolder() {
  const page = document.querySelector("[data-holder]");
  if (!page || !recall(WALKED)) return;
  const person = page.dataset.holder;
  try {
    await hold(person);
    if (!person) return;
    await warnBeforeLogOut(person);
    document.addEventListener("visibilitychange", () => warnBeforeLogOut(person).catch(() => {}));
  } catch {
    // this browser keeps nothing, so there is nothing to look after
  }
}
