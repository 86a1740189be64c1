// One more view of this product: a number goes up; no cookie, and nothing of who looked.
const seen = () => navigator.sendBeacon?.(document.querySelector("[data-hitung]").dataset.hitung);
document.prerendering ? document.addEventListener("prerenderingchange", seen, { once: true }) : seen();
