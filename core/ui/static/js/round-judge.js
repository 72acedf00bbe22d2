// Judges what is entered at a stop as the server will, by what it said beforehand of every figure.
import { say } from "./round-texts.js";
import { figure as shown } from "./text.js";

const FINE = { verdict: "fine", says: "" };

// What was typed as plain digits: full-width ones and thousands separators are taken too.
export function plain(text) {
  return text.normalize("NFKC").replace(/[\s,]/g, "").replace(/。/g, "."); // zh-ok: the point of a Chinese keyboard
}

export function judge(text, places, expected) {
  const value = plain(text);
  if (!value) return FINE;
  if (!/^[0-9]{1,12}(\.[0-9]*)?$/.test(value)) return { verdict: "refuse", says: say("notAFigure", { value: text }) };
  const decimals = (value.split(".")[1] ?? "").replace(/0+$/, "");
  if (decimals.length > places) return { verdict: "refuse", says: say("tooExact", { value: text, places }) };
  if (!expected?.bands.length) return FINE;
  const number = Number(value);
  const band = expected.bands.find(([low, high]) => Number(low) <= number && number <= Number(high));
  if (!band) return { verdict: "refuse", says: expected.outside };
  const [, , verdict, says] = band;
  const more = Math.round((number - Number(expected.before)) * 10_000) / 10_000;
  return { verdict, says: says || (expected.before === null ? "" : say("more", { figure: shown(more) })) };
}

// As the server reads it: no point at the end.
export function toSend(text) {
  return plain(text).replace(/\.$/, "");
}
