// Keeps the whole course, so that it opens without a connection. Pages come from the server where
// it answers, so that corrections arrive; files whose name changes with their content never do twice.
const SITE = self.registration.scope;
const MINE = `cybernorms ${encodeURIComponent(new URL(SITE).pathname)} `;
const CACHE = MINE + "VERSION";
const FILES = ["FILES"];
const PATIENCE = 3000; // milliseconds until a kept page is shown in place of a slow one

self.addEventListener("install", event => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      for (const name of FILES) {
        const address = new URL(name, SITE).href;
        const known = name.startsWith("files/") && (await caches.match(address));
        await (known ? cache.put(address, known) : cache.add(new Request(address, { cache: name.startsWith("files/") ? "default" : "no-cache" })));
      }
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", event => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith(MINE) && name !== CACHE) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

async function fromServer(request, cache) {
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url.split(/[?#]/)[0], response.clone());
  return response;
}

async function answer(request) {
  const cache = await caches.open(CACHE);
  const address = new URL(request.url.split(/[?#]/)[0]);
  if (address.pathname.endsWith("/")) address.pathname += "index.html";
  const kept = await cache.match(address.href);
  if (kept && address.href.startsWith(`${SITE}files/`)) return kept;
  const served = fromServer(request, cache);
  if (!kept) return served;
  const late = new Promise(done => setTimeout(() => done(kept), PATIENCE));
  return Promise.race([served.catch(() => kept), late]);
}

self.addEventListener("fetch", event => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(SITE)) event.respondWith(answer(request));
});
