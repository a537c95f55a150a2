/**
 * Keeps the visited pages and the engine for the time without a network.
 *
 * It lies at the root of the site and touches nothing outside it.  What is
 * named by its content comes from the cache, everything else from the network
 * first.  Each build has a cache of its own.  When a new build takes over while
 * pages of the one before are open, they go on with what that one kept, so that
 * no page mixes files of two builds; it goes once no page is open any more.
 */

declare const self: ServiceWorkerGlobalScope;

export {};

const SCOPE = new URL("./", self.location.href);
const PLAYGROUND = new URL("_static/trigpoint/", SCOPE);
const PREFIX = `trigpoint:${SCOPE.pathname}:`;
const CACHE = PREFIX + __VERSION__;

/** JupyterLite keeps itself, with a service worker of its own. */
const FOREIGN = new URL("lite/", SCOPE).href;

interface Manifest {
  readonly precache: readonly string[];
}

interface Keep {
  readonly kind: "keep";
  readonly urls: readonly string[];
}

self.addEventListener("install", (event) => {
  event.waitUntil(precache().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("message", (event) => {
  const { kind, urls } = event.data as Keep;
  if (kind === "keep") event.waitUntil(keep(urls));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range") || !isOurs(request.url)) return;
  if (request.mode === "navigate") event.waitUntil(dropUnused());
  event.respondWith(isFixed(request.url) ? cacheFirst(request) : networkFirst(request));
});

/** The list that the build wrote: what the engine needs, by content hash. */
async function precache(): Promise<void> {
  const manifest = new URL(`manifest.json?v=${__VERSION__}`, PLAYGROUND);
  const { precache: files } = (await (await fetch(manifest)).json()) as Manifest;
  await keep(files.map((file) => new URL(file, PLAYGROUND).href));
}

async function keep(urls: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(
    [...new Set(urls.map(withoutFragment))].filter(isOurs).map(async (url) => {
      if (await cache.match(url)) return;
      // The page has loaded most of this a moment ago: the browser's own cache may have it.
      const response = await fetch(url, { cache: isFixed(url) ? "force-cache" : "default" });
      await store(url, response);
    }),
  );
}

async function cacheFirst(request: Request): Promise<Response> {
  for (const name of [CACHE, ...(await oldCaches()).reverse()]) {
    const kept = await (await caches.open(name)).match(request);
    if (kept) return kept;
  }
  return networkFirst(request);
}

async function networkFirst(request: Request): Promise<Response> {
  try {
    // Asked for anew, whatever the browser holds for fresh: the next load after a new build has the new page.
    const response = await fetch(request, isFixed(request.url) ? {} : { cache: "no-cache" });
    if (response.ok) await store(withoutFragment(request.url), response.clone());
    return response;
  } catch {
    const cache = await caches.open(CACHE);
    const kept = (await cache.match(request)) ?? (await cache.match(request, { ignoreSearch: true }));
    if (kept) return kept;
    return request.mode === "navigate" ? notKept() : Response.error();
  }
}

async function store(url: string, response: Response): Promise<void> {
  // A redirected response cannot answer a navigation.
  if (response.ok && response.type === "basic" && !response.redirected) {
    await (await caches.open(CACHE)).put(url, response);
  }
}

/** The caches of earlier builds of this site, oldest first. */
async function oldCaches(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
}

/** Take the open pages from the service worker of the build before, whose files they may still need. */
async function takeOver(): Promise<void> {
  const open = await self.clients.matchAll({ type: "window" });
  const old = await oldCaches();
  await drop(open.length > 0 ? old.slice(0, -1) : old);
  await self.clients.claim();
}

/** The first page that is opened again, when none is, needs nothing of an earlier build. */
async function dropUnused(): Promise<void> {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.length === 0) await drop(await oldCaches());
}

async function drop(names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => caches.delete(name)));
}

function notKept(): Response {
  const words =
    "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Not kept</title>" +
    "<h1>You are offline</h1><p>You have not visited this page before, so it is not kept on this device.";
  return new Response(words, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}

function isOurs(url: string): boolean {
  return url.startsWith(SCOPE.href) && !url.startsWith(FOREIGN);
}

/** Whether the address changes with the content. */
function isFixed(url: string): boolean {
  const { searchParams, href } = new URL(url);
  return searchParams.has("v") || /\/[a-z]+-[A-Z0-9]{8}\.js$/.test(href);
}

function withoutFragment(url: string): string {
  return url.split("#", 1)[0] ?? url;
}
