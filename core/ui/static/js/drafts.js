// Nothing typed is lost: what stands in a form is kept in this browser, for its person alone, and offered back.
import * as store from "./draft_store.js";
import { text } from "./text.js";

const DUTIES = ["/password/", "/account/"]; // where people are sent before anything is done
const bases = new WeakMap(); // form -> what stood in it at first
const timers = new WeakMap();
const keys = new WeakMap(); // form -> where its draft is kept
const open = new Set(); // forms with something typed that is kept nowhere

const boxOf = (form) => form.querySelector("[data-draft]");
const isPrivate = (field) => Boolean(field.closest("[data-private]"));

function fields(form) {
  return [...form.elements].filter((each) => each.name && !["hidden", "password", "file", "submit", "button"].includes(each.type)
    && each.autocomplete !== "one-time-code" && each.type !== undefined && each.tagName !== "FIELDSET");
}

// Name -> {values, labels}: labels for pickers, which know no other choices than the one that was made.
function typed(form, wanted = () => true) {
  const found = {};
  for (const each of fields(form).filter(wanted)) {
    const box = ["checkbox", "radio"].includes(each.type);
    const entry = (found[each.name] ??= { values: [] });
    if (each.tagName === "SELECT") {
      const chosen = [...each.selectedOptions];
      entry.values.push(...chosen.map((option) => option.value));
      if (each.dataset.pickerUrl) entry.labels = chosen.map((option) => option.text);
    } else if (!box || each.checked) entry.values.push(each.value);
  }
  return found;
}

const version = (form) => form.elements.namedItem("row_version")?.value ?? "";
const same = (one, other) => Object.keys(one).every((name) => JSON.stringify(one[name]?.values) === JSON.stringify(other[name]?.values));

function save(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const key = keys.get(form);
  open.delete(form);
  let isKept = true;
  if (key && same(typed(form), bases.get(form))) store.drop(key);
  else if (key) {
    isKept = store.keep(key, {
      shared: typed(form, (each) => !isPrivate(each)), own: typed(form, isPrivate), version: version(form),
    });
  }
  if (!isKept || lost(form)) open.add(form);
}

// Whether something was entered that closing the tab would take away.
function lost(form) {
  const secrets = [...form.elements].some((each) => ["password", "file"].includes(each.type) && each.value);
  const before = bases.get(form);
  const changed = ([name, { values }]) => JSON.stringify(values) !== JSON.stringify(before[name]?.values ?? [""]);
  return secrets || Object.entries(typed(form, isPrivate)).some(changed);
}

function soon(form) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), 300));
  open.add(form);
}

function put(form, draft) {
  const drawer = form.querySelector("[data-draft-redraw]"); // the button by which the server draws lines and choices
  const used = {}; // name -> how many of its values have a place
  let isWhole = true;
  for (const each of fields(form)) {
    const entry = draft.values[each.name];
    if (!entry) continue;
    if (["checkbox", "radio"].includes(each.type)) each.checked = entry.values.includes(each.value);
    else if (each.tomselect) {
      entry.values.forEach((id, place) => id && each.tomselect.addOption({ id, label: entry.labels?.[place] ?? id }));
      each.tomselect.setValue(entry.values[0] ?? "");
    } else if (each.tagName === "SELECT" && each.multiple) {
      for (const option of each.options) option.selected = entry.values.includes(option.value);
    } else {
      const at = used[each.name] ?? 0;
      used[each.name] = at + 1;
      const value = entry.values[at] ?? "";
      if (drawer && each.tagName === "SELECT" && ![...each.options].some((option) => option.value === value)) {
        each.add(new Option(value, value));
        isWhole = false;
      }
      each.value = value;
    }
  }
  // What was typed answers to the record as it was then: saving it over a later change asks back.
  const held = form.elements.namedItem("row_version");
  if (held && draft.version) held.value = draft.version;
  if (!drawer) return;
  for (const [name, count] of Object.entries(used)) {
    for (const value of draft.values[name].values.slice(count)) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      isWhole = false;
    }
  }
  if (!isWhole) form.requestSubmit(drawer);
}

function say(form, message) {
  const box = boxOf(form);
  box.querySelector("[data-draft-text]").textContent = message;
  box.querySelector("[data-draft-stale]").hidden = true;
  for (const each of box.querySelectorAll("button")) each.hidden = true;
  box.setAttribute("tabindex", "-1");
  box.focus({ preventScroll: true });
}

function offer(form, draft) {
  const box = boxOf(form);
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const words = box.querySelector("[data-draft-text]");
  box.dataset.key = draft.key;
  words.textContent = words.dataset.begun.replace("{}", when.format(new Date(draft.at))); // as early-draft.js says it
  box.querySelector("[data-draft-stale]").hidden = !draft.version || draft.version === version(form);
  box.hidden = false;
}

function arrived() {
  const sent = store.pending.take();
  const here = location.pathname + location.search;
  if (!sent || !document.documentElement.dataset.person || DUTIES.includes(location.pathname)) return;
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return;
  const before = document.referrer && new URL(document.referrer);
  const wrong = here === sent.from && document.querySelector("[data-focus], [data-unsaved], #notices .alert-z-danger, #notices .alert-z-warning");
  if (before && before.pathname + before.search === sent.from && !wrong) store.drop(sent.key);
}

function begin(form) {
  if (keys.has(form)) return;
  bases.set(form, typed(form));
  if (!boxOf(form) || !document.documentElement.dataset.person) return;
  keys.set(form, store.place(form) + store.tab());
  const failed = "unsaved" in form.dataset || form.querySelector("[data-focus]");
  if (failed) {
    bases.set(form, {}); // what stands here came back from the server, and is still saved nowhere
    save(form);
  }
  const found = failed ? null : store.waiting(form).find((draft) => !same(draft.values, typed(form)));
  boxOf(form).hidden = !found;
  if (!found) return;
  // It makes room: what is typed from now on is another draft.
  const aside = store.place(form) + store.fresh();
  if (found.key === keys.get(form)) store.move(found.key, aside);
  offer(form, { ...found, key: found.key === keys.get(form) ? aside : found.key });
}

function answer(event) {
  const button = event.target.closest("[data-draft-bring], [data-draft-drop]");
  const form = button?.closest("form");
  if (!form) return;
  const { key } = boxOf(form).dataset;
  const draft = store.find(key);
  store.drop(key);
  if ("draftDrop" in button.dataset) return say(form, text("draftGone"));
  if (draft) put(form, draft);
  say(form, text("draftBack"));
  save(form);
}

export function settle(form) {
  clearTimeout(timers.get(form));
  if (keys.has(form)) store.drop(keys.get(form));
  bases.set(form, typed(form));
  open.delete(form);
}

// A form is on its way: its draft waits for the answer.
export function sending(form) {
  if (keys.has(form)) {
    save(form);
    store.pending.set(keys.get(form));
  }
  open.delete(form);
}

export function startDrafts() {
  arrived();
  store.sweep();
  document.querySelectorAll("form[data-guard]").forEach(begin);
  document.addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll("form[data-guard]").forEach(begin));
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const form = event.target.form;
      if (form && "guard" in form.dataset) soon(form);
    });
  }
  document.addEventListener("click", answer);
  document.addEventListener("submit", (event) => {
    if (event.target.matches('[action="/logout/"]')) store.forget();
  });
  const flush = () => document.querySelectorAll("form[data-guard]").forEach((form) => timers.has(form) && save(form));
  addEventListener("pagehide", flush);
  addEventListener("visibilitychange", flush);
  addEventListener("beforeunload", (event) => {
    flush();
    if (open.size) event.preventDefault();
  });
}
