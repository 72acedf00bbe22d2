// The edge of a heading can be drawn: the column takes that width at once, and the server keeps it for this person.
import { text } from "./text.js";
import { toast } from "./toasts.js";

const LEAST = 48;

function col(heading) {
  const table = heading.closest("table");
  let group = table.querySelector("colgroup");
  if (!group) {
    group = document.createElement("colgroup");
    for (const _each of table.tHead.rows[0].cells) group.append(document.createElement("col"));
    table.prepend(group);
  }
  return group.children[heading.cellIndex];
}

async function keep(column, width) {
  const form = document.getElementById("columns-form");
  if (!form) return;
  const field = form.querySelector(`[name="width.${CSS.escape(column)}"]`);
  if (field) field.value = width;
  const body = new URLSearchParams({ column, width, csrf_token: form.querySelector('[name="csrf_token"]').value });
  try {
    const answer = await fetch(form.dataset.widthsUrl, { method: "POST", body });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    toast(text("noAnswer"));
  }
}

function draw(event) {
  const grip = event.target.closest("[data-col-grip]");
  if (!grip || event.button) return;
  event.preventDefault();
  const heading = grip.parentElement;
  const place = col(heading);
  const from = heading.getBoundingClientRect().width - event.clientX;
  for (const row of heading.closest("table").rows) row.cells[heading.cellIndex]?.classList.add("cut");
  let width = 0;
  grip.classList.add("col-grip-on");
  grip.setPointerCapture(event.pointerId);
  const move = (each) => {
    width = Math.max(LEAST, Math.round(from + each.clientX));
    place.width = width;
  };
  const end = () => {
    grip.classList.remove("col-grip-on");
    grip.removeEventListener("pointermove", move);
    if (width) keep(grip.dataset.colGrip, width);
  };
  grip.addEventListener("pointermove", move);
  grip.addEventListener("pointerup", end, { once: true });
  grip.addEventListener("pointercancel", end, { once: true });
}

export function startColumns() {
  document.addEventListener("pointerdown", draw);
}
