// Forms: a post goes out once, and only when the server is there to take it; otherwise the form stays as it is.
import { sending, settle } from "./drafts.js";
import { text } from "./text.js";

const LONGEST = 15_000; // milliseconds
// As the page says it: a form's own properties are hidden by fields of the same names, such as `method`.
const said = (form, name) => (form.getAttribute(name) ?? "").toLowerCase();
const judged = new WeakSet(); // forms whose server has answered a moment ago

function busy(form, on) {
  form.dataset.sent = on ? "true" : "";
  const id = form.getAttribute("id");
  const outside = id ? [...document.querySelectorAll(`[form="${CSS.escape(id)}"][type="submit"]`)] : [];
  for (const button of [...form.querySelectorAll('[type="submit"]'), ...outside]) {
    if (on) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
}

// What went wrong is said where the button is, which keeps the focus.
export function fault(form, message) {
  const place = form.querySelector(".form-do") ?? form;
  let line = place.querySelector("[data-form-fault]");
  if (!line) {
    line = document.createElement("p");
    line.className = "field-error form-fault";
    line.dataset.formFault = "";
    line.setAttribute("role", "alert");
    place.append(line);
  }
  line.textContent = message;
}

async function ask() {
  await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(LONGEST) });
}

async function check(form, submitter) {
  busy(form, true);
  try {
    await ask();
  } catch {
    busy(form, false);
    return fault(form, text("keptNoAnswer"));
  }
  form.querySelector("[data-form-fault]")?.remove();
  judged.add(form);
  form.requestSubmit(submitter);
}

// Whoever typed much, or chose a file, would lose it with the page.
const isWork = (form) => "guard" in form.dataset || said(form, "enctype") === "multipart/form-data";

function sent(event) {
  const form = event.target;
  if (event.defaultPrevented || said(form, "method") !== "post" || "multi" in form.dataset || form.hasAttribute("hx-post")) return;
  const isJudged = judged.delete(form);
  if (form.dataset.sent && !isJudged) {
    event.preventDefault();
    return;
  }
  if (isWork(form) && !isJudged) {
    event.preventDefault();
    check(form, event.submitter);
    return;
  }
  sending(form);
  busy(form, true);
  // A post that answers with a file leaves this page standing: it may be sent again.
  if ("download" in form.dataset) setTimeout(() => busy(form, false), 3000);
}

function exchanged(event) {
  const form = event.detail.requestConfig?.elt ?? event.detail.elt;
  if (!form?.matches?.("form[data-guard]")) return;
  const { xhr } = event.detail;
  const isPart = !xhr.responseText.includes("<html"); // else it is the log-in, after the session expired
  if (xhr.status === 200 && isPart) settle(form);
  else if (xhr.status === 0) fault(form, text("keptNoAnswer"));
  else if (xhr.status !== 422) fault(form, text("keptRefused"));
}

// Where the work of a page begins: what stands there is selected, so that typing replaces it.
function begin() {
  const first = document.querySelector("[data-begin]");
  if (!first || document.querySelector("[data-focus]")) return;
  first.focus({ preventScroll: true });
  first.select();
}

export function startForms() {
  begin();
  document.addEventListener("change", (event) => {
    if ("submitOnChange" in event.target.dataset) event.target.form.requestSubmit();
  });
  document.addEventListener("submit", sent);
  document.addEventListener("htmx:afterRequest", exchanged);
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent='true']")) busy(form, false);
  });
}
