// Registers the worker that keeps the offline page and the last copy of /jumat/.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
