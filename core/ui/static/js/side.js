// The side bar: narrow or wide, groups folded or open; both remembered for each person.
import { recallOwn, rememberOwn } from "./store.js";

const root = document.documentElement;

function showWidth() {
  const narrow = root.dataset.side === "narrow";
  document.querySelector("[data-side-fold]")?.setAttribute("aria-pressed", String(narrow));
}

function toggleWidth() {
  if (root.dataset.side === "narrow") delete root.dataset.side;
  else root.dataset.side = "narrow";
  rememberOwn("side", root.dataset.side ?? "wide");
  showWidth();
}

function toggleGroup(head) {
  const open = head.getAttribute("aria-expanded") !== "true";
  head.setAttribute("aria-expanded", String(open));
  const id = head.closest("[data-nav-group]").dataset.navGroup;
  const others = JSON.parse(recallOwn("folded") || "[]").filter((each) => each !== id);
  rememberOwn("folded", JSON.stringify(open ? others : [...others, id]));
}

export function startSide() {
  showWidth();
  // On a phone it opens as a dialog; closed, it is a part of the page again.
  document.addEventListener("hidden.bs.offcanvas", (event) => {
    if (event.target.id === "side") event.target.role = "complementary";
  });
  document.addEventListener("click", (event) => {
    const head = event.target.closest("[data-nav-fold]");
    if (head) toggleGroup(head);
    if (event.target.closest("[data-side-fold]")) toggleWidth();
  });
}
