// Messages on the page can be closed; a summary of errors takes the focus when the page opens.
export function startAlerts() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss-alert]");
    if (!button) return;
    button.closest(".alert-z").remove();
    document.getElementById("main")?.focus({ preventScroll: true });
  });
  document.querySelector("[data-focus]")?.focus();
}
