// Messages on the page can be closed; of wrong entries the first has the focus, and the links of the summary lead to each.
function show(field) {
  const place = field.tomselect?.control_input ?? field;
  place.focus({ preventScroll: true });
  (field.closest(".field") ?? field).scrollIntoView({ block: "nearest" });
}

function lead(event) {
  const link = event.target.closest('.alert-z a[href^="#"]');
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  show(field);
}

// The first wrong field has the focus; what is wrong with the form as a whole has it where no field is.
function begin() {
  const summary = document.querySelector("[data-focus]");
  const link = summary?.querySelector('a[href^="#"]');
  const field = link && document.getElementById(link.hash.slice(1));
  if (field) show(field);
  else (summary ?? document.querySelector("[data-focus-notice]"))?.focus();
}

export function startAlerts() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss-alert]");
    if (!button) return;
    const panel = button.closest(".panel");
    button.closest(".notice-here, .alert-z").remove();
    const next = panel?.querySelector("a, button, input:not([type='hidden']), textarea, select") ?? document.getElementById("main");
    next?.focus({ preventScroll: true });
  });
  document.addEventListener("click", lead);
  begin();
}
