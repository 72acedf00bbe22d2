// Keeps the screen of the round, with all that it loads, for when it is opened without a connection.
const PREFIX = "zhidu-round-";

function assets() {
  const loaded = performance.getEntriesByType("resource").map((each) => each.name);
  const named = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((each) => each.href || each.src);
  const here = [...loaded, ...named].filter((each) => new URL(each).pathname.startsWith("/assets/"));
  return [...new Set(here)];
}

// The version of the program stands in the address of each asset.
function version() {
  return new URL(document.querySelector("script[type=module]").src).pathname.split("/")[2];
}

// The page goes in last: what is in the new cache is complete before the old ones go.
export async function keepScreen(base) {
  if (!("caches" in window)) return;
  const name = PREFIX + version();
  const cache = await caches.open(name);
  await cache.addAll(assets());
  const page = await fetch(base, { headers: { Accept: "text/html" } });
  if (!page.ok || page.redirected || !(await page.clone().text()).includes(`/assets/${version()}/`)) return;
  await cache.put(base, page);
  for (const each of await caches.keys()) {
    if (each.startsWith(PREFIX) && each !== name) await caches.delete(each);
  }
}

export async function dropScreen() {
  if (!("caches" in window)) return;
  for (const each of await caches.keys()) {
    if (each.startsWith(PREFIX)) await caches.delete(each);
  }
}

// The worker answers for rounds alone. Without one (an address that is not https) the round needs its tab to stay open.
export async function startWorker(scope, onSend) {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", (event) => event.data === "send" && onSend());
  await navigator.serviceWorker.register(`${scope}worker.js`, { scope });
}

// Where the browser knows how: be called when there is a connection again.
export async function askForCall() {
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.sync?.register("send").catch(() => {});
}
