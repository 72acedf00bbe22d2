// The service worker of rounds: without a connection it answers with the screen that the page itself has kept.
const PATIENCE = 5_000; // milliseconds for a page that is also kept

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

function kept(address) {
  return caches.match(address, { ignoreSearch: true, ignoreVary: true });
}

async function page(request) {
  const known = await kept(new URL(request.url).pathname);
  if (!known) return fetch(request);
  const late = new Promise((resolve) => setTimeout(() => resolve(known), PATIENCE));
  const asked = fetch(request).then((answer) => (answer.status >= 500 ? known : answer), () => known);
  return Promise.race([asked, late]);
}

async function asset(request) {
  return (await kept(request.url)) || fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (address.pathname.startsWith("/assets/")) event.respondWith(asset(request));
});

self.addEventListener("sync", (event) => {
  const tell = self.clients.matchAll({ type: "window" }).then((all) => all.forEach((each) => each.postMessage("send")));
  event.waitUntil(tell);
});
