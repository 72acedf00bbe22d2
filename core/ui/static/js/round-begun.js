// What was typed at a stop and is not saved yet. It is there again after another stop, after a closed tab, and when
// the camera took the browser's place.
import { drop, dropAll, find, keep } from "./draft_store.js";

const ofRound = (walker, round) => `zhidu.draft.${walker.person}.round.${round}.`;
const keyOf = (walk, stop) => `${ofRound(walk, walk.round)}${walk.branch}.${stop.id}`;

// `entered`: name of an entry -> text. What stands there anyway is not kept a second time.
export function keepBegun(walk, stop, entered, former = {}) {
  const isNew = Object.entries(entered).some(([name, text]) => text !== (former[name] ?? ""));
  if (isNew) keep(keyOf(walk, stop), { shared: entered, own: {} });
  else drop(keyOf(walk, stop));
}

export function begunAt(walk, stop) {
  return find(keyOf(walk, stop))?.values ?? null;
}

export function dropBegun(walk, stop) {
  drop(keyOf(walk, stop));
}

export function dropAllBegun(walker, round) {
  dropAll(ofRound(walker, round));
}
