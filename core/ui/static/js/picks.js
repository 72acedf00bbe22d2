// Rows that are selected stay so from page to page, in this tab, until something was done with them.
const memory = {
  read(key) {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(key) || "[]"));
    } catch {
      return new Set();
    }
  },
  write(key, ids) {
    try {
      if (ids.size) sessionStorage.setItem(key, JSON.stringify([...ids]));
      else sessionStorage.removeItem(key);
    } catch {
      // nothing is kept: this page's rows can still be selected
    }
  },
};

const bar = () => document.querySelector("[data-bulk]");
const boxes = () => [...document.querySelectorAll("[data-pick]")];
const keyOf = (form) => `zhidu.picks.${form.dataset.bulk}`;

function show() {
  const form = bar();
  if (!form) return;
  const ids = memory.read(keyOf(form));
  for (const box of boxes()) {
    box.checked = ids.has(box.value);
    box.closest("tr")?.classList.toggle("row-picked", box.checked);
  }
  form.toggleAttribute("data-some", ids.size > 0);
  form.querySelector("[data-bulk-count]").textContent = form.dataset.text.replace("%(count)s", new Intl.NumberFormat(document.documentElement.lang).format(ids.size));
  const every = document.querySelector("[data-pick-page]");
  if (!every) return;
  every.hidden = false;
  const here = boxes().filter((box) => box.checked).length;
  every.checked = here > 0 && here === boxes().length;
  every.indeterminate = here > 0 && !every.checked;
}

function change(event) {
  const form = bar();
  if (!form) return;
  const isPage = event.target.matches("[data-pick-page]");
  if (!isPage && !event.target.matches("[data-pick]")) return;
  const ids = memory.read(keyOf(form));
  for (const box of isPage ? boxes() : [event.target]) {
    if (event.target.checked) ids.add(box.value);
    else ids.delete(box.value);
  }
  memory.write(keyOf(form), ids);
  show();
}

// The ids of other pages travel with those of this one.
function send(event) {
  const form = event.target;
  if (!form.matches("[data-bulk]")) return;
  const shown = new Set(boxes().map((box) => box.value));
  form.querySelector("[data-bulk-others]").value = [...memory.read(keyOf(form))].filter((id) => !shown.has(id)).join(",");
}

export function toggle(row) {
  row.querySelector("[data-pick]")?.click();
}

// The server leads here only when something was done with the rows: a post that failed leaves them selected.
function forget() {
  const form = bar();
  if (!form || location.hash !== "#bulk-done") return;
  memory.write(keyOf(form), new Set());
  history.replaceState(history.state, "", location.pathname + location.search);
}

export function startPicks() {
  forget();
  show();
  document.addEventListener("change", change);
  document.addEventListener("submit", send, true);
  document.addEventListener("htmx:afterSettle", show);
  document.addEventListener("click", (event) => {
    const form = bar();
    if (!form || !event.target.closest("[data-bulk-clear]")) return;
    memory.write(keyOf(form), new Set());
    show();
    document.getElementById("list")?.focus({ preventScroll: true });
  });
}
