// Light, dark or as the system; remembered for each person; before the log-in, and for who chose nothing, for the browser. On paper always light.
import { recall, recallOwn, rememberOwn } from "./store.js";

const system = matchMedia("(prefers-color-scheme: dark)");

function wanted() {
  const kept = recallOwn("theme") ?? recall("theme");
  return kept === "light" || kept === "dark" ? kept : "auto";
}

function apply() {
  const choice = wanted();
  const dark = choice === "dark" || (choice === "auto" && system.matches);
  document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
  for (const button of document.querySelectorAll("[data-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.theme === choice));
  }
}

export function startTheme() {
  apply();
  system.addEventListener("change", apply);
  addEventListener("beforeprint", () => { document.documentElement.dataset.bsTheme = "light"; });
  addEventListener("afterprint", apply);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme]");
    if (!button) return;
    rememberOwn("theme", button.dataset.theme);
    apply();
  });
}
