// The texts and pieces of the round's screen, in the reader's language; the page brings them.
import { fill } from "./text.js";

export function say(name, values = {}) {
  return fill(document.getElementById("round-texts").dataset[name], values);
}

export function part(name) {
  return document.querySelector(`[data-${name}]`);
}

const ICONS = ["check", "clock", "alert", "x", "go"];

export function picture(name) {
  return document.getElementById("round-icons").content.children[ICONS.indexOf(name)].cloneNode(true);
}

// An element with text, which may be what people typed: it is never taken for markup.
export function made(tag, className = "", text = "") {
  const piece = document.createElement(tag);
  piece.className = className;
  piece.textContent = text;
  return piece;
}

// How the state of a visit is shown: its word, its tone and its icon.
export function stateOf(visit) {
  if (!visit) return { word: say("open"), tone: "neutral", icon: "go" };
  const word = visit.skip && visit.state === "accepted" ? say("skipped") : say(visit.state);
  if (visit.skip && visit.state === "accepted") return { word, tone: "warning", icon: "check" };
  const tones = { accepted: ["success", "check"], refused: ["danger", "alert"], confirm: ["warning", "alert"] };
  const [tone, icon] = tones[visit.state] ?? ["info", "clock"];
  return { word, tone, icon };
}
