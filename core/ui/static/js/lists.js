// Lists: a click anywhere in a row opens it; search, sorting and paging exchange the list in place.
function openRow(event) {
  const row = event.target.closest("tr[data-row-url]");
  if (!row || event.button > 1 || event.target.closest("a, button, input, select, label, form")) return;
  if (String(getSelection())) return;
  if (event.ctrlKey || event.metaKey || event.button === 1) window.open(row.dataset.rowUrl, "_blank", "noopener");
  else location.assign(row.dataset.rowUrl);
}

function path(event) {
  return event.detail.pathInfo.finalRequestPath ?? event.detail.pathInfo.requestPath;
}

export function startLists() {
  document.addEventListener("click", openRow);
  document.addEventListener("auxclick", openRow);
  // An expired session or an error is not a list: show it as the page that it is.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.responseText.includes('id="list"')) return;
    event.detail.shouldSwap = false;
    location.assign(path(event));
  });
  for (const kind of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(kind, (event) => location.assign(path(event)));
  }
}
