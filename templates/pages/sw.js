{% autoescape off %}// Keeps pages for when there is no signal: the offline page, the last copy of /jumat/ with the plan
// and the sellers it leads to, and the member card of whoever is signed in, until she signs out.
const STORE = "umkm-{{ version }}";
const FRIDAY = "/jumat/";
const EDITION = "/jbl/";
const OFFLINE = "/luring/";
const CARD = "/saya/kartu/";
// A store of its own: a release keeps it, signing in or out empties it.
const CARDS = "umkm-kartu";
const CARD_DAYS = 30;
const DOORS = ["/akun/keluar/", "/akun/masuk/"];
const ASSETS = {{ assets }};
const WIB = { timeZone: "Asia/Jakarta" };

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(STORE)
      .then((store) => store.addAll([new Request(OFFLINE, { credentials: "omit" }), ...ASSETS]))
      .then(keepFridayIfSeen)
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== STORE && name !== CARDS).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

const isOfEdition = (path) => path.startsWith(EDITION);

const copyOf = async (answer) => {
  const now = new Date();
  const time = now.toLocaleTimeString("id-ID", { ...WIB, hour: "2-digit", minute: "2-digit" });
  const day = now.toLocaleDateString("id-ID", { ...WIB, weekday: "long", day: "numeric", month: "long" });
  const note = `<div class="container messages"><div class="notice notice--wait" role="status"><p>Tidak ada sinyal. Ini salinan yang disimpan pukul ${time} WIB, ${day}.</p></div></div>`;
  const page = (await answer.text()).replace(/<main[^>]*>/, (main) => main + note);
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": answer.headers.get("Content-Security-Policy"),
    "X-Kept-At": String(now.getTime()),
  };
  return new Response(page, { headers });
};

// Without cookies, so the copy never holds the name of whoever is signed in.
const keepPage = async (store, path) => {
  const answer = await fetch(path, { credentials: "omit" });
  if (!answer.ok) return "";
  const copy = await copyOf(answer);
  const text = await copy.clone().text();
  await store.put(path, copy);
  return text;
};

// The links that say data-luring are of this edition; pages of the one before go.
const keepFriday = async () => {
  const store = await caches.open(STORE);
  const text = await keepPage(store, FRIDAY);
  if (!text) return;
  const links = text.match(/<a [^>]*data-luring[^>]*>/g) || [];
  const paths = links.map((link) => link.match(/href="([^"]+)"/)[1]).filter((path) => path.startsWith(EDITION));
  const kept = (await store.keys()).filter((asked) => isOfEdition(new URL(asked.url).pathname));
  await Promise.all(kept.filter((asked) => !paths.includes(new URL(asked.url).pathname)).map((asked) => store.delete(asked)));
  await Promise.all(paths.map((path) => keepPage(store, path)));
};

// The first visit to /jumat/ is over before this worker is there, and a release begins a new store.
const keepFridayIfSeen = async () => {
  const pages = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const isOpen = pages.some((page) => new URL(page.url).pathname === FRIDAY);
  if (isOpen || (await caches.match(FRIDAY))) await keepFriday().catch(() => {});
};

const forgetCard = () => caches.delete(CARDS);

const keptCard = async () => {
  const kept = await (await caches.open(CARDS)).match(CARD);
  const age = kept && Date.now() - Number(kept.headers.get("X-Kept-At"));
  return kept && age < CARD_DAYS * 86400000 ? kept : undefined;
};

const openCard = async (event) => {
  const answer = await fetch(event.request);
  if (answer.ok) {
    const copy = answer.clone();
    event.waitUntil(copyOf(copy).then(async (page) => (await caches.open(CARDS)).put(CARD, page)).catch(() => {}));
  }
  return answer;
};

const visit = async (event, path) => {
  try {
    if (path === CARD) return await openCard(event);
    return await fetch(event.request);
  } catch {
    const isMarket = path === FRIDAY || isOfEdition(path);
    const kept = isMarket ? await caches.match(path) : path === CARD ? await keptCard() : undefined;
    return kept || caches.match(OFFLINE);
  }
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  // Without signal too: on a shared phone the card goes at once. A session that is over is sent
  // on to sign in, so it passes here as well.
  if (DOORS.includes(url.pathname)) event.waitUntil(forgetCard());
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate") {
    event.respondWith(visit(event, url.pathname));
    if (url.pathname === FRIDAY) event.waitUntil(keepFriday().catch(() => {}));
  } else if (ASSETS.includes(url.pathname)) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  }
});
{% endautoescape %}
