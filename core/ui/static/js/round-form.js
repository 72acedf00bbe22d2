// The form at a stop: figures judged while they are typed, choices, notes, photos; what is odd has to be confirmed.
import { judge, toSend } from "./round-judge.js";
import { smaller, thumbnail } from "./round-photo.js";
import { made, part, picture, say, stateOf } from "./round-texts.js";

const REASON = ""; // among what was typed: why an odd figure is right; no entry has this name
let stop = null;
let photos = []; // [{name, blob}]
let isRetaken = false; // the photos are not those of the visit
let changed = () => {};

const entries = () => [...document.querySelectorAll("[data-entry]")];
const control = (entry) => entry.querySelector("input, select, textarea");
const saysOf = (entry) => entry.querySelector(".round-says");

function tell(place, verdict, text) {
  place.textContent = text;
  place.dataset.verdict = verdict;
}

function verdictOf(entry) {
  return judge(control(entry).value, Number(entry.dataset.places), stop.expected[entry.dataset.entry]);
}

function judgeFigure(entry) {
  const { verdict, says } = verdictOf(entry);
  tell(saysOf(entry), verdict, says);
  control(entry).setAttribute("aria-invalid", String(verdict === "refuse"));
}

function isOdd() {
  return entries().some((each) => each.dataset.kind === "figure" && verdictOf(each).verdict === "confirm");
}

let asked = false; // the server wants this visit confirmed, whatever was known beforehand

function showConfirm() {
  part("confirm-box").hidden = !(asked || isOdd());
}

function setPhotos(now) {
  photos = now;
  isRetaken = true;
  changed();
}

async function showPhotos(entry) {
  const list = entry.querySelector(".round-photos");
  const drawn = photos;
  const own = photos.filter((each) => each.name === entry.dataset.entry);
  list.classList.toggle("is-coming", own.length > 0); // their room is there before they are
  const pieces = await Promise.all(own.map(async (photo, place) => {
    const item = made("li");
    const remove = made("button", "round-photo-off");
    remove.type = "button";
    remove.setAttribute("aria-label", say("removePhoto"));
    remove.append(picture("x"));
    remove.addEventListener("click", async () => {
      setPhotos(photos.filter((each) => each !== photo));
      await showPhotos(entry);
      control(entry).focus();
    });
    const canvas = await thumbnail(photo.blob);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", say("photo", { number: place + 1 }));
    item.append(canvas, remove);
    return item;
  }));
  if (photos === drawn) list.replaceChildren(...pieces); // else they are drawn anew, perhaps of another stop
}

async function addPhotos(entry, most, largest) {
  const input = control(entry);
  const files = [...input.files];
  const at = stop;
  tell(saysOf(entry), "fine", "");
  for (const file of files) {
    if (photos.length >= most) tell(saysOf(entry), "refuse", say("tooManyPhotos", { most }));
    else {
      const blob = await smaller(file, largest);
      if (stop !== at) return;
      if (blob) setPhotos([...photos, { name: entry.dataset.entry, blob }]);
      else tell(saysOf(entry), "refuse", say("noPhoto"));
    }
  }
  input.value = "";
  await showPhotos(entry);
}

function showLines(lines) {
  part("lines").replaceChildren(...lines.map(([label, value]) => {
    const line = made("div");
    line.append(made("dt", "", label), made("dd", "", value));
    return line;
  }));
}

// What is there of this stop already: its state, what the server said of it, and whether it can be changed.
function showBefore(visit, isFixed) {
  const box = part("before");
  box.hidden = !visit;
  if (!visit) return;
  const { word, tone } = stateOf(visit);
  const hints = { accepted: "changeAccepted", refused: "changeRefused", confirm: "changeRefused" };
  const hint = isFixed && visit.state !== "accepted" ? "onItsWay" : (hints[visit.state] ?? "changeKept");
  box.className = `alert-z alert-z-${tone}`;
  part("before-state").textContent = word;
  part("before-text").textContent = [visit.message, visit.skip && visit.state === "accepted" ? "" : say(hint)].filter(Boolean).join(" ");
}

// What stands in the fields, and what a visit has in their place.
export function typed() {
  const found = entries().filter((each) => each.dataset.kind !== "photo").map((each) => [each.dataset.entry, control(each).value]);
  return { ...Object.fromEntries(found), [REASON]: part("reason")?.value ?? "" };
}

// The photos, or null while they are those of the visit that stands there.
export function photographed() {
  return isRetaken ? photos : null;
}

export function typedOf(visit) {
  return visit ? { ...visit.values, [REASON]: visit.reason } : {};
}

// `begun`: what was typed and photographed here earlier and is not saved yet.
export function showStop(shown, visit, isFixed, begun) {
  const values = begun.values ?? typedOf(visit);
  stop = shown;
  photos = begun.photos ?? (visit && !visit.skip ? [...visit.photos] : []);
  isRetaken = Boolean(begun.photos);
  asked = visit?.state === "confirm";
  part("title").textContent = shown.title;
  part("number").textContent = shown.number;
  showLines(shown.lines);
  showBefore(visit, isFixed);
  for (const entry of entries()) {
    entry.hidden = (shown.without ?? []).includes(entry.dataset.entry);
    if (entry.dataset.kind !== "photo") control(entry).value = values[entry.dataset.entry] ?? "";
    control(entry).removeAttribute("aria-invalid");
    tell(saysOf(entry), "fine", "");
    if (entry.dataset.kind === "figure") judgeFigure(entry);
    if (entry.dataset.kind === "photo") showPhotos(entry);
  }
  part("confirmed").checked = false;
  if (part("reason")) part("reason").value = values[REASON] ?? "";
  tell(part("confirm-says"), "fine", "");
  showConfirm();
  part("entries").disabled = isFixed;
  for (const name of ["next", "skip"]) if (part(name)) part(name).disabled = isFixed;
}

export function focusFirst() {
  const first = entries().map(control).find((each) => each.type !== "file");
  if (first && !first.disabled && !first.matches(":disabled")) first.focus();
  else part("heading").focus();
}

function missing(entry) {
  if (!("required" in entry.dataset)) return false;
  if (entry.dataset.kind === "photo") return !photos.some((each) => each.name === entry.dataset.entry);
  return !control(entry).value.trim();
}

function problemOf(entry) {
  if (missing(entry)) return say("missing", { label: entry.dataset.label });
  if (entry.dataset.kind !== "figure") return "";
  const { verdict, says } = verdictOf(entry);
  return verdict === "refuse" ? says : "";
}

function confirmProblem() {
  if (part("confirm-box").hidden) return "";
  if (!part("confirmed").checked) return say("tick");
  return part("reason") && !part("reason").value && !photos.length ? say("sayWhy") : "";
}

// What was entered, or null when something is to be mended first; the first such place gets the focus.
export function entered() {
  for (const entry of entries()) {
    const problem = problemOf(entry);
    if (!problem) continue;
    tell(saysOf(entry), "refuse", problem);
    control(entry).setAttribute("aria-invalid", "true");
    control(entry).focus();
    return null;
  }
  const problem = confirmProblem();
  tell(part("confirm-says"), "refuse", problem);
  if (problem) {
    (part("confirmed").checked ? part("reason") : part("confirmed")).focus();
    return null;
  }
  const values = {};
  for (const entry of entries()) {
    if (entry.dataset.kind === "photo") continue;
    const { value } = control(entry);
    values[entry.dataset.entry] = entry.dataset.kind === "figure" ? toSend(value) : value.trim();
  }
  const confirmed = !part("confirm-box").hidden;
  return { values, photos, confirmed, reason: confirmed ? (part("reason")?.value ?? "") : "" };
}

export function startForm({ most, largest, changed: onChange }) {
  changed = onChange;
  part("form").addEventListener("input", () => stop && changed());
  document.addEventListener("input", (event) => {
    const entry = event.target.closest("[data-entry]");
    if (!entry || !stop) return;
    if (entry.dataset.kind === "figure") judgeFigure(entry);
    showConfirm();
  });
  document.addEventListener("change", (event) => {
    const entry = event.target.closest("[data-entry]");
    if (entry?.dataset.kind === "photo") addPhotos(entry, most, largest);
  });
}
