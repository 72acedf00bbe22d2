// What a phone keeps of rounds: visits until they are sent, and the stops of the round that is walked, each by person;
// and photos of what was begun at a stop, by the key of its draft.
const NAME = "zhidu-rounds";
const UNSENT = ["kept", "sending", "refused", "confirm"];
const KEYS = { visits: "key", walks: "id", begun: "key" };
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 2);
    asked.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(KEYS)) {
        if (!asked.result.objectStoreNames.contains(store)) asked.result.createObjectStore(store, { keyPath });
      }
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => { // a newer program in another tab
        asked.result.close();
        opened = null;
      };
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  opened.catch(() => { opened = null; });
  return opened;
}

// One transaction on one store; what `work` answers is there when all of it is on the disk.
async function within(store, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const answer = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(answer?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

async function all(store, fits) {
  const rows = await within(store, "readonly", (each) => each.getAll());
  return rows.filter(fits);
}

async function removeAll(store, fits) {
  const gone = await all(store, fits);
  if (gone.length) await within(store, "readwrite", (each) => gone.forEach((row) => each.delete(row[KEYS[store]])));
}

export function isUnsent(visit) {
  return UNSENT.includes(visit.state);
}

// The visits of one person on one round, in every branch, the oldest first.
export async function visitsOf(person, round) {
  const found = await all("visits", (each) => each.person === person && each.round === round);
  return found.sort((one, other) => one.order - other.order);
}

// A visit that was sent and whose answer is not known may have been taken: it stays as it is until the answer is there.
export function isOnItsWay(visit) {
  return visit.state === "sending" || (visit.state === "kept" && visit.tried);
}

// Keep a visit, in place of `former` where it takes the place of one. False when that one is on its way now.
export async function keepVisit(visit, former = null) {
  let kept = true;
  await within("visits", "readwrite", (store) => {
    if (!former) return void store.put(visit);
    const asked = store.get(former.key);
    asked.onsuccess = () => {
      kept = !asked.result || !isOnItsWay(asked.result);
      if (!kept) return;
      store.delete(former.key);
      store.put(visit);
    };
  });
  return kept;
}

export function dropVisit(key) {
  return within("visits", "readwrite", (store) => store.delete(key));
}

// Change a visit that is still as it was: what took its place meanwhile, in another tab, stays.
export function changeVisit(key, change) {
  return within("visits", "readwrite", (store) => {
    const asked = store.get(key);
    asked.onsuccess = () => asked.result && store.put({ ...asked.result, ...change });
    return asked;
  });
}

export async function countUnsent(person) {
  return (await all("visits", (each) => each.person === person && isUnsent(each))).length;
}

export function keepWalk(walk) {
  return within("walks", "readwrite", (store) => store.put(walk));
}

export async function walksOf(person, round) {
  return all("walks", (each) => each.person === person && each.round === round);
}

// The stops of a round, and the visits that are through; what is not sent stays.
export async function forgetRound(person, round) {
  const own = (each) => each.person === person && each.round === round;
  await removeAll("walks", own);
  await removeAll("visits", (each) => own(each) && !isUnsent(each));
}

// All stops but those of one person, whose turn it is now; the others' visits that are through go with them.
export async function forgetOthers(person) {
  const others = (each) => each.person !== person;
  await removeAll("walks", others);
  await removeAll("visits", (each) => others(each) && !isUnsent(each));
}

// Visits that were taken and whose stop is in no round any more.
export async function forgetTaken(person, round, keep) {
  const own = (each) => each.person === person && each.round === round;
  await removeAll("visits", (each) => own(each) && !isUnsent(each) && !keep.has(each.key));
}

// Photos that are begun, [{key, photos}]; those that no draft in this browser belongs to any more go.
export async function photosBegun(isKept) {
  await removeAll("begun", (each) => !isKept(each.key));
  return all("begun", () => true);
}

export function keepPhotos(key, photos) {
  return within("begun", "readwrite", (store) => store.put({ key, photos }));
}

export function dropPhotos(key) {
  return within("begun", "readwrite", (store) => store.delete(key));
}
