// <button data-pindai="id-of-field" hidden>: reads a QR code with the camera into a field, where the
// browser can (Chrome on Android). With data-kirim its form is sent at once. Elsewhere one types.
(() => {
  const button = document.querySelector("[data-pindai]");
  if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const field = document.getElementById(button.dataset.pindai);
  const video = document.querySelector("[data-kamera]");
  const words = document.getElementById("pindai-pesan");
  const label = button.textContent;
  const tell = (text) => {
    words.textContent = text;
    words.hidden = !text;
  };
  const stop = () => {
    for (const track of video.srcObject?.getTracks() || []) track.stop();
    video.srcObject = null;
    video.hidden = true;
    button.textContent = label;
  };
  const found = (code) => {
    stop();
    tell("");
    field.value = code;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if ("kirim" in button.dataset) field.form.requestSubmit();
  };
  const start = async () => {
    tell("");
    const reader = new BarcodeDetector({ formats: ["qr_code"] });
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return tell("Kamera tidak bisa dibuka. Izinkan kamera untuk situs ini, atau ketik kodenya.");
    }
    video.hidden = false;
    button.textContent = "Tutup kamera";
    await video.play();
    const look = async () => {
      if (!video.srcObject) return;
      const [code] = await reader.detect(video).catch(() => []);
      if (code) return found(code.rawValue);
      setTimeout(look, 150);
    };
    look();
  };
  button.hidden = false;
  document.querySelector("[data-tanpa-pemindai]")?.remove();
  button.addEventListener("click", () => (video.srcObject ? stop() : start()));
  addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => document.hidden && stop());
})();
