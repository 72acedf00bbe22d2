// Pickers: a select with data-picker-url searches on the server; it never loads all. Answer: {results: [{id, label, hint}]}.
import { text } from "./text.js";
import { toast } from "./toasts.js";

function option(data, escape) {
  const hint = data.hint ? ` <span class="picker-hint">${escape(data.hint)}</span>` : "";
  return `<div>${escape(data.label)}${hint}</div>`;
}

async function search(select, query) {
  const url = new URL(select.dataset.pickerUrl, location.href);
  url.searchParams.set("q", query);
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).results;
}

function settings(select) {
  const note = (name) => {
    const box = document.createElement("div");
    box.className = "no-results";
    box.textContent = text(name);
    return box;
  };
  return {
    valueField: "id",
    labelField: "label",
    searchField: [], // the server decides what matches (names, numbers, pinyin)
    maxOptions: 50,
    preload: "focus",
    allowEmptyOption: !select.required,
    placeholder: select.dataset.placeholder || text("typeToSearch"),
    plugins: select.required ? [] : { clear_button: { title: text("clear") } },
    score: () => () => 1,
    hideSelected: true,
    shouldLoad: () => true,
    load(query, done) {
      const number = (this.asked = (this.asked ?? 0) + 1);
      search(select, query).then((results) => {
        if (number !== this.asked) return done(); // an older answer came late
        this.clearOptions((each) => this.items.includes(String(each.id)));
        done(results);
      }, () => {
        toast(text("noAnswer"));
        done();
      });
    },
    render: { option, item: option, no_results: () => note("nothingFound"), loading: () => note("searching") },
    onInitialize() {
      select.setAttribute("aria-labelledby", `${select.id}-ts-label`); // its label now belongs to the search box
      const described = select.getAttribute("aria-describedby");
      if (described) this.control_input.setAttribute("aria-describedby", described);
      if (select.getAttribute("aria-invalid")) this.control_input.setAttribute("aria-invalid", "true");
    },
  };
}

function enhance(root) {
  for (const select of root.querySelectorAll("select[data-picker-url]:not(.tomselected)")) {
    for (const each of select.options) each.dataset.data = JSON.stringify({ id: each.value, label: each.text });
    new window.TomSelect(select, settings(select));
  }
}

export function startPickers() {
  enhance(document);
  document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
}
