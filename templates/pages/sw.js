{% autoescape off %}// Keeps two pages for when there is no signal: the offline page, and the last copy of /jumat/.
const STORE = "umkm-{{ version }}";
const FRIDAY = "/jumat/";
const OFFLINE = "/luring/";
const ASSETS = {{ assets }};
const WIB = { timeZone: "Asia/Jakarta" };

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(STORE)
      .then((store) => store.addAll([new Request(OFFLINE, { credentials: "omit" }), ...ASSETS]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// Without cookies, so the copy never holds the name of whoever is signed in.
const keepFriday = async () => {
  const answer = await fetch(FRIDAY, { credentials: "omit" });
  if (!answer.ok) return;
  const now = new Date();
  const time = now.toLocaleTimeString("id-ID", { ...WIB, hour: "2-digit", minute: "2-digit" });
  const day = now.toLocaleDateString("id-ID", { ...WIB, weekday: "long", day: "numeric", month: "long" });
  const note = `<div class="container messages"><div class="notice notice--wait" role="status"><p>Tidak ada sinyal. Ini salinan yang disimpan pukul ${time} WIB, ${day}.</p></div></div>`;
  const page = (await answer.text()).replace(/<main[^>]*>/, (main) => main + note);
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": answer.headers.get("Content-Security-Policy") };
  await (await caches.open(STORE)).put(FRIDAY, new Response(page, { headers }));
};

const visit = async (request, path) => {
  try {
    return await fetch(request);
  } catch {
    const kept = path === FRIDAY && (await caches.match(FRIDAY));
    return kept || caches.match(OFFLINE);
  }
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    event.respondWith(visit(event.request, url.pathname));
    if (url.pathname === FRIDAY) event.waitUntil(keepFriday().catch(() => {}));
  } else if (ASSETS.includes(url.pathname)) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  }
});
{% endautoescape %}
