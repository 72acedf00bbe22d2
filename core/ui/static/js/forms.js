// Forms: a post goes out once, and typed work is not lost by walking away.
const dirty = new Set();

function busy(form, on) {
  form.dataset.sent = on ? "true" : "";
  const outside = form.id ? [...document.querySelectorAll(`[form="${CSS.escape(form.id)}"][type="submit"]`)] : [];
  for (const button of [...form.querySelectorAll('[type="submit"]'), ...outside]) {
    if (on) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
}

function sent(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "multi" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  dirty.delete(form);
  busy(form, true);
  // A post that answers with a file leaves this page standing: it may be sent again.
  if ("download" in form.dataset) setTimeout(() => busy(form, false), 3000);
}

export function startForms() {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && "guard" in form.dataset) dirty.add(form);
  });
  document.addEventListener("change", (event) => {
    if ("submitOnChange" in event.target.dataset) event.target.form.requestSubmit();
  });
  document.addEventListener("submit", sent);
  addEventListener("beforeunload", (event) => {
    if (dirty.size) event.preventDefault();
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent='true']")) busy(form, false);
  });
}
