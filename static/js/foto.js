// Shrinks photos before they leave the phone; shows how far they are. What fails goes as it is.
document.querySelectorAll("[data-foto]").forEach((form) => {
  const input = form.querySelector("[type=file]");
  const bar = form.querySelector("progress");
  const say = (word) => (bar.previousSibling.textContent = bar.dataset[word]);
  const MOST = 45e4;
  let work, busy;

  const shrink = async (file) => {
    if (file.size < MOST) return file;
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const { width: w, height: h } = image;
    const scale = Math.min(1, Math.max(1200 / w, 420 / h));
    const canvas = new OffscreenCanvas(w * scale, h * scale);
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, w, h);
    paper.imageSmoothingQuality = "high";
    paper.drawImage(image, 0, 0, w * scale, h * scale);
    for (const quality of [0.86, 0.7, 0.5, 0.3]) {
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
      if (blob.size < MOST) return new File([blob], file.name + ".jpg");
    }
    return file;
  };
  input.onchange = () => {
    const given = [...input.files];
    work = (async () => {
      const box = new DataTransfer();
      for (const file of given) box.items.add(await shrink(file).catch(() => file));
      if (given[0] === input.files[0]) input.files = box.files;
    })().catch(() => 0);
  };
  form.onsubmit = async (e) => {
    if (!input.files[0]) return;
    e.preventDefault();
    if (busy) return;
    busy = say("siap");
    bar.parentNode.hidden = false;
    await work;
    const sent = new XMLHttpRequest();
    sent.upload.onprogress = (at) => (bar.value = at.loaded / at.total) && say("kirim");
    sent.onload = () => {
      history.replaceState(0, "", sent.responseURL);
        document.write(sent.response);
      document.close();
    };
    sent.onerror = () => (busy = !say("putus"));
    sent.open("POST", form.action);
    sent.send(new FormData(form, e.submitter));
  };
});
