// The screen of a round: which stop is next, what is entered there, what is kept and what is sent.
import { ask } from "./confirm.js";
import { begunAt, dropAllBegun, dropBegun, keepBegun, lookBegun, photosAt } from "./round-begun.js";
import { entered, focusFirst, photographed, showStop, startForm, typed, typedOf } from "./round-form.js";
import { hold, holder } from "./round-holder.js";
import { askForCall, dropScreen, keepScreen, startWorker } from "./round-keep.js";
import { showBooks, showList } from "./round-list.js";
import { askNow, asked, send } from "./round-send.js";
import {
  dropVisit, forgetRound, forgetTaken, isOnItsWay, isUnsent, keepVisit, keepWalk, visitsOf, walksOf,
} from "./round-store.js";
import { part, say } from "./round-texts.js";

const root = document.getElementById("round");
const { base, round } = root.dataset;
const WIDE = matchMedia("(min-width: 992px)");
const WANTED = new URLSearchParams(location.search).get("book"); // the part of the round that a link leads to
const AGAIN = 30_000; // milliseconds until what could not be sent is tried again
const walker = { person: "", branch: null, skew: 0 };
let walk = null; // the stops that are walked
let here = 0; // the place of the present stop among them
let visits = new Map(); // the latest visit at each stop
let every = []; // every visit of this person on this round
let view = "wait";
let why = ""; // why the last sending stopped
let isSending = false;
let shownAs = ""; // the visit of the present stop, as it was when it was shown

// ------------------------------------------------------------ what is shown

function show(name) {
  view = name;
  root.dataset.view = name;
  for (const each of document.querySelectorAll("[data-part]")) {
    const beside = each.dataset.part === "list" && WIDE.matches && (name === "stop" || name === "done");
    each.hidden = each.dataset.part !== name && !beside;
  }
  const walking = Boolean(walk) && name !== "books";
  for (const each of document.querySelectorAll("header [data-to-books]")) each.hidden = !walking;
  part("to-list").hidden = !walking;
  part("bar").hidden = !walking;
}

function isDone(stop) {
  const visit = visits.get(stop.id);
  return Boolean(visit) && visit.state !== "refused" && visit.state !== "confirm";
}

function strays() {
  const known = new Set(walk?.stops.map((each) => each.id));
  return every.filter((each) => isUnsent(each) && (!known.has(each.stop) || each.branch !== walk?.branch));
}

function showProgress() {
  if (!walk) return;
  const all = walk.done + walk.stops.length;
  const done = walk.done + walk.stops.filter(isDone).length;
  part("progress").textContent = say("progress", { done, all });
  part("bar").max = Math.max(all, 1);
  part("bar").value = done;
  part("about").textContent = [walker.branch?.name, walk.label, walk.title].filter(Boolean).join(" · ");
}

const WHY = { offline: "offline", "logged-out": "loggedOut", "somebody-else": "loggedOut", "no-right": "noRight", trouble: "trouble" };

function sentence() {
  const kept = every.filter((each) => each.state === "kept" || each.state === "sending");
  const mend = every.filter((each) => each.state === "refused" || each.state === "confirm").length;
  const away = kept.filter((each) => walker.branch && each.branch !== walker.branch.code);
  const quiet = every.length ? say("allSent") : say("noneYet");
  return [
    why ? say(WHY[why]) : "",
    kept.length ? say("countKept", { count: kept.length }) : why || mend ? "" : quiet,
    mend ? say("countMend", { count: mend }) : "",
    away.length ? say("elsewhere", { count: away.length, branch: away[0].branch }) : "",
  ].filter(Boolean).join(" ");
}

function showState() {
  const kept = every.some((each) => each.state === "kept" || each.state === "sending");
  const state = part("state");
  state.dataset.state = why || (kept ? "kept" : every.some((each) => each.state === "refused" || each.state === "confirm") ? "mend" : "sent");
  const text = sentence();
  if (part("said").textContent !== text) part("said").textContent = text;
  part("log-in").hidden = why !== "logged-out" && why !== "somebody-else";
  part("send").hidden = !kept || isSending || !part("log-in").hidden;
}

function showAll() {
  showProgress();
  showState();
  if (walk) showList(walk.stops, visits, strays(), view === "stop" ? walk.stops[here]?.id : 0);
}

async function look() {
  every = await visitsOf(walker.person, round);
  visits = new Map(every.filter((each) => each.branch === walk?.branch).map((each) => [each.stop, each]));
}

async function changed() {
  await look();
  // What is shown of a visit that is sent meanwhile follows it; a stop without one is left to whoever types there.
  if (view === "stop" && shownAs && shownAs !== lookOf(visits.get(walk.stops[here].id))) goTo(here);
  else showAll();
}

function lookOf(visit) {
  return visit ? [visit.key, visit.state, visit.tried].join(" ") : "";
}

// ------------------------------------------------------------ walking

function goTo(place) {
  here = place;
  const stop = walk.stops[place];
  const visit = visits.get(stop.id);
  shownAs = lookOf(visit);
  const isFixed = Boolean(visit) && (isOnItsWay(visit) || (visit.state === "accepted" && !visit.skip));
  if (visit?.state === "accepted") dropBegun(walk, stop);
  showStop(stop, visit, isFixed, isFixed ? {} : { values: begunAt(walk, stop), photos: photosAt(walk, stop) });
  show("stop");
  showAll();
  scrollTo(0, 0);
  focusFirst();
}

function goOn() {
  const count = walk.stops.length;
  for (let step = 1; step <= count; step += 1) {
    const place = (here + step) % count;
    if (!isDone(walk.stops[place])) return goTo(place);
  }
  finish();
}

function finish() {
  show("done");
  part("done").textContent = say(walk.stops.length ? "roundDone" : "noStops");
  part("done-hint").textContent = say(every.some(isUnsent) ? "doneKept" : "doneSent");
  showAll();
  part("done").focus();
}

function begin(chosen) {
  walk = chosen;
  const first = walk.stops.findIndex((each) => !isDone(each));
  if (first < 0) finish();
  else goTo(first);
}

function visitOf(stop, given) {
  return {
    key: crypto.randomUUID(), person: walker.person, branch: walk.branch, round, stop: stop.id,
    title: stop.title, stopNumber: stop.number, basis: walk.basis, order: Date.now(),
    at: new Date(Date.now() + walker.skew).toISOString(), state: "kept", tried: false, message: "",
    values: {}, photos: [], confirmed: false, reason: "", skip: "", note: "", ...given,
  };
}

async function save(given) {
  const stop = walk.stops[here];
  const former = visits.get(stop.id);
  const replaced = former && former.state !== "accepted" ? former : null;
  try {
    const kept = await keepVisit(visitOf(stop, given), replaced);
    await look();
    if (!kept) return goTo(here);
    dropBegun(walk, stop);
  } catch {
    part("said").textContent = say("notStored");
    return undefined;
  }
  goOn();
  navigator.storage?.persist?.();
  return sendNow();
}

// ------------------------------------------------------------ sending

let later = 0;

// `called`: the browser itself has called; it is not asked for another call, which it might give at once.
async function sendNow(called = false) {
  if (isSending || !walker.person) return;
  isSending = true;
  showState();
  try {
    const result = await send({ base, person: walker.person, round, changed });
    why = result.why;
    if (why === "somebody-else") location.reload(); // none of these stops are theirs to see
    if (result.now && !why) walker.branch = result.now.branch;
  } finally {
    isSending = false;
    await changed();
  }
  clearTimeout(later);
  const waits = every.some((each) => each.state === "kept" && !(walker.branch && each.branch !== walker.branch.code));
  if (!waits || why === "logged-out") return;
  if (!why) return void sendNow(); // entered while the others were sent
  if (called !== true) askForCall().catch(() => {});
  later = setTimeout(sendNow, AGAIN, true);
}

// ------------------------------------------------------------ opening

async function load(book) {
  const { ok, now: found, why: refused } = await asked(`${base}stops${book ? `?${new URLSearchParams({ book })}` : ""}`);
  if (!ok) return { refused };
  if (found.books) return { books: found.books };
  const id = [walker.person, walker.branch.code, round, found.book].join("|");
  const label = labels.get(found.book) ?? (await walksOf(walker.person, round)).find((each) => each.id === id)?.label ?? "";
  const made = { ...found, id, person: walker.person, branch: walker.branch.code, branchName: walker.branch.name, round, label, opened: Date.now() };
  await keepWalk(made);
  return { walk: made };
}

const labels = new Map();

async function forgetThrough(fresh) {
  const open = new Set(fresh.stops.map((each) => each.id));
  const keep = every.filter((each) => each.branch !== fresh.branch || open.has(each.stop)).map((each) => each.key);
  await forgetTaken(walker.person, round, new Set(keep));
}

async function openBook(book) {
  const { walk: fresh, refused } = await load(book);
  if (fresh) {
    await forgetThrough(fresh);
    walk = fresh;
    await look();
    return begin(fresh);
  }
  const known = (await walksOf(walker.person, round)).find((each) => each.book === book && (!walker.branch || each.branch === walker.branch.code));
  why = refused;
  if (!known) return nothing();
  return openKept(known);
}

async function openKept(known) {
  walk = known;
  walker.branch ??= { code: known.branch, name: known.branchName };
  await look();
  begin(known);
}

function nothing() {
  show("none");
  part("none").textContent = why === "offline" ? say("nothingHere") : say(WHY[why] ?? "trouble");
  showState();
}

// The walks on this phone, the latest first; in front the one that the link led to.
function sorted(walks) {
  return walks.sort((one, other) => (other.book === WANTED) - (one.book === WANTED) || other.opened - one.opened);
}

// The parts of the round; with the one that is wanted, or walked on this phone, going on at once.
async function chooseBook(isChange = false) {
  const known = sorted((await walksOf(walker.person, round)).filter((each) => each.branch === walker.branch?.code));
  const goesOn = !isChange && known[0];
  if (goesOn && (!WANTED || goesOn.book === WANTED)) return openBook(goesOn.book);
  const { books, walk: only, refused } = await load("");
  if (only) return openBook("");
  why = refused ?? "";
  const offered = books ?? known.map((each) => ({ id: each.book, label: each.label }));
  if (!offered.length) return nothing();
  for (const each of offered) labels.set(each.id, each.label);
  if (!isChange && offered.some((each) => each.id === WANTED)) return openBook(WANTED);
  if (goesOn) return openBook(goesOn.book);
  showBooks(offered, new Set(known.map((each) => each.book)));
  part("ending").hidden = !known.length;
  show("books");
  showState();
}

async function open() {
  show("wait");
  await lookBegun();
  const { ok, now, why: refused } = await askNow(base);
  why = refused ?? "";
  if (ok) {
    walker.branch = now.branch;
    walker.skew = Date.parse(now.time) - Date.now();
    walker.person = now.person;
    await hold(now.person);
    await look();
    await chooseBook();
    keepScreen(base).catch(() => {}); // without room for it, the round needs its tab to stay open
    return sendNow();
  }
  walker.person = holder();
  const [latest] = walker.person ? sorted(await walksOf(walker.person, round)) : [];
  if (!latest) {
    if (why === "logged-out") location.assign(part("log-in").href);
    return nothing();
  }
  return openKept(latest);
}

async function end() {
  const count = every.filter(isUnsent).length;
  const confirm = count ? say("endKept", { count }) : say("endSent");
  if (!(await ask({ dataset: { confirm, confirmDanger: "" } }))) return;
  await dropAllBegun(walker, round);
  await forgetRound(walker.person, round);
  if (!count) await dropScreen();
  location.assign("/");
}

// ------------------------------------------------------------ buttons

async function skip() {
  const dialog = document.getElementById("round-skip");
  dialog.querySelector("form").reset();
  dialog.returnValue = "cancel";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  const reason = dialog.querySelector("input:checked")?.value;
  if (dialog.returnValue === "ok" && reason) await save({ skip: reason, note: dialog.querySelector("textarea").value.trim() });
}

const CLICKS = {
  "[data-to-list]": () => (view === "list" && walk ? goTo(here) : (show("list"), showAll())),
  "[data-to-books]": () => chooseBook(true),
  "[data-back]": () => goTo((here + walk.stops.length - 1) % walk.stops.length),
  "[data-skip]": skip,
  "[data-send]": () => sendNow(),
  "[data-again]": open,
  "[data-end]": end,
  "[data-book]": (button) => openBook(button.dataset.book),
  "[data-stop]": (button) => goTo(walk.stops.findIndex((each) => String(each.id) === button.dataset.stop)),
  "[data-drop]": async (button) => {
    await dropVisit(button.dataset.drop);
    await changed();
  },
};

function begun() {
  const stop = walk.stops[here];
  keepBegun(walk, stop, typed(), typedOf(visits.get(stop.id)), photographed());
}

function start() {
  startForm({ most: Number(root.dataset.mostPhotos), largest: Number(root.dataset.largestPhoto), changed: begun });
  document.addEventListener("click", (event) => {
    for (const [wanted, act] of Object.entries(CLICKS)) {
      const button = event.target.closest(wanted);
      if (button) return void act(button);
    }
  });
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const given = entered();
    if (given) save(given);
  });
  part("seek").addEventListener("input", showAll);
  WIDE.addEventListener("change", () => show(view));
  addEventListener("online", sendNow);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendNow());
  startWorker("/core/round/", () => sendNow(true)).catch(() => {});
  open().catch(() => {
    show("none");
    part("none").textContent = say("noStore");
  });
}

start();
