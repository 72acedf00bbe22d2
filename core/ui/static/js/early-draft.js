// Runs right after the place where a draft is offered: it is there from the first, with its words, so that nothing
// moves later.
(() => {
  const box = [...document.querySelectorAll("[data-draft]")].pop();
  const form = box?.closest("form");
  if (!form || document.querySelector("[data-focus]")) return;
  try {
    const person = document.documentElement.dataset.person || "";
    const place = `zhidu.draft.${person}.${location.pathname}${location.search}#${form.dataset.guard || ""}.`;
    const waiting = [localStorage, sessionStorage].flatMap((store) =>
      Object.keys(store).filter((key) => key.startsWith(place)).map((key) => JSON.parse(store.getItem(key)).at));
    if (!waiting.length || sessionStorage.getItem("zhidu.sent")) return;
    const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    const words = box.querySelector("[data-draft-text]");
    words.textContent = words.dataset.begun.replace("{}", when.format(new Date(Math.max(...waiting))));
    box.hidden = false;
  } catch {
    // storage is switched off, or holds something else: there is no draft
  }
})();
