// Texts that scripts show, in the reader's language; the page brings them.
export function text(name) {
  return document.getElementById("texts").dataset[name];
}

export function fill(template, values) {
  return Object.entries(values).reduce((sofar, [name, value]) => sofar.replace(`%(${name})s`, value), template);
}

export function figure(value) {
  return new Intl.NumberFormat(document.documentElement.lang).format(value);
}
