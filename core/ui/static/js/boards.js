// Cards of a board can be drawn from column to column; the server moves them as the buttons on them do.
let card = null;
let moved = ""; // the address of the card that is on its way: it has the focus again where it lands

const target = (event) => event.target.closest?.("[data-board-code]");

function way(column) {
  const ways = [...(card?.querySelectorAll("[data-card-move] [name='to']") ?? [])];
  return ways.find((each) => each.value === column?.dataset.boardCode);
}

function land() {
  if (!moved) return;
  document.querySelector(`#list .card-title[href="${CSS.escape(moved)}"]`)?.focus({ preventScroll: true });
  moved = "";
}

export function startBoards() {
  document.addEventListener("dragstart", (event) => {
    card = event.target.closest?.("[data-card]");
    if (card) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const column = target(event);
    for (const each of document.querySelectorAll(".board-over")) each.classList.toggle("board-over", each === column);
    if (!way(column)) return;
    event.preventDefault();
    column.classList.add("board-over");
  });
  document.addEventListener("drop", (event) => {
    const button = way(target(event));
    if (!button) return;
    event.preventDefault();
    button.click(); // only a button that was pressed tells which it was
  });
  document.addEventListener("dragend", () => {
    card = null;
    for (const each of document.querySelectorAll(".board-over")) each.classList.remove("board-over");
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-card-move]")) moved = event.target.closest(".card-z").querySelector(".card-title").getAttribute("href");
  }, true);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id === "list") land();
  });
}
