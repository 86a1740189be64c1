// What an officer's phone kept at the door of a market (js/hadir.js) goes when she signs out, from
// the portal as from the desk; what was not sent yet is said first, since it would be lost.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[action*='/akun/keluar/'], form[action*='/admin/logout/']")) return;
  const kept = Object.keys(localStorage).filter((name) => name.startsWith("hadir-"));
  const waits = kept.filter((name) => name.startsWith("hadir-antre-"));
  const n = waits.reduce((sum, name) => sum + JSON.parse(localStorage.getItem(name)).length, 0);
  if (n && !confirm(`${n} catatan hadir belum terkirim dan akan hilang. Tetap keluar?`)) return event.preventDefault();
  for (const name of kept) localStorage.removeItem(name);
});
