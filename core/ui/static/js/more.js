// More of a list where it stands: the focus goes on to the first that came, and what happened is said aloud.
import { text } from "./text.js";
import { fault } from "./forms.js";

let came = null; // what stood before the new ones

function note(link) {
  const place = link.closest("tr, li");
  let line = place.querySelector("[data-more-fault]");
  if (!line) {
    line = document.createElement("span");
    line.className = "field-error";
    line.dataset.moreFault = "";
    line.setAttribute("role", "alert");
    link.after(line);
  }
  line.textContent = text("noAnswer");
}

function first(place) {
  const next = came ? came.nextElementSibling : place.firstElementChild;
  const target = next?.querySelector("a, button") ?? next;
  if (!target) return;
  if (target === next) next.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
}

// The page of an expired session is no part of this one: it is shown as what it is.
function isPart(event) {
  return !event.detail.xhr.responseText.includes("<html");
}

export function startMore() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig?.elt;
    const isMore = form?.matches?.("[data-more]");
    if (!isMore && event.detail.target?.id !== "timeline-inside") return;
    if (event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    } else if (event.detail.xhr.status < 300 && !isPart(event)) {
      event.detail.shouldSwap = false;
      if (form?.matches?.("form")) fault(form, text("keptRefused"));
      else location.reload();
    }
    if (isMore && event.detail.shouldSwap) came = form.closest("tr, li").previousElementSibling;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const form = event.detail.requestConfig?.elt;
    if (form?.matches?.("[data-more]") && !document.contains(form)) {
      if (document.activeElement === document.body && came) first(came.parentElement);
      came = null;
    }
    const inside = document.getElementById("timeline-inside");
    if (inside?.dataset.said) {
      document.getElementById("timeline-said").textContent = inside.dataset.said;
      inside.dataset.said = "";
    }
  });
  for (const kind of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(kind, (event) => {
      const link = event.detail.requestConfig?.elt ?? event.detail.elt;
      if (link?.matches?.("[data-more], .timeline-kind")) note(link);
    });
  }
}
