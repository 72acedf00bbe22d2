// Sends what is kept, one visit after the other. Each carries a key of its own, so that none takes effect twice.
import { changeVisit, visitsOf } from "./round-store.js";

const PATIENCE = 60_000; // milliseconds for one visit with its photos
const LOCK = "zhidu-rounds-send";

// Who walks the round here and now. `{ok, now}`, or `{ok: false, why}`: "offline", "logged-out", "no-right" or "trouble".
export async function askNow(base, patience = 8_000) {
  return asked(`${base}now`, patience);
}

export async function asked(address, patience = 30_000) {
  let answer;
  try {
    answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(patience) });
  } catch {
    return { ok: false, why: "offline" };
  }
  const why = refusal(answer);
  if (why) return { ok: false, why };
  try {
    return { ok: true, now: await answer.json() };
  } catch {
    return { ok: false, why: "offline" };
  }
}

// Why an answer is none. A redirection leads to a page that has to be seen first, such as one for a new password.
function refusal(answer) {
  if (answer.status === 401 || answer.type === "opaqueredirect") return "logged-out";
  if (answer.status === 403 || answer.status === 404) return "no-right";
  return answer.ok ? "" : "trouble";
}

// What is sent of a visit is written in one way, however often it is sent.
function body(visit) {
  const { key, branch, stop, basis, values, at, confirmed, reason, skip, note } = visit;
  const form = new FormData();
  form.append("visit", JSON.stringify({ key, branch, stop, basis, values, at, confirmed, reason, skip, note }));
  for (const { name, blob } of visit.photos) form.append(name, blob, "photo.jpg");
  return form;
}

async function post(base, visit, token) {
  let answer;
  try {
    answer = await fetch(`${base}visits`, {
      method: "POST", body: body(visit), redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
      headers: { Accept: "application/json", "X-CSRFToken": token },
    });
  } catch {
    return { why: "offline" };
  }
  if (answer.status === 400) return { why: "token" };
  const why = refusal(answer);
  if (answer.status !== 413 && why) return { why };
  try {
    const said = await answer.json();
    return { said: answer.status === 413 ? { state: "refused", message: said.message } : said };
  } catch {
    return { why: "offline" }; // the answer broke off: it is asked for again
  }
}

// A token that is too old is fetched anew once; the session may have begun again meanwhile.
async function sendOne(base, visit, now, changed) {
  await changeVisit(visit.key, { state: "sending", tried: true });
  await changed();
  let result = await post(base, visit, now.token);
  if (result.why === "token") {
    const again = await askNow(base);
    if (!again.ok) result = { why: again.why };
    else if (again.now.person !== visit.person) result = { why: "logged-out" };
    else {
      now.token = again.now.token;
      result = await post(base, visit, now.token);
    }
  }
  if (!result.said) {
    await changeVisit(visit.key, { state: "kept" });
    return result.why === "token" ? "trouble" : result.why;
  }
  const { state, message, field, url } = result.said;
  const done = state === "accepted";
  await changeVisit(visit.key, { state, message, field, url, ...(done ? { photos: [] } : {}) });
  return "";
}

function waits(visit, now) {
  return (visit.state === "kept" || visit.state === "sending") && visit.branch === now.branch?.code;
}

async function sendAll({ base, person, round, changed }) {
  const { ok, now, why } = await askNow(base);
  if (!ok) return { why };
  if (now.person !== person) return { why: "somebody-else", now };
  for (const visit of await visitsOf(person, round)) {
    if (!waits(visit, now)) continue;
    const stopped = await sendOne(base, visit, now, changed);
    await changed();
    if (stopped) return { why: stopped, now };
  }
  return { why: "", now };
}

// Send all that waits, one tab after the other. A tab that sleeps in the middle is not waited for: the server knows
// each visit by its key.
export async function send(round) {
  if (!navigator.locks) return sendAll(round);
  try {
    return await navigator.locks.request(LOCK, { signal: AbortSignal.timeout(PATIENCE + 5_000) }, () => sendAll(round));
  } catch {
    return sendAll(round);
  }
}
