// A cell is changed where it stands: the pencil brings its field, Enter or the tick saves, Escape leaves it as it was.
import { fault } from "./forms.js";
import { text } from "./text.js";
import { toast } from "./toasts.js";

const before = new WeakMap(); // cell -> what stood in it
const opened = new WeakMap(); // form -> what stood in its fields when it came

async function ask(url, options = {}) {
  const answer = await fetch(url, { ...options, headers: { Accept: "text/html", "X-Cell": "1" } });
  if (answer.redirected || ![200, 409, 422].includes(answer.status)) {
    if (options.method) throw new Error(String(answer.status)); // what was typed stays in its field
    location.reload(); // an expired session, or a record that is gone: the list says so itself
    return null;
  }
  return { markup: await answer.text(), done: answer.status === 200 };
}

function fill(cell, markup) {
  cell.replaceChildren(...new DOMParser().parseFromString(markup, "text/html").body.childNodes);
  window.htmx.process(cell);
  document.body.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: cell }, bubbles: true }));
  const form = cell.querySelector("[data-cell-form]");
  if (form && !form.querySelector(".field-error")) opened.set(form, entered(form));
}

// While a cell is open its table keeps every column as wide as it is: nothing jumps.
function hold(table) {
  if (!table.tHead?.offsetHeight) return; // on a phone rows are cards
  const on = Boolean(table.querySelector(".cell-open"));
  const headings = [...table.tHead.rows[0].cells];
  if (on === table.classList.contains("table-held")) return;
  const widths = headings.map((each) => `${each.getBoundingClientRect().width}px`);
  for (const [place, each] of headings.entries()) each.style.width = on ? widths[place] : "";
  table.classList.toggle("table-held", on);
}

const entered = (form) => String(new URLSearchParams(new FormData(form)));

async function open(link) {
  const cell = link.closest("td");
  try {
    const found = await ask(link.dataset.cellUrl);
    if (!found) return;
    before.set(cell, [...cell.childNodes]);
    cell.classList.add("cell-open");
    hold(cell.closest("table"));
    fill(cell, found.markup);
    (cell.querySelector("[data-cell-form]").querySelector("input:not([type='hidden']), select, textarea"))?.focus();
  } catch {
    toast(text("noAnswer"));
  }
}

function close(cell) {
  cell.classList.remove("cell-open");
  hold(cell.closest("table"));
  cell.replaceChildren(...(before.get(cell) ?? []));
  cell.querySelector("[data-cell-url]")?.focus();
}

async function save(form) {
  const cell = form.closest("td");
  if (form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  try {
    const found = await ask(form.getAttribute("action") ?? location.href, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!found) return;
    fill(cell, found.markup);
    cell.classList.toggle("cell-open", !found.done);
    hold(cell.closest("table"));
    if (found.done) {
      cell.querySelector("[data-cell-url]")?.focus();
      told(cell);
    } else cell.querySelector("[aria-invalid], input:not([type='hidden']), select, textarea")?.focus();
  } catch (error) {
    form.removeAttribute("aria-busy");
    fault(form, text(error instanceof TypeError ? "noAnswer" : "notSaved"));
  }
}

// The result is shown where the change was made, and said aloud.
function told(cell) {
  const said = document.getElementById("list-said");
  if (said) said.textContent = text("saved");
  cell.classList.add("cell-saved");
  setTimeout(() => cell.classList.remove("cell-saved"), 4000);
}

export function startCells() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-cell-url]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open(link);
    }
    if (event.target.closest("[data-cell-cancel]")) close(event.target.closest("td"));
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-cell-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    save(event.target);
  }, true);
  document.addEventListener("keydown", (event) => {
    const cell = event.key === "Escape" && event.target.closest?.("td.cell-open");
    if (cell) close(cell);
  });
  addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll("[data-cell-form]")].some((form) => opened.get(form) !== entered(form))) event.preventDefault();
  });
}
