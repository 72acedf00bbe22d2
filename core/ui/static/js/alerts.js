// Messages on the page can be closed; a summary of errors takes the focus, and its links lead into the fields.
function lead(event) {
  const link = event.target.closest('.alert-z a[href^="#"]');
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const place = field.tomselect?.control_input ?? field;
  place.focus({ preventScroll: true });
  (field.closest(".field") ?? field).scrollIntoView({ block: "center" });
}

export function startAlerts() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss-alert]");
    if (!button) return;
    button.closest(".alert-z").remove();
    document.getElementById("main")?.focus({ preventScroll: true });
  });
  document.addEventListener("click", lead);
  document.querySelector("[data-focus]")?.focus();
}
