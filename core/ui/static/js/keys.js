// Lists by keyboard: arrows move the mark from row to row, single keys do the usual. They can be switched off.
import { toggle } from "./picks.js";
import { recallOwn, rememberOwn } from "./store.js";

const rows = () => [...document.querySelectorAll("#list .row-link")];
const marked = () => document.activeElement?.closest?.("#list tr[data-row-url]");

export function writing(element) {
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

export function keysAreOn() {
  return recallOwn("keys") !== "off";
}

function step(by) {
  const all = rows();
  if (!all.length) return false;
  const here = all.indexOf(marked()?.querySelector(".row-link"));
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1);
  all[next].focus();
  return true;
}

function follow(selector, root = document) {
  const link = root?.querySelector(selector);
  link?.click();
  return Boolean(link);
}

const actions = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  e() {
    const address = marked()?.dataset.editUrl;
    if (address) location.assign(address);
    return Boolean(address);
  },
  x() {
    const row = marked();
    if (row) toggle(row);
    return Boolean(row);
  },
  n: () => follow('[data-key="n"]'),
  "?"() {
    const help = document.getElementById("keys");
    help?.showModal();
    return Boolean(help);
  },
};

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]") || event.target.closest("[data-drop][open], [role='menu']")) return;
  const isBox = event.target.matches?.("[data-pick], [data-pick-page]");
  if (writing(event.target) && !isBox) return;
  const isCharacter = event.key.length === 1;
  if (isCharacter && !keysAreOn() && event.key !== "?") return;
  if (Object.hasOwn(actions, event.key) && actions[event.key]()) event.preventDefault();
}

export function startKeys() {
  const box = document.querySelector("[data-keys-on]");
  if (box) {
    box.checked = keysAreOn();
    box.addEventListener("change", () => rememberOwn("keys", box.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", press);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-help]")) document.getElementById("keys")?.showModal();
  });
}
