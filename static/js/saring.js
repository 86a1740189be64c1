// Public lists: swap the results without loading the whole page. Without this script the same
// links and forms load the page. The view answers `X-Fragment: hasil` with what is inside #hasil.
(() => {
  const results = document.getElementById("hasil");
  if (!results || !window.fetch) return;
  let running;

  const show = async (url, remember) => {
    running?.abort();
    running = new AbortController();
    results.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { headers: { "X-Fragment": "hasil" }, signal: running.signal });
      if (!answer.ok || answer.redirected) throw new Error();
      results.innerHTML = await answer.text();
      if (remember) history.pushState(null, "", url);
      results.removeAttribute("aria-busy");
      if (remember) results.querySelector("[data-jumlah]")?.focus({ preventScroll: true });
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-saring]");
    if (!form) return;
    event.preventDefault();
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) data.append(name, value);
    const query = data.toString();
    const path = form.getAttribute("action") || location.pathname;
    if (form.matches(":popover-open")) form.hidePopover();
    show(query ? `${path}?${query}` : path, true);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("form[data-saring] select")) event.target.form.requestSubmit();
  });
  results.addEventListener("click", (event) => {
    const link = event.target.closest(".pager a, .chip[rel]");
    if (link?.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.href, true);
    results.scrollIntoView();
  });
  addEventListener("popstate", () => show(location.href, false));
})();
