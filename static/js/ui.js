// Small helps for people who are signed in. Every page works without this file.
(() => {
  const say = (text) => {
    const toast = document.createElement("div");
    toast.className = "toast-msg";
    toast.setAttribute("role", "status");
    toast.textContent = text;
    document.body.append(toast);
    setTimeout(() => toast.remove(), 4000);
  };

  // <button type="button" data-salin="teks" hidden>Salin</button>
  for (const button of document.querySelectorAll("[data-salin]")) {
    if (navigator.clipboard) button.hidden = false;
  }
  // <button type="button" data-cetak hidden>Cetak</button>
  for (const button of document.querySelectorAll("[data-cetak]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-salin]");
    if (copy) navigator.clipboard.writeText(copy.dataset.salin).then(() => say("Disalin"), () => {});
    if (event.target.closest("[data-cetak]")) print();
  });

  for (const field of document.querySelectorAll("input[type=password]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-link btn-sm";
    button.textContent = "Tampilkan kata sandi";
    button.addEventListener("click", () => {
      const hidden = field.type === "password";
      field.type = hidden ? "text" : "password";
      button.textContent = hidden ? "Sembunyikan kata sandi" : "Tampilkan kata sandi";
    });
    field.after(button);
  }

  // A picture shows before it is sent, so a wrong one is noticed in time.
  const size = (bytes) => `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`;
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file") return;
    input.parentElement.querySelectorAll(".upload__file--preview").forEach((old) => old.remove());
    for (const file of [...input.files].reverse()) {
      const row = document.createElement("div");
      row.className = "upload__file upload__file--preview";
      const words = document.createElement("div");
      const name = document.createElement("b");
      name.textContent = file.name;
      words.append(name, size(file.size));
      if (/^image\/(jpeg|png|webp)$/.test(file.type)) {
        const picture = new Image(72, 72);
        picture.alt = "";
        picture.src = URL.createObjectURL(file);
        picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
        row.append(picture);
      }
      row.append(words);
      input.after(row);
    }
  });

  // A second press while the first is on its way does nothing; Back makes the form usable again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.terkirim) event.preventDefault();
    form.dataset.terkirim = "1";
    setTimeout(() => delete form.dataset.terkirim, 5000);
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.terkirim;
  });

  document.querySelector(".error-summary")?.focus();
})();
