// The list at the door goes on without a signal: taps are kept on this phone and sent when there
// is one again. Without this file each tap is a form of its own.
(() => {
  const page = document.querySelector("[data-hadir]");
  if (!page) return;
  const key = `hadir-${page.dataset.hadir}`;
  const banner = document.getElementById("antre");
  const token = () => page.querySelector("[name=csrfmiddlewaretoken]").value;
  const read = () => JSON.parse(localStorage.getItem(key) || "[]");
  const write = (rows) => localStorage.setItem(key, JSON.stringify(rows));
  const clock = (at) => new Date(at).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Jakarta" }).replace(":", ".");
  let sending = false;

  const tell = (text, kind) => {
    banner.textContent = text;
    banner.className = `notice notice--${kind}`;
    banner.hidden = !text;
  };
  const waiting = () => {
    const n = read().length;
    tell(n ? `Tidak ada sinyal. ${n} catatan tersimpan di HP ini dan dikirim sendiri begitu ada sinyal.` : "", "wait");
  };

  // What the row looks like until the server has heard of it.
  const show = (tap) => {
    const row = page.querySelector(`[data-siapa="${tap.siapa}"]`);
    if (!row) return;
    const here = tap.apa === "hadir";
    const done = tap.apa !== "batal";
    row.classList.toggle("is-present", here);
    row.querySelector("[data-kapan]").textContent = here ? `Hadir pukul ${clock(tap.pada)} WIB` : done ? "Tidak hadir" : "";
    const [button, ...others] = row.querySelectorAll("button[name=apa]");
    button.value = done ? "batal" : "hadir";
    button.className = done ? "btn btn-link btn-sm" : "btn btn-primary";
    button.firstChild.textContent = done ? "Batalkan" : "Hadir";
    for (const other of others) other.hidden = done;
    const count = page.querySelectorAll(".door__row.is-present").length;
    document.getElementById("hadir-jumlah").textContent = count;
  };

  const send = async () => {
    const rows = read();
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
      write(read().filter((row) => !sent.has(row.id)));
      const refused = said.filter((each) => each.teks);
      if (refused.length) tell(refused.map((each) => each.teks).join(" "), "bad");
      else if (read().length) waiting();
      else tell("", "ok");
    } catch {
      waiting();
    } finally {
      sending = false;
    }
  };

  page.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.matches("[data-ketuk]") || !button || form.elements.alasan) return;
    event.preventDefault();
    const tap = { id: crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`, siapa: Number(form.elements.siapa.value), apa: button.value, pada: new Date().toISOString() };
    write([...read(), tap]);
    show(tap);
    send();
  });

  // Names are found on the phone; the form asks the server when this file is missing.
  const search = document.getElementById("cari-hadir");
  const rows = [...page.querySelectorAll("[data-cari]")];
  const find = () => {
    const word = search.value.trim().toLowerCase().split("/").filter(Boolean).pop() || "";
    for (const row of rows) row.hidden = word.length > 2 && !row.dataset.cari.includes(word);
  };
  search.addEventListener("input", find);
  search.form.addEventListener("submit", (event) => {
    if (rows.length) event.preventDefault();
    find();
  });

  // A card's code by the camera, where the browser can read one.
  const scan = page.querySelector("[data-pindai]");
  if (scan && "BarcodeDetector" in window && navigator.mediaDevices) {
    scan.hidden = false;
    scan.addEventListener("click", async () => {
      const video = page.querySelector("video");
      const reader = new BarcodeDetector({ formats: ["qr_code"] });
      try {
        video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch {
        return tell("Kamera tidak bisa dibuka. Ketik 3 huruf namanya.", "bad");
      }
      video.hidden = false;
      await video.play();
      const look = async () => {
        const [code] = await reader.detect(video).catch(() => []);
        if (!code) return requestAnimationFrame(look);
        for (const track of video.srcObject.getTracks()) track.stop();
        video.hidden = true;
        search.value = code.rawValue;
        find();
      };
      look();
    });
  }

  for (const tap of read()) show(tap);
  addEventListener("online", send);
  setInterval(() => read().length && send(), 5000);
  send();
})();
