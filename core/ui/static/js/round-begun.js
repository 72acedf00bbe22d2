// What was typed and photographed at a stop and is not saved yet. It is there again after another stop, after a closed
// tab, and when the camera took the browser's place. Photos stay as long as the draft that they belong to.
import { drop, dropAll, find, keep } from "./draft_store.js";
import { dropPhotos, keepPhotos, photosBegun } from "./round-store.js";

const ofRound = (walker, round) => `zhidu.draft.${walker.person}.round.${round}.`;
const keyOf = (walk, stop) => `${ofRound(walk, walk.round)}${walk.branch}.${stop.id}`;
let taken = new Map(); // key of a draft -> its photos, [{name, blob}]

// Read the photos from the disk; those of drafts that are gone, as with a log-out, go as well.
export async function lookBegun() {
  const found = await photosBegun((key) => find(key) !== null);
  taken = new Map(found.map(({ key, photos }) => [key, photos]));
}

// `entered`: name of an entry -> text. What stands there anyway is not kept a second time. `photos` are null while they
// are those that stand there.
export function keepBegun(walk, stop, entered, former = {}, photos = null) {
  const key = keyOf(walk, stop);
  const isNew = photos !== null || Object.entries(entered).some(([name, text]) => text !== (former[name] ?? ""));
  if (!isNew) return void dropBegun(walk, stop);
  keep(key, { shared: entered, own: {} });
  if (photos === null || photos === taken.get(key)) return;
  taken.set(key, photos);
  keepPhotos(key, photos).catch(() => {}); // without room for it, the photo waits in the tab
}

export function begunAt(walk, stop) {
  return find(keyOf(walk, stop))?.values ?? null;
}

export function photosAt(walk, stop) {
  return taken.get(keyOf(walk, stop)) ?? null;
}

export function dropBegun(walk, stop) {
  const key = keyOf(walk, stop);
  drop(key);
  if (taken.delete(key)) dropPhotos(key).catch(() => {});
}

export function dropAllBegun(walker, round) {
  dropAll(ofRound(walker, round));
  return lookBegun();
}
