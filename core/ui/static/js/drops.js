// Menus that open without scripts (<details data-drop>): a click elsewhere and Escape close them, arrows walk in them.
function close(menu, back) {
  menu.open = false;
  if (back) menu.querySelector("summary").focus();
}

function step(menu, event) {
  const items = [...menu.querySelectorAll(".drop-box a, .drop-box button")].filter((each) => each.checkVisibility());
  const here = items.indexOf(document.activeElement);
  const next = event.key === "ArrowDown" ? here + 1 : here - 1;
  if (!items.length || (here < 0 && event.target.tagName !== "SUMMARY")) return;
  event.preventDefault();
  items[(next + items.length) % items.length].focus();
}

export function startDrops() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-drop][open]")) {
      if (!menu.contains(event.target)) close(menu, false);
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("details[data-drop][open]");
    if (!menu) return;
    if (event.key === "Escape") close(menu, true);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(menu, event);
  });
}
