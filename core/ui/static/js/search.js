// The search of everything: what is typed in the top bar is answered below it; arrows walk, enter opens, escape closes.
let chosen = -1;

function parts() {
  const input = document.querySelector("[data-search-everywhere]");
  return { input, found: document.getElementById("found") };
}

function options() {
  return [...parts().found.querySelectorAll('[role="option"]')];
}

function choose(number) {
  const { input } = parts();
  const all = options();
  chosen = all.length ? (number + all.length) % all.length : -1;
  for (const [place, each] of all.entries()) each.setAttribute("aria-selected", String(place === chosen));
  if (chosen < 0) input.removeAttribute("aria-activedescendant");
  else {
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }
}

function show(on) {
  const { input, found } = parts();
  const open = on && found.childElementCount > 0 && input.value.trim() !== "";
  found.hidden = !open;
  input.setAttribute("aria-expanded", String(open));
  if (!open) {
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    for (const each of options()) each.setAttribute("aria-selected", "false");
  }
}

function key(event) {
  const { found } = parts();
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (found.hidden) show(true);
    const down = event.key === "ArrowDown";
    choose(chosen < 0 ? (down ? 0 : -1) : chosen + (down ? 1 : -1));
  } else if (event.key === "Enter" && !found.hidden && chosen >= 0) {
    event.preventDefault();
    options()[chosen].click();
  } else if (event.key === "Escape" && !found.hidden) {
    event.preventDefault(); // the first takes the answers away, the second what was typed
    show(false);
  }
}

export function startSearch() {
  const { input, found } = parts();
  if (!input || !found) return;
  input.addEventListener("keydown", key);
  input.addEventListener("input", () => show(false));
  input.addEventListener("focus", () => show(true));
  input.form.addEventListener("focusout", (event) => {
    if (!input.form.contains(event.relatedTarget)) show(false);
  });
  // A page in place of the answers (an expired session): it is seen when the form is sent.
  found.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.xhr.responseText.includes("data-found")) event.detail.shouldSwap = false;
  });
  found.addEventListener("htmx:afterSwap", () => {
    chosen = -1;
    show(document.activeElement === input);
  });
}
