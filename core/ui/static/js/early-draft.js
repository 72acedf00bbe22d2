// Runs right after the place where a draft is offered: it is there from the first, so that nothing moves later.
(() => {
  const box = [...document.querySelectorAll("[data-draft]")].pop();
  const form = box?.closest("form");
  if (!form || document.querySelector("[data-focus]")) return;
  try {
    const person = document.documentElement.dataset.person || "";
    const place = `zhidu.draft.${person}.${location.pathname}${location.search}#${form.dataset.guard || ""}.`;
    const waits = (store) => Object.keys(store).some((key) => key.startsWith(place));
    box.hidden = Boolean(sessionStorage.getItem("zhidu.sent")) || !(waits(localStorage) || waits(sessionStorage));
  } catch {
    // storage is switched off: there is no draft
  }
})();
