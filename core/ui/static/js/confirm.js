// Asks before a post that carries data-confirm, in the page's own dialog.
const confirmed = new WeakSet();

export function ask(form) {
  const dialog = document.getElementById("confirm");
  const accept = dialog.querySelector("[data-confirm-accept]");
  const danger = "confirmDanger" in form.dataset;
  dialog.querySelector("#confirm-text").textContent = form.dataset.confirm;
  accept.textContent = form.dataset.confirmOk || accept.dataset.text;
  accept.classList.toggle("btn-danger", danger);
  accept.classList.toggle("btn-primary", !danger);
  dialog.returnValue = "cancel";
  dialog.showModal();
  if (danger) dialog.querySelector("[data-confirm-cancel]").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok"), { once: true });
  });
}

export function startConfirm() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.confirm || form.dataset.sent || confirmed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    if (!(await ask(form))) return;
    confirmed.add(form);
    form.requestSubmit(submitter);
  });
}
