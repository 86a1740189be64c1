// The list at the door goes on without a signal, also when it is loaded anew: taps are kept on this
// phone under the officer's number and sent when there is a signal again. They hold no names.
// Without this file each tap is a form of its own.
(() => {
  const page = document.querySelector("[data-hadir]");
  if (!page) return;
  const key = (what) => `hadir-${what}-${page.dataset.hadir}-${page.dataset.petugas}`;
  const [WAITING, SENT] = [key("antre"), key("terkirim")];
  const read = (name) => JSON.parse(localStorage.getItem(name) || "[]");
  const write = (name, rows) => rows.length ? localStorage.setItem(name, JSON.stringify(rows)) : localStorage.removeItem(name);
  const banner = document.getElementById("antre");
  const copy = document.querySelector("[data-disimpan]");
  const token = () => page.querySelector("[name=csrfmiddlewaretoken]").value;
  const clock = (at) => new Date(at).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Jakarta" }).replace(":", ".");
  let sending = false;

  // What another day or another officer left on this phone goes after two days.
  for (const name of Object.keys(localStorage)) {
    const isOld = ({ pada }) => Date.now() - Date.parse(pada) > 172800000;
    if (name.startsWith("hadir-") && read(name).every(isOld)) localStorage.removeItem(name);
  }
  // A page that comes from the server has heard of what was sent; a copy has not.
  if (!copy) write(SENT, []);

  const tell = (text, kind) => {
    banner.textContent = text;
    banner.className = `notice notice--${kind}`;
    banner.hidden = !text;
  };
  const waiting = () => {
    const n = read(WAITING).length;
    tell(n ? `Tidak ada sinyal. ${n} catatan tersimpan di HP ini dan dikirim sendiri begitu ada sinyal.` : "", "wait");
  };
  const back = () => {
    const words = copy && copy.querySelector("p");
    if (!words) return;
    const link = document.createElement("a");
    link.href = page.dataset.kirim;
    link.textContent = "Muat daftar terbaru";
    words.replaceChildren("Sinyal sudah kembali. ", link, ".");
  };

  // What row and count look like until the server has heard of it.
  const total = document.getElementById("hadir-jumlah");
  const show = (tap) => {
    const row = page.querySelector(`[data-siapa="${tap.siapa}"]`);
    if (!row) return;
    const here = tap.apa === "hadir";
    const done = tap.apa !== "batal";
    total.textContent = Number(total.textContent) + here - row.classList.contains("is-present");
    row.classList.toggle("is-present", here);
    row.querySelector("[data-kapan]").textContent = here ? `Hadir pukul ${clock(tap.pada)} WIB` : done ? "Tidak hadir" : "";
    const [button, ...others] = row.querySelectorAll("button[name=apa]");
    if (!button) return;
    button.value = done ? "batal" : "hadir";
    button.className = done ? "btn btn-link btn-sm" : "btn btn-primary";
    button.firstChild.textContent = done ? "Batalkan" : "Hadir";
    for (const other of others) other.hidden = done;
  };
  const send = async () => {
    const rows = read(WAITING);
    if (sending || !rows.length) return waiting();
    sending = true;
    try {
      const answer = await fetch(page.dataset.kirim, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        body: JSON.stringify(rows),
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) {
        tell(`${rows.length} catatan belum terkirim. Masuk lagi, lalu buka halaman ini: catatannya tetap tersimpan.`, "bad");
        return;
      }
      if (!answer.ok) throw new Error(answer.status);
      const said = await answer.json();
      const sent = new Set(rows.map((row) => row.id));
      write(WAITING, read(WAITING).filter((row) => !sent.has(row.id)));
      const refused = said.filter((each) => each.teks);
      const unheard = new Set(refused.map((each) => each.id));
      write(SENT, [...read(SENT), ...rows.filter((row) => !unheard.has(row.id))]);
      back();
      if (refused.length) tell(refused.map((each) => each.teks).join(" "), "bad");
      else waiting();
    } catch {
      waiting();
    } finally {
      sending = false;
    }
  };

  // Names are found and lists narrowed on the phone; the server does it when this file is missing.
  const search = document.getElementById("cari-hadir");
  const rows = [...page.querySelectorAll("[data-cari]")];
  const asked = new URLSearchParams(location.search);
  const nobody = document.getElementById("hadir-kosong");
  let chosen = "lengkap" in page.dataset && asked.get("tampil") || "";
  const find = () => {
    const word = search.value.trim().toLowerCase().split("/").filter(Boolean).pop() || "";
    for (const row of rows) {
      const here = row.classList.contains("is-present");
      const isOther = (chosen === "hadir" && !here) || (chosen === "belum" && here);
      row.hidden = isOther || (word.length > 2 && !row.dataset.cari.includes(word));
    }
    if (nobody) nobody.hidden = !rows.length || rows.some((row) => !row.hidden);
  };
  const mark = () => {
    for (const chip of page.querySelectorAll("[data-tampil]")) {
      if (chip.dataset.tampil === chosen) chip.setAttribute("aria-current", "true");
      else chip.removeAttribute("aria-current");
    }
  };
  search.addEventListener("input", find);
  if ("lengkap" in page.dataset) {
    search.form.addEventListener("submit", (event) => {
      event.preventDefault();
      find();
    });
    page.addEventListener("click", (event) => {
      const chip = event.target.closest("[data-tampil]");
      if (!chip) return;
      event.preventDefault();
      chosen = chip.dataset.tampil;
      mark();
      find();
    });
    search.value ||= asked.get("q") || "";
    mark();
  }

  page.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.matches("[data-ketuk]") || !button || form.elements.alasan) return;
    event.preventDefault();
    const tap = { id: crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`, siapa: Number(form.elements.siapa.value), apa: button.value, pada: new Date().toISOString() };
    write(WAITING, [...read(WAITING), tap]);
    show(tap);
    send();
  });

  for (const tap of [...read(SENT), ...read(WAITING)]) show(tap);
  find();
  addEventListener("online", () => (read(WAITING).length ? send() : back()));
  setInterval(() => read(WAITING).length && send(), 5000);
  send();
})();
