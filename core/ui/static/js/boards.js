// Cards of a board can be drawn from column to column; the server moves them as its form does.
let card = null;

const target = (event) => event.target.closest?.("[data-board-code]");

function allowed(column) {
  const choice = card?.querySelector("[name='to']");
  return Boolean(choice && [...choice.options].some((each) => each.value === column?.dataset.boardCode));
}

export function startBoards() {
  document.addEventListener("dragstart", (event) => {
    card = event.target.closest?.("[data-card]");
    if (card) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const column = target(event);
    for (const each of document.querySelectorAll(".board-over")) each.classList.toggle("board-over", each === column);
    if (!allowed(column)) return;
    event.preventDefault();
    column.classList.add("board-over");
  });
  document.addEventListener("drop", (event) => {
    const column = target(event);
    if (!allowed(column)) return;
    event.preventDefault();
    const form = card.querySelector("[data-card-move]");
    form.elements.to.value = column.dataset.boardCode;
    form.requestSubmit();
  });
  document.addEventListener("dragend", () => {
    card = null;
    for (const each of document.querySelectorAll(".board-over")) each.classList.remove("board-over");
  });
}
