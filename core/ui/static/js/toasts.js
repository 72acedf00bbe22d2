// A short word at the edge of the page, for what has no place of its own. It stays until it is closed.
export function toast(message) {
  const box = document.getElementById("toasts");
  if ([...box.children].some((each) => each.querySelector(".toast-text").textContent === message)) return;
  const piece = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  piece.querySelector(".toast-text").textContent = message;
  piece.querySelector("[data-toast-close]").addEventListener("click", () => piece.remove());
  box.append(piece);
}
