// Cards of a board can be drawn from column to column; the server moves them as the buttons on them do.
let card = null;
const KEPT = "zhidu.card";
let moved = ""; // the address of the card that is on its way: it has the focus again where it lands

const target = (event) => event.target.closest?.("[data-board-code]");

// What leads the card into a column: buttons that give its field the value, or the moves of its workflow.
function ways(column) {
  const found = [...(card?.querySelectorAll("[data-card-move] [name='to'], [data-card-way]") ?? [])];
  return found.filter((each) => (each.dataset.cardWay ?? each.value) === column?.dataset.boardCode);
}

// Of several ways into one column the person chooses.
function go(found) {
  const first = found[0].matches("form") ? found[0].querySelector("button") : found[0];
  if (found.length === 1) return first.click(); // only a button that was pressed tells which it was
  first.closest("details").open = true;
  first.focus();
}

// Moves load the page anew, so the card is kept for the next one.
function keep(address) {
  try {
    if (address) sessionStorage.setItem(KEPT, address);
    const kept = sessionStorage.getItem(KEPT) ?? "";
    if (!address) sessionStorage.removeItem(KEPT);
    return kept;
  } catch {
    return "";
  }
}

function land() {
  if (!moved) return;
  document.querySelector(`#list .card-title[href="${CSS.escape(moved)}"]`)?.focus({ preventScroll: true });
  moved = "";
}

// A card that a move brought to its column has the focus, with the message beside it.
export function startLanding() {
  if (!document.querySelector(".board-z")) return;
  moved = keep();
  land();
}

export function startBoards() {
  document.addEventListener("dragstart", (event) => {
    card = event.target.closest?.("[data-card]");
    if (card) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const column = target(event);
    for (const each of document.querySelectorAll(".board-over")) each.classList.toggle("board-over", each === column);
    if (!ways(column).length) return;
    event.preventDefault();
    column.classList.add("board-over");
  });
  document.addEventListener("drop", (event) => {
    const found = ways(target(event));
    if (!found.length) return;
    event.preventDefault();
    go(found);
  });
  document.addEventListener("dragend", () => {
    card = null;
    for (const each of document.querySelectorAll(".board-over")) each.classList.remove("board-over");
  });
  const address = (element) => element.closest(".card-z").querySelector(".card-title").getAttribute("href");
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-card-move]")) moved = address(event.target);
    if (event.target.matches("[data-card-way]")) keep(address(event.target));
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-card-way]");
    if (link) keep(address(link));
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id === "list") land();
  });
}
