{% autoescape off %}// Keeps pages for when there is no signal: the offline page, the last copy of /jumat/ with the plan
// and the sellers it leads to, and of whoever is signed in, until she signs out, the member card or
// an officer's list at the door of a market that is open now.
const STORE = "umkm-{{ version }}";
const FRIDAY = "/jumat/";
const EDITION = "/jbl/";
const OFFLINE = "/luring/";
const CARD = "/saya/kartu/";
// A store of its own: a release keeps it, signing in or out empties it.
const CARDS = "umkm-kartu";
const CARD_DAYS = 30;
// The list at the door names people, so only while the server says: until the market is over.
const LIST = /^\/petugas\/hadir\/\d+\/$/;
const LISTS = "umkm-hadir";
const DOORS = ["/akun/keluar/", "/akun/masuk/", "/admin/logout/"];
const ASSETS = {{ assets }};
const WIB = { timeZone: "Asia/Jakarta" };

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(STORE)
      .then((store) => store.addAll([new Request(OFFLINE, { credentials: "omit" }), ...ASSETS]))
      .then(keepWhatIsOpen)
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => ![STORE, CARDS, LISTS].includes(name)).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

const isOfEdition = (path) => path.startsWith(EDITION);

const copyOf = async (answer) => {
  const now = new Date();
  const time = now.toLocaleTimeString("id-ID", { ...WIB, hour: "2-digit", minute: "2-digit" });
  const day = now.toLocaleDateString("id-ID", { ...WIB, weekday: "long", day: "numeric", month: "long" });
  const note = `<div class="container messages" data-disimpan="${now.getTime()}"><div class="notice notice--wait" role="status"><p>Tidak ada sinyal. Ini salinan yang disimpan pukul ${time} WIB, ${day}.</p></div></div>`;
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

// One list, with the scripts and styles of its release; the list of another market takes its place.
const keepList = async (path, answer) => {
  const until = answer.ok && answer.headers.get("X-Keep-Until");
  if (until || (await caches.match(path))) await caches.delete(LISTS);
  if (!until) return;
  const copy = await copyOf(answer);
  copy.headers.set("X-Keep-Until", until);
  const parts = (await copy.clone().text()).matchAll(/ (?:src|href)="([^"]+\.(?:js|css))"/g);
  const store = await caches.open(LISTS);
  await store.put(path, copy);
  await store.addAll([...new Set([...parts].map((part) => part[1]))]);
};

const keptList = async (path) => {
  const kept = await caches.match(path);
  if (!kept || Date.now() < Number(kept.headers.get("X-Keep-Until"))) return kept;
  await caches.delete(LISTS);
};

const dropOldList = async () => {
  if (!(await caches.has(LISTS))) return;
  const asked = await (await caches.open(LISTS)).keys();
  const list = asked.map((each) => new URL(each.url).pathname).find((path) => LIST.test(path));
  if (list) await keptList(list);
};

// A search of the list is not the list; a page that is no longer hers is kept no longer.
const openList = async (event, url) => {
  const answer = await fetch(event.request);
  if (!url.search || !answer.ok) {
    event.waitUntil(keepList(url.pathname, answer.clone()).catch(() => {}));
  }
  return answer;
};

// A first visit is over before this worker is there, and a release begins a new store.
const keepWhatIsOpen = async () => {
  const pages = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const paths = pages.map((page) => new URL(page.url).pathname);
  if (paths.includes(FRIDAY) || (await caches.match(FRIDAY))) await keepFriday().catch(() => {});
  const list = paths.find((path) => LIST.test(path));
  // It may fall between a tap and its page, which then has something to say: not to this one.
  const unread = { redirect: "manual", headers: { "X-Salinan": "ya" } };
  if (list) await fetch(list, unread).then((answer) => keepList(list, answer)).catch(() => {});
};

const forget = () => Promise.all([CARDS, LISTS].map((name) => caches.delete(name)));

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

const keptPage = (path) => {
  if (path === FRIDAY || isOfEdition(path)) return caches.match(path);
  if (path === CARD) return keptCard();
  return LIST.test(path) ? keptList(path) : undefined;
};

const visit = async (event, url) => {
  const path = url.pathname;
  try {
    if (path === CARD) return await openCard(event);
    if (LIST.test(path)) return await openList(event, url);
    return await fetch(event.request);
  } catch {
    return (await keptPage(path)) || caches.match(OFFLINE);
  }
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  // Without signal too: on a shared phone what is hers goes at once. A session that is over is sent
  // on to sign in, so it passes here as well.
  if (DOORS.includes(url.pathname)) event.waitUntil(forget());
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate") {
    event.respondWith(visit(event, url));
    event.waitUntil(dropOldList());
    if (url.pathname === FRIDAY) event.waitUntil(keepFriday().catch(() => {}));
  } else if (ASSETS.includes(url.pathname)) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  } else if (["script", "style"].includes(event.request.destination)) {
    event.respondWith(fetch(event.request).catch(async () => (await caches.match(event.request)) || Response.error()));
  }
});
{% endautoescape %}
