// Lists: a click anywhere in a row opens it; search, filters, sorting and paging exchange the list in place.
import { startDrops } from "./drops.js";

let asked = null; // what was asked for last, so that it can be asked for again

function openRow(event) {
  const row = event.target.closest("tr[data-row-url]");
  if (!row || event.button > 1 || event.target.closest("a, button, input, select, textarea, label, form")) return;
  if (String(getSelection())) return;
  if (event.ctrlKey || event.metaKey || event.button === 1) window.open(row.dataset.rowUrl, "_blank", "noopener");
  else location.assign(row.dataset.rowUrl);
}

function path(event) {
  return event.detail.pathInfo.finalRequestPath ?? event.detail.pathInfo.requestPath;
}

function isList(event) {
  return event.detail.target?.id === "list";
}

function say(kind) {
  const fault = document.querySelector("[data-list-fault]");
  if (!fault) return location.assign(asked);
  const line = fault.querySelector("p");
  line.textContent = kind === "network" ? line.dataset.textNetwork : line.dataset.textError;
  fault.hidden = false;
  fault.querySelector("button").focus();
}

// The address follows when the list has come.
async function askAgain() {
  const address = asked;
  await window.htmx.ajax("GET", address, { target: "#list", select: "#list", swap: "outerHTML show:none" });
  const fault = document.querySelector("[data-list-fault]");
  if (fault?.hidden && !/[?&](add|edit)=/.test(address)) history.pushState({ htmx: true }, "", address);
}

function wait(on) {
  const place = document.querySelector("#list .list-wait");
  if (place) place.textContent = on ? place.dataset.text : "";
}

// Whoever reads with their ears hears how many there are now; the focus never falls out of the list.
function settle() {
  const said = document.getElementById("list-said");
  const total = document.querySelector("#list .pager-total, #list .empty-text");
  if (said && total) said.textContent = total.textContent;
  if (document.activeElement === document.body) document.getElementById("list")?.focus({ preventScroll: true });
}

// "Is empty" and "is filled in" take no value.
function showValue(choice) {
  const place = choice.form.querySelector("[data-filter-value]");
  place.hidden = ["none", "some"].includes(choice.value);
  for (const each of place.querySelectorAll("input, select")) each.disabled = place.hidden;
}

function startEditor(root) {
  for (const choice of root.querySelectorAll("[data-filter-how]")) showValue(choice);
}

export function startLists() {
  startDrops();
  startEditor(document);
  document.addEventListener("click", openRow);
  document.addEventListener("auxclick", openRow);
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-filter-how]")) showValue(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.target.closest?.(".filter-editor")?.querySelector("[data-filter-cancel]")?.click();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-list-again]")) askAgain();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!isList(event)) return;
    asked = path(event);
    wait(true);
  });
  document.addEventListener("htmx:afterRequest", () => wait(false));
  document.addEventListener("htmx:afterSettle", (event) => {
    startEditor(document);
    if (event.detail.elt.id === "list") settle();
  });
  // The page of an expired session is not a list: show it as the page that it is.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!isList(event) || event.detail.xhr.status >= 400 || event.detail.xhr.responseText.includes('id="list"')) return;
    event.detail.shouldSwap = false;
    location.assign(path(event));
  });
  document.addEventListener("htmx:sendError", (event) => isList(event) && say("network"));
  document.addEventListener("htmx:responseError", (event) => {
    if (!isList(event)) return;
    if ([401, 403, 404].includes(event.detail.xhr.status)) location.assign(path(event));
    else say("error");
  });
}
