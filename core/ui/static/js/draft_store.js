// Drafts in this browser: one place for each person, address, form and tab. What cannot be kept is not kept.
const PREFIX = "zhidu.draft.";
const DAYS_KEPT = 7;
const MOST = 20; // of one person, the latest
const PENDING = "zhidu.sent";

const stores = { lasting: () => localStorage, tab: () => sessionStorage };

function each(store) {
  try {
    return Object.keys(stores[store]()).filter((key) => key.startsWith(PREFIX));
  } catch {
    return []; // storage is switched off
  }
}

function read(store, key) {
  try {
    return JSON.parse(stores[store]().getItem(key));
  } catch {
    return null;
  }
}

function write(store, key, value) {
  try {
    stores[store]().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function remove(store, key) {
  try {
    stores[store]().removeItem(key);
  } catch {
    // then nothing was kept either
  }
}

const person = () => document.documentElement.dataset.person || "";
export const fresh = () => Math.random().toString(36).slice(2, 10);

// A name of this tab: two tabs with the same form keep what is typed apart.
export function tab() {
  try {
    const known = sessionStorage.getItem("zhidu.tab") || fresh();
    sessionStorage.setItem("zhidu.tab", known);
    return known;
  } catch {
    return "0";
  }
}

// The same in early-draft.js.
export const place = (form) => `${PREFIX}${person()}.${location.pathname}${location.search}#${form.dataset.guard || ""}.`;

// `shared` outlives the tab; `own`, what not everybody may see, stays in the tab and goes with it.
export function keep(key, { shared, own, ...about }) {
  const kept = { ...about, at: Date.now(), values: shared };
  const lasting = write("lasting", key, kept);
  if (Object.keys(own).length) write("tab", key, { ...about, at: kept.at, values: own });
  else remove("tab", key);
  return lasting;
}

export function drop(key) {
  remove("lasting", key);
  remove("tab", key);
}

export function find(key) {
  const lasting = read("lasting", key);
  const own = read("tab", key);
  if (!lasting && !own) return null;
  return { ...own, ...lasting, values: { ...lasting?.values, ...own?.values }, key };
}

// What waits for a form, the latest first.
export function waiting(form) {
  const keys = new Set([...each("lasting"), ...each("tab")].filter((key) => key.startsWith(place(form))));
  return [...keys].map(find).filter(Boolean).sort((one, other) => other.at - one.at);
}

export function move(from, to) {
  for (const store of Object.keys(stores)) {
    const kept = read(store, from);
    if (kept && write(store, to, kept)) remove(store, from);
  }
}

export function dropAll(beginning) {
  for (const store of Object.keys(stores)) for (const key of each(store)) if (key.startsWith(beginning)) remove(store, key);
}

export function forget(who = person()) {
  dropAll(`${PREFIX}${who}.`);
}

// What is old goes, what is more than enough, and from this tab what somebody else typed that not everybody may see.
export function sweep() {
  const oldest = Date.now() - DAYS_KEPT * 86_400_000;
  const mine = [];
  for (const key of each("lasting")) {
    const at = read("lasting", key)?.at ?? 0;
    if (at < oldest) remove("lasting", key);
    else if (key.startsWith(`${PREFIX}${person()}.`)) mine.push({ key, at });
  }
  for (const { key } of mine.sort((one, other) => other.at - one.at).slice(MOST)) drop(key);
  if (!person()) return;
  for (const key of each("tab")) if (!key.startsWith(`${PREFIX}${person()}.`)) remove("tab", key);
}

// A form on its way to the server: the next page tells whether it arrived.
export const pending = {
  set: (key) => write("tab", PENDING, { key, from: location.pathname + location.search }),
  take() {
    const found = read("tab", PENDING);
    remove("tab", PENDING);
    return found;
  },
};
