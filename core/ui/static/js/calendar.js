// A day is typed, in any of the usual ways, or picked from a calendar that works by keyboard.
import { moment, plusDays, plusMonths, readDay, weekday } from "./days.js";
import { text } from "./text.js";

const TIME = /^(.*?)[ T]+(\d{1,2}:\d{2}.*)$/;
const keys = {
  ArrowLeft: (day) => plusDays(day, -1),
  ArrowRight: (day) => plusDays(day, 1),
  ArrowUp: (day) => plusDays(day, -7),
  ArrowDown: (day) => plusDays(day, 7),
  Home: (day) => plusDays(day, -weekday(day)),
  End: (day) => plusDays(day, 6 - weekday(day)),
  PageUp: (day, far) => plusMonths(day, far ? -12 : -1),
  PageDown: (day, far) => plusMonths(day, far ? 12 : 1),
};
let input = null; // whose day is picked
let shown = ""; // the day that has the focus

const dialog = () => document.getElementById("calendar");
const named = (options) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "UTC", ...options });

function parts(field) {
  const found = field.dataset.day === "time" ? TIME.exec(field.value.trim()) : null;
  return { day: readDay(found ? found[1] : field.value, field.dataset.today), time: found?.[2] ?? "" };
}

function write(field, day) {
  const { time } = parts(field);
  const value = field.dataset.day === "time" ? `${day} ${time || "00:00"}` : day;
  if (field.value === value) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function cell(day, chosen) {
  const box = document.createElement("td");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "calendar-day";
  button.dataset.pickDay = day;
  button.textContent = moment(day).getUTCDate();
  button.tabIndex = day === shown ? 0 : -1;
  button.setAttribute("aria-label", named({ dateStyle: "full" }).format(moment(day)));
  if (day === input.dataset.today) button.setAttribute("aria-current", "date");
  box.setAttribute("aria-selected", String(day === chosen));
  box.classList.toggle("calendar-other", day.slice(0, 7) !== shown.slice(0, 7));
  box.append(button);
  return box;
}

function draw(focus) {
  const box = dialog();
  box.querySelector("[data-calendar-month]").textContent = named({ year: "numeric", month: "long" }).format(moment(shown));
  const first = plusDays(`${shown.slice(0, 7)}-01`, -weekday(`${shown.slice(0, 7)}-01`));
  const chosen = parts(input).day;
  const weeks = Array.from({ length: 6 }, (_, week) => {
    const row = document.createElement("tr");
    row.append(...Array.from({ length: 7 }, (_, place) => cell(plusDays(first, week * 7 + place), chosen)));
    return row;
  });
  box.querySelector("tbody").replaceChildren(...weeks);
  if (focus) box.querySelector(`[data-pick-day="${shown}"]`)?.focus();
}

function headings() {
  const row = dialog().querySelector("thead tr");
  if (row.childElementCount) return;
  for (let place = 0; place < 7; place += 1) {
    const day = moment(plusDays("2024-01-01", place)); // a Monday
    const heading = document.createElement("th");
    heading.scope = "col";
    heading.abbr = named({ weekday: "long" }).format(day);
    heading.textContent = named({ weekday: document.documentElement.lang.startsWith("zh") ? "narrow" : "short" }).format(day);
    row.append(heading);
  }
}

// Below its line, or above it where the window ends; on a phone at the foot, by the thumb.
function place() {
  const box = dialog();
  const line = input.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  if (innerWidth < 576) {
    box.style.left = `${(innerWidth - width) / 2}px`;
    box.style.top = `${innerHeight - height - 12}px`;
    return;
  }
  const below = line.bottom + 4;
  box.style.left = `${Math.max(8, Math.min(line.left, innerWidth - width - 8))}px`;
  box.style.top = `${below + height <= innerHeight ? below : Math.max(8, line.top - height - 4)}px`;
}

function open(field) {
  input = field;
  shown = parts(field).day ?? field.dataset.today;
  headings();
  draw(false);
  dialog().showModal();
  place();
  draw(true);
}

function pick(day) {
  write(input, day);
  dialog().close();
}

function press(event) {
  if (!event.target.closest("[data-pick-day]")) return;
  const go = Object.hasOwn(keys, event.key) && keys[event.key];
  if (!go || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  shown = go(shown, event.shiftKey);
  draw(true);
}

function click(event) {
  const box = dialog();
  if (event.target === box) return box.close(); // beside it
  const found = event.target.closest("[data-pick-day], [data-calendar-step], [data-calendar-today], [data-calendar-close]");
  if (!found) return;
  if ("pickDay" in found.dataset) pick(found.dataset.pickDay);
  else if ("calendarToday" in found.dataset) pick(input.dataset.today);
  else if ("calendarClose" in found.dataset) box.close();
  else {
    shown = plusMonths(shown, Number(found.dataset.calendarStep));
    draw(false);
  }
}

function enhance(root) {
  for (const field of root.querySelectorAll("input[data-day]:not([data-day-ready])")) {
    field.dataset.dayReady = "";
    const button = document.getElementById("calendar-button").content.firstElementChild.cloneNode(true);
    const name = field.labels?.[0]?.textContent.replace("*", "").trim() || field.getAttribute("aria-label") || "";
    button.setAttribute("aria-label", text("openCalendar").replace("{}", name));
    button.title = button.getAttribute("aria-label");
    field.after(button);
  }
}

export function startCalendar() {
  const box = dialog();
  if (!box) return;
  enhance(document);
  document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-calendar-open]");
    if (button) open(button.parentElement.querySelector("input[data-day]"));
  });
  // What was typed short is written out once the line is left, so that everybody sees which day is meant.
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("input[data-day]")) return;
    const { day } = parts(event.target);
    if (day) write(event.target, day);
  });
  // The page may still be on its way to where the line is.
  for (const kind of ["scroll", "resize"]) addEventListener(kind, () => box.open && place(), { passive: true });
  box.addEventListener("keydown", press);
  box.addEventListener("click", click);
  box.addEventListener("close", () => input?.parentElement.querySelector("[data-calendar-open]")?.focus());
}
