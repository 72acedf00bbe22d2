// The bell: how much has come since it was last opened. It is asked for when a page opens or is come back to, at most
// once a minute, and by no clock: a page that nobody looks at must not keep a session alive.
import { recall, remember } from "./store.js";
import { figure, fill, text } from "./text.js";

const FRESH = 60_000; // milliseconds
const MANY = 9;

const bell = () => document.querySelector("[data-notices]");
const seen = (box) => recall(`noticed.${box.dataset.noticesHolder}`) ?? "";
const keyOf = (box) => `zhidu.notices.${box.dataset.noticesHolder}`;

// What is kept for the tab are instants, no words: whoever comes next at this machine reads nothing.
function known(box) {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(box)) ?? "null");
  } catch {
    return null;
  }
}

function keep(box, times) {
  try {
    sessionStorage.setItem(keyOf(box), JSON.stringify({ asked: Date.now(), times }));
  } catch {
    // nothing is kept: it is asked for again with the next page
  }
}

function count(box, times) {
  const fresh = times.filter((each) => each > seen(box)).length;
  const mark = box.querySelector("[data-notices-count]");
  const summary = box.querySelector("summary");
  mark.hidden = !fresh;
  mark.textContent = fresh > MANY ? `${MANY}+` : figure(fresh);
  const label = fresh ? fill(box.dataset.textNew, { count: figure(fresh) }) : summary.dataset.text;
  summary.setAttribute("aria-label", label);
  summary.title = label;
}

async function ask(box) {
  const answer = await fetch(box.dataset.notices, { headers: { "X-Part": "1" } });
  const markup = answer.ok && !answer.redirected ? await answer.text() : "";
  if (!markup.includes("data-noticed")) return null; // the log-in, after the session expired
  const parts = new DOMParser().parseFromString(markup, "text/html").body;
  const items = [...parts.querySelectorAll("[data-notice-at]")];
  for (const each of items) each.classList.toggle("notice-new", each.dataset.noticeAt > seen(box));
  const times = items.map((each) => each.dataset.noticeAt);
  keep(box, times);
  return { parts, times };
}

async function look() {
  const box = bell();
  if (!box || box.open || document.hidden) return;
  const kept = known(box);
  if (kept) count(box, kept.times);
  if (kept && Date.now() - kept.asked < FRESH) return;
  const found = await ask(box).catch(() => null);
  if (found && !box.open) count(box, found.times);
}

async function open(box) {
  const place = box.querySelector("[data-notices-box]");
  const found = await ask(box).catch(() => undefined);
  if (found === null) return location.reload();
  if (!found) {
    place.textContent = text("noAnswer");
    return;
  }
  place.replaceChildren(...found.parts.childNodes);
  if (found.times.length) remember(`noticed.${box.dataset.noticesHolder}`, found.times[0]);
  count(box, found.times);
}

export function startNotices() {
  const box = bell();
  if (!box) return;
  box.addEventListener("toggle", () => box.open && open(box));
  document.addEventListener("visibilitychange", look);
  look();
}
