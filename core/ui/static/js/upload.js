// File fields: drop a file on them, see its name and size, hear at once that it is too large.
import { figure } from "./text.js";

function size(bytes) {
  const steps = ["B", "KB", "MB", "GB"];
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), steps.length - 1);
  return `${figure(Math.round((bytes / 1000 ** step) * 10) / 10)} ${steps[step]}`;
}

function show(box) {
  const input = box.querySelector("input[type=file]");
  const said = box.querySelector("[data-upload-said]");
  const files = [...input.files];
  const limit = Number(box.dataset.maxBytes || Infinity);
  const tooLarge = files.some((file) => file.size > limit);
  box.classList.toggle("drop-chosen", files.length > 0);
  box.classList.toggle("drop-wrong", tooLarge);
  input.setCustomValidity(tooLarge ? box.dataset.textTooLarge : "");
  said.textContent = tooLarge ? box.dataset.textTooLarge : files.map((file) => `${file.name} · ${size(file.size)}`).join(", ");
}

export function startUploads() {
  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-upload]");
    if (box) show(box);
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const box = event.target.closest?.("[data-upload]");
      if (!box) return;
      event.preventDefault();
      box.classList.toggle("drop-over", kind === "dragover");
      if (kind !== "drop" || !event.dataTransfer.files.length) return;
      const input = box.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true })); // as if it had been chosen
    });
  }
  document.addEventListener("submit", (event) => {
    const wrong = event.target.querySelector?.(".drop-wrong input");
    if (!wrong) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong.focus();
  }, true);
}
