// One key to a place: data-hotkey="/" takes the focus when the key is pressed outside a field.
import { keysAreOn, writing } from "./keys.js";

export function startHotkeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || writing(event.target)) return;
    if (document.querySelector("dialog[open]") || !keysAreOn()) return;
    const target = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.select?.();
  });
}
